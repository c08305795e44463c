"""The exact text of every framework that a round was opened with."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select

from survey.errors import StorageError
from survey.store.engine import Database
from survey.store.schema import framework

_TEXT = select(framework.c.text).where(framework.c.checksum == bindparam("checksum")).limit(1)
_IS_KEPT = select(framework.c.version).where(
    framework.c.id == bindparam("id"),
    framework.c.version == bindparam("version"),
    framework.c.checksum == bindparam("checksum"),
)
_KEPT = select(framework.c.id, framework.c.version, framework.c.checksum).order_by(
    framework.c.id, framework.c.version, framework.c.checksum
)
_ADD = insert(framework)
_NEWEST = (
    select(framework.c.id, framework.c.version, framework.c.checksum, framework.c.text)
    .where(framework.c.id == bindparam("of_id"))
    .order_by(framework.c.version.desc(), framework.c.checksum)
    .limit(1)
)
KEEPING = 7_102


@dataclass(frozen=True)
class KeptFramework:
    """One text that is kept: which framework, which version, and the SHA-256 of the text."""

    id: str
    version: int
    checksum: str


class Frameworks:
    """Texts by checksum; what is kept is never changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, framework_id: str, version: int, checksum: str, text: str) -> None:
        """Store `text`; keeping the same text again changes nothing.

        Raises:
            ValueError: `checksum` is not the SHA-256 of `text`.
        """
        with self._database.writing_alone(KEEPING) as connection:
            keep_framework(connection, framework_id, version, checksum, text)

    def kept(self) -> tuple[KeptFramework, ...]:
        """Every text that is kept, by id and version."""
        with self._database.reading() as connection:
            return tuple(KeptFramework(*row) for row in connection.execute(_KEPT))

    def newest(self, framework_id: str) -> tuple[KeptFramework, str] | None:
        """The highest version that is kept of a framework, with its text."""
        with self._database.reading() as connection:
            return read_newest(connection, framework_id)

    def text(self, checksum: str) -> str:
        """Raises StorageError: no text with this checksum was kept."""
        with self._database.reading() as connection:
            text = connection.execute(_TEXT, {"checksum": checksum}).scalar_one_or_none()
        if text is None:
            raise StorageError(
                vi=f"Cơ sở dữ liệu không có bộ chỉ số với mã kiểm tra {checksum[:12]}. "
                "Hãy báo người quản trị khôi phục bản sao lưu.",
                en=f"The database holds no framework with the checksum {checksum[:12]}. "
                "Ask the administrator to restore a backup.",
            )
        return str(text)


def read_newest(connection: Connection, framework_id: str) -> tuple[KeptFramework, str] | None:
    row = connection.execute(_NEWEST, {"of_id": framework_id}).first()
    return None if row is None else (KeptFramework(row.id, row.version, row.checksum), str(row.text))


def keep_framework(connection: Connection, framework_id: str, version: int, checksum: str, text: str) -> None:
    if hashlib.sha256(text.encode()).hexdigest() != checksum:
        raise ValueError(f"{checksum} is not the SHA-256 of the text of {framework_id} {version}")
    kept = {"id": framework_id, "version": version, "checksum": checksum}
    if connection.execute(_IS_KEPT, kept).first() is None:
        connection.execute(_ADD, {**kept, "text": text})
