"""Signing out: the session's row goes, so a copy of the cookie is worth nothing."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.status import HTTP_303_SEE_OTHER, HTTP_403_FORBIDDEN

from api import addresses, forms, screens
from api.sessions import end_session
from api.site import Site
from api.threads import LOOKUPS, in_thread
from api.visitors import find_visitor


def routes(site: Site) -> list[Route]:
    async def ask(request: Request) -> Response:
        visitor = await in_thread(LOOKUPS, find_visitor, request, site)
        if visitor.person is None:
            return RedirectResponse(addresses.SIGN_IN, HTTP_303_SEE_OTHER)
        return screens.show("sign_out.html", request, site, visitor, person=visitor.person)

    async def sign_out(request: Request) -> Response:
        form = await forms.read_form(request)
        return await in_thread(LOOKUPS, _sign_out, request, site, form)

    return [
        Route(addresses.SIGN_OUT, ask, methods=["GET"]),
        Route(addresses.SIGN_OUT, sign_out, methods=["POST"]),
    ]


def _sign_out(request: Request, site: Site, form: dict[str, str]) -> Response:
    visitor = find_visitor(request, site)
    if not forms.is_ours(request, form) and visitor.person is not None:
        return screens.show(
            "sign_out.html", request, site, visitor, status=HTTP_403_FORBIDDEN, person=visitor.person
        )
    response = RedirectResponse(f"{addresses.SIGN_IN}?da-thoat", HTTP_303_SEE_OTHER)
    end_session(request, response, site)
    return response
