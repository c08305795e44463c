"""(f4) The same response sent many times: at once, by a double click, and again the next day."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, closing
from datetime import UTC, date, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.faults.inspection import contents, is_sending
from benchmarks.faults.people import director_of, people
from benchmarks.faults.postgres import Postgres
from benchmarks.faults.real_server import RealServer, sample_server
from benchmarks.faults.rounds import LIBRARIES, ROUND, prepared
from benchmarks.faults.table import NotRun, Row, exactly
from benchmarks.faults.workers import processes
from benchmarks.person import Person as Visitor
from benchmarks.visitors import sign_in
from survey.access import Person
from survey.framework import Framework, load_framework
from survey.framework.loading import DATA
from survey.response import Answer, AnswerState, Document
from survey.sending import find_obstacles
from survey.store import Sending, Sent, Store

CASE = "f4"
AT_ONCE = 20
TURNS, FEW = 10, 2
CHECK_PAGE, TICKED = "kiem-tra", ("send with gaps", "certified")
SEND = "Gửi phiếu"
SENDING = Sending("Nguyễn Văn Minh", "Tôi xác nhận", after=0)
# A draft of the sample, with no answers of an earlier round to be compared with.
LOGIN, LIBRARY = "phutho", "phu_tho_2025"
CLICKS = 20


def run(seed: int, *, quick: bool) -> list[Row | NotRun]:  # noqa: ARG001 - nothing here is left to chance but the system
    turns = FEW if quick else TURNS
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows: list[Row | NotRun] = [*_of_database("SQLite", lambda: _sqlite(folder), turns)]
        rows += clicked(folder)
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


class Times(NamedTuple):
    """How often a response was sent: by its rows, their receipt numbers, their entries, and the moves of its state."""

    rows: int
    numbers: int
    entries: int
    moves: int


ONCE = Times(1, 1, 1, 1)


def sent_times(url: str, round_id: str, library: str) -> Times:
    held, place = contents(url), (round_id, library)
    serials = [sending.serial for key, sending in held.sendings.items() if key[:2] == place]
    own = [entry for entry in held.audit if entry.place == place]
    entries = sum(entry.action == "response.receipt" for entry in own)
    return Times(len(serials), len(set(serials)), entries, sum(map(is_sending, own)))


def clicked(folder: Path) -> list[Row]:
    place = folder / "clicks"
    place.mkdir()
    server, file, round_id = sample_server(place)
    make_complete(file, round_id)
    url = f"sqlite:///{file}"
    with server:
        asyncio.run(_click(server, CLICKS))
    done = f"real websockets: {CLICKS} clicks in two tabs, then the same a third time"
    once = sent_times(url, round_id, LIBRARY) == ONCE
    return [exactly(CASE, f"{done}: sent once, with one receipt number", int(once), 1)]


async def _click(server: RealServer, clicks: int) -> None:
    """Press «Gửi phiếu» without waiting for anything, in two tabs; then once more in a stale third one."""
    cookies = await asyncio.to_thread(sign_in, server.port, LOGIN)
    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(Visitor(server.port, CHECK_PAGE, "", cookies)) for _ in range(3)
        ]
        for tab in tabs:
            await tab.open()
            for box in [widget for widget in tab.widgets.values() if widget.key in TICKED]:
                await tab.change(box, True)
        for _ in range(clicks // 2):
            for tab in tabs[:2]:
                await tab.send(tab.labelled(SEND), True)
        for tab in tabs[:2]:
            await tab.settle()
        await tabs[2].send(tabs[2].labelled(SEND), True)
        await tabs[2].settle()


def make_complete(file: Path, round_id: str) -> None:
    """Let nothing stand in the way of sending: whatever stops it is taken out of the response."""
    framework = load_framework(DATA / "frameworks" / "qd206.yaml").framework
    with closing(Store.open(f"sqlite:///{file}")) as store:
        for _ in range(5):
            stopping = _stopping(store, round_id, framework)
            if not stopping:
                return
            for name in stopping:
                _take_out(store, round_id, name)
    raise RuntimeError(f"the response still cannot be sent: {stopping}")


def _stopping(store: Store, round_id: str, framework: Framework) -> set[str]:
    response = store.answers.response(round_id, LIBRARY)
    return {found.question_id for found in find_obstacles(framework, response) if found.stops}


def _take_out(store: Store, round_id: str, question: str) -> None:
    entry = store.answers.response(round_id, LIBRARY).entry(question)
    answer = Answer(state=AnswerState.UNANSWERED, evidence=(Document(number="1/BC"),))
    store.answers.save(round_id, LIBRARY, question, answer, opened_revision=entry.revision, by=LOGIN)
