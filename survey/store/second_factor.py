"""The second step of signing in: a code from an app, or one of the recovery codes."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from survey.access import Person
from survey.errors import SurveyError
from survey.second_factor import clean_recovery_code, is_key, new_recovery_codes, step_of
from survey.store.account_rows import PERSON, to_person
from survey.store.attempts import reserve_attempt
from survey.store.audit import write_audit
from survey.store.engine import Database
from survey.store.schema import account, recovery_code, second_step
from survey.store.sign_in import PURPOSE, note_if_locked, welcome
from survey.store.tokens import digest, new_token

PATIENCE = timedelta(minutes=10)  # to find the telephone

_OF = account.c.id == bindparam("of")
_KEY = select(account.c.totp_key).where(_OF)
_LOGIN = select(account.c.login).where(_OF)
_SET = update(account).where(_OF).values(totp_key=bindparam("to"), totp_step=bindparam("step"))
_SET_STEP = update(account).where(_OF).values(totp_step=bindparam("step"))
_DROP_CODES = delete(recovery_code).where(recovery_code.c.person_id == bindparam("of"))
_DROP_CODE = delete(recovery_code).where(
    recovery_code.c.person_id == bindparam("of"), recovery_code.c.code_hash == bindparam("hash")
)
_COUNT_CODES = select(func.count()).where(recovery_code.c.person_id == bindparam("of"))
_ADD_CODES = insert(recovery_code)
_BEGIN = insert(second_step).inline()
_DROP_OLD = delete(second_step).where(second_step.c.expires_at <= bindparam("now"))
_DROP_STEPS = delete(second_step).where(second_step.c.person_id == bindparam("of"))
_BEGUN = (
    select(second_step.c.expires_at, account.c.totp_key, account.c.totp_step, *PERSON)
    .join_from(second_step, account)
    .where(second_step.c.token_hash == bindparam("hash"), account.c.active)
)


class SecondFactor:
    """Keys of authenticator apps. A key is given out when it is set up and never again."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def is_on(self, person_id: int) -> bool:
        with self._database.reading() as connection:
            return connection.execute(_KEY, {"of": person_id}).scalar_one_or_none() is not None

    def codes_left(self, person_id: int) -> int:
        with self._database.reading() as connection:
            return int(connection.execute(_COUNT_CODES, {"of": person_id}).scalar_one())

    def turn_on(self, person_id: int, key: str, code: str, now: datetime | None = None) -> tuple[str, ...]:
        """Ask for codes of this key from now on; return the recovery codes, which are not kept readable.

        Raises:
            SurveyError: the code is not one that an app with this key shows now.
        """
        now = now or self._clock()
        step = step_of(key, code, now) if is_key(key) else None
        if step is None:
            raise SurveyError(
                vi="Mã không khớp. Hãy nhập 6 chữ số đang hiện trong ứng dụng; nếu vẫn không khớp, "
                "hãy kiểm tra giờ của điện thoại.",
                en="The code does not fit. Enter the 6 digits that the app shows now; if it still does not fit, "
                "check the telephone's clock.",
            )
        with self._database.writing() as connection:
            connection.execute(_SET, {"of": person_id, "to": key, "step": step})
            return self._new_codes(connection, person_id, "account.second_factor_on", now)

    def new_codes(self, person_id: int, now: datetime | None = None) -> tuple[str, ...]:
        """Return new recovery codes; the old ones stop working."""
        with self._database.writing() as connection:
            return self._new_codes(connection, person_id, "account.recovery_codes", now or self._clock())

    def turn_off(self, person_id: int, by: str) -> None:
        """A password is enough again."""
        with self._database.writing() as connection:
            connection.execute(_SET, {"of": person_id, "to": None, "step": None})
            connection.execute(_DROP_CODES, {"of": person_id})
            connection.execute(_DROP_STEPS, {"of": person_id})
            self._audit(connection, "account.second_factor_off", person_id, by, self._clock())

    def begin(self, person_id: int, now: datetime | None = None) -> str:
        """Return the secret with which the second step goes on; call only after the password was checked."""
        now, token = now or self._clock(), new_token()
        row = {"token_hash": digest(token), "person_id": person_id, "expires_at": now + PATIENCE}
        with self._database.writing() as connection:
            connection.execute(_DROP_OLD, {"now": now})
            connection.execute(_BEGIN, row)
        return token

    def waiting(self, token: str, now: datetime | None = None) -> bool:
        """Whether somebody with this secret may still enter a code."""
        with self._database.reading() as connection:
            return _begun(connection, token, now or self._clock()) is not None

    def finish(self, token: str, code: str, address: str, now: datetime | None = None) -> Person | None:
        """Return who has signed in, or None for a wrong code or one that was used before.

        Raises:
            TooManyAttemptsError: the account or the address has used up its tries.
        """
        now = now or self._clock()
        with self._database.writing_alone(PURPOSE) as connection:
            row = _begun(connection, token, now)
            if row is None:
                return None
            person = to_person(row[3:])
            attempt = reserve_attempt(connection, person.login, address, now)
            if not _takes(connection, person.id, row, code, now):
                note_if_locked(connection, person, attempt, now)
                return None
            connection.execute(_DROP_STEPS, {"of": person.id})
            welcome(connection, person, now)
            return person

    def _new_codes(
        self, connection: Connection, person_id: int, action: str, now: datetime
    ) -> tuple[str, ...]:
        codes = new_recovery_codes()
        connection.execute(_DROP_CODES, {"of": person_id})
        connection.execute(_ADD_CODES, _rows(person_id, codes))
        self._audit(connection, action, person_id, "", now)
        return codes

    def _audit(self, connection: Connection, action: str, person_id: int, by: str, now: datetime) -> None:
        login = connection.execute(_LOGIN, {"of": person_id}).scalar_one()
        write_audit(connection, action, f"account:{person_id}", by=by or login, at=now)


def _rows(person_id: int, codes: Sequence[str]) -> list[dict[str, Any]]:
    return [{"person_id": person_id, "code_hash": _digest(code)} for code in codes]


def _digest(code: str) -> str:
    return digest(clean_recovery_code(code))


def _begun(connection: Connection, token: str, now: datetime) -> Row[*tuple[Any, ...]] | None:
    row = connection.execute(_BEGUN, {"hash": digest(token)}).first()
    return None if row is None or row.totp_key is None or now >= row.expires_at else row


def _takes(
    connection: Connection, person_id: int, row: Row[*tuple[Any, ...]], code: str, now: datetime
) -> bool:
    """Use the code up, if it is one: of the app and newer than the last one, or a recovery code."""
    step = step_of(row.totp_key, code, now)
    if step is not None:
        if row.totp_step is not None and step <= row.totp_step:
            return False
        connection.execute(_SET_STEP, {"of": person_id, "step": step})
        return True
    return connection.execute(_DROP_CODE, {"of": person_id, "hash": _digest(code)}).rowcount == 1
