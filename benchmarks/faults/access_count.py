"""What the access matrix has found so far, and a database that can be put back as it was."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Rows = Mapping[str, Counter[tuple[Any, ...]]]
# Large and never changed by anybody here, or read by their numbers alone.
UNREAD = ("framework", "audit", "audit_head", "sqlite_sequence")
VOLATILE = {"session": ("last_seen",)}


@dataclass
class Count:
    """Cells, what was given or done in them that must not be, and what was refused wrongly."""

    cells: int = 0
    leaks: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def take(self, what: str, *, expected: bool, happened: bool) -> None:
        self.cells += 1
        if happened and not expected:
            self.leaks.append(what)
        elif expected and not happened:
            self.refused.append(what)


class Copy:
    """A copy of a prepared database, looked at past the product's own code."""

    def __init__(self, prepared: Path, connection: sqlite3.Connection) -> None:
        self._prepared = prepared
        self._connection = connection

    def put_back(self) -> None:
        with closing(sqlite3.connect(self._prepared)) as prepared:
            prepared.backup(self._connection)

    def rows(self) -> Rows:
        """Every row but those of the audit trail."""
        found = {}
        for table in self._tables():
            cursor = self._connection.execute(f'SELECT * FROM "{table}"')
            columns = [entry[0] for entry in cursor.description]
            kept = [at for at, name in enumerate(columns) if name not in VOLATILE.get(table, ())]
            found[table] = Counter(tuple((columns[at], row[at]) for at in kept) for row in cursor)
        return found

    def newest_entry(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(sequence), 0) FROM audit").fetchone()[0])

    def entries_after(self, sequence: int) -> list[tuple[str, str]]:
        """Action and person of what the audit trail says since."""
        return self._connection.execute(
            'SELECT action, "by" FROM audit WHERE sequence > ? ORDER BY sequence', (sequence,)
        ).fetchall()

    def _tables(self) -> list[str]:
        names = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [name for (name,) in names if name not in UNREAD]


@contextmanager
def copy_of(prepared: Path, to: Path) -> Iterator[Copy]:
    with closing(sqlite3.connect(to, isolation_level=None)) as connection:
        copy = Copy(prepared, connection)
        copy.put_back()
        yield copy


def changed(before: Rows, after: Rows) -> list[tuple[str, dict[str, Any]]]:
    """Rows that came or went, by table."""
    return [
        (table, dict(row))
        for table in before.keys() | after.keys()
        for row in (
            *(before.get(table, Counter()) - after.get(table, Counter())),
            *(after.get(table, Counter()) - before.get(table, Counter())),
        )
    ]
