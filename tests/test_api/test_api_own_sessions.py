"""Whom Streamlit is told that a page's connection belongs to."""

from collections.abc import Iterable

import anyio
import pytest
from conftest import Clock
from starlette.types import Receive, Scope, Send

from api import Site
from api.own_sessions import HEADER, NOBODY, OwnSessions
from survey.errors import StorageError
from survey.store import Store

PROTOCOLS = b"streamlit, token, 0123-session"


def told(site: Site, *headers: tuple[bytes, bytes]) -> dict[bytes, bytes]:
    """Open a connection with these headers and return those that reach Streamlit."""
    seen: list[tuple[bytes, bytes]] = []

    async def streamlit(scope: Scope, _: Receive, __: Send) -> None:
        seen.extend(scope["headers"])

    async def nothing(*_: object) -> None:
        return None

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": list(_with_protocols(headers))}
    anyio.run(OwnSessions(streamlit, site), scope, nothing, nothing)
    assert len(seen) == len(dict(seen))  # one header of each name: the first would count
    return dict(seen)


def _with_protocols(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    yield from headers
    yield b"sec-websocket-protocol", PROTOCOLS


def cookie(value: str) -> tuple[bytes, bytes]:
    return b"cookie", f"ngon_ngu=vi; thuoc_so={value}; other=1".encode()


def test_the_account_behind_the_cookie_is_told(site: Site, site_store: Store):
    person = site_store.accounts.by_login("nhap")
    headers = told(site, cookie(site_store.sessions.start(person.id)))
    assert headers[HEADER] == str(person.id).encode()
    assert headers[b"sec-websocket-protocol"] == PROTOCOLS


def test_a_browser_cannot_say_it_itself(site: Site, site_store: Store):
    person = site_store.accounts.by_login("nhap")
    claim = (b"X-Thuoc-So-Tai-Khoan", str(person.id).encode())
    assert told(site, claim)[HEADER] == NOBODY


@pytest.mark.parametrize("value", ["", "made-up", "\\x", '"', "x" * 5000])
def test_without_a_session_of_ours_none_of_streamlits_is_asked_for(
    site: Site, value: str, caplog: pytest.LogCaptureFixture
):
    headers = told(site, cookie(value))
    assert headers[HEADER] == NOBODY
    assert headers[b"sec-websocket-protocol"] == b"streamlit, token"
    assert "without a sign-in of ours" in caplog.text
    assert "0123-session" not in caplog.text


def test_an_ended_session_belongs_to_nobody_and_an_expired_one_to_its_person(
    site: Site, site_store: Store, clock: Clock
):
    person = site_store.accounts.by_login("nhap")
    token = site_store.sessions.start(person.id)
    clock.forward(hours=1)
    assert told(site, cookie(token))[HEADER] == str(person.id).encode()
    site_store.sessions.end(token)
    assert told(site, cookie(token))[HEADER] == NOBODY


def test_a_database_that_does_not_answer_gives_nobody_a_session(
    site: Site, site_store: Store, monkeypatch: pytest.MonkeyPatch
):
    def fail(_: str) -> None:
        raise StorageError(vi="Không đọc được.", en="Cannot be read.")

    token = site_store.sessions.start(site_store.accounts.by_login("nhap").id)
    monkeypatch.setattr(site_store.sessions, "holder", fail)
    assert told(site, cookie(token))[HEADER] == NOBODY
