"""(f1) Killed at any moment: what was acknowledged is there, and nothing is there by half."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults import whole_server
from benchmarks.faults.halves import halves
from benchmarks.faults.inspection import contents, lost
from benchmarks.faults.postgres import Postgres
from benchmarks.faults.rounds import prepared
from benchmarks.faults.table import NotRun, Row, exactly
from benchmarks.faults.workers import Told, Worker
from benchmarks.faults.working import Job

CASE = "f1"
KILLS, SERVER_KILLS = 500, 20
FEW, FEW_OF_SERVER = 12, 2
PER_DATABASE = 25  # kills after which a new database is begun
LONGEST = 0.15  # seconds of work before a kill
EARLY = 0.1  # share of the kills that may come before the worker has begun
ACTS = ("save", "submit", "decide", "reply", "return", "import")


@dataclass
class Count:
    """What was seen over all kills."""

    kills: int = 0
    told: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def take(self, url: str, told: list[Told], fresh: list[Told]) -> None:
        """Look into the database. told: everything acknowledged in it so far, of which `fresh` is new."""
        held = contents(url)
        self.kills += 1
        self.told.update(line["act"] for line in fresh)
        self.lost += lost(held, told)
        self.halves += halves(held)
        if held.integrity != "ok":
            self.broken.append(held.integrity)

    def rows(self, what: str, kills: int) -> list[Row]:
        acknowledged = sum(self.told[act] for act in ACTS)
        parts = ", ".join(f"{self.told[act]:,} {act}" for act in ACTS)
        return [
            exactly(CASE, f"{what}: kills", self.kills, kills),
            exactly(CASE, f"{what}: lost of {acknowledged:,} acknowledged ({parts})", len(self.lost), 0),
            exactly(CASE, f"{what}: changes that are there by half", len(self.halves), 0),
        ]


def run(seed: int, *, quick: bool) -> list[Row | NotRun]:
    kills, of_server = (FEW, FEW_OF_SERVER) if quick else (KILLS, SERVER_KILLS)
    with TemporaryDirectory() as folder:
        count = sqlite(Path(folder), seed, kills)
        rows: list[Row | NotRun] = [*count.rows("SQLite, SIGKILL", kills)]
        rows.append(exactly(CASE, "SQLite: integrity_check not ok after a kill", len(count.broken), 0))
        rows += whole_server.run(Path(folder), seed, FEW_OF_SERVER if quick else SERVER_KILLS)
    if Postgres.programs() is None:
        return [*rows, NotRun(CASE, "PostgreSQL", "its programs are not installed")]
    with Postgres() as server:
        rows += postgresql(server, seed, kills).rows("PostgreSQL, client, SIGKILL", kills)
        rows += postgresql_itself(server, seed, of_server).rows("PostgreSQL, server, immediate", of_server)
    return rows


def sqlite(folder: Path, seed: int, kills: int) -> Count:
    return _killed(lambda number: f"sqlite:///{folder / f'{number}.db'}", seed, kills)


def postgresql(server: Postgres, seed: int, kills: int) -> Count:
    return _killed(lambda _number: server.new_database(), seed, kills)


def _killed(new_database: Callable[[int], str], seed: int, kills: int) -> Count:
    chance, count = random.Random(seed), Count()
    for number in range(kills):
        if number % PER_DATABASE == 0:
            url, told = new_database(number), list[Told]()
            questions = prepared(url)
        worker = Worker(Job(url, f"w{number}", chance.randrange(2**32), questions))
        if chance.random() > EARLY:
            worker.wait_until_begun()
        worker.listen(chance.uniform(0, LONGEST))
        worker.kill()
        told += worker.told
        count.take(url, told, worker.told)
    return count


def postgresql_itself(server: Postgres, seed: int, kills: int) -> Count:
    """The database server ends without warning; the worker goes on by itself once it is back."""
    chance, count = random.Random(seed), Count()
    url = server.new_database()
    questions = prepared(url)
    with at_work(Job(url, "s", seed, questions, lock_wait=2.0)) as worker:
        for _ in range(kills):
            seen = len(worker.told)
            worker.listen(chance.uniform(0.1, 0.6))
            server.stop_at_once()
            worker.listen(0.2)
            server.start()
            back = len(worker.told)
            worker.listen_for(ACTS, after=back)
            worker.freeze()
            count.take(url, worker.told, worker.told[seen:])
            worker.thaw()
    return count


@contextmanager
def at_work(job: Job) -> Iterator[Worker]:
    worker = Worker(job)
    try:
        worker.wait_until_begun()
        yield worker
    finally:
        worker.kill()
