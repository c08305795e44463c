"""Score a matrix of answers: indicators, dimensions, the whole, levels and gates, in one path.

The same code serves one library on a page, a round of thirteen and a run of ten thousand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TypeVar

import numpy as np

from scoring.aggregate import Aggregate, Sums, aggregate
from scoring.goalposts import Goalposts, distance_to_target, goalposts
from scoring.levels import GatedLevel, Levels, gate_level, read_level
from scoring.matrix import AnswerMatrix, Flags, Floats, State
from survey.framework import Framework

# Libraries scored at a time, so that what is computed on the way stays in the processor's cache.
AT_ONCE = 4_096
Results = TypeVar("Results")


@dataclass(frozen=True, eq=False)
class Scorecard:
    """All results of all libraries.

    dimensions: aggregates (libraries, dimensions). total: aggregates (libraries,).
    dimension_levels: from the score; dimension_floor: from the lower bound; dimension_reach: the
    level that the upper bound would give. level: with its gates. reach: the level that could
    still be reached if every open answer were full marks. verified_share: share of earned points
    that was verified.
    """

    matrix: AnswerMatrix
    posts: Goalposts
    dimensions: Aggregate
    total: Aggregate
    dimension_levels: Levels
    dimension_floor: Levels
    dimension_reach: Levels
    level: GatedLevel
    reach: GatedLevel
    verified_share: Floats
    unknowns: Floats

    @cached_property
    def points(self) -> Floats:
        """(libraries, indicators), assured points."""
        return _points(self.matrix, self.posts)

    @cached_property
    def share(self) -> Floats:
        """(libraries, indicators), s from 0 to 1, NaN unless answered."""
        return self.posts.share(self.matrix.value)

    @cached_property
    def share_first(self) -> Floats:
        """Attainment of the first milestone's target, likewise."""
        return self.posts.share(self.matrix.value, year=self.posts.first)

    @cached_property
    def uncapped(self) -> Floats:
        """`share` before it is cut at the ends."""
        posts = self.posts
        return distance_to_target(self.matrix.value, zero=posts.zero, target=posts.targets[posts.last])

    @cached_property
    def verified_points(self) -> Floats:
        """(libraries, indicators), points that a reviewer let stand."""
        return _verified_points(self.points, self.matrix, self.posts)

    @property
    def libraries(self) -> tuple[str, ...]:
        return self.matrix.libraries

    def row(self, library: str) -> int:
        return self.matrix.libraries.index(library)


def score(matrix: AnswerMatrix, framework: Framework) -> Scorecard:
    """Score every library of `matrix` against the targets of `framework`."""
    posts = goalposts(framework)
    starts = range(0, max(len(matrix.libraries), 1), AT_ONCE)
    parts = [_score(matrix.part(start, start + AT_ONCE), posts, framework) for start in starts]
    return parts[0] if len(parts) == 1 else replace(_joined(parts), matrix=matrix, posts=posts)


def _joined(parts: Sequence[Results]) -> Results:
    """The results of all libraries from those of some at a time."""
    whole = {}
    for name in (field.name for field in fields(parts[0])):  # type: ignore[arg-type]
        pieces = [getattr(part, name) for part in parts]
        if isinstance(pieces[0], np.ndarray):
            whole[name] = np.concatenate(pieces)
        elif isinstance(pieces[0], Aggregate | GatedLevel):
            whole[name] = _joined(pieces)
    return replace(parts[0], **whole)  # type: ignore[type-var]


def _score(matrix: AnswerMatrix, posts: Goalposts, framework: Framework) -> Scorecard:
    answered = matrix.state == State.ANSWERED
    applies = matrix.state != State.NOT_APPLICABLE
    points = _points(matrix, posts)
    sums = _sums(points, answered, applies, posts)
    dimensions = aggregate(sums, threshold=framework.thresholds.dimension_coverage)
    total = aggregate(sums.whole(), threshold=framework.thresholds.total_coverage)
    verified_share = _verified_share(_verified_points(points, matrix, posts), total.earned)
    floor = read_level(dimensions.low, framework)
    dimension_reach = read_level(dimensions.high, framework)
    known, earning = answered[:, posts.key], points[:, posts.key] > 0
    return Scorecard(
        matrix=matrix,
        posts=posts,
        dimensions=dimensions,
        total=total,
        dimension_levels=read_level(dimensions.score, framework),
        dimension_floor=floor,
        dimension_reach=dimension_reach,
        level=gate_level(
            read_level(total.score, framework),
            dimension_levels=floor,
            keys_met=(known & earning).all(axis=1),
            verified_share=verified_share,
            framework=framework,
        ),
        reach=gate_level(
            read_level(total.high, framework),
            dimension_levels=dimension_reach,
            keys_met=(~known | earning).all(axis=1),
            verified_share=verified_share,
            framework=framework,
        ),
        verified_share=verified_share,
        unknowns=(applies & ~answered) @ np.ones(answered.shape[1]),
    )


def _points(matrix: AnswerMatrix, posts: Goalposts) -> Floats:
    points = distance_to_target(matrix.value, zero=posts.zero, target=posts.targets[posts.last])
    np.fmax(points, 0.0, out=points)  # also for NaN, which every value is that was not answered
    np.fmin(points, 1.0, out=points)
    points *= posts.maximum
    return points


def _sums(points: Floats, answered: Flags, applies: Flags, posts: Goalposts) -> Sums:
    maxima = posts.by_dimension(posts.maximum)
    line = posts.by_dimension(posts.share(posts.targets[posts.first]) * posts.maximum)
    # As numbers once: a product of flags would be turned into numbers each time.
    given, counted = answered.astype(np.float64), applies.astype(np.float64)
    return Sums(
        earned=points @ posts.membership,
        open=(counted - given) @ maxima,
        applicable=counted @ maxima,
        answered=given @ maxima,
        line=counted @ line,
    )


def _verified_points(points: Floats, matrix: AnswerMatrix, posts: Goalposts) -> Floats:
    """Of the points that a library claims, those that a reviewer let stand."""
    stood = points * matrix.verified
    if matrix.confirmed is None:
        return stood
    reviewed = posts.share(matrix.confirmed) * posts.maximum
    return np.asarray(np.where(np.isnan(reviewed), stood, np.minimum(stood, reviewed)))


def _verified_share(checked: Floats, earned: Floats) -> Floats:
    """Share of earned points that was verified; 0 where nothing was earned."""
    verified = checked @ np.ones(checked.shape[1])
    return np.asarray(np.divide(verified, earned, out=np.zeros_like(earned), where=earned > 0))
