"""Whether a login and a password belong together."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from survey.access import Person
from survey.passwords import is_right, needs_rehash, rehash
from survey.store.account_rows import PERSON, clean_login, to_person
from survey.store.attempts import ACCOUNT_LIMIT, forget_attempts, reserve_attempt
from survey.store.audit import write_audit
from survey.store.engine import Database
from survey.store.schema import account

_PURPOSE = 7_105
_FIND = select(account.c.active, account.c.password_hash, *PERSON).where(
    account.c.login == bindparam("login")
)
_SET_HASH = (
    update(account).where(account.c.id == bindparam("person_id")).values(password_hash=bindparam("to"))
)


def sign_in(database: Database, login: str, password: str, address: str, now: datetime) -> Person | None:
    """Return whose login and password these are, or None; no difference tells which was wrong.

    Raises:
        TooManyAttemptsError: the account or the address has used up its tries.
    """
    with database.writing_alone(_PURPOSE) as connection:
        tries = reserve_attempt(connection, login, address, now)
        row = connection.execute(_FIND, {"login": clean_login(login)}).first()
    # Outside the transaction: hashing takes long, and nobody else should wait for it.
    right = is_right(password, row.password_hash if row is not None and row.active else None)
    if row is None:
        return None
    person = to_person(row[2:])
    if not right:
        if tries == ACCOUNT_LIMIT:
            _record_lock(database, person, now)
        return None
    _welcome(database, person, now, stronger=rehash(password) if needs_rehash(row.password_hash) else None)
    return person


def _welcome(database: Database, person: Person, now: datetime, *, stronger: str | None) -> None:
    with database.writing() as connection:
        forget_attempts(connection, person.login)
        if stronger is not None:
            connection.execute(_SET_HASH, {"person_id": person.id, "to": stronger})
        write_audit(connection, "account.sign_in", f"account:{person.id}", by=person.login, at=now)


def _record_lock(database: Database, person: Person, now: datetime) -> None:
    with database.writing() as connection:
        write_audit(connection, "account.locked", f"account:{person.id}", by=person.login, at=now)
