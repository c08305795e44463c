"""Whether the server can do its work, for whatever watches it; needs no sign-in and tells no more."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.site import Site
from api.threads import LOOKUPS, in_thread
from survey.errors import StorageError


def routes(site: Site) -> list[Route]:
    async def health(_: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        try:
            schema = await in_thread(LOOKUPS, site.store.schema_version)
        except StorageError:
            return JSONResponse({"status": "unavailable"}, 503, headers=headers)
        return JSONResponse({"status": "ok", "schema": schema}, headers=headers)

    return [Route("/healthz", health, methods=["GET"])]
