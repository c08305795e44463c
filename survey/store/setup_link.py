"""The one-time link with which the first administrator is made."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select

from survey.errors import SurveyError
from survey.store.schema import account, setup_token
from survey.store.tokens import digest, new_token

LIFETIME = timedelta(hours=24)

_REMOVE = delete(setup_token)
_ADD = insert(setup_token).inline()
_EXPIRES_AT = select(setup_token.c.expires_at).where(setup_token.c.token_hash == bindparam("hash"))
_ANY_ACCOUNT = select(account.c.id).limit(1)


def has_accounts(connection: Connection) -> bool:
    return connection.execute(_ANY_ACCOUNT).first() is not None


def replace_token(connection: Connection, now: datetime) -> str:
    """Return a new token; every older one stops working.

    Raises:
        SurveyError: there are accounts already.
    """
    if has_accounts(connection):
        raise SurveyError(
            vi="Đã có tài khoản, nên không tạo được liên kết thiết lập. Hãy đăng nhập.",
            en="There are accounts already, so no set-up link is made. Sign in.",
        )
    token = new_token()
    connection.execute(_REMOVE)
    connection.execute(_ADD, {"token_hash": digest(token), "expires_at": now + LIFETIME})
    return token


def is_valid(connection: Connection, token: str, now: datetime) -> bool:
    expires_at = connection.execute(_EXPIRES_AT, {"hash": digest(token)}).scalar_one_or_none()
    return expires_at is not None and now < expires_at and not has_accounts(connection)


def require_valid(connection: Connection, token: str, now: datetime) -> None:
    """Raises SurveyError: the link was used, replaced, or is too old."""
    if not is_valid(connection, token, now):
        raise SurveyError(
            vi="Liên kết thiết lập đã được dùng hoặc đã hết hạn. Hãy khởi động lại máy chủ để có liên kết "
            "mới, hoặc đăng nhập nếu đã có tài khoản.",
            en="The set-up link was used or has expired. Restart the server for a new one, or sign in if you "
            "have an account.",
        )


def use_up(connection: Connection) -> None:
    connection.execute(_REMOVE)
