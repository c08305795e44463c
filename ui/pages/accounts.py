"""The accounts: who there is, inviting somebody, and looking after one of them."""

from ui import account_desk, account_form, frame, invitation_desk, session

_ = session.current_words()
account = account_desk.chosen()
if account is None:
    frame.show_title(_("Tài khoản"), _("Mỗi người một tài khoản; mỗi thư viện có thể có nhiều người."))
    invitation_desk.show()
    account_desk.show_all()
else:
    frame.show_title(account.name, account.login)
    account_form.show(account)
