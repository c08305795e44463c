"""Answer the questionnaire of the open round, section by section."""

import streamlit as st

from ui import frame, locked, progress, receipt, replies, sections, session
from ui.application import application
from ui.question.card import show_card

_ = session.current_words()
person = session.current_person()
round_ = session.open_round()

if round_ is None or person.library_id is None:
    frame.show_title(_("Trả lời"), _("Hiện không có đợt đánh giá nào đang mở."))
    st.stop()

report = session.blank_report(round_)
response = session.opened_response(round_, person.library_id, report.framework)
frame.show_title(_("Trả lời"), frame.round_remark(round_))

if not response.editable:
    receipt.show(round_, response)
    replies.show(round_, report.framework, response)
    locked.show(report, response)
    st.stop()

file = application().store.cycle.file(round_.id, person.library_id)
frame.show_remark_of_chair(response)
replies.show_opened(report.framework, response, file)
progress.place(report.framework)
section = sections.choose(report.framework)
sections.show_advice()
before = session.response_before(round_, person.library_id)
against = application().comparison(round_, person.library_id)
for question in sections.questions(report.framework, section):
    replies.show_beside(round_, question, response, file)
    if response.may_change(question.id):
        show_card(
            question,
            report,
            before.response if before else None,
            before.round_name if before else "",
            against,
        )
    else:
        replies.show_locked(question, response)
sections.show_next(report.framework, section)
sections.scroll_to_question()
