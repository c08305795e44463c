"""Accept a whole response, or return it with a remark."""

import streamlit as st

from report.round_report import RoundReport
from survey.access import may_review, require
from survey.response import Response, ResponseState
from survey.rounds import RoundState
from ui import markup, session
from ui.application import application

WAITING = (ResponseState.SUBMITTED, ResponseState.UNDER_REVIEW)


def show_decision(report: RoundReport, response: Response) -> None:
    """The two decisions, where the response waits for one."""
    _ = session.current_words()
    if report.round.state not in (RoundState.OPEN, RoundState.CLOSED):
        return
    if response.editable:
        st.html(
            markup.notice(markup.paragraph(_("Thư viện đang làm phiếu này; chưa thể duyệt hoặc trả lại.")))
        )
        return
    remark = st.text_area(
        _("Ý kiến gửi thư viện (bắt buộc khi trả lại)"), key="remark", max_chars=2000, height=90
    )
    with st.container(horizontal=True):
        if response.state in WAITING and st.button(_("Duyệt phiếu"), type="primary"):
            _decide(response, ResponseState.ACCEPTED, remark)
        if st.button(_("Trả lại để chỉnh sửa, bổ sung")):
            _decide(response, ResponseState.RETURNED, remark)


def _decide(response: Response, to: ResponseState, remark: str) -> None:
    who = session.current_person()
    require(may_review(who))
    application().store.answers.review(response.round_id, response.library_id, to, remark, by=who.login)
    st.rerun()
