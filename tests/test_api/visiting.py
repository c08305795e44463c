"""Browsers for tests, and what stands on the pages that they get."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from api import Site, middleware, routes
from survey.access import Role
from survey.store import Store

PASSWORD = "một câu dễ nhớ lắm"
ACCOUNTS = {
    "thuvien": (Role.DIRECTOR, "son_la"),
    "nhap": (Role.ENTRY, "son_la"),
    "thamdinh": (Role.REVIEWER, None),
    "chutich": (Role.CHAIR, None),
    "canbo": (Role.OFFICIAL, None),
    "quantri": (Role.ADMINISTRATOR, None),
}


@dataclass
class Visit:
    """A browser: it fills in the forms of the pages it opens."""

    client: TestClient
    store: Store

    def open(self, path: str, **headers: str) -> Response:
        return self.client.get(path, headers={name.replace("_", "-"): one for name, one in headers.items()})

    def send(self, path: str, _page: str = "", **fields: str) -> Response:
        """Open the form at `path` (or `_page`), then send it with `fields` and its hidden ones."""
        return self.post(path, **{**hidden_fields(self.open(_page or path).text), **fields})

    def post(self, path: str, **fields: str) -> Response:
        return self.client.post(path, data=fields)

    def sign_in(self, login: str, password: str = PASSWORD, page: str = "/dang-nhap") -> Response:
        return self.send("/dang-nhap", page, username=login, password=password)

    def signed_in(self, login: str) -> "Visit":
        """Begin a session without the form, whose password takes its time."""
        person = self.store.accounts.by_login(login)
        token = self.store.sessions.start(person.id)
        self.client.cookies.set("thuoc_so", token, domain="testserver.local", path="/")
        return self

    @property
    def cookie(self) -> str | None:
        return self.client.cookies.get("thuoc_so")


Open = Callable[..., Visit]


def app_of(site: Site) -> Starlette:
    return Starlette(
        routes=[*routes(site), *create_streamlit_static_assets_routes("")], middleware=middleware(site)
    )


def hidden_fields(html: str) -> dict[str, str]:
    return {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html)
    }


def alerts(response: Response) -> list[str]:
    """The sentences that a screen reader speaks at once."""
    return [
        unescape(words)
        for words in re.findall(r'<p[^>]*role="alert"[^>]*>(.*?)</p>', response.text, re.DOTALL)
    ]
