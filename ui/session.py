"""The one place that touches `st.session_state` and the visitor's cookie.

A person is looked up anew in every run: signing out, disabling and a change of role act at the
next click of every open tab.
"""

import logging
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page as StreamlitPage

from report.round_report import RoundReport
from survey.access import Page, Person, may_open_page, require
from survey.framework import Framework
from survey.response import Recorded, Response
from survey.rounds import Round, RoundState
from survey.text import HANOI, Language, format_day
from survey.translation import Words, words
from ui.application import application

LOGGER = logging.getLogger("thuoc_so")
COOKIE = "thuoc_so"
OPENED = "opened"
OWN_COOKIE = "cookie of the person"
SENDINGS = "sendings"
# Reached from elsewhere: from a response in the list, from the Federation's page, and from one's own name.
NOT_IN_MENU = (Page.REVIEW, Page.SELF_CHECK, Page.MINE)


def person() -> Person | None:
    """Whoever is signed in now, or None."""
    held = token()
    app = application()
    found = app.store.sessions.person(held, app.clock()) if held else None
    if found is None and held != st.session_state.get(OWN_COOKIE, held):
        LOGGER.warning("another cookie than its own asked for the open page of an account and saw nothing")
    return found


def token() -> str:
    """The secret of this browser's session, or "" where it has none."""
    return str(st.context.cookies.get(COOKIE) or "")


def own_address() -> str:
    """What stands before the paths of this server, for links that are passed on."""
    configured = application().address
    parts = urlsplit(str(st.context.url or ""))
    return configured or (f"{parts.scheme}://{parts.netloc}" if parts.netloc else "")


def language(who: Person | None = None) -> Language:
    chosen = who.language if who else st.session_state.get("language", "vi")
    return "en" if chosen == "en" else "vi"


def begin(who: Person) -> None:
    """Keep what pages ask for during one run."""
    _forget_anybody_else(who)
    st.session_state["person"] = who
    st.session_state[OWN_COOKIE] = token()
    st.session_state["language"] = language(who)


def _forget_anybody_else(who: Person) -> None:
    """Let nothing typed or opened by one account be seen by another one that comes with its session id."""
    before: Person | None = st.session_state.get("person")
    if before is not None and before.id != who.id:
        LOGGER.warning(
            "the open page of «%s» was taken over by «%s» and begins anew", before.login, who.login
        )
        for key in list(st.session_state):
            del st.session_state[key]


def current_person() -> Person:
    """The person of this run, as looked up when the run began."""
    who: Person = st.session_state["person"]
    return who


def current_language() -> Language:
    return language()


def current_words() -> Words:
    return words(current_language())


def today() -> date:
    return application().clock().astimezone(HANOI).date()


def rounds() -> tuple[Round, ...]:
    return application().store.rounds.all()


def open_round() -> Round | None:
    """The round that is being answered: the open one that closes last."""
    being_answered = [entry for entry in rounds() if entry.state is RoundState.OPEN]
    return max(being_answered, key=lambda entry: entry.closes_on, default=None)


def report(round_id: str, method: str = "") -> RoundReport:
    """A round as it was scored, or by another kept version of its framework, named by its checksum."""
    app = application()
    found = app.report_under(round_id, method) if method else app.report(round_id)
    assert found is not None
    return found


def members_of(round_: Round) -> frozenset[str]:
    """Ids of the members on the round's reference date."""
    return frozenset(member.id for member in application().members.valid_on(round_.reference_date))


def blank_report(round_: Round) -> RoundReport:
    """The round's framework, members and sources without anybody's answers."""
    return application().report_with(round_, {})


def own_report(round_: Round, library_id: str) -> RoundReport:
    """The round with one library's response alone: cheap while others are saving."""
    app = application()
    if round_.is_final:
        return report(round_.id).only([library_id])
    response = app.store.answers.response(round_.id, library_id)
    return app.report_with(round_, {library_id: response}).only([library_id])


@dataclass(frozen=True)
class Before:
    """A library's response of an earlier round, with that round's name."""

    response: Response
    round_name: str


def response_before(round_: Round, library_id: str) -> Before | None:
    """The library's response of the newest earlier round in which it answered, if any.

    A merged library has no answers of its own from before; its parts are shown elsewhere.
    """
    earlier = [entry for entry in rounds() if entry.reference_date < round_.reference_date]
    for entry in sorted(earlier, key=lambda one: one.reference_date, reverse=True):
        response = report(entry.id).responses.get(library_id)
        if response is not None and response.begun:
            return Before(response, entry.name)
    return None


def opened_response(round_: Round, library_id: str, framework: Framework) -> Response:
    """The response as this session opened it; what others saved since is taken over and noted.

    A save always carries the revision that was opened, so nothing is overwritten unseen.
    """
    fresh = application().store.answers.response(round_.id, library_id)
    held: Response | None = st.session_state.get(OPENED)
    if held is not None and (held.round_id, held.library_id) == (fresh.round_id, fresh.library_id):
        for name in framework.questions:
            if fresh.entry(name).revision != held.entry(name).revision:
                forget_fields(name)
    st.session_state[OPENED] = fresh
    st.session_state[SENDINGS] = len(application().store.cycle.submissions(round_.id, library_id))
    return fresh


