"""The exact text of a kept version of a framework, for everybody who is signed in: its checksum can be taken anew."""

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.status import HTTP_303_SEE_OTHER

from api import addresses, screens
from api.site import Site
from api.threads import WORKBOOKS, in_thread
from api.visitors import find_visitor

YAML = "text/yaml; charset=utf-8"


def routes(site: Site) -> list[Route]:
    async def give(request: Request) -> Response:
        return await in_thread(WORKBOOKS, _give, request, site)

    return [Route(addresses.FRAMEWORKS + "{name}", give, methods=["GET"])]


def _give(request: Request, site: Site) -> Response:
    visitor = find_visitor(request, site)
    if visitor.person is None:
        return RedirectResponse(addresses.sign_in_address(request.url.path), HTTP_303_SEE_OTHER)
    named = re.fullmatch(r"([0-9a-f]{64})\.yaml", request.path_params["name"])
    kept = {one.checksum: one for one in site.store.frameworks.kept()}
    found = kept.get(named[1]) if named else None
    if found is None:
        return screens.not_found(request, site, visitor)
    text = site.store.frameworks.text(found.checksum)
    headers = {
        "Content-Disposition": f'attachment; filename="{found.id}-{found.version}.yaml"',
        "Cache-Control": "no-store",
    }
    return Response(text.encode(), media_type=YAML, headers=headers)
