"""(f1) The whole server killed while a browser's websocket is being told «Đã lưu»."""

import asyncio
import contextlib
import random
import sqlite3
from contextlib import closing
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from benchmarks.answering import ANSWER_PAGE, Answering, Given
from benchmarks.faults.real_server import RealServer, sample_server
from benchmarks.faults.table import Row, exactly
from benchmarks.lost import count_lost
from benchmarks.person import Person
from benchmarks.visitors import sign_in

CASE = "f1"
LOGIN, LIBRARY = "laichau", "lai_chau"  # a draft of the sample
SECTIONS = "ABCD"
LONGEST = 1.5  # seconds of answering before a kill


def run(folder: Path, seed: int, kills: int) -> list[Row]:
    chance = random.Random(seed)
    server, file, round_id = sample_server(folder)
    acknowledged: list[Given] = []
    lost = broken = 0
    with server:
        cookies = sign_in(server.port, LOGIN)
        for number in range(kills):
            section = SECTIONS[number % len(SECTIONS)]
            acknowledged += asyncio.run(_answer_until_killed(server, section, cookies, chance))
            lost += count_lost(file, round_id, acknowledged)
            broken += _check(file) != "ok"
            server.start()
    return [
        exactly(CASE, "whole server, websocket: kills", kills, kills),
        exactly(CASE, f"whole server: lost of {len(acknowledged):,} that said «Đã lưu»", lost, 0),
        exactly(CASE, "whole server: integrity_check not ok after a kill", broken, 0),
    ]


async def _answer_until_killed(
    server: RealServer, section: str, cookies: dict[str, str], chance: random.Random
) -> list[Given]:
    """Answer one field after the other; the server is killed at some moment in between."""
    person = Person(server.port, ANSWER_PAGE, f"muc={section}", cookies)
    answering = Answering(person, LIBRARY)
    try:
        async with person:
            await answering.begin()
            working = asyncio.create_task(_answer_on(answering))
            await asyncio.sleep(chance.uniform(0.05, LONGEST))
            await asyncio.to_thread(server.kill)
            with contextlib.suppress(ConnectionClosed):
                await working
    except ConnectionClosed:
        pass
    return answering.acknowledged


async def _answer_on(answering: Answering) -> None:
    while True:
        await answering.answer_next()


def _check(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
