"""What a well-formed framework file may still get wrong, each fault in one sentence with its place."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from string import Formatter

from pydantic import BaseModel

from survey.framework.model import (
    TOP_LEVEL,
    AnyIndicator,
    Check,
    ChecklistIndicator,
    ChoiceQuestion,
    Citation,
    CountQuestion,
    Definition,
    Dimension,
    Framework,
    LevelIndicator,
    NumberIndicator,
    ProgrammeTarget,
    RatioIndicator,
    SourceDocument,
    Target,
    YesNoQuestion,
)
from survey.text import LANGUAGES, Text

NEARLY_ZERO = 1e-9


def find_faults(framework: Framework, cited: dict[str, SourceDocument]) -> list[str]:
    """Return every fault of meaning, in the order of the file; an empty list when there is none."""
    return [
        *_duplicate_ids(framework),
        *_points(framework),
        *_milestones(framework),
        *_levels(framework),
        *(
            fault
            for dimension in framework.dimensions
            for indicator in dimension.indicators
            for fault in _indicator(indicator, dimension, framework)
        ),
        *_items(framework),
        *_ranges(framework),
        *_checks(framework),
        *_programme(framework),
        *_province_targets(framework),
        *_citations(framework, cited),
        *_unreadable(framework, ()),
    ]


def faults_of_parts(
    framework: Framework, cited: dict[str, SourceDocument], whole: Iterable[str]
) -> list[str]:
    """What can be said of a framework from which entries with faults of their own were left out.

    whole: the dimensions that lost nothing, whose points can still be added up. Nothing is judged
    that would point to an entry left out.
    """
    complete = set(whole)
    return [
        *_duplicate_ids(framework),
        *(
            fault
            for dimension in framework.dimensions
            if dimension.id in complete
            for fault in _sum(dimension)
        ),
        *_milestones(framework),
        *_levels(framework),
        *(
            fault
            for dimension in framework.dimensions
            for indicator in dimension.indicators
            for fault in _indicator(indicator, dimension, framework)
        ),
        *_items(framework),
        *_ranges(framework),
        *_citations(framework, cited),
        *_unreadable(framework, ()),
    ]


def _duplicate_ids(framework: Framework) -> Iterator[str]:
    groups = {
        "dimensions": [d.id for d in framework.dimensions] + [framework.information.id],
        "indicators": [i.id for d in framework.dimensions for i in d.indicators]
        + [q.id for q in framework.information.questions],
        "checks": [c.id for c in framework.checks],
        "programme_targets": [t.id for t in framework.programme_targets],
    }
    for group, ids in groups.items():
        for name, times in Counter(ids).items():
            if times > 1:
                yield f"{group} > {name}: the id stands {times} times; ids are unique"
        spellings: dict[str, str] = {}
        for name in ids:
            first = spellings.setdefault(name.casefold(), name)
            if first != name:
                yield f"{group} > {name}: differs from {first} only in capital letters; ids must be easy to tell apart"


def _points(framework: Framework) -> Iterator[str]:
    for dimension in framework.dimensions:
        yield from _sum(dimension)
    total = sum(i.maximum for d in framework.dimensions for i in d.indicators)
    if abs(total - framework.total_points) > NEARLY_ZERO:
        yield f"total_points: the maxima add up to {total:g}, the file declares {framework.total_points:g}"


def _sum(dimension: Dimension) -> Iterator[str]:
    total = sum(i.maximum for i in dimension.indicators)
    if abs(total - dimension.points) > NEARLY_ZERO:
        yield (
            f"dimensions > {dimension.id} > points: the maxima add up to {total:g}, "
            f"the file declares {dimension.points:g}"
        )


def _milestones(framework: Framework) -> Iterator[str]:
    years = framework.milestones
    if list(years) != sorted(set(years)):
        yield f"milestones: the years {', '.join(map(str, years))} must rise"


def _levels(framework: Framework) -> Iterator[str]:
    levels = framework.levels
    if [entry.level for entry in levels] != list(range(len(levels))):
        yield "levels: number the levels 0, 1, 2 ... without a gap"
    cuts = [entry.at_least for entry in levels]
    if cuts[0] != 0 or any(low >= high for low, high in pairwise(cuts)) or cuts[-1] > 100:
        yield "levels: at_least must start at 0, rise, and stay within 100"
    known = {entry.level for entry in levels}
    named = [gate.level for gate in framework.gates.verified] + [framework.gates.key_indicators_from]
    if framework.gates.floor:
        named += [framework.gates.floor.level, framework.gates.floor.dimension_level]
    for level in sorted(set(named) - known):
        yield f"gates: level {level} is not one of the levels"
    if any(level <= 0 for level in named if level in known):
        yield "gates: level 0 is the lowest, so no condition can hold a library back from it"
    for level, times in Counter(gate.level for gate in framework.gates.verified).items():
        if times > 1:
            yield f"gates > verified > {level}: the level stands {times} times"
    for gate in framework.gates.verified:
        if not 0 <= gate.share <= 1:
            yield f"gates > verified > {gate.level} > share: {gate.share:g} is not a share from 0 to 1"


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


def _items(framework: Framework) -> Iterator[str]:
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


def _ranges(framework: Framework) -> Iterator[str]:
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


def _figure_exists(framework: Framework, name: str) -> bool:
    question_id, _, part = name.partition(".")
    question = framework.questions.get(question_id)
    if part:
        return isinstance(question, RatioIndicator) and part in ("numerator", "denominator")
    return isinstance(question, NumberIndicator | CountQuestion)


def _checks(framework: Framework) -> Iterator[str]:
    for check in framework.checks:
        for side in ("left", "right"):
            name = getattr(check, side)
            if not _figure_exists(framework, name):
                yield f"checks > {check.id} > {side}: '{name}' is no figure of this framework"
        if (check.relation == "quotient") != (check.between is not None):
            yield f"checks > {check.id} > between: a range belongs to a quotient, and only to it"
        if check.between is not None and check.between.low > check.between.high:
            yield (
                f"checks > {check.id} > between: low {check.between.low:g} is above high {check.between.high:g}"
            )
        if check.left == check.right:
            yield f"checks > {check.id} > right: '{check.right}' would be compared with itself"
        yield from _message(check)


def _message(check: Check) -> Iterator[str]:
    """The two figures are put into the message, so its braces must name nothing else."""
    for language in LANGUAGES:
        try:
            braces = list(Formatter().parse(check.message.to(language)))
            sound = all(
                name in (None, "left", "right") and not form and not conversion
                for _, name, form, conversion in braces
            )
        except ValueError:
            sound = False
        if not sound:
            yield (
                f"checks > {check.id} > message > {language}: braces can hold {{left}} and {{right}} only, "
                "for the two figures"
            )


def _programme(framework: Framework) -> Iterator[str]:
    known_dimensions = {d.id for d in framework.dimensions}
    for target in framework.programme_targets:
        where = f"programme_targets > {target.id}"
        if bool(target.dimensions) == bool(target.conditions):
            yield f"{where}: give either dimensions or conditions"
        yield from _repeated(target.dimensions, f"{where} > dimensions")
        yield from _repeated((one.indicator for one in target.conditions), f"{where} > conditions")
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
    yield from _repeated(shown, "outlook > indicators")
    for name in shown:
        if name not in framework.indicators:
            yield f"outlook > indicators: '{name}' is no indicator"


def _province_targets(framework: Framework) -> Iterator[str]:
    """A province's own targets: of an indicator and a year that there are, once each, and within reach."""
    keys = [f"{one.library} {one.indicator} {one.year}" for one in framework.province_targets]
    yield from _repeated(keys, "province_targets")
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


