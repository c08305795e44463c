"""Before sending: everything missing, wrong, unexplained or without evidence, each with its place."""

import streamlit as st

from ui import frame, locked, obstacles, progress, receipt, replies, session

_ = session.current_words()
person = session.current_person()
round_ = session.open_round()

if round_ is None or person.library_id is None:
    frame.show_title(_("Kiểm tra và gửi"), _("Hiện không có đợt đánh giá nào đang mở."))
    st.stop()

report = session.blank_report(round_)
response = session.opened_response(round_, person.library_id, report.framework)
frame.show_title(_("Kiểm tra và gửi"), frame.round_remark(round_))

if not response.editable:
    receipt.show(round_, response)
    replies.show(round_, report.framework, response)
    locked.show(report, response)
    st.stop()

frame.show_remark_of_chair(response)
st.html(progress.bars(report.framework, response))
found = obstacles.find(round_, report.framework, response)
obstacles.show(report.framework, found)
obstacles.show_sending(round_, found)
