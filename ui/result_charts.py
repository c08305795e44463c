"""The charts of one library's result."""

from dataclasses import replace

import streamlit as st

from report import explain, labels
from report.round_report import RoundReport
from report.tables import scores
from survey.text import format_fixed
from ui import chart, home, markup, session, sources


def show(report: RoundReport, library: str, basis: str, method: str) -> None:
    """The score on its scale, the dimensions with their table, then every indicator's way to its targets."""
    wish = chart.asked(own=library, basis=basis, method=method)
    rounds = (report.round,)
    chart.show("thang-diem", rounds, wish)
    first, second = st.columns([4, 5])
    with first:
        chart.show("tru-cot", rounds, replace(wish, room="narrow"))
    with second:
        _show_dimensions(report, library, basis)
    chart.show("hai-chi-tieu", rounds, wish)


def _show_dimensions(report: RoundReport, library: str, basis: str) -> None:
    """Each dimension's score, line and level, with the explanation of each number."""
    _, language = session.current_words(), session.current_language()
    frame = scores.by_dimension(report.only([library]), basis=basis, language=language)
    limit = report.framework.thresholds.dimension_coverage
    rows = []
    for row in frame.to_dict("records"):
        why = explain.dimension(report, library, row["dimension"], basis=basis, language=language)
        rows.append(
            (
                f"<strong>{sources.dimension_code(row['dimension'])}</strong> {markup.text(row['label'])}"
                + markup.fold(_("Giải thích con số này"), markup.lines(why)),
                markup.text(home.score_words(row["score"], row["low"], row["high"])),
                markup.text(format_fixed(row["line"], language)),
                markup.text(
                    labels.level_and_reach(report.framework, row["level"], row["level_reach"], language)
                ),
                markup.text(labels.share_text(row["coverage"], [limit], language)),
            )
        )
    line = _("Mốc {year}").format(year=report.framework.first_milestone)
    head = [_("Trụ cột"), _("Điểm"), line, _("Mức"), _("Độ phủ")]
    st.html(markup.heading(_("Điểm từng trụ cột")) + markup.table(head, rows, numeric=(1, 2, 4)))
