"""The scores that libraries have in each draw of a study of ranks."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scoring.draws import STEPS, Draws
from scoring.goalposts import Goalposts
from scoring.matrix import Flags, Floats
from scoring.ranges import Ranges

# A geometric mean needs every dimension above nothing: one of 0 counts as one point of a hundred.
LEAST_MEAN = 0.01


def simulate(ranges: Ranges, draws: Draws, posts: Goalposts, *, uncertain: Flags) -> Floats:
    """Scores (libraries, draws), 0 to 100.

    uncertain: the answers that `draws.cells` was drawn for. With every choice as the official
    score makes it, this is the official score.

    Source:
        the Federation's proposal of a method, "Arithmetic, exactly" and "Rank uncertainty".
    """
    weights = _weights(draws, posts)
    scores = np.empty((ranges.low.shape[0], draws.spacing.size))
    for some in _alike(draws):
        own = ranges.spaced(float(draws.spacing[some.start]))
        applicable = _sums(own.applies.astype(np.float64), posts, weights[:, some])
        earned = _earned(own, posts, weights[:, some], draws.cells[:, some], uncertain)
        combined = _geometric if draws.geometric[some.start] else _arithmetic
        scores[:, some] = combined(earned, applicable)
    scores *= 100
    return scores


def _weights(draws: Draws, posts: Goalposts) -> Floats:
    """(indicators, draws): maxima with their factors, shrunk or grown to their dimension's weight."""
    weights = draws.item * posts.maximum[:, np.newaxis]
    for at, own in zip(_members(posts), draws.dimension, strict=True):
        weights[at] *= own / weights[at].sum(axis=0)
    return weights


def _members(posts: Goalposts) -> list[NDArray[np.intp]]:
    """By dimension, the places of its indicators."""
    return [np.flatnonzero(column) for column in posts.membership.T]


def _alike(draws: Draws) -> Iterator[slice]:
    """Runs of neighbouring draws of one form and one spacing."""
    changes = (np.diff(draws.spacing) != 0) | (np.diff(draws.geometric) != 0)
    ends = [*(np.flatnonzero(changes) + 1).tolist(), draws.spacing.size]
    for start, end in zip([0, *ends], ends, strict=False):
        yield slice(start, end)


def _sums(share: Floats, posts: Goalposts, weights: Floats) -> Floats:
    """(libraries, dimensions, draws): weighted sums of (libraries, indicators)."""
    sums = np.empty((share.shape[0], posts.membership.shape[1], weights.shape[1]))
    for column, at in enumerate(_members(posts)):
        np.matmul(share[:, at], weights[at], out=sums[:, column])
    return sums


def _earned(
    ranges: Ranges, posts: Goalposts, weights: Floats, cells: NDArray[np.uint16], uncertain: Flags
) -> Floats:
    """(libraries, dimensions, draws): weighted sums of s, drawn between the ends where it is uncertain."""
    step = (ranges.high - ranges.low) / STEPS
    earned = _sums(ranges.low + step / 2, posts, weights)
    starts = np.cumsum(uncertain.sum(axis=1)) - uncertain.sum(axis=1)
    for library, start in enumerate(starts):
        at = np.flatnonzero(uncertain[library])
        drawn = weights[at]
        drawn *= cells[start : start + at.size]
        earned[library] += (step[library, at] * posts.membership[at].T) @ drawn
    return earned


def _arithmetic(earned: Floats, applicable: Floats) -> Floats:
    """(libraries, draws): the sum over everything, as in the official score."""
    return np.asarray(earned.sum(axis=1) / applicable.sum(axis=1))


def _geometric(earned: Floats, applicable: Floats) -> Floats:
    """(libraries, draws): the geometric mean of dimensions, each with the weight of what applies."""
    mean = np.divide(earned, applicable, out=np.ones_like(earned), where=applicable > 0)
    logs = applicable * np.log(np.maximum(mean, LEAST_MEAN))
    return np.asarray(np.exp(logs.sum(axis=1) / applicable.sum(axis=1)))
