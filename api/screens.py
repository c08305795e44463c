"""Plain HTML pages from templates: no script, nothing from elsewhere, never kept by a cache."""

import logging
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.status import HTTP_404_NOT_FOUND, HTTP_500_INTERNAL_SERVER_ERROR, HTTP_503_SERVICE_UNAVAILABLE

from api import cookies, forms
from api.assets import CSS, ICON, versioned
from api.site import Site
from api.visitors import ASKED, Visitor, as_language
from survey.errors import StorageError
from survey.logs import error_id
from survey.text import Language
from survey.translation import words

TEMPLATES = Path(__file__).with_name("templates")
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_LOG = logging.getLogger(__name__)


def show(
    template: str, request: Request, site: Site, visitor: Visitor, *, status: int = 200, **values: object
) -> HTMLResponse:
    """Fill in a template; its forms carry this browser's token."""
    token = forms.token_of(request)
    html = (
        _templates(visitor.language)
        .get_template(template)
        .render(
            site=site,
            lang=visitor.language,
            form_field=forms.FIELD,
            form_token=forms.masked(token),
            css=versioned(CSS),
            icon=versioned(ICON),
            **values,
        )
    )
    secure = cookies.is_secure(request, site)
    response = HTMLResponse(
        html, status, headers={"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
    )
    if request.cookies.get(cookies.FORM) != token:
        cookies.set_form(response, token, secure=secure)
    asked = as_language(request.query_params.get(ASKED))
    if asked is not None:
        cookies.set_language(response, asked, secure=secure)
    return response


def not_found(request: Request, site: Site, visitor: Visitor) -> HTMLResponse:
    """The one answer for what is not there and what is not this visitor's."""
    return show("not_found.html", request, site, visitor, status=HTTP_404_NOT_FOUND)


def unavailable(request: Request, site: Site, visitor: Visitor, error: StorageError) -> HTMLResponse:
    """The database does not answer; the details are for the log alone."""
    _LOG.error("%s %s: %s", request.method, request.url.path, error, exc_info=error.__cause__)
    response = show(
        "unavailable.html", request, site, visitor, status=HTTP_503_SERVICE_UNAVAILABLE,
        sentence=error.to(visitor.language),
    )  # fmt: skip
    response.headers["Retry-After"] = "60"
    return response


def broken(request: Request, site: Site, visitor: Visitor, error: Exception) -> HTMLResponse:
    """A fault of ours: logged under an id that the person can quote."""
    number = error_id()
    said = {"error_id": number}
    _LOG.error("%s: %s %s", number, request.method, request.url.path, exc_info=error, extra=said)
    return show("broken.html", request, site, visitor, status=HTTP_500_INTERNAL_SERVER_ERROR, **said)


@cache
def _templates(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translate = words(language)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        translate, lambda one, many, n: translate(one if n == 1 else many), newstyle=False
    )
    return environment
