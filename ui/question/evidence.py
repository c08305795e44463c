"""Evidence ("tài liệu kiểm chứng") and explanation of one answer, saved field by field."""

from dataclasses import replace

import streamlit as st

from survey.framework import AnyQuestion
from survey.response import Answer, Document
from survey.translation import Words
from ui import markup, papers, session
from ui.question import saving

MOST_DOCUMENTS = 5
FIELDS = ("number", "issued", "issuer", "abstract", "link")


def show_evidence(question: AnyQuestion, answer: Answer) -> None:
    """A part that is drawn only when it is open, since it holds many fields."""
    _ = session.current_words()
    # The title stays as it is: another one would be another part, closed while somebody types in it.
    part = st.expander(
        _("Tài liệu kiểm chứng và giải trình"), key=f"evidence:{question.id}", on_change="rerun"
    )
    if part.open:
        with part:
            _show_documents(question, answer, _)
            _show_upload(question, _)
            st.text_area(
                _("Giải trình (khi chưa có tài liệu, hoặc cần nói thêm)"),
                key=session.start_field(question.id, "explanation", answer.explanation),
                on_change=saving.save_part,
                args=(question, "explanation", _with_explanation),
                height=90,
                max_chars=2000,
            )


def _labels(_: Words) -> dict[str, str]:
    return {
        "number": _("Số hiệu văn bản"),
        "issued": _("Ngày ban hành"),
        "issuer": _("Cơ quan ban hành"),
        "abstract": _("Trích yếu"),
        "link": _("Hoặc đường dẫn"),
    }


def _show_documents(question: AnyQuestion, answer: Answer, _: Words) -> None:
    labels = _labels(_)
    documents = [*answer.evidence, Document()][:MOST_DOCUMENTS]
    for position, document in enumerate(documents):
        st.caption(
            _("Tài liệu {n}").format(n=position + 1)
            if position < len(answer.evidence)
            else _("Thêm tài liệu")
        )
        if document.file:
            _show_file(question, position, document, _)
        first, second = st.columns(3), st.columns(2)
        for name, column in zip(FIELDS, (*first, *second), strict=True):
            part = f"document{position}.{name}"
            column.text_input(
                labels[name],
                key=session.start_field(question.id, part, getattr(document, name)),
                on_change=_save_documents,
                args=(question, len(documents)),
                max_chars=500,
            )


def _show_upload(question: AnyQuestion, _: Words) -> None:
    """The way to the page that takes a file; it comes back to this question."""
    st.html(
        markup.link(_("Tải tệp lên, hoặc dùng lại tệp trong kho"), papers.upload_address(question.id))
        + f" <span class='q-last'>{markup.text(_('PDF, hình hoặc tệp Office, nhiều nhất 10 MB'))}</span>"
    )


def _show_file(question: AnyQuestion, position: int, document: Document, _: Words) -> None:
    held = session.held_response()
    with st.container(horizontal=True, vertical_alignment="center", key=f"file-{question.id}-{position}"):
        st.html(papers.file_link(held.round_id, held.library_id, document))
        st.button(
            _("Bỏ tệp này"),
            key=f"drop:{question.id}:{position}",
            on_click=_drop_file,
            args=(question, document.file),
            type="tertiary",
        )


def _drop_file(question: AnyQuestion, file: str) -> None:
    """Take a file off this answer; it stays on the library's shelf."""
    answer = saving.current(question)
    others = (replace(one, file="", file_name="") if one.file == file else one for one in answer.evidence)
    saving.save(question, replace(answer, evidence=tuple(one for one in others if not one.is_blank)))
    session.forget_fields_beginning(question.id, "document")


def _save_documents(question: AnyQuestion, shown: int) -> None:
    before = (*saving.current(question).evidence, *(Document() for _ in range(shown)))
    given = [
        replace(
            before[k],
            **{name: session.typed(question.id, f"document{k}.{name}").strip() for name in FIELDS},
        )
        for k in range(shown)
    ]
    kept = tuple(document for document in given if not document.is_blank)
    saving.save(question, replace(saving.current(question), evidence=kept))
    if len(kept) < len(given) - 1:
        session.forget_fields_beginning(question.id, "document")


def _with_explanation(answer: Answer, words: str) -> Answer:
    return replace(answer, explanation=words)
