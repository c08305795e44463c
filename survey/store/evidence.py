"""Evidence files: bytes in a folder under their SHA-256, who gave which to what library in a table."""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from survey.errors import StorageError, SurveyError
from survey.evidence import CheckedFile
from survey.store.audit import write_audit
from survey.store.engine import Database
from survey.store.schema import evidence_file as table

MOST_OF_LIBRARY = 500
BLOCK = 1 << 20
_COLUMNS = (
    table.c.library_id,
    table.c.sha256,
    table.c.name,
    table.c.media_type,
    table.c.size,
    table.c.given_by,
    table.c.given_at,
)
_ALL = select(*_COLUMNS).order_by(table.c.library_id, table.c.given_at.desc(), table.c.sha256)
_OF_LIBRARY = _ALL.where(table.c.library_id == bindparam("library"))
_ONE = _OF_LIBRARY.where(table.c.sha256 == bindparam("digest"))
_ADD = insert(table)


@dataclass(frozen=True)
class EvidenceFile:
    """A file on the shelf of one library."""

    library_id: str
    sha256: str
    name: str
    media_type: str
    size: int
    given_by: str
    given_at: datetime


class FileFault(StrEnum):
    MISSING = "missing"
    ALTERED = "altered"


class EvidenceFiles:
    """The shelf of every library. A file is kept once, however many libraries and answers use it."""

    def __init__(self, database: Database, clock: Callable[[], datetime], folder: Path) -> None:
        self._database = database
        self._clock = clock
        self._folder = folder

    def keep(self, library_id: str, file: CheckedFile, by: str) -> EvidenceFile:
        """Put a file on a library's shelf; the same bytes a second time change nothing.

        Raises:
            SurveyError: the shelf is full.
            StorageError: the folder or the database does not take it; nothing is on the shelf then.
        """
        digest = hashlib.sha256(file.content).hexdigest()
        held = self.all(library_id)
        there = next((one for one in held if one.sha256 == digest), None)
        if there is not None and self._path(digest).is_file():
            return there
        if there is None and len(held) >= MOST_OF_LIBRARY:
            raise _shelf_full()
        # The bytes first: a row never names a file that is not there.
        self._write(digest, file.content)
        if there is not None:
            return there
        entry = EvidenceFile(
            library_id, digest, file.name, file.media_type, len(file.content), by, self._clock()
        )
        with suppress(IntegrityError), self._database.writing() as connection:
            # Somebody who gave the same file at the same moment was first: then it is there.
            if connection.execute(_ONE, {"library": library_id, "digest": digest}).first() is None:
                connection.execute(_ADD, asdict(entry))
                write_audit(
                    connection,
                    "evidence.keep",
                    f"evidence:{library_id}/{digest}",
                    by=by,
                    at=entry.given_at,
                    new={"name": entry.name, "size": entry.size},
                )
        return entry

    def all(self, library_id: str) -> tuple[EvidenceFile, ...]:
        """Return a library's files, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(_OF_LIBRARY, {"library": library_id})
            return tuple(EvidenceFile(*row) for row in rows)

    def get(self, library_id: str, sha256: str) -> EvidenceFile | None:
        with self._database.reading() as connection:
            row = connection.execute(_ONE, {"library": library_id, "digest": sha256}).first()
        return None if row is None else EvidenceFile(*row)

    def read(self, file: EvidenceFile) -> bytes:
        """Return the bytes.

        Raises:
            StorageError: they are gone, or are not those that were given.
        """
        try:
            content = self._path(file.sha256).read_bytes()
        except OSError as error:
            raise _not_readable(file.name) from error
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise _not_readable(file.name)
        return content

    def faults(self) -> Iterator[tuple[EvidenceFile, FileFault]]:
        """Look at every file: which are gone, which are others than those that were given."""
        with self._database.reading() as connection:
            files = [EvidenceFile(*row) for row in connection.execute(_ALL)]
        for file in files:
            path = self._path(file.sha256)
            if not path.is_file():
                yield file, FileFault.MISSING
            elif _digest(path) != file.sha256:
                yield file, FileFault.ALTERED

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _write(self, sha256: str, content: bytes) -> None:
        target = self._path(sha256)
        unfinished = target.with_name(f".{secrets.token_hex(8)}.unfinished")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
            unfinished.replace(target)
        except OSError as error:
            raise _not_written() from error
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while block := opened.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _shelf_full() -> SurveyError:
    return SurveyError(
        vi=f"Kho tài liệu của thư viện đã có {MOST_OF_LIBRARY} tệp, không nhận thêm. "
        "Hãy dùng lại tệp đã có, gộp các văn bản thành một tệp, hoặc ghi đường dẫn.",
        en=f"The library's shelf holds {MOST_OF_LIBRARY} files and takes no more. "
        "Use a file again, put documents into one file, or give a link.",
    )


def _not_written() -> StorageError:
    return StorageError(
        vi="Chưa lưu được tệp: máy chủ không ghi được vào kho tài liệu (đĩa đầy hoặc thiếu quyền). "
        "Hãy báo người quản trị rồi tải lên lại.",
        en="The file was not kept: the server cannot write to its folder (disk full, or no right to write). "
        "Tell the administrator, then upload it again.",
    )


def _not_readable(name: str) -> StorageError:
    return StorageError(
        vi=f"Tệp «{name}» không còn nguyên vẹn trên máy chủ nên không gửi ra. Hãy báo người quản trị khôi phục từ bản sao lưu.",
        en=f"The file “{name}” is no longer whole on the server, so it is not handed out. Ask the administrator to restore it.",
    )
