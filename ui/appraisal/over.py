"""Over-claim: how far self scores stand above what reviewers let stand."""

from collections.abc import Hashable
from typing import Any

import streamlit as st

from report.tables import overclaim
from survey.text import format_fixed
from ui import markup, session
from ui.appraisal.desk import Desk

DECIMALS = 2


def show(desk: Desk) -> None:
    """By library, then by indicator; only answers with a decision count."""
    _, language = session.current_words(), session.current_language()
    report = desk.report.only(desk.libraries)
    libraries = overclaim.by_library(report, language=language)
    if libraries.empty:
        st.html(markup.notice(markup.paragraph(_("Chưa có chỉ số nào được thẩm định."))))
        return
    st.caption(
        _(
            "Chênh lệch là điểm tự chấm trừ điểm thẩm định, chỉ tính những chỉ số đã có ý kiến «đạt» hoặc "
            "«giảm điểm»."
        )
    )
    st.html(
        f"<h2>{markup.text(_('Theo thư viện'))}</h2>"
        + _table(_("Thư viện"), libraries.to_dict("records"), "short")
    )
    indicators = overclaim.by_indicator(report, language=language)
    named = [
        {**entry, "name": f"{entry['indicator']} · {entry['label']}"}
        for entry in indicators.to_dict("records")
    ]
    st.html(f"<h2>{markup.text(_('Theo chỉ số'))}</h2>" + _table(_("Chỉ số"), named, "name"))


def _table(title: str, entries: list[dict[Hashable, Any]], name: str) -> str:
    _, language = session.current_words(), session.current_language()
    head = [title, _("Số câu đã thẩm định"), _("Tự chấm"), _("Thẩm định"), _("Chênh lệch")]
    rows = [
        (
            markup.text(entry[name]),
            markup.text(str(entry["decided"])),
            *(
                markup.text(format_fixed(entry[column], language, decimals=DECIMALS))
                for column in ("claimed", "verified", "over")
            ),
        )
        for entry in entries
    ]
    return markup.table(head, rows, numeric=(1, 2, 3, 4))
