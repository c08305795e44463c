"""Journeys of the chair, an official and the first administrator in a real browser."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from running import Server

from browser.conftest import Arrive
from browser.visits import PHONE, SETTLED
from survey.access import PAGES, Page, Role

pytestmark = pytest.mark.browser
LOGINS = {
    Role.ENTRY: "laichau.nhap",
    Role.DIRECTOR: "laichau",
    Role.REVIEWER: "thamdinh",
    Role.CHAIR: "chutich",
    Role.OFFICIAL: "coquan",
    Role.ADMINISTRATOR: "quantri",
}
ENGLISH = re.compile(
    r"\b(Search|Choose|options?|Select|Clear|Close|Running|Stop|Deploy|Rerun|Settings|Print|Download|Fullscreen|"
    r"Press|Enter|Add|Loading|Open|Menu|View|Show|Hide|sidebar|Skip|No results|Connecting|Please wait)\b"
)

# Every word that a person can see, hear, or be shown on pointing; icons are words of a typeface.
SAID = """() => [...document.querySelectorAll("body *")]
    .filter((element) => element.getClientRects().length
        && !element.closest("[data-testid=stIconMaterial], script, style"))
    .flatMap((element) => [
        ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.nodeValue),
        ...["title", "aria-label", "placeholder", "data-title", "alt"].map((name) => element.getAttribute(name)),
    ])
    .filter(Boolean)"""


def test_the_chair_follows_the_round_and_reads_the_federation(arrive: Arrive):
    visit = arrive().sign_in("chutich").open("/tien-do")
    assert "n = 6/10 thư viện đã gửi" in visit.words()
    visit.open("/lien-hiep?dot=2024&xem=tat-ca&xep=diem&diem=verified&tru-cot=B")
    words = visit.words()
    assert "Đợt đánh giá năm 2024" in words
    assert "60 % của 13 = 8 thư viện" in words.replace("\u00a0", " ")
    assert visit.page.locator("[data-testid=stPlotlyChart]").count() == 7
    again = (
        arrive().sign_in("chutich").open("/lien-hiep?dot=2024&xem=tat-ca&xep=diem&diem=verified&tru-cot=B")
    )
    assert again.words() == words


def test_the_chair_returns_a_response_and_the_library_sees_why(arrive: Arrive):
    chair = arrive().sign_in("chutich").open("/xem-phieu?dot=2025-sau-sap-nhap&thu-vien=lang_son")
    chair.field("remark").fill("Hãy bổ sung văn bản cho câu C1.")
    chair.page.get_by_role("button", name="Trả lại để chỉnh sửa, bổ sung").click()
    expect(chair.page.get_by_text("Thư viện đang làm phiếu này")).to_be_visible()
    library = arrive().sign_in("langson").open("/tra-loi")
    expect(library.page.get_by_text("Hãy bổ sung văn bản cho câu C1.")).to_be_visible()
    expect(library.card("A1")).to_be_visible()


def test_an_official_sees_what_is_published_and_takes_the_workbook_away(arrive: Arrive):
    visit = arrive().sign_in("coquan")
    words = visit.words()
    assert "Đợt đánh giá năm 2024" in words
    assert "cuối năm 2025" not in words
    with visit.page.expect_download() as caught:
        visit.page.get_by_text("Tải bảng Excel").first.click()
    book = load_workbook(BytesIO(Path(caught.value.path()).read_bytes()))
    assert {"Tổng hợp", "Theo trụ cột", "Điểm theo chỉ số", "Số liệu gốc"} <= set(book.sheetnames)
    assert "MINH-HOA" in caught.value.suggested_filename
    for address in ("/tra-loi", "/tien-do", "/dot-danh-gia", "/tai-khoan", "/khong-co-trang-nay"):
        answer = visit.ask(address)
        assert answer.status == 404
        assert "Không tìm thấy trang này" in visit.words()
    assert visit.ask("/tai/2025-sau-sap-nhap.xlsx").status == 404


def test_the_chair_opens_closes_and_publishes_a_round_of_its_own(arrive: Arrive):
    visit = arrive().sign_in("chutich").open("/dot-danh-gia")
    form = visit.page.get_by_test_id("stForm")
    for label, words in (
        ("Tên đợt", "Đợt thử"),
        ("Mã đợt", "dot-thu"),
        ("Số liệu chốt ngày", "31/12/2022"),
        ("Mở ngày", "01/01/2023"),
        ("Hạn gửi", "31/12/2099"),
    ):
        form.get_by_label(label).fill(words)
    form.get_by_role("button", name="Thêm đợt").click()
    for step, state in (("Mở đợt", "Đang mở"), ("Đóng đợt", "Đã đóng"), ("Công bố kết quả", "Đã công bố")):
        part = visit.part("round-dot-thu")
        part.get_by_text("Tôi đã kiểm tra").click()
        part.get_by_role("button", name=step).click()
        expect(visit.part("round-dot-thu").get_by_text(state, exact=True)).to_be_visible()
        visit.settle()
    assert "dot-thu" in visit.open("/lien-hiep?dot=dot-thu").page.url


def test_the_first_administrator_comes_by_a_link_that_works_once(arrive: Arrive, tmp_path: Path):
    server = Server(tmp_path / "real.db", sample=False).start()
    try:
        link = re.search(r"http://\S+/thiet-lap\?ma=\S+", server.log.read_text(encoding="utf-8"))
        assert link is not None
        address = re.sub(r"^http://[^/]+", "", link[0])
        visit = arrive(server)
        visit.page.goto(server.url + address)
        form = visit.page.locator("form").first
        form.locator("input[autocomplete=username]").fill("quantri1")
        form.locator("input[autocomplete=name], input[name*=ten], input[name=name]").first.fill(
            "Nguyễn Thị Thử"
        )
        for field in form.locator("input[type=password]").all():
            field.fill("mot mat khau that dai 2026")
        form.locator("button[type=submit], button").first.click()
        visit.page.wait_for_url(lambda url: "thiet-lap" not in url)
        assert visit.ask(address).status in (404, 410)
        assert "DỮ LIỆU MINH HỌA" not in visit.words()
    finally:
        server.stop()


@pytest.mark.parametrize("role", Role)
def test_no_page_scrolls_sideways_or_speaks_english_on_a_telephone(arrive: Arrive, role: Role):
    visit = arrive(viewport=PHONE).sign_in(LOGINS[role])
    for page in PAGES[role]:
        if page is Page.REVIEW:
            continue
        visit.open(f"/{page}")
        wide = visit.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        assert wide <= 1, page
        assert "DỮ LIỆU MINH HỌA" in visit.words()
        said = visit.page.evaluate(
            """() => [document.body.innerText, ...[...document.querySelectorAll('[title],[aria-label],[placeholder]')]
                .filter((e) => e.getClientRects().length)
                .flatMap((e) => [e.title, e.ariaLabel, e.placeholder])].filter(Boolean)"""
        )
        english = [line for text in said for line in str(text).split("\\n") if ENGLISH.search(line)]
        assert not english, (page, english)


def test_a_view_of_the_federation_is_reproduced_by_its_address(arrive: Arrive):
    visit = arrive().sign_in("chutich").open("/lien-hiep?dot=2024")
    visit.page.get_by_text("Từng chỉ số", exact=True).click()
    visit.page.wait_for_url(re.compile("xem=chi-so"))
    visit.settle()
    visit.page.get_by_text("Theo điểm", exact=True).click()
    visit.page.wait_for_url(re.compile("xep=diem"))
    visit.settle()
    visit.page.get_by_text("Điểm thẩm định", exact=True).click()
    visit.page.wait_for_url(re.compile("diem=verified"))
    visit.settle()
    visit.page.get_by_role("combobox", name="Trụ cột").click()
    visit.page.get_by_role("option", name="Dữ liệu số").click()
    visit.page.wait_for_url(re.compile("tru-cot=B"))
    visit.settle()
    other = visit.context.new_page()
    other.goto(visit.page.url)
    other.wait_for_function(SETTLED)
    for page in (visit.page, other):
        expect(page.get_by_role("radio", name="Từng chỉ số")).to_be_checked()
        expect(page.get_by_role("radio", name="Theo điểm")).to_be_checked()
        expect(page.get_by_role("radio", name="Điểm thẩm định")).to_be_checked()
        expect(page.get_by_role("combobox", name="Trụ cột")).to_have_value(re.compile("Dữ liệu số"))
    charts = (
        "[...document.querySelectorAll('[data-testid=stPlotlyChart] .main-svg')].map((c) => c.textContent)"
    )
    assert other.evaluate(charts) == visit.page.evaluate(charts)


def test_every_chart_can_be_read_without_seeing_it_and_taken_away_as_a_picture(arrive: Arrive):
    visit = arrive().sign_in("chutich").open("/lien-hiep?dot=2024&xem=tat-ca")
    charts = visit.page.get_by_test_id("stPlotlyChart")
    words = visit.page.evaluate(
        "[...document.querySelectorAll('[data-testid=stPlotlyChart]')].map((chart) =>"
        " chart.closest('[data-testid=stElementContainer]').querySelector('[aria-label]')?.ariaLabel ?? '')"
    )
    assert len(words) == charts.count() == 7
    assert all(len(alternative) > 40 for alternative in words), words
    visit.page.get_by_text("Xem bảng số liệu").first.click()
    expect(visit.page.locator("details[open] table.sheet").first).to_be_visible()
    with visit.page.expect_download() as caught:
        visit.page.get_by_text("Tải hình").first.click()
    picture = Path(caught.value.path()).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert caught.value.suggested_filename.startswith("MINH-HOA")


def test_the_chair_finds_a_response_in_the_progress_and_accepts_it(arrive: Arrive):
    visit = arrive().sign_in("chutich").open("/tien-do")
    visit.page.get_by_role("link", name="Cao Bằng").click()
    visit.settle()
    assert "Thư viện tỉnh Cao Bằng" in visit.words()
    visit.page.get_by_role("button", name="Duyệt phiếu").click()
    expect(visit.page.locator(".notice strong", has_text="Đã duyệt")).to_be_visible()
    assert not visit.page.get_by_role("button", name="Duyệt phiếu").is_visible()


def test_the_language_is_switched_by_the_person_and_remembered_on_other_devices(arrive: Arrive):
    visit = arrive().sign_in("bacninh")
    visit.page.get_by_role("link", name="English").click()
    visit.settle()
    expect(visit.page.get_by_role("link", name="Tiếng Việt")).to_be_visible()
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    elsewhere = arrive().sign_in("bacninh")
    expect(elsewhere.page.get_by_role("link", name="Tiếng Việt")).to_be_visible()


def test_after_signing_out_no_tab_shows_anything_more(arrive: Arrive):
    visit = arrive().sign_in("quantri").open("/tai-khoan")
    other = visit.context.new_page()
    other.goto(f"{visit.server.url}/dang-xuat")
    other.get_by_role("button", name="Đăng xuất").click()
    expect(other.get_by_text("Bạn đã đăng xuất")).to_be_visible()
    visit.page.get_by_role("link", name="Phương pháp").first.click()
    expect(visit.page.get_by_text("Phiên đăng nhập đã kết thúc")).to_be_visible()
    assert visit.ask("/tai-khoan").url.endswith("/dang-nhap?tiep=%2Ftai-khoan")


@pytest.mark.parametrize("role", Role)
def test_nothing_on_a_desk_says_a_word_of_english_not_even_what_appears_on_pointing(
    arrive: Arrive, role: Role
):
    visit = arrive().sign_in(LOGINS[role])
    for page in PAGES[role]:
        if page is Page.REVIEW:
            continue
        visit.open(f"/{page}")
        for chart in visit.page.get_by_test_id("stPlotlyChart").all():
            chart.hover(force=True)
        assert visit.page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 1, page
        said = visit.page.evaluate(SAID)
        assert not [line for line in said if ENGLISH.search(line)], page


def test_charts_are_laid_out_for_the_window_and_anew_when_it_narrows(arrive: Arrive):
    visit = arrive().sign_in("chutich").open("/lien-hiep?dot=2024")
    visit.page.set_viewport_size(PHONE)
    visit.page.wait_for_function("() => document.cookie.includes('be_rong=390')")
    visit.settle()
    cut = visit.page.evaluate(
        """() => [...document.querySelectorAll("[data-testid=stPlotlyChart] text")]
            .map((words) => words.getBoundingClientRect())
            .filter((place) => place.width && (place.left < -1 || place.right > innerWidth + 1)).length"""
    )
    assert cut == 0
