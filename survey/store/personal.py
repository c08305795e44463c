"""A person's data: everything that is kept under a login, handed out, or taken back behind a pseudonym.

Answers, decisions and the audit trail stay, since they are the library's and the Federation's; who did it is
no longer told. The chain of the trail covers a salted mark in place of the login, so it stays whole.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Column, Connection, Table, and_, bindparam, delete, or_, select, update

from survey.errors import SurveyError
from survey.passwords import hash_password
from survey.store.account_rows import clean_login
from survey.store.account_rules import require_another_administrator
from survey.store.attempts import forget_attempts
from survey.store.audit import write_audit
from survey.store.chain import ERASED
from survey.store.engine import Database
from survey.store.reminders import recipient_hash
from survey.store.schema import (
    account,
    answer,
    assignment,
    audit,
    decision,
    evidence_file,
    invitation,
    late_exception,
    post,
    recovery_code,
    reminder,
    scenario,
    second_step,
    session,
    shared_practice,
    submission,
    target_proposal,
    verification,
)

_PURPOSE = 7_105
ERASED_NAME = "Người dùng đã xóa"
# Every column that holds the login of whoever did something.
BY_LOGIN: tuple[tuple[Table, Column[Any]], ...] = (
    (answer, answer.c.saved_by),
    (verification, verification.c.verified_by),
    (decision, decision.c.decided_by),
    (post, post.c.posted_by),
    (submission, submission.c.sent_by),
    (submission, submission.c.withdrawn_by),
    (late_exception, late_exception.c.granted_by),
    (evidence_file, evidence_file.c.given_by),
    (shared_practice, shared_practice.c.shared_by),
    (invitation, invitation.c.made_by),
    (scenario, scenario.c.made_by),
    (target_proposal, target_proposal.c.proposed_by),
    (target_proposal, target_proposal.c.decided_by),
    (audit, audit.c.by),
)
# Every table that holds the account's number.
BY_NUMBER: tuple[Table, ...] = (session, recovery_code, second_step, invitation, assignment)
# What nobody is handed: secrets, and what only the program reads.
KEPT_BACK = frozenset(
    {
        "password_hash", "totp_key", "totp_step", "token_hash", "code_hash", "recipient_hash",
        "salt", "mark", "previous", "digest",
    }
)  # fmt: skip


class PersonalData:
    """What is kept of a person, by login."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def export(self, login: str) -> Mapping[str, Any]:
        """Return the account and, by table, every row under its login or number; no secrets.

        Raises:
            SurveyError: there is no such account.
        """
        with self._database.reading() as connection:
            person = _account(connection, login)
            found: dict[str, list[dict[str, Any]]] = {}
            for table, column in BY_LOGIN:
                _add_rows(connection, found, table, column == person["login"])
            for table in BY_NUMBER:
                _add_rows(connection, found, table, table.c.person_id == person["id"])
            _add_rows(connection, found, invitation, _of_invitation(person))
        return {"account": _shown(person), **found}

    def erase(self, login: str, by: str) -> str:
        """Put a pseudonym in place of the person everywhere and close the account; return the pseudonym.

        Raises:
            SurveyError: there is no such account, or it is the last administrator.
        """
        with self._database.writing_alone(_PURPOSE) as connection:
            person = _account(connection, login)
            if person["active"]:
                require_another_administrator(connection, person["id"])
            pseudonym = f"{ERASED}{secrets.token_hex(4)}"
            _forget(connection, person)
            _rename(connection, person, pseudonym)
            new = {"pseudonym": pseudonym}
            thing = f"account:{person['id']}"
            write_audit(connection, "account.erase", thing, by=by, at=self._clock(), new=new)
        return pseudonym


def _account(connection: Connection, login: str) -> dict[str, Any]:
    wanted = clean_login(login)
    row = connection.execute(select(account).where(account.c.login == wanted)).mappings().first()
    if row is None or wanted.startswith(ERASED):
        raise SurveyError(
            vi=f"Không có tài khoản «{wanted}». Hãy xem tên đăng nhập ở trang «Tài khoản».",
            en=f"There is no account “{wanted}”. Look up the login on the page of accounts.",
        )
    return dict(row)


def _of_invitation(person: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a condition of SQLAlchemy
    """Invitations that were written to this person; an open one that names only a namesake is left alone."""
    return or_(
        invitation.c.person_id == person["id"],
        and_(invitation.c.name == person["name"], invitation.c.used_at.is_not(None)),
        and_(invitation.c.email.is_not(None), invitation.c.email == person["email"]),
    )


def _add_rows(
    connection: Connection,
    found: dict[str, list[dict[str, Any]]],
    table: Table,
    condition: Any,  # noqa: ANN401 - a condition of SQLAlchemy
) -> None:
    rows = [_shown(dict(row)) for row in connection.execute(select(table).where(condition)).mappings()]
    known = found.setdefault(table.name, [])
    known += [row for row in rows if row not in known]


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items() if name not in KEPT_BACK}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _forget(connection: Connection, person: Mapping[str, Any]) -> None:
    """Drop what was kept for signing in and for writing to the person."""
    for table in (session, recovery_code, second_step, assignment):
        connection.execute(delete(table).where(table.c.person_id == person["id"]))
    connection.execute(delete(invitation).where(_of_invitation(person)))
    if person["email"]:
        connection.execute(
            delete(reminder).where(reminder.c.recipient_hash == recipient_hash(person["email"]))
        )
    forget_attempts(connection, person["login"])


def _rename(connection: Connection, person: Mapping[str, Any], pseudonym: str) -> None:
    was: BindParameter[str] = bindparam("was")
    for table, column in BY_LOGIN:
        values = {column.name: pseudonym}
        if table is audit:
            values["salt"] = ""
        if column is submission.c.sent_by:
            values["name"] = ERASED_NAME
        connection.execute(update(table).where(column == was).values(values), {"was": person["login"]})
    connection.execute(
        update(account)
        .where(account.c.id == person["id"])
        .values(
            login=pseudonym,
            name=ERASED_NAME,
            email=None,
            active=False,
            password_hash=hash_password(secrets.token_urlsafe(32)),
            totp_key=None,
            totp_step=None,
        )
    )
