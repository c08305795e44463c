"""Beginning and ending what the cookie `thuoc_so` stands for."""

from starlette.requests import Request
from starlette.responses import Response

from api import cookies
from api.devices import device_words
from api.site import Site
from survey.access import Person


def begin_session(request: Request, response: Response, site: Site, person: Person) -> None:
    """Sign `person` in on this browser under a new token; what the browser held before ends.

    An open tab still holds the old one, and comes over to the new one by itself (`assets/phien.js`).
    """
    held = request.cookies.get(cookies.SESSION)
    if held:
        site.store.sessions.end(held)
    device = device_words(request.headers.get("user-agent", ""))
    token = site.store.sessions.start(person.id, device=device)
    cookies.set_session(response, token, secure=cookies.is_secure(request, site))


def end_session(request: Request, response: Response, site: Site) -> None:
    held = request.cookies.get(cookies.SESSION)
    if held:
        site.store.sessions.end(held)
    cookies.clear_session(response, secure=cookies.is_secure(request, site))
