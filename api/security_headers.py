"""What every page and file tells the browser not to do."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import STREAMLIT
from api.site import Site

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# What can be shown in a window or a frame. A first visit fetches a hundred scripts, styles and typefaces, to which
# none of this applies: said with each of them it would be 20 KB over a thin line.
SHOWN = {
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NEVER_SHOWN = ("text/css", "text/javascript", "application/javascript", "font/")
# Half a year, and no subdomains: the province's other sites are not ours to bind.
HSTS = "max-age=15768000"
# Streamlit writes its styles into the page as it goes, so these alone may be inline; scripts are files of this
# server, no string is run as one (WebAssembly counts the whole numbers in its messages), and nothing is asked of,
# sent to or framed by any other server.
PAGES = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# Files that the app hands out: pictures and downloads, never pages in their own right.
FILES = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
HANDED_OUT = ("/media/", "/component/")


class SecurityHeaders:
    """Adds the headers to whatever is answered; what a route says for itself stands."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self._secure = site.secure
        self._headers = {**EVERYWHERE, "Strict-Transport-Security": HSTS} if site.secure else EVERYWHERE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._guard(scope["path"], MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_guarded)

    def _guard(self, path: str, headers: MutableHeaders) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        if not headers.get("content-type", "").startswith(NEVER_SHOWN):
            self._guard_shown(path, headers)
        if self._secure:
            _let_cookies_travel_over_tls_alone(headers)

    @staticmethod
    def _guard_shown(path: str, headers: MutableHeaders) -> None:
        for name, value in SHOWN.items():
            headers.setdefault(name, value)
        if not path.startswith(STREAMLIT):
            headers.setdefault("Content-Security-Policy", PAGES)
        elif path.startswith(HANDED_OUT):
            headers.setdefault("Content-Security-Policy", FILES)


def _let_cookies_travel_over_tls_alone(headers: MutableHeaders) -> None:
    """Streamlit sets a cookie of its own and does not know of the TLS in front of it."""
    cookies = headers.getlist("set-cookie")
    if not cookies:
        return
    del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")
