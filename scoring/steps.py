"""The steps that an indicator can still take: one more level, one more item, a yes, a tenth of the way."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoring.aggregate import CLOSE
from scoring.goalposts import points_of
from scoring.matrix import AnswerMatrix, State
from survey.framework import AnyIndicator, Framework, NumberIndicator, RatioIndicator

# A ratio or a number is on its way in so many steps from where it stands to its last target.
PARTS = 10
USUAL_COST = 1.0


@dataclass(frozen=True)
class Step:
    """One step of one indicator; it can be taken only after the one before it.

    number: 1 for the first. answers: the step gives an answer that is missing, taken to be worth nothing
    until the steps after it are taken. x: value after the step, in the indicator's own scale. numerator,
    denominator: figures of a ratio after the step, NaN where the denominator is not known. added: how many
    more units, items or levels than before the step, NaN where it cannot be said. gain: points, not
    negative. cost: effort in any unit, positive.
    """

    indicator: str
    number: int
    answers: bool
    x: float
    numerator: float
    denominator: float
    added: float
    gain: float
    cost: float


Chains = tuple[tuple[Step, ...], ...]


def possible_steps(
    matrix: AnswerMatrix, framework: Framework, *, costs: Mapping[str, float] | None = None
) -> Chains:
    """The steps of every indicator of the one library of `matrix`, in the framework's order.

    costs: effort of one step by indicator, 1 where nothing is said.

    Raises:
        ValueError: a cost is not a positive finite number, or the matrix has not exactly one row.
    """
    if len(matrix.libraries) != 1:
        raise ValueError(f"steps are those of one library, not of {len(matrix.libraries)}")
    given = dict(costs or {})
    for name, cost in given.items():
        if not (cost > 0 and math.isfinite(cost)):
            raise ValueError(f"the cost of a step of {name} must be a positive number, not {cost}")
    return tuple(
        _chain(matrix, column, framework, given.get(name, USUAL_COST))
        for column, name in enumerate(matrix.indicators)
    )


def after(matrix: AnswerMatrix, steps: Sequence[Step], *, reviewed: bool = False) -> AnswerMatrix:
    """The matrix once `steps` are taken; an answer that changes is no longer verified.

    reviewed: the review will accept every answer, so all of them count as verified.
    """
    last = {step.indicator: step for step in sorted(steps, key=lambda step: step.number)}
    value, numerator = matrix.value.copy(), matrix.numerator.copy()
    denominator, state = matrix.denominator.copy(), matrix.state.copy()
    verified = matrix.verified.copy()
    confirmed = None if matrix.confirmed is None else matrix.confirmed.copy()
    for name, step in last.items():
        at = (0, matrix.indicators.index(name))
        value[at], numerator[at], denominator[at] = step.x, step.numerator, step.denominator
        state[at], verified[at] = State.ANSWERED, False
        if confirmed is not None:
            confirmed[at] = np.nan
    if reviewed:
        verified, confirmed = state == State.ANSWERED, None
    return replace(
        matrix,
        value=value,
        numerator=numerator,
        denominator=denominator,
        state=state,
        verified=verified,
        confirmed=confirmed,
    )


def far_end(indicator: AnyIndicator, framework: Framework, library: str) -> float:
    """The value beyond which no step brings anything: the last target, or what a programme target asks there."""
    goal = indicator.target(framework.last_milestone).value
    if goal < indicator.zero:
        return goal
    asked = [
        framework.pass_mark(library, condition)
        for target in framework.programme_targets
        for condition in target.conditions
        if condition.indicator == indicator.id
    ]
    return min(max([goal, *asked]), indicator.scale_top)


def _chain(matrix: AnswerMatrix, column: int, framework: Framework, cost: float) -> tuple[Step, ...]:
    name = matrix.indicators[column]
    indicator = framework.indicators[name]
    state = matrix.state[0, column]
    if state == State.NOT_APPLICABLE:
        return ()
    answered = state == State.ANSWERED
    start = float(matrix.value[0, column]) if answered else float(indicator.zero)
    numerator = float(matrix.numerator[0, column]) if answered else math.nan
    denominator = float(matrix.denominator[0, column]) if answered else math.nan
    chain: list[Step] = []
    points = points_of(indicator, start, framework)
    if not answered:
        chain.append(Step(name, 1, True, start, math.nan, math.nan, math.nan, 0.0, cost))
    end = far_end(indicator, framework, matrix.libraries[0])
    for x, a in _stations(indicator, start, end, numerator, denominator):
        earned = points_of(indicator, x, framework)
        before = chain[-1] if chain else None
        from_x, from_a = (before.x, before.numerator) if before else (start, numerator)
        added = abs(a - from_a) if isinstance(indicator, RatioIndicator) else abs(x - from_x)
        number = len(chain) + 1
        chain.append(Step(name, number, False, x, a, denominator, added, max(0.0, earned - points), cost))
        points = max(points, earned)
    return tuple(chain)


def _stations(
    indicator: AnyIndicator, start: float, end: float, numerator: float, denominator: float
) -> Iterator[tuple[float, float]]:
    """Each value on the way with its numerator (NaN unless it is a ratio whose denominator is known)."""
    upward = end > start if indicator.zero <= end else end < start
    if not upward or abs(end - start) <= CLOSE:
        return
    if isinstance(indicator, RatioIndicator) and denominator > 0:
        yield from _counts(indicator, start, end, numerator, denominator)
        return
    whole = isinstance(indicator, NumberIndicator) and (indicator.whole or abs(end - start) >= PARTS)
    last = start
    for x in _values(indicator, start, end):
        reached = _towards(x, start, end) if whole else x
        if abs(reached - last) > CLOSE:
            yield reached, math.nan
        last = reached


def _values(indicator: AnyIndicator, start: float, end: float) -> Iterator[float]:
    if isinstance(indicator, RatioIndicator | NumberIndicator):
        for part in range(1, PARTS):
            yield start + (end - start) * part / PARTS
        yield end
        return
    sign = math.copysign(1.0, end - start)
    for count in range(1, math.ceil(abs(end - start) - CLOSE) + 1):
        yield start + sign * count


def _counts(
    indicator: RatioIndicator, start: float, end: float, numerator: float, denominator: float
) -> Iterator[tuple[float, float]]:
    """Values of a ratio in whole units, rounded towards the target so that what is promised is reached.

    A figure that is asked with decimals keeps them only where a step is less than one unit.
    """
    whole = indicator.numerator.whole or abs(end - start) * denominator / 100 >= PARTS
    last = numerator
    for x in _values(indicator, start, end):
        exact = x * denominator / 100
        count = _towards(exact, start, end) if whole else exact
        count = min(max(count, 0.0), denominator)
        if abs(count - last) > CLOSE:
            yield 100 * count / denominator, count
        last = count


def _towards(value: float, start: float, end: float) -> float:
    """The next whole number on the way from `start` to `end`."""
    return float(math.ceil(value - CLOSE) if end > start else math.floor(value + CLOSE))
