"""The method of framework.md a second time: plain Python, exact fractions, no line shared with `scoring`.

Only the framework's numbers come from the product. What is exact here is compared with the product to 1e-9.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from survey.framework import AnyIndicator, Framework
from survey.response import Answer

Given = dict[str, Answer]
ZERO, ONE = Fraction(0), Fraction(1)


def exact(number: float) -> Fraction:
    """A number as it is written: 0.65 is 65/100, not the nearest binary fraction."""
    return Fraction(repr(float(number)))


@dataclass(frozen=True)
class Mark:
    """One indicator: its state, s from 0 to 1, attainment of the first target, and w."""

    state: str
    maximum: Fraction
    share: Fraction = ZERO
    uncapped: Fraction = ZERO
    first: Fraction = ZERO
    line: Fraction = ZERO
    verified: bool = False


@dataclass(frozen=True)
class Sum:
    """A dimension or the whole; None is what cannot be stated."""

    points: Fraction
    of: Fraction
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction | None
    score: Fraction | None
    line: Fraction | None


@dataclass(frozen=True)
class Result:
    """One library. by_score, level: None without a score. reach: the level of full marks for what is open."""

    marks: dict[str, Mark]
    dimensions: dict[str, Sum]
    dimension_levels: dict[str, int | None]
    total: Sum
    by_score: int | None
    level: int | None
    reach: int | None
    verified_share: Fraction


def state_of(indicator: AnyIndicator, answer: Answer) -> str:
    if answer.state.value != "answered":
        return answer.state.value
    if indicator.kind == "ratio":
        if answer.numerator is None or answer.denominator is None:
            return "unanswered"
        if answer.denominator == 0:
            return "not_applicable" if indicator.may_not_apply and answer.numerator == 0 else "unanswered"
    elif indicator.kind != "checklist" and answer.value is None:
        return "unanswered"
    return "answered"


def value_of(indicator: AnyIndicator, answer: Answer) -> Fraction:
    """x of an answered question."""
    if indicator.kind == "ratio":
        assert answer.numerator is not None
        assert answer.denominator is not None
        return 100 * exact(answer.numerator) / exact(answer.denominator)
    if indicator.kind == "checklist":
        return Fraction(len(answer.items))
    assert answer.value is not None
    return exact(answer.value)


def clip(share: Fraction) -> Fraction:
    return min(max(share, ZERO), ONE)


def mark(indicator: AnyIndicator, answer: Answer, framework: Framework, *, verified: bool) -> Mark:
    zero = exact(indicator.zero)
    first, last = (
        exact(indicator.target(year).value) for year in (framework.milestones[0], framework.milestones[-1])
    )
    line = clip((first - zero) / (last - zero))
    state, maximum = state_of(indicator, answer), exact(indicator.maximum)
    if state != "answered":
        return Mark(state, maximum, line=line)
    x = value_of(indicator, answer)
    uncapped = (x - zero) / (last - zero)
    return Mark(
        state, maximum, clip(uncapped), uncapped, clip((x - zero) / (first - zero)), line, verified=verified
    )


def total_of(marks: Iterable[Mark], threshold: float) -> Sum:
    applicable = [one for one in marks if one.state != "not_applicable"]
    of = sum((one.maximum for one in applicable), ZERO)
    answered = [one for one in applicable if one.state == "answered"]
    points = sum((one.maximum * one.share for one in answered), ZERO)
    if of == 0:
        return Sum(points, of, None, None, None, None, None)
    still_open = sum((one.maximum for one in applicable if one.state != "answered"), ZERO)
    coverage = sum((one.maximum for one in answered), ZERO) / of
    low = 100 * points / of
    return Sum(
        points=points,
        of=of,
        low=low,
        high=100 * (points + still_open) / of,
        coverage=coverage,
        score=low if coverage >= exact(threshold) else None,
        line=100 * sum((one.maximum * one.line for one in applicable), ZERO) / of,
    )


def level_of(score: Fraction | None, framework: Framework) -> int | None:
    if score is None:
        return None
    return max(entry.level for entry in framework.levels if score >= exact(entry.at_least))


def held_back(
    level: int | None,
    dimension_levels: Iterable[int | None],
    framework: Framework,
    *,
    keys: bool,
    verified: Fraction,
) -> int | None:
    """The level of the whole after its gates."""
    if level is None:
        return None
    gates = framework.gates
    levels = [one for one in dimension_levels if one is not None]
    allowed = [level]
    if levels:
        allowed.append(min(levels) + gates.above_weakest)
        if gates.floor and min(levels) < gates.floor.dimension_level:
            allowed.append(gates.floor.level - 1)
    if not keys:
        allowed.append(gates.key_indicators_from - 1)
    allowed += [gate.level - 1 for gate in gates.verified if verified < exact(gate.share)]
    return min(allowed)


def assess(framework: Framework, given: Given, verified: Iterable[str] = ()) -> Result:
    """Everything that framework.md says of one library."""
    checked = set(verified)
    marks = {
        name: mark(indicator, given.get(name, Answer()), framework, verified=name in checked)
        for name, indicator in framework.indicators.items()
    }
    of_dimension = {d.id: [marks[i.id] for i in d.indicators] for d in framework.dimensions}
    dimensions = {
        name: total_of(own, framework.thresholds.dimension_coverage) for name, own in of_dimension.items()
    }
    total = total_of(marks.values(), framework.thresholds.total_coverage)
    earned = sum((one.maximum * one.share for one in marks.values()), ZERO)
    seen = sum((one.maximum * one.share for one in marks.values() if one.verified), ZERO)
    share = seen / earned if earned else ZERO
    keys = [marks[name] for name, indicator in framework.indicators.items() if indicator.key]
    by_score = level_of(total.score, framework)
    return Result(
        marks=marks,
        dimensions=dimensions,
        dimension_levels={name: level_of(one.score, framework) for name, one in dimensions.items()},
        total=total,
        by_score=by_score,
        level=held_back(
            by_score,
            [level_of(one.low, framework) for one in dimensions.values()],
            framework,
            keys=all(one.state == "answered" and one.share > 0 for one in keys),
            verified=share,
        ),
        reach=held_back(
            level_of(total.high, framework),
            [level_of(one.high, framework) for one in dimensions.values()],
            framework,
            keys=all(one.state != "answered" or one.share > 0 for one in keys),
            verified=share,
        ),
        verified_share=share,
    )
