"""The library's side of the review: which questions are open again, why, and a place to explain."""

import streamlit as st

from report import labels
from survey.access import may_answer, require
from survey.errors import SurveyError
from survey.framework import AnyQuestion, Framework
from survey.response import Response, ResponseState
from survey.review import ReviewFile
from survey.rounds import Round
from survey.workflow import TAKES_REPLIES
from ui import markup, obstacles, session, thread
from ui.application import application

MOST_WORDS = 2000


def show_opened(framework: Framework, response: Response, file: ReviewFile) -> None:
    """Above a returned response: the questions that may be changed, each with its way there."""
    if response.state is not ResponseState.RETURNED or response.opened is None:
        return
    _, language = session.current_words(), session.current_language()
    rows = []
    for name in (name for name in framework.questions if name in response.opened):
        decision = file.decision(name)
        label = f"{name} · {framework.questions[name].label.to(language)}"
        rows.append(
            (
                markup.link(label, obstacles.address_of(framework, name)),
                markup.text(thread.reason_words(decision) if decision else ""),
                thread.state_badge(file, name),
            )
        )
    title = _("{n} câu đang mở để sửa; các câu khác đã khóa").format(n=len(rows))
    st.html(f"<h2>{markup.text(title)}</h2>" + markup.table([_("Câu hỏi"), _("Lý do"), _("Trao đổi")], rows))


def show_beside(round_: Round, question: AnyQuestion, response: Response, file: ReviewFile) -> None:
    """Above the card of a question: what the reviewer wrote, and a folded place to reply."""
    said = thread.show(question, file)
    if not said:
        return
    st.html(said)
    if file.thread(question.id) in TAKES_REPLIES:
        _show_reply(round_, response.library_id, question.id)


@st.fragment
def _show_reply(round_: Round, library_id: str, question_id: str) -> None:
    _ = session.current_words()
    part = st.expander(
        _("Giải trình câu {id}").format(id=question_id), key=f"reply:{question_id}", on_change="rerun"
    )
    if part.open:
        with part:
            _show_box(round_, library_id, question_id)


def _show_box(round_: Round, library_id: str, question_id: str) -> None:
    _, language = session.current_words(), session.current_language()
    st.text_area(
        _("Nội dung giải trình"),
        key=session.start_field(f"reply/{question_id}", "words", ""),
        height=90,
        max_chars=MOST_WORDS,
    )
    failure = session.noted(question_id, "reply")
    if isinstance(failure, SurveyError):
        st.html(markup.notice(markup.paragraph(failure.to(language)), "bad"))
    if st.button(_("Gửi giải trình"), key=f"send reply:{question_id}"):
        _send(round_, library_id, question_id)


def _send(round_: Round, library_id: str, question_id: str) -> None:
    words = str(session.field(f"reply/{question_id}", "words") or "")
    session.note(question_id, "reply", None)
    try:
        who = session.require_person()
        require(may_answer(who, library_id))
        application().store.cycle.reply(round_.id, library_id, question_id, words, who)
    except SurveyError as error:
        session.note(question_id, "reply", error)
        st.rerun(scope="fragment")
    session.forget_fields(f"reply/{question_id}")
    st.rerun()


def show_locked(question: AnyQuestion, response: Response) -> None:
    """A question of a returned response that takes no changes."""
    _, language = session.current_words(), session.current_language()
    answer = labels.answer_text(question, response.answer(question.id), language)
    st.html(
        f"<div class='locked-question' id='cau-{markup.text(question.id)}'>"
        f"<span class='q-id'>{markup.text(question.id)}</span> {markup.text(question.label.to(language))}"
        f"<br><strong>{markup.text(answer)}</strong> {markup.badge(_('Đã khóa'), 'quiet', mark='■')}</div>"
    )


def show(round_: Round, framework: Framework, response: Response) -> None:
    """While the response is with the reviewers: every decision so far, and one place to reply."""
    file = application().store.cycle.file(round_.id, response.library_id)
    decided = [name for name in framework.questions if file.decision(name) is not None]
    if not decided:
        return
    _ = session.current_words()
    title = _("Ý kiến thẩm định: {n} chỉ số").format(n=len(decided))
    with_words = [name for name in decided if name in file.posts]
    st.html(f"<h2>{markup.text(title)}</h2>")
    for name in with_words:
        question = framework.questions[name]
        label = f"{name} · {question.label.to(session.current_language())}"
        st.html(f"<p class='thread-title'>{markup.text(label)}</p>{thread.show(question, file)}")
        if file.thread(name) in TAKES_REPLIES and response.state is not ResponseState.ACCEPTED:
            _show_reply(round_, response.library_id, name)
    met = [name for name in decided if name not in file.posts]
    if met:
        words = _("Đạt, không có ý kiến thêm: {names}").format(names=", ".join(met))
        st.html(markup.paragraph(words, "page-remark"))
