"""Signing in: a plain page that works before the app is loaded and that password managers understand."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.status import (
    HTTP_303_SEE_OTHER,
    HTTP_403_FORBIDDEN,
    HTTP_422_UNPROCESSABLE_CONTENT,
    HTTP_429_TOO_MANY_REQUESTS,
)

from api import addresses, forms, screens, second_step
from api.arrival import arrive
from api.site import Site
from api.threads import LOOKUPS, PASSWORDS, in_thread
from api.visitors import ASKED, Visitor, address_of, as_language, find_visitor
from survey.store import NeedsCode, TooManyAttemptsError
from survey.text import Language
from survey.translation import words

DEMO = "minh_hoa"


def routes(site: Site) -> list[Route]:
    async def show(request: Request) -> Response:
        visitor = await in_thread(LOOKUPS, find_visitor, request, site)
        back_to = addresses.own_address(request.query_params.get("tiep"))
        if visitor.person is not None:
            return RedirectResponse(addresses.allowed_address(back_to, visitor.person), HTTP_303_SEE_OTHER)
        return _form(request, site, visitor, back_to)

    async def sign_in(request: Request) -> Response:
        form = await forms.read_form(request)
        return await in_thread(PASSWORDS, _sign_in, request, site, form)

    return [
        Route(addresses.SIGN_IN, show, methods=["GET"]),
        Route(addresses.SIGN_IN, sign_in, methods=["POST"]),
    ]


def _sign_in(request: Request, site: Site, form: dict[str, str]) -> Response:
    visitor = find_visitor(request, site)
    _ = words(visitor.language)
    back_to = addresses.own_address(form.get("tiep"))
    login, password = _given(site, form)
    if not forms.is_ours(request, form):
        sentence = _("Trang đăng nhập đã mở quá lâu nên chưa gửi được. Hãy nhập lại mật khẩu và thử lại.")
        return _form(request, site, visitor, back_to, login, sentence, HTTP_403_FORBIDDEN)
    if not login.strip() or not password:
        sentence = _("Hãy nhập tên đăng nhập và mật khẩu.")
        return _form(request, site, visitor, back_to, login, sentence, HTTP_422_UNPROCESSABLE_CONTENT)
    try:
        person = site.store.accounts.check_password(login, password, address_of(request))
    except TooManyAttemptsError as error:
        sentence = error.to(visitor.language)
        return _form(request, site, visitor, back_to, login, sentence, HTTP_429_TOO_MANY_REQUESTS)
    if isinstance(person, NeedsCode):
        return second_step.ask(request, site, person.person, back_to, chosen=as_language(form.get(ASKED)))
    if person is None:
        sentence = _("Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra rồi thử lại.")
        return _form(request, site, visitor, back_to, login, sentence, HTTP_422_UNPROCESSABLE_CONTENT)
    return arrive(request, site, person, back_to, chosen=as_language(form.get(ASKED)))


def _given(site: Site, form: dict[str, str]) -> tuple[str, str]:
    """The login and password that were typed, or those of the demo account that was clicked."""
    clicked = form.get(DEMO)
    if site.demo_password is not None and clicked in dict(site.demo):
        return clicked, site.demo_password
    return form.get("username", ""), form.get("password", "")


def _form(
    request: Request,
    site: Site,
    visitor: Visitor,
    back_to: str,
    login: str = "",
    sentence: str = "",
    status: int = 200,
) -> Response:
    return screens.show(
        "sign_in.html",
        request,
        site,
        visitor,
        status=status,
        login=login,
        sentence=sentence,
        back_to=back_to,
        signed_out="da-thoat" in request.query_params,
        chosen=as_language(request.query_params.get(ASKED)),
        demo_field=DEMO,
        provider=site.provider.name if site.provider else "",
        provider_address=addresses.provider_address(back_to),
        switch=_switch(visitor.language, back_to),
    )


def _switch(language: Language, back_to: str) -> str:
    """The address of this page in the other language."""
    here = addresses.sign_in_address(back_to)
    return f"{here}{'&' if '?' in here else '?'}{ASKED}={'vi' if language == 'en' else 'en'}"
