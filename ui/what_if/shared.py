"""A measure bought by several libraries together, before it is bought: for the chair, and nothing of it is kept."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import streamlit as st

from report.round_report import RoundReport
from report.tables import investment, programme, what_if
from report.what_if import changed_together
from scoring.investment import Investment, cost_per_point, invest
from survey.text import MISSING, format_fixed, format_number
from ui import markup, session
from ui.what_if.shared_fields import MEASURE, asked_lifts, positive

Row = Mapping[Hashable, Any]


def show(report: RoundReport) -> None:
    """report: of all libraries of the round."""
    _ = session.current_words()
    said = _(
        "Một việc mua chung (hệ thống dùng chung, lưu trữ, đợt quét lưu động…): nhập những gì nó mang lại để thấy trước "
        "kết quả. Không câu trả lời nào bị thay đổi, và việc đầu tư không bao giờ làm giảm một câu trả lời."
    )
    st.html(markup.notice(markup.paragraph(said)))
    _show_measure(report)


@st.fragment
def _show_measure(report: RoundReport) -> None:
    _, language = session.current_words(), session.current_language()
    left, right = st.columns([5, 7], gap="medium")
    begun = {
        member.id: member.short.to(language) for member in report.members if report.responses[member.id].begun
    }
    with left:
        lifts = asked_lifts(report)
        libraries = st.multiselect(
            _("Thư viện tham gia"),
            list(begun),
            format_func=lambda name: begun[name],
            key=session.start_field(MEASURE, f"libraries.{report.round.id}", list(begun)),
            placeholder=_("Chọn thư viện"),
        )
        cost = positive(
            _("Tổng kinh phí (đơn vị tùy chọn, ví dụ triệu đồng)"), session.start_field(MEASURE, "cost", "")
        )
    with right:
        if not lifts or not libraries:
            said = _("Hãy chọn ít nhất một chỉ số với điều nó được thêm, và ít nhất một thư viện.")
            st.html(markup.notice(markup.paragraph(said)))
            return
        answers = {library: report.responses[library].answers for library in libraries}
        found = invest(answers, report.framework, lifts, libraries)
        _show_result(report, found, libraries, cost)


def _show_result(
    report: RoundReport, found: Investment, libraries: Sequence[str], cost: float | None
) -> None:
    language = session.current_language()
    after = changed_together(report, found.changes)
    rows = investment.by_library(report, after, libraries, language=language).to_dict("records")
    federation = investment.of_federation(report, after, language=language).to_dict("records")
    st.html(
        _tiles(rows, federation, cost)
        + _libraries(rows)
        + _to_review(rows)
        + _federation(federation)
        + _unsent(report)
        + _idle(report, found)
    )


def _unsent(report: RoundReport) -> str:
    """Whose figures the Federation's targets are without, also those of the measure."""
    said = programme.not_counted(report, session.current_language())
    return "".join(markup.paragraph(line, "page-remark") for line in said)


def _tiles(rows: Sequence[Row], federation: Sequence[Row], cost: float | None) -> str:
    _, language = session.current_words(), session.current_language()
    points = sum(row["gain"] for row in rows)
    price = MISSING if cost is None else format_number(cost_per_point(cost, points), language, decimals=2)
    up = sum(row["level_after"] > row["level_before"] for row in rows)
    reached = [row["target"] for row in federation if row["reached_after"] and not row["reached_before"]]
    of_all = _("chỉ tiêu của Liên hiệp đạt thêm: {names}").format(names=", ".join(reached) or _("không có"))
    gained = sum(len(row["gained"].split(", ")) for row in rows if row["gained"])
    return markup.tiles(
        [
            markup.figure_tile(
                _("Điểm tăng của mọi thư viện (thang 1.000 mỗi thư viện)"),
                what_if.signed(points, language) or format_fixed(0.0, language),
                style="lead",
            ),
            markup.figure_tile(
                _("Kinh phí cho mỗi điểm"),
                price,
                markup.text(_("chưa nhập kinh phí")) if cost is None else "",
            ),
            markup.figure_tile(_("Thư viện lên mức"), f"{up}/{len(rows)}"),
            markup.figure_tile(_("Chỉ tiêu đạt thêm ở thư viện"), str(gained), markup.text(of_all)),
        ]
    )


