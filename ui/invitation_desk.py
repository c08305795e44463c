"""Inviting people, and the invitations that nobody has used yet."""

import streamlit as st

from survey.access import Role
from survey.errors import SurveyError
from survey.letters import invitation_letter
from survey.store import Invitation, LinkState
from survey.text import format_moment
from ui import account_desk, account_form, frame, markup, one_time_link, session
from ui.application import application

PATH = "/loi-moi"


def show() -> None:
    """The form, folded away, and what is still open."""
    _ = session.current_words()
    names = account_desk.library_names()
    with st.expander(_("Mời người mới")):
        _show_form(names)
    _show_waiting(names)


def _show_form(names: dict[str, str]) -> None:
    _ = session.current_words()
    with st.form("invitation", clear_on_submit=False, enter_to_submit=False, border=False):
        first, second = st.columns(2)
        name = first.text_input(_("Họ và tên, hoặc tên đơn vị"), key="invited name")
        email = second.text_input(_("Thư điện tử công vụ (có thể bỏ trống)"), key="invited email")
        role, library = account_form.role_and_library(first, second, names, Role.ENTRY, None)
        st.caption(_("Người được mời tự đặt tên đăng nhập và mật khẩu. Liên kết có hạn 7 ngày."))
        pressed = st.form_submit_button(_("Tạo lời mời"), type="primary")
    if not pressed:
        return
    invitations, by = application().store.invitations, account_form.administrator().login
    try:
        one_time_link.show(_link(invitations.invite(name, email, role, library, by)))
    except SurveyError as error:
        # Here, beside the form, and not in place of the list below.
        st.html(markup.notice(markup.paragraph(error.to(session.current_language())), "bad"))


def _show_waiting(names: dict[str, str]) -> None:
    _ = session.current_words()
    waiting = application().store.invitations.waiting()
    if not waiting:
        return
    with st.expander(_("Lời mời chưa dùng ({count})").format(count=len(waiting))):
        _show_list(waiting, names)
        _show_doings(waiting)


def _show_list(waiting: tuple[Invitation, ...], names: dict[str, str]) -> None:
    _, language = session.current_words(), session.current_language()
    app = application()
    rows = [
        (
            markup.text(one.name),
            markup.text(frame.role_words(one.role)),
            markup.text(names.get(one.library_id or "", "–")),
            markup.text(one.email or "–"),
            markup.text(format_moment(one.expires_at, language))
            if one.state(app.clock()) is LinkState.VALID
            else markup.badge(_("đã hết hạn"), "warn"),
        )
        for one in waiting
    ]
    head = [_("Người được mời"), _("Vai trò"), _("Thư viện"), _("Thư điện tử"), _("Hạn dùng")]
    st.html(markup.table(head, rows))


def _show_doings(waiting: tuple[Invitation, ...]) -> None:
    """One list and two buttons, however many invitations there are."""
    _ = session.current_words()
    by_handle = {one.handle: one for one in waiting}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        handle = st.selectbox(
            _("Chọn lời mời"),
            list(by_handle),
            format_func=lambda one: by_handle[one].name if one in by_handle else "",
            key="waiting invitation",
        )
        renewed = st.button(_("Tạo liên kết mới"), key="renew invitation")
        withdrawn = st.button(_("Hủy lời mời"), key="withdraw invitation")
    if renewed and handle:
        one_time_link.show(
            _link(application().store.invitations.renew(handle, account_form.administrator().login))
        )
    if withdrawn and handle:
        application().store.invitations.withdraw(handle, account_form.administrator().login)
        st.rerun()


def _link(token: str) -> one_time_link.Link:
    found = application().store.invitations.find(token)
    assert found is not None, "the invitation was made a moment ago"
    return one_time_link.make(
        PATH, token, found.name, found.email, invitation_letter, session.current_language()
    )
