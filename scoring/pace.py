"""How fast values move towards a target, against the pace that the target's day asks for."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from scoring.aggregate import CLOSE, at_least
from scoring.goalposts import distance_to_target
from scoring.matrix import Flags, Floats
from scoring.slopes import A_BAND_FROM, Counts, theil_sen

Day = np.datetime64
Days = NDArray[np.datetime64]
Classes = NDArray[np.int8]
NO_DAY = np.datetime64("NaT", "D")
# The mean year of the calendar, so that a pace does not hang on where the leap years lie.
DAYS_PER_YEAR = 365.2425
SLOW_FROM, ON_PACE_FROM = 0.5, 1.0
# A single step between two rounds may be one purchase; what three rounds show has been sustained.
SUSTAINED_FROM = A_BAND_FROM


class PaceClass(IntEnum):
    """What the pace ratio says, from the worst to the best.

    UNKNOWN: fewer than two values, or the target's day has come without the target.
    """

    UNKNOWN = -1
    GOING_BACK = 0
    STANDING = 1
    SLOW = 2
    ON_PACE = 3
    REACHED = 4


class Basis(IntEnum):
    """On how many values a pace rests; THREE stands for three and more.

    ONE: only the needed pace. TWO: a ratio, to be marked as from two points. THREE: also a band,
    a projection and an arrival.
    """

    NOTHING = 0
    ONE = 1
    TWO = 2
    THREE = 3


@dataclass(frozen=True, eq=False)
class Goal:
    """Where values should arrive, and when.

    zero, target: as in `distance_to_target`, broadcast to (libraries, indicators); a province's own
    target may differ, the direction of an indicator may not. day: the last day for it.
    """

    zero: Floats
    target: Floats
    day: Day

    @property
    def span(self) -> Floats:
        """From the zero point to the target, negative where lower is better."""
        return np.asarray(self.target - self.zero)


@dataclass(frozen=True, eq=False)
class Pace:
    """Libraries on their way to a goal; arrays of (libraries, indicators).

    Values are in each indicator's own scale, paces in that scale per year and signed: where lower
    is better, a pace towards the target is negative.

    count: values given. last, last_day: the newest value and its day, NaN and NaT without one.
    needed: from the last value to the target on its day; 0 at the target, NaN once the day has come
    without it. own: Theil-Sen slope, NaN below two values. slow, fast: the ends of its band, seen
    towards the target, with their confidence; NaN below three values. ratio: own / needed, NaN where
    either is missing or nothing is needed. classes: `PaceClass`. best: the best pace towards the
    target that any of the libraries has over at least three values, the same for all of them; NaN
    if none has three. feasibility: needed / best, NaN where no library has come nearer.
    """

    goal: Goal
    count: Counts
    last: Floats
    last_day: Days
    needed: Floats
    own: Floats
    slow: Floats
    fast: Floats
    confidence: Floats
    ratio: Floats
    classes: Classes
    best: Floats
    feasibility: Floats

    @property
    def basis(self) -> NDArray[np.int8]:
        """`Basis`."""
        return np.minimum(self.count, Basis.THREE).astype(np.int8)

    @property
    def reached(self) -> Flags:
        return np.asarray(self.classes == PaceClass.REACHED)

    @property
    def overdue(self) -> Flags:
        """Whether the target's day has come without the target."""
        return np.asarray((self.count > 0) & np.isnan(self.needed))


def end_of(year: int) -> Day:
    """The day by which a target of `year` is to be reached."""
    return np.datetime64(f"{year}-12-31", "D")


def years_between(first: Days | Day, last: Days | Day) -> Floats:
    """Years from one day to another, negative backwards, NaN where a day is missing."""
    return np.asarray((last - first) / np.timedelta64(1, "D") / DAYS_PER_YEAR)


