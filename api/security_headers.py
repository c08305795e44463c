"""What every page and file of ours tells the browser not to do."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import STREAMLIT
from api.site import Site

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Half a year, and no subdomains: the province's other sites are not ours to bind.
HSTS = "max-age=15768000"


class SecurityHeaders:
    """Adds the headers to our routes and pages; Streamlit's own files keep theirs."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self._headers = {**HEADERS, "Strict-Transport-Security": HSTS} if site.secure else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(STREAMLIT):
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_guarded)
