"""(s1 s2 s3) Guesses at once, the time that a guess takes, and cookies after what must end them."""

import random
import statistics
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from time import perf_counter

from benchmarks.faults.table import Row, exactly
from survey.access import Person, Role
from survey.store import Store, TooManyAttemptsError

PASSWORD = "một câu dài dễ nhớ"
WRONG = "một câu khác, sai"
AT_ONCE = (20, 45, 200)
OF_ACCOUNT, OF_ADDRESS = 5, 30
WAIT = timedelta(minutes=15)
GUESSES, FEW = 200, 40
ROUND_OF = 20  # guesses after which the counts are forgotten, so that none is refused


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Place:
    """A store with an account, and the clock that it goes by."""

    store: Store
    clock: Clock
    lan: Person


def lockout(_seed: int, *, quick: bool) -> list[Row]:
    """Exactly so many guesses are looked at, however many come at once."""
    rows = []
    for tries in AT_ONCE[:1] if quick else AT_ONCE:
        of_account = _looked_at(tries, lambda number: ("lan", f"203.0.113.{number}"))
        done = f"{tries} wrong passwords for one account at once: looked at"
        rows.append(exactly("s1", done, of_account, min(tries, OF_ACCOUNT)))
        of_address = _looked_at(tries, lambda number: (f"ai{number}", "203.0.113.1"))
        done = f"{tries} wrong passwords from one address at once: looked at"
        rows.append(exactly("s1", done, of_address, min(tries, OF_ADDRESS)))
    return [*rows, *_wait()]


def _looked_at(tries: int, of: Callable[[int], tuple[str, str]]) -> int:
    start = Barrier(tries)

    def one(number: int, place: Place) -> str:
        login, address = of(number)
        start.wait()
        return _guess(place, login, WRONG, address)

    with TemporaryDirectory() as folder, closing(_opened(Path(folder)).store) as store:
        place = Place(store, Clock(), _lan(store))
        with ThreadPoolExecutor(tries) as pool:
            return Counter(pool.map(lambda number: one(number, place), range(tries)))["looked at"]


def _wait() -> list[Row]:
    with TemporaryDirectory() as folder:
        place = _opened(Path(folder))
        with closing(place.store):
            for _ in range(OF_ACCOUNT):
                _guess(place, "lan", WRONG, "x")
            seen = place.lan.id in place.store.accounts.locked()
            early = _guess(place, "lan", PASSWORD, "x", after=WAIT - timedelta(seconds=1))
            late = _guess(place, "lan", PASSWORD, "x", after=WAIT)
    return [
        exactly("s1", "locked: the administrator sees it", int(seen), 1),
        exactly("s1", "the right password a second before 15 minutes: let in", int(early == "in"), 0),
        exactly("s1", "the right password after 15 minutes: let in", int(late == "in"), 1),
    ]


def timing(seed: int, *, quick: bool) -> list[Row]:
    """A guess at an account that is there takes as long as one at an account that is not."""
    guesses, chance = FEW if quick else GUESSES, random.Random(seed)
    taken: dict[str, list[float]] = {"lan": [], "khong-co": []}
    with TemporaryDirectory() as folder:
        place = _opened(Path(folder))
        with closing(place.store):
            for _ in range(guesses // ROUND_OF):
                order = ["lan", "khong-co"] * (ROUND_OF // 2)
                chance.shuffle(order)
                for number, login in enumerate(order):
                    if number % 4 == 0:
                        place.clock.now += WAIT
                    begun = perf_counter()
                    _guess(place, login, WRONG, f"203.0.113.{number}")
                    taken[login].append(perf_counter() - begun)
    means = [statistics.fmean(found) for found in taken.values()]
    apart = round(1000 * abs(means[0] - means[1]) / statistics.fmean(means))
    done = f"{guesses} guesses: difference of the means, known against unknown, in thousandths of the mean"
    return [Row("s2", done, apart, most=100)]


def cookies(_seed: int, *, quick: bool) -> list[Row]:  # noqa: ARG001 - as quick as it can be
    """A cookie that was copied before, asked after what must end it."""
    return [
        exactly("s3", f"a copied cookie after {name}: lets in", _lets_in(end), 0)
        for name, end in ENDS.items()
    ]


def _lets_in(end: Callable[[Place, str], object]) -> int:
    with TemporaryDirectory() as folder:
        place = _opened(Path(folder))
        with closing(place.store):
            token = place.store.sessions.start(place.lan.id)
            assert place.store.sessions.person(token) is not None
            end(place, token)
            return int(place.store.sessions.person(token) is not None)


def _opened(folder: Path) -> Place:
    clock = Clock()
    store = Store.open(f"sqlite:///{folder / 'doors.db'}", clock=clock)
    return Place(store, clock, _lan(store))


def _lan(store: Store) -> Person:
    found = store.accounts.by_login("lan")
    return found or store.accounts.add("lan", "Lan", Role.DIRECTOR, "son_la", PASSWORD, by="benchmark")


def _guess(place: Place, login: str, password: str, address: str, *, after: timedelta | None = None) -> str:
    """What came of it: "in", "looked at" and wrong, or "refused" unread."""
    try:
        now = place.clock() + (after or timedelta(0))
        person = place.store.accounts.check_password(login, password, address, now=now)
    except TooManyAttemptsError:
        return "refused"
    return "looked at" if person is None else "in"


def _change_role(place: Place, _token: str) -> None:
    place.store.accounts.change(
        place.lan.id, name="Lan", role=Role.ENTRY, library_id="son_la", email="", by="benchmark"
    )


def _pass(place: Place, duration: timedelta) -> None:
    place.clock.now += duration


def _stay_busy(place: Place, token: str) -> None:
    """Clicks all day long, up to the absolute limit."""
    for _ in range(12 * 60 // 30):
        _pass(place, timedelta(minutes=30))
        place.store.sessions.person(token)


ENDS: dict[str, Callable[[Place, str], object]] = {
    "signing out": lambda place, token: place.store.sessions.end(token),
    "a new password": lambda place, _: place.store.accounts.set_password(
        place.lan.id, "một câu mới khác hẳn", by="benchmark"
    ),
    "another role": _change_role,
    "disabling": lambda place, _: place.store.accounts.set_active(place.lan.id, active=False, by="benchmark"),
    "removal of the person": lambda place, _: place.store.personal.erase("lan", by="benchmark"),
    "45 minutes without a click": lambda place, _: _pass(place, timedelta(minutes=45)),
    "12 hours of clicks": _stay_busy,
}
