"""Plain HTTP beside the Streamlit app: sign-in, files, health, and what stands before every page."""

from starlette.middleware import Middleware
from starlette.routing import Route

from api import (
    assets,
    evidence,
    files,
    frameworks,
    health,
    identity_provider,
    language,
    one_time_links,
    own_password,
    own_second_factor,
    pictures,
    second_step,
    session_clock,
    set_up,
    sign_in,
    sign_out,
)
from api.compression import StaticCompression
from api.index_page import IndexPage
from api.mishaps import Mishaps
from api.own_origin import OwnOrigin
from api.own_sessions import OwnSessions
from api.page_guard import PageGuard
from api.security_headers import SecurityHeaders
from api.site import Site
from api.small_fonts import SmallFonts
from api.unknown_files import UnknownFiles

__all__ = ["Site", "middleware", "routes"]


def routes(site: Site) -> list[Route]:
    """Every address of ours; whatever is not here is a page of the app or not there."""
    return [
        *health.routes(site),
        *sign_in.routes(site),
        *sign_out.routes(site),
        *language.routes(site),
        *set_up.routes(site),
        *second_step.routes(site),
        *identity_provider.routes(site),
        *one_time_links.routes(site),
        *own_password.routes(site),
        *own_second_factor.routes(site),
        *session_clock.routes(site),
        *files.routes(site),
        *evidence.routes(site),
        *frameworks.routes(site),
        *pictures.routes(site),
        *assets.routes(),
    ]


def middleware(site: Site) -> list[Middleware]:
    """What a request passes on its way to Streamlit, outermost first."""
    return [
        Middleware(SecurityHeaders, site=site),
        Middleware(OwnOrigin, site=site),
        Middleware(Mishaps, site=site),
        Middleware(StaticCompression),
        Middleware(SmallFonts),
        Middleware(OwnSessions, site=site),
        Middleware(PageGuard, site=site, routes=routes(site)),
        Middleware(IndexPage),
        Middleware(UnknownFiles),
    ]
