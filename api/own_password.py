"""Changing one's own password; every other session ends, and this one goes on under a new token."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.status import (
    HTTP_303_SEE_OTHER,
    HTTP_403_FORBIDDEN,
    HTTP_422_UNPROCESSABLE_CONTENT,
    HTTP_429_TOO_MANY_REQUESTS,
)

from api import addresses, forms, screens
from api.password_rules import MIN_LENGTH, find_password_faults
from api.sessions import begin_session
from api.site import Site
from api.threads import LOOKUPS, PASSWORDS, in_thread
from api.visitors import Visitor, address_of, find_visitor
from survey.access import Page, Person
from survey.store import TooManyAttemptsError
from survey.translation import words


def routes(site: Site) -> list[Route]:
    async def show(request: Request) -> Response:
        visitor = await in_thread(LOOKUPS, find_visitor, request, site)
        if visitor.person is None:
            return _to_sign_in()
        return _form(request, site, visitor, visitor.person)

    async def change(request: Request) -> Response:
        form = await forms.read_form(request)
        return await in_thread(PASSWORDS, _change, request, site, form)

    return [
        Route(addresses.OWN_PASSWORD, show, methods=["GET"]),
        Route(addresses.OWN_PASSWORD, change, methods=["POST"]),
    ]


def _change(request: Request, site: Site, form: dict[str, str]) -> Response:
    visitor = find_visitor(request, site)
    person, _ = visitor.person, words(visitor.language)
    if person is None:
        return _to_sign_in()
    if not forms.is_ours(request, form):
        faults = {"": _("Trang này đã mở quá lâu nên chưa gửi được. Hãy nhập lại mật khẩu và thử lại.")}
        return _form(request, site, visitor, person, faults, HTTP_403_FORBIDDEN)
    if site.is_demo(person):
        faults = {"": _("Tài khoản dùng thử là của chung nên không đổi mật khẩu được.")}
        return _form(request, site, visitor, person, faults, HTTP_403_FORBIDDEN)
    new = form.get("password", "")
    known = (person.login, (person.email or "").partition("@")[0])
    faults = dict(find_password_faults(new, form.get("again", ""), _, known=known))
    if faults:
        return _form(request, site, visitor, person, faults, HTTP_422_UNPROCESSABLE_CONTENT)
    try:
        right = site.store.accounts.confirm_password(person, form.get("old", ""), address_of(request))
    except TooManyAttemptsError as error:
        faults = {"": error.to(visitor.language)}
        return _form(request, site, visitor, person, faults, HTTP_429_TOO_MANY_REQUESTS)
    if not right:
        faults = {"old": _("Mật khẩu đang dùng không đúng. Hãy nhập lại.")}
        return _form(request, site, visitor, person, faults, HTTP_422_UNPROCESSABLE_CONTENT)
    site.store.accounts.set_password(person.id, new, person.login)
    response = RedirectResponse(f"/{Page.MINE}?da-doi=mat-khau", HTTP_303_SEE_OTHER)
    begin_session(request, response, site, person)
    return response


def _to_sign_in() -> Response:
    return RedirectResponse(addresses.sign_in_address(addresses.OWN_PASSWORD), HTTP_303_SEE_OTHER)


def _form(
    request: Request,
    site: Site,
    visitor: Visitor,
    person: Person,
    faults: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    return screens.show(
        "own_password.html",
        request,
        site,
        visitor,
        status=status,
        login=person.login,
        back=f"/{Page.MINE}",
        faults=faults or {},
        least=MIN_LENGTH,
    )
