"""A library's evidence in the open round: what is missing, old, cited where, and lying unused."""

import streamlit as st

from ui import evidence_list, frame, session

_ = session.current_words()
person = session.current_person()
round_ = session.open_round()

if round_ is None or person.library_id is None or person.library_id not in session.members_of(round_):
    frame.show_title(_("Tài liệu kiểm chứng"), _("Hiện không có đợt đánh giá nào đang mở."))
    st.stop()

frame.show_title(_("Tài liệu kiểm chứng"), frame.round_remark(round_))
evidence_list.show(round_, person.library_id)
