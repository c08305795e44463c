"""What everybody may see and change of their own account.

Passwords and codes are typed on plain pages of the server, never into fields of this page.
"""

import streamlit as st

from survey.access import Person
from survey.store import OpenSession
from survey.text import format_moment
from ui import account_desk, frame, markup, session
from ui.application import application

DONE = "da-doi"


def show(who: Person) -> None:
    """Who one is, how one signs in, and where one is signed in."""
    _ = session.current_words()
    _show_done()
    library = account_desk.library_names().get(who.library_id or "", "–")
    st.html(
        markup.facts(
            [
                (_("Họ và tên"), markup.text(who.name)),
                (_("Tên đăng nhập"), f"<code>{markup.text(who.login)}</code>"),
                (_("Vai trò"), markup.text(frame.role_words(who.role))),
                (_("Thư viện"), markup.text(library)),
            ]
        )
        + markup.paragraph(_("Sai tên, vai trò hoặc thư viện? Hãy báo người quản trị."), "page-remark")
    )
    _show_signing_in(who)
    _show_email(who)
    _show_sessions(who)


def _show_done() -> None:
    _ = session.current_words()
    said = {
        "mat-khau": _("Đã đổi mật khẩu. Mọi thiết bị khác đã được đăng xuất."),
        "tat-hai-lop": _("Đã tắt xác thực hai lớp."),
        "thu": _("Đã lưu thư điện tử."),
    }.get(st.query_params.get(DONE, ""))
    if said:
        st.html(markup.notice(markup.paragraph(said), "good"))


def _show_signing_in(who: Person) -> None:
    _ = session.current_words()
    factor = application().store.second_factor
    on = factor.is_on(who.id)
    state = markup.badge(_("đang bật"), "good") if on else markup.badge(_("chưa bật"), "quiet")
    st.html(
        f"<h2>{markup.text(_('Đăng nhập'))}</h2>"
        + markup.facts(
            [
                (_("Mật khẩu"), markup.link(_("Đổi mật khẩu"), "/doi-mat-khau")),
                (
                    _("Xác thực hai lớp"),
                    f"{state} {markup.link(_('Xem và thay đổi') if on else _('Bật'), '/xac-thuc-hai-lop')}",
                ),
                (_("Ngôn ngữ"), _languages()),
            ]
        )
    )


def _languages() -> str:
    here = session.current_language()
    named = (("vi", "Tiếng Việt"), ("en", "English"))
    return " · ".join(
        f"<strong>{name}</strong>" if code == here else markup.link(name, f"/ngon-ngu?ngon-ngu={code}")
        for code, name in named
    )


def _show_email(who: Person) -> None:
    """With an identity provider the e-mail decides who is let in, so only the administrator changes it."""
    _ = session.current_words()
    st.html(f"<h2>{markup.text(_('Thư điện tử công vụ'))}</h2>")
    if application().provider:
        words = _("Địa chỉ này dùng để đăng nhập qua cơ quan. Cần đổi thì nhờ người quản trị.")
        st.html(f"<p>{markup.text(who.email or '–')}</p>" + markup.paragraph(words, "page-remark"))
        return
    with st.form("own email", border=False, enter_to_submit=False):
        email = st.text_input(
            _("Để nhận lời nhắc và đăng nhập; có thể bỏ trống"), who.email or "", key="own email field"
        )
        pressed = st.form_submit_button(_("Lưu thư điện tử"))
    if pressed:
        owner = session.require_person()
        application().store.accounts.set_email(owner.id, email or "", owner.login)
        st.query_params[DONE] = "thu"
        st.rerun()


def _show_sessions(who: Person) -> None:
    _ = session.current_words()
    app = application()
    open_now = app.store.sessions.of_person(who.id, session.token(), app.clock())
    st.html(
        f"<h2>{markup.text(_('Nơi đang đăng nhập'))}</h2>"
        + markup.paragraph(
            _("Thấy thiết bị lạ? Đăng xuất thiết bị đó, rồi đổi mật khẩu ngay."), "page-remark"
        )
    )
    for one in open_now:
        _show_session(one)
    if len(open_now) > 2 and st.button(_("Đăng xuất mọi thiết bị khác"), key="end others"):
        owner = session.require_person()
        app.store.sessions.end_others(owner.id, session.token())
        st.rerun()


def _show_session(one: OpenSession) -> None:
    _, language = session.current_words(), session.current_language()
    with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"session-{one.handle}"):
        here = markup.badge(_("phiên này"), "good") if one.here else ""
        times = _("bắt đầu {begun}, dùng lần cuối {seen}").format(
            begun=format_moment(one.started_at, language), seen=format_moment(one.last_seen, language)
        )
        st.html(
            f"<strong>{markup.text(one.device or _('Thiết bị không rõ'))}</strong> {here}"
            f"<span class='source'>{markup.text(times)}</span>"
        )
        if not one.here and st.button(_("Đăng xuất thiết bị này"), key=f"end-{one.handle}"):
            owner = session.require_person()
            application().store.sessions.end_own(owner.id, one.handle)
            st.rerun()
