"""The answers of responses as arrays: as the library gave them, and as reviewers let them stand."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from scoring.matrix import AnswerMatrix, Floats, State, build_matrix, effective_state, indicator_value
from survey.framework import AnyIndicator, Framework, RatioIndicator
from survey.response import Answer, AnswerState, Recorded, Response


def matrix_of_responses(
    responses: Mapping[str, Response],
    framework: Framework,
    *,
    valid: Mapping[str, frozenset[str]] | None = None,
) -> AnswerMatrix:
    """The matrix of the libraries' own answers.

    valid: by library, the questions whose answer has no hard fault; others count as not
    answered. None takes every answer as it is.
    """
    answers = {
        library: {
            name: answer for name, answer in response.answers.items() if _is_sound(valid, library, name)
        }
        for library, response in responses.items()
    }
    matrix = build_matrix(answers, framework, verified=_accepted(responses))
    return replace(matrix, confirmed=_confirmed(responses, framework, matrix))


def reviewed_matrix(
    responses: Mapping[str, Response],
    framework: Framework,
    *,
    valid: Mapping[str, frozenset[str]] | None = None,
) -> AnswerMatrix:
    """The matrix of what reviewers let stand: the own answer, or the lower value beside it.

    An answer that nobody decided about counts as not given; one that the programme makes
    mandatory and that nothing proves counts as its zero point.
    """
    answers = {
        library: {
            name: stands
            for name, entry in response.recorded.items()
            if (stands := standing_answer(framework, name, entry, sound=_is_sound(valid, library, name)))
            is not None
        }
        for library, response in responses.items()
    }
    return build_matrix(answers, framework, verified=_accepted(responses))


def standing_answer(framework: Framework, name: str, entry: Recorded, *, sound: bool) -> Answer | None:
    """What the verified figures take for the answer to one question; None where nothing stands.

    sound: whether the own answer has no hard fault. The lower value of a reviewer stands beside a
    faulty answer too. A figure that nobody decided about does not stand; that a question does not
    apply, or that the library does not know, needs no decision.
    """
    if entry.reduced is None and not sound:
        return None
    stands = _standing(framework, name, entry)
    return None if _is_figure(framework, name, stands) and not entry.verified else stands


def is_unproven(indicator: AnyIndicator, entry: Recorded) -> bool:
    """Whether a reviewer met a mandatory item that needs evidence and has neither that nor an explanation.

    Source:
        the Federation's proposal of a method: such an item counts 0 in the verified score, and in that alone.
    """
    needs_proof = indicator.evidence and not indicator.may_not_apply
    proven = entry.answer.has_evidence or bool(entry.answer.explanation.strip())
    return entry.verified and needs_proof and entry.answer.state is AnswerState.ANSWERED and not proven


def _is_sound(valid: Mapping[str, frozenset[str]] | None, library: str, name: str) -> bool:
    return valid is None or name in valid.get(library, frozenset())


def _is_figure(framework: Framework, name: str, answer: Answer) -> bool:
    """Whether an answer claims something; 0 of 0 claims nothing where the question may not apply."""
    indicator = framework.indicators.get(name)
    if indicator is None:
        return answer.state is AnswerState.ANSWERED
    return effective_state(indicator, answer) == State.ANSWERED


def _standing(framework: Framework, name: str, entry: Recorded) -> Answer:
    """The answer of one question as the review left it."""
    given = entry.reduced or entry.answer
    indicator = framework.indicators.get(name)
    if indicator is None or not is_unproven(indicator, entry):
        return given
    return _at_zero(indicator, given)


def _at_zero(indicator: AnyIndicator, given: Answer) -> Answer:
    """The same answer at the indicator's zero point; a ratio keeps what it is a share of."""
    if isinstance(indicator, RatioIndicator):
        return replace(given, numerator=indicator.zero * (given.denominator or 0) / 100)
    return replace(given, value=indicator.zero, items=given.items[: int(indicator.zero)])


def _accepted(responses: Mapping[str, Response]) -> dict[str, frozenset[str]]:
    return {
        library: frozenset(name for name, entry in response.recorded.items() if entry.verified)
        for library, response in responses.items()
    }


def _confirmed(
    responses: Mapping[str, Response], framework: Framework, matrix: AnswerMatrix
) -> Floats | None:
    """x of every answer that the review lowered, where it stands in the matrix."""
    lowered = [
        (row, name, standing)
        for row, response in enumerate(responses.values())
        for name, entry in response.recorded.items()
        if name in framework.indicators
        and (standing := _standing(framework, name, entry)) is not entry.answer
    ]
    if not lowered:
        return None
    confirmed = np.full(matrix.value.shape, np.nan)
    for row, name, answer in lowered:
        x = indicator_value(framework.indicators[name], answer)
        confirmed[row, matrix.indicators.index(name)] = np.nan if x is None else x
    return confirmed
