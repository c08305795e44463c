"""Add up the points of each library: what each answer earns, by dimension, and what is still open."""

from dataclasses import dataclass

import numpy as np

from scoring.aggregate import Sums
from scoring.goalposts import Goalposts, distance_to_target
from scoring.matrix import AnswerMatrix, Flags, Floats, State

# Libraries added up at a time, so that what is computed on the way stays in the processor's cache.
AT_ONCE = 2_048


@dataclass(frozen=True, eq=False)
class Added:
    """What scoring needs of the answers of all libraries.

    points: summed (libraries, dimensions). The others (libraries,). verified: points that a
    reviewer let stand. unknowns: how many answers that apply were not given. keys_met: every key
    indicator earned something. keys_possible: none was answered without earning.
    """

    points: Sums
    verified: Floats
    unknowns: Floats
    keys_met: Flags
    keys_possible: Flags


def earned_points(matrix: AnswerMatrix, posts: Goalposts) -> Floats:
    """(libraries, indicators), assured points: 0 for what was not answered."""
    points = distance_to_target(matrix.value, zero=posts.zero, target=posts.targets[posts.last])
    np.fmax(points, 0.0, out=points)  # also for NaN, which every value is that was not answered
    np.clip(points, 0.0, 1.0, out=points)
    points *= posts.maximum
    return points


def verified_points(points: Floats, matrix: AnswerMatrix, posts: Goalposts) -> Floats:
    """Of the points that a library claims, those that a reviewer let stand."""
    stood = points * matrix.verified
    if matrix.confirmed is None:
        return stood
    reviewed = posts.share(matrix.confirmed) * posts.maximum
    return np.asarray(np.where(np.isnan(reviewed), stood, np.minimum(stood, reviewed)))


def add_up(matrix: AnswerMatrix, posts: Goalposts) -> Added:
    """The sums of every library, worked out for some libraries at a time."""
    size, dimensions = len(matrix.libraries), posts.membership.shape[1]
    maxima = posts.by_dimension(posts.maximum)
    line = posts.by_dimension(posts.share(posts.targets[posts.first]) * posts.maximum)
    ones = np.ones(posts.maximum.size)
    keys = np.flatnonzero(posts.key)
    added = _nothing(size, dimensions)
    for start in range(0, size, AT_ONCE):
        rows = slice(start, start + AT_ONCE)
        part = matrix.part(start, start + AT_ONCE)
        points = earned_points(part, posts)
        # As numbers once: a product of flags would be turned into numbers each time.
        given = (part.state == State.ANSWERED).astype(np.float64)
        applies = (part.state != State.NOT_APPLICABLE).astype(np.float64)
        missing = applies - given
        np.matmul(points, posts.membership, out=added.points.earned[rows])
        np.matmul(missing, maxima, out=added.points.open[rows])
        np.matmul(applies, maxima, out=added.points.applicable[rows])
        np.matmul(given, maxima, out=added.points.answered[rows])
        np.matmul(applies, line, out=added.points.line[rows])
        np.matmul(missing, ones, out=added.unknowns[rows])
        np.matmul(verified_points(points, part, posts), ones, out=added.verified[rows])
        for key in keys:
            earning = points[:, key] > 0
            added.keys_met[rows] &= earning
            added.keys_possible[rows] &= earning | (given[:, key] == 0)
    return added


def _nothing(size: int, dimensions: int) -> Added:
    points = (np.zeros((size, dimensions)) for _ in range(5))
    return Added(
        points=Sums(*points),
        verified=np.zeros(size),
        unknowns=np.zeros(size),
        keys_met=np.ones(size, dtype=np.bool_),
        keys_possible=np.ones(size, dtype=np.bool_),
    )
