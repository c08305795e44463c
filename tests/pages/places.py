"""An installation whose pages are run by Streamlit's own test driver, and the tabs of its visitors.

The one thing that is not real is the cookie: the driver has no browser, so each run is told which session
token it carries. The page looks the token up in the database like any other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from re import sub
from typing import Any, Protocol

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from survey.access import Page, Person, Role
from survey.response import Answer, Recorded, Response
from survey.rounds import Round
from survey.store import Store
from ui.application import Application

MAIN = Path(__file__).resolve().parents[2] / "ui" / "main.py"
OPEN, PUBLISHED = "2025-sau-sap-nhap", "2024"
WORDY = ("html", "markdown", "caption", "page_link", "link_button", "plotly_chart")
FIELDS = (
    "text_input",
    "text_area",
    "radio",
    "checkbox",
    "selectbox",
    "multiselect",
    "button_group",
    "button",
)


class Moving(Protocol):
    """A clock; that of a test's own installation can be moved."""

    now: datetime

    def __call__(self) -> datetime: ...

    def forward(self, **duration: float) -> datetime: ...


class CookieJar:
    """The cookies of the run that is under way; runs follow one another, so one jar is enough."""

    def __init__(self) -> None:
        self.now: dict[str, str] = {}


class Tab:
    """A browser tab of one visitor: its own Streamlit session over the shared database."""

    def __init__(self, jar: CookieJar, token: str) -> None:
        self._jar = jar
        self.token = token
        self.app = AppTest.from_file(str(MAIN), default_timeout=30)
        # Looking for installed components takes longer than a page; one search serves all.
        self.app._bidi_component_manager = getattr(Tab, "_components", None)
        self._unfolded: set[str] = set()

    def open(self, page: Page = Page.HOME, **address: str) -> "Tab":
        """Type an address; parameters are written with _ for -."""
        self.app.query_params = {name.replace("_", "-"): value for name, value in address.items()}
        # `switch_page` wants a run of the home page first, which nobody makes who types an address.
        self.app._page_hash = calc_hash("" if page is Page.HOME else page.value)
        return self.run()

    def run(self) -> "Tab":
        self._jar.now = {"thuoc_so": self.token}
        for key in self._unfolded:
            self.app.session_state[key] = True
        self.app.run()
        Tab._components = self.app._bidi_component_manager
        assert not self.app.exception, [f"{one.message}\n{one.stack_trace}" for one in self.app.exception]
        return self

    @property
    def words(self) -> str:
        """Everything that a person can read, tags taken out."""
        parts: list[str] = []
        for kind in WORDY:
            for element in self.app.get(kind):
                proto = element.proto
                parts += [
                    str(getattr(proto, name, "") or "")
                    for name in ("body", "label", "alt", "caption", "help")
                ]
        for kind in FIELDS:
            for element in self.app.get(kind):
                parts.append(str(element.proto.label))
                parts += [str(option) for option in getattr(element, "options", ()) or ()]
        return " ".join(unescape(sub(r"<[^>]+>", " ", " ".join(parts))).split())

    @property
    def html(self) -> str:
        return " ".join(element.value for element in self.app.html)

    def field(self, key: str) -> Any:  # noqa: ANN401 - widgets of Streamlit's driver differ by kind
        return self.app.get_by_key(key)

    def has(self, key: str) -> bool:
        try:
            self.app.get_by_key(key)
        except KeyError:
            return False
        return True

    def give(self, key: str, value: object) -> "Tab":
        """Fill in or choose, and leave the field."""
        self.field(key).set_value(value)
        return self.run()

    def unfold(self, key: str) -> "Tab":
        """Open a folded part, which the driver would close again at each run."""
        self._unfolded.add(key)
        return self.run()

    def press(self, button: str) -> "Tab":
        """Press a button by its key or by its words."""
        found = [one for one in self.app.button if button in (one.key, one.label)]
        assert len(found) == 1, (
            f"{len(found)} buttons «{button}» among {[one.label for one in self.app.button]}"
        )
        found[0].click()
        return self.run()

    def buttons(self) -> list[str]:
        return [button.label for button in self.app.button]


@dataclass
class Place:
    """A running installation: its store, its clock, and tabs for whoever signs in."""

    store: Store
    jar: CookieJar
    application: Application
    clock: Moving
    file: Path

    def sign_in(self, login: str) -> Tab:
        person = self.store.accounts.by_login(login)
        assert person is not None
        return Tab(self.jar, self.store.sessions.start(person.id))

    def colleague(self, login: str, library_id: str) -> Tab:
        """A second account of the same library."""
        self.store.accounts.add(
            login, f"Đồng nghiệp {login}", Role.DIRECTOR, library_id, "một câu dài", by="t"
        )
        return self.sign_in(login)

    def person(self, login: str) -> Person:
        found = self.store.accounts.by_login(login)
        assert found is not None
        return found

    def round(self, round_id: str = OPEN) -> Round:
        found = self.store.rounds.get(round_id)
        assert found is not None
        return found

    def response(self, library_id: str, round_id: str = OPEN) -> Response:
        return self.store.answers.response(round_id, library_id)

    def entry(self, library_id: str, question: str) -> Recorded:
        return self.response(library_id).entry(question)

    def answer(self, library_id: str, question: str) -> Answer:
        return self.entry(library_id, question).answer


MakePlace = Callable[..., Place]
LookAt = Callable[[str], Place]
