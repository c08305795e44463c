"""Indicators with their targets, rubrics, items and usual ranges."""

from collections import Counter
from collections.abc import Iterator

from survey.framework.asked import (
    TOP_LEVEL,
    AnyIndicator,
    ChecklistIndicator,
    ChoiceQuestion,
    LevelIndicator,
    RatioIndicator,
)
from survey.framework.definition import Target
from survey.framework.faults.structure import NEARLY_ZERO
from survey.framework.model import Dimension, Framework
from survey.text import LANGUAGES


def single(framework: Framework) -> Iterator[str]:
    """Each indicator for itself."""
    for dimension in framework.dimensions:
        for indicator in dimension.indicators:
            yield from _indicator(indicator, dimension, framework)


def _indicator(indicator: AnyIndicator, dimension: Dimension, framework: Framework) -> Iterator[str]:
    where = f"dimensions > {dimension.id} > indicators > {indicator.id}"
    if indicator.key and indicator.may_not_apply:
        yield f"{where} > key: a key indicator cannot be allowed as not applicable"
    if isinstance(indicator, LevelIndicator):
        yield from _rubric(indicator, where)
    years = [target.year for target in indicator.targets]
    if sorted(years) != sorted(framework.milestones):
        yield (
            f"{where} > targets: one target for each of "
            f"{', '.join(map(str, framework.milestones))} is needed, found {', '.join(map(str, years))}"
        )
        return
    for target in indicator.targets:
        yield from _target(target, indicator, where)
    if not 0 <= indicator.zero <= indicator.scale_top:
        yield f"{where} > zero: {indicator.zero:g} does not lie on a scale from 0 to {indicator.scale_top:g}"
    last = indicator.target(framework.last_milestone).value
    if abs(last - indicator.zero) < NEARLY_ZERO:
        return
    for target in indicator.targets:
        share = (target.value - indicator.zero) / (last - indicator.zero)
        if share < 0 or share > 1:
            yield (
                f"{where} > targets > {target.year} > value: {target.value:g} does not lie between "
                f"the zero point {indicator.zero:g} and the target of {framework.last_milestone} ({last:g})"
            )


def _target(target: Target, indicator: AnyIndicator, where: str) -> Iterator[str]:
    place = f"{where} > targets > {target.year} > value"
    if abs(target.value - indicator.zero) < NEARLY_ZERO:
        yield f"{place}: {target.value:g} equals the zero point, so no distance can be measured"
    if not 0 <= target.value <= indicator.scale_top:
        yield f"{place}: {target.value:g} cannot be reached on a scale from 0 to {indicator.scale_top:g}"


def _rubric(indicator: LevelIndicator, where: str) -> Iterator[str]:
    missing = [level for level in range(TOP_LEVEL + 1) if level not in indicator.levels]
    if missing:
        yield (
            f"{where} > levels: the rubric cannot be reached beyond level {missing[0] - 1}: "
            f"no statement for {', '.join(map(str, missing))}"
        )
    for level in sorted(set(indicator.levels) - set(range(TOP_LEVEL + 1))):
        yield f"{where} > levels > {level}: levels run from 0 to {TOP_LEVEL}"
    for language in LANGUAGES:
        for words, times in Counter(text.to(language) for text in indicator.levels.values()).items():
            if times > 1:
                yield f"{where} > levels: the statement «{words}» stands {times} times, so a level is unreachable"


def items(framework: Framework) -> Iterator[str]:
    for indicator in framework.indicators.values():
        if isinstance(indicator, ChecklistIndicator):
            for position, item in enumerate(indicator.items, start=1):
                if item.id != f"{indicator.id}.{position}":
                    yield (
                        f"indicators > {indicator.id} > items > {item.id}: "
                        f"the item at position {position} has the id {indicator.id}.{position}"
                    )
    for question in framework.information.questions:
        if isinstance(question, ChoiceQuestion):
            for name, times in Counter(item.id for item in question.items).items():
                if times > 1:
                    yield f"{question.id} > items > {name}: the id stands {times} times; ids are unique"


def ranges(framework: Framework) -> Iterator[str]:
    for question in framework.questions.values():
        figures = {"": question}
        if isinstance(question, RatioIndicator):
            figures = {" > numerator": question.numerator, " > denominator": question.denominator}  # type: ignore[dict-item]
        for suffix, figure in figures.items():
            plausible = getattr(figure, "plausible", None)
            if plausible is not None and plausible.low > plausible.high:
                yield f"{question.id}{suffix} > plausible: low {plausible.low:g} is above high {plausible.high:g}"
            if plausible is not None and plausible.low < 0:
                yield f"{question.id}{suffix} > plausible > low: {plausible.low:g} is below 0, and answers never are"
