"""A merged library before and after: its parts, what they make together, and what it reports now."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from report import check_words, labels
from report.pace_words import signed
from report.rebuilt import counted_answer, parts_of, rebuilt, sent_answer
from report.round_report import VERIFIED, RoundReport
from scoring.matrix import indicator_value
from scoring.merging import is_summed, rebuild
from survey.figures import figures
from survey.framework import AnyQuestion, CountQuestion, NumberIndicator, RatioIndicator
from survey.members import Member
from survey.response import Answer, AnswerState, Recorded
from survey.text import MISSING, Language
from survey.translation import words


def before_and_after(
    now: RoundReport, before: RoundReport, library: str, *, basis: str, language: Language = "vi"
) -> pd.DataFrame:
    """One row for each scored indicator and each count of the general section.

    before: a round in which the parts of `library` were members. basis: what counts of every answer, of the
    parts' and of its own. Columns: question (id), label, summed
    (bool), parts (tuple of (short, text)), missing (short names, ", " between), without (names of the
    parts outside the Federation, that are not in it), value_before (x of the sum, NaN where not known),
    before_text, value_now, now_text, reasons (given to checks, a tuple),
    change (own scale; NaN where one is missing or a part was outside),
    change_text, fallen (names of stock figures below the sum, "; " between).
    """
    rows = [
        _row(now, before, library, question, basis, language)
        for question in now.framework.questions.values()
        if question.id in now.framework.indicators or isinstance(question, CountQuestion)
        if question.id in before.framework.questions
    ]
    return pd.DataFrame(rows)


def _row(
    now: RoundReport,
    before: RoundReport,
    library: str,
    question: AnyQuestion,
    basis: str,
    language: Language,
) -> dict[str, Any]:
    parts = parts_of(before, library)
    found = rebuilt(before, library, question, basis)
    own = counted_answer(now, library, question.id, basis)
    summed, names = found.answer, {part.id: part.short.to(language) for part in parts}
    then, today = _value(question, summed), _value(question, own)
    without = ", ".join(part.to(language) for part in now.member(library).outside_parts)
    change = float("nan") if without or not is_summed(question) else today - then
    return {
        "question": question.id,
        "label": question.label.to(language),
        "summed": is_summed(question),
        "parts": tuple(
            (names[part.id], _said_of_part(before, part.id, question, basis, language)) for part in parts
        ),
        "missing": ", ".join(names[part] for part in found.missing),
        "without": without,
        "value_before": then,
        "before_text": _sum_text(question, summed, without, language),
        "value_now": today if is_summed(question) else float("nan"),
        "now_text": _said(now.responses[library].entry(question.id), question, own, basis, language),
        "reasons": tuple(check_words.confirmed(now.responses[library].answer(question.id), language)),
        "change": change,
        "change_text": _change(question, change, language),
        "fallen": "; ".join(_fallen(question, _known(before, parts, question, basis), own, language)),
    }


def _sum_text(question: AnyQuestion, summed: Answer | None, without: str, language: Language) -> str:
    """The rebuilt figure, which always says whose figures are not in it."""
    if summed is None:
        return MISSING
    figure = labels.answer_text(question, summed, language)
    said = words(language)("{figure} (chưa gồm {names})")
    return said.format(figure=figure, names=without) if without else figure


def _value(question: AnyQuestion, answer: Answer | None) -> float:
    if answer is None or answer.state is not AnswerState.ANSWERED:
        return float("nan")
    x = answer.value if isinstance(question, CountQuestion) else indicator_value(question, answer)  # type: ignore[arg-type]
    return float("nan") if x is None else x


def _said_of_part(
    report: RoundReport, part: str, question: AnyQuestion, basis: str, language: Language
) -> str:
    if report.responses[part].editable:
        return words(language)("chưa gửi")
    entry = report.responses[part].entry(question.id)
    return _said(entry, question, sent_answer(report, part, question.id, basis), basis, language)


def _said(
    entry: Recorded, question: AnyQuestion, counted: Answer | None, basis: str, language: Language
) -> str:
    """What counts, with what the library gave where a review changed it; or why nothing counts."""
    _, given = words(language), labels.answer_text(question, entry.answer, language)
    if counted is not None:
        said = labels.answer_text(question, counted, language)
        if counted.same_figures(entry.answer):
            return said
        return _("{value} (thư viện khai {given})").format(value=said, given=given)
    if entry.answer.state is not AnswerState.ANSWERED:
        return given
    if basis == VERIFIED and not entry.verified:
        return labels.not_reviewed(language)
    return _("có lỗi, không tính")


def _change(question: AnyQuestion, change: float, language: Language) -> str:
    _ = words(language)
    if isinstance(question, RatioIndicator):
        return signed(change, _("điểm phần trăm"), language)
    unit = question.unit.to(language) if isinstance(question, NumberIndicator | CountQuestion) else ""
    return signed(change, unit, language)


def _known(before: RoundReport, parts: Sequence[Member], question: AnyQuestion, basis: str) -> Answer | None:
    """The sum of the parts that gave a figure: at least so much was there, also where others are not known."""
    given = {part.id: sent_answer(before, part.id, question.id, basis) for part in parts}
    known = {part: answer for part, answer in given.items() if answer is not None}
    answered = {part: answer for part, answer in known.items() if answer.state is AnswerState.ANSWERED}
    return rebuild(question, answered).answer if answered else None


def _fallen(
    question: AnyQuestion, summed: Answer | None, own: Answer | None, language: Language
) -> list[str]:
    """The stock figures that are smaller than the sum, each with how much."""
    _ = words(language)
    if summed is None or own is None:
        return []
    pairs = [(one, one.of(own), one.of(summed)) for one in figures(question) if one.stock]
    return [
        f"{one.label.to(language)}: {signed(value - then, one.unit.to(language), language)}"
        for one, value, then in pairs
        if value is not None and then is not None and value < then
    ]
