"""A page's session on the server belongs to the person whose cookie opened it.

Streamlit gives a page's session to whoever names its id. It compares, though, what it was told of the user:
here it is told the id of the account behind the cookie, in a header that no browser can set. Somebody else,
or somebody without our cookie, gets a new and empty session, whatever id they name.
"""

import logging
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api import cookies
from api.site import Site
from api.threads import LOOKUPS, in_thread
from survey.errors import StorageError

# Named in .streamlit/config.toml, too.
HEADER = b"x-thuoc-so-tai-khoan"
NOBODY = b"-"
PROTOCOLS = b"sec-websocket-protocol"
MOST_PROTOCOLS = 2  # without a session
_LOG = logging.getLogger(__name__)


class OwnSessions:
    """Tells Streamlit whose connection it is."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        owner = await in_thread(LOOKUPS, self._owner, Headers(scope=scope))
        headers = [(name, value) for name, value in scope["headers"] if name.lower() != HEADER]
        if owner == NOBODY:
            headers = [_without_session(name, value) for name, value in headers]
            if any(
                name.lower() == PROTOCOLS and (name, value) not in headers for name, value in scope["headers"]
            ):
                _LOG.warning("a page's session was asked for without a sign-in of ours; a new one was given")
        await self.app({**scope, "headers": [*headers, (HEADER, owner)]}, receive, send)

    def _owner(self, headers: Headers) -> bytes:
        """The account behind the cookie, also of a session that has expired: its tabs hold what was typed.

        It gives no rights; each run of a page looks the session up.
        """
        token = _cookie(headers.get("cookie", ""))
        if not token:
            return NOBODY
        try:
            holder = self._site.store.sessions.holder(token)
        except StorageError:
            return NOBODY
        return NOBODY if holder is None else str(holder).encode()


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(cookies.SESSION)
    except CookieError:
        return ""
    return found.value if found else ""


def _without_session(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Streamlit's page sends: its protocol, a token against forgery, the id of the session to go on with."""
    if name.lower() != PROTOCOLS or value.count(b",") < MOST_PROTOCOLS:
        return name, value
    return name, b",".join(value.split(b",")[:MOST_PROTOCOLS])
