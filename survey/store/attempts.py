"""How often a password may be guessed, counted before the guess is looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from survey.errors import SurveyError
from survey.store.account_rows import clean_login
from survey.store.schema import sign_in_attempt as attempt
from survey.store.tokens import digest

ACCOUNT_LIMIT = 5
# A library's people share one address, and so do the libraries of one network.
ADDRESS_LIMIT = 30
WINDOW = timedelta(minutes=15)

_FORGET_OLD = delete(attempt).where(attempt.c.tried_at <= bindparam("before"))
_FORGET = delete(attempt).where(attempt.c.login_hash == bindparam("login"))
_COUNT = select(
    select(func.count()).where(attempt.c.login_hash == bindparam("login")).scalar_subquery(),
    select(func.count()).where(attempt.c.address_hash == bindparam("address")).scalar_subquery(),
)
_ADD = insert(attempt).returning(attempt.c.id)
_RELEASE = delete(attempt).where(attempt.c.id == bindparam("number"))
_USED_UP = (
    select(attempt.c.login_hash)
    .where(attempt.c.tried_at > bindparam("after"))
    .group_by(attempt.c.login_hash)
    .having(func.count() >= ACCOUNT_LIMIT)
)


@dataclass(frozen=True)
class Attempt:
    """A try that was counted. tries: how many the account has had by now, this one included."""

    number: int
    tries: int


class TooManyAttemptsError(SurveyError):
    """The limit is reached; says the same for accounts that exist and those that do not."""

    def __init__(self) -> None:
        minutes = int(WINDOW.total_seconds() // 60)
        super().__init__(
            vi=f"Đã nhập sai quá nhiều lần. Hãy chờ {minutes} phút rồi thử lại, hoặc nhờ người quản trị "
            "đặt lại mật khẩu.",
            en=f"Too many wrong tries. Wait {minutes} minutes and try again, or ask the administrator to "
            "reset the password.",
        )


def reserve_attempt(connection: Connection, login: str, address: str, now: datetime) -> Attempt:
    """Count one try, whatever comes of it.

    The try counts before the password is verified, in a transaction that runs alone: guesses made
    at the same moment cannot all slip past the same count. Neither names nor addresses are kept,
    since a password typed into the field of the login would be among them.

    Raises:
        TooManyAttemptsError: the account or the address has used up its tries.
    """
    login_hash, address_hash = digest(clean_login(login)), digest(address)
    connection.execute(_FORGET_OLD, {"before": now - WINDOW})
    of_login, of_address = connection.execute(_COUNT, {"login": login_hash, "address": address_hash}).one()
    if of_login >= ACCOUNT_LIMIT or of_address >= ADDRESS_LIMIT:
        raise TooManyAttemptsError
    row = {"login_hash": login_hash, "address_hash": address_hash, "tried_at": now}
    return Attempt(connection.execute(_ADD, row).scalar_one(), int(of_login) + 1)


def release_attempt(connection: Connection, reserved: Attempt) -> None:
    """This one try no longer counts; the account's other ones still do."""
    connection.execute(_RELEASE, {"number": reserved.number})


def forget_attempts(connection: Connection, login: str) -> None:
    """The account's tries no longer count; those of the address on other accounts still do."""
    connection.execute(_FORGET, {"login": digest(clean_login(login))})


def used_up(connection: Connection, logins: Iterable[str], now: datetime) -> frozenset[str]:
    """Those of `logins` that must wait."""
    hashes = set(connection.execute(_USED_UP, {"after": now - WINDOW}).scalars())
    return frozenset(login for login in logins if digest(clean_login(login)) in hashes)
