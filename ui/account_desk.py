"""What the administrator does with accounts; the store checks every step again."""

import re
import secrets

import streamlit as st

from survey.access import Person, Role, may_manage_accounts, require
from survey.errors import SurveyError
from ui import frame, markup, session
from ui.application import application

PASSWORD_BYTES = 12


def show_all() -> None:
    """Every account with its role and library, and a button to close or open it."""
    _ = session.current_words()
    app = application()
    disabled = app.store.accounts.disabled()
    names = {member.id: member.short.to(session.current_language()) for member in app.members.members}
    for account in app.store.accounts.all():
        closed = account.id in disabled
        with st.container(
            horizontal=True, vertical_alignment="center", border=True, key=f"account-{account.id}"
        ):
            state = markup.badge(_("đã khóa"), "bad") if closed else ""
            place = names.get(account.library_id or "", "")
            st.html(
                f"<strong>{markup.text(account.name)}</strong> <code>{markup.text(account.login)}</code> "
                f"{markup.badge(frame.role_words(account.role, _), 'quiet')} {markup.text(place)} {state}"
            )
            if account.id != session.current_person().id:
                words = _("Mở lại") if closed else _("Khóa tài khoản")
                if not closed and st.button(_("Đặt lại mật khẩu"), key=f"password-{account.id}"):
                    _reset_password(account)
                if st.button(words, key=f"active-{account.id}"):
                    _set_active(account.id, closed)
                    st.rerun()


def _set_active(account_id: int, active: bool) -> None:
    who = session.require_person()
    require(may_manage_accounts(who))
    application().store.accounts.set_active(account_id, active, who.login)


def _reset_password(account: Person) -> None:
    """Give a new password, shown once; every session of the account ends."""
    who = session.require_person()
    require(may_manage_accounts(who))
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    application().store.accounts.set_password(account.id, password, who.login)
    _ = session.current_words()
    words = _("Mật khẩu mới của «{login}», chỉ hiện một lần: {password}")
    st.html(markup.notice(markup.paragraph(words.format(login=account.login, password=password)), "good"))


def show_new() -> None:
    """The form for a new account; its first password is made here and shown once."""
    _, language = session.current_words(), session.current_language()
    app = application()
    members = app.members.valid_on(session.today())
    libraries = {member.id: member.name.to(language) for member in members}
    st.html(f"<h2>{markup.text(_('Thêm tài khoản'))}</h2>")
    # An added account makes it another, empty form; a refused one keeps what was typed.
    with st.form(f"new account {len(app.store.accounts.all())}", enter_to_submit=False):
        first, second = st.columns(2)
        name = first.text_input(_("Họ và tên, hoặc tên đơn vị"))
        login = second.text_input(_("Tên đăng nhập (chữ thường không dấu, số, dấu chấm)"))
        role = first.selectbox(_("Vai trò"), list(Role), format_func=lambda one: frame.role_words(one, _))
        library = second.selectbox(
            _("Thư viện (chỉ dùng cho vai trò thư viện thành viên)"),
            list(libraries),
            format_func=lambda one: libraries[one],
        )
        pressed = st.form_submit_button(_("Thêm tài khoản"), type="primary")
    if pressed:
        _add(name, login, role or Role.LIBRARY, library)


def _add(name: str, login: str, role: Role, library: str) -> None:
    who = session.require_person()
    require(may_manage_accounts(who))
    if not name.strip() or not re.fullmatch(r"[a-z0-9][a-z0-9._-]{1,39}", login.strip()):
        raise SurveyError(
            vi="Chưa thêm tài khoản: cần họ tên, và tên đăng nhập từ 2 đến 40 chữ thường không dấu, số, dấu chấm "
            "hoặc gạch nối. Hãy nhập lại.",
            en="Account not added: a name is needed, and a login of 2 to 40 lower-case letters, digits, dots or "
            "hyphens. Enter them again.",
        )
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    application().store.accounts.add(
        login.strip(), name.strip(), role, library if role is Role.LIBRARY else None, password, by=who.login
    )
    _ = session.current_words()
    words = _("Đã thêm «{login}». Mật khẩu đầu tiên, chỉ hiện một lần: {password}")
    st.html(markup.notice(markup.paragraph(words.format(login=login.strip(), password=password)), "good"))
