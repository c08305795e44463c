"""The chair names reviewers and grants exceptions from the last day."""

import streamlit as st

from report import labels
from survey.access import Person, may_be_assigned
from survey.review import Assignment
from ui import frame, markup, session
from ui.application import application
from ui.appraisal.desk import Desk
from ui.round_desk import read_day


def show(desk: Desk) -> None:
    """Who reviews whom, then the exceptions."""
    _ = session.current_words()
    cycle = application().store.cycle
    named = cycle.assignments(desk.round.id)
    st.html(f"<h2>{markup.text(_('Ai thẩm định thư viện nào'))}</h2>" + _named_table(desk, named))
    names = {library: desk.short(library) for library in desk.libraries}
    _show_naming(desk, names)
    if named:
        _show_taking_off(desk, named)
    st.html(f"<h2>{markup.text(_('Gia hạn riêng'))}</h2>" + _exceptions(desk))
    _show_exception(desk, names)


def _named_table(desk: Desk, named: tuple[Assignment, ...]) -> str:
    _, language = session.current_words(), session.current_language()
    rows = [
        (
            markup.text(desk.short(library)),
            markup.text(labels.response_state(desk.response(library), language)),
            markup.text(", ".join(one.name for one in named if one.library_id == library) or "–"),
        )
        for library in desk.libraries
    ]
    return markup.table([_("Thư viện"), _("Trạng thái phiếu"), _("Người thẩm định")], rows)


def _candidates() -> dict[str, Person]:
    """Everybody who can review some library, by login; reviewers before second readers."""
    accounts = application().store.accounts
    disabled = accounts.disabled()
    able = [one for one in accounts.all() if one.id not in disabled and may_be_assigned(one, "")]
    return {one.login: one for one in sorted(able, key=lambda one: one.of_library)}


def _show_naming(desk: Desk, names: dict[str, str]) -> None:
    _ = session.current_words()
    people = _candidates()
    with st.form("naming", border=True, enter_to_submit=False):
        first, second = st.columns(2)
        library = first.selectbox(_("Thư viện"), list(names), format_func=names.__getitem__)
        login = second.selectbox(
            _("Người thẩm định, hoặc người đọc thứ hai từ thư viện khác"),
            list(people),
            key="naming.person",
            format_func=lambda one: f"{people[one].name} ({frame.role_words(people[one].role)})",
        )
        pressed = st.form_submit_button(_("Phân công"), type="primary")
    if pressed:
        application().store.cycle.assign(desk.round.id, library, people[login].id, session.require_person())
        st.rerun()


def _show_taking_off(desk: Desk, named: tuple[Assignment, ...]) -> None:
    _ = session.current_words()
    with st.form("taking off", border=True, enter_to_submit=False):
        place = st.selectbox(
            _("Thôi phân công (ý kiến đã ghi vẫn còn)"),
            range(len(named)),
            format_func=lambda k: f"{desk.short(named[k].library_id)}: {named[k].name}",
        )
        pressed = st.form_submit_button(_("Thôi phân công"))
    if pressed:
        one = named[place]
        application().store.cycle.unassign(
            desk.round.id, one.library_id, one.person_id, session.require_person()
        )
        st.rerun()


def _exceptions(desk: Desk) -> str:
    _ = session.current_words()
    granted = application().store.cycle.late_exceptions(desk.round.id)
    if not granted:
        words = _("Hạn chung là {day}; chưa thư viện nào được gia hạn riêng.")
        return markup.paragraph(words.format(day=session.day(desk.round.closes_on)), "page-remark")
    rows = [
        (
            markup.text(desk.short(library) if library in desk.libraries else library),
            markup.text(session.day(one.last_day)),
            markup.text(one.reason),
            markup.text(one.by),
        )
        for library, one in granted.items()
    ]
    return markup.table([_("Thư viện"), _("Được gửi đến hết ngày"), _("Lý do"), _("Người cho phép")], rows)


def _show_exception(desk: Desk, names: dict[str, str]) -> None:
    _ = session.current_words()
    with st.form("late exception", border=True, enter_to_submit=False):
        first, second = st.columns(2)
        library = first.selectbox(_("Thư viện được gia hạn"), list(names), format_func=names.__getitem__)
        day = second.text_input(
            _("Được gửi đến hết ngày (ngày/tháng/năm)"), placeholder="15/01/2027", key="late.day"
        )
        reason = st.text_input(_("Lý do gia hạn"), max_chars=500, key="late.reason")
        pressed = st.form_submit_button(_("Gia hạn"))
    if pressed:
        who = session.require_person()
        application().store.cycle.grant_late(desk.round.id, library, read_day(day), reason, who)
        st.rerun()
