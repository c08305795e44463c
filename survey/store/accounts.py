"""Accounts: who may sign in, with which role, and whether the password is right."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from survey.access import Person, Role
from survey.passwords import hash_password
from survey.store import setup_link
from survey.store.account_rows import PERSON, clean_email, clean_login, facts, to_person
from survey.store.account_rules import (
    email_taken,
    login_taken,
    name_missing,
    require_another_administrator,
    require_fitting,
)
from survey.store.attempts import forget_attempts, used_up
from survey.store.audit import write_audit
from survey.store.engine import Database
from survey.store.invitations import drop_resets
from survey.store.new_account import new_row
from survey.store.schema import account
from survey.store.sessions import end_sessions
from survey.store.sign_in import NeedsCode, confirm, sign_in
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
_BY_ID = select(*PERSON).where(_OF_PERSON)
_BY_EMAIL = select(*PERSON).where(account.c.email == bindparam("wanted"), account.c.active)
_LOGINS = select(account.c.id, account.c.login)
_CHANGE = (
    update(account)
    .where(_OF_PERSON)
    .values(
        name=bindparam("new_name"),
        role=bindparam("new_role"),
        library_id=bindparam("new_library"),
        email=bindparam("new_email"),
    )
    .returning(*PERSON)
)
_SET_EMAIL = update(account).where(_OF_PERSON).values(email=bindparam("to"))
_WITH_SECOND = select(account.c.id).where(account.c.totp_key.is_not(None))


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
        row = new_row(login, name, role, library_id, password)
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

    def by_email(self, email: str) -> Person | None:
        """Return the active account with this work e-mail."""
        with self._database.reading() as connection:
            row = connection.execute(_BY_EMAIL, {"wanted": email.strip().lower()}).first()
        return None if row is None else to_person(row)

    def with_second_factor(self) -> frozenset[int]:
        """Return the ids of the accounts that also ask for a code."""
        with self._database.reading() as connection:
            return frozenset(connection.execute(_WITH_SECOND).scalars())

    def locked(self, now: datetime | None = None) -> frozenset[int]:
        """Return the ids of the accounts that must wait after too many wrong tries."""
        with self._database.reading() as connection:
            ids = {row.login: row.id for row in connection.execute(_LOGINS)}
            return frozenset(ids[login] for login in used_up(connection, ids, now or self._clock()))

    def unlock(self, person_id: int, by: str) -> None:
        """Let an account try again at once."""
        with self._database.writing() as connection:
            person = to_person(connection.execute(_BY_ID, {"person_id": person_id}).one())
            forget_attempts(connection, person.login)
            self._audit(connection, "account.unlock", person.id, by)

    def change(
        self, person_id: int, *, name: str, role: Role, library_id: str | None, email: str, by: str
    ) -> Person:
        """Correct who somebody is; with another role or library the sessions end at once.

        Raises:
            SurveyError: the name is blank, the e-mail taken or none, role and library do not go
                together, or it is the last administrator.
        """
        require_fitting(role, library_id)
        address = clean_email(email)
        if not name.strip():
            raise name_missing()
        try:
            with self._database.writing_alone(_PURPOSE) as connection:
                before = to_person(connection.execute(_BY_ID, {"person_id": person_id}).one())
                if role is not Role.ADMINISTRATOR:
                    require_another_administrator(connection, person_id)
                new = {"new_name": name.strip(), "new_role": role.value, "new_library": library_id}
                row = {"person_id": person_id, **new, "new_email": address}
                after = to_person(connection.execute(_CHANGE, row).one())
                if (before.role, before.library_id) != (after.role, after.library_id):
                    end_sessions(connection, person_id)
                old, now = facts(before), facts(after)
                self._audit(connection, "account.change", after.id, by, now, old)
                return after
        except IntegrityError as error:
            raise email_taken(address or "") from error

    def set_email(self, person_id: int, email: str, by: str) -> None:
        """Give an account another work e-mail, or none.

        Raises:
            SurveyError: it is no address, or belongs to another account.
        """
        address = clean_email(email)
        try:
            with self._database.writing() as connection:
                connection.execute(_SET_EMAIL, {"person_id": person_id, "to": address})
                self._audit(connection, "account.email", person_id, by)
        except IntegrityError as error:
            raise email_taken(address or "") from error

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
                drop_resets(connection, person_id)
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
    ) -> Person | NeedsCode | None:
        """Return whose login or e-mail and password these are, or None; nothing tells which was wrong.

        NeedsCode: the account also asks for a code, see `SecondFactor.begin`.

        Raises:
            TooManyAttemptsError: the account or the address has used up its tries.
        """
        return sign_in(self._database, login, password, address, now or self._clock())

    def note_sign_in(self, person: Person) -> None:
        """Note that somebody was let in by an identity provider."""
        with self._database.writing() as connection:
            self._audit(connection, "account.sign_in", person.id, person.login, {"by": "provider"})

    def confirm_password(
        self, person: Person, password: str, address: str, now: datetime | None = None
    ) -> bool:
        """Whether it is the person's password; counted like signing in.

        Raises:
            TooManyAttemptsError: the account or the address has used up its tries.
        """
        return confirm(self._database, person, password, address, now or self._clock())

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
        row = new_row(login, name, Role.ADMINISTRATOR, None, password)
        with self._database.writing_alone(_PURPOSE) as connection:
            setup_link.require_valid(connection, token, now)
            setup_link.use_up(connection)
            return self._add(connection, row, row["login"])

    def _add(self, connection: Connection, row: dict[str, Any], by: str) -> Person:
        person = to_person(connection.execute(_ADD, row).one())
        self._audit(connection, "account.add", person.id, by, facts(person))
        return person

    def _audit(
        self,
        connection: Connection,
        action: str,
        person_id: int,
        by: str,
        new: dict[str, Any] | None = None,
        old: dict[str, Any] | None = None,
    ) -> None:
        write_audit(connection, action, f"account:{person_id}", by=by, at=self._clock(), new=new, old=old)
