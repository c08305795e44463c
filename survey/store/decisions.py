"""Decisions about indicators, only ever added; the reviewer's value stands beside the library's own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from survey.response import Answer, AnswerState, Recorded
from survey.review import Decision, Ruling, Verdict
from survey.store.schema import decision as table

NO_NUMBER = 0
_ALL = (
    select(table)
    .where(table.c.round_id == bindparam("of_round"))
    .order_by(table.c.library_id, table.c.question_id, table.c.number)
)
_OF_LIBRARY = _ALL.where(table.c.library_id == bindparam("of_library"))
_OF_QUESTION = _OF_LIBRARY.where(table.c.question_id == bindparam("of_question"))
_ADD = insert(table).inline()
DecidedAnswers = dict[str, tuple[Decision, ...]]


def read_decisions(
    connection: Connection, round_id: str, library_id: str | None = None
) -> dict[str, DecidedAnswers]:
    """Decisions by library and question, the first one first; of one library where it is named."""
    statement = _ALL if library_id is None else _OF_LIBRARY
    found: dict[str, DecidedAnswers] = {}
    for row in connection.execute(statement, {"of_round": round_id, "of_library": library_id}):
        decided = found.setdefault(row.library_id, {})
        decided[row.question_id] = (*decided.get(row.question_id, ()), _to_decision(row))
    return found


def read_newest_decision(connection: Connection, key: Mapping[str, str]) -> Decision | None:
    rows = connection.execute(
        _OF_QUESTION, {f"of_{name.removesuffix('_id')}": key[name] for name in key}
    ).all()
    return _to_decision(rows[-1]) if rows else None


def add_decision(connection: Connection, key: Mapping[str, str], made: Decision) -> None:
    value = made.ruling.value or Answer()
    connection.execute(
        _ADD,
        {
            **key,
            "number": made.number,
            "revision": made.revision,
            "verdict": made.verdict.value,
            "reason": made.ruling.reason,
            "words": made.ruling.words,
            "numerator": value.numerator,
            "denominator": value.denominator,
            "value": value.value,
            "items": ";".join(value.items),
            "decided_by": made.by,
            "decided_at": made.at,
        },
    )


def with_decision(entry: Recorded, decided: tuple[Decision, ...]) -> Recorded:
    """The answer with what the newest decision about this very revision says of it.

    A decision about the revision weighs more than the acceptance of the whole response.
    """
    if not decided or decided[-1].revision != entry.revision:
        return replace(entry, reduced=None)
    newest = decided[-1]
    verified = newest.verdict is not Verdict.MORE
    return replace(
        entry,
        verified=verified,
        reduced=newest.ruling.value,
        verified_by=newest.by if verified else "",
        verified_at=newest.at if verified else None,
    )


def to_plain_decision(made: Decision | None) -> dict[str, Any] | None:
    """A decision as the audit trail keeps it."""
    if made is None:
        return None
    plain: dict[str, Any] = {
        "verdict": made.verdict.value,
        "revision": made.revision,
        "reason": made.ruling.reason,
        "words": made.ruling.words,
    }
    value = made.ruling.value
    if value is not None:
        figures = {"numerator": value.numerator, "denominator": value.denominator, "value": value.value}
        plain["reviewed"] = {name: figure for name, figure in figures.items() if figure is not None}
        if value.items:
            plain["reviewed"]["items"] = list(value.items)
    return plain


def _to_decision(row: Any) -> Decision:  # noqa: ANN401 - a row of SQLAlchemy
    verdict = Verdict(row.verdict)
    value = (
        Answer(
            state=AnswerState.ANSWERED,
            numerator=row.numerator,
            denominator=row.denominator,
            value=row.value,
            items=tuple(row.items.split(";")) if row.items else (),
        )
        if verdict is Verdict.REDUCED
        else None
    )
    ruling = Ruling(verdict, row.reason, row.words, value)
    moment: datetime = row.decided_at
    return Decision(row.question_id, row.number, row.revision, ruling, row.decided_by, moment)
