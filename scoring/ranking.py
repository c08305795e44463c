"""How far the order of libraries depends on choices: ranks over many draws, and groups instead of bare ranks.

This is sensitivity to choices of method and to doubt about answers, not a sampling interval.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.aggregate import CLOSE, at_least
from scoring.draws import COUNT, SEED, Draws, Source, make_draws
from scoring.goalposts import Goalposts
from scoring.matrix import Flags, Floats, State
from scoring.ranges import Ranges, answer_ranges
from scoring.scorecard import Scorecard
from scoring.simulation import simulate
from survey.framework import Framework

Ranks = NDArray[np.int64]
LOWEST, MIDDLE, HIGHEST = 0.05, 0.5, 0.95
TOP = 3
# The share of draws in which a group's leader beats the library that begins the next group.
APART = 0.9


@dataclass(frozen=True, eq=False)
class Ranking:
    """Ranks over all draws; libraries by id, so that their order in the data changes nothing.

    Rank 1 is the best; equal scores share the better rank. unranked: libraries without enough
    coverage for a score. official: ranks by the official score. median, low, high: ranks that
    50, 5 and 95 % of draws reach or better. top: share of draws among the best three. shares:
    (libraries, ranks), share of draws at each rank from 1. above: (libraries, libraries), share
    of draws in which the row's library scores above the column's. groups: libraries that cannot
    be told apart, best group first, each by median rank from its leader on.
    """

    libraries: tuple[str, ...]
    unranked: tuple[str, ...]
    official: Ranks
    median: Ranks
    low: Ranks
    high: Ranks
    top: Floats
    shares: Floats
    above: Floats
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Driver:
    """One source of uncertainty varied alone.

    shift: places by which a library leaves its official rank, mean over libraries and draws.
    share: of the shifts of all sources; 0 where none shifts anything.
    """

    source: Source
    shift: float
    share: float


@dataclass(frozen=True)
class Fragility:
    """The indicator without which a library's official rank changes most.

    change: places gained without it, negative where places are lost. indicator: the first of
    equally large changes, None where no single indicator matters.
    """

    library: str
    indicator: str | None
    change: int


@dataclass(frozen=True, eq=False)
class _Study:
    """The ranked libraries by id with all that is varied; posts, ranges and draws belong together."""

    libraries: tuple[str, ...]
    official: Ranks
    posts: Goalposts
    ranges: Ranges
    draws: Draws
    uncertain: Flags

    def ranks(self, sources: Collection[Source]) -> tuple[Ranks, Flags]:
        """Ranks (libraries, draws) and who is above whom where only some sources are varied."""
        held = np.zeros_like(self.uncertain)
        if Source.UNKNOWNS not in sources:
            held |= self.ranges.unknown
        if Source.ANSWER_ERROR not in sources:
            held |= ~self.ranges.unknown
        ranges = self.ranges.fixed(held) if held.any() else self.ranges
        scores = simulate(
            ranges, self.draws.varying(sources, self.posts), self.posts, uncertain=self.uncertain
        )
        above = is_above(scores)
        return ranks_of(above), above


def rank(card: Scorecard, framework: Framework, *, seed: int = SEED, count: int = COUNT) -> Ranking:
    """Rank every library with a score in `count` draws with everything varied together.

    Source:
        the Federation's proposal of a method, "Rank uncertainty".
    """
    study = _study(card, framework, seed=seed, count=count)
    ranks, is_better = study.ranks(tuple(Source))
    shares = rank_shares(ranks)
    above = np.count_nonzero(is_better, axis=2) / count
    median = reached_by(shares, MIDDLE)
    order = np.lexsort((ranks.mean(axis=1), median))
    return Ranking(
        libraries=study.libraries,
        unranked=tuple(sorted(set(card.libraries) - set(study.libraries))),
        official=study.official,
        median=median,
        low=reached_by(shares, LOWEST),
        high=reached_by(shares, HIGHEST),
        top=shares[:, :TOP].sum(axis=1),
        shares=shares,
        above=above,
        groups=tuple(
            tuple(study.libraries[row] for row in group) for group in groups_of(above, order.tolist())
        ),
    )


def drivers(
    card: Scorecard, framework: Framework, *, seed: int = SEED, count: int = COUNT
) -> tuple[Driver, ...]:
    """What moves the order: each source of uncertainty alone, in the draws that `rank` uses.

    Source:
        OECD/JRC, Handbook on Constructing Composite Indicators (2008), average shift in ranks.
    """
    study = _study(card, framework, seed=seed, count=count)
    shifts = {source: _shift(study, source) for source in Source}
    total = sum(shifts.values())
    return tuple(Driver(source, shift, shift / total if total else 0.0) for source, shift in shifts.items())


def fragilities(card: Scorecard) -> tuple[Fragility, ...]:
    """For every ranked library by id, the largest change of its official rank without one indicator.

    The libraries stay the same, also where one would fall below the coverage a score needs. A
    library that nothing else applies to keeps its rank.
    """
    rows = _ranked_rows(card)
    applies = card.matrix.state[rows] != State.NOT_APPLICABLE
    left = card.total.applicable[rows, np.newaxis] - applies * card.posts.maximum
    earned = card.total.earned[rows, np.newaxis] - card.points[rows]
    low = np.divide(100 * earned, left, out=np.full_like(left, np.nan), where=left > CLOSE)
    official = _official_ranks(card, rows)[:, np.newaxis]
    change = np.where(np.isnan(low), 0, official - ranks_of(is_above(low)))
    largest = np.abs(change).argmax(axis=1)
    return tuple(
        Fragility(
            library=card.libraries[row],
            indicator=card.matrix.indicators[column] if own[column] else None,
            change=int(own[column]),
        )
        for row, column, own in zip(rows, largest.tolist(), change, strict=True)
    )


def is_above(scores: Floats) -> Flags:
    """(libraries, libraries, draws): whether the first scores above the second, last digits forgiven.

    scores: (libraries, draws); NaN is above nothing, and nothing is above it.
    """
    return np.asarray(scores[:, np.newaxis, :] > (scores + CLOSE)[np.newaxis, :, :])


def ranks_of(above: Flags) -> Ranks:
    """(libraries, draws): one more than the libraries above, so equals share the better rank."""
    return np.asarray(1 + np.add.reduce(above, axis=0, dtype=np.int64))


def rank_shares(ranks: Ranks) -> Floats:
    """(libraries, libraries): share of draws in which a library has rank 1, 2, ..."""
    libraries, count = ranks.shape
    cells = np.arange(libraries)[:, np.newaxis] * libraries + ranks - 1
    counts = np.bincount(cells.ravel(), minlength=libraries**2)
    return np.asarray(counts.reshape(libraries, libraries) / count)


def reached_by(shares: Floats, part: float) -> Ranks:
    """(libraries,): the best rank that at least `part` of the draws reach or better."""
    return np.asarray(1 + np.count_nonzero(~at_least(np.cumsum(shares, axis=1), part), axis=1))


def groups_of(above: Floats, order: list[int]) -> list[list[int]]:
    """Split an order of libraries, best first, where a group's leader beats the next for sure enough.

    >>> groups_of(np.array([[0, 0.6, 0.95], [0.4, 0, 0.7], [0.05, 0.3, 0]]), [0, 1, 2])
    [[0, 1], [2]]
    """
    groups: list[list[int]] = []
    for row in order:
        if groups and not at_least(above[groups[-1][0], row], APART):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _ranked_rows(card: Scorecard) -> list[int]:
    """Rows of the libraries with a score, by id."""
    scored = np.flatnonzero(~np.isnan(card.total.score)).tolist()
    return sorted(scored, key=lambda row: card.libraries[row])


def _official_ranks(card: Scorecard, rows: list[int]) -> Ranks:
    return ranks_of(is_above(card.total.score[rows, np.newaxis]))[:, 0]


def _study(card: Scorecard, framework: Framework, *, seed: int, count: int) -> _Study:
    rows = _ranked_rows(card)
    libraries = tuple(card.libraries[row] for row in rows)
    ranges = answer_ranges(card.matrix.rows(libraries), card.posts, framework)
    uncertain = ranges.uncertain
    draws = make_draws(card.posts, uncertain=int(uncertain.sum()), seed=seed, count=count)
    return _Study(libraries, _official_ranks(card, rows), card.posts, ranges, draws, uncertain)


def _shift(study: _Study, source: Source) -> float:
    ranks, _ = study.ranks((source,))
    shift = np.abs(ranks - study.official[:, np.newaxis])
    return float(shift.mean()) if shift.size else 0.0
