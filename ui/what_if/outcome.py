"""What the changes would bring, each figure beside today's."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import streamlit as st

from report import explain_level
from report.round_report import SELF, RoundReport
from report.tables import what_if
from scoring.programme import Outcome
from survey.text import format_fixed, format_number
from ui import markup, session, sources
from ui.result_tables import TONES
from ui.what_if.trial import Trial

Row = Mapping[Hashable, Any]


def show(trial: Trial, after: RoundReport, earlier: Sequence[RoundReport]) -> None:
    """Score, level, coverage and arrival as tiles; then dimensions and programme targets."""
    language = session.current_language()
    rows = what_if.of_whole(trial.report, after, earlier=earlier, language=language).to_dict("records")
    st.html(_tiles({str(row["figure"]): row for row in rows}, trial, after))
    st.html(_dimensions(trial, after) + _targets(trial, after))


def _tiles(rows: Mapping[str, Row], trial: Trial, after: RoundReport) -> str:
    _, language = session.current_words(), session.current_language()
    year = trial.report.framework.last_milestone
    score, level = rows["score"], rows["level"]
    bounds, arrival = _bounds(rows["low"], rows["high"]), ""
    if score["after"] != score["after"]:
        score, bounds = _unstated(rows), _("cận dưới và cận trên; chưa đủ độ phủ để công bố điểm")
        arrival = _("theo các đợt trước: đợt này chưa đủ độ phủ")
    held = (
        explain_level.held_back(after, trial.library, SELF, language)
        if level["after"] == level["after"]
        else []
    )
    gates = _("Điều kiện đang giữ lại: {why}").format(why="; ".join(held)) if held else ""
    return markup.tiles(
        [
            _tile(_("Điểm (thang 100)"), score, bounds, style="lead"),
            _tile(_("Mức độ chuyển đổi số"), level, gates),
            _tile(_("Độ phủ"), rows["coverage"]),
            _tile(_("Năm tới đích {year} nếu giữ nhịp").format(year=year), rows["arrival"], arrival),
        ]
    )


def _unstated(rows: Mapping[str, Row]) -> Row:
    """Both bounds in place of a score that may not be stated; what moves is the assured part."""
    low, high = rows["low"], rows["high"]
    shown = dict(low)
    for name in ("before_text", "after_text"):
        shown[name] = f"{low[name]} – {high[name]}"
    return shown


def _bounds(low: Row, high: Row) -> str:
    _ = session.current_words()
    if high["after"] - low["after"] < what_if.NOTHING:
        return _("mọi chỉ số áp dụng đều có câu trả lời")
    return _("trong khoảng {low} – {high}").format(low=low["after_text"], high=high["after_text"])


def _tile(label: str, row: Row, more: str = "", *, style: str = "") -> str:
    _ = session.current_words()
    today = _("hôm nay: {value}").format(value=row["before_text"])
    moved = _moved(row["difference_text"], worse=bool(row["difference"] < 0) != (row["figure"] == "arrival"))
    below = f"{markup.text(today)} {moved}" + (f"<br>{markup.text(more)}" if more else "")
    shown = str(row["after_text"])
    return markup.figure_tile(label, shown, below, style=f"{style} {'wordy' if len(shown) > LONG else ''}")


LONG = 14


def _moved(difference: str, *, worse: bool) -> str:
    """A difference as a badge whose sign says the same as its colour."""
    return markup.badge(difference, "bad" if worse else "good") if difference else ""


def _dimensions(trial: Trial, after: RoundReport) -> str:
    _, language = session.current_words(), session.current_language()
    frame = what_if.by_dimension(trial.report, after, language=language)
    cells = [
        (
            f"<strong>{sources.dimension_code(row['dimension'])}</strong> {markup.text(row['label'])}",
            markup.text(format_fixed(row["before"], language)),
            markup.text(format_fixed(row["after"], language)),
            _moved(row["difference_text"], worse=row["difference"] < 0),
            markup.text(format_number(row["applicable"], language)),
        )
        for row in frame.to_dict("records")
    ]
    head = [_("Trụ cột"), _("Hôm nay"), _("Khi thử"), _("Chênh lệch"), _("Tối đa")]
    return markup.table(head, cells, numeric=(1, 2, 3, 4))


def _targets(trial: Trial, after: RoundReport) -> str:
    _, language = session.current_words(), session.current_language()
    frame = what_if.by_target(trial.report, after, language=language)
    cells = [
        (
            f"<strong>{sources.code(row['target'])}</strong> {markup.text(row['label'])}",
            _outcome(row["before"], row["before_words"]),
            _outcome(row["after"], row["after_words"]) + (f" {_change(row)}" if _change(row) else ""),
        )
        for row in frame.to_dict("records")
    ]
    return markup.table([_("Chỉ tiêu của chương trình"), _("Hôm nay"), _("Khi thử")], cells)


def _change(row: Row) -> str:
    _ = session.current_words()
    if row["gained"]:
        return markup.text(_("đạt thêm"))
    return markup.text(_("không còn đạt")) if row["lost"] else ""


def _outcome(outcome: str, words: str) -> str:
    tone, mark = TONES[Outcome(outcome)]
    return markup.badge(words, tone, mark=mark)


def show_changes(trial: Trial, after: RoundReport) -> None:
    """Every answer that is tried, and what it brings."""
    _, language = session.current_words(), session.current_language()
    changes = trial.changes
    if not changes:
        st.html(
            markup.paragraph(
                _("Chưa thử thay đổi nào: kết quả bên trên là của câu trả lời hôm nay."), "page-remark"
            )
        )
        return
    frame = what_if.by_change(trial.report, after, changes, language=language)
    cells = [
        (
            f"<strong>{sources.code(row['indicator'])}</strong> {markup.text(row['label'])}",
            markup.text(row["before_text"]),
            markup.text(row["after_text"]),
            markup.text(row["difference_text"]),
        )
        for row in frame.to_dict("records")
    ]
    st.html(
        markup.table(
            [_("Đang thử"), _("Hôm nay"), _("Khi thử"), _("Điểm")],
            cells,
            numeric=(3,),
        )
    )
    st.button(_("Bỏ mọi thay đổi"), key=f"drop all:{trial.place}", on_click=trial.put, args=({},))
