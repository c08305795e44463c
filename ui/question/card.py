"""One question as a card that saves and redraws itself alone."""

import json
from dataclasses import replace

import streamlit as st

from report import labels
from report.round_report import RoundReport
from survey.checks import HARD, Problem, problems_beside
from survey.comparison import Comparison
from survey.entry import as_last_round
from survey.errors import SurveyError
from survey.figures import figures
from survey.framework import AnyQuestion, CountQuestion
from survey.framework.asked import ScoredBase
from survey.response import Answer, AnswerState, Recorded, Response
from ui import markup, progress, session
from ui.question import around, saving
from ui.question.evidence import show_evidence
from ui.question.fields import show_fields


def show_card(
    question: AnyQuestion,
    report: RoundReport,
    before: Response | None,
    before_name: str,
    against: Comparison,
) -> None:
    """Draw the question: what it asks, which stays as it is, and the answer."""
    with st.container(border=True, key=f"card-{question.id}"):
        st.html(_top(question, report))
        _show_answer(question, report, before, before_name, against)


@st.fragment
def _show_answer(
    question: AnyQuestion,
    report: RoundReport,
    before: Response | None,
    before_name: str,
    against: Comparison,
) -> None:
    """Draw the answer; a change in one of its fields reruns this function and nothing else."""
    entry = session.held_response().entry(question.id)
    answer = saving.current(question)
    earlier = before.answer(question.id) if before else None
    shown = session.held_response().with_entry(question.id, replace(entry, answer=answer))
    problems = problems_beside(report.framework, shown, question.id, before, against)
    if answer.state in (AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE):
        _show_reason(question, answer)
    else:
        show_fields(question, answer)
    _show_problems(question, problems)
    _show_trouble(question)
    _show_state(question, answer)
    if isinstance(question, ScoredBase):
        show_evidence(question, answer)
    _show_foot(question, report, entry, earlier, before_name, problems)
    progress.renew(report.framework)


def _top(question: AnyQuestion, report: RoundReport) -> str:
    language = session.current_language()
    parts = [around.heading(question, language, session.day(report.round.reference_date))]
    if isinstance(question, ScoredBase):
        parts.append(
            around.targets_line(report.framework.indicators[question.id], report.framework, language)
        )
    parts.append(around.details(question, report, language))
    return "".join(parts)


def _show_state(question: AnyQuestion, answer: Answer) -> None:
    """Don't know, not applicable, or take the answer back: three things that are not 0."""
    _ = session.current_words()
    choices = [AnswerState.UNKNOWN]
    if getattr(question, "may_not_apply", not isinstance(question, CountQuestion)):
        choices.append(AnswerState.NOT_APPLICABLE)
    if answer.state is AnswerState.ANSWERED and not figures(question):
        choices.append(AnswerState.UNANSWERED)
    chosen = answer.state if answer.state in (AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE) else None
    st.pills(
        _("Trạng thái khác của câu {id}").format(id=question.id),
        options=choices,
        format_func=lambda state: (
            _("Xóa câu trả lời")
            if state is AnswerState.UNANSWERED
            else labels.answer_state(state, session.current_language())
        ),
        key=session.start_field(question.id, "state", chosen),
        on_change=saving.save_state,
        args=(question,),
        label_visibility="collapsed",
    )


def _show_reason(question: AnyQuestion, answer: Answer) -> None:
    _ = session.current_words()
    st.text_input(
        _("Lý do (một câu; người thẩm định sẽ đọc)"),
        key=session.start_field(question.id, "reason", answer.reason),
        on_change=saving.save_part,
        args=(question, "reason", lambda given, words: replace(given, reason=words)),
        max_chars=500,
        placeholder=_("Ví dụ: tỉnh không có thư viện cấp xã")
        if answer.state is AnswerState.NOT_APPLICABLE
        else _("Ví dụ: chưa thống kê riêng, sẽ có vào tháng 12"),
    )


