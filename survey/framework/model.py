"""The questionnaire as data: frozen models that refuse what they do not know.

A file that loads is a file that can be asked and scored: no later function meets a target on
the zero point, a missing label or an item without an id.
"""

import re
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from survey.text import Text

TOP_LEVEL = 5
# The sets of formulas that the program computes by. A change of a formula is a new set beside the old one, so that a
# version that is kept is always computed as it was.
FORMULAS = (1,)
SourceKind = Literal["national", "province", "federation"]


class Definition(BaseModel):
    """Base of everything read from YAML: immutable, no unknown keys, every number finite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _is_name(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]*[A-Za-z0-9][A-Za-z0-9_-]*", name):
        raise ValueError("an id is made of letters without accents, digits, - and _")
    return name


def _is_item_name(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        raise ValueError("an item's id is made of letters without accents, digits, -, _ and dots")
    return name


def _is_day(day: object) -> object:
    if isinstance(day, int | float):
        raise ValueError("Input should be a valid date such as 2026-01-15")
    return day


# Ids stand in addresses, file names and in figures such as D2.denominator, so a question's id has no dot.
Id = Annotated[str, AfterValidator(_is_name)]
# Ids of items stand side by side in one cell of a CSV file, with ; between them.
ItemId = Annotated[str, AfterValidator(_is_item_name)]
# Nothing is read as something else: "30" and yes are no numbers, 1 is no yes, 20260115 is no day.
Number = Annotated[float, Field(strict=True, ge=-1e15, le=1e15)]
Threshold = Annotated[float, Field(strict=True, gt=0, le=1)]
Whole = Annotated[int, Field(strict=True)]
Year = Annotated[int, Field(strict=True, ge=1900, le=2200)]
Flag = Annotated[bool, Field(strict=True)]
Day = Annotated[date, BeforeValidator(_is_day)]


class Citation(Definition):
    """Where a number comes from.

    document: a key of `data/sources.yaml`. checked: the day a person last compared this line
    with the text of the source.
    """

    kind: SourceKind
    document: str
    clause: Text
    checked: Day


class Target(Definition):
    """A value to reach by the end of `year`, in the indicator's own scale.

    Scale: percent for a ratio, the number itself, the level 0-5, the count of items of a
    checklist, 1 for a yes.
    """

    year: Year
    value: Number
    source: Citation


class Range(Definition):
    """The values that need no second look; outside, the person is asked to confirm."""

    low: Number
    high: Number


class Count(Definition):
    """One of the two figures of a ratio.

    whole: decimals are refused. stock: the figure does not fall from round to round without
    a reason.
    """

    label: Text
    unit: Text
    whole: Flag = True
    stock: Flag = False
    plausible: Range | None = None


class Item(Definition):
    """One line of a checklist or of a list of choices; the id is permanent."""

    id: ItemId
    label: Text


class Asked(Definition):
    """What every question shows."""

    id: Id
    label: Text
    question: Text
    help: Text
    scope: Text


class ScoredBase(Asked):
    """What every scored indicator has besides its question.

    maximum: points ("điểm tối đa"). zero: the value that earns nothing. evidence: a document or
    an explanation is needed before sending. may_not_apply: "không áp dụng" can be chosen.
    key: a condition for higher levels.
    """

    maximum: Number = Field(gt=0)
    zero: Number = 0
    targets: tuple[Target, ...] = Field(min_length=1)
    evidence: Flag = False
    may_not_apply: Flag = True
    key: Flag = False

    def target(self, year: int) -> Target:
        return next(target for target in self.targets if target.year == year)


class RatioIndicator(ScoredBase):
    """summed: for libraries that were merged both figures are added up; not where they share what they count."""

    kind: Literal["ratio"]
    numerator: Count
    denominator: Count
    summed: Flag = True

    @property
    def scale_top(self) -> float:
        return 100.0


class NumberIndicator(ScoredBase):
    """summed: a count, added up for libraries that were merged; a rate such as Mbps is not."""

    kind: Literal["number"]
    unit: Text
    whole: Flag = True
    stock: Flag = False
    summed: Flag = False
    plausible: Range | None = None

    @property
    def scale_top(self) -> float:
        return float("inf")


class LevelIndicator(ScoredBase):
    """levels: the statement of each level from 0 up; level k holds only if its statement does."""

    kind: Literal["level"]
    levels: dict[Whole, Text]

    @property
    def scale_top(self) -> float:
        return float(max(self.levels, default=0))


class ChecklistIndicator(ScoredBase):
    kind: Literal["checklist"]
    items: tuple[Item, ...] = Field(min_length=1)

    @property
    def scale_top(self) -> float:
        return float(len(self.items))


class YesNoIndicator(ScoredBase):
    kind: Literal["yesno"]

    @property
    def scale_top(self) -> float:
        return 1.0


Indicator = Annotated[
    RatioIndicator | NumberIndicator | LevelIndicator | ChecklistIndicator | YesNoIndicator,
    Field(discriminator="kind"),
]


class CountQuestion(Asked):
    """A figure that is asked and not scored; summed: as for a `NumberIndicator`."""

    kind: Literal["count"]
    unit: Text
    whole: Flag = True
    stock: Flag = False
    summed: Flag = False
    plausible: Range | None = None


class YesNoQuestion(Asked):
    kind: Literal["flag"]


class ChoiceQuestion(Asked):
    """Choose any number of items and, where `note` is set, write a few words beside them."""

    kind: Literal["choice"]
    items: tuple[Item, ...] = Field(min_length=1)
    note: Text | None = None


class WordsQuestion(Asked):
    kind: Literal["words"]


InformationQuestion = Annotated[
    CountQuestion | YesNoQuestion | ChoiceQuestion | WordsQuestion, Field(discriminator="kind")
]
AnyQuestion = (
    RatioIndicator
    | NumberIndicator
    | LevelIndicator
    | ChecklistIndicator
    | YesNoIndicator
    | CountQuestion
    | YesNoQuestion
    | ChoiceQuestion
    | WordsQuestion
)
AnyIndicator = RatioIndicator | NumberIndicator | LevelIndicator | ChecklistIndicator | YesNoIndicator


class Dimension(Definition):
    """A pillar ("trụ cột"); points must be the sum of its indicators' maxima."""

    id: Id
    label: Text
    short: Text
    points: Number
    indicators: tuple[Indicator, ...] = Field(min_length=1)


