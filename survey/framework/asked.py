"""The questions: scored indicators of five kinds, and the information section's."""

from typing import Annotated, Literal

from pydantic import Field

from survey.framework.definition import Definition, Flag, Id, ItemId, Number, Target, Whole
from survey.text import Text

TOP_LEVEL = 5


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
