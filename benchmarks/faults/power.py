"""(f2) The power goes: the files as they may be found afterwards, opened by the product.

The writer is frozen at a random moment and its files are copied, which is what the system held. What a disk
would hold of it is less: of everything that was written to the journal after the last sync, any part may be
there, torn in the middle or overwritten by nothing or by rubbish; of a checkpoint that was under way, any page of
the file may be torn. The index (-shm) lives in memory alone.
"""

import os
import random
import shutil
import sys
import time
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults.halves import halves
from benchmarks.faults.inspection import contents, lost
from benchmarks.faults.kills import ACTS, at_work
from benchmarks.faults.people import director_of, people
from benchmarks.faults.rounds import LIBRARIES, ROUND, prepared
from benchmarks.faults.table import NotRun, Row, exactly
from benchmarks.faults.wal import INDEX_HEADER, durable_end_of, is_carrying_over, pages_of, salt_of
from benchmarks.faults.workers import Told, Worker
from benchmarks.faults.working import Job
from survey.errors import SurveyError
from survey.store import Sending, Store

CASE = "f2"
COPIES, FEW = 500, 10
PER_DATABASE = 25
LONGEST = 0.06  # seconds between two copies
CHECKPOINTS = (
    0.3  # share of the copies that wait until pages are being written from the journal into the file
)
LONG_ENOUGH = 2.0  # seconds in which one surely begins
SECTOR = 512  # bytes that a disk writes whole
TAILS = ("whole", "cut", "cut", "sectors", "sectors")
INDEXES = ("copied", "missing", "rubbish")


@dataclass
class Count:
    """What was found. unsynced: copies that had a tail which a power loss may take away."""

    copies: int = 0
    opened: int = 0
    present: int = 0
    acknowledged: int = 0
    unsynced: int = 0
    checkpoints: int = 0
    synced: int = 0
    torn: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def run(seed: int, *, quick: bool) -> list[Row | NotRun]:
    if not sys.platform.startswith("linux"):
        return [NotRun(CASE, "power-loss copies", "the writer can be frozen on Linux only")]
    copies = FEW if quick else COPIES
    with TemporaryDirectory() as folder:
        count = power_losses(Path(folder), seed, copies)
        count.synced = synced_connections(Path(folder) / "settings.db", 3)
    torn = ", ".join(f"{number} {kind}" for kind, number in sorted(count.torn.items()))
    found = f": {count.problems[0]}" if count.problems else ""
    said = f"{count.unsynced} with more in the journal than was synced: {torn}"
    return [
        exactly(
            CASE, "connections that sync each commit (journal WAL, synchronous FULL), of 3", count.synced, 3
        ),
        exactly(CASE, f"copies at random moments that open ({said})", count.opened, copies),
        exactly(CASE, "of them with the last acknowledged commit, and all before it", count.present, copies),
        exactly(CASE, f"of them with a broken file or a change by half{found}", len(count.problems), 0),
        Row(
            CASE,
            "of them in the middle of a checkpoint, its pages in the file torn",
            count.checkpoints,
            least=1,
        ),
        Row(CASE, "acknowledged by then, all databases together", count.acknowledged),
    ]


def power_losses(folder: Path, seed: int, copies: int) -> Count:
    chance, count = random.Random(seed), Count()
    for first in range(0, copies, PER_DATABASE):
        place = folder / f"{first}"
        place.mkdir()
        url = f"sqlite:///{place / 'thuoc-so.db'}"
        job = Job(url, f"p{first}", chance.randrange(2**32), prepared(url))
        with at_work(job) as worker:
            for _ in range(min(PER_DATABASE, copies - first)):
                worker.listen(chance.uniform(0, LONGEST))
                if chance.random() < CHECKPOINTS:
                    _await_checkpoint(worker, place / "thuoc-so.db-shm")
                worker.freeze()
                copy = folder / "copy"
                shutil.copytree(place, copy)
                worker.thaw()
                _lose_power(copy / "thuoc-so.db", worker.told, chance, count)
                _look_into(copy / "thuoc-so.db", worker.told, count)
                shutil.rmtree(copy)
            count.acknowledged += sum(line["act"] in ACTS for line in worker.told)
    return count


