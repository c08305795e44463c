"""Try changes on a copy of a library's answers, find the cheapest path, and keep scenarios."""

import streamlit as st

from survey.access import may_try_together
from ui import frame, session
from ui.what_if import choosing, lab, shared

_ = session.current_words()
person = session.current_person()
round_ = choosing.round_in_view(person)
report = choosing.library_in_view(person, round_) if round_ else None
if round_ is None or report is None:
    frame.show_title(_("Thử thay đổi"), _("Chưa có câu trả lời nào để thử."))
    st.stop()

if choosing.wants_shared(person):
    frame.show_title(_("Thử đầu tư dùng chung"), frame.round_remark(round_))
    choosing.show_part()
    choosing.show(person, round_, "")
    shared.show(session.report(round_.id))
    st.stop()

[library] = report.responses
name = report.member(library).short.to(session.current_language())
frame.show_title(_("Thử thay đổi · {library}").format(library=name), frame.round_remark(round_))
if may_try_together(person):
    choosing.show_part()
choosing.show(person, round_, library)
lab.show(person, report)