def _repeated(names: Iterable[str], where: str) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{where}: '{name}' stands {times} times"


def _federation_figure(target: ProgrammeTarget, framework: Framework, where: str) -> Iterator[str]:
    if not 0 < target.goal <= 100:
        yield f"{where} > goal: {target.goal:g} is not a percentage above 0 and up to 100"
    if target.federation == "pooled" and not _is_pooled(framework, target.conditions):
        yield f"{where} > federation: pooling needs one condition on a ratio"


def _is_pooled(framework: Framework, conditions: tuple[Definition, ...]) -> bool:
    names = [getattr(condition, "indicator", "") for condition in conditions]
    return len(names) == 1 and isinstance(framework.indicators.get(names[0]), RatioIndicator)


def _citations(framework: Framework, cited: dict[str, SourceDocument]) -> Iterator[str]:
    for where, citation in _all_citations(framework):
        source = cited.get(citation.document)
        if source is None:
            yield f"{where} > source > document: '{citation.document}' is not listed in sources.yaml"
        elif citation.kind != "federation" and source.kind != citation.kind:
            yield (
                f"{where} > source > kind: '{citation.document}' is a {source.kind} document "
                f"and cannot back a {citation.kind} target"
            )


def _all_citations(framework: Framework) -> Iterator[tuple[str, Citation]]:
    for indicator in framework.indicators.values():
        for target in indicator.targets:
            yield f"indicators > {indicator.id} > targets > {target.year}", target.source
    for own in framework.province_targets:
        yield f"province_targets > {own.library} {own.indicator} {own.year}", own.source
    for programme_target in framework.programme_targets:
        yield f"programme_targets > {programme_target.id}", programme_target.source
    if framework.outlook:
        yield "outlook", framework.outlook.source


def _unreadable(part: object, way: tuple[str, ...]) -> Iterator[str]:
    """Words that nobody can see or that no file can hold, wherever they stand."""
    if isinstance(part, Text):
        for language in LANGUAGES:
            words = part.to(language)
            if any(unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n" for sign in words):
                yield f"{' > '.join(way)} > {language}: the words hold a sign that cannot be printed"
            elif all(unicodedata.category(sign)[0] in "CZ" for sign in words):
                yield f"{' > '.join(way)} > {language}: the words are empty: nothing in them can be seen"
    elif isinstance(part, BaseModel):
        for field in type(part).model_fields:
            yield from _unreadable(getattr(part, field), (*way, field))
    elif isinstance(part, dict):
        for key, held in part.items():
            yield from _unreadable(held, (*way, str(key)))
    elif isinstance(part, tuple):
        for position, held in enumerate(part, start=1):
            name = next(
                (str(getattr(held, key)) for key in ("id", "level", "year") if hasattr(held, key)), ""
            )
            yield from _unreadable(held, (*way, name or f"entry {position}"))
