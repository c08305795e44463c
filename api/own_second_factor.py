"""Turning one's own second factor on and off; each step asks for the password again."""

import segno
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.status import (
    HTTP_303_SEE_OTHER,
    HTTP_403_FORBIDDEN,
    HTTP_422_UNPROCESSABLE_CONTENT,
    HTTP_429_TOO_MANY_REQUESTS,
)

from api import addresses, cookies, forms, screens
from api.site import Site
from api.threads import LOOKUPS, PASSWORDS, in_thread
from api.visitors import Visitor, address_of, find_visitor
from survey.access import Page, Person
from survey.errors import StorageError, SurveyError
from survey.second_factor import is_key, key_address, new_key
from survey.store import TooManyAttemptsError
from survey.translation import words

TURN_ON, NEW_CODES, TURN_OFF = "bat", "ma-moi", "tat"


def routes(site: Site) -> list[Route]:
    async def show(request: Request) -> Response:
        return await in_thread(LOOKUPS, _show, request, site)

    async def change(request: Request) -> Response:
        form = await forms.read_form(request)
        return await in_thread(PASSWORDS, _change, request, site, form)

    return [
        Route(addresses.OWN_SECOND_FACTOR, show, methods=["GET"]),
        Route(addresses.OWN_SECOND_FACTOR, change, methods=["POST"]),
    ]


def _show(request: Request, site: Site) -> Response:
    visitor = find_visitor(request, site)
    return _to_sign_in() if visitor.person is None else _form(request, site, visitor, visitor.person)


def _change(request: Request, site: Site, form: dict[str, str]) -> Response:
    visitor = find_visitor(request, site)
    person, _ = visitor.person, words(visitor.language)
    if person is None:
        return _to_sign_in()
    key = form.get("key", "")
    if not forms.is_ours(request, form):
        faults = {"": _("Trang này đã mở quá lâu nên chưa gửi được. Hãy nhập lại mật khẩu và thử lại.")}
        return _form(request, site, visitor, person, key, faults, HTTP_403_FORBIDDEN)
    if site.is_demo(person):
        faults = {"": _("Tài khoản dùng thử là của chung nên không bật xác thực hai lớp được.")}
        return _form(request, site, visitor, person, key, faults, HTTP_403_FORBIDDEN)
    try:
        right = site.store.accounts.confirm_password(person, form.get("password", ""), address_of(request))
        if not right:
            faults = {"password": _("Mật khẩu đang dùng không đúng. Hãy nhập lại.")}
            return _form(request, site, visitor, person, key, faults, HTTP_422_UNPROCESSABLE_CONTENT)
        return _changed(request, site, visitor, person, form)
    except StorageError:
        raise
    except TooManyAttemptsError as error:
        faults = {"": error.to(visitor.language)}
        return _form(request, site, visitor, person, key, faults, HTTP_429_TOO_MANY_REQUESTS)
    except SurveyError as error:
        faults = {"code": error.to(visitor.language)}
        return _form(request, site, visitor, person, key, faults, HTTP_422_UNPROCESSABLE_CONTENT)


def _changed(
    request: Request, site: Site, visitor: Visitor, person: Person, form: dict[str, str]
) -> Response:
    """Do what the pressed button says; on and off are told apart by the button, not by how things stand."""
    factor, wish = site.store.second_factor, form.get("viec", "")
    is_on = factor.is_on(person.id)
    if wish == TURN_OFF and is_on:
        factor.turn_off(person.id, person.login)
        return RedirectResponse(f"/{Page.MINE}?da-doi=tat-hai-lop", HTTP_303_SEE_OTHER)
    if wish == NEW_CODES and is_on:
        return _codes(request, site, visitor, factor.new_codes(person.id))
    if wish == TURN_ON and not is_on:
        codes = factor.turn_on(person.id, form.get("key", ""), form.get("code", ""))
        site.store.sessions.end_others(person.id, request.cookies.get(cookies.SESSION, ""))
        return _codes(request, site, visitor, codes)
    return RedirectResponse(addresses.OWN_SECOND_FACTOR, HTTP_303_SEE_OTHER)


def _codes(request: Request, site: Site, visitor: Visitor, codes: tuple[str, ...]) -> Response:
    return screens.show("recovery_codes.html", request, site, visitor, codes=codes, back=f"/{Page.MINE}")


def _to_sign_in() -> Response:
    return RedirectResponse(addresses.sign_in_address(addresses.OWN_SECOND_FACTOR), HTTP_303_SEE_OTHER)


def _form(
    request: Request,
    site: Site,
    visitor: Visitor,
    person: Person,
    key: str = "",
    faults: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    is_on = site.store.second_factor.is_on(person.id)
    shown = "" if is_on else key if is_key(key) else new_key()
    return screens.show(
        "own_second_factor.html",
        request,
        site,
        visitor,
        status=status,
        login=person.login,
        is_on=is_on,
        left=site.store.second_factor.codes_left(person.id),
        key=shown,
        key_groups=[shown[start : start + 4] for start in range(0, len(shown), 4)],
        picture=_picture(shown, person.login) if shown else "",
        back=f"/{Page.MINE}",
        faults=faults or {},
    )


def _picture(key: str, login: str) -> str:
    """The QR code as SVG within the page: the key goes into no file and no address."""
    code = segno.make(key_address(key, login), error="m")
    return str(code.svg_inline(scale=5, border=2, omitsize=True, svgclass="qr", lineclass=None))
