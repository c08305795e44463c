"""A library's way through its response, in a real browser on the real server."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect
from running import Server

from browser.visits import SAVED, Visit, text_of

pytestmark = pytest.mark.browser
Arrive = Callable[..., Visit]
BANNER = "#ket-noi"
# How often the page was drawn to its end since this was asked for.
COUNT_RUNS = """() => {
    const app = document.querySelector("[data-testid=stApp]");
    let before = "";
    window.runs = 0;
    new MutationObserver(() => {
        const now = app.dataset.testScriptState;
        if (before === "running" && now === "notRunning") window.runs += 1;
        before = now;
    }).observe(app, { attributeFilter: ["data-test-script-state"] });
}"""


def _answer_section_d(visit: Visit) -> None:
    """Every kind of figure, typed the way people here type them."""
    visit.choose("D1.value", "Mức 2")
    visit.see_saved("D1")
    visit.give("D2.numerator", "12")
    visit.give("D2.denominator", "16")
    visit.see_saved("D2")
    visit.give("D3.value", "1.375")
    expect(visit.card("D3").get_by_text("Đã lưu")).to_be_visible()
    visit.give("D4.numerator", "300")
    visit.give("D4.denominator", "1.200")
    expect(visit.card("D4").get_by_text("Đã lưu")).to_be_visible()
    visit.tick("D5.D5.1")
    visit.see_saved("D5")
    visit.give("D6.value", "7,5")
    expect(visit.card("D6").get_by_text("Đã lưu")).to_be_visible()


def test_what_says_saved_survives_a_server_that_is_killed_at_that_moment(arrive: Arrive, server: Server):
    visit = arrive().sign_in("dienbien").open("/tra-loi?muc=D")
    visit.page.evaluate("window.sameDocument = true")
    expect(visit.page.get_by_text("0/6 đã trả lời")).to_be_visible()
    _answer_section_d(visit)
    server.kill()
    expect(visit.page.get_by_text("6/6 đã trả lời")).to_be_visible()
    assert visit.page.evaluate("window.sameDocument"), "the counts changed without a reload"
    server.start()
    visit.reload()
    expect(visit.page.get_by_text("6/6 đã trả lời")).to_be_visible()
    kept = {
        key: visit.field(key).input_value()
        for key in ("D2.numerator", "D2.denominator", "D3.value", "D4.denominator", "D6.value")
    }
    assert kept == {
        "D2.numerator": "12",
        "D2.denominator": "16",
        "D3.value": "1.375",
        "D4.denominator": "1.200",
        "D6.value": "7,5",
    }
    assert visit.part("D5.D5.1").get_by_role("checkbox").is_checked()
    expect(visit.part("D1.value").get_by_role("radio", checked=True)).to_have_count(1)


def test_typing_without_a_connection_is_said_and_saved_when_the_line_is_back(arrive: Arrive):
    visit = arrive().sign_in("dienbien").open("/tra-loi?muc=A")
    visit.context.set_offline(True)
    visit.give("A2.value", "41")
    expect(visit.page.locator(BANNER)).to_contain_text("Mất kết nối: câu trả lời mới chưa được lưu")
    assert visit.field("A2.value").input_value() == "41"
    assert not visit.card("A2").get_by_text(SAVED).is_visible()
    visit.context.set_offline(False)
    visit.see_saved("A2")
    expect(visit.page.locator(BANNER)).not_to_be_visible()
    visit.reload()
    assert visit.field("A2.value").input_value() == "41"


def test_half_typed_text_outlives_a_restart_of_the_server_and_is_saved_when_it_is_left(
    arrive: Arrive, server: Server
):
    visit = arrive().sign_in("dienbien").open("/tra-loi?muc=G")
    field = visit.field("G2.value")
    field.press_sequentially("141.3")
    server.kill()
    expect(visit.page.locator(BANNER)).to_contain_text("Mất kết nối")
    expect(field).to_be_disabled()
    visit.page.evaluate(COUNT_RUNS)
    server.start()
    visit.page.wait_for_function("() => window.runs > 0")
    visit.settle()
    expect(visit.page.locator(BANNER)).not_to_contain_text("Mất kết nối")
    assert field.input_value() == "141.3"
    field.press("End")
    field.press_sequentially("75")
    field.press("Tab")
    expect(visit.card("G2").get_by_text("Đã lưu")).to_be_visible()
    visit.reload()
    assert visit.field("G2.value").input_value() == "141.375"


def test_a_second_device_on_the_same_question_sees_both_answers_and_chooses(arrive: Arrive):
    first = arrive().sign_in("laichau").open("/tra-loi?muc=C")
    second = arrive().sign_in("laichau").open("/tra-loi?muc=C")
    first.give("C7.numerator", "3")
    expect(first.card("C7").get_by_text("Đã lưu")).to_be_visible()
    second.give("C7.numerator", "9")
    expect(second.card("C7")).to_contain_text("vừa lưu một câu trả lời khác")
    expect(second.card("C7").locator(".badge.bad", has_text="Chưa lưu")).to_be_visible()
    second.page.get_by_role("button", name="Dùng câu trả lời của tôi").click()
    expect(second.card("C7").get_by_text("Đã lưu")).to_be_visible()
    assert second.field("C7.numerator").input_value() == "9"
    first.give("C7.denominator", "20")
    expect(first.card("C7")).to_contain_text("vừa lưu một câu trả lời khác")
    first.page.get_by_role("button", name="Giữ câu trả lời đang lưu").click()
    expect(first.field("C7.numerator")).to_have_value("9")


def test_papers_are_typed_in_one_go_although_each_field_saves_itself(arrive: Arrive):
    visit = arrive().sign_in("laichau").open("/tra-loi?muc=A")
    visit.card("A8").get_by_text("Tài liệu kiểm chứng và giải trình").click()
    typed = {"number": "15/QĐ-TV", "issued": "03/02/2025", "issuer": "Sở VHTTDL", "abstract": "Phê duyệt"}
    visit.field("A8.document0.number").click()
    for words in typed.values():
        visit.page.keyboard.type(words)
        visit.page.keyboard.press("Tab")
    expect(visit.card("A8").get_by_text("1 tài liệu kiểm chứng")).to_be_visible()
    visit.settle()
    assert {part: visit.field(f"A8.document0.{part}").input_value() for part in typed} == typed
    visit.reload()
    expect(visit.card("A8").get_by_text("1 tài liệu kiểm chứng")).to_be_visible()


def test_the_list_before_sending_leads_to_each_question_until_nothing_is_left(arrive: Arrive):
    visit = arrive().sign_in("phutho").open("/tra-loi?muc=B")
    visit.give("B1.numerator", "mấy nghìn")
    expect(visit.card("B1")).to_contain_text("Hãy viết đủ chữ số thay cho «nghìn»")
    visit.open("/kiem-tra")
    assert not visit.page.get_by_role("button", name="Gửi phiếu").is_visible()
    visit.page.get_by_role("link", name=re.compile(r"^B1 ·")).click()
    visit.settle()
    expect(visit.card("B1")).to_be_in_viewport()
    expect(visit.field("B1.numerator")).to_have_value("mấy nghìn")
    visit.give("B1.numerator", "145.500")
    expect(visit.card("B1").get_by_text(SAVED)).to_be_visible()
    visit.open("/kiem-tra")
    visit.page.get_by_text(re.compile(r"Tôi biết còn \d+ câu chưa trả lời")).click()
    expect(visit.page.get_by_role("button", name="Gửi phiếu")).to_be_disabled()
    visit.page.get_by_text("Tôi xác nhận số liệu trong phiếu này").click()
    visit.page.get_by_role("button", name="Gửi phiếu").click()
    expect(visit.page.get_by_role("heading", name="Biên nhận gửi phiếu")).to_be_visible()
    expect(visit.page.get_by_text("Phiếu đã khóa; có thể đọc và in")).to_be_visible()


def test_what_was_sent_is_locked_and_can_be_printed_whole(arrive: Arrive, tmp_path: Path):
    visit = arrive().sign_in("caobang").open("/tra-loi")
    expect(visit.page.get_by_text("Phiếu đã khóa; có thể đọc và in")).to_be_visible()
    assert visit.page.locator("[class*=st-key-card-], textarea, input[type=text]").count() == 0
    printed = tmp_path / "phieu.pdf"
    visit.page.pdf(path=str(printed), format="A4")
    words = text_of(printed)
    for last in ("A11", "B10", "C11", "D6", "G13"):
        assert last in words
    assert "DỮ LIỆU MINH HỌA" in words


@pytest.mark.parametrize(
    ("ended", "given"),
    [
        ("UPDATE session SET last_seen = '2020-01-01T00:00:00.000000+00:00'", "52"),
        ("DELETE FROM session", "53"),
    ],
    ids=["left alone", "signed out elsewhere"],
)
def test_a_session_that_ended_while_typing_goes_on_after_signing_in_elsewhere(
    arrive: Arrive, server: Server, ended: str, given: str
):
    visit = arrive().sign_in("dienbien").open("/tra-loi?muc=A")
    with closing(sqlite3.connect(server.file)) as database:
        database.execute(ended)
        database.commit()
    visit.give("A2.value", given)
    expect(visit.card("A2")).to_contain_text("phiên đăng nhập đã hết hạn")
    with visit.context.expect_page() as opened:
        visit.page.get_by_role("link", name="Đăng nhập lại ở thẻ mới").click()
    other = opened.value
    other.locator("button[value=dienbien]").click()
    expect(other.locator("h1").first).to_be_visible()
    other.close()
    visit.page.bring_to_front()
    expect(visit.page.locator("[data-signed-out]")).to_have_count(0)
    visit.settle()
    assert visit.field("A2.value").input_value() == given
    visit.page.get_by_role("button", name="Lưu lại").click()
    visit.see_saved("A2")
    visit.reload()
    assert visit.field("A2.value").input_value() == given
