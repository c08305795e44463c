"""(b1) Awkward texts through every field: saved, shown on the real pages, exported, and read back."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from benchmarks.faults import texts_in_browser, texts_in_files, texts_on_pages
from benchmarks.faults.awkward import all_texts
from benchmarks.faults.people import CHAIR, quick_hashing
from benchmarks.faults.real_server import RealServer, sample_server
from benchmarks.faults.rounds import open_round
from benchmarks.faults.slots import Slot, as_kept
from benchmarks.faults.table import NotRun, Row, exactly
from benchmarks.faults.texts_in_review import Reviewing, said_in, write
from benchmarks.visitors import sign_in
from survey.access import Role
from survey.errors import SurveyError
from survey.members import load_members
from survey.response import Answer, AnswerState, Document
from survey.store import Store

CASE = "b1"
EVERY = 12  # of which one is tried in the short form
ADMINISTRATOR = "quantri"
WORDS_QUESTIONS = 3  # the questions that are answered in words, or have a note: the last ones


@dataclass
class Tried:
    """The texts by where they are, and what was wrong with them afterwards, in words."""

    slots: list[Slot] = field(default_factory=list)
    reviewed: dict[tuple[str, str], str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)


def answer_of(text: str) -> Answer:
    """An answer with the text in each of its nine fields of text."""
    return Answer(
        state=AnswerState.ANSWERED,
        words=text,
        reason=text,
        explanation=text,
        typed=MappingProxyType({"value": text}),
        confirmed=MappingProxyType({"unusual": text}),
        evidence=(Document(text, text, text, text, text),),
    )


def run(seed: int, *, quick: bool) -> list[Row | NotRun]:
    texts = all_texts()[seed % EVERY :: EVERY] if quick else all_texts()
    with TemporaryDirectory() as name:
        folder = Path(name)
        server, file, _round_id = sample_server(folder)
        with closing(Store.open(f"sqlite:///{file}")) as store:
            tried = keep(store, texts)
            read_back(store, tried)
        least = len(texts) if quick else 700
        rows: list[Row | NotRun] = [
            Row(
                CASE,
                "texts, each in nine fields of an answer and a name, many of them in six of a review",
                len(texts),
                least=least,
            ),
            exactly(CASE, "saved and read back: unlike the text in NFC", len(tried.changed), 0),
            exactly(CASE, "saved and read back: exceptions", len(tried.raised), 0),
        ]
        with server:
            cookies = {login: sign_in(server.port, login) for login in (CHAIR, ADMINISTRATOR)}
            rows += _pages(server, cookies, tried)
            rows += texts_in_files.rows(server, cookies[CHAIR], tried.slots)
            rows += texts_in_browser.rows(server, cookies[CHAIR], tried.slots, few=quick)
            rows.append(
                exactly(CASE, "the server has written a traceback", server.words().count("Traceback"), 0)
            )
    return rows


def _pages(server: RealServer, cookies: Mapping[str, Mapping[str, str]], tried: Tried) -> list[Row]:
    return asyncio.run(
        texts_on_pages.rows(
            server, cookies[CHAIR], cookies[ADMINISTRATOR], tried.slots, tried.reviewed, tried.names
        )
    )


def keep(store: Store, texts: Sequence[str]) -> Tried:
    """Save every text, as many rounds long as are needed; then send, review and return each response."""
    tried = Tried()
    libraries = [member.id for member in load_members().members if member.valid_to is None]
    people = Reviewing.of(store, libraries)
    places = [(library, which) for library in libraries for which in range(WORDS_QUESTIONS)]
    for number in range(-(-len(texts) // len(places))):
        round_id = f"la-{number}"
        asked = open_round(store, round_id)[-WORDS_QUESTIONS:]
        part = texts[number * len(places) : (number + 1) * len(places)]
        for (library, which), text in zip(places, part, strict=False):
            _save(store, Slot(round_id, library, asked[which], text), tried)
        for library, text in zip(libraries, part, strict=False):
            _review(store, people, (round_id, library), text, tried)
    _name_accounts(store, texts, tried)
    return tried


def _save(store: Store, slot: Slot, tried: Tried) -> None:
    tried.slots.append(slot)
    try:
        store.answers.save(
            slot.round_id,
            slot.library,
            slot.question,
            answer_of(slot.text),
            opened_revision=0,
            by=slot.library,
        )
    except Exception as error:  # whatever it is, it is a fault to be counted
        tried.raised.append(f"{slot.text[:40]!r}: {error!r}")


def _review(store: Store, people: Reviewing, place: tuple[str, str], text: str, tried: Tried) -> None:
    """What says nothing is refused in words."""
    try:
        write(store, people, place, text)
        tried.reviewed[place] = text
    except SurveyError:
        if as_kept(text).strip():
            tried.raised.append(f"{text[:40]!r} was refused in the review")
    except Exception as error:
        tried.raised.append(f"{text[:40]!r} in the review: {error!r}")


def _name_accounts(store: Store, texts: Sequence[str], tried: Tried) -> None:
    """Accounts with the texts as names, their passwords hashed with next to no work."""
    with quick_hashing():
        for number, text in enumerate(texts):
            login = f"ten{number}"
            try:
                store.accounts.add(login, text, Role.OFFICIAL, None, "một câu dễ nhớ", by=ADMINISTRATOR)
                tried.names[login] = text
            except Exception as error:
                tried.raised.append(f"name {text[:40]!r}: {error!r}")


def read_back(store: Store, tried: Tried) -> None:
    for slot in tried.slots:
        answer = store.answers.response(slot.round_id, slot.library).answer(slot.question)
        if answer != answer_of(slot.kept):
            tried.changed.append(f"{slot.text[:40]!r} in an answer")
    for place, text in tried.reviewed.items():
        kept = as_kept(text).strip()
        tried.changed += [
            f"{text[:40]!r} in {where}" for where, said in said_in(store, *place) if said != kept
        ]
    names = {account.login: account.name for account in store.accounts.all()}
    for login, text in tried.names.items():
        if names[login] != (as_kept(text).strip() or login):  # nothing but spaces is no name
            tried.changed.append(f"{text[:40]!r} in a name: {names[login][:40]!r}")
