"""The accounts: who there is, adding one, and closing or opening one."""

import streamlit as st

from ui import account_desk, frame, session

_ = session.current_words()
frame.show_title(_("Tài khoản"), _("Mỗi người một tài khoản; mỗi thư viện có thể có nhiều người."))
place = st.container()
account_desk.show_new()
with place:
    account_desk.show_all()
