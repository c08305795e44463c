"""The last place for whatever goes wrong: a calm page for the person, everything else in the log."""

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import screens
from api.site import Site
from api.threads import LOOKUPS, in_thread
from api.visitors import stranger
from survey.errors import StorageError


class Mishaps:
    """Turns an exception into a page, unless the answer has begun."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except ClientDisconnect:
            return
        except Exception as error:
            if begun:
                raise
            request = Request(scope)
            page = screens.unavailable if isinstance(error, StorageError) else screens.broken
            response = await in_thread(LOOKUPS, page, request, self._site, stranger(request), error)
            await response(scope, receive, send)
