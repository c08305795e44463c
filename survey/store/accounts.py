"""Accounts: who may sign in, with which role, and whether the password is right."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from survey.access import MAY_HAVE_LIBRARY, OF_LIBRARY, Person, Role
from survey.passwords import hash_password
from survey.store import setup_link
from survey.store.account_rows import PERSON, clean_login, to_person
from survey.store.account_rules import (
    login_missing,
    login_taken,
    require_another_administrator,
    role_mismatch,
)
from survey.store.attempts import forget_attempts
from survey.store.audit import write_audit
from survey.store.engine import Database
from survey.store.schema import account
from survey.store.sessions import end_sessions
from survey.store.sign_in import sign_in
from survey.text import Language

_PURPOSE = 7_104
_OF_PERSON = account.c.id == bindparam("person_id")
_ADD = insert(account).returning(*PERSON)
_ALL = select(*PERSON).order_by(account.c.login)
_DISABLED = select(account.c.id).where(~account.c.active)
_BY_LOGIN = select(*PERSON).where(account.c.login == bindparam("login"))
_SET_LANGUAGE = update(account).where(_OF_PERSON).values(language=bindparam("to"))
_SET_ACTIVE = update(account).where(_OF_PERSON).values(active=bindparam("to"))
_SET_HASH = update(account).where(_OF_PERSON).values(password_hash=bindparam("to")).returning(account.c.login)


class Accounts:
    """The accounts of everybody; a login is unique whatever its case."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def add(
        self, login: str, name: str, role: Role, library_id: str | None, password: str, by: str
    ) -> Person:
        """Add an account.

        Raises:
            SurveyError: the login is blank or taken, the password too short, or the role and the
                library do not go together.
        """
        row = _new_row(login, name, role, library_id, password)
        try:
            with self._database.writing() as connection:
                return self._add(connection, row, by)
        except IntegrityError as error:
            raise login_taken(row["login"]) from error

    def by_login(self, login: str) -> Person | None:
        with self._database.reading() as connection:
            row = connection.execute(_BY_LOGIN, {"login": clean_login(login)}).first()
        return None if row is None else to_person(row)

    def all(self) -> tuple[Person, ...]:
        """Return every account, disabled ones too, by login."""
        with self._database.reading() as connection:
            return tuple(map(to_person, connection.execute(_ALL)))

    def disabled(self) -> frozenset[int]:
        """Return the ids of the accounts that may not sign in."""
        with self._database.reading() as connection:
            return frozenset(connection.execute(_DISABLED).scalars())

    def has_accounts(self) -> bool:
        with self._database.reading() as connection:
            return setup_link.has_accounts(connection)

    def set_language(self, person_id: int, language: Language) -> None:
        with self._database.writing() as connection:
            connection.execute(_SET_LANGUAGE, {"person_id": person_id, "to": language})

    def set_active(self, person_id: int, active: bool, by: str) -> None:
        """Enable or disable an account; disabling ends its sessions at once.

        Raises:
            SurveyError: it is the last administrator who can sign in.
        """
        with self._database.writing_alone(_PURPOSE) as connection:
            if not active:
                require_another_administrator(connection, person_id)
                end_sessions(connection, person_id)
            connection.execute(_SET_ACTIVE, {"person_id": person_id, "to": active})
            self._audit(connection, "account.active", person_id, by, {"active": active})

    def set_password(self, person_id: int, password: str, by: str) -> None:
        """Give an account a new password; its sessions end and its wrong tries are forgotten.

        Raises:
            SurveyError: the password is too short or too long.
        """
        new_hash = hash_password(password)
        with self._database.writing() as connection:
            login = connection.execute(_SET_HASH, {"person_id": person_id, "to": new_hash}).scalar_one()
            end_sessions(connection, person_id)
            forget_attempts(connection, login)
            self._audit(connection, "account.password", person_id, by)

    def check_password(
        self, login: str, password: str, address: str, now: datetime | None = None
    ) -> Person | None:
        """Return whose login and password these are, or None; no difference tells which was wrong.

        Raises:
            TooManyAttemptsError: the account or the address has used up its tries.
        """
        return sign_in(self._database, login, password, address, now or self._clock())

    def make_setup_token(self, now: datetime | None = None) -> str:
        """Return the token of the set-up link, valid for a day; the one before stops working.

        Raises:
            SurveyError: there are accounts already.
        """
        with self._database.writing_alone(_PURPOSE) as connection:
            return setup_link.replace_token(connection, now or self._clock())

    def setup_token_valid(self, token: str, now: datetime | None = None) -> bool:
        with self._database.reading() as connection:
            return setup_link.is_valid(connection, token, now or self._clock())

    def use_setup_token(
        self, token: str, login: str, name: str, password: str, now: datetime | None = None
    ) -> Person:
        """Make the first administrator; the link works once.

        Raises:
            SurveyError: the link was used, replaced or is too old, or what was typed is refused.
        """
        now = now or self._clock()
        with self._database.reading() as connection:
            # Before the password is hashed: only the holder of the link may make the server work.
            setup_link.require_valid(connection, token, now)
        row = _new_row(login, name, Role.ADMINISTRATOR, None, password)
        with self._database.writing_alone(_PURPOSE) as connection:
            setup_link.require_valid(connection, token, now)
            setup_link.use_up(connection)
            return self._add(connection, row, row["login"])

    def _add(self, connection: Connection, row: dict[str, Any], by: str) -> Person:
        person = to_person(connection.execute(_ADD, row).one())
        new = {"role": person.role.value, "library_id": person.library_id}
        self._audit(connection, "account.add", person.id, by, new)
        return person

    def _audit(
        self, connection: Connection, action: str, person_id: int, by: str, new: dict[str, Any] | None = None
    ) -> None:
        write_audit(connection, action, f"account:{person_id}", by=by, at=self._clock(), new=new)


def _new_row(login: str, name: str, role: Role, library_id: str | None, password: str) -> dict[str, Any]:
    if (role in OF_LIBRARY and not library_id) or (library_id and role not in MAY_HAVE_LIBRARY):
        raise role_mismatch()
    if not clean_login(login):
        raise login_missing()
    return {
        "login": clean_login(login),
        "name": name.strip() or clean_login(login),
        "role": role.value,
        "library_id": library_id,
        "language": "vi",
        "active": True,
        "password_hash": hash_password(password),
    }
