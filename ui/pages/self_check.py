"""For the chair: what a round's answers say about the indicators themselves."""

import streamlit as st

from ui import choices, frame, self_check, self_check_questions, session

_ = session.current_words()
person = session.current_person()
round_ = choices.compared_round(person)
if round_ is None:
    frame.show_title(_("Bộ chỉ số tự soi"), _("Chưa có đợt đánh giá nào để xem."))
    st.stop()

frame.show_title(_("Bộ chỉ số tự soi"), frame.round_remark(round_))
choices.show_rounds_to_compare(person, round_)
report = session.report(round_.id)
if self_check.show_state(report):
    self_check.show_alike(report)
    self_check.show_against(report)
    self_check.show_ends(report)
    self_check.show_influences(report)
    self_check_questions.show(report)
