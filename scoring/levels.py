"""Maturity levels, and the gates that hold the level of the whole back."""

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from scoring.aggregate import at_least
from scoring.matrix import Flags, Floats
from survey.framework import Framework

Levels = NDArray[np.int8]
NO_LEVEL = -1


def read_level(score: Floats, framework: Framework) -> Levels:
    """The level whose cut points hold the score; a cut point belongs to its level. NaN: -1."""
    found = np.full(score.shape, NO_LEVEL, dtype=np.int8)
    for level in framework.levels:
        found += at_least(score, level.at_least)  # never true of NaN
    return found


@dataclass(frozen=True, eq=False)
class GatedLevel:
    """The level of the whole: what the score alone gives, what each gate allows, and the outcome.

    All (libraries,). by_score: -1 where there is no score. level: after the gates. A cap is the
    highest level that its gate lets through.
    """

    by_score: Levels
    weakest_cap: Levels
    key_cap: Levels
    verified_cap: Levels
    floor_cap: Levels
    level: Levels

    @property
    def held_back(self) -> Flags:
        return np.asarray(self.level < self.by_score)


def gate_level(
    by_score: Levels,
    *,
    dimension_levels: Levels,
    keys_met: Flags,
    verified_share: Floats,
    framework: Framework,
) -> GatedLevel:
    """Apply the gates to the level that the score gives.

    dimension_levels: (libraries, dimensions) from the lower bounds, -1 where a dimension has
    nothing applicable. keys_met: every key indicator answered and above 0. verified_share:
    share of earned points that a reviewer verified, 0 to 1.
    """
    gates, top = framework.gates, np.int8(framework.levels[-1].level)
    weakest = _weakest(dimension_levels, top)
    weakest_cap = np.minimum(weakest + np.int8(gates.above_weakest), top)
    key_cap = np.where(keys_met, top, np.int8(gates.key_indicators_from - 1))
    verified_cap = np.full_like(by_score, top)
    for gate in gates.verified:
        cap = np.where(at_least(verified_share, gate.share), top, np.int8(gate.level - 1))
        verified_cap = np.minimum(verified_cap, cap)
    floor_cap = np.full_like(by_score, top)
    if gates.floor:
        low = weakest < gates.floor.dimension_level
        floor_cap = np.where(low, np.int8(gates.floor.level - 1), top)
    caps = weakest_cap, key_cap, verified_cap, floor_cap
    return GatedLevel(
        by_score=by_score,
        weakest_cap=weakest_cap,
        key_cap=key_cap,
        verified_cap=verified_cap,
        floor_cap=floor_cap,
        level=reduce(np.minimum, caps, by_score),  # no score lies below every cap
    )


def _weakest(dimension_levels: Levels, top: np.int8) -> Levels:
    """The lowest level of a library's dimensions, of those that have one."""
    # Column after column: numpy reduces rows of four one row at a time.
    return reduce(np.minimum, (np.where(column == NO_LEVEL, top, column) for column in dimension_levels.T))
