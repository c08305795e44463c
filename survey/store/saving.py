"""Save one answer: added beside the older ones, or refused with the reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from survey.response import EDITABLE, Answer, Recorded, ResponseState
from survey.rounds import Round, RoundState
from survey.store.answer_rows import as_recorded, to_columns, to_plain
from survey.store.audit import write_audit
from survey.store.late import read_last_day
from survey.store.reading import read_newest
from survey.store.refusals import (
    StaleAnswerError,
    deadline_passed,
    question_locked,
    response_not_editable,
    round_not_open,
)
from survey.store.rounds import lock_round
from survey.store.schema import answer, response
from survey.text import format_day

_ADD = insert(answer).inline()
ADD_RESPONSE = insert(response).inline()
_TOUCH = (
    update(response)
    .where(response.c.round_id == bindparam("of_round"), response.c.library_id == bindparam("of_library"))
    .values(last_activity=bindparam("at"))
    .returning(response.c.state, response.c.opened)
)


@dataclass(frozen=True)
class Save:
    """A wish to save: what, by whom, when, and on top of which revision."""

    round_id: str
    library_id: str
    question_id: str
    answer: Answer
    opened_revision: int
    by: str
    at: datetime

    @property
    def key(self) -> dict[str, str]:
        return {"round_id": self.round_id, "library_id": self.library_id, "question_id": self.question_id}

    @property
    def recorded(self) -> Recorded:
        return as_recorded(self.answer, revision=self.opened_revision + 1, by=self.by, at=self.at)


def save_answer(connection: Connection, save: Save, *, today: date | None) -> Recorded:
    """Add the answer as the next revision.

    A save that has already happened, word for word and by the same person, is answered with its
    row: whoever clicks twice, or lost the line before the reply came, did nothing wrong.

    Raises:
        StaleAnswerError: a newer revision than the one opened exists.
        SurveyError: the round is not open, its last day is over, or the response was sent.
    """
    round_ = lock_round(connection, save.round_id)
    current = read_newest(connection, save.key)
    if _is_replay(save.recorded, current):
        connection.rollback()  # nothing changes, so the data version must not rise either
        return current
    require_open(round_)
    state = _touch_response(connection, save)
    require_in_time(connection, round_, save.library_id, state, today)
    if current.revision != save.opened_revision:
        raise StaleAnswerError(current)
    _write(connection, save, current)
    return save.recorded


def require_open(round_: Round) -> None:
    """Raises SurveyError: the round is not open."""
    if round_.state is not RoundState.OPEN:
        raise round_not_open(round_.name, round_.state)


def require_in_time(
    connection: Connection, round_: Round, library_id: str, state: ResponseState, today: date | None
) -> None:
    """Hold a first sending to the last day; what was returned is corrected while the round is open.

    Raises:
        SurveyError: `today` (where given) is after the last day of the round and of any exception.
    """
    if today is None or today <= round_.closes_on or state is ResponseState.RETURNED:
        return
    granted = read_last_day(connection, round_.id, library_id)
    if granted is None or today > granted:
        raise deadline_passed(
            round_.name, format_day(max(granted or round_.closes_on, round_.closes_on), "vi")
        )


def _is_replay(wished: Recorded, current: Recorded) -> bool:
    return (wished.revision, wished.answer, wished.saved_by) == (
        current.revision,
        current.answer,
        current.saved_by,
    )


def _touch_response(connection: Connection, save: Save) -> ResponseState:
    """Note the activity and return the response's state, which the same statement read."""
    row = connection.execute(
        _TOUCH, {"of_round": save.round_id, "of_library": save.library_id, "at": save.at}
    ).first()
    if row is None:
        connection.execute(ADD_RESPONSE, new_response(save.round_id, save.library_id, save.at))
        return ResponseState.DRAFT
    state = ResponseState(row.state)
    if state not in EDITABLE:
        raise response_not_editable(state)
    if row.opened is not None and save.question_id not in row.opened.split(";"):
        raise question_locked(save.question_id)
    return state


def new_response(round_id: str, library_id: str, at: datetime) -> dict[str, Any]:
    return {
        "round_id": round_id,
        "library_id": library_id,
        "state": ResponseState.DRAFT.value,
        "remark": "",
        "submitted_at": None,
        "last_activity": at,
        "opened": None,
    }


def _write(connection: Connection, save: Save, current: Recorded) -> None:
    connection.execute(_ADD, to_row(save.round_id, save.library_id, save.question_id, save.recorded))
    write_audit(
        connection,
        "answer.save",
        f"answer:{save.round_id}/{save.library_id}/{save.question_id}",
        by=save.by,
        at=save.at,
        old=to_plain(current),
        new=to_plain(save.recorded),
    )


def to_row(round_id: str, library_id: str, question_id: str, recorded: Recorded) -> dict[str, Any]:
    return {
        "round_id": round_id,
        "library_id": library_id,
        "question_id": question_id,
        "revision": recorded.revision,
        "saved_by": recorded.saved_by,
        "saved_at": recorded.saved_at,
        **to_columns(recorded.answer),
    }
