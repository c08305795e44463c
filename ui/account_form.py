"""One account, as the administrator looks after it; the store checks every step again."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from survey.access import MAY_HAVE_LIBRARY, Page, Person, Role, may_manage_accounts, require
from survey.letters import reset_letter
from ui import account_desk, frame, markup, one_time_link, session
from ui.application import application


def show(account: Person) -> None:
    """What there is to know and to do; one's own account is looked after on one's own page."""
    _ = session.current_words()
    now, names = account_desk.standing(), account_desk.library_names()
    st.html(
        markup.link(_("← Mọi tài khoản"), f"/{Page.ACCOUNTS}")
        + markup.facts(
            [
                (_("Vai trò"), markup.text(frame.role_words(account.role))),
                (_("Thư viện"), markup.text(names.get(account.library_id or "", "–"))),
                (_("Thư điện tử"), markup.text(account.email or "–")),
                (_("Tình trạng"), account_desk.badges(account, now) or markup.text(_("đang dùng"))),
            ]
        )
    )
    if account.id == session.current_person().id:
        st.html(
            markup.notice(
                f"<p>{markup.text(_('Đây là tài khoản của bạn.'))} "
                f"{markup.link(_('Mở trang Tài khoản của tôi'), f'/{Page.MINE}')}</p>"
            )
        )
        return
    _show_doings(account, now)
    _show_form(account, names)


def _show_form(account: Person, names: dict[str, str]) -> None:
    _ = session.current_words()
    st.html(f"<h2>{markup.text(_('Sửa thông tin'))}</h2>")
    with st.form(f"account {account.id}", enter_to_submit=False):
        first, second = st.columns(2)
        name = first.text_input(_("Họ và tên, hoặc tên đơn vị"), account.name)
        email = second.text_input(_("Thư điện tử công vụ (có thể bỏ trống)"), account.email or "")
        role, library = role_and_library(first, second, names, account.role, account.library_id)
        st.caption(_("Đổi vai trò hoặc thư viện thì người này phải đăng nhập lại ngay."))
        pressed = st.form_submit_button(_("Lưu thay đổi"), type="primary")
    if pressed:
        who = administrator()
        application().store.accounts.change(
            account.id, name=name, role=role, library_id=library, email=email, by=who.login
        )
        _done(_("Đã lưu thay đổi của «{login}».").format(login=account.login))


def role_and_library(
    first: DeltaGenerator,
    second: DeltaGenerator,
    names: dict[str, str],
    role: Role,
    library: str | None,
) -> tuple[Role, str | None]:
    """The two lists; a library that does not go with the role is left out."""
    _ = session.current_words()
    words = {one: frame.role_words(one) for one in Role}
    chosen: Role = (
        first.selectbox(
            _("Vai trò"), list(Role), index=list(Role).index(role), format_func=lambda one: words[one]
        )
        or role
    )
    options = {"": _("Không thuộc thư viện nào")} | names
    place = second.selectbox(
        _("Thư viện (người của thư viện; cơ quan quản lý của một tỉnh)"),
        list(options),
        index=list(options).index(library or ""),
        format_func=lambda one: options[one],
    )
    return chosen, (place or None) if chosen in MAY_HAVE_LIBRARY else None


def _show_doings(account: Person, now: account_desk.Standing) -> None:
    """At most four buttons, those that apply."""
    _ = session.current_words()
    said = session.taken("account said")
    if said:
        st.html(markup.notice(markup.paragraph(str(said)), "good"))
    closed = account.id in now.disabled
    accounts, link = application().store.accounts, None
    with st.container(horizontal=True, key="account-doings"):
        if not closed and st.button(_("Tạo liên kết đặt mật khẩu mới"), key=f"reset-{account.id}"):
            link = _make_reset(account)
        if account.id in now.locked and st.button(_("Mở tạm khóa ngay"), key=f"unlock-{account.id}"):
            accounts.unlock(account.id, administrator().login)
            _done(_("«{login}» đăng nhập lại được ngay.").format(login=account.login))
        if account.id in now.second_factor and st.button(
            _("Tắt xác thực hai lớp"), key=f"second-{account.id}"
        ):
            application().store.second_factor.turn_off(account.id, administrator().login)
            _done(_("Đã tắt xác thực hai lớp của «{login}».").format(login=account.login))
        if st.button(_("Mở lại") if closed else _("Khóa tài khoản"), key=f"active-{account.id}"):
            accounts.set_active(account.id, closed, administrator().login)
            words = _("Đã mở lại «{login}».") if closed else _("Đã khóa «{login}»; mọi phiên đã kết thúc.")
            _done(words.format(login=account.login))
    if link is not None:
        one_time_link.show(link)


def _make_reset(account: Person) -> one_time_link.Link:
    who = administrator()
    token = application().store.invitations.reset(account.id, who.login)
    return one_time_link.make(
        "/dat-lai-mat-khau", token, account.name, account.email, reset_letter, account.language
    )


def administrator() -> Person:
    """Whoever presses the button, as the account stands at this moment.

    Raises:
        NotAllowedError: it is no administrator's, or nobody is signed in any more.
    """
    who = session.require_person()
    require(may_manage_accounts(who))
    return who


def _done(words: str) -> None:
    """Draw the account as it stands now, with a sentence about what was done."""
    session.leave("account said", words)
    st.rerun()
