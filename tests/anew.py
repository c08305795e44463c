"""A response taken back to nothing, which only a test may do: the database itself refuses it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, delete, text

from survey.store import Store
from survey.store.schema import answer, decision, post, response, submission, verification

TABLES = (decision, post, submission, verification, answer, response)
GUARD = "answer_keeps_delete"


def begin_anew(store: Store) -> None:
    """Drop every response with all that hangs on it; the audit trail stays."""
    off = _off_in_sqlite if store._database.is_sqlite else _off_in_postgresql
    with store._database.writing() as connection, off(connection):
        for table in TABLES:
            connection.execute(delete(table))


@contextmanager
def _off_in_sqlite(connection: Connection) -> Iterator[None]:
    made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": GUARD})
    guard = made.scalar_one()
    connection.execute(text(f"DROP TRIGGER {GUARD}"))
    yield
    connection.execute(text(guard))


@contextmanager
def _off_in_postgresql(connection: Connection) -> Iterator[None]:
    connection.execute(text(f"ALTER TABLE answer DISABLE TRIGGER {GUARD}"))
    yield
    connection.execute(text(f"ALTER TABLE answer ENABLE TRIGGER {GUARD}"))
