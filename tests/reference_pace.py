"""How paces towards a target are told, a second time: plain Python, exact fractions, no line shared with `scoring`."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

YEAR = Fraction("365.2425")
FURTHEST = 100
Series = Mapping[date, Fraction]


@dataclass(frozen=True)
class Way:
    """Where one library should arrive with one indicator."""

    zero: Fraction
    target: Fraction
    day: date

    @property
    def up(self) -> bool:
        return self.target > self.zero


@dataclass(frozen=True)
class Told:
    """One library and indicator; None is what cannot be stated. Paces are per year in the scale of the values.

    away: days from the last value to the target, by own, fastest and slowest pace.
    """

    values: int
    last: Fraction | None
    last_day: date | None
    word: str
    needed: Fraction | None
    own: Fraction | None
    slow: Fraction | None
    fast: Fraction | None
    sure: Fraction | None
    ratio: Fraction | None
    away: tuple[Fraction | None, Fraction | None, Fraction | None]
    best: Fraction | None = None
    feasibility: Fraction | None = None


def tell(series: Series, way: Way) -> Told:
    """Everything but the comparison with the other libraries."""
    if not series:
        return Told(0, None, None, "unknown", *[None] * 6, (None, None, None))
    newest = max(series)
    last = series[newest]
    reached = last >= way.target if way.up else last <= way.target
    slopes = slopes_of(series)
    own = middle(slopes) if slopes else None
    slow, fast, sure = band(slopes, len(series), up=way.up)
    needed = needed_pace(last, newest, way, reached=reached)
    ratio = own / needed if own is not None and needed else None
    away = (None, None, None)
    if len(series) >= 3 and not reached:
        away = tuple(days_away(last, way, pace) for pace in (own, fast, slow))  # type: ignore[assignment]
    word = word_for(ratio, reached=reached)
    return Told(len(series), last, newest, word, needed, own, slow, fast, sure, ratio, away)


def needed_pace(last: Fraction, day: date, way: Way, *, reached: bool) -> Fraction | None:
    if reached:
        return Fraction(0)
    left = (way.day - day).days
    return (way.target - last) / left * YEAR if left > 0 else None


def word_for(ratio: Fraction | None, *, reached: bool) -> str:
    if reached:
        return "reached"
    if ratio is None:
        return "unknown"
    if ratio < 0:
        return "going back"
    if ratio < Fraction(1, 2):
        return "standing"
    return "slow" if ratio < 1 else "on pace"


def slopes_of(series: Series) -> list[Fraction]:
    """Change per year from each value to each later one, from the smallest."""
    return sorted(
        (series[later] - series[earlier]) / (later - earlier).days * YEAR
        for earlier, later in itertools.combinations(sorted(series), 2)
    )


def middle(ordered: Sequence[Fraction]) -> Fraction:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


# By number of values: slopes left out at each end, and the chance that the true slope lies within. Worked out by
# counting, among all orders of so many values, those with at most so many pairs the wrong way round: 4 values have 24
# orders, of which 1 has none; 6 values have 720, of which 1 + 5 + 14 = 20 have at most 2; 7 values have 5040, of which
# 1 + 6 + 20 + 49 + 98 = 174 have at most 4, and 343, more than a twentieth, at most 5.
BANDS = {
    3: (0, 1 - 2 * Fraction(1, 6)),
    4: (0, 1 - 2 * Fraction(1, 24)),
    5: (1, 1 - 2 * Fraction(1 + 4, 120)),
    6: (2, 1 - 2 * Fraction(1 + 5 + 14, 720)),
    7: (4, 1 - 2 * Fraction(1 + 6 + 20 + 49 + 98, 5040)),
}


def band(
    slopes: Sequence[Fraction], values: int, *, up: bool
) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Slow end, fast end, and how sure."""
    if values < 3:
        return None, None, None
    out, sure = BANDS[values]
    low, high = slopes[out], slopes[len(slopes) - 1 - out]
    return (low, high, sure) if up else (high, low, sure)


def days_away(last: Fraction, way: Way, pace: Fraction | None) -> Fraction | None:
    if not pace or (pace > 0) != way.up:
        return None
    years = (way.target - last) / pace
    return years * YEAR if years <= FURTHEST else None


def compare(told: Iterable[Told], ways: Sequence[Way]) -> list[tuple[Fraction | None, Fraction | None]]:
    """For each library, the best pace of all that have three values, and the needed pace against it."""
    everyone = list(told)
    up = ways[0].up
    kept = [one.own for one in everyone if one.values >= 3 and one.own is not None]
    best = (max(kept) if up else min(kept)) if kept else None
    moving = best is not None and (best > 0 if up else best < 0)
    return [
        (best, one.needed / best if best is not None and moving and one.needed is not None else None)
        for one in everyone
    ]
