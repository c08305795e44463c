"""The chair's decisions about a whole response: accept, return, reopen."""

import streamlit as st

from report.round_report import RoundReport
from survey.access import may_review, require
from survey.response import Response, ResponseState
from survey.rounds import RoundState
from survey.workflow import Action, states_for
from ui import markup, session
from ui.application import application


def show_decision(report: RoundReport, response: Response) -> None:
    """What the chair may do now, where the response waits for something."""
    _ = session.current_words()
    if report.round.state not in (RoundState.OPEN, RoundState.CLOSED):
        return
    if response.editable:
        st.html(
            markup.notice(markup.paragraph(_("Thư viện đang làm phiếu này; chưa thể duyệt hoặc trả lại.")))
        )
        return
    file = application().store.cycle.file(response.round_id, response.library_id)
    remark = st.text_area(
        _("Ý kiến gửi thư viện (bắt buộc khi trả lại)"), key="remark", max_chars=2000, height=90
    )
    rest_met = True
    if file.decisions and response.state in states_for(Action.ACCEPT):
        rest_met = st.checkbox(_("Khi duyệt, coi những chỉ số chưa có ý kiến thẩm định là đạt"))
    with st.container(horizontal=True):
        if response.state in states_for(Action.ACCEPT) and st.button(_("Duyệt phiếu"), type="primary"):
            _accept(response, remark, rest_met=rest_met, as_a_whole=not file.decisions)
        if response.state is ResponseState.ACCEPTED and st.button(_("Mở lại để thẩm định")):
            who = session.require_person()
            require(may_review(who))
            application().store.cycle.reopen(response.round_id, response.library_id, who)
            st.rerun()
        asked = len(file.asked_for_more)
        if asked and st.button(_("Trả lại {n} chỉ số để bổ sung").format(n=asked)):
            _return(response, remark, everything=False)
        if st.button(_("Trả lại để chỉnh sửa, bổ sung")):
            _return(response, remark, everything=True)


def _accept(response: Response, remark: str, *, rest_met: bool, as_a_whole: bool) -> None:
    who = session.require_person()
    require(may_review(who))
    store = application().store
    if as_a_whole:
        store.answers.review(
            response.round_id, response.library_id, ResponseState.ACCEPTED, remark, by=who.login
        )
    else:
        store.cycle.accept(response.round_id, response.library_id, who, rest_met=rest_met)
    st.rerun()


def _return(response: Response, remark: str, *, everything: bool) -> None:
    who = session.require_person()
    require(may_review(who))
    application().store.cycle.return_(
        response.round_id, response.library_id, who, remark, everything=everything
    )
    st.rerun()
