"""The chair reads one library's response and accepts it or returns it with a remark."""

import streamlit as st

from survey.access import may_read_response, require
from ui import frame, locked, reviewing, session

_ = session.current_words()
round_ = session.round_named(st.query_params.get("dot", ""))
library_id = st.query_params.get("thu-vien", "")
require(round_ is not None)
assert round_ is not None
report = session.report(round_.id)
require(library_id in report.responses and may_read_response(session.current_person(), library_id, round_))
response = report.responses[library_id]
frame.show_title(report.member(library_id).name.to(session.current_language()), frame.round_remark(round_))
reviewing.show_decision(report, response)
locked.show(report, response)
