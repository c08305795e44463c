"""The way of a response: submitted by the library, then accepted or returned by the chair."""

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, exists, func, insert, literal, select, update

from survey.access import REVIEW_STEPS
from survey.response import EDITABLE, AnswerState, Response, ResponseState
from survey.rounds import RoundState
from survey.store.audit import write_audit
from survey.store.columns import Moment, Words, clean_text
from survey.store.reading import read_response
from survey.store.refusals import remark_missing, review_step_refused, round_not_open
from survey.store.rounds import lock_round
from survey.store.saving import ADD_RESPONSE, new_response, require_open
from survey.store.schema import answer, response, verification

DECISIONS = REVIEW_STEPS[ResponseState.SUBMITTED]
_KEY = ("round_id", "library_id", "question_id", "revision")
_CHANGE = (
    update(response)
    .where(response.c.round_id == bindparam("of_round"), response.c.library_id == bindparam("of_library"))
    .values(
        state=bindparam("to"),
        remark=bindparam("words"),
        submitted_at=bindparam("sent"),
        last_activity=bindparam("at"),
    )
)
_other = answer.alias("other")
_newest = select(func.max(_other.c.revision)).where(*(_other.c[name] == answer.c[name] for name in _KEY[:3]))
_VERIFY = insert(verification).from_select(
    [*_KEY, "verified_by", "verified_at"],
    select(
        *(answer.c[name] for name in _KEY),
        bindparam("by", type_=Words),
        bindparam("at", type_=Moment),
    ).where(
        answer.c.round_id == bindparam("of_round"),
        answer.c.library_id == bindparam("of_library"),
        answer.c.state == literal(AnswerState.ANSWERED.value),
        answer.c.revision == _newest.scalar_subquery(),
        ~exists().where(*(verification.c[name] == answer.c[name] for name in _KEY)),
    ),
)


def submit_response(
    connection: Connection, round_id: str, library_id: str, *, by: str, at: datetime, today: date | None
) -> Response:
    """Send the response; sending it again changes nothing and says nothing else.

    Raises:
        SurveyError: the round is not open, or its last day is over.
    """
    round_ = lock_round(connection, round_id)
    found = read_response(connection, round_id, library_id)
    if found.state not in EDITABLE:
        connection.rollback()
        return found
    require_open(round_, today)
    if found.last_activity is None:
        connection.execute(ADD_RESPONSE, new_response(round_id, library_id, at))
    _change(connection, found, ResponseState.SUBMITTED, remark=found.remark, by=by, at=at)
    return read_response(connection, round_id, library_id)


def review_response(
    connection: Connection,
    round_id: str,
    library_id: str,
    decision: ResponseState,
    remark: str,
    *,
    by: str,
    at: datetime,
) -> Response:
    """Accept or return a response; accepting verifies every answer as it stands now.

    Raises:
        SurveyError: the round is published or not yet open, the response does not stand where
            this step begins, or it is returned without a remark.
    """
    remark = clean_text(remark).strip()
    round_ = lock_round(connection, round_id)
    found = read_response(connection, round_id, library_id)
    if (found.state, found.remark) == (decision, remark) and decision in DECISIONS:
        connection.rollback()
        return found
    if round_.state not in (RoundState.OPEN, RoundState.CLOSED):
        raise round_not_open(round_.name, round_.state)
    if decision not in REVIEW_STEPS.get(found.state, ()):
        raise review_step_refused(found.state, decision)
    if decision is ResponseState.RETURNED and not remark:
        raise remark_missing()
    _change(connection, found, decision, remark=remark, by=by, at=at)
    if decision is ResponseState.ACCEPTED:
        connection.execute(_VERIFY, {"of_round": round_id, "of_library": library_id, "by": by, "at": at})
    return read_response(connection, round_id, library_id)


def _change(
    connection: Connection, found: Response, to: ResponseState, *, remark: str, by: str, at: datetime
) -> None:
    connection.execute(
        _CHANGE,
        {
            "of_round": found.round_id,
            "of_library": found.library_id,
            "to": to.value,
            "words": remark,
            "sent": at if to is ResponseState.SUBMITTED else found.submitted_at,
            "at": at,
        },
    )
    write_audit(
        connection,
        "response.state",
        f"response:{found.round_id}/{found.library_id}",
        by=by,
        at=at,
        old={"state": found.state.value, "remark": found.remark},
        new={"state": to.value, "remark": remark},
    )
