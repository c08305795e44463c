"""The yearly change of dated values with gaps: the middle of all slopes, and the band that their order gives."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import factorial

import numpy as np
from numpy.typing import NDArray

from scoring.matrix import Floats

Counts = NDArray[np.int64]
# Two values make one slope; only from three on do slopes differ, so that a band can be read off.
A_BAND_FROM = 3
# Left out at each end, so that the band holds the true slope with nine tenths, as the interval of ranks does.
TAIL = Fraction(1, 20)


@dataclass(frozen=True, eq=False)
class Slopes:
    """Slopes of many series at once, arrays of the shape of one round's values.

    count: values given. middle: the median of the slopes of all pairs, NaN below two values. low,
    high: the ends of its band, NaN below three. confidence: how surely the band holds the true
    slope, 0 to 1, NaN likewise: 2/3 for three values, 11/12 for four and five.
    """

    count: Counts
    middle: Floats
    low: Floats
    high: Floats
    confidence: Floats


def theil_sen(years: Floats, value: Floats) -> Slopes:
    """Slopes of `value` against `years`, NaN being a gap.

    years: (rounds,), all different, in any order. value: (rounds, ...).

    Source:
        P. K. Sen, Estimates of the Regression Coefficient Based on Kendall's Tau, JASA 63 (1968):
        the band by the exact distribution of Kendall's count.

    >>> slopes = theil_sen(np.array([0.0, 1.0, 2.0]), np.array([10.0, 20.0, 60.0]))
    >>> float(slopes.middle), float(slopes.low), float(slopes.high)
    (25.0, 10.0, 40.0)
    """
    count = np.asarray((~np.isnan(value)).sum(axis=0))
    pairs = count * (count - 1) // 2
    ordered = _ordered(years, value)
    dropped, confidence = _bands(count)
    banded = count >= A_BAND_FROM
    return Slopes(
        count=count,
        middle=(_at(ordered, (pairs - 1) // 2) + _at(ordered, pairs // 2)) / 2,
        low=np.where(banded, _at(ordered, dropped), np.nan),
        high=np.where(banded, _at(ordered, pairs - 1 - dropped), np.nan),
        confidence=confidence,
    )


def _ordered(years: Floats, value: Floats) -> Floats:
    """The slopes of all pairs from the smallest, then NaN, of which there is always one: (pairs + 1, ...)."""
    first, second = np.triu_indices(len(years), k=1)
    apart = (years[second] - years[first]).reshape(-1, *[1] * (value.ndim - 1))
    slopes = (value[second] - value[first]) / apart
    return np.sort(np.concatenate([slopes, np.full((1, *value.shape[1:]), np.nan)]), axis=0)


def _at(ordered: Floats, place: Counts) -> Floats:
    """From each series the slope at its own place; -1 is the NaN at the end."""
    return np.asarray(np.take_along_axis(ordered, place[np.newaxis], axis=0)[0])


def _bands(count: Counts) -> tuple[Counts, Floats]:
    """`band_of` for every count."""
    most = int(count.max(initial=0))
    known = [band_of(number) for number in range(A_BAND_FROM, most + 1)]
    dropped = np.array([0] * A_BAND_FROM + [places for places, _ in known])
    confidence = np.array([np.nan] * A_BAND_FROM + [sure for _, sure in known])
    return dropped[count], confidence[count]


@cache
def band_of(count: int) -> tuple[int, float]:
    """How many slopes the band leaves out at each end, and how surely it holds the true slope.

    As many as can be left out with a chance of at most `TAIL` at each end. Three values are too few
    for that: their band is the whole range of the slopes, and its confidence says so.

    >>> [band_of(count)[0] for count in (3, 4, 5, 6)]
    [0, 0, 1, 2]
    """
    below = [Fraction(ways, factorial(count)) for ways in accumulate(_inversions(count))]
    dropped = max(sum(chance <= TAIL for chance in below) - 1, 0)
    return dropped, float(1 - 2 * below[dropped])


def _inversions(count: int) -> list[int]:
    """In how many orders of `count` values 0, 1, 2, ... pairs stand the wrong way round."""
    ways = [1]
    for size in range(2, count + 1):
        ways = [sum(ways[max(0, k - size + 1) : k + 1]) for k in range(len(ways) + size - 1)]
    return ways
