"""The method in words and tables, straight from the framework that is in force."""

import streamlit as st

from report.method import paragraphs
from report.round_report import RoundReport, round_report
from report.tables import definitions
from survey.framework.asked import ScoredBase
from survey.rounds import Round
from survey.text import format_number
from ui import markup, session
from ui.application import application
from ui.question.around import KIND_MARK, KIND_TONE, target_words

DEFAULT = "qd206"


def show(round_: Round | None) -> None:
    """The rules, then one table for each dimension, then the documents."""
    _, language = session.current_words(), session.current_language()
    report = session.report(round_.id) if round_ else _without_round()
    for title, lines in paragraphs(report.framework, language):
        st.html(
            f"<h2>{markup.text(title)}</h2>" + "".join(markup.paragraph(line, "reading") for line in lines)
        )
    for dimension in report.framework.dimensions:
        total = format_number(dimension.points, language)
        title = f"{dimension.id}. {dimension.label.to(language)} · {total} {_('điểm')}"
        st.html(
            markup.fold(title, "".join(_indicator(report, indicator) for indicator in dimension.indicators))
        )
    st.html(f"<h2>{markup.text(_('Văn bản làm căn cứ'))}</h2>" + _documents(report))


def _without_round() -> RoundReport:
    """The framework file itself, where no round exists yet."""
    today = session.today()
    file = application().newest_framework(DEFAULT)
    draft = Round(
        id="",
        name="",
        framework_id=file.framework.id,
        framework_version=file.framework.version,
        reference_date=today,
        opens_on=today,
        closes_on=today,
    )
    return round_report(draft, file.framework, (), {}, application().sources)


def _indicator(report: RoundReport, indicator: ScoredBase) -> str:
    _, language = session.current_words(), session.current_language()
    scored = report.framework.indicators[indicator.id]
    pairs = [
        (_("Điểm tối đa"), markup.text(format_number(indicator.maximum, language))),
        (_("Câu hỏi"), markup.text(indicator.question.to(language))),
        (_("Cách hiểu"), markup.text(indicator.help.to(language))),
        (_("Cách xác định và tính điểm"), markup.text(definitions.how_scored(scored, language))),
    ]
    for year in report.framework.milestones:
        pairs.append(
            (_("Chỉ tiêu năm {year}").format(year=year), target_words(scored, year, report, language))
        )
    title = f"<h3>{markup.text(f'{indicator.id} · {indicator.label.to(language)}')}</h3>"
    return (
        f"<div class='definition' id='chi-so-{markup.text(indicator.id)}'>{title}{markup.facts(pairs)}</div>"
    )


def _where(address: str) -> str:
    """Where a document can be read: a link to its page, or the name of its file."""
    _ = session.current_words()
    if address.startswith(("http://", "https://")):
        return f" {markup.link(_('Trang đã đọc'), address)}"
    return f"<span class='source'>{markup.text(address)}</span>" if address else ""


def _documents(report: RoundReport) -> str:
    _, language = session.current_words(), session.current_language()
    frame = definitions.documents(report, language=language)
    rows = []
    for row in frame.to_dict("records"):
        kind = report.sources[row["document"]].kind
        rows.append(
            (
                markup.text(row["number"]),
                markup.text(row["title"]) + _where(row["address"]),
                markup.badge(row["kind"], KIND_TONE[kind], mark=KIND_MARK[kind]),
                markup.text(row["issued"] or "–"),
                markup.text(row["issuer"]),
                markup.text(row["confidence"]),
            )
        )
    head = [
        _("Số hiệu"),
        _("Tên văn bản"),
        _("Loại"),
        _("Ngày"),
        _("Cơ quan"),
        _("Mức tin cậy của trích dẫn"),
    ]
    return markup.table(head, rows)
