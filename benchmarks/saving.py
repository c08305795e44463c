"""(a) One saved answer: from the browser's message to the last reply, over real websockets."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import crowd
from benchmarks.answering import Answering
from benchmarks.figures import median, p95
from benchmarks.lost import count_lost
from benchmarks.servers import Server, make_sample
from benchmarks.table import Aim, Row, milliseconds

CASE = "a"
ALONE, CLASS, ALL = 1, 13, 50
ROUNDS = 60  # of one person
TURNS, SECONDS = 2, 8.0  # of several people
PAUSE = 0.1
WARM = 5  # rounds that fill caches and are not counted
KINDS = PRODUCT, ONE_TEXT, WHOLE = "product", "one text", "as installed"
INSIDE = "one text inside the product"


@dataclass
class Times:
    """Seconds of each reply by server and number of people, and what was acknowledged where."""

    seconds: dict[tuple[str, int], list[float]] = field(default_factory=dict)
    processor: dict[str, list[float]] = field(default_factory=dict)
    people: dict[str, list[Answering]] = field(default_factory=dict)

    def add(self, where: str, people: int, seconds: Sequence[float]) -> None:
        self.seconds.setdefault((where, people), []).extend(seconds)

    def median(self, kind: str, people: int) -> float:
        return median(self.seconds[kind, people])

    def p95(self, kind: str, people: int) -> float:
        return p95(self.seconds[kind, people])


def run() -> list[Row]:
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        round_id = make_sample(folder)
        servers = [stack.enter_context(Server(kind, folder)) for kind in KINDS]
        for server in servers:
            server.wait()
        times = asyncio.run(_measure(*servers))
        return _rows(times) + [_kept(server, round_id, times) for server in (servers[0], servers[2])]


async def _measure(product: Server, one_text: Server, as_installed: Server) -> Times:
    times = Times()
    await _alone(times, product, one_text, as_installed)
    for people in (CLASS, ALL):
        await _several(times, people, product, one_text, as_installed)
    return times


async def _alone(times: Times, *servers: Server) -> None:
    """One person, one answer on each server in turn."""
    async with AsyncExitStack() as stack:
        acts = [(server.kind, server, (await _acts(times, stack, server, ALONE))[0]) for server in servers]
        acts.append((INSIDE, servers[0], await crowd.text_inside(stack, servers[0])))
        for number in range(WARM + ROUNDS):
            for where, server, act in acts:
                before = server.processor_seconds()
                reply = await act()
                await asyncio.sleep(PAUSE)
                after = server.processor_seconds()
                if number < WARM:
                    continue
                times.add(where, ALONE, [reply.seconds])
                if before is not None and after is not None:
                    times.processor.setdefault(where, []).append(after - before)


async def _several(times: Times, people: int, *servers: Server) -> None:
    """The same number of people at each server; the servers take turns."""
    async with AsyncExitStack() as stack:
        acts = [(server, await _acts(times, stack, server, people)) for server in servers]
        for _ in range(TURNS):
            for server, of_server in acts:
                times.add(server.kind, people, await crowd.each_second(of_server, SECONDS))


async def _acts(times: Times, stack: AsyncExitStack, server: Server, people: int) -> list[crowd.Act]:
    if server.kind == ONE_TEXT:
        return await crowd.texts(stack, server, people)
    found = await crowd.libraries(stack, server, people)
    times.people.setdefault(server.kind, []).extend(found)
    return [answering.answer_next for answering in found]


def _kept(server: Server, round_id: str, times: Times) -> Row:
    """Every answer that a page called saved must be in the database."""
    people = times.people[server.kind]
    acknowledged = [given for answering in people for given in answering.acknowledged]
    refused = sum(answering.refused for answering in people)
    lost = count_lost(server.database, round_id, acknowledged)
    return Row(
        CASE,
        f"acknowledged answers that are not in the database, {server.kind}",
        f"{lost} lost, {refused} not acknowledged",
        f"{len(acknowledged)} acknowledged",
        lost / max(1, len(acknowledged)),
        Aim(most=0),
    )


def _rows(times: Times) -> list[Row]:
    def times_slower(what: str, ours: float, other: str, theirs: float, aim: Aim | None = None) -> Row:
        return Row(CASE, what, milliseconds(ours), f"{other} {milliseconds(theirs)}", ours / theirs, aim)

    def times_quicker(what: str, ours: float, other: str, theirs: float, aim: Aim | None = None) -> Row:
        return Row(CASE, what, milliseconds(ours), f"{other} {milliseconds(theirs)}", theirs / ours, aim)

    one, whole = "page of one text", "as installed"
    text = times.median(ONE_TEXT, ALONE)
    alone, crowded = times.median(PRODUCT, ALONE), times.p95(PRODUCT, ALL)
    rows = [
        times_slower("one person, median", alone, one, text, Aim(most=1.5)),
        times_slower("one person, median", alone, INSIDE, times.median(INSIDE, ALONE), Aim(most=1.5)),
        times_quicker("one person, median, times below", alone, whole, times.median(WHOLE, ALONE)),
    ]
    for people, aim in ((CLASS, Aim(least=30)), (ALL, None)):
        what = f"{people} people once a second, p95, times below"
        rows.append(times_quicker(what, times.p95(PRODUCT, people), whole, times.p95(WHOLE, people), aim))
    rows += [
        times_slower("50 people, p95", crowded, f"{one}, one person,", text, Aim(most=10)),
        times_slower("50 people, p95", crowded, f"{one}, 50 people, p95", times.p95(ONE_TEXT, ALL)),
    ]
    if times.processor:
        used = {kind: sum(seconds) / len(seconds) for kind, seconds in times.processor.items()}
        what = "processor time of the server, one person"
        rows += [times_slower(what, used[PRODUCT], where, used[where]) for where in (ONE_TEXT, INSIDE)]
    return rows
