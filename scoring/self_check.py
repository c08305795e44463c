"""The index looks at itself: which indicators say the same, say nothing, or pull harder than their points say."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.stats import t as student

from scoring.aggregate import CLOSE, at_least
from scoring.matrix import Floats
from scoring.scorecard import Scorecard
from survey.framework import Framework

FEWEST = 4  # with three libraries a straight line is found too easily to say anything
ERROR = 0.05  # two-sided; as many pairs pass by chance where nothing is related
DOUBLED = 0.9
SAME = 1e-9  # points or s, far under what is printed: a difference of rounding is none
CROWDED = 0.8  # from this share on at one end an indicator no longer tells libraries apart


@dataclass(frozen=True)
class Correlation:
    """How two things move together over the libraries that have both.

    r: Pearson's, critical: what |r| must pass at this n; both NaN where they cannot be worked out.
    """

    dimension: str
    first: str
    second: str
    n: int
    r: float
    critical: float

    @property
    def known(self) -> bool:
        return self.r == self.r

    @property
    def passes(self) -> bool:
        return self.known and abs(self.r) > self.critical

    @property
    def doubled(self) -> bool:
        return self.passes and bool(at_least(np.abs(self.r), DOUBLED))

    @property
    def against(self) -> bool:
        return self.known and self.r < -CLOSE


@dataclass(frozen=True)
class Ends:
    """How many of the n libraries that answered are at full marks (top) and at 0 (bottom)."""

    indicator: str
    n: int
    top: int
    bottom: int

    @property
    def at_top(self) -> bool:
        return self.n >= FEWEST and self.top >= CROWDED * self.n

    @property
    def at_bottom(self) -> bool:
        return self.n >= FEWEST and self.bottom >= CROWDED * self.n


@dataclass(frozen=True)
class Influence:
    """What part of the differences between totals one thing makes, beside its part of the points.

    share: cov(points, total) / var(total), NaN where all totals are the same or fewer than `FEWEST`;
    stated: its maximum of the framework's total.
    """

    name: str
    share: float
    stated: float

    @property
    def ratio(self) -> float:
        return self.share / self.stated


def critical_value(n: int, *, error: float = ERROR) -> float:
    """The |r| that n pairs without any relation pass with probability `error`, two-sided.

    r = t / sqrt(t**2 + n - 2), with t from Student's distribution with n - 2 degrees of freedom; NaN under `FEWEST`.

    >>> round(critical_value(13), 3)
    0.553
    """
    if n < FEWEST:
        return float("nan")
    t = float(student.ppf(1 - error / 2, n - 2))
    return float(t / np.sqrt(t**2 + n - 2))


def correlation(x: Floats, y: Floats) -> tuple[int, float]:
    """Pearson's r over the places where both are numbers, and how many; NaN if under `FEWEST` or one is constant."""
    both = ~(np.isnan(x) | np.isnan(y))
    n = int(both.sum())
    # Sorted, so that the order of the libraries moves no digit.
    order = np.lexsort((y[both], x[both]))
    a, b = x[both][order], y[both][order]
    if n < FEWEST or np.ptp(a) < SAME or np.ptp(b) < SAME:
        return n, float("nan")
    a, b = a - a.mean(), b - b.mean()
    r = (a @ b) / np.sqrt((a @ a) * (b @ b))
    return n, float(np.clip(r, -1.0, 1.0))


def pairs(card: Scorecard, framework: Framework) -> list[Correlation]:
    """Every pair of indicators of one dimension by their s, strongest first, those without r at the end."""
    share = card.share
    found = [
        _related(
            dimension.id,
            first.id,
            second.id,
            share[:, _column(card, first.id)],
            share[:, _column(card, second.id)],
        )
        for dimension in framework.dimensions
        for first, second in combinations(dimension.indicators, 2)
    ]
    return sorted(found, key=lambda one: (not one.known, -abs(one.r) if one.known else 0.0))


def with_the_rest(card: Scorecard, framework: Framework) -> list[Correlation]:
    """Each indicator with the rest of its dimension: points over maximum of the others that were answered."""
    maximum, share, found = card.posts.maximum, card.share, []
    for dimension in framework.dimensions:
        columns = [_column(card, indicator.id) for indicator in dimension.indicators]
        for column, indicator in zip(columns, dimension.indicators, strict=True):
            others = [other for other in columns if other != column]
            worth = (~np.isnan(share[:, others])) * maximum[others]
            points, most = np.nansum(share[:, others] * maximum[others], axis=1), worth.sum(axis=1)
            rest = np.divide(points, most, out=np.full(len(most), np.nan), where=most > 0)
            found.append(_related(dimension.id, indicator.id, dimension.id, share[:, column], rest))
    return found


def ends(card: Scorecard) -> list[Ends]:
    """How crowded the two ends of each indicator are among those who answered it."""
    return [
        Ends(
            name,
            n=int((~np.isnan(column)).sum()),
            top=int(at_least(column, 1.0).sum()),
            bottom=int((column < CLOSE).sum()),
        )
        for name, column in zip(card.matrix.indicators, card.share.T, strict=True)
    ]


def pulls(points: Floats) -> Floats:
    """cov(points, total) / var(total) of each column of `points`, which add up to 1.

    Args:
        points: (libraries, indicators), in any unit that is the same for all.

    Returns:
        (indicators,), NaN where all totals are the same or there are fewer than `FEWEST` libraries.

    Source:
        Paruolo, Saisana and Saltelli (2013), "Ratings and rankings: voodoo or science?": weights are not
        importance. The covariance with the sum splits the variance of the sum exactly.
    """
    totals = points.sum(axis=1)
    if len(points) < FEWEST or np.ptp(totals) < SAME:
        return np.full(points.shape[1], np.nan)
    apart = points - points.mean(axis=0)
    total = apart.sum(axis=1)
    return np.asarray((total @ apart) / (total @ total))


def influences(card: Scorecard) -> list[Influence]:
    """The influence of each indicator on the lower bound of the total, in points; they add up to 1.

    An open answer counts 0, as in the lower bound; so does what does not apply.
    """
    maximum = card.posts.maximum
    return [
        Influence(name, float(share), float(most / maximum.sum()))
        for name, share, most in zip(card.matrix.indicators, pulls(card.points), maximum, strict=True)
    ]


def by_dimension(found: list[Influence], framework: Framework) -> list[Influence]:
    """The influences of indicators added up by dimension."""
    inside = {
        d.id: [one for one in found if framework.dimension_of[one.name].id == d.id]
        for d in framework.dimensions
    }
    return [
        Influence(name, sum(one.share for one in parts), sum(one.stated for one in parts))
        for name, parts in inside.items()
    ]


def _related(dimension: str, first: str, second: str, x: Floats, y: Floats) -> Correlation:
    n, r = correlation(x, y)
    return Correlation(dimension, first, second, n, r, critical_value(n))


def _column(card: Scorecard, indicator: str) -> int:
    return card.matrix.indicators.index(indicator)