def sendings() -> int:
    """How many sendings there were when this session opened the response."""
    count: int = st.session_state[SENDINGS]
    return count


def held_response() -> Response:
    """The response as opened, with this session's own saves."""
    held: Response = st.session_state[OPENED]
    return held


def keep_entry(question_id: str, entry: Recorded) -> None:
    st.session_state[OPENED] = held_response().with_entry(question_id, entry)


def field_key(question_id: str, part: str) -> str:
    return f"{question_id}.{part}"


def forget_fields(question_id: str, *, keep: tuple[str, ...] = ()) -> None:
    """Let the fields of a question start again from what is stored, but those named in `keep`."""
    prefix = f"{question_id}."
    kept = {field_key(question_id, part) for part in keep}
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(prefix)]:
        if key not in kept:
            del st.session_state[key]


def field(question_id: str, part: str) -> object:
    return st.session_state.get(field_key(question_id, part))


def typed(question_id: str, part: str) -> str:
    """The text of a field, noted as having come: the page keeps what was typed until it reads that here."""
    words = str(field(question_id, part) or "")
    received = st.session_state.setdefault(f"received.{question_id}", {})
    received[field_key(question_id, part)] = (uuid4().hex[:8], words)
    return words


def received(question_id: str) -> dict[str, tuple[str, str]]:
    """By the key of a field: the text that last came from it, under a mark that no other receipt has."""
    found: dict[str, tuple[str, str]] = st.session_state.get(f"received.{question_id}", {})
    return found


def start_field(question_id: str, part: str, value: object) -> str:
    """Give a field its first value in this session and return its key."""
    key = field_key(question_id, part)
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def note(question_id: str, kind: str, content: object | None) -> None:
    """Keep (or with None drop) what the card of a question must show, such as a conflict."""
    key = f"note.{kind}.{question_id}"
    if content is None:
        st.session_state.pop(key, None)
    else:
        st.session_state[key] = content


def noted(question_id: str, kind: str) -> object | None:
    return st.session_state.get(f"note.{kind}.{question_id}")


def day(when: date) -> str:
    return format_day(when, current_language())


def keep_pages(pages: dict[Page, StreamlitPage]) -> None:
    st.session_state["pages"] = pages


def page(which: Page) -> StreamlitPage:
    """The Streamlit page behind a word, for links."""
    found: StreamlitPage = st.session_state["pages"][which]
    return found


def require_page(which: Page, who: Person) -> None:
    """Raises NotAllowedError: the page is not there for this person."""
    require(may_open_page(who, which))


def is_shown(which: Page, who: Person) -> bool:
    """Whether the page stands in the menu; a library's people see the desk once they are second readers."""
    if not may_open_page(who, which) or which in NOT_IN_MENU:
        return False
    return (
        which is not Page.APPRAISAL or not who.of_library or bool(application().store.cycle.assigned(who.id))
    )


def forget_fields_beginning(question_id: str, part: str) -> None:
    """Let those fields of a question start again whose part begins so."""
    prefix = field_key(question_id, part)
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(prefix)]:
        del st.session_state[key]


PLACE = "place of the counts"


def keep_place(place: DeltaGenerator) -> None:
    """Remember a place of the page that a card may renew without a full rerun."""
    st.session_state[PLACE] = place


def place() -> DeltaGenerator | None:
    found: DeltaGenerator | None = st.session_state.get(PLACE)
    return found


def round_named(round_id: str) -> Round | None:
    return application().store.rounds.get(round_id) if round_id else None


def newest_round() -> Round | None:
    """The round with the newest reference date that was opened at least once."""
    begun = [entry for entry in rounds() if entry.state is not RoundState.DRAFT]
    return max(begun, key=lambda entry: entry.reference_date, default=None)


def choice(key: str) -> str:
    return str(st.session_state[key])


def set_choice(key: str, value: str) -> None:
    """Let a list stand on what the address says."""
    st.session_state[key] = value


def rounds_until(round_: Round) -> tuple[Round, ...]:
    """The published rounds before a round, and the round itself; oldest first."""
    earlier = [
        entry
        for entry in rounds()
        if entry.state is RoundState.PUBLISHED and entry.reference_date < round_.reference_date
    ]
    return (*sorted(earlier, key=lambda entry: entry.reference_date), round_)


def choices(key: str) -> list[str]:
    return list(st.session_state[key])


def set_choices(key: str, values: list[str]) -> None:
    st.session_state[key] = values


def require_person() -> Person:
    """Whoever is signed in at this very moment, for an act that changes something.

    Raises:
        NotAllowedError: nobody is.
    """
    who = person()
    require(who is not None)
    assert who is not None
    return who


def leave(name: str, content: object) -> None:
    """Keep something for the run that follows."""
    st.session_state[name] = content


def taken(name: str) -> object | None:
    """What the run before has left, once."""
    found: object | None = st.session_state.pop(name, None)
    return found


def chosen_items(question_id: str) -> list[str]:
    """What stands in the list of items of a question's field."""
    return list(st.session_state.get(field_key(question_id, "items")) or [])