def _await_checkpoint(worker: Worker, index: Path) -> None:
    until = time.monotonic() + LONG_ENOUGH
    with index.open("rb", buffering=0) as file:
        while not is_carrying_over(os.pread(file.fileno(), INDEX_HEADER, 0)) and time.monotonic() < until:
            worker.listen(0.0003)


def _lose_power(file: Path, told: list[Told], chance: random.Random, count: Count) -> None:
    journal, index = file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")
    if journal.exists():
        held = journal.read_bytes()
        known = index.read_bytes()[:INDEX_HEADER] if index.exists() else b""
        synced = _synced(held, known, told)
        if is_carrying_over(known):
            count.checkpoints += 1
            _tear_pages(file, held, synced, chance)
        tail = chance.choice(TAILS)
        if len(held) > synced:
            count.unsynced += 1
            count.torn[tail] += 1
        journal.write_bytes(held[:synced] + _torn(held[synced:], tail, chance))
    fate = chance.choice(INDEXES)
    if fate == "missing":
        index.unlink(missing_ok=True)
    elif fate == "rubbish" and index.exists():
        index.write_bytes(chance.randbytes(index.stat().st_size))


def _synced(journal: bytes, index: bytes, told: list[Told]) -> int:
    """How much of the journal was on the disk: up to the last acknowledged act, or to a commit that was synced
    since then and not told yet (its pages may be on their way into the file already).

    A journal that was begun anew: nothing of it is certain, and the file holds what was.
    """
    known = [*(line for line in told if "end" in line), *([durable_end_of(index)] if index else [])]
    return max((line["end"] for line in known if line["salt"] == salt_of(journal)), default=0)


def _tear_pages(file: Path, journal: bytes, synced: int, chance: random.Random) -> None:
    """Spoil in the file whatever is being written into it: the journal holds it still."""
    size, pages = pages_of(journal, synced)
    with file.open("r+b") as held:
        length = held.seek(0, os.SEEK_END)
        for page in sorted(pages):
            if page * size <= length and chance.random() < 0.5:
                held.seek((page - 1) * size + chance.randrange(0, size, SECTOR))
                held.write(chance.randbytes(SECTOR))


def _torn(tail: bytes, how: str, chance: random.Random) -> bytes:
    if how == "cut":
        return tail[: chance.randint(0, len(tail))]
    if how == "sectors":
        sectors = [tail[at : at + SECTOR] for at in range(0, len(tail), SECTOR)]
        return b"".join(
            sector
            if chance.random() < 0.5
            else chance.choice((bytes(len(sector)), chance.randbytes(len(sector))))
            for sector in sectors
        )
    return tail


def _look_into(file: Path, told: list[Told], count: Count) -> None:
    """Open the copy with the product, as the next start does, then past it."""
    count.copies += 1
    url = f"sqlite:///{file}"
    try:
        with closing(Store.open(url)) as store:
            store.answers.responses(ROUND)
            director = people(store)[director_of(LIBRARIES[0])]
            store.cycle.submit(ROUND, LIBRARIES[0], director, Sending("Sau mất điện"))  # takes changes, too
    except SurveyError as error:
        count.problems.append(f"{error.text.en} ({error.__cause__})")
        return
    count.opened += 1
    held = contents(url)
    count.present += not lost(held, told)
    count.problems += halves(held)
    if held.integrity != "ok":
        count.problems.append(held.integrity)


def synced_connections(file: Path, number: int) -> int:
    """How many of the product's connections wait for the disk at each commit; the tails above rest on it."""
    asked = ("PRAGMA synchronous", "PRAGMA journal_mode")
    with closing(Store.open(f"sqlite:///{file}")) as store, ExitStack() as held:
        connections = [held.enter_context(store._database.reading()) for _ in range(number)]
        found = [
            tuple(connection.exec_driver_sql(words).scalar_one() for words in asked)
            for connection in connections
        ]
    return found.count((2, "wal"))
