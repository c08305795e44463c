"""The last place for whatever goes wrong: a calm page for the person, everything else in the log."""

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
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
            response = await in_thread(LOOKUPS, _page, Request(scope), self._site, error)
            await response(scope, receive, send)


def _page(request: Request, site: Site, error: Exception) -> Response:
    visitor = stranger(request)
    if isinstance(error, StorageError):
        return screens.unavailable(request, site, visitor, error)
    return screens.broken(request, site, visitor, error)
