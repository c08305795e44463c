"""A response to read and to print: every question with its answer, and no fields."""

import streamlit as st

from report import check_words, labels
from report.round_report import RoundReport
from survey.framework import Framework
from survey.response import Response
from survey.text import format_moment
from ui import markup, papers, sections, session


def show(report: RoundReport, response: Response) -> None:
    """The whole response, section by section."""
    _, language = session.current_words(), session.current_language()
    state = labels.response_state(response, language)
    sent = format_moment(response.submitted_at, language) if response.submitted_at else ""
    st.html(
        markup.notice(
            f"<strong>{markup.text(state)}</strong> "
            + markup.text(_("{moment}. Phiếu đã khóa; có thể đọc và in.").format(moment=sent)),
            "good",
        )
    )
    st.html(
        "".join(_section(report.framework, response, section) for section in sections.names(report.framework))
    )


def _section(framework: Framework, response: Response, section: str) -> str:
    _, language = session.current_words(), session.current_language()
    rows = []
    for question in sections.questions(framework, section):
        answer = response.answer(question.id)
        beside = [papers.cited(document, response) for document in answer.evidence]
        beside += [
            markup.text(said.format(words=words))
            for said, words in (
                (_("Lý do: {words}"), answer.reason),
                (_("Giải trình: {words}"), answer.explanation),
            )
            if words
        ]
        beside += map(markup.text, check_words.confirmed(answer, language))
        rows.append(
            (
                markup.text(question.id),
                markup.text(question.label.to(language)),
                markup.text(labels.answer_in_full(question, answer, language)),
                "<br>".join(beside),
            )
        )
    return f"<h2>{markup.text(f'{section} · {sections.names(framework)[section]}')}</h2>" + markup.table(
        [_("Mã"), _("Chỉ số"), _("Câu trả lời"), _("Tài liệu kiểm chứng, lý do, giải trình")], rows
    )
