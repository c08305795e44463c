"""Where everything is kept: one `Store`, domain objects in and out, SQLite or PostgreSQL behind it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from survey.store.accounts import Accounts
from survey.store.answers import Answers
from survey.store.archive import Manifest
from survey.store.attempts import TooManyAttemptsError
from survey.store.audit import Audit, Entry, Wanted
from survey.store.backup import write_backup
from survey.store.cycle import Cycle
from survey.store.engine import LOCK_WAIT, Database
from survey.store.evidence import EvidenceFile, EvidenceFiles
from survey.store.frameworks import Frameworks
from survey.store.invitations import Invitation, Invitations, LinkState
from survey.store.members import Members
from survey.store.migrating import migrate, schema_version
from survey.store.outages import NewerSchemaError
from survey.store.personal import PersonalData
from survey.store.practices import Practices
from survey.store.proposals import TargetProposals
from survey.store.rank_studies import RankStudies
from survey.store.refusals import (
    ActionNotAllowedError,
    RefusedActionError,
    StaleAnswerError,
    StaleDecisionError,
)
from survey.store.reminders import Reminders
from survey.store.restore import restore_backup
from survey.store.reviewing import Sending, Sent
from survey.store.rounds import Rounds
from survey.store.ruling import Indicator
from survey.store.scenarios import Scenarios
from survey.store.second_factor import SecondFactor
from survey.store.sessions import ABSOLUTE, IDLE, OpenSession, Remaining, Sessions
from survey.store.settings import Settings
from survey.store.sign_in import NeedsCode
from survey.store.verifying import Anchor, Verdict

__all__ = [
    "ActionNotAllowedError",
    "Anchor",
    "Entry",
    "EvidenceFile",
    "Indicator",
    "Invitation",
    "LinkState",
    "Manifest",
    "NeedsCode",
    "NewerSchemaError",
    "OpenSession",
    "RefusedActionError",
    "Remaining",
    "Sending",
    "Sent",
    "StaleAnswerError",
    "StaleDecisionError",
    "Store",
    "TooManyAttemptsError",
    "Verdict",
    "Wanted",
]


def _utc_now() -> datetime:
    return datetime.now(UTC)


# Where evidence is kept unless a start says otherwise.
EVIDENCE = Path(__file__).resolve().parents[2] / "var" / "tai-lieu"


class Store:
    """The database by its parts; safe to share between threads, and kept for the life of a server."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        *,
        idle: timedelta,
        absolute: timedelta,
        evidence: Path,
    ) -> None:
        self._database = database
        self.settings = Settings(database)
        self.members = Members(database, clock)
        self.frameworks = Frameworks(database)
        self.rounds = Rounds(database, clock)
        self.answers = Answers(database, clock)
        self.cycle = Cycle(database, clock)
        self.accounts = Accounts(database, clock)
        self.invitations = Invitations(database, clock)
        self.second_factor = SecondFactor(database, clock)
        self.sessions = Sessions(database, clock, idle=idle, absolute=absolute)
        self.audit = Audit(database)
        self.evidence = EvidenceFiles(database, clock, evidence)
        self.reminders = Reminders(database, clock)
        self.personal = PersonalData(database, clock)
        self.rank_studies = RankStudies(database, clock)
        self.proposals = TargetProposals(database, clock)
        self.scenarios = Scenarios(database, clock)
        self.practices = Practices(database, clock)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        clock: Callable[[], datetime] = _utc_now,
        idle: timedelta = IDLE,
        absolute: timedelta = ABSOLUTE,
        lock_wait: float = LOCK_WAIT,
        evidence: Path = EVIDENCE,
    ) -> "Store":
        """Open the database at `url` and bring its schema up to date.

        Args:
            url: sqlite:///folder/file.db or postgresql://user:password@host:5432/name.
            clock: tells the time of what is saved; aware of its time zone.
            idle: how long a session lives without a click.
            absolute: how long a session lives at all.
            lock_wait: seconds for which a save waits for another one.
            evidence: the folder of evidence files, made with the first of them.

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
        return cls(database, clock, idle=idle, absolute=absolute, evidence=evidence)

    def backup(self, path: Path, *, evidence: Path, now: datetime) -> Manifest:
        """Write everything into the file `path`; see `backup.write_backup`."""
        return write_backup(self._database, path, evidence=evidence, now=now)

    @staticmethod
    def restore(url: str, path: Path, *, evidence: Path, force: bool, sample: bool) -> Manifest:
        """Bring the file `path` into the database at `url`; see `restore.restore_backup`."""
        database = Database(url)
        try:
            database.require_reachable()
            return restore_backup(database, path, evidence=evidence, force=force, sample=sample)
        finally:
            database.close()

    def close(self) -> None:
        self._database.close()

    def schema_version(self) -> str:
        """Return the version of the schema; also the question whether the database is well.

        Raises:
            StorageError: the database does not answer.
        """
        return schema_version(self._database)
