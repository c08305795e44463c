"""(f14) The audit trail is tampered with in five ways, at random places; how often `verify` says so."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults.rounds import LIBRARIES, ROUND, open_round
from benchmarks.faults.table import Row, exactly
from survey.response import Answer, AnswerState
from survey.store import Store
from survey.store.verifying import Tampering

CASE = "f14"
TIMES, FEW = 200, 20
ENTRIES = 60
GUARDS = ("audit_keeps_update", "audit_keeps_delete")
COLUMNS = ("at", "by", "action", "object", "new", "mark", "previous", "digest", "salt")
Tamper = Callable[[sqlite3.Connection, random.Random, list[int]], None]


def run(seed: int, *, quick: bool) -> list[Row]:
    times, chance = FEW if quick else TIMES, random.Random(seed)
    rows = []
    with TemporaryDirectory() as folder:
        untouched = _trail(Path(folder))
        for kind, tamper in KINDS.items():
            found = sum(kind in _told(untouched, tamper, chance) for _ in range(times))
            rows.append(exactly(CASE, f"{kind.value}: found and told by its kind, of {times}", found, times))
        alarms = sum(bool(_told(untouched, _nothing, chance)) for _ in range(FEW))
    return [*rows, exactly(CASE, f"nothing was done: false alarms, of {FEW}", alarms, 0)]


def _trail(folder: Path) -> Path:
    """A database with some entries, without the guards that whoever has the file would drop."""
    path = folder / "trail.db"
    with closing(Store.open(f"sqlite:///{path}")) as store:
        open_round(store)
        for number in range(ENTRIES):
            answer = Answer(state=AnswerState.ANSWERED, value=float(number))
            store.answers.save(ROUND, LIBRARIES[0], "A2", answer, opened_revision=number, by="lan")
    with closing(sqlite3.connect(path)) as database:
        for guard in GUARDS:
            database.execute(f"DROP TRIGGER {guard}")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.commit()
    return path


def _told(untouched: Path, tamper: Tamper, chance: random.Random) -> set[Tampering]:
    path = untouched.with_name("tampered.db")
    shutil.copy(untouched, path)
    with closing(sqlite3.connect(path)) as database:
        rows = [one for (one,) in database.execute("SELECT sequence FROM audit ORDER BY sequence")]
        tamper(database, chance, rows)
        database.commit()
    with closing(Store.open(f"sqlite:///{path}")) as store:
        return {fault.kind for fault in store.audit.verify().faults}


def _change(database: sqlite3.Connection, chance: random.Random, rows: list[int]) -> None:
    column, row = chance.choice(COLUMNS), chance.choice(rows)
    value = "2020-01-01T00:00:00.000000+00:00" if column == "at" else f"khác-{chance.random()}"
    database.execute(f'UPDATE audit SET "{column}" = ? WHERE sequence = ?', (value, row))


def _delete(database: sqlite3.Connection, chance: random.Random, rows: list[int]) -> None:
    database.execute("DELETE FROM audit WHERE sequence = ?", (chance.choice(rows[:-1]),))


def _insert(database: sqlite3.Connection, chance: random.Random, rows: list[int]) -> None:
    """A copy of a row at the end, with a digest of its own."""
    database.execute(
        "INSERT INTO audit SELECT ?, at, by, action, object, old, new, salt, mark, previous, ? "
        "FROM audit WHERE sequence = ?",
        (rows[-1] + 1, f"{chance.getrandbits(256):064x}", chance.choice(rows)),
    )


def _reorder(database: sqlite3.Connection, chance: random.Random, rows: list[int]) -> None:
    first, second = chance.sample(rows, 2)
    for was, to in ((first, -1), (second, first), (-1, second)):
        database.execute("UPDATE audit SET sequence = ? WHERE sequence = ?", (to, was))


def _cut(database: sqlite3.Connection, chance: random.Random, rows: list[int]) -> None:
    database.execute("DELETE FROM audit WHERE sequence > ?", (chance.choice(rows[:-1]),))


def _nothing(_database: sqlite3.Connection, _chance: random.Random, _rows: list[int]) -> None:
    """For the false alarms."""


KINDS: dict[Tampering, Tamper] = {
    Tampering.CHANGED: _change,
    Tampering.DELETED: _delete,
    Tampering.INSERTED: _insert,
    Tampering.REORDERED: _reorder,
    Tampering.CUT: _cut,
}
