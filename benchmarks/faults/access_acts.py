"""Every act of the review cycle by every kind of person, in every state of a response and of a round."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.faults.access_count import Copy, Count, changed, copy_of
from benchmarks.faults.access_people import (
    ASKED_FOR,
    BEGUN,
    KINDS,
    LAST_DAY,
    NAMED,
    SENDING,
    SUBJECT,
    THIRD,
    TO_NAME,
    Kind,
    World,
)
from survey.access import Person, Role
from survey.errors import SurveyError
from survey.response import ResponseState as R
from survey.review import Ruling, Verdict
from survey.rounds import RoundState
from survey.store import Indicator, Sending, Store

RUNNING = (RoundState.OPEN, RoundState.CLOSED)
OPEN = (RoundState.OPEN,)


@dataclass(frozen=True)
class May:
    """Who may act, by how they stand before the response; in which states of it and of the round."""

    who: tuple[str, ...]
    states: tuple[R, ...]
    rounds: tuple[RoundState, ...] = RUNNING


# Written out by hand from the rules of the cycle; what is not here may not be done.
ALLOWED: dict[str, tuple[May, ...]] = {
    "submit": (May(("director",), (R.DRAFT, R.RETURNED), OPEN),),
    "withdraw": (May(("director",), (R.SUBMITTED,), OPEN),),
    "reply": (May(("entry", "director"), (R.UNDER_REVIEW, R.RETURNED)),),
    "start_review": (May(("reviewer", "chair"), (R.SUBMITTED,)),),
    "decide": (May(("reviewer", "chair"), (R.SUBMITTED, R.UNDER_REVIEW)),),
    "return_": (
        May(("reviewer",), (R.UNDER_REVIEW,)),
        May(("chair",), (R.SUBMITTED, R.UNDER_REVIEW, R.ACCEPTED)),
    ),
    "accept": (May(("chair",), (R.SUBMITTED, R.UNDER_REVIEW)),),
    "reopen": (May(("chair",), (R.ACCEPTED,)),),
    "assign": (May(("chair",), tuple(R)),),
    "unassign": (May(("chair",), tuple(R)),),
    "grant_late": (May(("chair",), tuple(R)),),
}
# Whom the chair may name as reviewer of the library; nobody of the library itself, no official, no administrator.
NAMEABLE = frozenset(
    {
        "reviewer not named",
        "reviewer of another library",
        "entry of another library",
        "director of another library",
        "entry of the successor",
        "director of the successor",
    }
)
NAMED_ALREADY = frozenset({"reviewer", "second reader", "second reader for entry"})

Act = Callable[[Store, str, Person, World], object]
ACTS: dict[str, Act] = {
    "submit": lambda store, round_, who, _: store.cycle.submit(round_, SUBJECT, who, _sending(store, round_)),
    "withdraw": lambda store, round_, who, _: store.cycle.withdraw(round_, SUBJECT, who),
    "reply": lambda store, round_, who, _: store.cycle.reply(round_, SUBJECT, "A1", "Đã bổ sung.", who),
    "start_review": lambda store, round_, who, _: store.cycle.start_review(round_, SUBJECT, who),
    "decide": lambda store, round_, who, _: store.cycle.decide(
        Indicator(round_, SUBJECT, "A2", 1), Ruling(Verdict.MET), who
    ),
    "return_": lambda store, round_, who, _: store.cycle.return_(
        round_, SUBJECT, who, "Xem lại toàn phiếu", everything=True
    ),
    "accept": lambda store, round_, who, _: store.cycle.accept(round_, SUBJECT, who),
    "reopen": lambda store, round_, who, _: store.cycle.reopen(round_, SUBJECT, who),
    "assign": lambda store, round_, who, world: store.cycle.assign(
        round_, SUBJECT, world.known[TO_NAME].id, who
    ),
    "unassign": lambda store, round_, who, world: store.cycle.unassign(
        round_, SUBJECT, world.known[NAMED].id, who
    ),
    "grant_late": lambda store, round_, who, _: store.cycle.grant_late(
        round_, SUBJECT, LAST_DAY + timedelta(days=5), "Lũ quét", who
    ),
}
# Somebody who claims to be the chair and whom the database does not know.
FORGED = Kind("forged chair", "", Role.CHAIR)
NO_ACCOUNT = 9_999_999


def allowed(act: str, kind: Kind, state: R, round_: RoundState) -> bool:
    stands = kind.stands.get(SUBJECT, "") if kind.signs_in else ""
    return any(stands in may.who and state in may.states and round_ in may.rounds for may in ALLOWED[act])


def try_acts(world: World, folder: Path, count: Count, rounds: tuple[RoundState, ...] = BEGUN) -> None:
    """Let everybody try everything on a response in the state of `world`."""
    file = folder / "acts.db"
    with copy_of(world.file, file) as copy, closing(Store.open(f"sqlite:///{file}")) as store:
        for kind, person in _people(world):
            for act, do in ACTS.items():
                for round_ in rounds:
                    trial = _Trial(copy, count, f"{kind.login}: {act}, {world.state} in {round_}")
                    trial.run(
                        partial(do, store, round_, person, world),
                        by=person.login,
                        expected=allowed(act, kind, world.state, round_),
                    )
        for round_ in rounds:
            _try_naming(world, store, copy, count, round_)
        _look_at_desks(world, store, count)


def _people(world: World) -> Iterator[tuple[Kind, Person]]:
    # The store knows accounts; who has a session is asked before it.
    for kind in KINDS:
        if kind.role is not Role.CHAIR or kind.signs_in or kind.login.startswith("disabled"):
            yield kind, world.known[kind.login]
    yield FORGED, Person(NO_ACCOUNT, "forged chair", "Chủ tịch", Role.CHAIR)


def _try_naming(world: World, store: Store, copy: Copy, count: Count, round_: RoundState) -> None:
    chair = world.known["chair"]
    for kind in KINDS:
        if kind.login in NAMED_ALREADY:
            continue  # naming them again changes nothing
        trial = _Trial(copy, count, f"chair names {kind.login}, {world.state} in {round_}")
        trial.run(
            partial(store.cycle.assign, round_, SUBJECT, world.known[kind.login].id, chair),
            by=chair.login,
            expected=kind.login in NAMEABLE and round_ in RUNNING,
        )


def _look_at_desks(world: World, store: Store, count: Count) -> None:
    """What lies on whose desk: the libraries that a person was named for and may still review."""
    for kind, person in _people(world):
        desk = store.cycle.assigned(person.id)
        for round_ in BEGUN:
            for library in (*ASKED_FOR, THIRD):
                count.take(
                    f"{kind.login}: {library} on the desk, {world.state} in {round_}",
                    expected=kind.stands.get(library) == "reviewer" and round_ in RUNNING,
                    happened=library in desk.get(round_, ()),
                )


@dataclass(frozen=True)
class _Trial:
    """One cell: what was tried, and what the database says of it."""

    copy: Copy
    count: Count
    what: str

    def run(self, do: Callable[[], object], *, by: str, expected: bool) -> None:
        before, newest = self.copy.rows(), self.copy.newest_entry()
        refused = _is_refused(do)
        found, entries = changed(before, self.copy.rows()), self.copy.entries_after(newest)
        # An act that is allowed changes something; one that is not must be told so.
        happened = bool(found) if expected else bool(found) or not refused
        self.count.take(self.what, expected=expected, happened=happened)
        if refused and not expected and entries != [("refused", by)]:
            self.count.leaks.append(f"{self.what}: refused, but the audit trail says {entries}")
        if elsewhere := [row for table, row in found if not _is_of_subject(table, row)]:
            self.count.leaks.append(f"{self.what}: changed elsewhere too, {elsewhere[0]}")
        if found or not refused:
            self.copy.put_back()


def _is_refused(do: Callable[[], object]) -> bool:
    try:
        do()
    except SurveyError:
        return True
    return False


def _is_of_subject(table: str, row: dict[str, Any]) -> bool:
    return table == "round" or row.get("library_id") == SUBJECT


def _sending(store: Store, round_: str) -> Sending:
    """A sending of the response as it stands, so that it is no repetition of an earlier one."""
    return replace(SENDING, after=len(store.cycle.submissions(round_, SUBJECT)))
