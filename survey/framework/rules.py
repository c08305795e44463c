"""The method as data: thresholds, levels with their gates, checks, and the programme's targets."""

from typing import Literal

from pydantic import Field

from survey.framework.asked import Range
from survey.framework.definition import Citation, Definition, Id, Number, Threshold, Whole, Year
from survey.text import Text


class Thresholds(Definition):
    """Shares of coverage from which a score is stated."""

    dimension_coverage: Threshold
    total_coverage: Threshold


class Level(Definition):
    """A maturity level; `at_least` is the lowest score that belongs to it."""

    level: Whole
    at_least: Number
    label: Text
    meaning: Text


class VerifiedGate(Definition):
    level: Whole
    share: Number


class FloorGate(Definition):
    level: Whole
    dimension_level: Whole


class Gates(Definition):
    """What holds the level of the whole back although the score would allow it.

    above_weakest: the whole stands at most so many levels above its weakest dimension.
    key_indicators_from: from this level on every key indicator is answered and above 0.
    """

    above_weakest: Whole = Field(ge=0)
    key_indicators_from: Whole
    verified: tuple[VerifiedGate, ...]
    floor: FloorGate | None = None


class Check(Definition):
    """A relation between two figures, each `indicator` or `indicator.numerator|denominator`.

    equal: left = right. at_most: left <= right. quotient: low <= left / right <= high.
    """

    id: Id
    severity: Literal["hard", "soft"]
    relation: Literal["equal", "at_most", "quotient"]
    left: str
    right: str
    between: Range | None = None
    message: Text


class Condition(Definition):
    """An indicator's value, in its own scale, that a programme target asks for."""

    indicator: str
    at_least: Number


class ProgrammeTarget(Definition):
    """A target of the programme: how one library passes, and what the Federation adds up.

    Either `dimensions` (each at or above its line of the first milestone) or `conditions` (all
    of them) decides. national_if: a yes there makes the target binding, else it is a reference.
    federation: `share` counts libraries, `pooled` adds up numerators and denominators.
    """

    id: Id
    label: Text
    wording: Text
    source: Citation
    operational: Text
    dimensions: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    national_if: str | None = None
    federation: Literal["share", "pooled"]
    goal: Number


class ProvinceTarget(Definition):
    """A province's own target for its library: the pass mark there; the score keeps the common goalposts.

    library: a member's id. value: in the indicator's own scale, by the end of `year`.
    """

    library: Id
    indicator: Id
    year: Year
    value: Number
    source: Citation


class Outlook(Definition):
    """What the programme says of the last milestone in words, and the indicators that show it."""

    label: Text
    wording: Text
    source: Citation
    indicators: tuple[str, ...] = Field(min_length=1)
