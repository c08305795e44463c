"""The programme targets, and the targets of single provinces."""

from collections.abc import Iterator

from survey.framework.asked import RatioIndicator, YesNoQuestion
from survey.framework.definition import Definition
from survey.framework.faults.structure import repeated
from survey.framework.model import Framework
from survey.framework.rules import ProgrammeTarget


def programme(framework: Framework) -> Iterator[str]:
    known_dimensions = {d.id for d in framework.dimensions}
    for target in framework.programme_targets:
        where = f"programme_targets > {target.id}"
        if bool(target.dimensions) == bool(target.conditions):
            yield f"{where}: give either dimensions or conditions"
        yield from repeated(target.dimensions, f"{where} > dimensions")
        yield from repeated((one.indicator for one in target.conditions), f"{where} > conditions")
        for name in target.dimensions:
            if name not in known_dimensions:
                yield f"{where} > dimensions: '{name}' is no dimension"
        for condition in target.conditions:
            indicator = framework.indicators.get(condition.indicator)
            if indicator is None:
                yield f"{where} > conditions: '{condition.indicator}' is no indicator"
            elif not condition.at_least > 0:
                yield (
                    f"{where} > conditions > {condition.indicator} > at_least: "
                    f"{condition.at_least:g} is met by every answer; give a number above 0"
                )
            elif condition.at_least > indicator.scale_top:
                yield f"{where} > conditions > {condition.indicator}: {condition.at_least:g} cannot be reached"
        yield from _federation_figure(target, framework, where)
        if target.national_if is not None and not isinstance(
            framework.questions.get(target.national_if), YesNoQuestion
        ):
            yield f"{where} > national_if: '{target.national_if}' is no yes-no question of the information section"
    shown = framework.outlook.indicators if framework.outlook else ()
    yield from repeated(shown, "outlook > indicators")
    for name in shown:
        if name not in framework.indicators:
            yield f"outlook > indicators: '{name}' is no indicator"


def _federation_figure(target: ProgrammeTarget, framework: Framework, where: str) -> Iterator[str]:
    if not 0 < target.goal <= 100:
        yield f"{where} > goal: {target.goal:g} is not a percentage above 0 and up to 100"
    if target.federation == "pooled" and not _is_pooled(framework, target.conditions):
        yield f"{where} > federation: pooling needs one condition on a ratio"


def _is_pooled(framework: Framework, conditions: tuple[Definition, ...]) -> bool:
    names = [getattr(condition, "indicator", "") for condition in conditions]
    return len(names) == 1 and isinstance(framework.indicators.get(names[0]), RatioIndicator)


def province_targets(framework: Framework) -> Iterator[str]:
    """A province's own targets: of an indicator and a year that there are, once each, and within reach."""
    keys = [f"{one.library} {one.indicator} {one.year}" for one in framework.province_targets]
    yield from repeated(keys, "province_targets")
    for own, key in zip(framework.province_targets, keys, strict=True):
        where = f"province_targets > {key}"
        if own.source.kind != "province":
            yield f"{where} > source > kind: a province's own target has a source of kind province"
        indicator = framework.indicators.get(own.indicator)
        if indicator is None:
            yield f"{where}: '{own.indicator}' is no indicator"
            continue
        if own.year not in framework.milestones:
            yield f"{where} > year: {own.year} is none of the milestones"
            continue
        common = indicator.target(own.year).value
        if not 0 <= own.value <= indicator.scale_top:
            yield f"{where} > value: {own.value:g} cannot be reached on a scale from 0 to {indicator.scale_top:g}"
        elif (own.value - indicator.zero) * (common - indicator.zero) <= 0:
            yield f"{where} > value: {own.value:g} does not lie beyond the zero point {indicator.zero:g}"
