"""Who has answered: state, coverage and last activity of every library, to the day of closing."""

import streamlit as st

from ui import frame, home, progress_table, session

_ = session.current_words()
round_ = session.open_round()

if round_ is None:
    frame.show_title(_("Tiến độ"), _("Hiện không có đợt đánh giá nào đang mở."))
    st.stop()

frame.show_title(_("Tiến độ"), frame.round_remark(round_))
st.html(f"<p class='page-remark'>{home.deadline(round_)}</p>")
progress_table.show(session.report(round_.id))
