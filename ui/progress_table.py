"""The chair's table of who has come how far."""

import streamlit as st

from report import labels
from report.round_report import RoundReport
from report.tables import scores
from survey.access import Page
from survey.response import ResponseState
from survey.text import format_moment
from ui import home, markup, session

TONES = {
    ResponseState.DRAFT: "quiet",
    ResponseState.SUBMITTED: "warn",
    ResponseState.UNDER_REVIEW: "warn",
    ResponseState.RETURNED: "bad",
    ResponseState.ACCEPTED: "good",
}


def show(report: RoundReport) -> None:
    _, language = session.current_words(), session.current_language()
    frame = scores.totals(report, language=language)
    sent = int(frame["sent"].sum())
    words = _("n = {sent}/{all} thư viện đã gửi").format(sent=sent, all=len(frame))
    st.html(markup.meter(sent / len(frame), words, style="whole"))
    limit = report.framework.thresholds.total_coverage
    rows = []
    for row in frame.to_dict("records"):
        response = report.responses[row["library"]]
        moment = row["last_activity"]
        address = f"/{Page.REVIEW.value}?dot={report.round.id}&thu-vien={row['library']}"
        rows.append(
            (
                markup.link(row["short"], address) if row["begun"] else markup.text(row["short"]),
                markup.badge(row["state"], TONES[response.state]),
                markup.meter(row["coverage"], labels.share_text(row["coverage"], [limit], language)),
                markup.text(home.score_words(row["score"], row["low"], row["high"])),
                markup.text(str(row["unknowns"])),
                markup.text(format_moment(moment, language) if row["begun"] and moment is not None else "–"),
            )
        )
    head = [
        _("Thư viện"),
        _("Trạng thái"),
        _("Độ phủ theo điểm"),
        _("Điểm tự chấm (hoặc khoảng)"),
        _("Câu chưa có số"),
        _("Hoạt động gần nhất"),
    ]
    st.html(markup.table(head, rows, numeric=(3, 4)))
