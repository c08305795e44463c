"""Score a matrix of answers: indicators, dimensions, the whole, levels and gates, in one path.

The same code serves one library on a page, a round of thirteen and a run of ten thousand.
"""

from dataclasses import dataclass

import numpy as np

from scoring.aggregate import Aggregate, Parts, aggregate
from scoring.goalposts import Goalposts, distance_to_target, goalposts
from scoring.levels import GatedLevel, Levels, gate_level, read_level
from scoring.matrix import AnswerMatrix, Flags, Floats, State
from survey.framework import Framework


@dataclass(frozen=True, eq=False)
class Scorecard:
    """All results of all libraries.

    share: (libraries, indicators), s from 0 to 1, NaN unless answered. uncapped: the same before
    it is cut at the ends. share_first: attainment of the first milestone's target. points:
    assured points. dimensions: aggregates (libraries, dimensions). total: aggregates
    (libraries,). dimension_levels: from the score; dimension_floor: from the lower bound;
    dimension_reach: the level that the upper bound would give. level: with its gates.
    reach: the level that could still be reached if every open answer were full marks.
    verified_share: share of earned points that was verified.
    """

    matrix: AnswerMatrix
    posts: Goalposts
    share: Floats
    uncapped: Floats
    share_first: Floats
    points: Floats
    dimensions: Aggregate
    total: Aggregate
    dimension_levels: Levels
    dimension_floor: Levels
    dimension_reach: Levels
    level: GatedLevel
    reach: GatedLevel
    verified_share: Floats
    unknowns: Floats

    @property
    def libraries(self) -> tuple[str, ...]:
        return self.matrix.libraries

    def row(self, library: str) -> int:
        return self.matrix.libraries.index(library)


def score(matrix: AnswerMatrix, framework: Framework) -> Scorecard:
    """Score every library of `matrix` against the targets of `framework`."""
    posts = goalposts(framework)
    answered = matrix.state == State.ANSWERED
    applies = matrix.state != State.NOT_APPLICABLE
    uncapped = distance_to_target(matrix.value, zero=posts.zero, target=posts.targets[posts.last])
    share = np.clip(uncapped, 0.0, 1.0)
    points = np.where(answered, share, 0.0) * posts.maximum
    parts = _parts(points, answered, applies, posts)
    dimensions = aggregate(
        parts, membership=posts.membership, threshold=framework.thresholds.dimension_coverage
    )
    total = _total(parts, posts, framework)
    verified_share = _verified_share(points, matrix.verified)
    floor = read_level(dimensions.low, framework)
    dimension_reach = read_level(dimensions.high, framework)
    keys = posts.key
    return Scorecard(
        matrix=matrix,
        posts=posts,
        share=share,
        uncapped=uncapped,
        share_first=posts.share(matrix.value, year=posts.first),
        points=points,
        dimensions=dimensions,
        total=total,
        dimension_levels=read_level(dimensions.score, framework),
        dimension_floor=floor,
        dimension_reach=dimension_reach,
        level=gate_level(
            read_level(total.score, framework),
            dimension_levels=floor,
            keys_met=_all_keys(answered & (points > 0), keys),
            verified_share=verified_share,
            framework=framework,
        ),
        reach=gate_level(
            read_level(total.high, framework),
            dimension_levels=dimension_reach,
            keys_met=_all_keys(~answered | (points > 0), keys),
            verified_share=verified_share,
            framework=framework,
        ),
        verified_share=verified_share,
        unknowns=(applies & ~answered).sum(axis=1).astype(np.float64),
    )


def _parts(points: Floats, answered: Flags, applies: Flags, posts: Goalposts) -> Parts:
    line = posts.share(posts.targets[posts.first]) * posts.maximum
    return Parts(
        earned=points,
        open=(applies & ~answered) * posts.maximum,
        applicable=applies * posts.maximum,
        answered=answered * posts.maximum,
        line=applies * line,
    )


def _total(parts: Parts, posts: Goalposts, framework: Framework) -> Aggregate:
    whole = aggregate(
        parts,
        membership=np.ones((posts.maximum.size, 1)),
        threshold=framework.thresholds.total_coverage,
    )
    return Aggregate(**{name: getattr(whole, name)[:, 0] for name in Aggregate.__dataclass_fields__})


def _all_keys(met: Flags, keys: Flags) -> Flags:
    return np.asarray((met | ~keys).all(axis=1))


def _verified_share(points: Floats, verified: Flags) -> Floats:
    """Share of earned points that was verified; 0 where nothing was earned."""
    earned = points.sum(axis=1)
    checked = (points * verified).sum(axis=1)
    return np.asarray(np.divide(checked, earned, out=np.zeros_like(earned), where=earned > 0))
