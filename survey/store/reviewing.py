"""The way of a whole response: sent, withdrawn, returned, accepted, reopened."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, bindparam, exists, func, insert, literal, select

from survey.response import EDITABLE, AnswerState, Response, ResponseState
from survey.review import ReviewFile, Side, Submission, ThreadState
from survey.rounds import Round, RoundState
from survey.store.columns import Moment, Words, clean_text
from survey.store.decisions import read_decisions
from survey.store.reading import read_response
from survey.store.refusals import (
    nothing_to_open,
    remark_missing,
    review_step_refused,
    round_not_open,
)
from survey.store.rounds import lock_round
from survey.store.saving import ADD_RESPONSE, new_response, require_in_time
from survey.store.schema import answer, verification
from survey.store.steps import Actor, change_state, read_standing, require_person, require_step
from survey.store.submissions import add_submission, mark_withdrawn, read_submissions
from survey.store.threads import add_post, read_posts
from survey.workflow import TAKES_REPLIES, Action, may

_KEY = ("round_id", "library_id", "question_id", "revision")
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


@dataclass(frozen=True)
class Sending:
    """A wish to send. after: how many sendings there were when the person saw the button.

    Sending twice with the same `after` is one sending, even the next day; None takes the response
    as it stands.
    """

    name: str = ""
    certified: str = ""
    after: int | None = None


@dataclass(frozen=True)
class Sent:
    """A response that is sent, and the receipt for it."""

    response: Response
    submission: Submission | None


def submit_response(
    connection: Connection,
    round_id: str,
    library_id: str,
    sending: Sending,
    actor: Actor,
    *,
    today: date | None,
) -> Sent:
    """Send the response; sending it again changes nothing and gives the same receipt.

    Raises:
        SurveyError: the round is not open, or its last day is over, or it is not this person's.
    """
    require_person(Action.SUBMIT, actor.capacity)
    round_ = lock_round(connection, round_id)
    found = read_response(connection, round_id, library_id)
    before = read_submissions(connection, round_id, library_id)
    if sending.after is not None and len(before) > sending.after:
        connection.rollback()
        return Sent(found, before[sending.after])
    if found.state not in EDITABLE and sending.after is None:
        connection.rollback()
        return Sent(found, before[-1] if before else None)
    if found.state in EDITABLE and not may(Action.SUBMIT, found.state, actor.capacity, round_.state):
        raise round_not_open(round_.name, round_.state)
    to = require_step(Action.SUBMIT, found, actor.capacity, round_)
    require_in_time(connection, round_, library_id, found.state, today)
    if found.last_activity is None:
        connection.execute(ADD_RESPONSE, new_response(round_id, library_id, actor.at))
    change_state(connection, found, to, actor, sent_at=actor.at)
    made = add_submission(
        connection, found, by=actor.by, name=sending.name, certified=sending.certified, at=actor.at
    )
    return Sent(read_response(connection, round_id, library_id), made)


def withdraw_response(connection: Connection, round_id: str, library_id: str, actor: Actor) -> Response:
    """Take back a response that nobody has begun to review; a second click changes nothing.

    Raises:
        SurveyError: the review has begun, the round is closed, or it is not this person's.
    """
    require_person(Action.WITHDRAW, actor.capacity)
    round_ = lock_round(connection, round_id)
    found = read_standing(connection, round_id, library_id)
    sent = read_submissions(connection, round_id, library_id)
    if found.state is ResponseState.DRAFT and sent and sent[-1].withdrawn_at is not None:
        connection.rollback()
        return found
    to = require_step(Action.WITHDRAW, found, actor.capacity, round_)
    change_state(connection, found, to, actor)
    if sent:
        mark_withdrawn(connection, sent[-1], by=actor.by, at=actor.at)
    return replace(found, state=to, submitted_at=None)


def start_review(connection: Connection, round_id: str, library_id: str, actor: Actor) -> Response:
    """Begin the review, after which the response can no longer be withdrawn."""
    return _step(connection, Action.START_REVIEW, round_id, library_id, actor)


def reopen_response(connection: Connection, round_id: str, library_id: str, actor: Actor) -> Response:
    """Take an accepted response back into review."""
    return _step(connection, Action.REOPEN, round_id, library_id, actor)


def _step(connection: Connection, action: Action, round_id: str, library_id: str, actor: Actor) -> Response:
    require_person(action, actor.capacity)
    round_ = lock_round(connection, round_id)
    found = read_standing(connection, round_id, library_id)
    to = require_step(action, found, actor.capacity, round_)
    change_state(connection, found, to, actor, sent_at=found.submitted_at)
    return replace(found, state=to)


def return_response(
    connection: Connection,
    round_id: str,
    library_id: str,
    remark: str,
    actor: Actor,
    *,
    opened: Collection[str] | None = None,
    everything: bool = False,
) -> Response:
    """Give the response back, open at `opened`; by default where a reviewer asked for more.

    Raises:
        SurveyError: it cannot be returned now or by this person, nothing would be open, or
            everything is opened without a remark.
    """
    require_person(Action.RETURN, actor.capacity)
    remark = clean_text(remark).strip()
    round_ = lock_round(connection, round_id)
    found = read_standing(connection, round_id, library_id)
    require_step(Action.RETURN, found, actor.capacity, round_)
    asked = _asked_for_more(connection, round_id, library_id) if opened is None else frozenset(opened)
    if not everything and not asked:
        raise nothing_to_open()
    if not remark and (everything or opened is not None):
        raise remark_missing()
    return _return(connection, round_, found, actor, remark=remark, opened=None if everything else asked)


def _return(
    connection: Connection,
    round_: Round,
    found: Response,
    actor: Actor,
    *,
    remark: str,
    opened: Collection[str] | None,
) -> Response:
    to = require_step(Action.RETURN, found, actor.capacity, round_)
    change_state(connection, found, to, actor, remark=remark, sent_at=found.submitted_at, opened=opened)
    return read_response(connection, found.round_id, found.library_id)


def accept_response(
    connection: Connection, round_id: str, library_id: str, actor: Actor, *, remark: str = "", rest_met: bool
) -> Response:
    """Accept the response and close its threads.

    rest_met: what nobody decided about counts as verified too.

    Raises:
        SurveyError: it cannot be accepted now or by this person.
    """
    require_person(Action.ACCEPT, actor.capacity)
    round_ = lock_round(connection, round_id)
    found = read_standing(connection, round_id, library_id)
    return _accept(connection, round_, found, actor, remark=clean_text(remark).strip(), rest_met=rest_met)


def _accept(
    connection: Connection, round_: Round, found: Response, actor: Actor, *, remark: str, rest_met: bool
) -> Response:
    to = require_step(Action.ACCEPT, found, actor.capacity, round_)
    change_state(connection, found, to, actor, remark=remark, sent_at=found.submitted_at)
    if rest_met:
        key = {"of_round": found.round_id, "of_library": found.library_id}
        connection.execute(_VERIFY, {**key, "by": actor.by, "at": actor.at})
    _close_threads(connection, found.round_id, found.library_id, actor)
    return read_response(connection, found.round_id, found.library_id)


def review_response(
    connection: Connection, round_id: str, library_id: str, to: ResponseState, remark: str, actor: Actor
) -> Response:
    """Accept or return a response as a whole; a second click changes nothing.

    Raises:
        SurveyError: the round is published or not yet open, the response does not stand where
            this step begins, or it is returned without a remark.
    """
    remark = clean_text(remark).strip()
    round_ = lock_round(connection, round_id)
    found = read_standing(connection, round_id, library_id)
    if (found.state, found.remark) == (to, remark) and to in _WHOLE:
        whole = read_response(connection, round_id, library_id)
        connection.rollback()
        return whole
    if round_.state not in (RoundState.OPEN, RoundState.CLOSED):
        raise round_not_open(round_.name, round_.state)
    if to not in _WHOLE or not may(_WHOLE[to], found.state, actor.capacity, round_.state):
        raise review_step_refused(found.state, to)
    if to is ResponseState.ACCEPTED:
        return _accept(connection, round_, found, actor, remark=remark, rest_met=True)
    if not remark:
        raise remark_missing()
    return _return(connection, round_, found, actor, remark=remark, opened=None)


_WHOLE = {ResponseState.ACCEPTED: Action.ACCEPT, ResponseState.RETURNED: Action.RETURN}


def _asked_for_more(connection: Connection, round_id: str, library_id: str) -> frozenset[str]:
    decided = read_decisions(connection, round_id, library_id).get(library_id, {})
    return ReviewFile(decided, {}).asked_for_more


def _close_threads(connection: Connection, round_id: str, library_id: str, actor: Actor) -> None:
    threads = read_posts(connection, round_id, library_id).get(library_id, {})
    for question, posts in threads.items():
        if posts[-1].state in TAKES_REPLIES:
            add_post(
                connection,
                round_id,
                library_id,
                question,
                posts,
                side=Side.REVIEW,
                words="",
                state=ThreadState.CLOSED,
                by=actor.by,
                at=actor.at,
            )
