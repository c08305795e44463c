"""One draw of a study of ranks a second time: plain Python, no arrays, no line shared with `scoring`.

Only the framework's numbers and the random choices come from the product.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod

from reference import Given, state_of, value_of

from survey.framework import AnyIndicator, Framework
from survey.response import Answer


@dataclass(frozen=True)
class Choices:
    """One draw. item, dimension: factors and weights by id. spacing: exponent of rubrics."""

    item: Mapping[str, float]
    dimension: Mapping[str, float]
    geometric: bool
    spacing: float


@dataclass(frozen=True)
class Reported:
    """One library. verified: indicators that a reviewer decided about. lowered: what the reviewer made of them.

    places: by indicator, where between its ends an uncertain answer lies, 0 to 1.
    """

    answers: Given
    verified: frozenset[str] = frozenset()
    lowered: Given = field(default_factory=dict)
    places: Mapping[str, float] = field(default_factory=dict)


def bounded(share: float) -> float:
    return min(1.0, max(0.0, share))


def way_come(indicator: AnyIndicator, answer: Answer, framework: Framework) -> float:
    """From the zero point to the last target, not bounded."""
    goal = next(t.value for t in indicator.targets if t.year == framework.milestones[-1])
    return (float(value_of(indicator, answer)) - indicator.zero) / (goal - indicator.zero)


def ends(indicator: AnyIndicator, library: Reported, framework: Framework) -> tuple[float, float]:
    """Between which shares of its maximum the indicator lies."""
    answer = library.answers.get(indicator.id, Answer())
    state = state_of(indicator, answer)
    if state == "unknown":
        return 0.0, 1.0
    if state != "answered":
        return 0.0, 0.0
    come = way_come(indicator, answer, framework)
    if indicator.id in library.lowered:
        other = way_come(indicator, library.lowered[indicator.id], framework)
        return bounded(min(come, other)), bounded(max(come, other))
    if indicator.id in library.verified:
        return bounded(come), bounded(come)
    return bounded(come - 0.1), bounded(come + 0.1)


def share(indicator: AnyIndicator, library: Reported, choices: Choices, framework: Framework) -> float:
    low, high = ends(indicator, library, framework)
    if indicator.kind == "level":
        low, high = low**choices.spacing, high**choices.spacing
    return low + (high - low) * library.places[indicator.id] if high > low else low


def score_of(library: Reported, choices: Choices, framework: Framework) -> float:
    """The score of one library in one draw, 0 to 100."""
    means, heavy = [], []
    for dimension in framework.dimensions:
        weight = {i.id: i.maximum * choices.item[i.id] for i in dimension.indicators}
        to_dimension = choices.dimension[dimension.id] / sum(weight.values())
        applicable = [
            i
            for i in dimension.indicators
            if state_of(i, library.answers.get(i.id, Answer())) != "not_applicable"
        ]
        if not applicable:
            continue
        of = sum(weight[i.id] for i in applicable)
        got = sum(weight[i.id] * share(i, library, choices, framework) for i in applicable)
        means.append(got / of)
        heavy.append(of * to_dimension)
    total = sum(heavy)
    if choices.geometric:
        return 100 * prod(max(mean, 0.01) ** (own / total) for mean, own in zip(means, heavy, strict=True))
    return 100 * sum(mean * own for mean, own in zip(means, heavy, strict=True)) / total


def ranks(scores: Mapping[str, float]) -> dict[str, int]:
    """1 for the best; equals share the better rank."""
    return {
        name: 1 + sum(1 for other in scores.values() if other > own + 1e-9) for name, own in scores.items()
    }


def groups(order: list[str], wins: Mapping[tuple[str, str], int], of: int) -> list[list[str]]:
    """wins: draws in which the first scores above the second. A new group begins where 90 % are won."""
    found: list[list[str]] = []
    for name in order:
        if not found or 10 * wins[found[-1][0], name] >= 9 * of:
            found.append([])
        found[-1].append(name)
    return found
