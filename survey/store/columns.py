"""Column types that clean text and time on their way in and read alike from both databases."""

import unicodedata
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine


def clean_text(text: str) -> str:
    """Return `text` as a database can hold it and as it is compared.

    PostgreSQL refuses NUL, neither driver can encode half of a surrogate pair, and the same
    Vietnamese word typed on two keyboards is equal only after NFC.

    >>> clean_text("Thu\\u031bvie\\u0323\\u0302n\\x00")
    'Thưviện'
    >>> clean_text("a\\ud800b")
    'a\\ufffdb'
    """
    if not text.isascii():
        if not _encodable(text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = unicodedata.normalize("NFC", text)
    return text.replace("\0", "")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Words(TypeDecorator[str]):
    """Text, cleaned whenever it is stored or looked up."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else clean_text(value)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: `timestamptz` in PostgreSQL, ISO text that sorts by time in SQLite."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone, so it names no moment")
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401
        if value is None:
            return None
        # PostgreSQL answers in the time zone of the connection.
        return datetime.fromisoformat(value) if dialect.name == "sqlite" else value.astimezone(UTC)
