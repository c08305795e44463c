"""From what a person typed or chose to an `Answer`; whatever cannot be read is kept as typed."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from survey.figures import figures
from survey.framework import AnyQuestion
from survey.numbers import UnreadableNumberError, parse_number
from survey.response import Answer, AnswerState
from survey.text import Language


def with_typed(answer: Answer, question: AnyQuestion, typed: Mapping[str, str], language: Language) -> Answer:
    """Take over typed figures by field name; all fields blank means not answered again."""
    values: dict[str, float | None] = {}
    unread: dict[str, str] = {}
    for figure in figures(question):
        text = typed.get(figure.field, "")
        try:
            values[figure.field] = parse_number(text, language)
        except UnreadableNumberError:
            values[figure.field] = None
            unread[figure.field] = text.strip()
    given = bool(unread) or any(value is not None for value in values.values())
    return replace(
        answer,
        state=AnswerState.ANSWERED if given else AnswerState.UNANSWERED,
        numerator=values.get("numerator"),
        denominator=values.get("denominator"),
        value=values.get("value"),
        typed=MappingProxyType(unread),
        reason="" if given else answer.reason,
    )


def with_value(answer: Answer, value: float | None) -> Answer:
    """Take over a chosen level or a yes (1) or no (0); None means not answered again."""
    state = AnswerState.UNANSWERED if value is None else AnswerState.ANSWERED
    return replace(answer, state=state, value=value, reason="")


def with_items(answer: Answer, items: tuple[str, ...]) -> Answer:
    """Take over the items met; none at all is an answer too."""
    return replace(answer, state=AnswerState.ANSWERED, items=items, reason="")


def with_words(answer: Answer, words: str) -> Answer:
    """Take over free text, or the note beside choices."""
    cleaned = words.strip()
    given = bool(cleaned or answer.items)
    return replace(answer, state=AnswerState.ANSWERED if given else AnswerState.UNANSWERED, words=cleaned)


def with_state(answer: Answer, state: AnswerState) -> Answer:
    """Change the state alone: figures leave an answer that is none, documents and remarks stay."""
    if state is AnswerState.ANSWERED:
        return replace(answer, state=state, reason="")
    return replace(
        answer,
        state=state,
        numerator=None,
        denominator=None,
        value=None,
        items=(),
        typed=MappingProxyType({}),
        confirmed=MappingProxyType({}),
    )


def as_last_round(before: Answer, now: Answer) -> Answer:
    """Take over last round's state, figures and documents; confirmations are given anew."""
    return replace(
        before,
        explanation=now.explanation or before.explanation,
        evidence=now.evidence or before.evidence,
        confirmed=MappingProxyType({}),
    )
