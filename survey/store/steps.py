"""One step of a response through the cycle: asked of the table, written, noted in the audit trail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from survey.response import Response, ResponseState
from survey.rounds import Round, RoundState
from survey.store.audit import write_audit
from survey.store.refusals import action_refused, not_your_action, round_takes_no
from survey.store.schema import response
from survey.workflow import Action, Capacity, Refusal, judge

_OF_RESPONSE = (
    response.c.round_id == bindparam("of_round"),
    response.c.library_id == bindparam("of_library"),
)
_STANDS = select(response.c.state, response.c.remark, response.c.submitted_at).where(*_OF_RESPONSE)
_CHANGE = (
    update(response)
    .where(*_OF_RESPONSE)
    .values(
        state=bindparam("to"),
        remark=bindparam("words"),
        submitted_at=bindparam("sent"),
        last_activity=bindparam("at"),
        opened=bindparam("open"),
    )
)


@dataclass(frozen=True)
class Actor:
    """Who acts on a response, as what, and when."""

    by: str
    capacity: Capacity
    at: datetime


def read_standing(connection: Connection, round_id: str, library_id: str) -> Response:
    """The response without its answers."""
    row = connection.execute(_STANDS, {"of_round": round_id, "of_library": library_id}).first()
    if row is None:
        return Response(round_id, library_id)
    return Response(
        round_id, library_id, ResponseState(row.state), remark=row.remark, submitted_at=row.submitted_at
    )


def require_person(action: Action, capacity: Capacity) -> None:
    """Raises ActionNotAllowedError: somebody in this capacity may never do it, so nothing is said."""
    if all(judge(action, state, capacity, RoundState.OPEN) is Refusal.PERSON for state in ResponseState):
        raise not_your_action(action)


def require_step(action: Action, found: Response, capacity: Capacity, round_: Round) -> ResponseState:
    """Return the state after the action.

    Raises:
        ActionNotAllowedError: the person may never do this.
        RefusedActionError: the response or the round does not stand where the action is possible.
    """
    outcome = judge(action, found.state, capacity, round_.state)
    if isinstance(outcome, ResponseState):
        return outcome
    if outcome is Refusal.PERSON:
        raise not_your_action(action)
    if outcome is Refusal.ROUND:
        raise round_takes_no(action, round_.name, round_.state)
    raise action_refused(action, found.state)


def change_state(
    connection: Connection,
    found: Response,
    to: ResponseState,
    actor: Actor,
    *,
    remark: str | None = None,
    sent_at: datetime | None = None,
    opened: Iterable[str] | None = None,
) -> None:
    """Write the new state; `remark` stays as it was where None is given."""
    words = found.remark if remark is None else remark
    only = None if opened is None else sorted(opened)
    connection.execute(
        _CHANGE,
        {
            "of_round": found.round_id,
            "of_library": found.library_id,
            "to": to.value,
            "words": words,
            "sent": sent_at,
            "at": actor.at,
            "open": None if only is None else ";".join(only),
        },
    )
    new: dict[str, Any] = {"state": to.value, "remark": words}
    write_audit(
        connection,
        "response.state",
        f"response:{found.round_id}/{found.library_id}",
        by=actor.by,
        at=actor.at,
        old={"state": found.state.value, "remark": found.remark},
        new=new if only is None else {**new, "opened": only},
    )
