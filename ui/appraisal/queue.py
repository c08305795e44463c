"""The queue: how far the review of each library has come, and what waits for the reviewer."""

import streamlit as st

from report import labels
from survey.access import Page, Person
from survey.response import ResponseState
from survey.review import ThreadState
from ui import markup, progress_table, session
from ui.appraisal.desk import LIBRARY, ROUND, Desk, open_desk


def show_for_reviewer(person: Person) -> None:
    """The first page of a reviewer: the libraries, and one next step."""
    _ = session.current_words()
    desk = open_desk(person)
    if desk is None:
        show_empty()
        return
    show(desk)
    with st.container(border=True, key="next-step"):
        waiting = sum(desk.takes_decisions(library) for library in desk.libraries)
        words = _("{n} phiếu đang chờ thẩm định.").format(n=waiting)
        st.html(f"<p class='next-step'>{markup.text(words)}</p>")
        st.page_link(session.page(Page.APPRAISAL), label=_("Mở bàn thẩm định"))


def show_empty() -> None:
    _ = session.current_words()
    words = _("Bạn chưa được phân công thẩm định thư viện nào. Chủ tịch Liên hiệp phân công theo từng đợt.")
    st.html(markup.notice(markup.paragraph(words)))


def show(desk: Desk) -> None:
    """One line for each library of the desk."""
    _ = session.current_words()
    head = [
        _("Thư viện"),
        _("Trạng thái"),
        _("Đã thẩm định"),
        _("Yêu cầu bổ sung"),
        _("Chờ bạn xem giải trình"),
    ]
    st.html(f"<h2>{markup.text(desk.round.name)}</h2>")
    st.html(markup.table(head, [_row(desk, library) for library in desk.libraries], numeric=(3, 4)))


def _row(desk: Desk, library: str) -> tuple[str, ...]:
    _, language = session.current_words(), session.current_language()
    response, file = desk.response(library), desk.file(library)
    asked = len(desk.report.framework.indicators)
    done = sum(is_settled(desk, library, name) for name in desk.report.framework.indicators)
    answered = sum(file.thread(name) is ThreadState.ANSWERED for name in file.posts)
    address = f"/{Page.APPRAISAL.value}?{ROUND}={desk.round.id}&{LIBRARY}={library}"
    name = desk.short(library)
    return (
        markup.link(name, address) if response.state is not ResponseState.DRAFT else markup.text(name),
        markup.badge(labels.response_state(response, language), progress_table.TONES[response.state]),
        markup.meter(done / asked, _("{done}/{asked} chỉ số").format(done=done, asked=asked)),
        markup.text(str(len(file.asked_for_more))),
        markup.text(str(answered)),
    )


def is_settled(desk: Desk, library: str, question_id: str) -> bool:
    """Whether a decision holds for the answer as it stands now."""
    decision = desk.file(library).decision(question_id)
    return decision is not None and decision.revision == desk.response(library).entry(question_id).revision
