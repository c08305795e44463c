"""Ids, points, milestones and levels: what a questionnaire is built of."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from survey.framework.model import FORMULAS, Dimension, Framework

NEARLY_ZERO = 1e-9


def duplicate_ids(framework: Framework) -> Iterator[str]:
    groups = {
        "dimensions": [d.id for d in framework.dimensions] + [framework.information.id],
        "indicators": [i.id for d in framework.dimensions for i in d.indicators]
        + [q.id for q in framework.information.questions],
        "checks": [c.id for c in framework.checks],
        "programme_targets": [t.id for t in framework.programme_targets],
        "sources": [source.id for source in framework.sources],
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


def repeated(names: Iterable[str], where: str) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{where}: '{name}' stands {times} times"


def formulas(framework: Framework) -> Iterator[str]:
    if framework.formulas not in FORMULAS:
        known = ", ".join(map(str, FORMULAS))
        yield (
            f"formulas: the file asks for set {framework.formulas}, this version of the program computes by {known}"
        )


def points(framework: Framework) -> Iterator[str]:
    for dimension in framework.dimensions:
        yield from points_of(dimension)
    total = sum(i.maximum for d in framework.dimensions for i in d.indicators)
    if abs(total - framework.total_points) > NEARLY_ZERO:
        yield f"total_points: the maxima add up to {total:g}, the file declares {framework.total_points:g}"


def points_of(dimension: Dimension) -> Iterator[str]:
    total = sum(i.maximum for i in dimension.indicators)
    if abs(total - dimension.points) > NEARLY_ZERO:
        yield (
            f"dimensions > {dimension.id} > points: the maxima add up to {total:g}, "
            f"the file declares {dimension.points:g}"
        )


def milestones(framework: Framework) -> Iterator[str]:
    years = framework.milestones
    if list(years) != sorted(set(years)):
        yield f"milestones: the years {', '.join(map(str, years))} must rise"


def levels(framework: Framework) -> Iterator[str]:
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
