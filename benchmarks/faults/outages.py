"""(f7) The database fails under the running server: a plain sentence, no loss, and on it goes by itself.

One person sits at the answer page of the real server. Before, during and after each outage they answer one
question more. What said «Đã lưu» must be there; during the outage nothing may say so, and the page must tell
what is the matter in one sentence; afterwards the same server takes the same answer again.
"""

import asyncio
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.answering import ANSWER_PAGE, NOT_SAVED, SAVED
from benchmarks.faults import disks, outages_of_store
from benchmarks.faults.postgres import Postgres, give_to_owner
from benchmarks.faults.real_server import RealServer
from benchmarks.faults.table import NotRun, Row, exactly
from benchmarks.person import Person, Reply, Widget
from benchmarks.visitors import sign_in
from survey.opening import PURPOSE, REAL
from survey.rounds import RoundState
from survey.sample.loading import load_sample
from survey.store import Store

CASE = "f7"
LOGIN, LIBRARY = "laichau", "lai_chau"  # a draft of the sample
FIELDS = ("A2.value", "A3.value")
SENTENCE = "CHƯA lưu được: "
UNREADABLE = "Không đọc được dữ liệu"
FULL, BUSY = "đĩa của máy chủ đã đầy", "đang bận"
READ_ONLY, SILENT = "chế độ chỉ đọc", "không trả lời"
ROOM = 400  # answers
LOCKED_FOR, LOCKED_BRIEFLY = 30.0, 12.0  # seconds; a save waits for ten
SMALL, LARGER = 12 << 20, 64 << 20  # bytes of the disks that are filled
NO_SMALL_DISK = "a small disk can be mounted on Linux by root only"


@dataclass
class Outage:
    """What happened to one person while something failed."""

    name: str
    words: str
    sentences: list[str] = field(default_factory=list)
    wrongly_saved: int = 0
    recovered: bool = False
    lost: int = 0

    def rows(self) -> list[Row]:
        told = (
            [exactly(CASE, f"{self.name}: told «{self.words}»", int(self._was_told), 1)] if self.words else []
        )
        return [
            *told,
            exactly(
                CASE,
                f"{self.name}: answers that said «Đã lưu» and are not there",
                self.lost + self.wrongly_saved,
                0,
            ),
            exactly(CASE, f"{self.name}: the same server saves again afterwards", int(self.recovered), 1),
        ]

    @property
    def _was_told(self) -> bool:
        return bool(self.sentences) and all(self.words in said for said in self.sentences)


@dataclass
class Seat:
    """A person at the answer page, and a look into the database past the server."""

    server: RealServer
    url: str
    round_id: str
    given: int = 100

    async def sit_through(self, outage: Outage, begin: Callable[[], None], end: Callable[[], None]) -> None:
        """Answer, let it fail, answer, mend it, and answer again."""
        cookies = await asyncio.to_thread(sign_in, self.server.port, LOGIN)
        async with Person(self.server.port, ANSWER_PAGE, "muc=A", cookies) as person:
            await person.open()
            first, second = map(person.named, FIELDS)
            outage.lost += not await self._save(person, first)
            kept = self.given
            await asyncio.to_thread(begin)
            try:
                await self._answer_until_told(person, second, outage)
            finally:
                await asyncio.to_thread(end)
            outage.recovered = await self._recovers(person, second)
            outage.lost += not self._stands("A2", kept)

    async def _answer_until_told(self, person: Person, widget: Widget, outage: Outage) -> None:
        """Answer until the page says what is the matter: there may be room for a few more on a full disk."""
        for _ in range(ROOM if outage.words else 1):
            said = await self._give(person, widget)
            if not _says_saved(said):
                outage.sentences.append(said.html)
                return
            outage.wrongly_saved += not self._stands(widget.key.partition(".")[0], self.given)

    async def _recovers(self, person: Person, widget: Widget, within: float = 30.0) -> bool:
        until = time.monotonic() + within
        while time.monotonic() < until:
            if await self._save(person, widget):
                return True
            await asyncio.sleep(0.5)
        return False

    async def _save(self, person: Person, widget: Widget) -> bool:
        """Whether the page says so, and the database too."""
        reply = await self._give(person, widget)
        return _says_saved(reply) and self._stands(widget.key.partition(".")[0], self.given)

    async def _give(self, person: Person, widget: Widget) -> Reply:
        self.given += 1
        return await person.change(widget, str(self.given))

    def _stands(self, question: str, value: int) -> bool:
        with closing(Store.open(self.url)) as store:
            return store.answers.response(self.round_id, LIBRARY).answer(question).value == value


