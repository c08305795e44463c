"""One-time links: an invited person makes an account, somebody who forgot the password sets a new one."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.status import (
    HTTP_403_FORBIDDEN,
    HTTP_404_NOT_FOUND,
    HTTP_410_GONE,
    HTTP_422_UNPROCESSABLE_CONTENT,
)

from api import addresses, forms, screens, second_step
from api.arrival import arrive
from api.password_rules import MIN_LENGTH, find_account_faults, find_password_faults
from api.site import Site
from api.threads import LOOKUPS, PASSWORDS, in_thread
from api.visitors import Visitor, find_visitor, stranger
from survey.errors import StorageError, SurveyError
from survey.roles import role_names
from survey.store import Invitation, LinkState
from survey.text import Language
from survey.translation import words

TOKEN = "ma"


def routes(site: Site) -> list[Route]:
    async def show(request: Request) -> Response:
        return await in_thread(LOOKUPS, _show, request, site)

    async def use(request: Request) -> Response:
        form = await forms.read_form(request)
        return await in_thread(PASSWORDS, _use, request, site, form)

    return [
        Route(path, endpoint, methods=[method])
        for path in (addresses.INVITATION, addresses.NEW_PASSWORD)
        for method, endpoint in (("GET", show), ("POST", use))
    ]


def _show(request: Request, site: Site) -> Response:
    """Looking at the link changes nothing: mail programs open links before people do."""
    visitor, token = find_visitor(request, site), request.query_params.get(TOKEN, "")
    found = _open_link(request, site, token)
    if found is None:
        return _closed(request, site, visitor, token)
    typed = {"username": _login_from(found.email), "name": found.name}
    return _form(request, site, visitor, found, token, typed, {})


def _use(request: Request, site: Site, form: dict[str, str]) -> Response:
    visitor, token = stranger(request), form.get(TOKEN, "")
    _ = words(visitor.language)
    found = _open_link(request, site, token)
    if found is None:
        return _closed(request, site, visitor, token)
    if not forms.is_ours(request, form):
        faults = {"": _("Trang này đã mở quá lâu nên chưa gửi được. Hãy nhập lại mật khẩu và thử lại.")}
        return _form(request, site, visitor, found, token, form, faults, HTTP_403_FORBIDDEN)
    typed = {name: form.get(name, "") for name in ("username", "name", "password", "again")}
    faults = dict(_faults(site, found, typed, visitor.language))
    if faults:
        return _form(request, site, visitor, found, token, typed, faults, HTTP_422_UNPROCESSABLE_CONTENT)
    try:
        if found.resets:
            person = site.store.invitations.use_reset(token, typed["password"])
        else:
            person = site.store.invitations.accept(token, typed["username"], typed["name"], typed["password"])
    except StorageError:
        raise
    except SurveyError as error:
        if _open_link(request, site, token) is None:
            return _closed(request, site, visitor, token)
        faults = {"": error.to(visitor.language)}
        return _form(request, site, visitor, found, token, typed, faults, HTTP_422_UNPROCESSABLE_CONTENT)
    chosen = None if found.resets else visitor.language
    if site.store.second_factor.is_on(person.id):
        # Whoever gets hold of a link has not got the telephone.
        return second_step.ask(request, site, person, addresses.HOME, chosen=None)
    return arrive(request, site, person, chosen=chosen)


def _open_link(request: Request, site: Site, token: str) -> Invitation | None:
    """What the link is for, if it can be used at this address."""
    found = site.store.invitations.find(token)
    if found is None or site.store.invitations.state(token) is not LinkState.VALID:
        return None
    return found if found.resets == (request.url.path == addresses.NEW_PASSWORD) else None


def _faults(
    site: Site, found: Invitation, typed: dict[str, str], language: Language
) -> list[tuple[str, str]]:
    _ = words(language)
    if found.resets:
        known = next(
            ((one.login, one.email or "") for one in site.store.accounts.all() if one.id == found.person_id),
            ("", ""),
        )
        return list(find_password_faults(typed["password"], typed["again"], _, known=known))
    known = (typed["username"].strip(), _login_from(found.email))
    return [
        *find_account_faults(typed, _),
        *find_password_faults(typed["password"], typed["again"], _, known=known),
    ]


def _login_from(email: str | None) -> str:
    """A login to begin with: what stands before the @."""
    return (email or "").partition("@")[0]


def _closed(request: Request, site: Site, visitor: Visitor, token: str) -> Response:
    state = site.store.invitations.state(token)
    status = HTTP_404_NOT_FOUND if state is LinkState.UNKNOWN else HTTP_410_GONE
    response = screens.show("link_closed.html", request, site, visitor, status=status, state=state.value)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _form(
    request: Request,
    site: Site,
    visitor: Visitor,
    found: Invitation,
    token: str,
    form: dict[str, str],
    faults: dict[str, str],
    status: int = 200,
) -> Response:
    login = next((one.login for one in site.store.accounts.all() if one.id == found.person_id), "")
    member = next((one for one in site.store.members.all() if one.id == found.library_id), None)
    response = screens.show(
        "link.html",
        request,
        site,
        visitor,
        status=status,
        here=request.url.path,
        token_field=TOKEN,
        token_of_link=token,
        resets=found.resets,
        login=login,
        role=role_names()[found.role].to(visitor.language),
        library=member.name.to(visitor.language) if member else "",
        signed_in=visitor.person.name if visitor.person else "",
        typed={name: form.get(name, "") for name in ("username", "name")},
        faults=faults,
        least=MIN_LENGTH,
    )
    # The address holds the link's secret.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