def _libraries(rows: Sequence[Row]) -> str:
    _, language = session.current_words(), session.current_language()
    cells = [
        (
            f"<strong>{markup.text(row['short'])}</strong>"
            + ("" if row["sent"] else f" {markup.badge(row['state'], 'plain')}"),
            markup.text(format_fixed(row["before"], language)),
            markup.text(format_fixed(row["after"], language)),
            markup.text(what_if.signed(row["gain"], language) or format_fixed(0.0, language)),
            _level(row),
            markup.text(_moved_targets(row)),
        )
        for row in rows
    ]
    head = [
        *(_("Thư viện"), _("Hôm nay"), _("Sau đầu tư"), _("Điểm"), _("Mức"), _("Chỉ tiêu đạt thêm")),
    ]
    return markup.table(head, cells, numeric=(1, 2, 3))


def _to_review(rows: Sequence[Row]) -> str:
    """Why a level can fall where no answer does, and that drafts are part of the table."""
    _ = session.current_words()
    said = []
    if any(row["level_after"] < row["level_before"] for row in rows):
        said.append(
            _(
                "Mức giảm vì câu trả lời đã đổi phải được thẩm định lại, nên tỷ lệ điểm đã thẩm định thấp đi; "
                "điểm thì không giảm."
            )
        )
    if not all(row["sent"] for row in rows):
        said.append(
            _("Bảng tính cả phiếu chưa gửi (có ghi trạng thái): các con số của những nơi ấy còn thay đổi.")
        )
    return "".join(markup.paragraph(line, "page-remark") for line in said)


def _moved_targets(row: Row) -> str:
    lost = session.current_words()("không còn đạt {names}").format(names=row["lost"]) if row["lost"] else ""
    return "; ".join(part for part in (row["gained"], lost) if part) or MISSING


def _level(row: Row) -> str:
    if row["level_before"] == row["level_after"]:
        return markup.text(row["level_after_name"])
    up = row["level_after"] > row["level_before"]
    words = f"{row['level_before_name']} → {row['level_after_name']}"
    return markup.badge(words, "good" if up else "bad", mark="▲" if up else "▼")


def _federation(rows: Sequence[Row]) -> str:
    _, language = session.current_words(), session.current_language()
    cells = [
        (
            f"<strong>{markup.text(row['target'])}</strong> {markup.text(row['label'])}",
            markup.text(row["before_text"]),
            markup.text(row["after_text"]),
            markup.text(what_if.signed(row["difference"], language) or MISSING),
            f"{markup.text(format_number(row['goal'], language))}\u00a0%"
            + (f" {markup.badge(_('Đạt'), 'good', mark='✓')}" if row["reached_after"] else ""),
        )
        for row in rows
    ]
    head = [
        *(_("Chỉ tiêu của toàn Liên hiệp"), _("Hôm nay"), _("Sau đầu tư"), _("Điểm phần trăm"), _("Cần đạt")),
    ]
    return markup.table(head, cells, numeric=(3,))


def _idle(report: RoundReport, found: Investment) -> str:
    """Where the measure brings nothing, so that nobody pays for it unseen."""
    _, language = session.current_words(), session.current_language()
    if not found.without_effect:
        return ""
    named = [
        f"{report.member(library).short.to(language)} ({name})" for library, name in found.without_effect
    ]
    words = _("Không có tác dụng (đã bằng hoặc hơn, không áp dụng, hoặc chưa có số liệu): {names}.")
    return markup.paragraph(words.format(names=", ".join(named)), "page-remark")
