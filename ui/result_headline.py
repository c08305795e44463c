"""What stands first in one library's result: its score with bounds, its level, and what each rests on."""

from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

from report import explain, explain_level, labels
from report.round_report import BASES, VERIFIED, RoundReport
from report.tables import scores
from scoring.levels import NO_LEVEL
from survey.response import EDITABLE as UNSENT
from survey.response import ResponseState
from survey.text import MISSING, format_fixed, format_percent
from ui import home, markup, session, sources

SMALL_RANGE = 0.005
Row = Mapping[Hashable, Any]


def show_nothing_yet(report: RoundReport, library: str, basis: str) -> bool:
    """Say that there is no figure yet, where nothing was answered or, for the verified score, decided about."""
    _ = session.current_words()
    response = report.responses[library]
    if not response.begun:
        words = _("Chưa nhập câu trả lời nào cho đợt này, nên chưa có con số nào. Chưa có không phải là 0.")
    elif basis == VERIFIED and not any(entry.verified for entry in response.recorded.values()):
        words = _(
            "Chưa câu nào được thẩm định, nên chưa có con số nào theo điểm thẩm định. Chưa có không phải là 0."
        )
    else:
        return False
    st.html(markup.notice(markup.paragraph(words)))
    return True


def show(report: RoundReport, library: str, basis: str) -> None:
    """The chosen score, its level, the 2025 line, coverage, and the other score beside it."""
    _, language = session.current_words(), session.current_language()
    rows = {one: _totals(report, library, one) for one in BASES}
    row = rows[basis]
    state = report.responses[library].state
    if state in UNSENT:
        words = {
            ResponseState.DRAFT: _(
                "Phiếu chưa gửi: các con số tính từ những gì đã nhập tới nay và còn thay đổi."
            ),
            ResponseState.RETURNED: _("Phiếu được trả lại, chưa gửi lại: các con số còn thay đổi."),
        }[state]
        st.html(markup.notice(markup.paragraph(words), "warn"))
    st.html(
        markup.tiles(
            [
                _score_tile(report, rows, basis, lead=True),
                markup.figure_tile(
                    _("Mức độ chuyển đổi số"),
                    labels.level_and_reach(report.framework, row["level"], row["level_reach"], language),
                    markup.text(_below_level(report, library, basis, row)),
                ),
                markup.figure_tile(
                    _("Mốc {year} trên cùng thang điểm").format(year=report.framework.first_milestone),
                    format_fixed(row["line"], language),
                    markup.text(_against_line(row["score"], row["line"]))
                    + f"<br>{markup.link(_('Chỉ tiêu từ đâu'), sources.register_address())}",
                ),
                markup.figure_tile(
                    _("Độ phủ"),
                    labels.share_text(
                        row["coverage"], [report.framework.thresholds.total_coverage], language
                    ),
                    markup.text(_("{n} câu chưa có số").format(n=int(row["unknowns"]))),
                ),
                _score_tile(report, rows, next(one for one in BASES if one != basis), lead=False),
            ]
        )
    )
    ways = explain_level.shortest_way(report, library, basis, language)
    st.html(
        "".join(map(markup.paragraph, ways))
        + markup.fold(
            _("Giải thích con số này"),
            markup.lines(explain.total(report, library, basis=basis, language=language)),
        )
    )


def _totals(report: RoundReport, library: str, basis: str) -> Row:
    language = session.current_language()
    return scores.totals(report.only([library]), basis=basis, language=language).to_dict("records")[0]


def _score_tile(report: RoundReport, rows: Mapping[str, Row], basis: str, *, lead: bool) -> str:
    """A score with its bounds; of the verified one also how much of the points was verified."""
    _, language = session.current_words(), session.current_language()
    row, verified = rows[basis], basis == VERIFIED
    below = _bounds(row)
    if verified:
        asked = [gate.share for gate in report.framework.gates.verified]
        share = labels.share_text(row["verified_share"], asked, language)
        below = _("{share} số điểm đã thẩm định").format(share=share)
    shown = (
        MISSING
        if verified and not row["verified_share"] > 0
        else home.score_words(
            row["score"], row["low"], row["high"], [level.at_least for level in report.framework.levels]
        )
    )
    label = _("Điểm thẩm định (thang 100)") if verified else _("Điểm tự chấm (thang 100)")
    return markup.figure_tile(label, shown, markup.text(below), style="lead" if lead else "")


def _below_level(report: RoundReport, library: str, basis: str, row: Row) -> str:
    """What holds the level back, or what keeps it from being stated."""
    _, language = session.current_words(), session.current_language()
    if row["level"] == NO_LEVEL:
        return _("cần độ phủ ít nhất {limit}").format(
            limit=format_percent(report.framework.thresholds.total_coverage, language)
        )
    held = explain_level.held_back(report, library, basis, language)
    if not held:
        return _("Không có điều kiện nào giữ lại")
    return _("Điều kiện đang giữ lại: {why}").format(why="; ".join(held))


def _bounds(row: Row) -> str:
    _, language = session.current_words(), session.current_language()
    low, high = row["low"], row["high"]
    if low != low:
        return _("không có chỉ số nào áp dụng")
    if high - low < SMALL_RANGE:
        return _("mọi chỉ số áp dụng đều có câu trả lời")
    if row["score"] != row["score"]:
        return _("cận dưới và cận trên; chưa đủ độ phủ để công bố điểm")
    return _("trong khoảng {low} – {high}").format(
        low=format_fixed(low, language), high=format_fixed(high, language)
    )


def _against_line(score: float, line: float) -> str:
    _, language = session.current_words(), session.current_language()
    if score != score:
        return _("chưa đủ dữ liệu để so sánh")
    gap = format_fixed(abs(score - line), language)
    return (
        _("trên mốc {gap} điểm").format(gap=gap)
        if score >= line
        else _("dưới mốc {gap} điểm").format(gap=gap)
    )
