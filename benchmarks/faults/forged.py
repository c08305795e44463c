"""(b7) Forged messages against the real server: nothing changes that the sender may not change, and it lives."""

import asyncio
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from benchmarks.faults.forgeries import Forger, Known
from benchmarks.faults.real_server import RealServer, sample_server
from benchmarks.faults.table import NotRun, Row, exactly
from benchmarks.person import IDLE, Person, Widget, connected
from benchmarks.visitors import sign_in
from survey.store import Store

CASE = "b7"
MESSAGES, FEW = 10_000, 240
LIBRARY, LOGIN, OFFICIAL = "son_la", "sonla", "coquan"
CHAIR, REVIEWER, ADMINISTRATOR = "chutich", "thamdinh", "quantri"
OTHER, OTHER_LIBRARY = "laichau", "cao_bang"
SENDERS = (None, OFFICIAL, LOGIN, None, OFFICIAL, LOGIN)  # who forges; None is nobody at all
WAITS = 0.2  # share of the messages after which the forger waits until the page was drawn
PATIENCE = 0.4  # seconds
MOST_GROWTH = 150  # megabytes
VOLATILE = {"round": ("data_version",), "session": ("last_seen",)}
Contents = Mapping[str, Counter[tuple[Any, ...]]]


def run(seed: int, *, quick: bool) -> list[Row | NotRun]:
    with TemporaryDirectory() as folder:
        server, file, round_id = sample_server(Path(folder))
        with server:
            return forged(server, file, round_id, seed, FEW if quick else MESSAGES)


def forged(server: RealServer, file: Path, round_id: str, seed: int, messages: int) -> list[Row | NotRun]:
    with closing(Store.open(f"sqlite:///{file}")) as store:
        store.answers.submit(round_id, OTHER_LIBRARY, "caobang")  # so that the chair has something to decide
    return asyncio.run(_forge(server, file, round_id, seed, messages))


async def _forge(
    server: RealServer, file: Path, round_id: str, seed: int, messages: int
) -> list[Row | NotRun]:
    cookies = {
        login: sign_in(server.port, login)
        for login in (CHAIR, REVIEWER, ADMINISTRATOR, OTHER, OFFICIAL, LOGIN)
    }
    known = await learn(server, cookies, round_id)
    before, memory = contents(file), server.resident_mb()
    chance, sent = random.Random(seed), Sent()
    for number, login in enumerate(SENDERS):
        share = messages // len(SENDERS) + (number < messages % len(SENDERS))
        await _send(server, Forger(known, chance), chance, cookies.get(login or "", {}), share, sent)
    after, grown = contents(file), server.resident_mb()
    changes = list(forbidden_changes(before, after))
    alive = server.is_alive and await _still_draws(server, cookies[LOGIN])
    said = f"{sent.drawn:,} pages drawn, {sent.closed:,} connections ended by the server"
    rows: list[Row | NotRun] = [
        exactly(
            CASE,
            f"forged messages, {len(known.widgets)} widgets of all roles known ({said})",
            sent.messages,
            messages,
        ),
        exactly(
            CASE,
            f"rows of the database changed that the sender may not change{_some(changes)}",
            len(changes),
            0,
        ),
        exactly(CASE, "the server lives and still draws a page", int(alive), 1),
        exactly(CASE, "words of the program (paths, tracebacks) that reached the sender", sent.leaks, 0),
    ]
    if memory is not None and grown is not None:
        rows.append(
            Row(
                CASE,
                f"memory grown, from {memory:.0f} MB",
                round(grown - memory),
                most=MOST_GROWTH,
                unit=" MB",
            )
        )
    return rows


def _some(changes: list[str]) -> str:
    return f": {changes[0][:120]}" if changes else ""


