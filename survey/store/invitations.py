"""One-time links: one makes an account, the other gives an account a new password."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from survey.access import Person, Role
from survey.errors import SurveyError
from survey.passwords import hash_password
from survey.store.account_rows import PERSON, clean_email, facts, to_person
from survey.store.account_rules import email_taken, login_taken, name_missing, require_fitting
from survey.store.attempts import forget_attempts
from survey.store.audit import write_audit
from survey.store.engine import Database
from survey.store.new_account import new_row
from survey.store.schema import account, invitation
from survey.store.sessions import end_sessions
from survey.store.tokens import digest, new_token

INVITED_FOR = timedelta(days=7)
# Shorter: the account is there already, and holds answers.
RESET_FOR = timedelta(hours=24)

_PURPOSE = 7_107
_COLUMNS = (
    invitation.c.token_hash,
    invitation.c.person_id,
    invitation.c.name,
    invitation.c.email,
    invitation.c.role,
    invitation.c.library_id,
    invitation.c.made_by,
    invitation.c.made_at,
    invitation.c.expires_at,
    invitation.c.used_at,
)
_IS = invitation.c.token_hash == bindparam("hash")
_UNUSED = invitation.c.used_at.is_(None)
_ADD = insert(invitation).inline()
_FIND = select(*_COLUMNS).where(_IS)
_WAITING = (
    select(*_COLUMNS).where(_UNUSED, invitation.c.person_id.is_(None)).order_by(invitation.c.made_at.desc())
)
_USE = (
    # What it said of a person stands with the account from now on.
    update(invitation).where(_IS).values(used_at=bindparam("at"), name="", email=None)
)
_DROP = delete(invitation).where(_IS, _UNUSED)
_DROP_RESETS = delete(invitation).where(invitation.c.person_id == bindparam("of"), _UNUSED)
_ADD_ACCOUNT = insert(account).returning(*PERSON)
_BY_ID = select(*PERSON).where(account.c.id == bindparam("of"), account.c.active)
_EMAIL_TAKEN = select(account.c.id).where(account.c.email == bindparam("wanted"))
_SET_HASH = update(account).where(account.c.id == bindparam("of")).values(password_hash=bindparam("to"))


class LinkState(StrEnum):
    """How a link stands."""

    VALID = "valid"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Invitation:
    """What a link is for. handle: names it and opens nothing. person_id: whose password it replaces, if any."""

    handle: str
    person_id: int | None
    name: str
    email: str | None
    role: Role
    library_id: str | None
    made_by: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None

    @property
    def resets(self) -> bool:
        return self.person_id is not None

    def state(self, now: datetime) -> LinkState:
        if self.used_at is not None:
            return LinkState.USED
        return LinkState.EXPIRED if now >= self.expires_at else LinkState.VALID


def link_closed() -> SurveyError:
    return SurveyError(
        vi="Liên kết này đã được dùng, đã hết hạn hoặc đã được thay. Hãy nhờ người quản trị tạo liên kết mới.",
        en="This link was used, has expired or was replaced. Ask the administrator for a new one.",
    )


def account_closed() -> SurveyError:
    return SurveyError(
        vi="Tài khoản này đang bị khóa nên không đặt lại mật khẩu được. Hãy mở lại tài khoản trước.",
        en="This account is closed, so its password cannot be replaced. Open the account first.",
    )


class Invitations:
    """Links by the digest of their secret, which is shown once."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def invite(self, name: str, email: str, role: Role, library_id: str | None, by: str) -> str:
        """Return the secret of a link with which this person makes an account.

        Raises:
            SurveyError: the name is blank, the e-mail is none or taken, or role and library do not
                go together.
        """
        require_fitting(role, library_id)
        address = clean_email(email)
        if not name.strip():
            raise name_missing()
        row = {"name": name.strip(), "email": address, "role": role.value, "library_id": library_id}
        with self._database.writing() as connection:
            _require_free(connection, address)
            return self._add(connection, {**row, "person_id": None}, INVITED_FOR, by)

    def renew(self, handle: str, by: str) -> str:
        """Return a new secret for an invitation that was not used; the old link stops working.

        Raises:
            SurveyError: it was used or withdrawn in the meantime.
        """
        with self._database.writing_alone(_PURPOSE) as connection:
            row = connection.execute(_FIND, {"hash": handle}).first()
            if row is None or row.used_at is not None:
                raise link_closed()
            connection.execute(_DROP, {"hash": handle})
            kept = {"name": row.name, "email": row.email, "role": row.role, "library_id": row.library_id}
            return self._add(connection, {**kept, "person_id": row.person_id}, INVITED_FOR, by)

    def withdraw(self, handle: str, by: str) -> None:
        """The link stops working; one that was used stays used."""
        with self._database.writing() as connection:
            if connection.execute(_DROP, {"hash": handle}).rowcount:
                write_audit(connection, "invitation.withdraw", "invitation", by=by, at=self._clock())

    def reset(self, person_id: int, by: str) -> str:
        """Return the secret of a link for a new password; the password and the sessions stay until it is used.

        Raises:
            SurveyError: the account is disabled.
        """
        with self._database.writing_alone(_PURPOSE) as connection:
            found = connection.execute(_BY_ID, {"of": person_id}).first()
            if found is None:
                raise account_closed()
            person = to_person(found)
            drop_resets(connection, person_id)
            row = {"name": "", "email": None, "role": person.role.value, "library_id": person.library_id}
            token = self._add(connection, {**row, "person_id": person_id}, RESET_FOR, by)
        return token

    def waiting(self) -> tuple[Invitation, ...]:
        """Return the invitations that nobody has used, newest first; expired ones too."""
        with self._database.reading() as connection:
            return tuple(map(_invitation, connection.execute(_WAITING)))

    def find(self, token: str) -> Invitation | None:
        with self._database.reading() as connection:
            row = connection.execute(_FIND, {"hash": digest(token)}).first()
        return None if row is None else _invitation(row)

    def state(self, token: str, now: datetime | None = None) -> LinkState:
        found = self.find(token)
        return LinkState.UNKNOWN if found is None else found.state(now or self._clock())

    def accept(self, token: str, login: str, name: str, password: str, now: datetime | None = None) -> Person:
        """Make the account; the link works once.

        Raises:
            SurveyError: the link is closed, the login or e-mail is taken, or the password refused.
        """
        now = now or self._clock()
        found = self.find(token)
        # Before the password is hashed: only the holder of the link may make the server work.
        if found is None or found.resets or found.state(now) is not LinkState.VALID:
            raise link_closed()
        row = new_row(login, name, found.role, found.library_id, password, found.email)
        try:
            with self._database.writing_alone(_PURPOSE) as connection:
                self._use(connection, token, now)
                _require_free(connection, found.email)
                person = to_person(connection.execute(_ADD_ACCOUNT, row).one())
                thing = f"account:{person.id}"
                new = facts(person)
                write_audit(connection, "account.add", thing, by=found.made_by, at=now, new=new)
                return person
        except IntegrityError as error:
            raise login_taken(row["login"]) from error

    def use_reset(self, token: str, password: str, now: datetime | None = None) -> Person:
        """Give the account its new password; its sessions end and its wrong tries are forgotten.

        Raises:
            SurveyError: the link is closed, the account disabled, or the password refused.
        """
        now = now or self._clock()
        found = self.find(token)
        if found is None or not found.resets or found.state(now) is not LinkState.VALID:
            raise link_closed()
        new_hash = hash_password(password)
        with self._database.writing_alone(_PURPOSE) as connection:
            self._use(connection, token, now)
            row = connection.execute(_BY_ID, {"of": found.person_id}).first()
            if row is None:
                raise link_closed()
            person = to_person(row)
            connection.execute(_SET_HASH, {"of": person.id, "to": new_hash})
            end_sessions(connection, person.id)
            forget_attempts(connection, person.login)
            thing = f"account:{person.id}"
            write_audit(connection, "account.password", thing, by=person.login, at=now)
            return person

    def _use(self, connection: Connection, token: str, now: datetime) -> None:
        row = connection.execute(_FIND, {"hash": digest(token)}).first()
        if row is None or _invitation(row).state(now) is not LinkState.VALID:
            raise link_closed()
        connection.execute(_USE, {"hash": digest(token), "at": now})

    def _add(self, connection: Connection, row: dict[str, Any], lifetime: timedelta, by: str) -> str:
        token, now = new_token(), self._clock()
        times = {"made_by": by, "made_at": now, "expires_at": now + lifetime, "used_at": None}
        connection.execute(_ADD, {"token_hash": digest(token), **row, **times})
        action = "account.reset" if row["person_id"] is not None else "invitation.add"
        thing = "invitation" if row["person_id"] is None else f"account:{row['person_id']}"
        new = {"role": row["role"], "library_id": row["library_id"]}
        write_audit(connection, action, thing, by=by, at=now, new=new)
        return token


def drop_resets(connection: Connection, person_id: int) -> None:
    connection.execute(_DROP_RESETS, {"of": person_id})


def _require_free(connection: Connection, email: str | None) -> None:
    if email is not None and connection.execute(_EMAIL_TAKEN, {"wanted": email}).first() is not None:
        raise email_taken(email)


def _invitation(row: Row[*tuple[Any, ...]]) -> Invitation:
    handle, person_id, name, email, role, library_id, made_by, made_at, expires_at, used_at = row
    return Invitation(
        handle, person_id, name, email, Role(role), library_id, made_by, made_at, expires_at, used_at
    )