def _says_saved(reply: Reply) -> bool:
    return bool(SAVED.search(reply.html)) and NOT_SAVED not in reply.html and SENTENCE not in reply.html


def run(seed: int, *, quick: bool) -> list[Row | NotRun]:  # noqa: ARG001 - nothing is left to chance
    rows = of_sqlite(LOCKED_BRIEFLY if quick else LOCKED_FOR)
    rows += outages_of_store.run()
    if Postgres.programs() is None:
        return [*rows, NotRun(CASE, "PostgreSQL", "its programs are not installed")]
    return rows + of_postgresql()


@dataclass(frozen=True)
class Trial:
    """One outage by name: what the page must say, how it begins and how it ends."""

    name: str
    words: str
    begin: Callable[[], None]
    end: Callable[[], None]


def _sit_through(seat: Seat, engine: str, trials: list[Trial]) -> list[Row | NotRun]:
    rows: list[Row | NotRun] = []
    for trial in trials:
        outage = Outage(f"{engine}, {trial.name}", trial.words)
        asyncio.run(seat.sit_through(outage, trial.begin, trial.end))
        rows += outage.rows()
    return rows


def of_sqlite(locked: float | None) -> list[Row | NotRun]:
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        disk, away = folder / "disk", folder / "away"
        small = stack.enter_context(disks.small_disk(disk, SMALL))
        away.mkdir()
        file = disk / "thuoc-so.db"
        url = f"sqlite:///{file}"
        round_id = real_database(url)
        trials = [
            Trial("file vanished, came back", SILENT, lambda: _move(disk, away), lambda: _move(away, disk)),
        ]
        if locked is not None:
            lock = disks.Lock(file, locked)
            name = f"locked for {locked:.0f} s by another program"
            trials.insert(0, Trial(name, BUSY, lock.take, lock.wait))
        if small:
            full = Trial("disk full", FULL, lambda: disks.fill(disk), lambda: disks.empty(disk))
            trials.insert(0, full)
        server = stack.enter_context(RealServer({"DATABASE_URL": url}, folder / "server.log"))
        rows = _sit_through(Seat(server, url, round_id), "SQLite", trials)
        return rows if small else [*rows, NotRun(CASE, "SQLite, disk full", NO_SMALL_DISK)]


def of_postgresql() -> list[Row | NotRun]:
    with Postgres() as postgres, TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        disk = folder / "disk"
        small = stack.enter_context(disks.small_disk(disk, LARGER))
        if small:
            (disk / "space").mkdir()
            give_to_owner(disk / "space")
            postgres.command(f"CREATE TABLESPACE small LOCATION '{disk / 'space'}'")
        url = postgres.new_database(tablespace="small" if small else "")
        round_id = real_database(url)
        holder = disks.RowLock(url, round_id)
        trials = [
            Trial("ended at once, started again", SILENT, postgres.stop_at_once, postgres.start),
            Trial("restarted between two clicks", "", postgres.restart, _nothing),
            Trial("locked by another program", BUSY, holder.take, holder.release),
            Trial("turned read-only", READ_ONLY, lambda: disks.set_read_only(url, on=True),
                  lambda: disks.set_read_only(url, on=False)),
        ]  # fmt: skip
        if small:
            full = Trial("disk full", FULL, lambda: disks.fill(disk), lambda: disks.empty(disk))
            trials.append(full)
        server = stack.enter_context(RealServer({"DATABASE_URL": url}, folder / "server.log"))
        rows = _sit_through(Seat(server, url, round_id), "PostgreSQL", trials)
        server.__exit__(None, None, None)
        postgres.stop_at_once()  # before its tablespace goes
        return rows if small else [*rows, NotRun(CASE, "PostgreSQL, disk full", NO_SMALL_DISK)]


def real_database(url: str) -> str:
    """Put the invented rounds where the product will take them for real ones; the open round's id."""
    with closing(Store.open(url)) as store:
        load_sample(store)
        store.settings.put(PURPOSE, REAL)
        return next(entry.id for entry in store.rounds.all() if entry.state is RoundState.OPEN)


def _nothing() -> None:
    pass


def _move(source: Path, target: Path) -> None:
    for file in source.glob("thuoc-so.db*"):
        shutil.move(file, target / file.name)
