"""A browser of any kind of person, on the product's own routes and middleware over a prepared database."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from unittest.mock import patch

from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from api import Site, addresses, middleware, pictures, routes
from benchmarks.faults.access_count import Copy, copy_of
from benchmarks.faults.access_people import NOBODY, Kind, World
from report.round_report import RoundReport
from report.views import Asked, draw
from survey.members import load_members
from survey.store import Store
from ui.application import Application

HOST = "testserver"
COOKIE = "thuoc_so"
SIGN_IN, MISSING = 303, 404
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
Answered = Any  # a response of whichever httpx the test client was made with


class Browser:
    """Everybody's browser in turn."""

    def __init__(self, client: TestClient, world: World, copy: Copy) -> None:
        self.client = client
        self.world = world
        self.copy = copy
        self._nowhere = ""

    def become(self, kind: Kind) -> None:
        self.client.cookies.clear()
        if kind.login != NOBODY:
            self.client.cookies.set(COOKIE, self.world.tokens[kind.login], domain=f"{HOST}.local", path="/")
        self._nowhere = _words(self.get("/khong-co"))

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answered:
        return self.client.get(path, headers=headers)

    def post(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answered:
        return self.client.post(path, data=dict(fields), headers=headers)

    def upload(self, path: str, fields: Mapping[str, str], name: str, content: bytes) -> Answered:
        return self.client.post(path, data=dict(fields), files={"tep": (name, content)})

    def hidden_fields(self, path: str) -> dict[str, str]:
        return {unescape(name): unescape(value) for name, value in _HIDDEN.findall(self.get(path).text)}

    def tells_nothing(self, kind: Kind, answer: Answered) -> bool:
        """Whether the answer is the one that somebody gets who asks for what does not exist."""
        if not kind.signs_in:
            return bool(
                answer.status_code == SIGN_IN
                and answer.headers["location"].startswith(addresses.SIGN_IN)
                and not answer.content
            )
        return bool(answer.status_code == MISSING and _words(answer) == self._nowhere)


@contextmanager
def browser_on(world: World, folder: Path) -> Iterator[Browser]:
    file = folder / "routes.db"
    evidence = Path(shutil.copytree(world.evidence, folder / "routes", dirs_exist_ok=True))
    with (
        copy_of(world.file, file) as copy,
        closing(Store.open(f"sqlite:///{file}", evidence=evidence)) as store,
        patch.object(pictures, "_picture", _picture_in_words),
        TestClient(_app(store), base_url=f"http://{HOST}", follow_redirects=False) as client,
    ):
        yield Browser(client, world, copy)


def _app(store: Store) -> Starlette:
    application = Application(store, load_members())
    site = Site(
        store=store,
        reports=application.report,
        rank_study=lambda round_id, basis: application.rank_study(round_id, basis).study,
        hosts=frozenset({HOST}),
    )
    return Starlette(
        routes=[*routes(site), *create_streamlit_static_assets_routes("")], middleware=middleware(site)
    )


def _picture_in_words(name: str, reports: Sequence[RoundReport], asked: Asked) -> bytes:
    """What a picture would show; drawing it takes seconds and its points cannot be searched."""
    view = draw(name, reports, asked)
    figure = json.dumps(json.loads(view.figure.to_json()), ensure_ascii=False)
    return "\n".join([view.title, view.alternative, str(view.rows), figure]).encode()


def _words(answer: Answered) -> str:
    """The page without what differs at each look."""
    return _HIDDEN.sub("", answer.text)
