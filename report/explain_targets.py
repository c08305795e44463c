"""Why a library meets a target of the programme or not, and what a gap is worth: with its own values."""

from report import labels
from report.round_report import SELF, VERIFIED, RoundReport
from scoring.aggregate import at_least
from scoring.matrix import State
from survey.framework import ProgrammeTarget
from survey.framework.rules import Condition
from survey.response import AnswerState
from survey.text import Language, format_fixed, format_number
from survey.translation import words


def programme(
    report: RoundReport,
    library: str,
    target: ProgrammeTarget,
    *,
    basis: str = SELF,
    language: Language = "vi",
) -> list[str]:
    """One line for each thing that the target asks of a library: what it has, and what it needs."""
    if target.dimensions:
        return [_dimension(report, library, name, basis, language) for name in target.dimensions]
    return [
        line
        for condition in target.conditions
        for line in _condition_lines(report, library, condition, basis, language)
    ]


def _condition_lines(
    report: RoundReport, library: str, condition: Condition, basis: str, language: Language
) -> list[str]:
    """What is there and what is needed; where the province set the mark itself, its source too."""
    _ = words(language)
    framework, name = report.framework, condition.indicator
    said = _condition(report, library, name, framework.pass_mark(library, condition), basis, language)
    own = framework.province_target(library, name, framework.first_milestone)
    if own is None:
        return [said]
    return [
        said,
        _("Mức đạt là chỉ tiêu của tỉnh: {source}. Điểm số vẫn theo mốc chung.").format(
            source=labels.cited(report.sources, own.source, language)
        ),
    ]


def _dimension(report: RoundReport, library: str, name: str, basis: str, language: Language) -> str:
    _ = words(language)
    card = report.card(basis)
    column = [dimension.id for dimension in report.framework.dimensions].index(name)
    at = (card.row(library), column)
    sums = card.dimensions
    if sums.low[at] != sums.low[at]:
        return _("Trụ cột {name}: không có chỉ số nào áp dụng").format(name=name)
    told = (
        _("Trụ cột {name}: cận dưới {low}, mốc {year} là {line}: đã tới mốc")
        if at_least(sums.low[at], sums.line[at])
        else _("Trụ cột {name}: cận dưới {low}, cận trên {high}, mốc {year} là {line}: chưa tới mốc")
    )
    return told.format(
        name=name,
        low=format_fixed(float(sums.low[at]), language, decimals=2),
        high=format_fixed(float(sums.high[at]), language, decimals=2),
        year=card.posts.first,
        line=format_fixed(float(sums.line[at]), language, decimals=2),
    )


def _condition(
    report: RoundReport, library: str, name: str, needed: float, basis: str, language: Language
) -> str:
    _ = words(language)
    matrix, asked = report.card(basis).matrix, report.framework.indicators[name]
    row, column = report.card(basis).row(library), matrix.indicators.index(name)
    answered = matrix.state[row, column] == State.ANSWERED
    x = float(matrix.value[row, column]) if answered else None
    have = (
        labels.value_text(asked, x, language, beside=needed)
        if answered
        else _state(report, library, name, basis, language)
    )
    return _("Chỉ số {name}: hiện {have}; cần {needed}").format(
        name=name, have=have, needed=labels.value_text(asked, needed, language)
    )


def _state(report: RoundReport, library: str, name: str, basis: str, language: Language) -> str:
    """Why there is no figure; an answer that nobody verified has none in the verified score alone."""
    state = report.responses[library].answer(name).state
    if basis == VERIFIED and state is AnswerState.ANSWERED:
        return labels.not_reviewed(language)
    return labels.answer_state(state, language).lower()


def gap(report: RoundReport, library: str, name: str, *, basis: str = SELF, language: Language = "vi") -> str:
    """What one indicator could still bring."""
    _ = words(language)
    card = report.card(basis)
    column = card.matrix.indicators.index(name)
    points, maximum = float(card.points[card.row(library), column]), float(card.posts.maximum[column])
    return _("Điểm còn thiếu = điểm tối đa − điểm đạt được = {maximum} − {points} = {missing}").format(
        maximum=format_number(maximum, language),
        points=format_fixed(points, language, decimals=2),
        missing=format_fixed(maximum - points, language, decimals=2),
    )
