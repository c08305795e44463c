"""What a person sees in a real browser: our words on Streamlit's page, and the word about the line."""

import os
import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from test_api.serving import SmallServer
from test_api.visiting import PASSWORD

pytestmark = pytest.mark.browser
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
# Every text and every spoken label of the page that has a word in it.
WORDS = """() => [...document.querySelectorAll("body *")].flatMap((element) => [
    ...[...element.childNodes]
        .filter((node) => node.nodeType === 3 && !/SCRIPT|STYLE/.test(element.tagName))
        .map((node) => node.nodeValue),
    ...["title", "aria-label", "placeholder", "aria-valuetext"].map((name) => element.getAttribute(name)),
]).filter((text) => text && /[a-z]{3}/i.test(text))"""
# "upload" is an icon: a word of a typeface, never seen as one.
OUR_OWN = {"upload", "zzz", "Sau"}
ENGLISH = re.compile(
    r"\b(today|selected|choose|available|november|monday|press|drag|drop|help)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        reason = "no Chromium is installed"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, server: SmallServer) -> Iterator[Page]:
    """The small app, opened by typing login and password as a person does."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    opened = context.new_page()
    opened.goto(f"{server.url}/tien-do?dot=2025")
    opened.get_by_label("Tên đăng nhập").fill("chutich")
    opened.get_by_label("Mật khẩu").fill(PASSWORD)
    opened.keyboard.press("Enter")
    expect(opened.get_by_label("Ghi chú", exact=True)).to_be_visible(timeout=20_000)
    yield opened
    context.close()


def test_one_arrives_at_the_page_that_one_wanted(page: Page, server: SmallServer):
    assert page.url == f"{server.url}/tien-do?dot=2025"
    assert page.evaluate("document.documentElement.lang") == "vi"


def test_no_english_word_of_streamlit_is_left(page: Page):
    page.get_by_label("Ghi chú", exact=True).fill("một")
    page.get_by_label("Mức", exact=True).click()
    page.keyboard.type("zzz")
    expect(page.get_by_text("Không có kết quả")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Chọn ngày").click()
    expect(page.get_by_label("Tháng sau").first).to_be_visible()
    page.wait_for_timeout(300)
    words = {word.strip() for word in page.evaluate(WORDS)}
    assert "Giải thích: Ghi chú" in words
    assert not {word for word in words if word.isascii() and word not in OUR_OWN}
    assert not {word for word in words if ENGLISH.search(word)}


def test_an_answer_is_noted_once_and_the_page_asks_once(page: Page):
    page.get_by_label("Ghi chú", exact=True).fill("một")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Đã nhận: một", exact=True)).to_be_visible()


def test_a_lost_line_is_told_calmly_and_what_was_typed_stays(page: Page, server: SmallServer):
    page.get_by_label("Ghi chú", exact=True).fill("đang gõ dở")
    banner = page.locator("#ket-noi")
    server.stop()
    try:
        expect(banner).to_contain_text("Mất kết nối: câu trả lời mới chưa được lưu.", timeout=10_000)
        expect(page.get_by_role("dialog")).to_have_count(0)
    finally:
        server.start()
    expect(banner).to_be_hidden(timeout=30_000)
    expect(page.get_by_label("Ghi chú", exact=True)).to_have_value("đang gõ dở")
    page.get_by_label("Ghi chú", exact=True).press("Enter")
    expect(page.get_by_text("Đã nhận: đang gõ dở")).to_be_visible()


def test_the_first_visit_needs_neither_streamlit_s_typeface_nor_its_first_questions(
    chromium: Browser, server: SmallServer
):
    context = chromium.new_context()
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.url}/dang-nhap?tiep=/tien-do")
    page.get_by_label("Tên đăng nhập").fill("chutich")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ghi chú", exact=True)).to_be_visible(timeout=20_000)
    assert not [url for url in asked if "SourceSans" in url]
    assert not [url for url in asked if "/tien-do/_stcore/" in url]
    context.close()


@pytest.mark.parametrize("width", [390, 1366])
def test_the_sign_in_page_fits(chromium: Browser, server: SmallServer, width: int):
    page = chromium.new_page(viewport={"width": width, "height": 844})
    page.goto(f"{server.url}/dang-nhap")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('16px \"Be Vietnam Pro\"', 'Đăng nhập'))"
    )
    page.close()
