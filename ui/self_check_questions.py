"""How the questions of the form were met: not known, left open, and how long they took."""

from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

from report.round_report import RoundReport
from report.tables import self_check
from survey.text import format_number, format_percent
from ui import markup, session
from ui.application import application

OFTEN = 0.2  # of the libraries that sent: a question to look at
Row = Mapping[Hashable, Any]


def show(report: RoundReport) -> None:
    """Questions that were hard to answer, then all of them in a fold."""
    _, language = session.current_words(), session.current_language()
    saves = application().store.answers.saves(report.round.id)
    rows = self_check.questions(report, saves, language=language).to_dict("records")
    # A remark that is left out was not hard to make, so only scored questions are held to it.
    asked = [row for row in rows if row["question"] in report.framework.indicators]
    hard = [row for row in asked if row["unknown"] + row["unanswered"] >= OFTEN * row["n"]]
    hard.sort(key=lambda row: -(row["unknown"] + row["unanswered"]))
    none = markup.paragraph(_("Không có câu nào bị bỏ ngỏ từ 20 % trở lên."))
    st.html(
        markup.heading(_("Câu hỏi khó trả lời"))
        + markup.paragraph(
            _(
                "Nghĩa là gì: nhiều thư viện chọn «Không biết», bỏ trống hoặc mất nhiều thời gian ở câu này. Nên làm gì: viết "
                "lại câu hỏi và lời giải thích, hoặc chỉ cho thư viện lấy số ở đâu. Dưới đây là các câu bỏ ngỏ từ 20 %."
            )
        )
        + (_table(hard) if hard else none)
        + markup.fold(_("Mọi câu hỏi, theo thứ tự trong phiếu"), _table(rows))
        + markup.paragraph(
            _(
                "Thời gian: trung vị của khoảng cách giữa hai lần lưu liên tiếp của cùng một người trong cùng một thư viện; "
                "bỏ khoảng trên 15 phút và khoảng bằng 0 (nạp từ tệp); dưới 5 lần thì chưa đủ dữ liệu."
            ),
            "page-remark",
        )
    )


def _table(rows: list[dict[Hashable, Any]]) -> str:
    _, language = session.current_words(), session.current_language()
    head = [_("Câu"), _("Không biết"), _("Bỏ trống"), _("Thời gian trả lời")]
    cells = [
        (
            f"<strong>{markup.text(row['question'])}</strong> {markup.text(row['label'])}",
            markup.text(format_percent(row["unknown"] / row["n"], language)),
            markup.text(format_percent(row["unanswered"] / row["n"], language)),
            markup.text(_time(row)),
        )
        for row in rows
    ]
    return markup.table(head, cells, numeric=(1, 2))


def _time(row: Row) -> str:
    _, language = session.current_words(), session.current_language()
    if row["seconds"] != row["seconds"]:
        return _("chưa đủ dữ liệu ({n} lần)").format(n=row["times"])
    minutes = format_number(row["seconds"] / 60, language, decimals=1)
    return _("{minutes} phút ({n} lần)").format(minutes=minutes, n=row["times"])
