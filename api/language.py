"""Switching the language: kept with the account and in the browser."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.status import HTTP_303_SEE_OTHER, HTTP_403_FORBIDDEN

from api import addresses, cookies, forms, screens
from api.site import Site
from api.threads import LOOKUPS, in_thread
from api.visitors import ASKED, Visitor, as_language, find_visitor
from survey.text import Language


def routes(site: Site) -> list[Route]:
    async def ask(request: Request) -> Response:
        return await in_thread(LOOKUPS, _ask, request, site)

    async def switch(request: Request) -> Response:
        form = await forms.read_form(request)
        return await in_thread(LOOKUPS, _switch, request, site, form)

    return [
        Route(addresses.LANGUAGE, ask, methods=["GET"]),
        Route(addresses.LANGUAGE, switch, methods=["POST"]),
    ]


def _ask(request: Request, site: Site) -> Response:
    """Follow a link on one of our own pages at once; ask whoever comes from anywhere else.

    Where the link stood is what the browser says, which no other site can forge, so none can switch anything.
    """
    visitor = find_visitor(request, site)
    chosen = as_language(request.query_params.get(ASKED))
    back_to = _came_from(request, request.query_params.get("tiep"))
    if chosen is not None and _stood_on_our_page(request):
        return _switched(request, site, visitor, chosen, back_to)
    return _form(request, site, visitor, back_to)


def _switch(request: Request, site: Site, form: dict[str, str]) -> Response:
    visitor = find_visitor(request, site)
    chosen = as_language(form.get(ASKED))
    back_to = _came_from(request, form.get("tiep"))
    if chosen is None or not forms.is_ours(request, form):
        return _form(request, site, visitor, back_to, status=HTTP_403_FORBIDDEN)
    return _switched(request, site, visitor, chosen, back_to)


def _switched(request: Request, site: Site, visitor: Visitor, chosen: Language, back_to: str) -> Response:
    if visitor.person is not None:
        site.store.accounts.set_language(visitor.person.id, chosen)
    response = RedirectResponse(back_to, HTTP_303_SEE_OTHER)
    cookies.set_language(response, chosen, secure=cookies.is_secure(request, site))
    return response


def _form(request: Request, site: Site, visitor: Visitor, back_to: str, status: int = 200) -> Response:
    return screens.show("language.html", request, site, visitor, status=status, back_to=back_to, asked=ASKED)


def _stood_on_our_page(request: Request) -> bool:
    """Browsers name the site over TLS; without it the page that they come from has to do."""
    site = request.headers.get("sec-fetch-site")
    return site == "same-origin" if site else _own_referrer(request) is not None


def _came_from(request: Request, named: str | None) -> str:
    """The page to go back to: the one named, else the one that the browser says it comes from."""
    return addresses.own_address(named or _own_referrer(request))


def _own_referrer(request: Request) -> str | None:
    referrer = urlsplit(request.headers.get("referer", ""))
    if referrer.netloc != request.url.netloc:
        return None
    return addresses.with_query(referrer.path, referrer.query)
