"""What a goal asks of a library, as sums over the steps that it could take."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoring.aggregate import CLOSE, at_least
from scoring.levels import NO_LEVEL
from scoring.matrix import Floats, State
from scoring.programme import Outcome, library_results
from scoring.scorecard import Scorecard
from scoring.steps import Chains, Step
from survey.framework import Framework, ProgrammeTarget


@dataclass(frozen=True)
class Goal:
    """What is to be reached; everything that is set must hold.

    level: a level of the whole, with its gates. score: an official score, 0 to 100. targets: ids of
    programme targets to meet.
    """

    level: int | None = None
    score: float | None = None
    targets: tuple[str, ...] = ()


def is_met(goal: Goal, card: Scorecard, framework: Framework) -> bool:
    """Whether the one library of `card` has reached the goal."""
    level, score = int(card.level.level[0]), card.total.score[0]
    if goal.level is not None and (level == NO_LEVEL or level < goal.level):
        return False
    if goal.score is not None and not at_least(score, goal.score):
        return False
    met = {result.target for result in library_results(card, framework) if result.outcome is Outcome.MET}
    return met.issuperset(goal.targets)


@dataclass(frozen=True, eq=False)
class Demand:
    """sum of `weight` over the steps taken >= `least`. weight: (steps,)."""

    weight: Floats
    least: float


@dataclass(frozen=True, eq=False)
class Situation:
    """One library as it stands, with the steps that it could take; `card` has one row."""

    card: Scorecard
    chains: Chains
    framework: Framework
    reviewed: bool

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for chain in self.chains for step in chain)

    @cached_property
    def gains(self) -> Floats:
        return np.array([step.gain for step in self.steps])

    def column(self, name: str) -> int:
        return self.card.matrix.indicators.index(name)

    @cached_property
    def columns(self) -> list[int]:
        return [self.column(step.indicator) for step in self.steps]

    def demands(self, goal: Goal) -> list[Demand] | None:
        """All that the goal asks; None where no step could ever bring it, since it does not apply."""
        found: list[Demand | None] = []
        if goal.level is not None:
            found += self._level(goal.level)
        if goal.score is not None:
            found += [self._score(goal.score), self._coverage()]
        for target in self.framework.programme_targets:
            if target.id in goal.targets:
                found += self._target(target)
        known = [demand for demand in found if demand is not None]
        return known if len(known) == len(found) else None

    def _score(self, least: float) -> Demand:
        total = self.card.total
        return Demand(self.gains, least / 100 * float(total.applicable[0]) - float(total.earned[0]))

    def _coverage(self) -> Demand:
        total = self.card.total
        weight = np.array(
            [
                step.answers * float(self.card.posts.maximum[column])
                for step, column in zip(self.steps, self.columns, strict=True)
            ]
        )
        applicable = float(total.applicable[0])
        answered = float(total.coverage[0]) * applicable if applicable else 0.0
        return Demand(weight, self.framework.thresholds.total_coverage * applicable - answered)

    def _level(self, level: int) -> Iterator[Demand | None]:
        gates = self.framework.gates
        yield self._score(self.framework.level_named(level).at_least)
        yield self._coverage()
        yield from self._every_dimension(level - gates.above_weakest)
        if gates.floor and level >= gates.floor.level:
            yield from self._every_dimension(gates.floor.dimension_level)
        if level >= gates.key_indicators_from:
            for column in np.flatnonzero(self.card.posts.key):
                yield self._key(int(column))
        shares = [gate.share for gate in gates.verified if gate.level <= level]
        if shares and not self.reviewed:
            yield self._verified(max(shares))

    def _every_dimension(self, level: int) -> Iterator[Demand]:
        if level > self.framework.levels[0].level:
            cut = self.framework.level_named(level).at_least
            for column in range(len(self.framework.dimensions)):
                if self.card.dimensions.applicable[0, column] > 0:
                    yield self._dimension(column, cut)

    def _dimension(self, column: int, least: float) -> Demand:
        sums, belongs = self.card.dimensions, self.card.posts.membership[:, column]
        missing = least / 100 * float(sums.applicable[0, column]) - float(sums.earned[0, column])
        return Demand(self.gains * belongs[self.columns], missing)

    def _key(self, column: int) -> Demand | None:
        """A key indicator is answered and earns something."""
        if self.card.matrix.state[0, column] == State.NOT_APPLICABLE:
            return None
        if self.card.points[0, column] > 0:
            return Demand(np.zeros(len(self.steps)), 0.0)
        return self._first(column, [step.gain > 0 for step in self.chains[column]])

    def _first(self, column: int, good: list[bool]) -> Demand:
        """The first good step of an indicator, and with it those before, is taken."""
        if True not in good:
            return Demand(np.zeros(len(self.steps)), 1.0)
        chosen = self.chains[column][good.index(True)]
        return Demand(np.array([float(step is chosen) for step in self.steps]), 1.0)

    def _verified(self, share: float) -> Demand:
        """The share that is verified today; an answer that changes counts as not verified."""
        earned = float(self.card.total.earned[0])
        own = self.card.verified_points[0]
        lost = np.array(
            [
                float(own[column]) * (step.number == 1)
                for step, column in zip(self.steps, self.columns, strict=True)
            ]
        )
        return Demand(-lost - share * self.gains, share * earned - float(own.sum()))

    def _target(self, target: ProgrammeTarget) -> Iterator[Demand | None]:
        if target.dimensions:
            yield from self._lines(target)
            return
        applies = [
            condition
            for condition in target.conditions
            if self.card.matrix.state[0, self.column(condition.indicator)] != State.NOT_APPLICABLE
        ]
        if not applies:
            yield None
        library = self.card.libraries[0]
        for condition in applies:
            least = self.framework.pass_mark(library, condition)
            yield self._condition(self.column(condition.indicator), least)

    def _lines(self, target: ProgrammeTarget) -> Iterator[Demand | None]:
        ids = [dimension.id for dimension in self.framework.dimensions]
        columns = [ids.index(name) for name in target.dimensions]
        applies = [c for c in columns if self.card.dimensions.applicable[0, c] > 0]
        if not applies:
            yield None
        for column in applies:
            yield self._dimension(column, float(self.card.dimensions.line[0, column]))

    def _condition(self, column: int, least: float) -> Demand:
        matrix = self.card.matrix
        if matrix.state[0, column] == State.ANSWERED and at_least(matrix.value[0, column], least):
            return Demand(np.zeros(len(self.steps)), 0.0)
        return self._first(column, [step.x >= least - CLOSE for step in self.chains[column]])
