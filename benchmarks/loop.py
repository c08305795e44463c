"""The scoring of framework.md as a plain loop over libraries and indicators, for comparison.

It gives what `scoring.score` gives: by dimension and for the whole the bounds, the coverage, the score and
the first milestone's line, the levels, and the whole's level behind its gates, as it is and as it could be.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.aggregate import CLOSE
from scoring.levels import NO_LEVEL
from scoring.matrix import State
from survey.framework import Framework

NAN = math.nan


@dataclass
class Sum:
    """What adds up over the indicators of a dimension, or over all of them."""

    earned: float = 0.0
    open: float = 0.0
    applicable: float = 0.0
    answered: float = 0.0
    checked: float = 0.0
    line: float = 0.0

    def low(self) -> float:
        return 100 * self.earned / self.applicable if self.applicable else NAN

    def high(self) -> float:
        return 100 * (self.earned + self.open) / self.applicable if self.applicable else NAN

    def coverage(self) -> float:
        return self.answered / self.applicable if self.applicable else NAN

    def result(self, threshold: float, framework: Framework) -> "Result":
        low, high, coverage = self.low(), self.high(), self.coverage()
        score = low if coverage >= threshold - CLOSE else NAN
        line = 100 * self.line / self.applicable if self.applicable else NAN
        levels = (_level(score, framework), _level(low, framework), _level(high, framework))
        return Result(low, high, coverage, score, line, *levels)


@dataclass(frozen=True)
class Post:
    """One indicator's numbers, read from the framework once."""

    maximum: float
    zero: float
    target: float
    line: float
    dimension: int
    key: bool


@dataclass(frozen=True)
class Result:
    """What a sum comes to, and the levels of its score and of its bounds."""

    low: float
    high: float
    coverage: float
    score: float
    line: float
    level: int
    floor: int
    reach: int


@dataclass(frozen=True)
class Outcome:
    """One library's results. level, reach: behind the gates, as it is and if every open answer were full."""

    dimensions: list[Result]
    total: Result
    level: int
    reach: int
    verified_share: float


def posts(framework: Framework) -> list[Post]:
    places = {dimension.id: place for place, dimension in enumerate(framework.dimensions)}
    found = []
    for name, indicator in framework.indicators.items():
        zero, target = indicator.zero, indicator.target(framework.last_milestone).value
        first = indicator.target(framework.first_milestone).value
        line = min(max((first - zero) / (target - zero), 0.0), 1.0) * indicator.maximum
        dimension = places[framework.dimension_of[name].id]
        found.append(Post(indicator.maximum, zero, target, line, dimension, indicator.key))
    return found


def score_all(
    values: Sequence[Sequence[float]],
    states: Sequence[Sequence[int]],
    verified: Sequence[Sequence[bool]],
    framework: Framework,
) -> list[Outcome]:
    """Score every library: its values, states and flags by indicator, as plain lists."""
    asked = posts(framework)
    return [_library(row, framework, asked) for row in zip(values, states, verified, strict=True)]


def _library(
    row: tuple[Sequence[float], Sequence[int], Sequence[bool]], framework: Framework, asked: list[Post]
) -> Outcome:
    sums = [Sum() for _ in framework.dimensions]
    keys_met = keys_possible = True
    for post, value, state, checked in zip(asked, *row, strict=True):
        earned = 0.0
        answered = state == State.ANSWERED
        if answered:
            earned = min(max((value - post.zero) / (post.target - post.zero), 0.0), 1.0) * post.maximum
        if post.key and not earned > 0:
            keys_met = False
            keys_possible = keys_possible and not answered
        if state != State.NOT_APPLICABLE:
            _add(sums[post.dimension], post, earned, answered, checked)
    whole, thresholds = _whole(sums), framework.thresholds
    dimensions = [part.result(thresholds.dimension_coverage, framework) for part in sums]
    total = whole.result(thresholds.total_coverage, framework)
    share = whole.checked / whole.earned if whole.earned else 0.0
    floors, reaches = [part.floor for part in dimensions], [part.reach for part in dimensions]
    level = _gated(total.level, floors, keys_met, share, framework)
    reach = _gated(total.reach, reaches, keys_possible, share, framework)
    return Outcome(dimensions, total, level, reach, share)


def _add(sums: Sum, post: Post, earned: float, answered: bool, checked: bool) -> None:
    sums.applicable += post.maximum
    sums.line += post.line
    sums.earned += earned
    if answered:
        sums.answered += post.maximum
    else:
        sums.open += post.maximum
    if checked:
        sums.checked += earned


def _whole(dimensions: list[Sum]) -> Sum:
    whole = Sum()
    for part in dimensions:
        whole.earned += part.earned
        whole.open += part.open
        whole.applicable += part.applicable
        whole.answered += part.answered
        whole.checked += part.checked
        whole.line += part.line
    return whole


def _level(score: float, framework: Framework) -> int:
    reached = NO_LEVEL
    for level in framework.levels:
        if score + CLOSE >= level.at_least:
            reached = level.level
    return reached


def _gated(by_score: int, dimensions: list[int], keys_met: bool, share: float, framework: Framework) -> int:
    if by_score == NO_LEVEL:
        return NO_LEVEL
    gates, level = framework.gates, by_score
    weakest = min((part for part in dimensions if part != NO_LEVEL), default=by_score)
    level = min(level, weakest + gates.above_weakest)
    if not keys_met:
        level = min(level, gates.key_indicators_from - 1)
    for gate in gates.verified:
        if share < gate.share - CLOSE:
            level = min(level, gate.level - 1)
    if gates.floor and weakest < gates.floor.dimension_level:
        level = min(level, gates.floor.level - 1)
    return level
