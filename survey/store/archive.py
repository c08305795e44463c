"""The file of a backup: a zip of tables and evidence, with a manifest that knows the digest of each part."""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from survey.errors import StorageError

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK = 1 << 20
# What a zip that was hurt may end in; NotImplementedError where a bit asks for an unknown method.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True)
class Part:
    """One file inside: its name, digest and size; rows for a table."""

    name: str
    sha256: str
    size: int
    rows: int | None = None


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. anchor: the audit trail's length and newest digest at that moment."""

    schema: str
    created_at: str
    purpose: str
    anchor: str
    parts: tuple[Part, ...] = ()
    format: int = FORMAT


@dataclass
class ArchiveWriter:
    """Writes parts one after the other, never holding more than a block of one."""

    _zip: zipfile.ZipFile
    parts: list[Part] = field(default_factory=list)

    def add(self, name: str, content: Iterable[bytes], *, rows: bool = False) -> Part:
        """Add a part; with `rows`, each piece of `content` counts as a row."""
        digest, size, count = hashlib.sha256(), 0, 0
        with self._zip.open(name, "w", force_zip64=True) as target:
            for piece in content:
                digest.update(piece)
                size += len(piece)
                count += 1
                target.write(piece)
        part = Part(name, digest.hexdigest(), size, count if rows else None)
        self.parts.append(part)
        return part

    def close_with(self, manifest: Manifest) -> None:
        content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        self._zip.writestr(MANIFEST, content)
        self._zip.comment = hashlib.sha256(content).hexdigest().encode()


@contextmanager
def new_archive(path: Path) -> Iterator[ArchiveWriter]:
    """A file for the owner alone that takes its name only when it is whole and on the disk.

    Raises:
        StorageError: the file cannot be written; what stood under the name stays.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                yield ArchiveWriter(archive)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


@contextmanager
def open_archive(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup of which every part was compared with its digest.

    Raises:
        StorageError: it is no backup, or not the one that was written.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _checked(archive, path)
    except FileNotFoundError as error:
        raise StorageError(
            vi=f"Không có tệp {path}. Hãy kiểm tra tên và đường dẫn của bản sao lưu.",
            en=f"There is no file {path}. Check the name and path of the backup.",
        ) from error
    except UNREADABLE as error:
        raise damaged(path) from error


def lines(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    with archive.open(name) as part:
        for line in part:
            yield line.decode()


def _checked(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        content = archive.read(MANIFEST)
        if hashlib.sha256(content).hexdigest().encode() != archive.comment:
            raise damaged(path)
        told = json.loads(content)
        parts = tuple(Part(**part) for part in told.pop("parts"))
        manifest = Manifest(parts=parts, **told)
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(path) from error
    if manifest.format != FORMAT:
        raise StorageError(
            vi=f"Bản sao lưu {path} có dạng {manifest.format} mà chương trình này chưa biết. Hãy dùng bản mới hơn.",
            en=f"The backup {path} has format {manifest.format}, unknown to this program. Use a newer release.",
        )
    inside = {info.filename for info in archive.infolist()} - {MANIFEST}
    if inside != {part.name for part in parts}:
        raise damaged(path)
    for part in parts:
        with archive.open(part.name) as content_of:
            if _digest(content_of) != (part.sha256, part.size):
                raise damaged(path)
    return manifest


def _digest(file: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := file.read(BLOCK):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size


def damaged(path: Path) -> StorageError:
    return StorageError(
        vi=f"Tệp {path} không phải là bản sao lưu còn nguyên vẹn: bị cắt, bị sửa hoặc là tệp khác. "
        "Không có gì được khôi phục. Hãy dùng bản sao lưu khác.",
        en=f"The file {path} is not a whole backup: it was cut, altered or is another file. "
        "Nothing was restored. Use another backup.",
    )


def _cannot_write(path: Path, error: OSError) -> StorageError:
    return StorageError(
        vi=f"Không ghi được bản sao lưu {path} ({error.strerror or error}). "
        "Hãy chọn nơi khác hoặc giải phóng chỗ trống.",
        en=f"The backup {path} cannot be written ({error.strerror or error}). Choose another place or free space.",
    )
