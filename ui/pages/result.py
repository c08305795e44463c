"""One library's result in one round: score, level, targets, gaps, and every number explained."""

import streamlit as st

from ui import (
    bridge_part,
    choices,
    frame,
    learning_part,
    merged_part,
    other_method,
    pace_part,
    result_charts,
    result_headline,
    result_tables,
    session,
    sharing_part,
)

_ = session.current_words()
chosen = choices.round_and_library(session.current_person())
if chosen is None:
    frame.show_title(_("Kết quả"), _("Chưa có kết quả nào để xem."))
    st.stop()

report, library = chosen
frame.show_title(report.member(library).name.to(session.current_language()), frame.round_remark(report.round))
basis = choices.show_result_choices(session.current_person(), report, library)
method = other_method.show_choice(report.round)
report = session.report(report.round.id, method)
if result_headline.show_nothing_yet(report, library, basis):
    merged_part.show(session.current_person(), report, library, basis)
    pace_part.show(session.current_person(), report, library, basis, method)
    st.stop()
result_headline.show(report, library, basis)
result_charts.show(report, library, basis, method)
result_tables.show_programme(report, library, basis)
result_tables.show_gaps(report, library, basis)
learning_part.show(session.current_person(), report, library, basis)
sharing_part.show(session.current_person(), report, library)
bridge_part.show(report, library, basis)
merged_part.show(session.current_person(), report, library, basis)
pace_part.show(session.current_person(), report, library, basis, method)
result_tables.show_officials_table(report, library, basis)
