"""(f5) Two people at one response: every order of what they do, from every state, and at the very same moment.

What a person can do is a table: a new act of the cycle is one more line in `acts.ACTS`, and its way through the
states one more in `legal.MOVES`.
"""

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults.acts import ACTS, POSSIBLE, WAYS, Actor, Cast
from benchmarks.faults.halves import halves
from benchmarks.faults.inspection import Contents, contents
from benchmarks.faults.judging import STALE, Meeting, Stood, faults_of
from benchmarks.faults.legal import faults_of_notes, faults_of_trail
from benchmarks.faults.postgres import Postgres
from benchmarks.faults.table import NotRun, Row, exactly
from survey.errors import SurveyError
from survey.response import ResponseState
from survey.store import Store

CASE = "f5"
RANDOM, FEW = 1000, 40
EVERY = 5  # in the short form one of so many: each two acts from each state at least once
SPREAD = 0.004  # seconds over which the two begin in a random meeting
# Both look and both act; each after having looked. 0 is the first person, 1 the second.
ORDERS = ("0011", "0101", "0110", "1001", "1010", "1100")


@dataclass
class Count:
    """What came of all meetings. faults: what must never be."""

    meetings: int = 0
    stale: int = 0
    refused: int = 0
    done: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    held: list[Meeting] = field(default_factory=list)

    def take(self, meeting: Meeting, before: Stood, after: Stood) -> None:
        self.meetings += 1
        self.held.append(meeting)
        self.faults.update(faults_of(meeting, before, after))
        for _actor, name, result in meeting.all():
            self.stale += isinstance(result, STALE)
            self.refused += isinstance(result, SurveyError) and not isinstance(result, STALE)
            self.done[name] += not isinstance(result, Exception)

    def take_rows(self, held: Contents) -> None:
        """Look at what the database holds of these meetings, and at their part of the audit trail."""
        own = held.of_rounds({meeting.round_id for meeting in self.held})
        self.faults.update([*halves(own), *faults_of_trail(own), *faults_of_notes(own, self.held)])


def run(seed: int, *, quick: bool) -> list[Row | NotRun]:
    every, meetings = (EVERY, FEW) if quick else (1, RANDOM)
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'a.db'}"
        rows: list[Row | NotRun] = [*_of("SQLite", url, seed, every, meetings)]
    if Postgres.programs() is None:
        return [*rows, NotRun(CASE, "PostgreSQL", "its programs are not installed")]
    with Postgres() as server:
        return [*rows, *_of("PostgreSQL", server.new_database(), seed, every, meetings)]


def _of(what: str, url: str, seed: int, every: int, meetings: int) -> list[Row]:
    with closing(Store.open(url)) as store:
        cast = Cast(store)
        orders, moments = every_order(store, cast, every), at_one_moment(store, cast, seed, meetings)
        held = contents(url)
        for count in (orders, moments):
            count.take_rows(held)
        broken = len(store.audit.verify().faults)
    done = f"{what}, two people, "
    asked = len(_combinations(every))
    return [
        *_rows(f"{done}nine acts from five states in every order", orders, asked),
        exactly(CASE, f"{done}in every order: kinds of acts that were done", len(+orders.done), len(ACTS)),
        Row(CASE, f"{done}in every order: losers who were shown what stood there", orders.stale, least=1),
        *_rows(f"{done}at one moment", moments, meetings),
        exactly(CASE, f"{what}: faults in the chain of the audit trail afterwards", broken, 0),
    ]


def _rows(what: str, count: Count, asked: int) -> list[Row]:
    said = f"{count.done.total():,} done, {count.stale:,} shown the other value, {count.refused:,} refused"
    found = f" ({', '.join(count.faults)})" if count.faults else ""
    return [
        exactly(CASE, f"{what}: meetings ({said})", count.meetings, asked),
        exactly(
            CASE,
            f"{what}: overwritten unseen, illegal, by half, or told wrongly{found}",
            count.faults.total(),
            0,
        ),
    ]


def every_order(store: Store, cast: Cast, every: int = 1) -> Count:
    """From every state, every two acts, in every order of looking and acting; or one of so many."""
    count = Count()
    for number, state, names, order in _combinations(every):
        round_id = f"o{number}"
        before = _place(store, cast, round_id, WAYS[state][number // len(ORDERS) % len(WAYS[state])])
        people = _people(cast, round_id, names, number)
        results: dict[int, object] = {}
        for who in map(int, order):
            if people[who].seen is None:
                people[who].look()
            else:
                results[who] = _try(names[who], people[who])
        meeting = Meeting(people, names, (results[0], results[1]))
        count.take(meeting, before, Stood.read(store, round_id))
    return count


def _combinations(every: int) -> list[tuple[int, ResponseState, tuple[str, str], str]]:
    found = enumerate(product(WAYS, ACTS, ACTS, ORDERS))
    return [(number, state, (first, second), order) for number, (state, first, second, order) in found][
        ::every
    ]


def at_one_moment(store: Store, cast: Cast, seed: int, meetings: int) -> Count:
    """Two threads let go by one barrier, each a random instant later."""
    chance, count = random.Random(seed), Count()
    with ThreadPoolExecutor(2) as pool:
        for number in range(meetings):
            round_id, state = f"m{number}", chance.choice(list(WAYS))
            before = _place(store, cast, round_id, chance.choice(WAYS[state]))
            likely = (*POSSIBLE[state], *POSSIBLE[state], *ACTS)
            names = (chance.choice(likely), chance.choice(likely))
            people = _people(cast, round_id, names, chance.randrange(2))
            waits = [chance.choice((0, chance.uniform(0, SPREAD))) for _ in people]
            start = threading.Barrier(2)

            def meet(who: int, people: tuple[Actor, Actor] = people, names: tuple[str, str] = names,
                     waits: list[float] = waits, start: threading.Barrier = start) -> object:  # fmt: skip
                people[who].look()
                start.wait()
                time.sleep(waits[who])
                return _try(names[who], people[who])

            first, second = pool.map(meet, range(2))
            count.take(Meeting(people, names, (first, second)), before, Stood.read(store, round_id))
    return count


def _place(store: Store, cast: Cast, round_id: str, way: tuple[str, ...]) -> Stood:
    cast.place(round_id, way)
    return Stood.read(store, round_id)


def _people(cast: Cast, round_id: str, names: tuple[str, str], turn: int) -> tuple[Actor, Actor]:
    return cast.actor(round_id, names[0], 0, turn), cast.actor(round_id, names[1], 1, turn + 1)


def _try(name: str, actor: Actor) -> object:
    """What the person is answered; an error that is not for people is answered too, and is a fault."""
    try:
        return ACTS[name](actor)
    except Exception as error:
        return error
