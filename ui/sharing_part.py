"""The library's own people tell the others how they work, and may take it back at once."""

import streamlit as st

from report.round_report import RoundReport
from survey.access import Person, may_share, require
from survey.errors import SurveyError
from survey.practice import LONGEST, Practice
from survey.text import format_moment
from ui import markup, session
from ui.application import application

SAID = "practice said"


def show(person: Person, report: RoundReport, library: str) -> None:
    """The form and what is shared already, for the library's own people alone."""
    if not may_share(person, library):
        return
    _ = session.current_words()
    held = {
        one.question_id: one
        for one in application().store.practices.of_round(report.round.id)
        if one.library_id == library
    }
    st.html(
        markup.heading(_("Chia sẻ cách làm"))
        + markup.paragraph(
            _(
                "Kể cho các thư viện thành viên biết mình đã làm thế nào. Chủ tịch Liên hiệp thấy ngay, các thư viện khác "
                "thấy sau khi công bố; rút lại lúc nào cũng được và có hiệu lực ngay."
            )
        )
    )
    said = session.taken(SAID)
    if said is not None:
        st.html(markup.notice(markup.paragraph(str(said)), "good"))
    for practice in held.values():
        _show_held(report, practice)
    with st.expander(_("Viết hoặc sửa một cách làm")):
        _show_form(report, library, held)


def _show_held(report: RoundReport, practice: Practice) -> None:
    _, language = session.current_words(), session.current_language()
    label = report.framework.indicators[practice.question_id].label.to(language)
    papers = _("cho mở tài liệu kiểm chứng") if practice.evidence else _("không cho mở tài liệu kiểm chứng")
    moment = format_moment(practice.shared_at, language)
    st.html(
        f"<div class='post'><strong>{markup.text(practice.question_id)}</strong> {markup.text(label)} "
        f"<span class='post-head'>{markup.text(f'{moment} · {papers}')}</span>"
        f"{markup.paragraph(practice.words)}</div>"
    )
    if st.button(
        _("Rút lại cách làm câu {id}").format(id=practice.question_id),
        key=f"practice.withdraw.{practice.question_id}",
    ):
        who = session.require_person()
        require(may_share(who, practice.library_id))
        application().store.practices.withdraw(practice, by=who.login)
        session.leave(SAID, _("Đã rút lại. Không ai ngoài thư viện còn xem được cách làm này."))
        st.rerun()


def _show_form(report: RoundReport, library: str, held: dict[str, Practice]) -> None:
    _, language = session.current_words(), session.current_language()
    response = report.responses[library]
    names = {
        name: f"{name} {one.label.to(language)}"
        for name, one in report.framework.indicators.items()
        if response.entry(name).revision
    }
    if not names:
        st.html(markup.paragraph(_("Thư viện chưa trả lời chỉ số nào trong đợt này.")))
        return
    chosen = st.selectbox(_("Chỉ số"), list(names), format_func=names.__getitem__, key="practice.indicator")
    before = held.get(chosen)
    with st.form(f"practice {chosen}", border=False, enter_to_submit=False):
        words = st.text_area(
            _("Thư viện đã làm thế nào (tối đa 2.000 ký tự)"),
            value=before.words if before else "",
            max_chars=LONGEST,
            height=160,
            key=f"practice.words.{chosen}",
        )
        evidence = st.checkbox(
            _("Cho người của các thư viện thành viên mở tài liệu kiểm chứng của câu này"),
            value=before.evidence if before else False,
            key=f"practice.evidence.{chosen}",
        )
        pressed = st.form_submit_button(_("Chia sẻ"), type="primary")
    if pressed:
        _share(report, library, chosen, words, evidence=evidence)


def _share(report: RoundReport, library: str, question: str, words: str, *, evidence: bool) -> None:
    _, who, app = session.current_words(), session.require_person(), application()
    require(may_share(who, library))
    practice = Practice(report.round.id, library, question, words, evidence, who.login, app.clock())
    try:
        app.store.practices.share(practice)
    except SurveyError as error:
        st.html(markup.notice(markup.paragraph(error.to(session.current_language())), "bad"))
        return
    session.leave(SAID, _("Đã chia sẻ cách làm câu {id}.").format(id=question))
    st.rerun()
