"""(f4) «Gửi phiếu» pressed many times in several tabs of the real server."""

import asyncio
from contextlib import AsyncExitStack, closing
from pathlib import Path

from benchmarks.faults.real_server import RealServer, sample_server
from benchmarks.faults.receipts import ONCE, sent_times
from benchmarks.faults.table import Row, exactly
from benchmarks.person import Person
from benchmarks.visitors import sign_in
from survey.framework import Framework, load_framework
from survey.framework.loading import DATA
from survey.response import Answer, AnswerState, Document
from survey.sending import find_obstacles
from survey.store import Store

CASE = "f4"
CHECK_PAGE, TICKED = "kiem-tra", ("send with gaps", "certified")
SEND = "Gửi phiếu"
# A draft of the sample, with no answers of an earlier round to be compared with.
LOGIN, LIBRARY = "phutho", "phu_tho_2025"
CLICKS = 20


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
            await stack.enter_async_context(Person(server.port, CHECK_PAGE, "", cookies)) for _ in range(3)
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
