"""Addresses below Streamlit's own that Streamlit does not know.

Streamlit answers them with its page, as if they were pages; here they are simply not there.
"""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Components and files given out by the app may be pages in their own right.
NEVER_PAGES = ("/_stcore/", "/static/")


class UnknownFiles:
    """Puts 404 in the place of a page where no page can be."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(NEVER_PAGES):
            await self.app(scope, receive, send)
            return
        stopped = False

        async def send_unless_page(message: Message) -> None:
            nonlocal stopped
            if message["type"] == "http.response.start" and _is_page(message):
                stopped = True
                await PlainTextResponse("", 404, {"Cache-Control": "no-store"})(scope, receive, send)
            elif not stopped:
                await send(message)

        await self.app(scope, receive, send_unless_page)


def _is_page(message: Message) -> bool:
    return any(
        name == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"]
    )
