"""The accounts: who there is, adding one, and closing or opening one."""

from ui import account_desk, frame, session

_ = session.current_words()
frame.show_title(_("Tài khoản"), _("Mỗi người một tài khoản; mỗi thư viện có thể có nhiều người."))
account_desk.show_all()
account_desk.show_new()
