"""Write everything into one file while the server goes on: tables in one snapshot, evidence beside them.

A dump of our own, since it needs no program of the database's, reads the same from SQLite and
PostgreSQL, and so also moves an installation from one to the other.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from survey.store.archive import BLOCK, ArchiveWriter, Manifest, new_archive
from survey.store.engine import Database
from survey.store.migrating import schema_version
from survey.store.schema import audit_head, metadata, session, setting, setup_token, sign_in_attempt
from survey.store.verifying import Anchor

# A restored backup lets nobody in: who is signed in, tries and links are of the moment only.
OF_THE_MOMENT = frozenset({session.name, sign_in_attempt.name, setup_token.name})
TABLES, FILES = "tables/", "evidence/"


def write_backup(database: Database, path: Path, *, evidence: Path, now: datetime) -> Manifest:
    """Write a backup to `path`, for the owner alone.

    evidence: the folder of evidence files; it need not exist.

    Raises:
        StorageError: the database does not answer, or the file cannot be written.
    """
    version = schema_version(database)
    with new_archive(path) as archive, database.reading() as connection:
        anchor = Anchor(*connection.execute(select(audit_head.c.count, audit_head.c.digest)).one())
        purpose = connection.execute(select(setting.c.value).where(setting.c.name == "purpose")).scalar()
        for table in metadata.sorted_tables:
            if table.name not in OF_THE_MOMENT:
                archive.add(f"{TABLES}{table.name}.jsonl", _rows(connection, table), rows=True)
        _add_evidence(archive, evidence)
        manifest = Manifest(
            schema=version,
            created_at=now.isoformat(timespec="seconds"),
            purpose=purpose or "",
            anchor=str(anchor),
            parts=tuple(archive.parts),
        )
        archive.close_with(manifest)
    return manifest


def _rows(connection: Connection, table: Table) -> Iterator[bytes]:
    order = list(table.primary_key.columns)
    for row in connection.execution_options(yield_per=1_000).execute(select(table).order_by(*order)):
        yield (json.dumps(dict(row._mapping), ensure_ascii=False, default=_plain) + "\n").encode()


def _plain(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a backup")


def _add_evidence(archive: ArchiveWriter, folder: Path) -> None:
    """Files are named by their content and never change, so they need no snapshot."""
    for file in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if file.is_file() and not file.name.startswith("."):
            archive.add(f"{FILES}{file.relative_to(folder).as_posix()}", _blocks(file))


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            yield block
