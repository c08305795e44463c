"""What a database really holds, read past the product's own code, and what of it was lost."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import make_url

from benchmarks.faults.rounds import ROUND

_ANSWERS = "select round_id, library_id, question_id, revision, value, saved_by from answer"
_STATES = "select round_id, library_id, state from response"
_SUBMISSIONS = "select round_id, library_id, number, serial, name, withdrawn_at is not null from submission"
_DECISIONS = "select round_id, library_id, question_id, number, revision, verdict, words from decision"
_POSTS = "select round_id, library_id, question_id, number, side, words from post"
_AUDIT = "select action, object, old, new, audit.by from audit order by sequence"
SENDS = {("draft", "submitted"), ("returned", "under_review")}
Place = tuple[str, str]
Numbered = tuple[str, str, str, int]


class Entry(NamedTuple):
    """One line of the audit trail."""

    action: str
    thing: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    by: str

    @property
    def place(self) -> tuple[str, ...]:
        """The round, the library, and for an answer the question."""
        return tuple(self.thing.partition(":")[2].split("/"))


class Sending(NamedTuple):
    serial: int
    name: str
    withdrawn: bool


class Decided(NamedTuple):
    revision: int
    verdict: str
    words: str


class Posted(NamedTuple):
    side: str
    words: str


@dataclass(frozen=True)
class Contents:
    """The rows that matter here, by round, library, question and number.

    answers: the value and who saved it, by revision; audit: in order.
    """

    answers: Mapping[Numbered, tuple[float | None, str]]
    states: Mapping[Place, str]
    audit: Sequence[Entry]
    integrity: str = "ok"
    sendings: Mapping[tuple[str, str, int], Sending] = field(default_factory=dict)
    decisions: Mapping[Numbered, Decided] = field(default_factory=dict)
    posts: Mapping[Numbered, Posted] = field(default_factory=dict)

    def of_rounds(self, rounds: Set[str]) -> "Contents":
        """What belongs to these rounds alone."""
        return Contents(
            {key: row for key, row in self.answers.items() if key[0] in rounds},
            {key: row for key, row in self.states.items() if key[0] in rounds},
            [entry for entry in self.audit if entry.place[0] in rounds],
            self.integrity,
            {key: row for key, row in self.sendings.items() if key[0] in rounds},
            {key: row for key, row in self.decisions.items() if key[0] in rounds},
            {key: row for key, row in self.posts.items() if key[0] in rounds},
        )


def contents(url: str) -> Contents:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(str(make_url(url).database))) as connection:
            integrity = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            return _read(connection, ", ".join([*integrity, *map(str, broken)]))
    with psycopg.connect(url) as connection:
        # One moment for all queries: the server may still be ending what a killed client began.
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return _read(connection, "ok")


def _read(connection: Any, integrity: str) -> Contents:  # noqa: ANN401 - either driver's connection
    def rows(query: str) -> list[Any]:
        found: list[Any] = connection.execute(query).fetchall()
        return found

    return Contents(
        answers={tuple(key): (value, by) for *key, value, by in rows(_ANSWERS)},
        states={(round_id, library): state for round_id, library, state in rows(_STATES)},
        audit=[
            Entry(action, thing, json.loads(old or "{}"), json.loads(new or "{}"), by)
            for action, thing, old, new, by in rows(_AUDIT)
        ],
        integrity=integrity,
        sendings={
            (round_id, library, number): Sending(serial, name, bool(withdrawn))
            for round_id, library, number, serial, name, withdrawn in rows(_SUBMISSIONS)
        },
        decisions={tuple(row[:4]): Decided(*row[4:]) for row in rows(_DECISIONS)},
        posts={tuple(row[:4]): Posted(*row[4:]) for row in rows(_POSTS)},
    )


def lost(held: Contents, told: Iterable[Mapping[str, Any]]) -> list[str]:
    """What was acknowledged and is not there."""
    imported = Counter(by for _value, by in held.answers.values())
    sent = Counter(entry.place for entry in held.audit if is_sending(entry))
    remarks = {entry.new.get("remark") for entry in held.audit if entry.action == "response.state"}

    def is_there(line: Mapping[str, Any]) -> bool:
        match line["act"]:
            case "save":
                return held.answers.get(_key(line, "revision")) == (line["value"], line["by"])
            case "import":
                return bool(imported[line["by"]] == line["answers"])
            case "submit":
                found = held.sendings.get((ROUND, line["library"], line["number"]))
                moves = sent[ROUND, line["library"]]
                return found is not None and found.serial == line["serial"] and moves >= line["number"]
            case "return":
                return line["remark"] in remarks
            case "decide":
                decided = held.decisions.get(_key(line, "number"))
                return decided is not None and decided.words == line["words"]
            case "reply":
                return held.posts.get(_key(line, "number")) == Posted("library", line["words"])
        return True

    return [json.dumps(line) for line in told if not is_there(line)]


def is_sending(entry: Entry) -> bool:
    """Whether a response was sent here: for the first time, or after it had been returned."""
    move = (entry.old.get("state"), entry.new.get("state"))
    return entry.action == "response.state" and move in SENDS


def _key(line: Mapping[str, Any], number: str) -> Numbered:
    return (ROUND, line["library"], line["question"], line[number])
