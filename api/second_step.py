"""The second step of signing in: a code from the authenticator app, or a recovery code."""

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
from api.arrival import arrive
from api.site import Site
from api.threads import LOOKUPS, in_thread
from api.visitors import ASKED, address_of, as_language, stranger
from survey.access import Person
from survey.store import TooManyAttemptsError
from survey.store.second_factor import PATIENCE
from survey.text import Language
from survey.translation import words


def routes(site: Site) -> list[Route]:
    async def show(request: Request) -> Response:
        return await in_thread(LOOKUPS, _show, request, site)

    async def finish(request: Request) -> Response:
        form = await forms.read_form(request)
        return await in_thread(LOOKUPS, _finish, request, site, form)

    return [
        Route(addresses.SECOND_STEP, show, methods=["GET"]),
        Route(addresses.SECOND_STEP, finish, methods=["POST"]),
    ]


def ask(request: Request, site: Site, person: Person, back_to: str, *, chosen: Language | None) -> Response:
    """The password was right: lead on to the code."""
    if chosen is not None:
        site.store.accounts.set_language(person.id, chosen)
    response = RedirectResponse(addresses.second_step_address(back_to), HTTP_303_SEE_OTHER)
    cookies.set_passing(
        response,
        cookies.SECOND_STEP,
        site.store.second_factor.begin(person.id),
        path=addresses.SIGN_IN,
        seconds=int(PATIENCE.total_seconds()),
        secure=cookies.is_secure(request, site),
    )
    return response


def _show(request: Request, site: Site) -> Response:
    if not site.store.second_factor.waiting(request.cookies.get(cookies.SECOND_STEP, "")):
        return RedirectResponse(addresses.SIGN_IN, HTTP_303_SEE_OTHER)
    return _form(request, site, addresses.own_address(request.query_params.get("tiep")))


def _finish(request: Request, site: Site, form: dict[str, str]) -> Response:
    _ = words(stranger(request).language)
    back_to = addresses.own_address(form.get("tiep"))
    token, code = request.cookies.get(cookies.SECOND_STEP, ""), form.get("code", "")
    if not forms.is_ours(request, form):
        sentence = _("Trang này đã mở quá lâu nên chưa gửi được. Hãy nhập lại mã và thử lại.")
        return _form(request, site, back_to, sentence, HTTP_403_FORBIDDEN)
    if not site.store.second_factor.waiting(token):
        return RedirectResponse(addresses.sign_in_address(back_to), HTTP_303_SEE_OTHER)
    try:
        person = site.store.second_factor.finish(token, code, address_of(request))
    except TooManyAttemptsError as error:
        sentence = error.to(stranger(request).language)
        return _form(request, site, back_to, sentence, HTTP_429_TOO_MANY_REQUESTS)
    if person is None:
        sentence = _("Mã không đúng hoặc đã dùng rồi. Hãy chờ mã tiếp theo trong ứng dụng rồi nhập lại.")
        return _form(request, site, back_to, sentence, HTTP_422_UNPROCESSABLE_CONTENT)
    response = arrive(request, site, person, back_to, chosen=as_language(form.get(ASKED)))
    cookies.clear_passing(
        response, cookies.SECOND_STEP, path=addresses.SIGN_IN, secure=cookies.is_secure(request, site)
    )
    return response


def _form(request: Request, site: Site, back_to: str, sentence: str = "", status: int = 200) -> Response:
    return screens.show(
        "second_step.html",
        request,
        site,
        stranger(request),
        status=status,
        back_to=back_to,
        sentence=sentence,
    )
