"""The receipt of a sending, to read and to print, and the way back while nobody reviews yet."""

import streamlit as st

from survey.access import may_submit, require
from survey.response import Response, ResponseState
from survey.review import Submission
from survey.rounds import Round, RoundState
from survey.text import format_moment
from ui import markup, session
from ui.application import application

SHORT_DIGEST = 16


def show(round_: Round, response: Response) -> None:
    """The newest receipt that holds, with the button to withdraw where that is still possible."""
    sent = application().store.cycle.submissions(round_.id, response.library_id)
    valid = [entry for entry in sent if entry.withdrawn_at is None]
    if valid:
        st.html(_receipt(round_, valid[-1], len(valid)))
    who = session.current_person()
    waits = response.state is ResponseState.SUBMITTED and round_.state is RoundState.OPEN
    if waits and may_submit(who, response.library_id):
        _show_withdrawal(round_, response)


def _receipt(round_: Round, sent: Submission, count: int) -> str:
    _, language = session.current_words(), session.current_language()
    member = next(
        member
        for member in application().members.valid_on(round_.reference_date)
        if member.id == sent.library_id
    )
    pairs = [
        (_("Số biên nhận"), f"<strong>{markup.text(sent.receipt)}</strong>"),
        (_("Thư viện"), markup.text(member.name.to(language))),
        (_("Đợt đánh giá"), markup.text(round_.name)),
        (_("Lần gửi"), markup.text(str(count))),
        (_("Thời điểm gửi"), markup.text(format_moment(sent.at, language))),
        (_("Người gửi"), markup.text(sent.name or sent.by)),
    ]
    if sent.certified:
        pairs.append((_("Xác nhận"), markup.text(sent.certified)))
    if sent.digest:
        pairs.append((_("Mã số liệu"), f"<code>{markup.text(sent.digest[:SHORT_DIGEST])}</code>"))
    return (
        f"<section class='receipt'><h2>{markup.text(_('Biên nhận gửi phiếu'))}</h2>{markup.facts(pairs)}"
        f"{markup.paragraph(_('Có thể in trang này để lưu cùng hồ sơ.'), 'page-remark')}</section>"
    )


def _show_withdrawal(round_: Round, response: Response) -> None:
    _ = session.current_words()
    st.caption(_("Chưa ai bắt đầu thẩm định: giám đốc có thể thu hồi phiếu để sửa, rồi gửi lại trước hạn."))
    with st.container(horizontal=True, vertical_alignment="center"):
        sure = st.checkbox(_("Tôi muốn thu hồi phiếu"), key="sure to withdraw")
        if st.button(_("Thu hồi phiếu"), disabled=not sure):
            who = session.require_person()
            require(may_submit(who, response.library_id))
            application().store.cycle.withdraw(round_.id, response.library_id, who)
            st.rerun()
