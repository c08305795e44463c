"""What was typed and not saved yet: it waits for the server, or comes back to be decided on."""

import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from running import Server

from browser.visits import SAVED, Visit

pytestmark = pytest.mark.browser
Arrive = Callable[..., Visit]
BAR = "#chua-luu"
# What to look at when a test fails: the texts kept, and what the card says that it received.
HELD = """() => [sessionStorage.getItem("chua-luu"), document.querySelector(".st-key-card-A2 .q-foot")?.outerHTML,
    document.querySelector(".st-key-A2-value input")?.value, document.querySelector(".who-name")?.textContent]"""
KEPT = "() => Object.keys(JSON.parse(sessionStorage.getItem('chua-luu') || '{}')).length"


def _section_a(arrive: Arrive) -> Visit:
    visit = arrive().sign_in("dienbien").open("/tra-loi?muc=A")
    visit.page.on("dialog", lambda dialog: dialog.accept())
    return visit


@pytest.mark.parametrize("given", ["31", "32", "33"])
def test_a_link_followed_in_the_moment_of_leaving_a_field_takes_the_answer_along(arrive: Arrive, given: str):
    visit = _section_a(arrive)
    visit.field("A2.value").fill(given)
    visit.page.get_by_role("link", name="Kiểm tra và gửi").first.click()
    expect(visit.page.get_by_role("heading", name="Kiểm tra và gửi")).to_be_visible()
    visit.open("/tra-loi?muc=A")
    expect(visit.field("A2.value")).to_have_value(given)
    expect(visit.page.locator(BAR)).not_to_be_visible()


def test_switching_the_language_with_a_half_typed_field_saves_it_first(arrive: Arrive):
    visit = _section_a(arrive)
    visit.field("A2.value").fill("1.375")
    visit.page.get_by_role("link", name="English").click()
    expect(visit.page.get_by_role("heading", name="Answer", exact=True)).to_be_visible()
    expect(visit.field("A2.value")).to_have_value("1,375")
    visit.page.get_by_role("link", name="Tiếng Việt").click()
    expect(visit.field("A2.value")).to_have_value("1.375")


def test_text_that_a_reload_cut_off_comes_back_and_is_saved_on_request(arrive: Arrive):
    visit = _section_a(arrive)
    visit.give("A2.value", "40")
    visit.page.wait_for_function(f"() => ({KEPT})() === 0")
    visit.field("A2.value").fill("41")
    visit.reload()
    expect(visit.field("A2.value")).to_have_value("41")
    expect(visit.page.locator(BAR)).to_contain_text("Chưa lưu: Thiết bị truy cập phục vụ bạn đọc (máy): «41»")
    visit.page.get_by_role("button", name="Lưu nội dung này").click()
    expect(visit.page.locator(BAR)).not_to_be_visible()
    visit.see_saved("A2")
    visit.page.wait_for_function(f"() => ({KEPT})() === 0")
    visit.reload()
    expect(visit.field("A2.value")).to_have_value("41")


def test_text_that_came_back_can_be_dropped(arrive: Arrive):
    visit = _section_a(arrive)
    visit.give("A2.value", "42")
    visit.page.wait_for_function(f"() => ({KEPT})() === 0")
    visit.field("A2.value").fill("43")
    visit.reload()
    visit.page.get_by_role("button", name="Bỏ nội dung này").click()
    expect(visit.field("A2.value")).to_have_value("42")
    expect(visit.page.locator(BAR)).not_to_be_visible()
    visit.reload()
    expect(visit.field("A2.value")).to_have_value("42")


@pytest.mark.slow  # ended otherwise once in forty runs, on a machine ten times overloaded; docs/viec-con-lai.md
def test_an_answer_on_its_way_when_the_server_dies_is_not_taken_for_saved(arrive: Arrive, server: Server):
    visit = _section_a(arrive)
    visit.give("A2.value", "44")
    visit.page.wait_for_function(f"() => ({KEPT})() === 0")
    field = visit.field("A2.value")
    field.fill("45")
    visit.page.wait_for_function(f"() => ({KEPT})() === 1")
    assert server.process is not None
    server.process.send_signal(signal.SIGSTOP)
    field.press("Tab")
    # As when the reply to something older comes in just now.
    visit.page.evaluate("() => { window.thuocSo.waiting = () => false; }")
    visit.page.wait_for_timeout(700)
    kept = visit.page.evaluate(KEPT)
    held = visit.page.evaluate(HELD)
    server.kill()
    assert kept == 1, held
    server.start()
    expect(visit.page.locator(BAR)).to_contain_text("«45»", timeout=40_000)
    visit.page.get_by_role("button", name="Lưu nội dung này").click()
    expect(visit.page.locator(BAR)).not_to_be_visible()
    expect(visit.card("A2").get_by_text(SAVED)).to_be_visible()
    visit.reload()
    expect(visit.field("A2.value")).to_have_value("45")


def test_somebody_else_at_the_same_browser_does_not_see_what_was_typed(arrive: Arrive):
    visit = _section_a(arrive)
    visit.field("A2.value").fill("777")
    visit.reload()
    expect(visit.page.locator(BAR)).to_contain_text("«777»")
    visit.context.clear_cookies()
    visit.sign_in("laichau").open("/tra-loi?muc=A")
    expect(visit.field("A2.value")).to_be_visible()
    visit.page.wait_for_timeout(1000)
    expect(visit.page.locator(BAR)).not_to_be_visible()
    assert visit.field("A2.value").input_value() != "777"


@pytest.mark.parametrize("given", ["</textarea><b>x", "a ]]> b --> c", "\"'&amp;\\u003c"])
def test_texts_that_look_like_the_end_of_a_tag_are_known_to_have_come(arrive: Arrive, given: str):
    visit = arrive().sign_in("laichau").open("/tra-loi?muc=G")
    field = visit.page.locator("[class*=st-key-card-G] textarea").first
    field.fill(given)
    field.press("Tab")
    visit.page.wait_for_function(f"() => ({KEPT})() === 0")
    visit.reload()
    expect(visit.page.locator("[class*=st-key-card-G] textarea").first).to_have_value(given)
