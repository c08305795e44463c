"""The administrator's list of accounts: found by name or library, each a way to its own view."""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from survey.access import Page, Person
from survey.text import name_order, without_marks
from ui import addressed, frame, markup, session
from ui.application import application

ACCOUNT, LIBRARY = "tk", "thu-vien"
OFFICES = "van-phong"  # those who belong to no library


@dataclass(frozen=True)
class Standing:
    """What the list says of accounts beside who they are; by account id."""

    disabled: frozenset[int]
    locked: frozenset[int]
    second_factor: frozenset[int]


def chosen() -> Person | None:
    """The account that the address names; None for the list of all."""
    login = st.query_params.get(ACCOUNT, "")
    return application().store.accounts.by_login(login) if login else None


def standing() -> Standing:
    accounts = application().store.accounts
    return Standing(accounts.disabled(), accounts.locked(), accounts.with_second_factor())


def show_all() -> None:
    """Search, filter, and one table."""
    _ = session.current_words()
    accounts, now = application().store.accounts.all(), standing()
    names = library_names()
    first, second = st.columns([3, 2])
    with first:
        wanted = st.text_input(
            _("Tìm người"),
            key="find account",
            placeholder=_("Tên, tên đăng nhập hoặc thư điện tử"),
        )
    with second:
        used = {one.library_id for one in accounts if one.library_id}
        options = {"": _("Mọi thư viện"), OFFICES: _("Ngoài thư viện")}
        options |= {name: names[name] for name in names if name in used}
        named = st.query_params.get(LIBRARY, "")
        library = named if named in options else ""
        addressed.select(_("Thư viện"), options, library, LIBRARY)
    shown = [one for one in accounts if _fits(one, wanted or "", library)]
    shown.sort(key=lambda one: (one.id not in now.locked, name_order(names.get(one.library_id or "", ""))))
    st.html(_table(shown, now, names, total=len(accounts)))


def library_names() -> dict[str, str]:
    """Every library that an account may have, by id, in the order of their names."""
    language = session.current_language()
    members = sorted(application().members.members, key=lambda one: name_order(one.short.to(language)))
    return {member.id: member.short.to(language) for member in members}


def account_address(account: Person) -> str:
    return f"/{Page.ACCOUNTS}?{urlencode({ACCOUNT: account.login})}"


def badges(account: Person, now: Standing) -> str:
    """How the account stands; words, never colour alone."""
    _ = session.current_words()
    said = []
    if account.id in now.disabled:
        said.append(markup.badge(_("đã khóa"), "bad"))
    if account.id in now.locked:
        said.append(markup.badge(_("tạm khóa vì nhập sai mật khẩu"), "warn"))
    if account.id in now.second_factor:
        said.append(markup.badge(_("hai lớp"), "good"))
    return " ".join(said)


def _fits(account: Person, wanted: str, library: str) -> bool:
    words = " ".join((account.name, account.login, account.email or ""))
    found = all(part in without_marks(words) for part in without_marks(wanted).split())
    if library == OFFICES:
        return found and account.library_id is None
    return found and (not library or account.library_id == library)


def _table(accounts: list[Person], now: Standing, names: dict[str, str], *, total: int) -> str:
    _ = session.current_words()
    if not accounts:
        return markup.notice(markup.paragraph(_("Không có tài khoản nào như vậy. Hãy sửa điều kiện tìm.")))
    rows = [
        (
            f"{markup.link(one.name, account_address(one))} <code>{markup.text(one.login)}</code>"
            + (f"<span class='source'>{markup.text(one.email)}</span>" if one.email else ""),
            markup.text(
                " · ".join(part for part in (frame.role_words(one.role), _place(one, names)) if part)
            ),
            badges(one, now) or markup.text(_("đang dùng")),
        )
        for one in accounts
    ]
    said = _("{shown} trong {total} tài khoản. Bấm tên để xem và sửa.").format(shown=len(rows), total=total)
    head = [_("Người dùng"), _("Vai trò, thư viện"), _("Tình trạng")]
    return markup.table(head, rows, caption=said)


def _place(account: Person, names: dict[str, str]) -> str:
    return names.get(account.library_id or "", "")
