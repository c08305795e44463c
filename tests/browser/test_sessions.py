"""Sessions in a real browser: taken over by nobody, ended in time, and never at the cost of what was typed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, WebSocket, expect
from running import Server
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from browser.visits import Visit
from survey.store import Store

pytestmark = pytest.mark.browser

TYPED = "Câu đang gõ dở, chưa rời ô"
COOKIE = "thuoc_so"
IDLE = timedelta(minutes=45)


def watch(page: Page) -> list[str]:
    """Gather the ids of the page's sessions on the server, as Streamlit tells them to the browser."""
    found: list[str] = []

    def received(frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            message = ForwardMsg.FromString(frame)
            if message.WhichOneof("type") == "new_session":
                found.append(message.new_session.initialize.session_id)

    def opened(socket: WebSocket) -> None:
        socket.on("framereceived", received)

    page.on("websocket", opened)
    return found


def rerun_as(server: Server, session_id: str, cookie: str = "") -> tuple[str, bytes]:
    """Go on with a session from another program; return the id of the session given, and all that came."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    given, everything = "", b""
    with connect(
        f"{server.url.replace('http', 'ws')}/_stcore/stream",
        origin=server.url,  # type: ignore[arg-type]
        subprotocols=["streamlit", "x", session_id],  # type: ignore[list-item]
        additional_headers={**headers, "X-Thuoc-So-Tai-Khoan": "1"},
    ) as socket:
        socket.send(asked.SerializeToString())
        while True:
            try:
                frame = socket.recv(timeout=5)
            except TimeoutError:
                break
            assert isinstance(frame, bytes)
            everything += frame
            message = ForwardMsg.FromString(frame)
            if message.WhichOneof("type") == "new_session":
                given = message.new_session.initialize.session_id
            if message.WhichOneof("type") == "script_finished":
                break
    return given, everything


def held_cookie(visit: Visit) -> str:
    return next(cookie["value"] for cookie in visit.context.cookies() if cookie["name"] == COOKIE)


def test_a_live_session_id_without_our_cookie_shows_nothing_and_is_logged(
    arrive: Callable[..., Visit], server: Server
):
    """S4, with the id of a page that is open at this moment."""
    visit = arrive()
    ids = watch(visit.page)
    visit.sign_in("laichau").open("/tra-loi")
    given, everything = rerun_as(server, ids[-1])
    assert given
    assert given != ids[-1]
    assert "Phiên đăng nhập đã kết thúc".encode() in everything
    assert "Lai Châu".encode() not in everything
    assert b"A1.value" not in everything
    assert "asked for without a sign-in of ours" in server.words()
    assert ids[-1] not in server.words()
    visit.reload()
    assert "Lai Châu" in visit.words()


def test_a_live_session_id_gives_another_person_only_what_is_theirs(
    arrive: Callable[..., Visit], server: Server
):
    owner, other = arrive(), arrive()
    ids = watch(owner.page)
    owner.sign_in("laichau").open("/tra-loi")
    other.sign_in("sonla")
    given, everything = rerun_as(server, ids[-1], held_cookie(other))
    assert given != ids[-1]
    assert "Lai Châu".encode() not in everything
    assert "Sơn La".encode() in everything


def test_a_copied_cookie_with_the_session_id_is_worth_nothing_after_signing_out(
    arrive: Callable[..., Visit], server: Server
):
    visit = arrive()
    ids = watch(visit.page)
    visit.sign_in("dienbien").open("/tra-loi")
    copied = held_cookie(visit)
    given, everything = rerun_as(server, ids[-1], copied)
    assert "Điện Biên".encode() in everything  # it is the person's own until then
    store = Store.open(f"sqlite:///{server.file}")
    store.sessions.end(copied)
    store.close()
    given, everything = rerun_as(server, ids[-1], copied)
    assert given != ids[-1]
    assert "Điện Biên".encode() not in everything


def left_alone(server: Server, visit: Visit, for_time: timedelta) -> None:
    """Let time pass for the visitor's session alone."""
    seen = (datetime.now(UTC) - for_time).isoformat(timespec="microseconds")
    store = Store.open(f"sqlite:///{server.file}")
    person = store.sessions.holder(held_cookie(visit))
    store.close()
    with closing(sqlite3.connect(server.file, timeout=10)) as connection, connection:
        connection.execute("UPDATE session SET last_seen = ? WHERE person_id = ?", (seen, person))


def look(page: Page, *, minutes_later: int = 0) -> None:
    """Come back to the tab after a while."""
    page.evaluate(
        """(later) => {
            const now = Date.now;
            if (later) Date.now = () => now() + later;
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        minutes_later * 60_000,
    )


def begin_typing(visit: Visit) -> None:
    visit.page.locator("textarea, input[type=text]").first.click()
    visit.page.keyboard.type(TYPED)


def typed_is_there(page: Page) -> bool:
    fields = page.locator("textarea, input[type=text]")
    return any(TYPED in fields.nth(number).input_value() for number in range(fields.count()))


def test_two_minutes_before_the_end_a_button_keeps_the_session_and_the_text(
    arrive: Callable[..., Visit], server: Server
):
    visit = arrive().sign_in("laichau").open("/tra-loi")
    begin_typing(visit)
    left_alone(server, visit, IDLE - timedelta(seconds=100))
    look(visit.page, minutes_later=6)
    box = visit.page.locator("#phien")
    expect(box).to_contain_text("sẽ hết hạn sau 1:")
    visit.page.get_by_role("button", name="Tôi vẫn đang làm").click()
    expect(box).to_be_hidden()
    assert typed_is_there(visit.page)
    store = Store.open(f"sqlite:///{server.file}")
    assert store.sessions.remaining(held_cookie(visit)).idle > timedelta(minutes=44)
    store.close()


def test_who_is_typing_is_not_disturbed(arrive: Callable[..., Visit], server: Server):
    visit = arrive().sign_in("laichau").open("/tra-loi")
    begin_typing(visit)
    left_alone(server, visit, IDLE - timedelta(seconds=100))
    with visit.page.expect_response(
        lambda answer: answer.request.method == "POST" and "/phien" in answer.url
    ):
        look(visit.page)
    expect(visit.page.locator("#phien")).to_have_count(0)
    assert typed_is_there(visit.page)


def test_after_the_end_the_text_stays_and_signing_in_elsewhere_brings_the_tab_back(
    arrive: Callable[..., Visit], server: Server
):
    visit = arrive().sign_in("laichau").open("/tra-loi")
    begin_typing(visit)
    left_alone(server, visit, IDLE + timedelta(minutes=1))
    look(visit.page)
    box = visit.page.locator("#phien")
    expect(box).to_contain_text("Phiên đăng nhập đã kết thúc")
    with visit.context.expect_page() as opened:
        visit.page.get_by_role("link", name="Đăng nhập lại ở thẻ mới").click()
    opened.value.locator("button[value=laichau]").click()
    opened.value.wait_for_selector(".page-title")
    look(visit.page)
    expect(box).to_be_hidden()
    assert typed_is_there(visit.page)


def test_signing_in_leads_back_to_the_question(arrive: Callable[..., Visit], server: Server):
    visit = arrive()
    visit.page.goto(f"{server.url}/tra-loi?muc=A#cau-A9")
    visit.page.locator("button[value=laichau]").click()
    visit.settle()
    expect(visit.card("A9").locator(".q-head")).to_be_in_viewport()
    visit.card("A9").locator("input").first.focus()
    expect(visit.page).to_have_url(f"{server.url}/tra-loi?muc=A#cau-A9")
    with closing(sqlite3.connect(server.file)) as database:
        database.execute("DELETE FROM session")
        database.commit()
    visit.card("A9").locator("label").first.click()
    again = visit.page.get_by_role("link", name="Đăng nhập lại ở thẻ mới")
    expect(again).to_be_visible()
    again.evaluate("link => link.removeAttribute('target')")  # as when it is opened in the same tab
    again.click()
    visit.page.locator("button[value=laichau]").click()
    visit.settle()
    expect(visit.card("A9").locator(".q-head")).to_be_in_viewport()
