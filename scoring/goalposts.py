"""From a value to the share of an indicator's maximum that it earns, by fixed goalposts."""

from dataclasses import dataclass

import numpy as np

from scoring.matrix import Flags, Floats
from survey.framework import AnyIndicator, Framework


def distance_to_target(x: Floats, *, zero: Floats, target: Floats) -> Floats:
    """How far x has come from the zero point to the target: 0 there, 1 here, not bounded.

    Works in both directions: where lower is better the target lies below the zero point. NaN
    stays NaN. Shapes broadcast; `zero` and `target` differ everywhere.

    Source:
        OECD/JRC, Handbook on Constructing Composite Indicators (2008), distance to a reference.

    >>> float(distance_to_target(np.array(35.0), zero=np.array(0.0), target=np.array(70.0)))
    0.5
    >>> float(distance_to_target(np.array(30.0), zero=np.array(48.0), target=np.array(12.0)))
    0.5
    """
    return np.asarray((x - zero) / (target - zero))


def points_of(indicator: AnyIndicator, x: float, framework: Framework) -> float:
    """Points of one value: its bounded distance times the maximum, as in a whole round."""
    goal = indicator.target(framework.last_milestone).value
    come = distance_to_target(np.asarray(x), zero=np.asarray(indicator.zero), target=np.asarray(goal))
    return float(np.clip(come, 0.0, 1.0)) * indicator.maximum


@dataclass(frozen=True, eq=False)
class Goalposts:
    """A framework's numbers as arrays, indicators in framework order.

    maximum, zero: (indicators,). targets: by year, (indicators,). membership: (indicators,
    dimensions), 1 where an indicator belongs to a dimension. key: the conditions for higher
    levels.
    """

    maximum: Floats
    zero: Floats
    targets: dict[int, Floats]
    membership: Floats
    key: Flags
    first: int
    last: int

    def share(self, x: Floats, *, year: int | None = None) -> Floats:
        """Share of the distance to a year's target (the last milestone's by default), 0 to 1."""
        goal = self.targets[self.last if year is None else year]
        come = distance_to_target(x, zero=self.zero, target=goal)
        return np.clip(come, 0.0, 1.0, out=come)

    def by_dimension(self, points: Floats) -> Floats:
        """Points of the indicators in the columns of their dimensions: (indicators, dimensions)."""
        return points[:, np.newaxis] * self.membership


def goalposts(framework: Framework) -> Goalposts:
    """The arrays of a framework."""
    indicators = list(framework.indicators.values())
    owners = [framework.dimension_of[indicator.id].id for indicator in indicators]
    return Goalposts(
        maximum=np.array([indicator.maximum for indicator in indicators]),
        zero=np.array([indicator.zero for indicator in indicators]),
        targets={
            year: np.array([indicator.target(year).value for indicator in indicators])
            for year in framework.milestones
        },
        membership=np.array([[float(owner == d.id) for d in framework.dimensions] for owner in owners]),
        key=np.array([indicator.key for indicator in indicators]),
        first=framework.first_milestone,
        last=framework.last_milestone,
    )
