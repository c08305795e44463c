"""The list of what is left before sending, and the sending itself."""

import streamlit as st

from survey.access import Page, may_submit, require
from survey.errors import SurveyError
from survey.framework import Framework
from survey.response import Response
from survey.rounds import Round
from survey.sending import Lack, Obstacle, find_obstacles
from survey.store import Sending
from survey.translation import Words
from ui import certifying, markup, sections, session
from ui.application import application

MARKS = {Lack.WRONG: ("!", "bad"), Lack.UNEXPLAINED: ("?", "warn"), Lack.NO_EVIDENCE: ("§", "warn")}


def find(round_: Round, framework: Framework, response: Response) -> list[Obstacle]:
    """What the last round, the other libraries and the parts of a merged one give cause to ask, with all else."""
    before = session.response_before(round_, response.library_id)
    against = application().comparison(round_, response.library_id)
    return find_obstacles(framework, response, before.response if before else None, against)


def _titles(_: Words) -> dict[Lack, str]:
    return {
        Lack.WRONG: _("Cần sửa"),
        Lack.UNEXPLAINED: _("Cần xác nhận hoặc nêu lý do"),
        Lack.NO_EVIDENCE: _("Thiếu tài liệu kiểm chứng hoặc giải trình"),
        Lack.UNANSWERED: _("Chưa trả lời (vẫn gửi được, nhưng không có điểm)"),
    }


def show(framework: Framework, found: list[Obstacle]) -> None:
    """One group for each kind of lack; every line leads to its question."""
    _, language = session.current_words(), session.current_language()
    if not found:
        st.html(markup.notice(markup.paragraph(_("Mọi câu đã đầy đủ.")), "good"))
    for lack, title in _titles(_).items():
        group = [obstacle for obstacle in found if obstacle.lack is lack]
        if not group:
            continue
        mark, tone = MARKS.get(lack, ("○", "plain"))
        st.html(f"<h2>{markup.badge(str(len(group)), tone, mark=mark)} {markup.text(title)}</h2>")
        rows = [
            (
                markup.link(
                    f"{obstacle.question_id} · {framework.questions[obstacle.question_id].label.to(language)}",
                    address_of(framework, obstacle.question_id),
                ),
                markup.text(obstacle.message.to(language)),
            )
            for obstacle in group
        ]
        st.html(markup.table([_("Câu hỏi"), _("Việc cần làm")], rows))


def address_of(framework: Framework, question_id: str) -> str:
    """The address of a question's place, as typed by hand or sent in a message."""
    section = sections.section_of(framework, question_id)
    return f"/{Page.ANSWER.value}?{sections.SECTION}={section}&{sections.QUESTION}={question_id}"


def show_sending(round_: Round, found: list[Obstacle]) -> None:
    """The button that sends, or why it waits."""
    _ = session.current_words()
    st.html(f"<h2>{markup.text(_('Gửi phiếu'))}</h2>")
    stopping = sum(obstacle.stops for obstacle in found)
    if stopping:
        words = _(
            "Còn {n} việc phải làm trước khi gửi. Mọi câu trả lời đã được lưu, có thể làm tiếp bất cứ lúc nào."
        )
        st.html(markup.notice(markup.paragraph(words.format(n=stopping)), "warn"))
        return
    who = session.current_person()
    if who.library_id is None or not may_submit(who, who.library_id):
        words = _(
            "Phiếu đã sẵn sàng. Giám đốc thư viện đăng nhập và gửi phiếu; bạn vẫn sửa được tới lúc gửi."
        )
        st.html(markup.notice(markup.paragraph(words), "good"))
        return
    left = sum(obstacle.lack is Lack.UNANSWERED for obstacle in found)
    agreed = True
    if left:
        agreed = st.checkbox(
            _("Tôi biết còn {n} câu chưa trả lời và vẫn gửi phiếu").format(n=left), key="send with gaps"
        )
    sending = certifying.show(round_, who)
    st.caption(_("Sau khi gửi, phiếu được khóa. Có thể thu hồi khi chưa ai bắt đầu thẩm định."))
    if st.button(_("Gửi phiếu"), type="primary", disabled=not agreed or sending is None) and sending:
        _send(round_, sending)


def _send(round_: Round, sending: Sending) -> None:
    who = session.require_person()
    require(who.library_id is not None and may_submit(who, who.library_id))
    assert who.library_id is not None
    framework = application().framework(round_)
    response = session.opened_response(round_, who.library_id, framework)
    found = find(round_, framework, response)
    if any(obstacle.stops for obstacle in found):
        raise SurveyError(
            vi="Chưa gửi được: vừa có câu trả lời thay đổi và còn việc phải làm. Hãy tải lại trang để xem danh sách mới.",
            en="Not sent: an answer has just changed and something is left to do. Reload the page for the new list.",
        )
    certifying.send(round_, who, sending)
    st.rerun()
