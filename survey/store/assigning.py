"""Who reviews which library in a round, and as what somebody acts at this very moment."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from survey.access import Person, capacity, may_be_assigned
from survey.review import Assignment
from survey.rounds import RoundState
from survey.store.account_rows import PERSON, to_person
from survey.store.audit import write_audit
from survey.store.refusals import not_assignable
from survey.store.schema import account, assignment, round_
from survey.workflow import Capacity

_KEY = (
    assignment.c.round_id == bindparam("of_round"),
    assignment.c.library_id == bindparam("of_library"),
    assignment.c.person_id == bindparam("of_person"),
)
# Held to the end of the transaction, so that a change of role comes before or after the act.
_PERSON = (
    select(*PERSON).where(account.c.id == bindparam("of_person"), account.c.active).with_for_update(read=True)
)
_IS_ASSIGNED = select(assignment.c.person_id).where(*_KEY)
_ALL = (
    select(assignment.c.library_id, assignment.c.person_id, account.c.login, account.c.name)
    .join(account, account.c.id == assignment.c.person_id)
    .where(assignment.c.round_id == bindparam("of_round"))
    .order_by(assignment.c.library_id, account.c.login)
)
_OF_PERSON = (
    select(assignment.c.round_id, assignment.c.library_id)
    .join(round_, round_.c.id == assignment.c.round_id)
    .where(
        assignment.c.person_id == bindparam("of_person"),
        round_.c.state.in_([RoundState.OPEN.value, RoundState.CLOSED.value]),
    )
    .order_by(assignment.c.round_id, assignment.c.library_id)
)
_ADD = insert(assignment).inline()
_DROP = delete(assignment).where(*_KEY)


def capacity_now(connection: Connection, person_id: int, round_id: str, library_id: str) -> Capacity:
    """As what the person meets the response according to the database, not to an earlier look."""
    person = _person(connection, person_id)
    if person is None:
        return Capacity.NOBODY
    return capacity(person, library_id, assigned=is_assigned(connection, person_id, round_id, library_id))


def is_assigned(connection: Connection, person_id: int, round_id: str, library_id: str) -> bool:
    key = {"of_round": round_id, "of_library": library_id, "of_person": person_id}
    return connection.execute(_IS_ASSIGNED, key).first() is not None


def read_assignments(connection: Connection, round_id: str) -> tuple[Assignment, ...]:
    return tuple(Assignment(*row) for row in connection.execute(_ALL, {"of_round": round_id}))


def read_assigned(connection: Connection, person_id: int) -> Mapping[str, tuple[str, ...]]:
    """By round that is not published, the libraries that a person reviews.

    Whoever was named and took up work at that library since, or another role, reviews it no more.
    """
    person, found = _person(connection, person_id), dict[str, tuple[str, ...]]()
    for round_id, library in connection.execute(_OF_PERSON, {"of_person": person_id}):
        if person is not None and may_be_assigned(person, library):
            found[round_id] = (*found.get(round_id, ()), library)
    return found


def assign(
    connection: Connection, round_id: str, library_id: str, person_id: int, *, by: str, at: datetime
) -> None:
    """Name a reviewer; naming the same one again changes nothing.

    Raises:
        SurveyError: the person cannot review this library.
    """
    person = _person(connection, person_id)
    if person is None or not may_be_assigned(person, library_id):
        raise not_assignable()
    if is_assigned(connection, person_id, round_id, library_id):
        return
    connection.execute(_ADD, {"round_id": round_id, "library_id": library_id, "person_id": person_id})
    place = f"response:{round_id}/{library_id}"
    write_audit(connection, "review.assign", place, by=by, at=at, new={"account": person_id})


def unassign(
    connection: Connection, round_id: str, library_id: str, person_id: int, *, by: str, at: datetime
) -> None:
    """Take a reviewer's task back; what was decided stays."""
    key = {"of_round": round_id, "of_library": library_id, "of_person": person_id}
    if not connection.execute(_DROP, key).rowcount:
        return
    place = f"response:{round_id}/{library_id}"
    write_audit(connection, "review.unassign", place, by=by, at=at, old={"account": person_id})


def _person(connection: Connection, person_id: int) -> Person | None:
    row = connection.execute(_PERSON, {"of_person": person_id}).first()
    return None if row is None else to_person(row)
