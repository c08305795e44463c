"""The questionnaire as data: frozen models that refuse what they do not know.

A file that loads is a file that can be asked and scored: no later function meets a target on
the zero point, a missing label or an item without an id.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from pydantic import Field

from survey.framework.asked import AnyIndicator, AnyQuestion, Indicator, InformationQuestion
from survey.framework.definition import Definition, Id, Number, SourceKind, Whole, Year
from survey.framework.rules import (
    Check,
    Condition,
    Gates,
    Level,
    Outlook,
    ProgrammeTarget,
    ProvinceTarget,
    Thresholds,
)
from survey.text import Text

# The sets of formulas that the program computes by. A change of a formula is a new set beside the old one, so that a
# version that is kept is always computed as it was.
FORMULAS = (1,)


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


class SourceDocument(Definition):
    """A document that targets and texts cite.

    numbers_until: the last year for which it gives numbers, None where that is not known. libraries: the
    members to whose province it belongs, none where it is nobody's or not said.
    """

    id: str
    kind: SourceKind
    number: str
    title: Text
    issued: date | None
    issuer: Text
    address: str | None = None
    confidence: Text
    numbers_until: Year | None = None
    libraries: tuple[Id, ...] = ()


class Framework(Definition):
    """One version of one questionnaire with its method.

    formulas: the number of the set of formulas by which it is computed. sources: documents that this
    version cites beside those of the common list; they came with adopted proposals.
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
    sources: tuple[SourceDocument, ...] = ()

    def documents(self, common: Mapping[str, SourceDocument]) -> dict[str, SourceDocument]:
        """Every document that this version may cite, by id; its own go before those of the common list."""
        return {**common, **{one.id: one for one in self.sources}}

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
