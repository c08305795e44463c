"""What stands around the fields of a question, as HTML: heading, help, targets, last round, state."""

from datetime import date

from report import labels
from report.round_report import RoundReport
from report.tables.definitions import citation, how_scored
from scoring.goalposts import points_of
from scoring.matrix import State, effective_state, indicator_value
from survey.checks import HARD, Problem
from survey.framework import AnyIndicator, AnyQuestion, Framework
from survey.framework.asked import ScoredBase
from survey.response import Answer, AnswerState, Recorded
from survey.text import HANOI, Language, format_day, format_fixed, format_number, format_time
from survey.translation import words
from ui import markup
from ui.markup import badge, text
from ui.sources import register_address

KIND_TONE = {"national": "national", "province": "province", "federation": "federation"}
KIND_MARK = {"national": "■", "province": "▲", "federation": "○"}


def heading(question: AnyQuestion, language: Language, day: str) -> str:
    """Number, name, the question itself, whose figures it wants and of which day."""
    _ = words(language)
    marks = []
    if isinstance(question, ScoredBase):
        if question.evidence:
            marks.append(badge(_("Cần tài liệu kiểm chứng"), "quiet"))
        if not question.may_not_apply:
            marks.append(badge(_("Bắt buộc với mọi thư viện tỉnh"), "quiet"))
    return (
        f"<div class='q-head' id='cau-{text(question.id)}'><span class='q-id'>{text(question.id)}</span>"
        f"<h3 class='q-label'>{text(question.label.to(language))}</h3>{''.join(marks)}</div>"
        f"<p class='q-question'>{text(question.question.to(language))}</p>"
        f"<p class='q-scope'>{text(question.scope.to(language).rstrip('.'))}. "
        f"{text(_('Số liệu chốt ngày {day}.').format(day=day))}</p>"
    )


def details(question: AnyQuestion, report: RoundReport, language: Language) -> str:
    """Help, scoring, targets and their sources, folded away until wanted."""
    _ = words(language)
    parts = [markup.paragraph(question.help.to(language))]
    pairs: list[tuple[str, str]] = []
    if isinstance(question, ScoredBase):
        indicator = report.framework.indicators[question.id]
        pairs.append((_("Cách tính điểm"), text(how_scored(indicator, language))))
        pairs += [
            (_("Chỉ tiêu năm {year}").format(year=year), target_words(indicator, year, report, language))
            for year in report.framework.milestones
        ]
    if pairs:
        parts.append(markup.facts(pairs))
    return markup.fold(_("Cách hiểu, cách tính điểm và căn cứ"), "".join(parts))


def target_words(indicator: AnyIndicator, year: int, report: RoundReport, language: Language) -> str:
    """A target with its kind and source, so that no proposal looks like law."""
    target = indicator.target(year)
    kind = target.source.kind
    return (
        f"<strong>{text(labels.target_text(indicator, target, language))}</strong> "
        f"{badge(labels.set_by(target.source, language), KIND_TONE[kind], mark=KIND_MARK[kind])}"
        f"<span class='source'>{text(citation(report, target.source.document, target.source.clause.to(language)))} · "
        f"{markup.link(words(language)('Sổ chỉ tiêu'), register_address(indicator.id))}</span>"
    )


def targets_line(indicator: AnyIndicator, framework: Framework, language: Language) -> str:
    """Both targets in one quiet line."""
    _ = words(language)
    parts = []
    for year in framework.milestones:
        target = indicator.target(year)
        shown = labels.target_text(indicator, target, language)
        mark = KIND_MARK[target.source.kind]
        parts.append(
            f"<span class='q-target {KIND_TONE[target.source.kind]}' "
            f"title='{text(labels.set_by(target.source, language))}'>"
            f"<span aria-hidden='true'>{mark}</span> {year}: <strong>{text(shown)}</strong> "
            f"({text(labels.short_kind(target.source.kind, language))})</span>"
        )
    return f"<div class='q-targets'>{text(_('Chỉ tiêu'))} {' '.join(parts)}</div>"


def last_round(question: AnyQuestion, before: Answer | None, round_name: str, language: Language) -> str:
    _ = words(language)
    if before is None or before.state is AnswerState.UNANSWERED:
        return f"<span class='q-last'>{text(_('Kỳ trước: chưa có câu trả lời'))}</span>"
    said = labels.answer_text(question, before, language)
    line = _("Kỳ trước ({round}): {answer}").format(round=round_name, answer=said)
    return f"<span class='q-last'>{text(line)}</span>"


def points(question: AnyQuestion, answer: Answer, framework: Framework, language: Language) -> str:
    """The points that this answer earns now, out of its maximum."""
    if not isinstance(question, ScoredBase):
        return ""
    _ = words(language)
    indicator = framework.indicators[question.id]
    maximum = format_number(indicator.maximum, language)
    state = effective_state(indicator, answer)
    if state == State.NOT_APPLICABLE:
        return badge(_("không tính điểm"), "quiet")
    if state != State.ANSWERED:
        return badge(_("– / {maximum} điểm").format(maximum=maximum), "quiet")
    x = indicator_value(indicator, answer)
    assert x is not None
    earned = points_of(indicator, x, framework)
    shown = format_fixed(earned, language, decimals=2)
    return badge(_("{points} / {maximum} điểm").format(points=shown, maximum=maximum), "points")


def papers(answer: Answer, language: Language) -> str:
    """How much stands in the folded part for evidence and explanation."""
    _ = words(language)
    given = sum(not document.is_blank for document in answer.evidence)
    if given:
        return badge(_("{n} tài liệu kiểm chứng").format(n=given), "quiet")
    return badge(_("có giải trình"), "quiet") if answer.explanation else ""


def saved_line(entry: Recorded, today: date, language: Language, problems: list[Problem]) -> str:
    """The state of this answer in words and time, with the day where that is not today."""
    _ = words(language)
    if entry.saved_at is None:
        return badge(_("Chưa trả lời"), "quiet", mark="○")
    when = format_time(entry.saved_at)
    day = entry.saved_at.astimezone(HANOI).date()
    if day != today:
        when = _("{time} ngày {day}").format(time=when, day=format_day(day, language))
    hard = [problem for problem in problems if problem.severity == HARD]
    if entry.answer.state is AnswerState.UNANSWERED:
        return badge(_("Đã lưu {time}, chưa có câu trả lời").format(time=when), "quiet", mark="○")
    if hard and all(problem.is_half_given for problem in hard):
        return badge(_("Đã lưu {time}, còn thiếu một số").format(time=when), "warn", mark="…")
    if hard:
        return badge(_("Đã lưu bản nháp {time}, cần sửa").format(time=when), "bad", mark="!")
    if any(problem.is_open for problem in problems):
        return badge(_("Đã lưu {time}, cần xác nhận").format(time=when), "warn", mark="?")
    return badge(_("Đã lưu {time}").format(time=when), "good", mark="✓")
