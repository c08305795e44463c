"""Bring a backup into a database, all or nothing: an older schema is brought up to date on the way."""

import json
import os
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import Connection, Date, DateTime, MetaData, Table, func, insert, inspect, select, text

from survey.errors import StorageError
from survey.store.archive import Manifest, damaged, lines, open_archive
from survey.store.backup import FILES, TABLES
from survey.store.engine import Database
from survey.store.migrating import PURPOSE, require_known, upgrade
from survey.store.verifying import verify_trail

AT_ONCE = 1_000
ADDED_BY_PEOPLE = ("account", "round", "response")


def restore_backup(database: Database, path: Path, *, evidence: Path, force: bool, sample: bool) -> Manifest:
    """Put what `path` holds into the database and its evidence into the folder `evidence`.

    Raises:
        StorageError: the file is no whole backup, comes from a newer release, holds sample data
            for a real database (or the other way round), or the database holds something and
            `force` is false. Nothing is changed then.
    """
    with open_archive(path) as (archive, manifest):
        require_known(manifest.schema)
        if (manifest.purpose == "sample") != sample:
            raise _other_purpose(path)
        with database.writing_alone(PURPOSE) as connection:
            if not force and _holds_anything(connection):
                raise _not_empty(database.place)
            _drop_everything(connection)
            upgrade(connection, manifest.schema)
            _fill(connection, archive, manifest)
            upgrade(connection)
            _require_whole(connection, manifest, path)
            # Last, and still before the commit: evidence that nothing names does no harm.
            _put_evidence(archive, manifest, evidence)
    return manifest


def _holds_anything(connection: Connection) -> bool:
    there = set(inspect(connection).get_table_names())
    return any(
        connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first()
        for name in ADDED_BY_PEOPLE
        if name in there
    )


def _drop_everything(connection: Connection) -> None:
    reflected = MetaData()
    reflected.reflect(connection)
    reflected.drop_all(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION IF EXISTS only_ever_added()"))


def _fill(connection: Connection, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    reflected = MetaData()
    reflected.reflect(connection)
    names = {
        part.name.removeprefix(TABLES).removesuffix(".jsonl")
        for part in manifest.parts
        if _is_table(part.name)
    }
    for table in reflected.sorted_tables:
        if table.name in names:
            # Migrations may have put a first row, which the backup has too.
            connection.execute(table.delete())
            rows = map(json.loads, lines(archive, f"{TABLES}{table.name}.jsonl"))
            for some in _several(_typed(table, row) for row in rows):
                connection.execute(insert(table), some)
            _continue_numbers(connection, table)


def _is_table(name: str) -> bool:
    return name.startswith(TABLES)


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row with the days and moments that its columns want; SQLite keeps moments as text."""
    return {name: _value(table.c[name].type, value) for name, value in row.items()}


def _value(kind: object, value: Any) -> Any:  # noqa: ANN401
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _several(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _continue_numbers(connection: Connection, table: Table) -> None:
    """Let PostgreSQL go on counting behind the newest row; SQLite does so by itself."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    counter = connection.execute(
        select(func.pg_get_serial_sequence(f'"{table.name}"', column.name))
    ).scalar_one_or_none()
    newest = connection.execute(select(func.max(column))).scalar_one()
    if counter is not None and newest is not None:
        connection.execute(select(func.setval(counter, newest)))


def _require_whole(connection: Connection, manifest: Manifest, path: Path) -> None:
    verdict = verify_trail(connection)
    if verdict.faults or str(verdict.head) != manifest.anchor:
        raise damaged(path)


def _put_evidence(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    for part in manifest.parts:
        if not part.name.startswith(FILES):
            continue
        inside = PurePosixPath(part.name.removeprefix(FILES))
        if inside.is_absolute() or ".." in inside.parts:
            raise damaged(Path(str(archive.filename)))
        target = folder.joinpath(*inside.parts)
        if target.is_file() and target.stat().st_size == part.size:
            continue
        _write(target, archive.read(part.name))


def _write(target: Path, content: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError(
            vi=f"Không ghi được tài liệu kiểm chứng vào {target.parent} ({error.strerror or error}). "
            "Không có gì được khôi phục. Hãy kiểm tra quyền ghi và chỗ trống.",
            en=f"Evidence cannot be written to {target.parent} ({error.strerror or error}). "
            "Nothing was restored. Check the right to write and free space.",
        ) from error


def _not_empty(place: str) -> StorageError:
    return StorageError(
        vi=f"Cơ sở dữ liệu «{place}» đã có dữ liệu. Không có gì được khôi phục. "
        "Muốn thay toàn bộ dữ liệu đang có, hãy sao lưu rồi chạy lại với --force.",
        en=f"The database “{place}” holds data already. Nothing was restored. "
        "To replace everything in it, make a backup and run this again with --force.",
    )


def _other_purpose(path: Path) -> StorageError:
    return StorageError(
        vi=f"Bản sao lưu {path} và cơ sở dữ liệu khác loại: một bên là dữ liệu minh họa, một bên là dữ liệu thật. "
        "Không có gì được khôi phục. Hãy kiểm tra THUOC_SO_SAMPLE và DATABASE_URL.",
        en=f"The backup {path} and the database differ: one is sample data, the other is real. "
        "Nothing was restored. Check THUOC_SO_SAMPLE and DATABASE_URL.",
    )
