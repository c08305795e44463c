"""The first administrator, made once with the link that the server prints when it has no accounts."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.status import (
    HTTP_303_SEE_OTHER,
    HTTP_403_FORBIDDEN,
    HTTP_404_NOT_FOUND,
    HTTP_410_GONE,
    HTTP_422_UNPROCESSABLE_CONTENT,
)

from api import addresses, forms, screens
from api.password_rules import FIRST_MIN_LENGTH, find_faults
from api.sessions import begin_session
from api.site import Site
from api.threads import LOOKUPS, PASSWORDS, in_thread
from api.visitors import Visitor, stranger
from survey.errors import StorageError, SurveyError
from survey.translation import words

FIELDS = ("username", "name", "password", "again")


def routes(site: Site) -> list[Route]:
    async def show(request: Request) -> Response:
        return await in_thread(LOOKUPS, _show, request, site)

    async def set_up(request: Request) -> Response:
        form = await forms.read_form(request)
        return await in_thread(PASSWORDS, _set_up, request, site, form)

    return [
        Route(addresses.SET_UP, show, methods=["GET"]),
        Route(addresses.SET_UP, set_up, methods=["POST"]),
    ]


def _show(request: Request, site: Site) -> Response:
    visitor, token = stranger(request), request.query_params.get("ma", "")
    if not site.store.accounts.setup_token_valid(token):
        return _closed(request, site, visitor)
    return _form(request, site, visitor, {"ma": token}, {})


def _set_up(request: Request, site: Site, form: dict[str, str]) -> Response:
    visitor = stranger(request)
    _ = words(visitor.language)
    token = form.get("ma", "")
    if not site.store.accounts.setup_token_valid(token):
        return _closed(request, site, visitor)
    if not forms.is_ours(request, form):
        faults = {"": _("Trang này đã mở quá lâu nên chưa gửi được. Hãy nhập lại mật khẩu và thử lại.")}
        return _form(request, site, visitor, form, faults, HTTP_403_FORBIDDEN)
    typed = {field: form.get(field, "") for field in FIELDS}
    faults = dict(find_faults(typed, _))
    if faults:
        return _form(request, site, visitor, form, faults, HTTP_422_UNPROCESSABLE_CONTENT)
    try:
        person = site.store.accounts.use_setup_token(
            token, typed["username"], typed["name"], typed["password"]
        )
    except StorageError:
        raise
    except SurveyError as error:
        faults = {"": error.to(visitor.language)}
        return _form(request, site, visitor, form, faults, HTTP_422_UNPROCESSABLE_CONTENT)
    site.store.accounts.set_language(person.id, visitor.language)
    response = RedirectResponse(addresses.HOME, HTTP_303_SEE_OTHER)
    begin_session(request, response, site, person)
    return response


def _closed(request: Request, site: Site, visitor: Visitor) -> Response:
    """Gone for good once there is an account; a link that is merely too old can be replaced."""
    over = site.store.accounts.has_accounts()
    status = HTTP_410_GONE if over else HTTP_404_NOT_FOUND
    return screens.show("set_up_closed.html", request, site, visitor, status=status, over=over)


def _form(
    request: Request,
    site: Site,
    visitor: Visitor,
    form: dict[str, str],
    faults: dict[str, str],
    status: int = 200,
) -> Response:
    typed = {field: form.get(field, "") for field in ("username", "name")}
    response = screens.show(
        "set_up.html",
        request,
        site,
        visitor,
        status=status,
        token_of_link=form.get("ma", ""),
        typed=typed,
        faults=faults,
        least=FIRST_MIN_LENGTH,
    )
    # The address holds the link's secret; the form that is sent from here must still say where it comes from.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
