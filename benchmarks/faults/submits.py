"""(f4) The same response sent many times: at once, by a double click, and again the next day."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.faults import clicks
from benchmarks.faults.people import director_of, people
from benchmarks.faults.postgres import Postgres
from benchmarks.faults.receipts import ONCE, sent_times
from benchmarks.faults.rounds import LIBRARIES, ROUND, prepared
from benchmarks.faults.table import NotRun, Row, exactly
from benchmarks.faults.workers import processes
from survey.access import Person
from survey.store import Sending, Sent, Store

CASE = "f4"
AT_ONCE = 20
TURNS, FEW = 10, 2
SENDING = Sending("Nguyễn Văn Minh", "Tôi xác nhận", after=0)


def run(seed: int, *, quick: bool) -> list[Row | NotRun]:  # noqa: ARG001 - nothing here is left to chance but the system
    turns = FEW if quick else TURNS
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows: list[Row | NotRun] = [*_of_database("SQLite", lambda: _sqlite(folder), turns)]
        rows += clicks.clicked(folder)
    if Postgres.programs() is None:
        return [*rows, NotRun(CASE, "PostgreSQL", "its programs are not installed")]
    with Postgres() as server:
        return [*rows, *_of_database("PostgreSQL", server.new_database, turns)]


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / f'{len(list(folder.iterdir()))}.db'}"


def _of_database(what: str, new_database: Callable[[], str], turns: int) -> list[Row]:
    rows = []
    for kind, send in (("threads", by_threads), ("processes", by_processes)):
        once = different = 0
        for _ in range(turns):
            url = _prepared(new_database)
            answers = send(url, AT_ONCE)
            once += sent_times(url, ROUND, LIBRARIES[0]) == ONCE
            different += len(answers) - answers.count(answers[0])
        done = f"{what}: {AT_ONCE} {kind} at once, {turns} times: "
        rows.append(exactly(CASE, f"{done}sent once, with one receipt number", once, turns))
        rows.append(exactly(CASE, f"{done}answers unlike the first", different, 0))
    url = _prepared(new_database)
    rows.append(
        exactly(CASE, f"{what}: sent again a day, a month and a year later: other answers", replayed(url), 0)
    )
    once = sent_times(url, ROUND, LIBRARIES[0]) == ONCE
    rows.append(exactly(CASE, f"{what}: sent once after that, with one receipt number", int(once), 1))
    numbers = sum(len(set(by_libraries(_prepared(new_database)))) for _ in range(turns))
    done = f"{what}: {len(LIBRARIES)} libraries at one moment, {turns} times: receipt numbers"
    return [*rows, exactly(CASE, done, numbers, len(LIBRARIES) * turns)]


def _prepared(new_database: Callable[[], str]) -> str:
    url = new_database()
    prepared(url)
    return url


def _send(store: Store, director: Person, today: date | None = None) -> Sent:
    """Send as the director who saw a response that nobody had sent yet."""
    assert director.library_id is not None
    return store.cycle.submit(ROUND, director.library_id, director, SENDING, today=today)


def by_threads(url: str, number: int) -> list[str]:
    """What each of so many threads of one server is answered."""
    with closing(Store.open(url)) as store:
        director = people(store)[director_of(LIBRARIES[0])]
        return [repr(sent) for sent in _at_once(store, [director] * number)]


def by_libraries(url: str) -> list[str]:
    """The receipt numbers of all libraries, whose directors send at the same moment."""
    with closing(Store.open(url)) as store:
        everybody = people(store)
        sent = _at_once(store, [everybody[director_of(library)] for library in LIBRARIES])
        return [entry.submission.receipt for entry in sent if entry.submission]


def _at_once(store: Store, directors: list[Person]) -> list[Sent]:
    start = threading.Barrier(len(directors))

    def send(director: Person) -> Sent:
        start.wait()
        return _send(store, director)

    with ThreadPoolExecutor(len(directors)) as pool:
        return list(pool.map(send, directors))


def by_processes(url: str, number: int) -> list[str]:
    """What each of so many processes with a connection of its own is answered."""
    context = processes()
    start, answers = context.Barrier(number), context.Queue()
    started = [
        context.Process(target=_send_once, args=(url, start, answers), daemon=True) for _ in range(number)
    ]
    for process in started:
        process.start()
    try:
        return [answers.get(timeout=120) for _ in started]
    finally:
        for process in started:
            process.join(10)


def _send_once(url: str, start: Barrier, answers: Any) -> None:  # noqa: ANN401 - a queue of any context
    with closing(Store.open(url)) as store:
        director = people(store)[director_of(LIBRARIES[0])]
        start.wait(120)
        answers.put(repr(_send(store, director)))


def replayed(url: str) -> int:
    """How many of the later answers differ from the first."""
    now = datetime(2026, 3, 1, 8, tzinfo=UTC)
    with closing(Store.open(url, clock=lambda: now)) as store:
        director = people(store)[director_of(LIBRARIES[0])]
        first = _send(store, director, now.date())
        others = []
        for days in (1, 31, 365):
            now += timedelta(days=days)
            others.append(_send(store, director, date(2999, 1, 1)))
    return sum(other != first for other in others)
