"""The two ways through the queue: one library section by section, or one question across libraries."""

import streamlit as st

from survey.errors import SurveyError
from survey.framework import AnyIndicator
from survey.response import Answer, AnswerState, ResponseState
from survey.workflow import Action, Capacity, may
from ui import addressed, markup, session
from ui.application import application
from ui.appraisal import queue, row
from ui.appraisal.desk import LIBRARY, QUESTION, SECTION, Desk


def show_by_library(desk: Desk) -> None:
    """One library: its sections, and at the end returning what was asked for."""
    _, language = session.current_words(), session.current_language()
    ready = [name for name in desk.libraries if desk.response(name).state is not ResponseState.DRAFT]
    if not ready:
        st.html(markup.notice(markup.paragraph(_("Chưa thư viện nào gửi phiếu."))))
        return
    named = st.query_params.get(LIBRARY, "")
    library = named if named in ready else _first_waiting(desk, ready)
    first, second = st.columns([2, 5], vertical_alignment="bottom")
    with first:
        addressed.select(_("Thư viện"), {name: desk.short(name) for name in ready}, library, LIBRARY)
    dimensions = desk.report.framework.dimensions
    with second:
        section = addressed.segments(
            _("Trụ cột"), {one.id: f"{one.id} · {one.short.to(language)}" for one in dimensions}, SECTION
        )
    _show_standing(desk, library)
    for indicator in next(one.indicators for one in dimensions if one.id == section):
        title = f"{indicator.id} · {indicator.label.to(language)}"
        row.show(_place(desk, library, indicator, title))
    _show_return(desk, library)


def show_by_question(desk: Desk) -> None:
    """One question: all libraries side by side, which is how different readings are found."""
    _, language = session.current_words(), session.current_language()
    indicators = desk.report.framework.indicators
    named = st.query_params.get(QUESTION, "")
    name = named if named in indicators else next(iter(indicators))
    labels = {key: f"{key} · {one.label.to(language)}" for key, one in indicators.items()}
    addressed.select(_("Chỉ số"), labels, name, QUESTION)
    indicator = indicators[name]
    st.html(
        markup.paragraph(indicator.question.to(language), "q-question")
        + markup.fold(_("Cách hiểu"), markup.paragraph(indicator.help.to(language)))
    )
    shown = [one for one in desk.libraries if desk.response(one).state is not ResponseState.DRAFT]
    for library in shown:
        row.show(_place(desk, library, indicator, desk.short(library)))
    left = len(desk.libraries) - len(shown)
    if left:
        st.caption(_("{n} thư viện chưa gửi phiếu.").format(n=left))


def _first_waiting(desk: Desk, ready: list[str]) -> str:
    return next((name for name in ready if desk.takes_decisions(name)), ready[0])


def _place(desk: Desk, library: str, indicator: AnyIndicator, title: str) -> row.Place:
    return row.Place(
        desk.report,
        library,
        indicator,
        title,
        _before(desk, library, indicator.id),
        desk.takes_decisions(library),
    )


def _before(desk: Desk, library: str, question_id: str) -> Answer | None:
    before = session.response_before(desk.round, library)
    answer = before.response.answer(question_id) if before else None
    return None if answer is None or answer.state is AnswerState.UNANSWERED else answer


def _show_standing(desk: Desk, library: str) -> None:
    """Why nothing can be decided, where that is so."""
    _ = session.current_words()
    if desk.takes_decisions(library):
        asked = desk.report.framework.indicators
        done = sum(queue.is_settled(desk, library, name) for name in asked)
        words = _("{done}/{asked} chỉ số đã thẩm định").format(done=done, asked=len(asked))
        st.html(markup.meter(done / len(asked), words, style="whole"))
    elif desk.response(library).state is ResponseState.RETURNED:
        words = _(
            "Phiếu đang ở thư viện để chỉnh sửa, bổ sung; ý kiến mới ghi được sau khi thư viện gửi lại."
        )
        st.html(markup.notice(markup.paragraph(words), "warn"))
    else:
        st.html(markup.notice(markup.paragraph(_("Phiếu đã duyệt; không ghi thêm ý kiến.")), "good"))


@st.fragment
def _show_return(desk: Desk, library: str) -> None:
    """Give the response back, open at the indicators that were asked for."""
    _, language = session.current_words(), session.current_language()
    capacity = Capacity.CHAIR if desk.is_chair else Capacity.REVIEWER
    cycle = application().store.cycle
    state = application().store.answers.response(desk.round.id, library).state
    if not may(Action.RETURN, state, capacity, desk.round.state) or state is ResponseState.ACCEPTED:
        return
    asked = cycle.file(desk.round.id, library).asked_for_more
    st.html(f"<h2>{markup.text(_('Trả lại thư viện'))}</h2>")
    if not asked:
        st.caption(_("Chưa chỉ số nào được yêu cầu bổ sung, nên chưa có gì để trả lại."))
        return
    names = ", ".join(name for name in desk.report.framework.indicators if name in asked)
    st.caption(_("Chỉ những chỉ số này được mở để sửa: {names}.").format(names=names))
    st.text_area(
        _("Lời nhắn chung (không bắt buộc)"),
        key=session.start_field(f"return/{library}", "words", ""),
        height=80,
        max_chars=2000,
    )
    failure = session.noted(library, "return")
    if isinstance(failure, SurveyError):
        st.html(markup.notice(markup.paragraph(failure.to(language)), "bad"))
    if st.button(_("Trả lại {n} chỉ số để bổ sung").format(n=len(asked)), type="primary"):
        session.note(library, "return", None)
        try:
            words = str(session.field(f"return/{library}", "words") or "")
            cycle.return_(desk.round.id, library, session.require_person(), words)
        except SurveyError as error:
            session.note(library, "return", error)
            st.rerun(scope="fragment")
        st.rerun()
