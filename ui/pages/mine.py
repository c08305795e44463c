"""One's own account: password, second factor, e-mail, language, and where one is signed in."""

from ui import frame, own_account, session

_ = session.current_words()
frame.show_title(_("Tài khoản của tôi"))
own_account.show(session.current_person())
