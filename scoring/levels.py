"""Maturity levels, and the gates that hold the level of the whole back."""

from dataclasses import dataclass

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
    gates, top = framework.gates, framework.levels[-1].level
    weakest = np.where(dimension_levels == NO_LEVEL, top, dimension_levels).min(axis=1)
    weakest_cap = np.minimum(weakest + gates.above_weakest, top).astype(np.int8)
    key_cap = np.where(keys_met, top, gates.key_indicators_from - 1).astype(np.int8)
    verified_cap = np.full_like(by_score, top)
    for gate in gates.verified:
        blocked = ~at_least(verified_share, gate.share)
        verified_cap = np.where(blocked, np.minimum(verified_cap, gate.level - 1), verified_cap)
    floor_cap = np.full_like(by_score, top)
    if gates.floor:
        floor_cap = np.where(weakest < gates.floor.dimension_level, gates.floor.level - 1, top)
    caps = np.stack([weakest_cap, key_cap, verified_cap, floor_cap])
    level = np.where(by_score == NO_LEVEL, NO_LEVEL, np.minimum(by_score, caps.min(axis=0)))
    return GatedLevel(
        by_score=by_score,
        weakest_cap=weakest_cap,
        key_cap=key_cap,
        verified_cap=verified_cap.astype(np.int8),
        floor_cap=floor_cap.astype(np.int8),
        level=level.astype(np.int8),
    )
