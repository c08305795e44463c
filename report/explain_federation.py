"""How the Federation's figure for a target of the programme comes about."""

from report import labels, verified_words
from report.round_report import SELF, VERIFIED, RoundReport
from report.tables.programme import bound_words
from scoring.matrix import State
from scoring.programme import FederationResult, Outcome
from survey.framework import ProgrammeTarget
from survey.text import Language, decimals_apart, format_number, format_percent
from survey.translation import words


def target(
    report: RoundReport, name: str, *, basis: str = SELF, named: bool = True, language: Language = "vi"
) -> list[str]:
    """The head-count or the pooled figures behind one target; named: whether libraries may be told apart."""
    asked = next(one for one in report.framework.programme_targets if one.id == name)
    result = next(one for one in report.federation(basis) if one.target == name)
    lines = _heads(report, asked, result, basis, named, language)
    if result.numerator is not None:
        lines = _pooled(report, asked, result, basis, named, language) + lines
    return [*lines, _source(report, asked, language)]


def _pooled(
    report: RoundReport,
    asked: ProgrammeTarget,
    result: FederationResult,
    basis: str,
    named: bool,
    language: Language,
) -> list[str]:
    _ = words(language)
    if not result.reported:
        told = verified_words.nothing_known(basis, language)
        return [f"{told.capitalize()}."]
    figures = {
        sign: format_number(figure, language)
        for sign, figure in (("a", result.numerator), ("b", result.denominator))
    }
    lines = [
        _("Cộng số liệu gốc, không lấy trung bình các tỷ lệ: 100 × {a} / {b} = {share} %").format(
            share=format_number(
                result.share, language, decimals=decimals_apart(result.share, [result.goal], 2)
            ),
            **figures,
        )
    ]
    bound = bound_words(report, asked, basis, language)
    lines += [f"{bound[0].upper()}{bound[1:]}."] if bound else []
    parts = _parts(report, asked, basis, language) if named else []
    if parts:
        lines.append(_("Gồm: {parts}").format(parts="; ".join(parts)))
    return lines


def _parts(report: RoundReport, asked: ProgrammeTarget, basis: str, language: Language) -> list[str]:
    """Each library's two figures: Sơn La 14/26."""
    matrix = report.card(basis).matrix
    column = matrix.indicators.index(asked.conditions[0].indicator)
    return [
        f"{report.member(library).short.to(language)} "
        f"{format_number(float(matrix.numerator[row, column]), language)}/"
        f"{format_number(float(matrix.denominator[row, column]), language)}"
        for row, library in enumerate(matrix.libraries)
        if library in report.sent_libraries and matrix.state[row, column] == State.ANSWERED
    ]


def _heads(
    report: RoundReport,
    asked: ProgrammeTarget,
    result: FederationResult,
    basis: str,
    named: bool,
    language: Language,
) -> list[str]:
    """Who passes, who does not, who has no data, and how many the goal asks for."""
    _ = words(language)
    by_outcome: dict[str, list[str]] = {}
    for one in report.programme(basis):
        if one.target == asked.id:
            sent = one.library in report.sent_libraries
            told = _outcome(one.outcome, basis, language) if sent else _("Chưa gửi")
            by_outcome.setdefault(told, []).append(report.member(one.library).short.to(language))
    order = [_outcome(outcome, basis, language) for outcome in Outcome] + [_("Chưa gửi")]
    lines = []
    for told in order:
        if names := by_outcome.get(told):
            lines.append(f"{told}: {len(names)}" + (f" ({', '.join(names)})" if named else ""))
    if result.numerator is None:
        lines.append(
            _("Cần đạt: {goal} của {counted} = {needed} thư viện (làm tròn lên); hiện có {met}").format(
                goal=format_percent(result.goal / 100, language),
                counted=result.counted,
                needed=result.needed,
                met=result.met,
            )
        )
    return lines


def _outcome(outcome: Outcome, basis: str, language: Language) -> str:
    """On the verified basis a library without data may have answered, and nobody decided yet."""
    if basis == VERIFIED and outcome is Outcome.NO_DATA:
        return words(language)("Chưa có số liệu thẩm định")
    return labels.outcome(outcome, language)


def _source(report: RoundReport, asked: ProgrammeTarget, language: Language) -> str:
    _ = words(language)
    return _("Chỉ tiêu: {kind}; {source}").format(
        kind=labels.set_by(asked.source, language),
        source=labels.cited(report.sources, asked.source, language),
    )
