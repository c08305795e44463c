"""The single figures that a question asks for, by name: `G1`, `A2`, `A1.numerator`."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.framework import (
    AnyQuestion,
    CountQuestion,
    Framework,
    NumberIndicator,
    RatioIndicator,
)
from survey.framework.asked import Range
from survey.response import Answer, AnswerState
from survey.text import Text


@dataclass(frozen=True)
class Figure:
    """One figure as the framework describes it.

    field: the attribute of `Answer` that holds it. label: None where the question has only one.
    """

    question_id: str
    field: str
    label: Text
    unit: Text
    whole: bool
    stock: bool
    plausible: Range | None

    @property
    def name(self) -> str:
        return self.question_id if self.field == "value" else f"{self.question_id}.{self.field}"

    def of(self, answer: Answer) -> float | None:
        """The figure in an answer; None unless the question was answered."""
        if answer.state is not AnswerState.ANSWERED:
            return None
        value: float | None = getattr(answer, self.field)
        return value


def figures(question: AnyQuestion) -> tuple[Figure, ...]:
    """The figures of a question, in the order asked; none for levels, lists and words."""
    if isinstance(question, RatioIndicator):
        return tuple(
            Figure(question.id, field, count.label, count.unit, count.whole, count.stock, count.plausible)
            for field, count in (("numerator", question.numerator), ("denominator", question.denominator))
        )
    if isinstance(question, NumberIndicator | CountQuestion):
        return (
            Figure(
                question.id,
                "value",
                question.label,
                question.unit,
                question.whole,
                question.stock,
                question.plausible,
            ),
        )
    return ()


def figure_named(framework: Framework, name: str) -> Figure:
    """The figure that a check names."""
    question_id = name.partition(".")[0]
    return next(figure for figure in figures(framework.questions[question_id]) if figure.name == name)


def all_figures(framework: Framework) -> Iterator[Figure]:
    for question in framework.questions.values():
        yield from figures(question)
