"""The register of targets, as everybody reads it."""

from collections.abc import Sequence

import streamlit as st

from report import labels
from report.round_report import RoundReport, round_report
from report.tables.definitions import citation
from survey.framework import AnyIndicator, Citation, ProgrammeTarget, ProvinceTarget
from survey.rounds import Round
from survey.text import format_day, format_number
from ui import account_desk, addressed, markup, session
from ui.application import application
from ui.question.around import KIND_MARK, KIND_TONE
from ui.sources import DIMENSION, ONE, register_address

DEFAULT = "qd206"
KIND = "loai"
SHORT_CHECKSUM = 12


def newest_report() -> RoundReport:
    """The framework that the next round would be opened with."""
    today, newest = session.today(), application().newest_framework(DEFAULT).framework
    draft = Round("", "", newest.id, newest.version, today, today, today)
    return round_report(draft, newest, (), {}, application().sources)


def show(report: RoundReport) -> None:
    """One entry where the address names one, else all, with a choice of kind and dimension."""
    _ = session.current_words()
    st.html(markup.notice(_standing(report)))
    named = st.query_params.get(ONE, "")
    entry = _one(report, named)
    if entry:
        st.html(entry + markup.link(_("Xem cả sổ chỉ tiêu"), register_address()))
        return
    kind, dimension = _choices(report)
    if not dimension:
        targets = report.framework.programme_targets
        st.html(markup.heading(_("Chỉ tiêu của chương trình")) + _programme(report, targets, kind))
    for part in report.framework.dimensions:
        if dimension in ("", part.id):
            title = f"{part.id}. {part.label.to(session.current_language())}"
            st.html(markup.heading(title) + _table(report, list(part.indicators), kind))


def _one(report: RoundReport, named: str) -> str:
    """The entry of an indicator or of a target of the programme; nothing for any other name."""
    if named in report.framework.indicators:
        return _table(report, [report.framework.indicators[named]], "")
    targets = [one for one in report.framework.programme_targets if one.id == named]
    return _programme(report, targets, "") if targets else ""


def _standing(report: RoundReport) -> str:
    """Which version this is, and what no number of 2030 is."""
    _ = session.current_words()
    framework = report.framework
    said = _("Phiên bản {version} của bộ chỉ số, sẽ dùng cho đợt được mở tới đây.").format(
        version=framework.version
    )
    law = _(
        "Các văn bản đọc được không nêu con số nào cho năm {year}: mọi chỉ tiêu {year} do Liên hiệp đặt đều là đề xuất "
        "của Liên hiệp, chờ thông qua."
    ).format(year=framework.last_milestone)
    return f"<p><strong>{markup.text(said)}</strong> {markup.text(law)}</p>"


def _choices(report: RoundReport) -> tuple[str, str]:
    _, language = session.current_words(), session.current_language()
    kinds = {
        "": _("Mọi loại"),
        "national": _("quốc gia"),
        "province": _("của tỉnh"),
        "federation": _("Liên hiệp"),
    }
    names = {"": _("Mọi trụ cột")} | {d.id: d.short.to(language) for d in report.framework.dimensions}
    first, second = st.columns([6, 4])
    with first:
        kind = addressed.segments(_("Ai đặt"), kinds, KIND)
    with second:
        named = st.query_params.get(DIMENSION, "")
        dimension = named if named in names else ""
        addressed.select(_("Trụ cột"), names, dimension, DIMENSION)
    return kind, dimension


def _programme(report: RoundReport, targets: Sequence[ProgrammeTarget], kind: str) -> str:
    _, language = session.current_words(), session.current_language()
    rows = [
        (
            f"<strong>{markup.text(target.id)}</strong> {markup.text(target.label.to(language))}"
            f"<span class='source'>{markup.text(target.wording.to(language))}</span>",
            markup.text(f"{format_number(target.goal, language)} %"),
            _source(report, target.source),
        )
        for target in targets
        if kind in ("", target.source.kind)
    ]
    return markup.table([_("Chỉ tiêu"), _("Toàn Liên hiệp"), _("Căn cứ")], rows) if rows else _nothing()


def _table(report: RoundReport, indicators: list[AnyIndicator], kind: str) -> str:
    """One row for each indicator: both milestones, then the provinces' own targets."""
    _, language = session.current_words(), session.current_language()
    rows = []
    for indicator in indicators:
        own = [one for one in report.framework.province_targets if one.indicator == indicator.id]
        kinds = {target.source.kind for target in indicator.targets} | {one.source.kind for one in own}
        if kind and kind not in kinds:
            continue
        rows.append(
            (
                f"<strong>{markup.text(indicator.id)}</strong> {markup.text(indicator.label.to(language))}"
                + "".join(_own(report, indicator, one) for one in own),
                *(_target(report, indicator, year) for year in report.framework.milestones),
            )
        )
    head = [_("Chỉ số"), *(_("Năm {year}").format(year=year) for year in report.framework.milestones)]
    return markup.table(head, rows) if rows else _nothing()


def _nothing() -> str:
    return markup.paragraph(session.current_words()("Không có chỉ tiêu nào thuộc loại này."), "page-remark")


def _target(report: RoundReport, indicator: AnyIndicator, year: int) -> str:
    target, language = indicator.target(year), session.current_language()
    shown = f"<strong>{markup.text(labels.target_text(indicator, target, language))}</strong> "
    return shown + _source(report, target.source)


def _own(report: RoundReport, indicator: AnyIndicator, own: ProvinceTarget) -> str:
    """A province's own target, under the indicator."""
    _, language = session.current_words(), session.current_language()
    name = account_desk.library_names().get(own.library, own.library)
    said = _("{library}, năm {year}: {value}").format(
        library=name, year=own.year, value=labels.value_text(indicator, own.value, language)
    )
    return f"<div class='own-target'><strong>{markup.text(said)}</strong> {_source(report, own.source)}</div>"


def _source(report: RoundReport, source: Citation) -> str:
    """Who set it, by which document and clause, and when a person compared it."""
    _, language = session.current_words(), session.current_language()
    badge = markup.badge(labels.set_by(source, language), KIND_TONE[source.kind], mark=KIND_MARK[source.kind])
    cited = citation(report, source.document, source.clause.to(language))
    day = _("đối chiếu ngày {day}").format(day=format_day(source.checked, language))
    return f"{badge}<span class='source'>{markup.text(cited)} · {markup.text(day)}</span>"


def show_versions(report: RoundReport) -> None:
    """Every version that is kept, with its checksum and its text to take away."""
    _ = session.current_words()
    kept = application().methods(report.framework.id)
    if not kept:
        return
    used: dict[str, list[str]] = {}
    for round_ in session.rounds():
        used.setdefault(round_.checksum, []).append(round_.name)
    rows = [
        (
            markup.text(one.version),
            f"<code>{markup.text(one.checksum[:SHORT_CHECKSUM])}…</code>",
            markup.text("; ".join(used.get(one.checksum, [])) or "–"),
            markup.link(_("Tải văn bản"), f"/bo-chi-so/{one.checksum}.yaml"),
        )
        for one in kept
    ]
    said = _(
        "Mỗi phiên bản là một văn bản không đổi; mã kiểm tra là SHA-256 của chính văn bản ấy, ai cũng có thể tính lại."
    )
    head = [_("Phiên bản"), _("Mã kiểm tra"), _("Các đợt đã dùng"), _("Văn bản")]
    st.html(
        markup.heading(_("Các phiên bản phương pháp")) + markup.paragraph(said) + markup.table(head, rows)
    )
