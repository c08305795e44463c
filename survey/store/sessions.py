"""Who is signed in: opaque tokens, of which the database knows the digests."""

from collections.abc import Callable
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
_OWNER = select(session.c.person_id, session.c.started_at).where(session.c.token_hash == bindparam("hash"))
_RENEW = (
    update(session)
    .where(session.c.token_hash == bindparam("hash"))
    .values(started_at=bindparam("now"), last_seen=bindparam("now"))
)
RENEWABLE = timedelta(hours=24)


class Sessions:
    """Sessions end when left idle, after a working day, on sign-out, and with their account."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], *, idle: timedelta, absolute: timedelta
    ) -> None:
        self._database = database
        self._clock = clock
        self._idle = idle
        self._absolute = absolute

    def start(self, person_id: int, now: datetime | None = None) -> str:
        """Begin a session and return its token, which is not stored anywhere."""
        now = now or self._clock()
        token = new_token()
        row = {"token_hash": digest(token), "person_id": person_id, "started_at": now, "last_seen": now}
        with self._database.writing() as connection:
            connection.execute(_END_OLD, {"before": now - max(self._absolute, RENEWABLE)})
            connection.execute(_ADD, row)
        return token

    def renew(self, token: str, person_id: int, now: datetime | None = None) -> bool:
        """Let an expired session of the same person live again, so that open tabs go on working.

        Call only after the password was checked. False where the token is another person's, was
        ended, or is older than a working day: then a new session is started.
        """
        now = now or self._clock()
        with self._database.writing() as connection:
            row = connection.execute(_OWNER, {"hash": digest(token)}).first()
            if row is None or row.person_id != person_id or now - row.started_at >= RENEWABLE:
                return False
            connection.execute(_RENEW, {"hash": digest(token), "now": now})
        return True

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