def _show_problems(question: AnyQuestion, problems: list[Problem]) -> None:
    _, language = session.current_words(), session.current_language()
    for problem in problems:
        if problem.severity == HARD:
            tone = "plain" if problem.is_half_given else "bad"
            st.html(markup.notice(markup.paragraph(problem.message.to(language)), tone))
            continue
        st.html(markup.notice(markup.paragraph(problem.message.to(language)), "warn"))
        st.text_input(
            _("Lý do xác nhận"),
            key=session.start_field(question.id, f"confirm.{problem.code}", problem.reason),
            on_change=saving.save_part,
            args=(
                question,
                f"confirm.{problem.code}",
                lambda given, words, code=problem.code: saving.with_confirmation(given, code, words),
            ),
            max_chars=500,
        )


def _show_trouble(question: AnyQuestion) -> None:
    """A save that failed, or somebody else's newer answer."""
    _, language = session.current_words(), session.current_language()
    failure = session.noted(question.id, "failure")
    if isinstance(failure, SurveyError):
        link = (
            f"<a href='/dang-nhap' target='_blank' data-signed-out>"
            f"{markup.text(_('Đăng nhập lại ở thẻ mới'))}</a>"
        )
        body = markup.paragraph(failure.to(language)) + (link if failure is saving.SIGNED_OUT else "")
        st.html(markup.notice(body, "bad"))
        st.button(
            _("Lưu lại"),
            key=f"again:{question.id}",
            on_click=saving.try_again,
            args=(question,),
            type="primary",
        )
    conflict = session.noted(question.id, "conflict")
    if isinstance(conflict, saving.Conflict):
        _show_conflict(question, conflict)


def _show_conflict(question: AnyQuestion, conflict: saving.Conflict) -> None:
    _, language = session.current_words(), session.current_language()
    mine = labels.answer_in_full(question, conflict.mine, language)
    theirs = labels.answer_in_full(question, conflict.current.answer, language)
    who = _("{name} vừa lưu một câu trả lời khác trong lúc bạn nhập. Chưa ghi đè: hãy chọn một.").format(
        name=conflict.current.saved_by
    )
    st.html(
        markup.notice(
            markup.paragraph(who)
            + markup.facts([(_("Của bạn"), markup.text(mine)), (_("Đang được lưu"), markup.text(theirs))]),
            "warn",
        )
    )
    with st.container(horizontal=True):
        st.button(
            _("Dùng câu trả lời của tôi"),
            key=f"mine:{question.id}",
            on_click=saving.keep_mine,
            args=(question, conflict),
            type="primary",
        )
        st.button(
            _("Giữ câu trả lời đang lưu"),
            key=f"theirs:{question.id}",
            on_click=saving.take_theirs,
            args=(question, conflict),
        )


def _show_foot(
    question: AnyQuestion,
    report: RoundReport,
    entry: Recorded,
    earlier: Answer | None,
    before_name: str,
    problems: list[Problem],
) -> None:
    _, language = session.current_words(), session.current_language()
    answer = saving.current(question)
    wrong = any(problem.severity == HARD for problem in problems)
    earned = "" if wrong else around.points(question, answer, report.framework, language)
    failed = session.noted(question.id, "failure") or session.noted(question.id, "conflict")
    saved = (
        markup.badge(_("Chưa lưu"), "bad", mark="!")
        if failed
        else around.saved_line(entry, session.today(), language, problems)
    )
    last = around.last_round(question, earlier, before_name, language)
    with st.container(horizontal=True, vertical_alignment="center", key=f"foot-{question.id}"):
        received = markup.text(_without_tags(session.received(question.id)))
        st.html(
            f"<div class='q-foot' data-received='{received}'>"
            f"{saved}{earned}{around.papers(answer, language)}{last}</div>"
        )
        usable = earlier is not None and earlier.state is not AnswerState.UNANSWERED
        if usable and earlier is not None and not earlier.same_figures(answer):
            st.button(
                _("Giữ như kỳ trước"),
                key=f"keep:{question.id}",
                on_click=saving.save_whole,
                args=(question, as_last_round(earlier, answer)),
            )


def _without_tags(received: dict[str, tuple[str, str]]) -> str:
    """As JSON; an attribute in which tags seem to end would be taken out on its way to the page."""
    said = json.dumps(received, ensure_ascii=False)
    return said.replace("<", "\\u003c").replace(">", "\\u003e")
