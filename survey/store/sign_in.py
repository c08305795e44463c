"""Whether a login and a password belong together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, or_, select, update

from survey.access import Person
from survey.passwords import is_right, needs_rehash, rehash
from survey.store.account_rows import PERSON, clean_login, to_person
from survey.store.attempts import (
    ACCOUNT_LIMIT,
    Attempt,
    forget_attempts,
    release_attempt,
    reserve_attempt,
)
from survey.store.audit import write_audit
from survey.store.engine import Database
from survey.store.schema import account

PURPOSE = 7_105
_FIND = (
    select(account.c.active, account.c.password_hash, account.c.totp_key, *PERSON)
    .where(or_(account.c.login == bindparam("login"), account.c.email == bindparam("login")))
    # A login that looks like another person's e-mail is still a login.
    .order_by(case((account.c.login == bindparam("login"), 0), else_=1))
    .limit(1)
)
_SET_HASH = (
    update(account).where(account.c.id == bindparam("person_id")).values(password_hash=bindparam("to"))
)


@dataclass(frozen=True)
class NeedsCode:
    """The password is right; the person is not signed in before the code of the second factor is, too."""

    person: Person


@dataclass(frozen=True)
class _Tried:
    row: Row[*tuple[Any, ...]] | None
    attempt: Attempt
    right: bool


def sign_in(
    database: Database, login: str, password: str, address: str, now: datetime
) -> Person | NeedsCode | None:
    """Return whose login (or e-mail) and password these are, or None; nothing tells which was wrong.

    Raises:
        TooManyAttemptsError: the account or the address has used up its tries.
    """
    tried = _try(database, login, password, address, now)
    if tried.row is None or not tried.right:
        return None
    person = to_person(tried.row[3:])
    second = tried.row.totp_key is not None
    stronger = rehash(password) if needs_rehash(tried.row.password_hash) else None
    with database.writing() as connection:
        if second:
            # Wrong codes go on being counted with wrong passwords: whoever knows the password has no more tries.
            release_attempt(connection, tried.attempt)
        else:
            welcome(connection, person, now)
        if stronger is not None:
            connection.execute(_SET_HASH, {"person_id": person.id, "to": stronger})
    return NeedsCode(person) if second else person


def confirm(database: Database, person: Person, password: str, address: str, now: datetime) -> bool:
    """Whether it is the person's password; for those who are signed in, and counted like signing in.

    Raises:
        TooManyAttemptsError: the account or the address has used up its tries.
    """
    tried = _try(database, person.login, password, address, now)
    if tried.right:
        with database.writing() as connection:
            release_attempt(connection, tried.attempt)
    return tried.right


def welcome(connection: Connection, person: Person, now: datetime) -> None:
    """What is noted when somebody has proved who they are."""
    forget_attempts(connection, person.login)
    write_audit(connection, "account.sign_in", f"account:{person.id}", by=person.login, at=now)


def note_if_locked(connection: Connection, person: Person, attempt: Attempt, now: datetime) -> None:
    if attempt.tries == ACCOUNT_LIMIT:
        write_audit(connection, "account.locked", f"account:{person.id}", by=person.login, at=now)


def _try(database: Database, login: str, password: str, address: str, now: datetime) -> _Tried:
    with database.writing_alone(PURPOSE) as connection:
        row = connection.execute(_FIND, {"login": clean_login(login)}).first()
        # By whichever name: an account has one count.
        attempt = reserve_attempt(connection, login if row is None else row.login, address, now)
    # Outside the transaction: hashing takes long, and nobody else should wait for it.
    right = is_right(password, row.password_hash if row is not None and row.active else None)
    if row is not None and not right and attempt.tries == ACCOUNT_LIMIT:
        with database.writing() as connection:
            note_if_locked(connection, to_person(row[3:]), attempt, now)
    return _Tried(row, attempt, right)
