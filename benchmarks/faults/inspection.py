"""What a database really holds, read past the product's own code, and what is wrong with it."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import make_url

from benchmarks.faults.rounds import LIBRARIES, ROUND

_ANSWERS = "select library_id, question_id, revision, value, saved_by from answer"
_STATES = "select library_id, state from response"
_AUDIT = "select action, object, old, new, audit.by from audit order by sequence"
FIRST_STATE = "draft"


@dataclass(frozen=True)
class Contents:
    """The rows that matter here. audit: action, object, old, new, by, in order."""

    answers: Mapping[tuple[str, str, int], tuple[float | None, str]]
    states: Mapping[str, str]
    audit: Sequence[tuple[str, str, Mapping[str, Any], Mapping[str, Any], str]]
    integrity: str


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
    return Contents(
        {tuple(key): (value, by) for *key, value, by in connection.execute(_ANSWERS).fetchall()},
        dict(connection.execute(_STATES).fetchall()),
        [
            (action, thing, json.loads(old or "{}"), json.loads(new or "{}"), by)
            for action, thing, old, new, by in connection.execute(_AUDIT).fetchall()
        ],
        integrity,
    )


def lost(held: Contents, told: Iterable[Mapping[str, Any]]) -> list[str]:
    """What was acknowledged and is not there."""
    imported = Counter(by for _value, by in held.answers.values())
    changed = {(by, new.get("state")) for action, _, _, new, by in held.audit if action == "response.state"}
    sent = {thing.rpartition("/")[2] for action, thing, _, new, _ in held.audit
            if action == "response.state" and new.get("state") == "submitted"}  # fmt: skip
    missing = []
    for line in told:
        act, by = line["act"], str(line.get("by"))
        if act == "save":
            there = held.answers.get((line["library"], line["question"], line["revision"]))
            gone = there != (line["value"], by)
        elif act == "import":
            gone = imported[by] != line["answers"]
        elif act == "submit":
            gone = line["library"] not in sent  # sent before by somebody else is an answer too
        elif act == "return":
            gone = (by, line["state"]) not in changed
        else:
            continue
        if gone:
            missing.append(json.dumps(line))
    return missing


def halves(held: Contents) -> list[str]:
    """Changes of which only a part is there: a state without its entry, an entry without its row."""
    found = []
    states = dict.fromkeys(LIBRARIES, FIRST_STATE)
    saved: set[tuple[str, str, int]] = set()
    batches: Counter[str] = Counter()
    for action, thing, old, new, by in held.audit:
        library = thing.removeprefix(f"response:{ROUND}/").removeprefix(f"answer:{ROUND}/")
        if action == "response.state":
            if states[library] != old.get("state"):
                found.append(f"{library} became {new} from {old}, but was {states[library]}")
            states[library] = str(new.get("state"))
        elif action == "answer.save":
            library, _, question = library.partition("/")
            saved.add((library, question, int(new["revision"])))
        elif action == "answer.import":
            batches[by] += int(new["answers"])
    kept = Counter(by for key, (_value, by) in held.answers.items() if key not in saved)
    found += [f"{key} has an entry and no row" for key in saved - held.answers.keys()]
    found += [
        f"{by}: {kept[by]} rows, {batches[by]} in the entry"
        for by in kept | batches
        if kept[by] != batches[by]
    ]
    found += [f"{library} is {state}, its entries say {states.get(library)}" for library, state in held.states.items()
              if states.get(library) != state]  # fmt: skip
    return found
