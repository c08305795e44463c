"""Steps as answers that a questionnaire could hold."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.aggregate import CLOSE
from scoring.steps import Step
from survey.framework import AnyIndicator, ChecklistIndicator, Framework, RatioIndicator
from survey.response import NO_ANSWER, Answer, AnswerState

# Where nobody knows how many there are, a percentage is written as so many of these.
UNKNOWN_WHOLE = 100.0
FINEST_WHOLE = 1e6


@dataclass(frozen=True)
class Planned:
    """answers: what the questionnaire would hold, by indicator. assumed: the ratios whose whole is not known."""

    answers: Mapping[str, Answer]
    assumed: tuple[str, ...]


def planned_answers(steps: Sequence[Step], answers: Mapping[str, Answer], framework: Framework) -> Planned:
    """The answers once `steps` are taken from where `answers` stand, for the indicators that change.

    Of a checklist the items that are not met yet are added from the first on: which ones they are makes no
    difference to the points.
    """
    last = {step.indicator: step for step in sorted(steps, key=lambda step: step.number)}
    planned = {
        name: _answer(framework.indicators[name], step, answers.get(name, NO_ANSWER))
        for name, step in last.items()
    }
    assumed = [
        name
        for name, step in last.items()
        if isinstance(framework.indicators[name], RatioIndicator) and math.isnan(step.denominator)
    ]
    return Planned(planned, tuple(assumed))


def _answer(indicator: AnyIndicator, step: Step, now: Answer) -> Answer:
    given = AnswerState.ANSWERED
    if isinstance(indicator, RatioIndicator):
        numerator, denominator = step.numerator, step.denominator
        if math.isnan(denominator):
            numerator, denominator = _of_an_unknown_whole(step.x)
        return Answer(state=given, numerator=numerator, denominator=denominator)
    if isinstance(indicator, ChecklistIndicator):
        return Answer(state=given, items=_items(indicator, round(step.x), now.items))
    return Answer(state=given, value=step.x)


def _of_an_unknown_whole(percent: float) -> tuple[float, float]:
    """A percentage as whole parts of the smallest power of ten that shows it, never less than it is."""
    whole = UNKNOWN_WHOLE
    while whole < FINEST_WHOLE and abs(percent * whole / 100 - round(percent * whole / 100)) > CLOSE:
        whole *= 10
    return float(math.ceil(percent * whole / 100 - CLOSE)), whole


def _items(indicator: ChecklistIndicator, count: int, met: Sequence[str]) -> tuple[str, ...]:
    order = [item.id for item in indicator.items]
    held = [name for name in order if name in met]
    more = [name for name in order if name not in met]
    chosen = {*held[:count], *more[: max(0, count - len(held))]}
    return tuple(name for name in order if name in chosen)
