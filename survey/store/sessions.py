"""Who is signed in: opaque tokens, of which the database knows the digests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from survey.access import Person
from survey.errors import StorageError
from survey.store.account_rows import PERSON, to_person
from survey.store.engine import Database
from survey.store.schema import account, session
from survey.store.tokens import digest, new_token

IDLE = timedelta(minutes=45)
ABSOLUTE = timedelta(hours=12)
# Often enough for `IDLE`, and seldom enough that a rerun of a page writes nothing.
SEEN_EVERY = timedelta(minutes=1)

_HAS_TOKEN = session.c.token_hash == bindparam("hash")
_ADD = insert(session).inline()
_FIND = (
    select(session.c.started_at, session.c.last_seen, *PERSON)
    .join_from(session, account)
    .where(_HAS_TOKEN, account.c.active)
)
_SEE = update(session).where(_HAS_TOKEN).values(last_seen=bindparam("seen"))
_END = delete(session).where(_HAS_TOKEN)
_END_ALL = delete(session).where(session.c.person_id == bindparam("person_id"))
_END_OLD = delete(session).where(session.c.started_at < bindparam("before"))
_OWNER = select(session.c.person_id).where(session.c.token_hash == bindparam("hash"))
_LIMITS = select(session.c.started_at, session.c.last_seen).where(_HAS_TOKEN)
_OF_PERSON = (
    select(session.c.token_hash, session.c.started_at, session.c.last_seen, session.c.device)
    .where(session.c.person_id == bindparam("person_id"))
    .order_by(session.c.last_seen.desc())
)
_END_OTHERS = delete(session).where(
    session.c.person_id == bindparam("person_id"), session.c.token_hash != bindparam("kept")
)
_END_OWN = delete(session).where(
    session.c.person_id == bindparam("person_id"), session.c.token_hash == bindparam("chosen")
)
LONGEST_DEVICE = 80


@dataclass(frozen=True)
class OpenSession:
    """One of a person's sessions. handle: names it, and opens nothing. here: it is the one that asks."""

    handle: str
    started_at: datetime
    last_seen: datetime
    device: str
    here: bool


@dataclass(frozen=True)
class Remaining:
    """How long a session still lives if nobody clicks, and how long at most."""

    idle: timedelta
    absolute: timedelta


class Sessions:
    """Sessions end when left idle, after a working day, on sign-out, and with their account."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], *, idle: timedelta, absolute: timedelta
    ) -> None:
        self._database = database
        self._clock = clock
        self._idle = idle
        self._absolute = absolute

    def start(self, person_id: int, now: datetime | None = None, *, device: str = "") -> str:
        """Begin a session and return its token, which is not stored anywhere."""
        now = now or self._clock()
        token = new_token()
        row = {
            "token_hash": digest(token),
            "person_id": person_id,
            "started_at": now,
            "last_seen": now,
            "device": device[:LONGEST_DEVICE],
        }
        with self._database.writing() as connection:
            connection.execute(_END_OLD, {"before": now - self._absolute})
            connection.execute(_ADD, row)
        return token

    def person(self, token: str, now: datetime | None = None) -> Person | None:
        """Return who holds the token; None once it expired, was ended, or the account was disabled."""
        now = now or self._clock()
        with self._database.reading() as connection:
            row = connection.execute(_FIND, {"hash": digest(token)}).first()
        if row is None:
            return None
        started_at, last_seen, *fields = row
        if now - started_at >= self._absolute or now - last_seen >= self._idle:
            return None
        if now - last_seen >= SEEN_EVERY:
            self._see(token, now)
        return to_person(fields)

    def holder(self, token: str) -> int | None:
        """Return whose session it is, also when it has expired but was not ended; gives no rights."""
        with self._database.reading() as connection:
            row = connection.execute(_OWNER, {"hash": digest(token)}).first()
        return None if row is None else int(row.person_id)

    def remaining(self, token: str, now: datetime | None = None) -> Remaining | None:
        """Return how long the session lives, without that counting as a click; None once it is over."""
        now = now or self._clock()
        with self._database.reading() as connection:
            row = connection.execute(_LIMITS, {"hash": digest(token)}).first()
        if row is None:
            return None
        idle, absolute = self._idle - (now - row.last_seen), self._absolute - (now - row.started_at)
        return Remaining(idle, absolute) if min(idle, absolute) > timedelta(0) else None

    def of_person(self, person_id: int, token: str, now: datetime | None = None) -> tuple[OpenSession, ...]:
        """Return the person's live sessions, the one last used first; `token` is that of whoever asks."""
        now, here = now or self._clock(), digest(token)
        with self._database.reading() as connection:
            rows = connection.execute(_OF_PERSON, {"person_id": person_id}).all()
        return tuple(
            OpenSession(
                row.token_hash, row.started_at, row.last_seen, row.device or "", row.token_hash == here
            )
            for row in rows
            if now - row.started_at < self._absolute and now - row.last_seen < self._idle
        )

    def end_own(self, person_id: int, handle: str) -> None:
        """End one of the person's own sessions; another person's handle does nothing."""
        with self._database.writing() as connection:
            connection.execute(_END_OWN, {"person_id": person_id, "chosen": handle})

    def end_others(self, person_id: int, token: str) -> None:
        """End every session of the person but the one that asks."""
        with self._database.writing() as connection:
            connection.execute(_END_OTHERS, {"person_id": person_id, "kept": digest(token)})

    def end(self, token: str) -> None:
        with self._database.writing() as connection:
            connection.execute(_END, {"hash": digest(token)})

    def end_all(self, person_id: int) -> None:
        with self._database.writing() as connection:
            end_sessions(connection, person_id)

    def _see(self, token: str, now: datetime) -> None:
        try:
            with self._database.writing() as connection:
                connection.execute(_SEE, {"hash": digest(token), "seen": now})
        except StorageError:
            # A full disk must not sign people out: reading goes on, and saving tells them.
            return


def end_sessions(connection: Connection, person_id: int) -> None:
    connection.execute(_END_ALL, {"person_id": person_id})
