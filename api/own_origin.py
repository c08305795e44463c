"""Which names this server answers to, and which pages may speak to it: its own, over HTTP and WebSocket.

Without the first check a foreign name that is pointed at this machine could read it through a visitor's browser
(DNS rebinding); without the second another site's page could open the live connection with the visitor's cookie.
"""

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.status import HTTP_403_FORBIDDEN, HTTP_421_MISDIRECTED_REQUEST, WS_1008_POLICY_VIOLATION
from starlette.types import ASGIApp, Receive, Scope, Send

from api.site import Site
from survey.text import Text

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
FOREIGN_HOST = Text(
    vi="Máy chủ không nhận tên miền trong địa chỉ này. Hãy kiểm tra địa chỉ; nếu địa chỉ đúng, người quản trị cần "
    "ghi tên miền ấy vào THUOC_SO_HOST.",
    en="This server does not answer to the name in this address. Check the address; if it is right, the "
    "administrator has to put that name into THUOC_SO_HOST.",
)
FOREIGN_ORIGIN = Text(
    vi="Yêu cầu này đến từ một trang khác nên không được nhận. Hãy mở Thước Số rồi làm lại ở đó.",
    en="This request came from another site and was not taken. Open Thước Số and do it there.",
)


class OwnOrigin:
    """Refuses foreign names and foreign pages before anything else is done."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self._names = site.hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        hosts = asked.getlist("host")
        if len(hosts) != 1 or not is_own_host(hosts[0], self._names):
            await _refuse(scope, receive, send, FOREIGN_HOST, HTTP_421_MISDIRECTED_REQUEST)
        elif _acts(scope) and not _is_own_page(asked, hosts[0]):
            await _refuse(scope, receive, send, FOREIGN_ORIGIN, HTTP_403_FORBIDDEN)
        else:
            await self.app(scope, receive, send)


def is_own_host(host: str, names: Collection[str]) -> bool:
    """Whether the server answers to `host`, whatever the port.

    With `names` it answers to these and to the machine itself. Without, to the machine itself and to any
    bare number, which no foreign name server can hand out.

    >>> is_own_host("thuoc-so.example", ["thuoc-so.example"]), is_own_host("thuoc-so.example:8443", [])
    (True, False)
    >>> is_own_host("192.0.2.7:8501", []), is_own_host("192.0.2.7", ["thuoc-so.example"])
    (True, False)
    """
    name = _name_of(host)
    if name is None:
        return False
    if name == "localhost" or name in names:
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or not names


def _name_of(host: str) -> str | None:
    """The name or number in a Host header, None for what is none."""
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018 - raises for a port that is no number
    except ValueError:
        return None
    if parts.netloc != host or "@" in host or parts.hostname is None:
        return None
    return parts.hostname.removesuffix(".")


def _acts(scope: Scope) -> bool:
    return scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS


def _is_own_page(asked: Headers, host: str) -> bool:
    """Whether the page that asks is ours; what names no origin is no browser, and has no visitor's cookie."""
    origins = asked.getlist("origin")
    if not origins:
        return True
    if len(origins) > 1:
        return False
    if origins[0] == "null":
        # A page that keeps its address to itself; the browser still says whether it was ours.
        return asked.get("sec-fetch-site") == "same-origin"
    return urlsplit(origins[0]).netloc.lower() == host.lower()


async def _refuse(scope: Scope, receive: Receive, send: Send, said: Text, status: int) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": WS_1008_POLICY_VIOLATION})
        return
    response: Response = PlainTextResponse(f"{said.vi}\n\n{said.en}\n", status, {"Cache-Control": "no-store"})
    await response(scope, receive, send)
