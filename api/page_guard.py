"""Who gets which page: asked before Streamlit hands out anything.

A page that does not exist and a page that is not for this person are answered alike. Streamlit itself
answers every address with its page, so whatever is not known here stops here.
"""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.status import (
    HTTP_303_SEE_OTHER,
    HTTP_404_NOT_FOUND,
    HTTP_405_METHOD_NOT_ALLOWED,
)
from starlette.types import ASGIApp, Receive, Scope, Send

from api import addresses, screens
from api.site import Site
from api.threads import LOOKUPS, in_thread
from api.visitors import Visitor, find_visitor
from survey.access import may_open_page

VISITOR = "thuoc_so.visitor"
# What a stranger could learn of the server, or drive it with, and no page of ours asks for.
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")


class PageGuard:
    """Lets Streamlit's files and our own routes through, and pages to those who may open them."""

    def __init__(self, app: ASGIApp, site: Site, routes: Sequence[Route]) -> None:
        self.app = app
        self._site = site
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._needs_no_look(scope):
            await self.app(scope, receive, send)
            return
        refusal = await self._refusal(Request(scope), scope)
        await (refusal or self.app)(scope, receive, send)

    def _needs_no_look(self, scope: Scope) -> bool:
        path = scope["path"]
        if path.startswith(addresses.STREAMLIT):
            return not path.startswith(CLOSED)
        return any(route.matches(scope)[0] is not Match.NONE for route in self._routes)

    async def _refusal(self, request: Request, scope: Scope) -> Response | None:
        """What to answer instead of the page; None when the page may be opened."""
        path = request.url.path
        if "/_stcore/" in path:  # Streamlit's frontend probes these beside every page
            return PlainTextResponse("", HTTP_404_NOT_FOUND)
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse("", HTTP_405_METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})
        visitor = await in_thread(LOOKUPS, find_visitor, request, self._site)
        wanted = addresses.with_query(path, request.url.query)
        if visitor.person is None:
            return RedirectResponse(addresses.sign_in_address(wanted), HTTP_303_SEE_OTHER)
        page = addresses.page_at(path)
        if page is None or not may_open_page(visitor.person, page):
            return screens.not_found(request, self._site, visitor)
        if path != (proper := addresses.path_of(page)):
            return RedirectResponse(addresses.with_query(proper, request.url.query), HTTP_303_SEE_OTHER)
        scope[VISITOR] = visitor
        return None


def visitor_of(scope: Scope) -> Visitor | None:
    """The visitor whom the guard has let in; None for what is no page."""
    visitor: Visitor | None = scope.get(VISITOR)
    return visitor
