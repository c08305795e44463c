"""Properties of paces that hold for all values, and agreement with a second implementation.

`SCORING_CASES` sets how many series are compared, 20 for each of its count; a nightly run takes millions.
"""

import os
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reference_pace import BANDS, Told, Way, compare, tell

from scoring.matrix import Floats
from scoring.pace import Days, Goal, Pace, PaceClass, end_of, measure_pace, years_between
from scoring.projection import find_arrival, project, year_of
from scoring.slopes import band_of

SERIES = 20 * int(os.environ.get("SCORING_CASES", "1000"))
LIBRARIES, INDICATORS = 10, 20
SEED = 206
CLOSE = 1e-9
FIXED = settings(derandomize=True, deadline=None, database=None, max_examples=min(200, SERIES // 40))
DUE = end_of(2030)
START = date(2023, 12, 31)
WORDS = {
    PaceClass.UNKNOWN: "unknown",
    PaceClass.GOING_BACK: "going back",
    PaceClass.STANDING: "standing",
    PaceClass.SLOW: "slow",
    PaceClass.ON_PACE: "on pace",
    PaceClass.REACHED: "reached",
}


# ---- agreement ----


@dataclass(frozen=True)
class Batch:
    """Series at random: values (rounds, libraries, indicators), targets by library."""

    days: list[date]
    value: Floats
    zero: Floats
    target: Floats
    due: date

    @cached_property
    def pace(self) -> Pace:
        goal = Goal(zero=self.zero, target=self.target, day=np.datetime64(self.due, "D"))
        return measure_pace(np.array(self.days, dtype="datetime64[D]"), self.value, goal)

    def way(self, row: int, column: int) -> Way:
        zero, target = exact(self.zero[column]), exact(self.target[row, column])
        return Way(zero, target, self.due)

    def told(self, row: int, column: int) -> Told:
        given = zip(self.days, self.value[:, row, column], strict=True)
        series = {day: exact(x) for day, x in given if x == x}
        return tell(series, self.way(row, column))


def exact(number: float) -> Fraction:
    return Fraction(repr(float(number)))


def a_batch(chance: random.Random) -> Batch:
    """From no round to seven, at yearly or odd distances, in any order, at times past the target's day."""
    count = chance.choice([0, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7])
    step = chance.choice([365, 366, 100, 1000])
    days = [START + timedelta(step * place + chance.choice([0, 0, chance.randint(0, 99)])) for place in range(count)]  # fmt: skip
    chance.shuffle(days)
    zero = np.array([float(chance.choice([0, 0, 20, 48, 100])) for _ in range(INDICATORS)])
    span = np.array([chance.choice([-40, -36, 1, 5, 80, 100, 0.3, 12_000]) for _ in range(INDICATORS)])
    own = np.array([[chance.choice([1, 1, 1, 0.5, 1.25]) for _ in range(INDICATORS)] for _ in range(LIBRARIES)])  # fmt: skip
    shares = [[a_series(days, chance) for _ in range(INDICATORS)] for _ in range(LIBRARIES)]
    value = zero + span * np.moveaxis(np.array(shares).reshape(LIBRARIES, INDICATORS, count), -1, 0)
    return Batch(days, np.round(value, 6), zero, np.round(zero + span * own, 6), date(2030, 12, 31))


def a_series(days: list[date], chance: random.Random) -> list[float]:
    """Shares of a way, NaN being a gap: at random, standing, steady, and at a threshold of the classes."""
    first = chance.choice([0.0, 0.25, 0.5, 1.0, chance.random()])
    kind = chance.choice(["any", "any", "few", "still", "steady", "needed", "half"])
    speed = {"still": 0.0, "steady": chance.uniform(-0.3, 0.3)}.get(kind, 0.0)
    early, late = min(days, default=START), max(days, default=START)
    if kind in ("needed", "half"):
        part, due = (1 if kind == "needed" else 0.5), date(2030, 12, 31)
        speed = part * (1 - first) / ((due - late).days + part * (late - early).days)
        return [first + speed * (day - early).days for day in days]
    shares = [first + speed * (day - early).days / 365 for day in days]
    if kind == "any":
        shares = [chance.uniform(-0.2, 1.3) for _ in days]
    elif kind == "few":
        shares = [chance.choice([0.0, 0.2, 0.4, 0.6, 0.8, 1.0]) for _ in days]
    gaps = chance.choice([0, 0, 0.2, 0.6])
    return [float("nan") if chance.random() < gaps else share for share in shares]


def differs(found: float, expected: Fraction | None) -> bool:
    if expected is None:
        return found == found
    return not abs(found - float(expected)) <= CLOSE * max(1.0, abs(float(expected)))


def class_differs(found: int, told: Told) -> bool:
    """At a threshold itself, binary fractions of decimals may lie a last digit below it."""
    at_edge = told.ratio is not None and any(0 < abs(told.ratio - edge) < CLOSE for edge in (0, Fraction(1, 2), 1))  # fmt: skip
    return WORDS[PaceClass(found)] != told.word and not at_edge


def day_differs(found: np.datetime64, last: date | None, away: Fraction | None) -> bool:
    """Days away are rounded up; what lies within the last digits of a whole day may fall to either side."""
    if away is None or last is None:
        return not np.isnat(found)
    apart = (found - np.datetime64(last, "D")) / np.timedelta64(1, "D") - float(away)
    return not -1e-4 < apart < 1 + 1e-4


def find_differences(batch: Batch) -> list[str]:
    pace, arrival = batch.pace, find_arrival(batch.pace)
    wrong = []
    for column in range(INDICATORS):
        told = [batch.told(row, column) for row in range(LIBRARIES)]
        others = compare(told, [batch.way(row, column) for row in range(LIBRARIES)])
        for row, (one, (best, feasibility)) in enumerate(zip(told, others, strict=True)):
            at = row, column
            exactly = {
                "last": one.last,
                "needed": one.needed,
                "own": one.own,
                "slow": one.slow,
                "fast": one.fast,
                "confidence": one.sure,
                "ratio": one.ratio,
                "best": best,
                "feasibility": feasibility,
            }
            wrong += [
                f"{at} {name}" for name, own in exactly.items() if differs(getattr(pace, name)[at], own)
            ]
            days = zip((arrival.day, arrival.earliest, arrival.latest), one.away, strict=True)
            wrong += [f"{at} arrival" for found, away in days if day_differs(found[at], one.last_day, away)]
            if pace.count[at] != one.values or class_differs(pace.classes[at], one):
                wrong.append(f"{at} {pace.count[at]} {pace.classes[at]} instead of {one}")
    return wrong


def test_a_second_implementation_in_exact_fractions_agrees():
    chance = random.Random(SEED)
    classes: Counter[int] = Counter()
    for number in range(-(-SERIES // (LIBRARIES * INDICATORS))):
        batch = a_batch(chance)
        assert find_differences(batch)[:5] == [], f"batch {number}"
        classes.update(batch.pace.classes.ravel().tolist())
    assert sum(classes.values()) >= SERIES
    assert all(classes[one] > SERIES / 100 for one in PaceClass), f"too few of a class: {classes}"


@pytest.mark.parametrize("count", range(3, 8))
def test_the_band_leaves_out_what_counting_all_orders_allows(count: int):
    wrong_pairs = Counter(
        sum(one > other for place, one in enumerate(order) for other in order[place + 1 :])
        for order in permutations(range(count))
    )
    outside = [sum(wrong_pairs[k] for k in range(most + 1)) / wrong_pairs.total() for most in range(count)]
    dropped, sure = band_of(count)
    assert sure == pytest.approx(1 - 2 * outside[dropped])
    assert (dropped, sure) == (BANDS[count][0], pytest.approx(float(BANDS[count][1])))
    assert outside[dropped] <= 0.05 or (count == 3 and dropped == 0)
    assert outside[dropped + 1] > 0.05


# ---- properties ----

shares = st.floats(-0.5, 1.5).map(lambda share: round(share, 3))
lengths = st.integers(2, 7)


@st.composite
def dated(draw: st.DrawFn, least: int = 2) -> tuple[Days, list[float]]:
    """Reference dates before 2030 and a share of the way for each."""
    ahead = draw(st.lists(st.integers(0, 2000), min_size=least, max_size=7, unique=True))
    given = draw(st.lists(shares, min_size=len(ahead), max_size=len(ahead)))
    return np.datetime64(START, "D") + np.array(ahead).astype("timedelta64[D]"), given


def one(days: Days, given: list[float], *, zero: float = 0.0, target: float = 1.0) -> Pace:
    goal = Goal(np.array([zero]), np.array([target]), DUE)
    return measure_pace(days, np.array(given, dtype=float).reshape(-1, 1, 1), goal)


def class_of(pace: Pace) -> int:
    return int(pace.classes[0, 0])


@FIXED
@given(series=dated(), more=st.floats(0.001, 1))
def test_a_better_last_value_never_lowers_the_class(series: tuple[Days, list[float]], more: float):
    days, given = series
    newest = int(np.argmax(days))
    better = [share + more * (place == newest) for place, share in enumerate(given)]
    assert class_of(one(days, better)) >= class_of(one(days, given))


@FIXED
@given(series=dated(), zero=st.floats(-100, 100), span=st.sampled_from([-1200.0, -36.0, 0.25, 7.0, 1e6]))
def test_the_scale_of_the_values_and_their_direction_change_no_ratio(
    series: tuple[Days, list[float]], zero: float, span: float
):
    days, given = series
    plain = one(days, given)
    scaled = one(days, [zero + span * share for share in given], zero=zero, target=zero + span)
    assert scaled.ratio == pytest.approx(plain.ratio, rel=1e-6, abs=1e-6, nan_ok=True)
    assert scaled.own == pytest.approx(plain.own * span, rel=1e-6, abs=1e-6 * abs(span), nan_ok=True)
    assert scaled.slow == pytest.approx(plain.slow * span, rel=1e-6, abs=1e-6 * abs(span), nan_ok=True)


@FIXED
@given(series=dated(least=0), chance=st.randoms(use_true_random=False))
def test_the_order_of_the_rounds_says_nothing(series: tuple[Days, list[float]], chance: random.Random):
    days, given = series
    order = list(range(len(given)))
    chance.shuffle(order)
    straight, mixed = one(days, given), one(days[order], [given[place] for place in order])
    for name in ("count", "last", "needed", "own", "slow", "fast", "ratio", "classes", "best", "feasibility"):
        np.testing.assert_allclose(getattr(straight, name), getattr(mixed, name), err_msg=name)
    assert np.array_equal(straight.last_day, mixed.last_day, equal_nan=True)


@FIXED
@given(series=dated(), share=st.floats(-1, 0.99), target=st.sampled_from([1.0, -1.0]))
def test_a_flat_series_stands_still_and_never_arrives(
    series: tuple[Days, list[float]], share: float, target: float
):
    days, given = series
    pace = one(days, [share * target] * len(given), target=target)
    assert class_of(pace) == PaceClass.STANDING
    assert (pace.own[0, 0], pace.ratio[0, 0]) == (0, 0)
    assert np.isnat(find_arrival(pace).day).all()
    assert np.isnan(pace.feasibility).all()


@FIXED
@given(series=dated(least=3), ahead=st.integers(0, 20_000))
def test_a_projection_goes_on_from_the_last_value_by_the_slope(series: tuple[Days, list[float]], ahead: int):
    pace = one(*series)
    years = years_between(pace.last_day, pace.last_day + np.timedelta64(ahead, "D"))
    led = project(pace, pace.last_day[0, 0] + np.timedelta64(ahead, "D"))
    assert led.value == pytest.approx(pace.last + pace.own * years)
    assert (led.slow <= led.value + CLOSE).all()
    assert (led.value <= led.fast + CLOSE).all()
    assert np.isnan(project(pace, pace.last_day[0, 0] - np.timedelta64(1, "D")).value).all()


@FIXED
@given(series=dated(least=3))
def test_on_pace_and_an_arrival_in_time_are_the_same(series: tuple[Days, list[float]]):
    pace = one(*series)
    assume(class_of(pace) != PaceClass.REACHED and abs(pace.ratio[0, 0] - 1) > 1e-6)
    arrival = find_arrival(pace)
    in_time = bool(arrival.day[0, 0] <= DUE)
    assert in_time == (class_of(pace) == PaceClass.ON_PACE)
    assert np.isnat(arrival.latest) | (arrival.day <= arrival.latest)
    assert np.isnat(arrival.day) | (arrival.earliest <= arrival.day)


@FIXED
@given(series=dated(least=3))
def test_the_arrival_is_the_first_day_on_which_the_projection_is_at_the_target(
    series: tuple[Days, list[float]],
):
    pace = one(*series)
    day = find_arrival(pace).day[0, 0]
    assume(not np.isnat(day))
    step = np.timedelta64(1, "D")
    assert project(pace, day).value[0, 0] >= 1 - 1e-6
    assert project(pace, day - step).value[0, 0] < 1 + 1e-6


@FIXED
@given(series=dated(), noise=dated())
def test_a_library_alone_has_the_class_that_it_has_among_others(
    series: tuple[Days, list[float]], noise: tuple[Days, list[float]]
):
    days, given = series
    other = (noise[1] * 4)[: len(given)]
    goal = Goal(np.array([0.0]), np.array([1.0]), DUE)
    both = measure_pace(days, np.array([given, other]).T[:, :, np.newaxis], goal)
    assert both.classes[0, 0] == class_of(one(days, given))
    alone = one(days, given)
    if both.count[0, 0] >= 3:
        assert both.best[0, 0] >= alone.best[0, 0]


def test_nobody_and_nothing_are_measured_without_a_fault():
    goal = Goal(np.zeros(2), np.ones(2), DUE)
    empty = measure_pace(np.array([], dtype="datetime64[D]"), np.empty((0, 3, 2)), goal)
    assert empty.classes.tolist() == [[PaceClass.UNKNOWN] * 2] * 3
    assert np.isnat(find_arrival(empty).day).all()
    assert np.isnan(year_of(find_arrival(empty).day)).all()
    nobody = measure_pace(np.array([START], dtype="datetime64[D]"), np.empty((1, 0, 2)), goal)
    assert nobody.best.shape == (0, 2)
