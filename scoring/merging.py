"""The answer of a merged library in a round before the merger, rebuilt from its parts' figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.framework import AnyQuestion, RatioIndicator
from survey.response import Answer, AnswerState


@dataclass(frozen=True)
class Rebuilt:
    """answer: the sum, None where it is not known or the parts stand side by side. missing: parts without a figure."""

    answer: Answer | None
    missing: tuple[str, ...] = ()


def is_summed(question: AnyQuestion) -> bool:
    """Whether the framework lets the parts' figures be added up; levels, lists and yes/no never are."""
    return bool(getattr(question, "summed", False))


def rebuild(question: AnyQuestion, parts: Mapping[str, Answer | None]) -> Rebuilt:
    """Add up the parts' answers to one question.

    parts: by part, its answer of the round; None where it has not sent one that can be trusted.

    A ratio becomes sum a / sum b, never a mean of percentages; a count the sum. A part to which a ratio
    does not apply has nothing to count and adds 0 of 0. Where any other part has no figure the sum is not
    known, and the part is named.
    """
    if not is_summed(question):
        return Rebuilt(None)
    ratio = isinstance(question, RatioIndicator)
    missing = tuple(part for part, answer in parts.items() if not _has_figure(answer, ratio=ratio))
    counted = [one for one in parts.values() if one is not None and one.state is AnswerState.ANSWERED]
    if missing or not counted:
        return Rebuilt(None, missing)
    if not ratio:
        return Rebuilt(Answer(AnswerState.ANSWERED, value=sum(one.value or 0.0 for one in counted)))
    return Rebuilt(
        Answer(
            AnswerState.ANSWERED,
            numerator=sum(one.numerator or 0.0 for one in counted),
            denominator=sum(one.denominator or 0.0 for one in counted),
        )
    )


def _has_figure(answer: Answer | None, *, ratio: bool) -> bool:
    if answer is None:
        return False
    if ratio and answer.state is AnswerState.NOT_APPLICABLE:
        return True
    if answer.state is not AnswerState.ANSWERED:
        return False
    given = (answer.numerator, answer.denominator) if ratio else (answer.value,)
    return all(figure is not None for figure in given)
