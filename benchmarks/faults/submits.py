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
from typing import Any

from benchmarks.faults.inspection import contents
from benchmarks.faults.postgres import Postgres
from benchmarks.faults.real_server import RealServer, sample_server
from benchmarks.faults.rounds import LIBRARIES, ROUND, prepared
from benchmarks.faults.table import NotRun, Row, exactly
from benchmarks.faults.workers import processes
from benchmarks.person import Person
from benchmarks.visitors import sign_in
from survey.framework import Framework, load_framework
from survey.framework.loading import DATA
from survey.response import Answer, AnswerState, Document
from survey.sending import find_obstacles
from survey.store import Store

CASE = "f4"
AT_ONCE = 20
TURNS, FEW = 10, 2
SENT = "submitted"
CHECK_PAGE, GAPS = "kiem-tra", "send with gaps"
SEND = "Gửi phiếu"
LOGIN, LIBRARY = "sonla", "son_la"
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
        submissions = different = 0
        for _ in range(turns):
            url = new_database()
            prepared(url)
            answers = send(url, AT_ONCE)
            submissions += sent_times(url, LIBRARIES[0])
            different += len(answers) - answers.count(answers[0])
        done = f"{what}: {AT_ONCE} {kind} at once, {turns} times: "
        rows.append(exactly(CASE, f"{done}submissions", submissions, turns))
        rows.append(exactly(CASE, f"{done}answers unlike the first", different, 0))
    url = new_database()
    prepared(url)
    rows.append(
        exactly(CASE, f"{what}: sent again a day, a month and a year later: other answers", replayed(url), 0)
    )
    rows.append(exactly(CASE, f"{what}: submissions after that", sent_times(url, LIBRARIES[0]), 1))
    return rows


def by_threads(url: str, people: int) -> list[str]:
    """What each of so many threads of one server is answered."""
    start = threading.Barrier(people)
    with closing(Store.open(url)) as store, ThreadPoolExecutor(people) as pool:

        def send(_number: int) -> str:
            start.wait()
            return repr(store.answers.submit(ROUND, LIBRARIES[0], "lan"))

        return list(pool.map(send, range(people)))


def by_processes(url: str, people: int) -> list[str]:
    """What each of so many processes with a connection of its own is answered."""
    context = processes()
    start, answers = context.Barrier(people), context.Queue()
    started = [
        context.Process(target=_send_once, args=(url, start, answers), daemon=True) for _ in range(people)
    ]
    for process in started:
        process.start()
    try:
        return [answers.get(timeout=120) for _ in started]
    finally:
        for process in started:
            process.join(10)


def _send_once(url: str, start: Barrier, answers: Any) -> None:  # noqa: ANN401 - a queue of any context
    store = Store.open(url)
    start.wait(120)
    answers.put(repr(store.answers.submit(ROUND, LIBRARIES[0], "lan")))
    store.close()


def replayed(url: str) -> int:
    """How many of the later answers differ from the first."""
    now = datetime(2026, 3, 1, 8, tzinfo=UTC)
    with closing(Store.open(url, clock=lambda: now)) as store:
        first = store.answers.submit(ROUND, LIBRARIES[0], "lan", today=now.date())
        others = []
        for days in (1, 31, 365):
            now += timedelta(days=days)
            others.append(store.answers.submit(ROUND, LIBRARIES[0], "lan", today=date(2999, 1, 1)))
    return sum(other != first for other in others)


def sent_times(url: str, library: str) -> int:
    """How often the audit trail says that the response was sent."""
    return sum(
        action == "response.state" and new.get("state") == SENT and thing.endswith(f"/{library}")
        for action, thing, _old, new, _by in contents(url).audit
    )


def clicked(folder: Path) -> list[Row]:
    place = folder / "clicks"
    place.mkdir()
    server, file, round_id = sample_server(place)
    make_complete(file, round_id)
    url = f"sqlite:///{file}"
    before = sent_times(url, LIBRARY)
    with server:
        asyncio.run(_click(server, CLICKS))
    done = f"real websockets: {CLICKS} clicks in two tabs, then the same a third time"
    return [exactly(CASE, f"{done}: submissions", sent_times(url, LIBRARY) - before, 1)]


async def _click(server: RealServer, clicks: int) -> None:
    """Press «Gửi phiếu» without waiting for anything, in two tabs; then once more in a stale third one."""
    cookies = await asyncio.to_thread(sign_in, server.port, LOGIN)
    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(Person(server.port, CHECK_PAGE, "", cookies)) for _ in range(3)
        ]
        for tab in tabs:
            await tab.open()
            gaps = [widget for widget in tab.widgets.values() if widget.key == GAPS]
            if gaps:
                await tab.change(gaps[0], True)
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
