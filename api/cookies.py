"""The cookies of this server, and how safely each is set."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.site import Site
from survey.text import Language

SESSION = "thuoc_so"
LANGUAGE = "ngon_ngu"
FORM = "bieu_mau"
SECOND_STEP = "buoc_hai"
PROVIDER = "co_quan"
YEAR = 365 * 24 * 3600


def is_secure(connection: HTTPConnection, site: Site) -> bool:
    """Whether people come over TLS.

    Behind a proxy the scheme is the one that uvicorn took from X-Forwarded-Proto, which it believes only from
    the addresses in FORWARDED_ALLOW_IPS.
    """
    return site.secure or connection.url.scheme == "https"


def set_session(response: Response, token: str, *, secure: bool) -> None:
    """Let the browser keep the token until it is closed: libraries share their computers."""
    response.set_cookie(SESSION, token, path="/", httponly=True, samesite="lax", secure=secure)


def clear_session(response: Response, *, secure: bool) -> None:
    response.delete_cookie(SESSION, path="/", httponly=True, samesite="lax", secure=secure)


def set_language(response: Response, language: Language, *, secure: bool) -> None:
    response.set_cookie(
        LANGUAGE, language, max_age=YEAR, path="/", httponly=True, samesite="lax", secure=secure
    )


def set_form(response: Response, token: str, *, secure: bool) -> None:
    response.set_cookie(FORM, token, path="/", httponly=True, samesite="strict", secure=secure)


def set_passing(response: Response, name: str, value: str, *, path: str, seconds: int, secure: bool) -> None:
    """A value that one step of signing in leaves to the next.

    Lax, since the provider's site sends people back to us.
    """
    response.set_cookie(name, value, max_age=seconds, path=path, httponly=True, samesite="lax", secure=secure)


def clear_passing(response: Response, name: str, *, path: str, secure: bool) -> None:
    response.delete_cookie(name, path=path, httponly=True, samesite="lax", secure=secure)
