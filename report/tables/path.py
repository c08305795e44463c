"""The path of least effort as a list of things to do, in the order of the questionnaire."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from report import labels
from report.round_report import RoundReport
from scoring.path import Plan
from scoring.planned_answers import planned_answers
from scoring.steps import Step
from survey.framework import (
    AnyIndicator,
    ChecklistIndicator,
    LevelIndicator,
    NumberIndicator,
    RatioIndicator,
)
from survey.text import Language, format_number
from survey.translation import words


def of_plan(report: RoundReport, library: str, plan: Plan, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each indicator that the plan changes, its steps put together.

    Columns: dimension, indicator (ids), label, steps (count), what (words), now, after (answers in words),
    gain (points), cost.
    """
    answers = report.responses[library].answers
    planned = planned_answers(plan.steps, answers, report.framework)
    rows = []
    for name, group in groupby(plan.steps, key=lambda step: step.indicator):
        steps, indicator = list(group), report.framework.indicators[name]
        last = steps[-1]
        rows.append(
            {
                "dimension": report.framework.dimension_of[name].id,
                "indicator": name,
                "label": indicator.label.to(language),
                "steps": len(steps),
                "what": what_to_do(indicator, steps, language),
                "now": labels.answer_text(indicator, report.responses[library].answer(name), language),
                "after": labels.value_text(indicator, last.x, language)
                if name in planned.assumed
                else labels.answer_text(indicator, planned.answers[name], language),
                "gain": sum(step.gain for step in steps),
                "cost": sum(step.cost for step in steps),
            }
        )
    columns = ["dimension", "indicator", "label", "steps", "what", "now", "after", "gain", "cost"]
    return pd.DataFrame(rows, columns=columns)


def by_dimension(
    before: RoundReport, library: str, plan: Plan, *, language: Language = "vi"
) -> list[dict[str, Any]]:
    """For each dimension its label, and its score (lower bound) before and after."""
    card, row = before.self_card, before.self_card.row(library)
    return [
        {
            "dimension": dimension.id,
            "label": dimension.label.to(language),
            "before": float(card.dimensions.low[row, column]),
            "after": float(plan.card.dimensions.low[0, column]),
        }
        for column, dimension in enumerate(before.framework.dimensions)
    ]


def what_to_do(indicator: AnyIndicator, steps: Sequence[Step], language: Language) -> str:
    """The steps of one indicator as one thing to do: thêm 120 tài liệu, lên mức 3, thêm 2 nội dung."""
    _ = words(language)
    moves = [step for step in steps if not step.answers]
    first = _("trả lời câu này") if steps[0].answers else ""
    if not moves:
        return first
    then = _move(indicator, moves, language)
    return _("{first}, rồi {then}").format(first=first, then=then) if first else then


def _move(indicator: AnyIndicator, moves: Sequence[Step], language: Language) -> str:
    _ = words(language)
    last, added = moves[-1], sum(step.added for step in moves)
    shown = labels.value_text(indicator, last.x, language)
    if isinstance(indicator, LevelIndicator):
        return _("lên {level}").format(level=shown)
    if isinstance(indicator, ChecklistIndicator):
        return _("thêm {n} nội dung").format(n=format_number(added, language))
    if isinstance(indicator, RatioIndicator | NumberIndicator):
        if added != added:
            return _("đưa tỷ lệ tới {share}").format(share=shown)
        unit = indicator.numerator.unit if isinstance(indicator, RatioIndicator) else indicator.unit
        told = _("thêm {n} {unit}") if indicator.zero <= last.x else _("bớt {n} {unit}")
        return told.format(n=format_number(added, language, decimals=2), unit=unit.to(language))
    return _("chuyển câu trả lời thành «có»")
