"""One measure that several libraries buy together: what it makes of their answers, never less than before."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.aggregate import CLOSE
from scoring.goalposts import points_of
from scoring.matrix import indicator_value
from survey.framework import (
    AnyIndicator,
    ChecklistIndicator,
    Framework,
    NumberIndicator,
    RatioIndicator,
)
from survey.response import NO_ANSWER, Answer, AnswerState


@dataclass(frozen=True)
class Lift:
    """What the measure brings to one indicator, in one of three ways.

    at_least: the value in the indicator's own scale (percent, number, level, 1 for yes) that a library then
    has at the least. items: what a checklist has besides its own. added: how many more a ratio's numerator
    or a number has.
    """

    indicator: str
    at_least: float | None = None
    items: tuple[str, ...] = ()
    added: float = 0.0


@dataclass(frozen=True)
class Investment:
    """changes: by library and indicator, answers that differ from before. without_effect: (library,
    indicator) where the measure brings nothing.
    """

    changes: Mapping[str, Mapping[str, Answer]]
    without_effect: tuple[tuple[str, str], ...]


def invest(
    answers: Mapping[str, Mapping[str, Answer]],
    framework: Framework,
    lifts: Sequence[Lift],
    libraries: Iterable[str],
) -> Investment:
    """Give the measure to each of `libraries`.

    answers: by library and question. What does not apply to a library stays so, and so does a ratio or a
    sum whose present figures are not known.
    """
    changes: dict[str, dict[str, Answer]] = {}
    idle = []
    for library in libraries:
        own = answers[library]
        for lift in lifts:
            now = own.get(lift.indicator, NO_ANSWER)
            then = lifted(framework.indicators[lift.indicator], now, lift, framework)
            if then.same_figures(now):
                idle.append((library, lift.indicator))
            else:
                changes.setdefault(library, {})[lift.indicator] = then
    return Investment(changes, tuple(idle))


def lifted(indicator: AnyIndicator, answer: Answer, lift: Lift, framework: Framework) -> Answer:
    """The answer after the measure: the better one of what there was and what it brings."""
    if answer.state is AnswerState.NOT_APPLICABLE:
        return answer
    brought = _brought(indicator, answer, lift)
    if brought is None:
        return answer
    before = indicator_value(indicator, answer) if answer.state is AnswerState.ANSWERED else None
    after = indicator_value(indicator, brought)
    assert after is not None, "what a measure brings has all its figures"
    if before is None:
        return brought
    worse = points_of(indicator, after, framework) < points_of(indicator, before, framework) - CLOSE
    nearer = (after - before) * _direction(indicator, framework) > 0
    return brought if nearer and not worse else answer


def cost_per_point(cost: float, points: float) -> float:
    """Cost divided by the points of all libraries together; NaN where no point is gained."""
    return cost / points if points > CLOSE else math.nan


def _direction(indicator: AnyIndicator, framework: Framework) -> float:
    goal = indicator.target(framework.last_milestone).value
    return math.copysign(1.0, goal - indicator.zero)


def _brought(indicator: AnyIndicator, answer: Answer, lift: Lift) -> Answer | None:
    given = AnswerState.ANSWERED
    if isinstance(indicator, ChecklistIndicator):
        met = {*answer.items, *lift.items}
        return Answer(state=given, items=tuple(item.id for item in indicator.items if item.id in met))
    if isinstance(indicator, RatioIndicator):
        return _brought_to_ratio(indicator, answer, lift)
    if lift.at_least is not None:
        return Answer(state=given, value=lift.at_least)
    if isinstance(indicator, NumberIndicator) and answer.value is not None:
        return Answer(state=given, value=answer.value + lift.added)
    return None


def _brought_to_ratio(indicator: RatioIndicator, answer: Answer, lift: Lift) -> Answer | None:
    """Whole units, rounded up, and never more than there are."""
    whole, part = answer.denominator, answer.numerator
    if not whole or part is None:
        return None
    wanted = part + lift.added if lift.at_least is None else lift.at_least * whole / 100
    if indicator.numerator.whole:
        wanted = math.ceil(wanted - CLOSE)
    return Answer(state=AnswerState.ANSWERED, numerator=float(min(wanted, whole)), denominator=whole)
