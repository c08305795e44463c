"""Where everything is kept: one `Store`, domain objects in and out, SQLite or PostgreSQL behind it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from survey.store.accounts import Accounts
from survey.store.answers import Answers
from survey.store.attempts import TooManyAttemptsError
from survey.store.audit import Audit, Entry
from survey.store.cycle import Cycle
from survey.store.engine import LOCK_WAIT, Database
from survey.store.frameworks import Frameworks
from survey.store.members import Members
from survey.store.migrating import migrate, schema_version
from survey.store.outages import NewerSchemaError
from survey.store.refusals import (
    ActionNotAllowedError,
    RefusedActionError,
    StaleAnswerError,
    StaleDecisionError,
)
from survey.store.reviewing import Sending, Sent
from survey.store.rounds import Rounds
from survey.store.ruling import Indicator
from survey.store.sessions import ABSOLUTE, IDLE, Sessions
from survey.store.settings import Settings

__all__ = [
    "ActionNotAllowedError",
    "Entry",
    "Indicator",
    "NewerSchemaError",
    "RefusedActionError",
    "Sending",
    "Sent",
    "StaleAnswerError",
    "StaleDecisionError",
    "Store",
    "TooManyAttemptsError",
]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """The database by its parts; safe to share between threads, and kept for the life of a server."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], *, idle: timedelta, absolute: timedelta
    ) -> None:
        self._database = database
        self.settings = Settings(database)
        self.members = Members(database, clock)
        self.frameworks = Frameworks(database)
        self.rounds = Rounds(database, clock)
        self.answers = Answers(database, clock)
        self.cycle = Cycle(database, clock)
        self.accounts = Accounts(database, clock)
        self.sessions = Sessions(database, clock, idle=idle, absolute=absolute)
        self.audit = Audit(database)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        clock: Callable[[], datetime] = _utc_now,
        idle: timedelta = IDLE,
        absolute: timedelta = ABSOLUTE,
        lock_wait: float = LOCK_WAIT,
    ) -> "Store":
        """Open the database at `url` and bring its schema up to date.

        Args:
            url: sqlite:///folder/file.db or postgresql://user:password@host:5432/name.
            clock: tells the time of what is saved; aware of its time zone.
            idle: how long a session lives without a click.
            absolute: how long a session lives at all.
            lock_wait: seconds for which a save waits for another one.

        Raises:
            StorageError: the address is malformed, the database cannot be reached, or its schema
                is newer than this program.
        """
        database = Database(url, lock_wait=lock_wait)
        try:
            database.require_reachable()
            migrate(database)
        except BaseException:
            database.close()
            raise
        return cls(database, clock, idle=idle, absolute=absolute)

    def close(self) -> None:
        self._database.close()

    def schema_version(self) -> str:
        """Return the version of the schema; also the question whether the database is well.

        Raises:
            StorageError: the database does not answer.
        """
        return schema_version(self._database)
