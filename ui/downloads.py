"""Links to the files of a round; the routes behind them check the person again."""

from collections.abc import Sequence

import streamlit as st

from report import labels
from survey.rounds import Round
from ui import markup, session


def show(entries: Sequence[Round]) -> None:
    """One row for each round, or one sentence where there is none."""
    _, language = session.current_words(), session.current_language()
    if not entries:
        st.html(markup.notice(markup.paragraph(_("Chưa có đợt nào có tệp để tải về."))))
        return
    rows = [
        (
            markup.text(entry.name),
            markup.text(labels.round_state(entry.state, language)),
            link_to_excel(entry),
            markup.link(_("Số liệu gốc (CSV)"), f"/tai/{entry.id}.csv"),
        )
        for entry in entries
    ]
    st.html(markup.table([_("Đợt"), _("Trạng thái"), _("Bảng tổng hợp"), _("Số liệu")], rows))


def link_to_excel(entry: Round) -> str:
    _ = session.current_words()
    return markup.link(_("Tải bảng Excel"), f"/tai/{entry.id}.xlsx", style="button")
