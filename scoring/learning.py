"""From whom a library can learn at one indicator: who reached the target, and who rose most."""

from dataclasses import dataclass

import numpy as np

from scoring.aggregate import CLOSE, at_least
from scoring.matrix import Floats, State
from scoring.scorecard import Scorecard

MOST_RISERS = 3
SMALLEST_RISE = 0.005  # of 1: what is printed as one point of a hundred


@dataclass(frozen=True)
class Example:
    """Another library at one indicator. rise: s of now less s of the last round, NaN without both."""

    library: str
    reached_first: bool
    reached_last: bool
    rise: float
    among_risers: bool


@dataclass(frozen=True)
class Weakness:
    """One indicator of a library with points missing. below: answered, and under the first milestone's target."""

    indicator: str
    missing: float
    below: bool


def weaknesses(card: Scorecard, library: str, *, most: int = 5) -> list[Weakness]:
    """The `most` indicators with most points missing, then every other one below the first target's line."""
    row, first = card.row(library), card.share_first
    missing = np.where(
        card.matrix.state[row] == State.NOT_APPLICABLE, 0.0, card.posts.maximum - card.points[row]
    )
    found = [
        Weakness(name, float(missing[column]), below=bool(first[row, column] < 1 - CLOSE))
        for column, name in enumerate(card.matrix.indicators)
        if missing[column] > CLOSE
    ]
    found.sort(key=lambda one: (-one.missing, one.indicator))
    return [one for place, one in enumerate(found) if place < most or one.below]


def examples(
    now: Floats, first: Floats, before: Floats, libraries: tuple[str, ...], own: str
) -> list[Example]:
    """Who reached a milestone's target, the later one first, then who rose most; never the library itself.

    Args:
        now: (libraries,), s towards the last target, NaN unless answered.
        first: likewise towards the first target.
        before: likewise of the last round, towards the last target of now; NaN for who was not there.
        libraries: their ids.
        own: the library that wants to learn, which may be among them.

    Returns:
        Those with an answer that reached a target or are among the `MOST_RISERS` that rose most; equal
        rises in the order of `libraries`.
    """
    rise, there_first, there_last = now - before, at_least(first, 1.0), at_least(now, 1.0)
    rose = at_least(rise, SMALLEST_RISE)
    others = [row for row, library in enumerate(libraries) if library != own and now[row] == now[row]]
    rising = sorted((row for row in others if rose[row]), key=lambda row: -rise[row])
    risers = rising[:MOST_RISERS]
    found = [
        Example(
            libraries[row], bool(there_first[row]), bool(there_last[row]), float(rise[row]), row in risers
        )
        for row in others
        if there_first[row] or there_last[row] or row in risers
    ]
    return sorted(
        found, key=lambda one: (not one.reached_last, not one.reached_first, -np.nan_to_num(one.rise))
    )
