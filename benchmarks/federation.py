"""(b) The Federation's page: the first view of a version of the data, and the same view again."""

import asyncio
import sqlite3
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import median
from benchmarks.person import Person
from benchmarks.servers import Server, make_sample
from benchmarks.table import Aim, Row, milliseconds
from benchmarks.visitors import sign_in
from survey.sample.accounts import CHAIR

CASE = "b"
PAGE, QUERY = "lien-hiep", "xem=tat-ca"  # every chart on one page
ROUNDS = 9
CHARTS_OF = 7  # the fewest charts that the page must have drawn


def run() -> list[Row]:
    with TemporaryDirectory() as name, ExitStack() as stack:
        round_id = make_sample(Path(name))
        server = stack.enter_context(Server("product", Path(name)))
        server.wait()
        first, again = asyncio.run(_measure(server, round_id))
    return [
        Row(
            CASE,
            "the chair's page again, a new session each time, median",
            milliseconds(median(again)),
            f"first view of the data {milliseconds(median(first))}",
            median(again) / median(first),
            Aim(most=0.2),
        )
    ]


async def _measure(server: Server, round_id: str) -> tuple[list[float], list[float]]:
    """Seconds of first and repeated views; each pair sees data that nobody has seen before."""
    cookies = sign_in(server.port, CHAIR)
    await _view(server, cookies)  # imports and templates, once for the process
    first, again = [], []
    for _ in range(ROUNDS):
        _change_data(server.database, round_id)
        first.append(await _view(server, cookies))
        again.append(await _view(server, cookies))
    return first, again


async def _view(server: Server, cookies: dict[str, str]) -> float:
    async with Person(server.port, PAGE, query=QUERY, cookies=cookies) as person:
        reply = await person.open()
        if reply.charts < CHARTS_OF:
            raise RuntimeError(f"the page drew {reply.charts} charts")
        return reply.seconds


def _change_data(database: Path, round_id: str) -> None:
    """What a saved answer does to whatever was computed from the round: its version rises."""
    with sqlite3.connect(database, timeout=10) as connection:
        connection.execute("update round set data_version = data_version + 1 where id = ?", (round_id,))
