"""The audit trail: what was done to it afterwards is found, and the database itself refuses to do it."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Clock
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from survey.access import Role
from survey.errors import StorageError
from survey.response import Answer, AnswerState
from survey.store import Store
from survey.store.verifying import Anchor, Fault, Tampering

ROWS = 8


@pytest.fixture
def trail(sqlite_path: Path, open_in: Callable[[Store], object], clock: Clock) -> Path:
    """A database with ten entries, without the guards that a thief with the file would drop."""
    store = Store.open(f"sqlite:///{sqlite_path}", clock=clock)
    open_in(store)
    for number in range(ROWS):
        answer = Answer(state=AnswerState.ANSWERED, value=float(number))
        store.answers.save("2026", "son_la", f"A{number}", answer, opened_revision=0, by="lan")
    store.close()
    tamper(sqlite_path, "DROP TRIGGER audit_keeps_update", "DROP TRIGGER audit_keeps_delete")
    return sqlite_path


def tamper(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def faults(path: Path, anchor: Anchor | None = None) -> tuple[Fault, ...]:
    store = Store.open(f"sqlite:///{path}")
    try:
        return store.audit.verify(anchor).faults
    finally:
        store.close()


COPY = (
    "INSERT INTO audit SELECT {to}, at, by, action, object, old, new, salt, mark, {previous}, {digest} "
    "FROM audit WHERE sequence = 5"
)
SHIFT = "UPDATE audit SET sequence = sequence + 100 WHERE sequence > 5"
TAMPERINGS = {
    "a changed word": (["UPDATE audit SET new = '{}' WHERE sequence = 5"], [Fault(Tampering.CHANGED, 5)]),
    "another person": (["UPDATE audit SET by = 'hoa' WHERE sequence = 5"], [Fault(Tampering.CHANGED, 5)]),
    "another time": (
        ["UPDATE audit SET at = '2020-01-01T00:00:00.000000+00:00' WHERE sequence = 5"],
        [Fault(Tampering.CHANGED, 5)],
    ),
    "a digest of its own": (
        ["UPDATE audit SET digest = 'f00' WHERE sequence = 5"],
        [Fault(Tampering.CHANGED, 5)],
    ),
    "a row taken out": (["DELETE FROM audit WHERE sequence = 5"], [Fault(Tampering.DELETED, 6)]),
    "the first row taken out": (["DELETE FROM audit WHERE sequence = 1"], [Fault(Tampering.DELETED, 2)]),
    "two rows taken out": (
        ["DELETE FROM audit WHERE sequence IN (4, 7)"],
        [Fault(Tampering.DELETED, 5), Fault(Tampering.DELETED, 8)],
    ),
    "a row put in": (
        [SHIFT, COPY.format(to=50, previous="digest", digest="'f00'")],
        [Fault(Tampering.INSERTED, 50)],
    ),
    "a row put in with a past of its own": (
        [SHIFT, COPY.format(to=50, previous="'nowhere'", digest="'f00'")],
        [Fault(Tampering.INSERTED, 50)],
    ),
    "a row put at the end": (
        [COPY.format(to=500, previous="digest", digest="'f00'")],
        [Fault(Tampering.INSERTED, 500)],
    ),
    "two rows in each other's place": (
        [
            "UPDATE audit SET sequence = 500 WHERE sequence = 5",
            "UPDATE audit SET sequence = 5 WHERE sequence = 6",
            "UPDATE audit SET sequence = 6 WHERE sequence = 500",
        ],
        [Fault(Tampering.REORDERED, 6)],
    ),
    "the tail cut": (["DELETE FROM audit WHERE sequence > 7"], [Fault(Tampering.CUT)]),
    "everything gone": (["DELETE FROM audit"], [Fault(Tampering.CUT)]),
}


def test_a_trail_that_nobody_touched_is_whole(trail: Path):
    assert faults(trail) == ()


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_told_by_its_kind_and_place(trail: Path, name: str):
    statements, found = TAMPERINGS[name]
    tamper(trail, *statements)
    told = faults(trail)
    for fault in found:
        assert fault in told
    assert {fault.kind for fault in told} == {fault.kind for fault in found}


@pytest.mark.parametrize("sequence", range(1, ROWS + 3))
@pytest.mark.parametrize(
    "column", ["at", "by", "action", "object", "new", "mark", "previous", "digest", "salt"]
)
def test_no_column_of_any_row_can_be_changed_unseen(trail: Path, column: str, sequence: int):
    value = "2020-01-01T00:00:00.000000+00:00" if column == "at" else "other"
    tamper(trail, f"UPDATE audit SET \"{column}\" = '{value}' WHERE sequence = {sequence}")
    assert faults(trail)


def test_a_past_that_was_written_anew_is_told_by_an_anchor_alone(trail: Path):
    store = Store.open(f"sqlite:///{trail}")
    anchor = store.audit.verify().head
    store.close()
    assert (anchor.count, faults(trail, anchor)) == (ROWS + 2, ())
    tamper(
        trail,
        "DELETE FROM audit WHERE sequence > 7",
        "UPDATE audit_head SET count = 7, digest = (SELECT digest FROM audit WHERE sequence = 7)",
    )
    assert faults(trail) == ()
    assert faults(trail, anchor) == (Fault(Tampering.OTHER_PAST),)
    assert faults(trail, Anchor(0, "")) == ()


@pytest.mark.usefixtures("open_round")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET new = '{}'",
        "DELETE FROM audit",
        "UPDATE answer SET value = 1",
        "UPDATE answer SET revision = 9",
        "DELETE FROM answer",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_only_ever_added(store: Store, statement: str):
    answer = Answer(state=AnswerState.ANSWERED, value=3.0)
    store.answers.save("2026", "son_la", "A2", answer, opened_revision=0, by="lan")
    with pytest.raises((IntegrityError, StorageError)) as refused, store._database.writing() as connection:
        connection.execute(text(statement))
    assert "only ever added" in str(refused.value.__cause__ or refused.value)
    assert store.audit.verify().faults == ()


@pytest.mark.usefixtures("open_round", "quick_hashing")
def test_people_who_write_at_the_same_time_make_one_chain(store: Store):
    def work(number: int) -> None:
        answer = Answer(state=AnswerState.ANSWERED, value=float(number))
        store.answers.save("2026", f"library{number % 5}", f"A{number}", answer, opened_revision=0, by="lan")
        if number % 10 == 0:
            store.accounts.add(f"p{number}", "P", Role.CHAIR, None, "một câu dễ nhớ", by="admin")

    before = store.audit.verify().head.count
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(60)))
    verdict = store.audit.verify()
    assert verdict.faults == ()
    assert verdict.head.count == before + 60 + 6
