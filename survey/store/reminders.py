"""Which reminders were sent, so that none is sent twice however often somebody looks.

Of a person's address only a digest is kept.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from survey.reminders import Reminder
from survey.store.engine import Database
from survey.store.schema import reminder
from survey.store.tokens import digest

_KEY = ("round_id", "closes_on", "kind", "library_id", "recipient_hash")
_SAME = [reminder.c[name] == bindparam(f"the_{name}") for name in _KEY]
_FIND = select(reminder.c.sent_at).where(*_SAME)
_ADD = insert(reminder).inline()
_REMOVE = delete(reminder).where(*_SAME)


class Reminders:
    """Reminders by round, its last day, their kind and their reader."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def was_sent(self, one: Reminder) -> bool:
        with self._database.reading() as connection:
            return connection.execute(_FIND, _wanted(one)).first() is not None

    def claim(self, one: Reminder) -> bool:
        """Take the reminder upon oneself before it is sent; False where somebody has done so already."""
        try:
            with self._database.writing() as connection:
                connection.execute(_ADD, {**_key(one), "sent_at": self._clock()})
        except IntegrityError:
            return False
        return True

    def give_back(self, one: Reminder) -> None:
        """Let the next run try again what could not be sent."""
        with self._database.writing() as connection:
            connection.execute(_REMOVE, _wanted(one))


def recipient_hash(email: str) -> str:
    """What stands for a reader's address, which is not kept."""
    return digest(email.strip().lower())


def _key(one: Reminder) -> dict[str, object]:
    return {
        "round_id": one.round.id,
        "closes_on": one.round.closes_on,
        "kind": one.kind.value,
        "library_id": one.recipient.library_id or "",
        "recipient_hash": recipient_hash(one.recipient.email),
    }


def _wanted(one: Reminder) -> dict[str, object]:
    return {f"the_{name}": value for name, value in _key(one).items()}