def measure_pace(days: Days, value: Floats, goal: Goal, *, best: Floats | None = None) -> Pace:
    """Compare the pace of dated values with the pace that is needed.

    days: (rounds,), the reference dates in any order. value: (rounds, libraries, indicators), NaN
    where there is none. best: the best pace as in `Pace`, where it is looked for among others than
    these libraries.

    Raises:
        ValueError: two rounds have the same day, so no change between them has a pace.

    Source:
        The Federation's proposal of a method, "Over time": r = actual yearly change / needed
        yearly change, linear.
    """
    if len(np.unique(days)) < len(days):
        raise ValueError("two rounds have the same reference date: a change within a day has no pace")
    share = distance_to_target(value, zero=goal.zero, target=goal.target)
    slopes = theil_sen(years_between(goal.day, days), share)
    newest = _newest(days, value)
    last_day = np.concatenate([days.astype("datetime64[D]"), [NO_DAY]])[newest]
    last, come = _pick(value, newest), _pick(share, newest)
    reached = at_least(come, 1.0)
    needed = _needed(come, reached, years_between(last_day, goal.day))
    ratio = np.divide(slopes.middle, needed, out=np.full_like(needed, np.nan), where=needed > 0)
    if best is None:
        best = _best(slopes.middle * np.abs(goal.span), slopes.count) * np.sign(goal.span) + 0.0
    shown = best / goal.span > CLOSE
    return Pace(
        goal=goal,
        count=slopes.count,
        last=last,
        last_day=last_day,
        needed=_in_units(needed, goal),
        own=_in_units(slopes.middle, goal),
        slow=_in_units(slopes.low, goal),
        fast=_in_units(slopes.high, goal),
        confidence=slopes.confidence,
        ratio=ratio,
        classes=_classes(ratio, reached),
        best=best,
        feasibility=np.divide(needed * goal.span, best, out=np.full_like(needed, np.nan), where=shown),
    )


def _newest(days: Days, value: Floats) -> Counts:
    """The index of each series' newest value, -1 where it has none."""
    order = np.argsort(days)
    places = np.arange(len(days)).reshape(-1, *[1] * (value.ndim - 1))
    place = np.where(np.isnan(value[order]), -1, places).max(axis=0, initial=-1)
    return np.asarray(np.append(order, -1)[place])


def _pick(value: Floats, index: Counts) -> Floats:
    """From each series the value at its own index; NaN for -1."""
    ended = np.concatenate([value, np.full((1, *value.shape[1:]), np.nan)])
    return np.asarray(np.take_along_axis(ended, index[np.newaxis], axis=0)[0])


def _in_units(shares: Floats, goal: Goal) -> Floats:
    """Shares of the way per year in the indicator's own scale; adding 0 leaves no negative zero."""
    return np.asarray(shares * goal.span + 0.0)


def _needed(come: Floats, reached: Flags, left: Floats) -> Floats:
    """Shares of the whole way per year."""
    needed = np.divide(1 - come, left, out=np.full_like(come, np.nan), where=left > 0)
    return np.where(reached, 0.0, needed)


def _classes(ratio: Floats, reached: Flags) -> Classes:
    """A ratio at a threshold belongs to the better class."""
    cases = {
        PaceClass.REACHED: reached,
        PaceClass.UNKNOWN: np.isnan(ratio),
        PaceClass.ON_PACE: at_least(ratio, ON_PACE_FROM),
        PaceClass.SLOW: at_least(ratio, SLOW_FROM),
        PaceClass.STANDING: at_least(ratio, 0.0),
    }
    return np.select(list(cases.values()), list(cases), default=PaceClass.GOING_BACK).astype(np.int8)


def _best(forward: Floats, count: Counts) -> Floats:
    """The largest pace towards the target that was sustained, in every row."""
    sustained = np.where(count >= SUSTAINED_FROM, forward, -np.inf)
    best = sustained.max(axis=0, keepdims=True, initial=-np.inf)
    return np.broadcast_to(np.where(np.isneginf(best), np.nan, best), forward.shape)
