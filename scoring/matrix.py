"""The answers of many libraries as arrays: one row a library, one column an indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from survey.framework import AnyIndicator, ChecklistIndicator, Framework, RatioIndicator
from survey.response import Answer, AnswerState

Floats = NDArray[np.float64]
States = NDArray[np.int8]
Flags = NDArray[np.bool_]


class State(IntEnum):
    """An answer's state as a small number; order carries no meaning."""

    UNANSWERED = 0
    ANSWERED = 1
    UNKNOWN = 2
    NOT_APPLICABLE = 3


STATE_OF: dict[AnswerState, State] = {
    AnswerState.UNANSWERED: State.UNANSWERED,
    AnswerState.ANSWERED: State.ANSWERED,
    AnswerState.UNKNOWN: State.UNKNOWN,
    AnswerState.NOT_APPLICABLE: State.NOT_APPLICABLE,
}


@dataclass(frozen=True)
class AnswerMatrix:
    """Answers ready to be scored.

    value: (libraries, indicators), x in each indicator's own scale (percent, number, level,
    items met, 1 or 0); NaN unless answered. numerator, denominator: the two figures of ratios,
    NaN elsewhere. state: `State`. verified: whether a reviewer decided about the answer. confirmed:
    where a reviewer lowered the answer, x as reviewed, NaN elsewhere; None where nobody did.
    """

    libraries: tuple[str, ...]
    indicators: tuple[str, ...]
    value: Floats
    numerator: Floats
    denominator: Floats
    state: States
    verified: Flags
    confirmed: Floats | None = None

    def part(self, first: int, end: int) -> "AnswerMatrix":
        """The rows from `first` to before `end`, in place."""
        rows = slice(first, end)
        return AnswerMatrix(
            libraries=self.libraries[rows],
            indicators=self.indicators,
            value=self.value[rows],
            numerator=self.numerator[rows],
            denominator=self.denominator[rows],
            state=self.state[rows],
            verified=self.verified[rows],
            confirmed=None if self.confirmed is None else self.confirmed[rows],
        )

    def rows(self, libraries: Sequence[str]) -> "AnswerMatrix":
        """The rows of some libraries, in the order given."""
        index = [self.libraries.index(library) for library in libraries]
        return replace(
            self,
            libraries=tuple(libraries),
            value=self.value[index],
            numerator=self.numerator[index],
            denominator=self.denominator[index],
            state=self.state[index],
            verified=self.verified[index],
            confirmed=None if self.confirmed is None else self.confirmed[index],
        )


def empty_matrix(libraries: Sequence[str], framework: Framework) -> AnswerMatrix:
    """A matrix in which nobody answered anything yet."""
    shape = (len(libraries), len(framework.indicators))
    return AnswerMatrix(
        libraries=tuple(libraries),
        indicators=tuple(framework.indicators),
        value=np.full(shape, np.nan),
        numerator=np.full(shape, np.nan),
        denominator=np.full(shape, np.nan),
        state=np.full(shape, State.UNANSWERED, dtype=np.int8),
        verified=np.zeros(shape, dtype=np.bool_),
    )


def indicator_value(indicator: AnyIndicator, answer: Answer) -> float | None:
    """x of one answer in the indicator's scale; None where the figures are not all there.

    A ratio of 0 to 0 is None: there is nothing to measure.
    """
    if isinstance(indicator, RatioIndicator):
        if answer.numerator is None or not answer.denominator:
            return None
        return 100 * answer.numerator / answer.denominator
    if isinstance(indicator, ChecklistIndicator):
        return float(len(set(answer.items)))
    return answer.value


def effective_state(indicator: AnyIndicator, answer: Answer) -> State:
    """The state that scoring uses: 0 of 0 is not applicable, a half-given answer is none."""
    if answer.state is not AnswerState.ANSWERED:
        return STATE_OF[answer.state]
    if indicator_value(indicator, answer) is not None:
        return State.ANSWERED
    nothing_there = isinstance(indicator, RatioIndicator) and answer.numerator == 0 == answer.denominator
    return State.NOT_APPLICABLE if nothing_there and indicator.may_not_apply else State.UNANSWERED


def build_matrix(
    answers: Mapping[str, Mapping[str, Answer]],
    framework: Framework,
    *,
    verified: Mapping[str, frozenset[str]] | None = None,
) -> AnswerMatrix:
    """Lay out answers by library and question id; questions that are not scored are passed over.

    verified: by library, the indicators whose answer a reviewer accepted.
    """
    matrix = empty_matrix(list(answers), framework)
    columns = {name: (column, framework.indicators[name]) for column, name in enumerate(matrix.indicators)}
    for row, (library, given) in enumerate(answers.items()):
        accepted = (verified or {}).get(library, frozenset())
        for name, answer in given.items():
            if name not in columns:
                continue
            column, indicator = columns[name]
            state = effective_state(indicator, answer)
            matrix.state[row, column] = state
            if state == State.ANSWERED:
                x = indicator_value(indicator, answer)
                matrix.value[row, column] = np.nan if x is None else x
                if isinstance(indicator, RatioIndicator):
                    matrix.numerator[row, column] = answer.numerator
                    matrix.denominator[row, column] = answer.denominator
            matrix.verified[row, column] = name in accepted
    return matrix