async def learn(server: RealServer, cookies: Mapping[str, Mapping[str, str]], round_id: str) -> Known:
    """Every widget on the pages of the chair, the administrator, another library and the sender."""
    visits = [
        (CHAIR, "xem-phieu", f"dot={round_id}&thu-vien={OTHER_LIBRARY}"),
        (CHAIR, "tham-dinh", f"dot={round_id}&cach=phan-cong"),
        (REVIEWER, "tham-dinh", f"dot={round_id}&thu-vien={OTHER_LIBRARY}"),
        (CHAIR, "dot-danh-gia", ""),
        (CHAIR, "tien-do", ""),
        (CHAIR, "lien-hiep", ""),
        (ADMINISTRATOR, "tai-khoan", ""),
        (OTHER, "tra-loi", "muc=A"),
        (OTHER, "tra-loi", "muc=C"),
        (OTHER, "kiem-tra", ""),
        (LOGIN, "tra-loi", "muc=A"),
        (OFFICIAL, "lien-hiep", ""),
    ]
    widgets: dict[str, Widget] = {}
    pages: dict[str, str] = {}
    for login, page, query in visits:
        async with Person(server.port, page, query, cookies[login]) as person:
            await person.open()
            widgets |= person.widgets
            pages[page] = person.page_hash
    return Known(list(widgets.values()), pages, sorted({query for *_, query in visits}))


class Sent:
    """What was sent so far, and what came back."""

    def __init__(self) -> None:
        self.messages = self.drawn = self.closed = self.leaks = 0

    def take(self, piece: bytes) -> bool:
        """Look at one reply; true at the end of a run."""
        self.drawn += piece == IDLE
        self.leaks += bool(re.search(rb"Traceback|site-packages|File \"/", piece))
        with suppress(Exception):
            self.leaks += ForwardMsg.FromString(piece).WhichOneof("type") == "git_info_changed"
        return bool(piece == IDLE)


async def _send(
    server: RealServer,
    forger: Forger,
    chance: random.Random,
    cookies: Mapping[str, str],
    share: int,
    sent: Sent,
) -> None:
    socket: ClientConnection | None = None
    for _ in range(share):
        try:
            if socket is None:
                socket = await connected(server.port, cookies)
            await socket.send(forger.frame())
            await _hear(socket, sent, PATIENCE if chance.random() < WAITS else 0.001)
        except (ConnectionClosed, InvalidStatus):
            sent.closed += 1
            socket = None
        sent.messages += 1
    if socket is not None:
        await socket.close()


async def _hear(socket: ClientConnection, sent: Sent, seconds: float) -> None:
    """Take in what comes, until a run has ended or the time is over."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not sent.take(await socket.recv(decode=False)):
                pass


async def _still_draws(server: RealServer, cookies: Mapping[str, str]) -> bool:
    async with Person(server.port, "tra-loi", "muc=A", cookies) as person:
        return "q-head" in (await person.open()).html


def contents(file: Path) -> Contents:
    """Every row of every table, without the columns that change by being looked at."""
    with closing(sqlite3.connect(file)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for table in tables:
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [entry[0] for entry in cursor.description]
            kept = [at for at, name in enumerate(columns) if name not in VOLATILE.get(table, ())]
            found[table] = Counter(tuple((columns[at], row[at]) for at in kept) for row in cursor)
    return found


def forbidden_changes(before: Contents, after: Contents) -> Iterator[str]:
    """Rows that came or went, but for those that the library among the senders may change: its own."""
    for table in before.keys() | after.keys():
        old, new = before.get(table, Counter()), after.get(table, Counter())
        for row in (*(old - new), *(new - old)):
            if table != "sqlite_sequence" and not _is_own(table, dict(row)):
                yield f"{table} {dict(row)}"


def _is_own(table: str, row: Mapping[str, Any]) -> bool:
    if table == "audit_head":
        return True  # it moves with every answer that the sender may save
    if table == "audit":
        return row["by"] == LOGIN and f"/{LIBRARY}" in str(row["object"])
    own = ("answer", "response", "submission", "post")
    return table in own and row["library_id"] == LIBRARY
