"""How long the session still lives, for the script that warns in time; asking does not count as a click."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.status import HTTP_401_UNAUTHORIZED, HTTP_403_FORBIDDEN

from api import addresses, cookies
from api.site import Site
from api.threads import LOOKUPS, in_thread


def routes(site: Site) -> list[Route]:
    async def tell(request: Request) -> Response:
        return await in_thread(LOOKUPS, _tell, request, site)

    async def keep_alive(request: Request) -> Response:
        return await in_thread(LOOKUPS, _keep_alive, request, site)

    return [
        Route(addresses.SESSION, tell, methods=["GET"]),
        Route(addresses.SESSION, keep_alive, methods=["POST"]),
    ]


def _tell(request: Request, site: Site) -> Response:
    """Seconds until the session ends if nobody clicks, and until it ends anyway."""
    remaining = site.store.sessions.remaining(request.cookies.get(cookies.SESSION, ""))
    if remaining is None:
        return JSONResponse({}, HTTP_401_UNAUTHORIZED, {"Cache-Control": "no-store"})
    seconds = {
        "idle": int(remaining.idle.total_seconds()),
        "absolute": int(remaining.absolute.total_seconds()),
    }
    return JSONResponse(seconds, headers={"Cache-Control": "no-store"})


def _keep_alive(request: Request, site: Site) -> Response:
    """Somebody is there: a click like any other. Only scripts of our own pages can ask for it."""
    site_says = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    if site_says != "same-origin" or (origin and urlsplit(origin).netloc != request.url.netloc):
        return JSONResponse({}, HTTP_403_FORBIDDEN)
    site.store.sessions.person(request.cookies.get(cookies.SESSION, ""))
    return _tell(request, site)
