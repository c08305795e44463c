"""Score a matrix of answers: indicators, dimensions, the whole, levels and gates, in one path.

The same code serves one library on a page, a round of thirteen and a run of ten thousand.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoring.adding import add_up, earned_points, verified_points
from scoring.aggregate import Aggregate, aggregate
from scoring.goalposts import Goalposts, distance_to_target, goalposts
from scoring.levels import GatedLevel, Levels, gate_level, read_level
from scoring.matrix import AnswerMatrix, Floats
from survey.framework import Framework


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
        return earned_points(self.matrix, self.posts)

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
        return verified_points(self.points, self.matrix, self.posts)

    @property
    def libraries(self) -> tuple[str, ...]:
        return self.matrix.libraries

    def row(self, library: str) -> int:
        return self.matrix.libraries.index(library)


def score(matrix: AnswerMatrix, framework: Framework) -> Scorecard:
    """Score every library of `matrix` against the targets of `framework`."""
    posts = goalposts(framework)
    added = add_up(matrix, posts)
    dimensions = aggregate(added.points, threshold=framework.thresholds.dimension_coverage)
    total = aggregate(added.points.whole(), threshold=framework.thresholds.total_coverage)
    verified_share = _share(added.verified, total.earned)
    floor = read_level(dimensions.low, framework)
    dimension_reach = read_level(dimensions.high, framework)
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
            keys_met=added.keys_met,
            verified_share=verified_share,
            framework=framework,
        ),
        reach=gate_level(
            read_level(total.high, framework),
            dimension_levels=dimension_reach,
            keys_met=added.keys_possible,
            verified_share=verified_share,
            framework=framework,
        ),
        verified_share=verified_share,
        unknowns=added.unknowns,
    )


def _share(verified: Floats, earned: Floats) -> Floats:
    """Share of earned points that was verified; 0 where nothing was earned."""
    return np.asarray(np.divide(verified, earned, out=np.zeros_like(earned), where=earned > 0))
