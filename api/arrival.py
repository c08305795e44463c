"""Where everybody arrives who has proved who they are: a session begins, and the page that was wanted opens."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.status import HTTP_303_SEE_OTHER

from api import addresses, cookies
from api.sessions import begin_session
from api.site import Site
from api.visitors import as_language
from survey.access import Person
from survey.text import Language


def arrive(
    request: Request, site: Site, person: Person, back_to: str = addresses.HOME, *, chosen: Language | None
) -> Response:
    """Begin the session; a language chosen on the way becomes the account's."""
    if chosen is not None and chosen != person.language:
        site.store.accounts.set_language(person.id, chosen)
    response = RedirectResponse(addresses.allowed_address(back_to, person), HTTP_303_SEE_OTHER)
    begin_session(request, response, site, person)
    language = chosen or as_language(person.language) or "vi"
    cookies.set_language(response, language, secure=cookies.is_secure(request, site))
    return response