class Information(Definition):
    """The section that is asked and not scored ("thông tin chung")."""

    id: Id
    label: Text
    short: Text
    questions: tuple[InformationQuestion, ...] = ()


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


class Framework(Definition):
    """One version of one questionnaire with its method.

    formulas: the number of the set of formulas by which it is computed.
    """

    id: Id
    version: Whole = Field(ge=1, le=9999)
    formulas: Whole = FORMULAS[0]
    label: Text
    note: Text
    total_points: Number
    milestones: tuple[Year, ...] = Field(min_length=2)
    thresholds: Thresholds
    levels: tuple[Level, ...] = Field(min_length=1)
    gates: Gates
    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    information: Information
    checks: tuple[Check, ...] = ()
    programme_targets: tuple[ProgrammeTarget, ...] = ()
    province_targets: tuple[ProvinceTarget, ...] = ()
    outlook: Outlook | None = None

    @cached_property
    def indicators(self) -> dict[str, AnyIndicator]:
        """The scored indicators by id, in order."""
        return {i.id: i for dimension in self.dimensions for i in dimension.indicators}

    @cached_property
    def questions(self) -> dict[str, AnyQuestion]:
        """Everything asked by id, in order: the dimensions, then the information section."""
        return {**self.indicators, **{q.id: q for q in self.information.questions}}

    @cached_property
    def dimension_of(self) -> dict[str, Dimension]:
        return {i.id: dimension for dimension in self.dimensions for i in dimension.indicators}

    def province_target(self, library: str, indicator: str, year: int) -> ProvinceTarget | None:
        """The own target of a library's province, where it has one."""
        wanted = (library, indicator, year)
        return next(
            (one for one in self.province_targets if (one.library, one.indicator, one.year) == wanted), None
        )

    def pass_mark(self, library: str, condition: Condition) -> float:
        """What a condition asks of a library: its province's own target of the first milestone goes first."""
        own = self.province_target(library, condition.indicator, self.first_milestone)
        return condition.at_least if own is None else own.value

    @property
    def first_milestone(self) -> int:
        return self.milestones[0]

    @property
    def last_milestone(self) -> int:
        return self.milestones[-1]

    def level_named(self, level: int) -> Level:
        return next(entry for entry in self.levels if entry.level == level)


class SourceDocument(Definition):
    """A document that targets and texts cite."""

    id: str
    kind: SourceKind
    number: str
    title: Text
    issued: date | None
    issuer: Text
    address: str | None = None
    confidence: Text
