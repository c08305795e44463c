"""The statements that read answers and responses, prepared once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, bindparam, exists, func, select

from survey.response import EDITABLE, NOT_RECORDED, Recorded, Response, ResponseState, SavedAnswer
from survey.store.answer_rows import to_recorded
from survey.store.decisions import DecidedAnswers, read_decisions, with_decision
from survey.store.schema import answer, response, verification

_KEY = ("round_id", "library_id", "question_id")
_IN_ROUND = answer.c.round_id == bindparam("round_id")
_IN_LIBRARY = answer.c.library_id == bindparam("library_id")


def _recorded(source: FromClause) -> tuple[ColumnElement[Any], ...]:
    """The columns of an answer, in the order that `to_recorded` takes."""
    names = (
        "state",
        "numerator",
        "denominator",
        "value",
        "items",
        "beside",
        "revision",
        "saved_by",
        "saved_at",
    )
    is_verified = exists().where(*(verification.c[name] == source.c[name] for name in (*_KEY, "revision")))
    return *(source.c[name] for name in names), is_verified


def _newest_of(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The answers that no later revision follows, found in one pass over the ordered key.

    Asking for each row whether a later one exists reads better, but becomes a join for which a
    planner without statistics, on the first day of a round, compares every row with every other.
    """
    following = func.lead(answer.c.revision).over(
        partition_by=(answer.c.library_id, answer.c.question_id), order_by=answer.c.revision
    )
    row = select(answer, following.label("following")).where(*conditions).subquery()
    return (
        select(row.c.library_id, row.c.question_id, *_recorded(row))
        .where(row.c.following.is_(None))
        .order_by(row.c.library_id, row.c.question_id)
    )


_ROUND_ANSWERS = _newest_of(_IN_ROUND)
_LIBRARY_ANSWERS = _newest_of(_IN_ROUND, _IN_LIBRARY)
_HISTORY = (
    select(*_recorded(answer))
    .where(_IN_ROUND, _IN_LIBRARY, answer.c.question_id == bindparam("question_id"))
    .order_by(answer.c.revision)
)
_NEWEST = _HISTORY.order_by(None).order_by(answer.c.revision.desc()).limit(1)
_ROUND_RESPONSES = select(
    response.c.library_id,
    response.c.state,
    response.c.remark,
    response.c.submitted_at,
    response.c.last_activity,
    response.c.opened,
).where(response.c.round_id == bindparam("round_id"))
_LIBRARY_RESPONSE = _ROUND_RESPONSES.where(response.c.library_id == bindparam("library_id"))
_SAVES = (
    select(answer.c.library_id, answer.c.question_id, answer.c.saved_by, answer.c.saved_at)
    .where(_IN_ROUND)
    .order_by(answer.c.library_id, answer.c.saved_at, answer.c.question_id, answer.c.revision)
)
_REVISIONS = (
    select(answer.c.library_id, answer.c.question_id, func.max(answer.c.revision))
    .where(_IN_ROUND)
    .group_by(answer.c.library_id, answer.c.question_id)
)


def read_response(connection: Connection, round_id: str, library_id: str) -> Response:
    """Return the response, or an empty draft where nothing was saved."""
    found = _read(connection, _LIBRARY_RESPONSE, _LIBRARY_ANSWERS, round_id=round_id, library_id=library_id)
    return next(iter(found.values()), Response(round_id=round_id, library_id=library_id))


def read_responses(connection: Connection, round_id: str) -> dict[str, Response]:
    return _read(connection, _ROUND_RESPONSES, _ROUND_ANSWERS, round_id=round_id)


def read_sent(connection: Connection, round_id: str) -> frozenset[tuple[str, datetime | None]]:
    """Who has sent, and when last; a response that is open again has not."""
    rows = connection.execute(_ROUND_RESPONSES, {"round_id": round_id})
    return frozenset(
        (row.library_id, row.submitted_at) for row in rows if ResponseState(row.state) not in EDITABLE
    )


def read_newest(connection: Connection, key: Mapping[str, str]) -> Recorded:
    row = connection.execute(_NEWEST, key).first()
    return NOT_RECORDED if row is None else to_recorded(row)


def read_history(connection: Connection, key: Mapping[str, str]) -> tuple[Recorded, ...]:
    return tuple(map(to_recorded, connection.execute(_HISTORY, key)))


def read_revisions(connection: Connection, round_id: str) -> dict[tuple[str, str], int]:
    rows = connection.execute(_REVISIONS, {"round_id": round_id})
    return {(library, question): revision for library, question, revision in rows}


def read_saves(connection: Connection, round_id: str) -> tuple[SavedAnswer, ...]:
    rows = connection.execute(_SAVES, {"round_id": round_id})
    return tuple(SavedAnswer(*row) for row in rows)


def _read(
    connection: Connection, responses: Select[Any], answers: Select[Any], **key: str
) -> dict[str, Response]:
    recorded = _by_library(connection.execute(answers, key))
    for library, decided in read_decisions(connection, key["round_id"], key.get("library_id")).items():
        _set_beside(recorded.get(library, {}), decided)
    return {
        library: Response(
            round_id=key["round_id"],
            library_id=library,
            state=ResponseState(state),
            recorded=MappingProxyType(recorded.get(library, {})),
            remark=remark,
            submitted_at=submitted_at,
            last_activity=last_activity,
            opened=None if opened is None else frozenset(opened.split(";")),
        )
        for library, state, remark, submitted_at, last_activity, opened in connection.execute(responses, key)
    }


def _by_library(rows: Iterable[Sequence[Any]]) -> dict[str, dict[str, Recorded]]:
    recorded: dict[str, dict[str, Recorded]] = {}
    for row in rows:
        recorded.setdefault(row[0], {})[row[1]] = to_recorded(row[2:])
    return recorded


def _set_beside(recorded: dict[str, Recorded], decided: DecidedAnswers) -> None:
    """Put what reviewers decided beside the answers that they decided about."""
    for question in decided.keys() & recorded.keys():
        recorded[question] = with_decision(recorded[question], decided[question])
