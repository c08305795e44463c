"""The second result: which targets of the programme a library meets, and the Federation's figure."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from scoring.aggregate import at_least
from scoring.matrix import State
from scoring.scorecard import Scorecard
from survey.framework import Framework, ProgrammeTarget


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class LibraryResult:
    """One library against one target.

    binding: False where the target is a reference only. value: x of the deciding indicator, where
    there is one. own: a figure of the library's own province decided.
    """

    target: str
    library: str
    outcome: Outcome
    binding: bool
    value: float | None
    own: bool = False


@dataclass(frozen=True)
class FederationResult:
    """The Federation against one target.

    met, counted: libraries that pass, and libraries the share is taken of. share: percent, NaN
    where nothing is counted. needed: head-count that the goal asks for. numerator, denominator:
    pooled figures, None for a share of libraries. reported: libraries with data.
    """

    target: str
    met: int
    counted: int
    reported: int
    share: float
    goal: float
    needed: int
    numerator: float | None
    denominator: float | None


def library_results(
    card: Scorecard, framework: Framework, *, binding: dict[str, frozenset[str]] | None = None
) -> list[LibraryResult]:
    """Every library against every programme target.

    binding: by target id, the libraries for which a conditional target is national (they
    answered yes to its `national_if` question).
    """
    return [
        _one(card, framework, target, row, (binding or {}).get(target.id, frozenset()))
        for target in framework.programme_targets
        for row in range(len(card.libraries))
    ]


def _one(
    card: Scorecard, framework: Framework, target: ProgrammeTarget, row: int, binding: frozenset[str]
) -> LibraryResult:
    library = card.libraries[row]
    value: float | None = None
    if target.dimensions:
        outcome = _dimensions_outcome(card, framework, target, row)
    else:
        outcome = _conditions_outcome(card, framework, target, row)
        column = card.matrix.indicators.index(target.conditions[0].indicator)
        x = float(card.matrix.value[row, column])
        value = x if len(target.conditions) == 1 and x == x else None
    own = any(
        framework.province_target(library, condition.indicator, framework.first_milestone)
        for condition in target.conditions
    )
    return LibraryResult(
        target=target.id,
        library=library,
        outcome=outcome,
        binding=target.national_if is None or library in binding or own,
        value=value,
        own=own,
    )


def _combine(outcomes: list[Outcome]) -> Outcome:
    """All must hold: one failure decides, then missing data, then nothing applicable."""
    for decisive in (Outcome.NOT_MET, Outcome.NO_DATA, Outcome.MET):
        if decisive in outcomes:
            return decisive
    return Outcome.NOT_APPLICABLE


def _conditions_outcome(card: Scorecard, framework: Framework, target: ProgrammeTarget, row: int) -> Outcome:
    outcomes = []
    for condition in target.conditions:
        column = card.matrix.indicators.index(condition.indicator)
        state = card.matrix.state[row, column]
        if state == State.NOT_APPLICABLE:
            outcomes.append(Outcome.NOT_APPLICABLE)
        elif state != State.ANSWERED:
            outcomes.append(Outcome.NO_DATA)
        else:
            needed = framework.pass_mark(card.libraries[row], condition)
            met = bool(at_least(card.matrix.value[row, column], needed))
            outcomes.append(Outcome.MET if met else Outcome.NOT_MET)
    return _combine(outcomes)


def _dimensions_outcome(card: Scorecard, framework: Framework, target: ProgrammeTarget, row: int) -> Outcome:
    """Met where the assured score reaches the line; not met where even the possible one does not.

    In between it is open, so there is no data to say.
    """
    ids = [dimension.id for dimension in framework.dimensions]
    outcomes = []
    for name in target.dimensions:
        column = ids.index(name)
        low, high = card.dimensions.low[row, column], card.dimensions.high[row, column]
        line = card.dimensions.line[row, column]
        stated = not np.isnan(card.dimensions.score[row, column])
        if np.isnan(low):
            outcomes.append(Outcome.NOT_APPLICABLE)
        elif at_least(low, line):
            outcomes.append(Outcome.MET)
        elif stated or not at_least(high, line):
            outcomes.append(Outcome.NOT_MET)
        else:
            outcomes.append(Outcome.NO_DATA)
    return _combine(outcomes)


def federation_results(
    results: list[LibraryResult],
    card: Scorecard,
    framework: Framework,
    *,
    sent: Collection[str] | None = None,
) -> list[FederationResult]:
    """Add the libraries up, by head-count or by pooled figures as each target says.

    sent: the libraries whose responses were sent; the others count among those that are asked, with
    no data, and their figures are not pooled. None takes all.
    """
    taken = set(card.libraries if sent is None else sent)
    counted = [
        result if result.library in taken else replace(result, outcome=Outcome.NO_DATA) for result in results
    ]
    return [
        _pooled(target, card, counted, taken) if target.federation == "pooled" else _share(target, counted)
        for target in framework.programme_targets
    ]


def heads_needed(goal: float, libraries: int) -> int:
    """How many of `libraries` a goal in percent asks for, rounded up: 60 % of 13 is 8."""
    return int(np.ceil(goal * libraries / 100 - 1e-9))


def _share(target: ProgrammeTarget, results: list[LibraryResult]) -> FederationResult:
    own = [result.outcome for result in results if result.target == target.id]
    counted = [outcome for outcome in own if outcome is not Outcome.NOT_APPLICABLE]
    met = counted.count(Outcome.MET)
    return FederationResult(
        target=target.id,
        met=met,
        counted=len(counted),
        reported=len(counted) - counted.count(Outcome.NO_DATA),
        share=100 * met / len(counted) if counted else float("nan"),
        goal=target.goal,
        needed=heads_needed(target.goal, len(counted)),
        numerator=None,
        denominator=None,
    )


def _pooled(
    target: ProgrammeTarget, card: Scorecard, results: list[LibraryResult], taken: Collection[str]
) -> FederationResult:
    heads = _share(target, results)
    column = card.matrix.indicators.index(target.conditions[0].indicator)
    sent = np.array([library in taken for library in card.libraries], dtype=np.bool_)
    given = (card.matrix.state[:, column] == State.ANSWERED) & sent
    numerator = float(card.matrix.numerator[given, column].sum())
    denominator = float(card.matrix.denominator[given, column].sum())
    return FederationResult(
        target=target.id,
        met=heads.met,
        counted=heads.counted,
        reported=heads.reported,
        share=100 * numerator / denominator if denominator else float("nan"),
        goal=target.goal,
        needed=heads.needed,
        numerator=numerator,
        denominator=denominator,
    )
