"""The line between the browser and the server is really cut: what was typed stays, what was said to be saved is saved,
and the state of the connection is told in words."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from line import Line
from playwright.sync_api import Browser, expect
from running import Server

from browser.visits import DESK, Visit

pytestmark = pytest.mark.browser
BANNER = "#ket-noi"
LOST = "Mất kết nối: câu trả lời mới chưa được lưu. Nội dung vừa gõ vẫn còn trên màn hình"
SLOW = "Máy chủ chưa trả lời: câu vừa gửi chưa chắc đã được lưu."
LIBRARY = "dien_bien"
QUIET = (1, 10, pytest.param(60, marks=pytest.mark.slow), pytest.param(130, marks=pytest.mark.slow))


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    opened = Line(server.port).open()
    yield opened
    opened.cut()


@pytest.fixture
def visit(browser: Browser, server: Server, line: Line) -> Iterator[Visit]:
    """Somebody of Điện Biên, behind the line."""
    context = browser.new_context(viewport=DESK, timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(20_000)
    come = Visit(context, server)
    come.page.goto(f"{line.url}/dang-nhap")
    come.page.locator("button[value=dienbien]").click()
    yield come.settle()
    context.close()


def go(visit: Visit, line: Line, address: str) -> None:
    visit.page.goto(f"{line.url}{address}")
    visit.settle()
    visit.page.evaluate("window.sameDocument = true")


def stored(server: Server, question: str) -> float | None:
    """The newest value in the database itself."""
    with closing(sqlite3.connect(server.file)) as database:
        row = database.execute(
            "SELECT value FROM answer WHERE library_id = ? AND question_id = ? ORDER BY saved_at DESC",
            (LIBRARY, question),
        ).fetchone()
    return None if row is None else row[0]


def wait_until_stored(server: Server, question: str, value: float) -> None:
    until = time.monotonic() + 20
    while stored(server, question) != value:
        assert time.monotonic() < until, f"{question} is {stored(server, question)}, not {value}"
        time.sleep(0.1)


@pytest.mark.parametrize("seconds", QUIET)
def test_half_typed_text_outlives_a_cut_and_is_saved_when_it_is_left(
    visit: Visit, line: Line, server: Server, seconds: int
):
    go(visit, line, "/tra-loi?muc=A")
    field = visit.field("A2.value")
    field.fill("")
    field.press_sequentially(f"{seconds}")
    line.cut()
    visit.page.wait_for_timeout(seconds * 1000)
    if seconds > 1:  # a blip is not worth a word
        expect(visit.page.locator(BANNER)).to_contain_text(LOST)
    assert field.input_value() == f"{seconds}"
    line.open()
    expect(field).to_be_enabled()
    expect(visit.page.locator(BANNER)).not_to_contain_text("Mất kết nối")
    assert field.input_value() == f"{seconds}"
    field.press("End")
    field.press_sequentially("7")
    field.press("Tab")
    visit.see_saved("A2")
    wait_until_stored(server, "A2", float(f"{seconds}7"))
    assert visit.page.evaluate("window.sameDocument"), "without a reload"
    assert visit.page.url.endswith("/tra-loi?muc=A#cau-A2")


@pytest.mark.parametrize("seconds", QUIET)
def test_what_is_left_on_a_dead_line_is_saved_or_said_not_to_be(
    visit: Visit, line: Line, server: Server, seconds: int
):
    """Nothing is closed and nothing comes through: the browser itself notices nothing."""
    go(visit, line, "/tra-loi?muc=G")
    value = 200 + seconds
    line.stall()
    visit.give("G2.value", str(value))
    visit.page.wait_for_timeout(seconds * 1000)
    assert visit.field("G2.value").input_value() == str(value)
    if seconds >= 10:
        expect(visit.page.locator(BANNER)).to_be_visible()
        assert any(words in visit.page.locator(BANNER).inner_text() for words in (SLOW, LOST))
    line.open()
    expect(visit.page.locator(BANNER)).not_to_be_visible(timeout=40_000)
    wait_until_stored(server, "G2", float(value))
    assert visit.field("G2.value").input_value() == str(value)
    assert visit.page.evaluate("window.sameDocument"), "without a reload"


@pytest.mark.parametrize("seconds", [12, pytest.param(300, marks=pytest.mark.slow)])
def test_a_line_that_comes_and_goes_loses_nothing(visit: Visit, line: Line, server: Server, seconds: int):
    go(visit, line, "/tra-loi?muc=A")
    flapping = threading.Thread(target=line.flap, args=(seconds, 3.0), daemon=True)
    flapping.start()
    given = 1000
    while flapping.is_alive():
        field = visit.field("A2.value")
        if field.is_enabled():
            given += 1
            try:
                field.fill(str(given), timeout=1000)
                field.press("Tab", timeout=1000)
            except Exception:  # the line went again between two keys, as for a person
                given = int(field.input_value().replace(".", ""))
        visit.page.wait_for_timeout(900)
    flapping.join()
    expect(visit.page.locator(BANNER)).not_to_be_visible(timeout=40_000)
    visit.settle()
    shown = int(visit.field("A2.value").input_value().replace(".", ""))
    visit.field("A2.value").press("Tab")
    wait_until_stored(server, "A2", float(shown))
    assert shown >= given - 1
    assert visit.page.evaluate("window.sameDocument"), "without a reload"


def test_a_restarted_server_finds_the_person_at_the_same_question_with_the_text(
    visit: Visit, line: Line, server: Server
):
    go(visit, line, "/tra-loi?muc=C")
    visit.page.locator("#cau-C9").scroll_into_view_if_needed()
    field = visit.field("C9.numerator")
    field.fill("")
    field.press_sequentially("4321")
    before = field.bounding_box()
    server.kill()
    expect(visit.page.locator(BANNER)).to_contain_text(LOST)
    server.start()
    expect(field).to_be_enabled(timeout=60_000)
    visit.settle()
    after = field.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 60, "the page stays where it was"
    assert field.input_value() == "4321"
    visit.page.wait_for_url("**/tra-loi?muc=C#cau-C9")
    # And if the browser itself is started again, or the page reloaded, the address leads back.
    visit.page.reload()
    visit.settle()
    visit.page.wait_for_function(
        "() => { const top = document.getElementById('cau-C9')?.getBoundingClientRect().top;"
        " return top >= 0 && top < 300; }"
    )
