"""The tables of one library's result; every number opens its explanation."""

from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

from report import explain, explain_targets, labels
from report.round_report import RoundReport
from report.tables import definitions, programme, scores
from scoring.programme import Outcome
from survey.access import may_answer, may_open_evidence
from survey.framework.asked import ScoredBase
from survey.members import is_formed_from
from survey.text import format_fixed, format_number
from ui import markup, papers, session, sources
from ui.application import application
from ui.question.around import KIND_MARK, KIND_TONE
from ui.sources import register_address

TONES = {
    Outcome.MET: ("good", "✓"),
    Outcome.NOT_MET: ("bad", "✗"),
    Outcome.NOT_APPLICABLE: ("quiet", "–"),
    Outcome.NO_DATA: ("warn", "?"),
}
SMALL_CHANGE = 0.005


def show_programme(report: RoundReport, library: str, basis: str) -> None:
    """The programme targets T1-T6 with their four possible results."""
    _, language = session.current_words(), session.current_language()
    frame = programme.by_library(report.only([library]), basis=basis, language=language)
    targets = {target.id: target for target in report.framework.programme_targets}
    rows = []
    for row in frame.to_dict("records"):
        target = targets[row["target"]]
        tone, mark = TONES[Outcome(row["outcome"])]
        remark = "" if row["binding"] else " " + markup.badge(_("tham chiếu"), "quiet")
        if row["own"]:
            remark = " " + markup.badge(_("chỉ tiêu của tỉnh"), "province", mark=KIND_MARK["province"])
        why = markup.lines(explain_targets.programme(report, library, target, basis=basis, language=language))
        rows.append(
            (
                f"<strong>{markup.text(row['target'])} · {markup.text(row['label'])}</strong> "
                + _kind(target.id, target.source.kind)
                + f"<span class='source'>{markup.text(target.wording.to(language))}</span>",
                markup.badge(row["outcome_words"], tone, mark=mark) + remark,
                f"<span class='source'>{markup.text(target.operational.to(language))}</span>"
                + markup.fold(_("Giải thích con số này"), why),
            )
        )
    st.html(markup.heading(_("Chỉ tiêu của chương trình")))
    st.html(markup.table([_("Chỉ tiêu"), _("Kết quả"), _("Cách xác định")], rows))
    if report.framework.outlook:
        st.html(markup.fold(report.framework.outlook.label.to(language), _outlook(report, library, basis)))


def _kind(named: str, kind: str) -> str:
    """Who set a target, as a link to where it stands in the register."""
    language = session.current_language()
    badge = markup.badge(labels.short_kind(kind, language), KIND_TONE[kind], mark=KIND_MARK[kind])
    return f"<a href='{sources.register_address(named)}' target='_self' class='plain'>{badge}</a>"


def _outlook(report: RoundReport, library: str, basis: str) -> str:
    """The orientation in words, with the indicators that show it and no pass mark."""
    _, language = session.current_words(), session.current_language()
    outlook = report.framework.outlook
    assert outlook is not None
    own = scores.by_indicator(report.only([library]), basis=basis, language=language).set_index("indicator")
    rows = [
        (
            f"<strong>{sources.code(name)}</strong> {markup.text(own.loc[name, 'label'])}",
            markup.text(_value(own.loc[name].to_dict())),
        )
        for name in outlook.indicators
    ]
    return markup.paragraph(outlook.wording.to(language)) + markup.table([_("Chỉ số"), _("Hiện nay")], rows)


def _value(row: Mapping[Hashable, Any]) -> str:
    return str(row["value_text"] if row["state"] == "answered" else row["state_words"])


