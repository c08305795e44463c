"""(f5) Two people at one response: every order of their steps, from every state, and at the very same moment.

What a person can do is a table: a new step of the cycle is one more line in ACTIONS, and its way through the
states one more in MOVES.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults.inspection import Contents, contents
from benchmarks.faults.postgres import Postgres
from benchmarks.faults.rounds import ROUND, open_round
from benchmarks.faults.table import NotRun, Row, exactly
from survey.errors import SurveyError
from survey.response import EDITABLE, Answer, AnswerState, Recorded, ResponseState
from survey.store import StaleAnswerError, Store

CASE = "f5"
QUESTION = "A2"
RANDOM, FEW = 1000, 40
SPREAD = 0.004  # seconds over which the two begin in a random meeting
DRAFT, SUBMITTED = ResponseState.DRAFT, ResponseState.SUBMITTED
RETURNED, ACCEPTED = ResponseState.RETURNED, ResponseState.ACCEPTED


@dataclass
class Actor:
    """One person with what their screen showed them when they opened the question."""

    store: Store
    name: str
    library: str
    opened: Recorded | None = None

    def look(self) -> None:
        self.opened = self.store.answers.response(ROUND, self.library).entry(QUESTION)


Action = Callable[[Actor], object]


def _save(actor: Actor) -> Recorded:
    assert actor.opened is not None
    answer = Answer(state=AnswerState.ANSWERED, value=float(len(actor.name)), explanation=actor.name)
    return actor.store.answers.save(
        ROUND, actor.library, QUESTION, answer, opened_revision=actor.opened.revision, by=actor.name
    )


def _submit(actor: Actor) -> object:
    return actor.store.answers.submit(ROUND, actor.library, actor.name)


def _return(actor: Actor) -> object:
    remark = f"Bổ sung ({actor.name})"
    return actor.store.answers.review(ROUND, actor.library, RETURNED, remark, actor.name)


def _accept(actor: Actor) -> object:
    return actor.store.answers.review(ROUND, actor.library, ACCEPTED, "", actor.name)


ACTIONS: Mapping[str, Action] = {"save": _save, "submit": _submit, "return": _return, "accept": _accept}
# How a response gets into each state, and where it may go from there.
WAYS: Mapping[ResponseState, tuple[Action, ...]] = {
    DRAFT: (),
    SUBMITTED: (_submit,),
    RETURNED: (_submit, _return),
    ACCEPTED: (_submit, _accept),
}
MOVES = {
    (DRAFT, SUBMITTED),
    (RETURNED, SUBMITTED),
    (SUBMITTED, ACCEPTED),
    (SUBMITTED, RETURNED),
    (ACCEPTED, RETURNED),
}
# Both look and both act; each after having looked. 0 is the first person, 1 the second.
ORDERS = ("0011", "0101", "0110", "1001", "1010", "1100")
LIKELY = ("save", "save", *ACTIONS)


@dataclass
class Count:
    """What came of all meetings. faults: what must never be."""

    meetings: int = 0
    done: int = 0
    stale: int = 0
    refused: int = 0
    faults: Counter[str] = field(default_factory=Counter)


def run(seed: int, *, quick: bool) -> list[Row | NotRun]:
    meetings = FEW if quick else RANDOM
    with TemporaryDirectory() as folder:
        rows: list[Row | NotRun] = [*_of("SQLite", f"sqlite:///{Path(folder) / 'a.db'}", seed, meetings)]
    if Postgres.programs() is None:
        return [*rows, NotRun(CASE, "PostgreSQL", "its programs are not installed")]
    with Postgres() as server:
        return [*rows, *_of("PostgreSQL", server.new_database(), seed, meetings)]


def _of(what: str, url: str, seed: int, meetings: int) -> list[Row]:
    with closing(Store.open(url)) as store:
        open_round(store)
        orders, moments = every_order(store, url), at_one_moment(store, url, seed, meetings)
    rows = []
    for kind, count in (("every order of two people's steps", orders), ("at one moment", moments)):
        said = f"{count.done:,} done, {count.stale:,} shown the other value, {count.refused:,} refused"
        rows.append(
            Row(
                CASE,
                f"{what}, {kind}: meetings ({said})",
                count.meetings,
                least=meetings if count is moments else 384,
            )
        )
        found = f" ({', '.join(count.faults)})" if count.faults else ""
        rows.append(
            exactly(
                CASE,
                f"{what}, {kind}: overwritten unseen, illegal, or told wrongly{found}",
                count.faults.total(),
                0,
            )
        )
    return rows


def every_order(store: Store, url: str, *, of: int = 1) -> Count:
    """From every state, every two actions, in every order of looking and acting; or one `of` so many."""
    count = Count()
    for number, (state, first, second, order) in enumerate([*product(WAYS, ACTIONS, ACTIONS, ORDERS)][::of]):
        people = _placed(store, f"o{number}", state)
        acts = [ACTIONS[first], ACTIONS[second]]
        results: dict[int, object] = {}
        for who in map(int, order):
            if people[who].opened is None:
                people[who].look()
            else:
                results[who] = _try(acts[who], people[who])
        _judge(count, store, people, (first, second), [results[0], results[1]])
    _check_moves(count, contents(url))
    return count


def at_one_moment(store: Store, url: str, seed: int, meetings: int) -> Count:
    """Two threads let go by one barrier, each a random instant later."""
    chance, count = random.Random(seed), Count()
    with ThreadPoolExecutor(2) as pool:
        for number in range(meetings):
            people = _placed(store, f"m{number}", chance.choice(list(WAYS)))
            names = (chance.choice(LIKELY), chance.choice(LIKELY))
            waits = [chance.choice((0, chance.uniform(0, SPREAD))) for _ in people]
            start = threading.Barrier(2)

            def meet(who: int, people: list[Actor] = people, names: tuple[str, str] = names,
                     waits: list[float] = waits, start: threading.Barrier = start) -> object:  # fmt: skip
                people[who].look()
                start.wait()
                time.sleep(waits[who])
                return _try(ACTIONS[names[who]], people[who])

            _judge(count, store, people, names, list(pool.map(meet, range(2))))
    _check_moves(count, contents(url))
    return count


def _placed(store: Store, library: str, state: ResponseState) -> list[Actor]:
    """Two people at a response of its own, with one answer, that stands in `state`."""
    before = Actor(store, "trước", library)
    before.look()
    _save(before)
    for step in WAYS[state]:
        step(before)
    return [Actor(store, "lan", library), Actor(store, "minh.", library)]


def _try(action: Action, actor: Actor) -> object:
    try:
        return action(actor)
    except SurveyError as error:
        return error


def _judge(
    count: Count, store: Store, people: list[Actor], names: tuple[str, str], results: list[object]
) -> None:
    count.meetings += 1
    library = people[0].library
    history = store.answers.history(ROUND, library, QUESTION)
    won = [result for result in results if isinstance(result, Recorded)]
    for fault in _faults(history, won, people, names, results):
        count.faults[fault] += 1
    count.stale += sum(isinstance(result, StaleAnswerError) for result in results)
    refused = [result for result in results if isinstance(result, SurveyError)]
    count.refused += sum(not isinstance(result, StaleAnswerError) for result in refused)
    count.done += len(results) - len(refused)


def _faults(
    history: tuple[Recorded, ...],
    won: list[Recorded],
    people: list[Actor],
    names: tuple[str, str],
    results: list[object],
) -> Iterator[str]:
    if [entry.revision for entry in history] != list(range(1, len(history) + 1)):
        yield "revisions with a gap"
    if len(history) != 1 + len(won):
        yield "more or fewer revisions than acknowledged saves"
    if any(entry not in history for entry in won):
        yield "an acknowledged save is not there"
    for actor, name, result in zip(people, names, results, strict=True):
        assert actor.opened is not None
        if isinstance(result, Recorded) and result.revision != actor.opened.revision + 1:
            yield "a save went over a value that its person had not seen"
        if isinstance(result, StaleAnswerError) and (
            result.current not in history or result.current.revision <= actor.opened.revision
        ):
            yield "the loser was not shown what stood there"
        if isinstance(result, SurveyError) and not (result.text.vi and result.text.en):
            yield "a refusal without words"
        if name != "save" and isinstance(result, StaleAnswerError):
            yield "a step told as a stale answer"


def _check_moves(count: Count, held: Contents) -> None:
    """The audit trail, in its order: only legal moves, and no answer taken while the response was locked."""
    states: dict[str, ResponseState] = {}
    for action, thing, old, new, _by in held.audit:
        library = thing.split("/", 1)[-1].split("/")[0]
        if action == "response.state":
            move = ResponseState(old["state"]), ResponseState(new["state"])
            if move not in MOVES or states.get(library, DRAFT) != move[0]:
                count.faults[f"{move[0]} became {move[1]}"] += 1
            states[library] = move[1]
        elif action == "answer.save" and states.get(library, DRAFT) not in EDITABLE:
            count.faults["an answer was taken while the response was locked"] += 1
    if any(states.get(library, DRAFT) != state for library, state in held.states.items()):
        count.faults["a state without its entry"] += 1
