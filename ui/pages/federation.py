"""All libraries side by side: who answered, points, targets, distances, trend and map."""

from dataclasses import replace

import streamlit as st

from ui import choices, federation, frame, other_method, session

_ = session.current_words()
person = session.current_person()
round_ = choices.compared_round(person)
if round_ is None:
    frame.show_title(_("Liên hiệp"), _("Chưa có đợt đánh giá nào để so sánh."))
    st.stop()

frame.show_title(_("Liên hiệp"), frame.round_remark(round_))
part = choices.show_part(person, round_)
wish = choices.show_comparison_choices(person, round_, part)
wish = replace(wish, method=other_method.show_choice(round_))
federation.show_state(round_)
federation.show_way_to_self_check(person, round_)
federation.show_charts(person, round_, part, wish)