def show_gaps(report: RoundReport, library: str, basis: str) -> None:
    """The ten gaps worth most points."""
    _, language = session.current_words(), session.current_language()
    frame = scores.gaps(report, library, basis=basis, language=language)
    if frame.empty:
        return
    rows = []
    for row in frame.to_dict("records"):
        indicator = report.framework.indicators[row["indicator"]]
        from_target = definitions.target_pair(indicator, report.framework, language)
        why = [
            explain_targets.gap(report, library, row["indicator"], basis=basis, language=language),
            *explain.indicator(report, library, row["indicator"], basis=basis, language=language),
        ]
        rows.append(
            (
                f"<strong>{markup.text(row['indicator'])}</strong> {markup.text(row['label'])}"
                + markup.fold(_("Giải thích con số này"), markup.lines(why)),
                markup.text(_value(row)),
                markup.link(from_target, register_address(row["indicator"])),
                markup.text(format_fixed(row["missing"], language, decimals=1)),
            )
        )
    st.html(markup.heading(_("Các khoảng cách đáng điểm nhất")))
    head = [
        _("Chỉ số"),
        _("Hiện nay"),
        _("Chỉ tiêu {first} → {last}").format(
            first=report.framework.first_milestone, last=report.framework.last_milestone
        ),
        _("Điểm còn thiếu"),
    ]
    st.html(markup.table(head, rows, numeric=(3,)))


def show_officials_table(report: RoundReport, library: str, basis: str) -> None:
    """The table in the form that officials know, one part for each dimension."""
    _, language = session.current_words(), session.current_language()
    own = scores.by_indicator(report.only([library]), basis=basis, language=language).set_index("indicator")
    st.html(markup.heading(_("Bảng điểm chi tiết")))
    dimensions = scores.by_dimension(report.only([library]), basis=basis, language=language).set_index(
        "dimension"
    )
    for dimension in report.framework.dimensions:
        sums = dimensions.loc[dimension.id].to_dict()
        title = f"{dimension.id}. {dimension.label.to(language)} · {_points_words(sums)}"
        rows = [
            _officials_row(report, library, basis, indicator, own.loc[indicator.id].to_dict())
            for indicator in dimension.indicators
        ]
        head = [
            _("Chỉ số"),
            _("Điểm tối đa"),
            _("Cách xác định và tính điểm"),
            _("Điểm tự chấm"),
            _("Tài liệu kiểm chứng"),
        ]
        body = markup.lines(explain.dimension(report, library, dimension.id, basis=basis, language=language))
        st.html(
            markup.fold(
                title,
                markup.table(head, rows, numeric=(1, 3)) + markup.fold(_("Giải thích con số này"), body),
                style="wide",
            )
        )


def _points_words(sums: Mapping[Hashable, Any]) -> str:
    """The points of a dimension; none were given where nothing was answered, which is not 0."""
    _, language = session.current_words(), session.current_language()
    maximum = format_number(sums["applicable"], language)
    if sums["coverage"] > 0:
        points = format_fixed(sums["earned"], language)
        return f"{points}/{maximum} {_('điểm')}"
    return _("chưa có số liệu, tối đa {maximum} điểm").format(maximum=maximum)


def _may_open(report: RoundReport, library: str, question: str) -> bool:
    """Whether the reader may open the files of this answer; other members only what was agreed to or inherited."""
    person = session.current_person()
    agreed = not may_answer(person, library) and question in application().store.practices.with_evidence(
        report.round.id, library
    )
    inherited = is_formed_from(application().members.members, person.library_id, library)
    return may_open_evidence(person, library, report.round, agreed=agreed, inherited=inherited)


def _officials_row(
    report: RoundReport, library: str, basis: str, indicator: ScoredBase, row: Mapping[Hashable, Any]
) -> tuple[str, ...]:
    _, language = session.current_words(), session.current_language()
    answer = report.responses[library].answer(indicator.id)
    scored = report.framework.indicators[indicator.id]
    opens = _may_open(report, library, indicator.id)
    beside = [papers.cited(one, report.responses[library], openable=opens) for one in answer.evidence]
    beside += [markup.text(words) for words in (answer.explanation, answer.reason) if words]
    why = markup.lines(explain.indicator(report, library, indicator.id, basis=basis, language=language))
    points = row["points"] if row["state"] == "answered" else None
    return (
        f"<strong>{markup.text(indicator.id)}</strong> {markup.text(row['label'])}"
        f"<span class='source'>{markup.text(_value(row))}</span>",
        markup.text(format_number(indicator.maximum, language)),
        markup.text(definitions.how_scored(scored, language))
        + f" {markup.link(_('Chỉ tiêu và căn cứ'), register_address(indicator.id))}"
        + markup.fold(_("Giải thích con số này"), why),
        markup.text(format_fixed(float(str(points)), language, decimals=2) if points is not None else "–"),
        "<br>".join(beside) or "–",
    )
