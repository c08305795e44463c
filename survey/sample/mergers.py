"""A merged library's answers: figures added up, systems those of its leading part."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from survey.figures import figures
from survey.framework import AnyQuestion, Framework
from survey.response import Answer, AnswerState
from survey.sample.answering import OTHER_MEMBERS, answers_of
from survey.sample.degrees import number, ratio
from survey.sample.profiles import Merger, Profiles

LAST = 3  # the time after the merger
OF_THE_LEADING_PART = ("A3",)  # the main building has one Internet contract


def merged_answers(framework: Framework, profiles: Profiles, merger: Merger) -> dict[str, Answer]:
    """The answers that a merged library gives after the merger."""
    parts = [answers_of(framework, profiles.libraries[part], LAST) for part in merger.parts]
    pages = sum(part["G5"].value or 0 for part in parts)
    return add_up(framework, parts) | {
        "C7": ratio(merger.links, OTHER_MEMBERS[LAST]),
        "D1": number(merger.plan),
        "G5": number(round(merger.pages * pages)),
        "G11": replace(parts[0]["G11"], items=_all_items([part["G11"] for part in parts])),
    }


def add_up(framework: Framework, parts: Sequence[dict[str, Answer]]) -> dict[str, Answer]:
    """Sums of the parts' figures; levels, lists and yes/no are those of the first part."""
    return {
        name: reduce(_sum, (part[name] for part in parts)) if _is_added(framework, name) else answer
        for name, answer in parts[0].items()
    }


def _is_added(framework: Framework, name: str) -> bool:
    question: AnyQuestion = framework.questions[name]
    return name not in OF_THE_LEADING_PART and bool(figures(question))


def _sum(one: Answer, other: Answer) -> Answer:
    return Answer(
        AnswerState.ANSWERED,
        numerator=_plus(one.numerator, other.numerator),
        denominator=_plus(one.denominator, other.denominator),
        value=_plus(one.value, other.value),
    )


def _plus(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else round(one + other, 1)


def _all_items(answers: Sequence[Answer]) -> tuple[str, ...]:
    return tuple(sorted({item for answer in answers for item in answer.items}))
