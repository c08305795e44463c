"""The sections of the questionnaire: choosing one, its questions, and going on to the next."""

import streamlit as st

from survey.access import Page
from survey.framework import AnyQuestion, Framework
from ui import addressed, session

SECTION = "muc"
QUESTION = "cau"


def names(framework: Framework) -> dict[str, str]:
    """Section ids with their names: the dimensions, then the information section."""
    language = session.current_language()
    found = {dimension.id: dimension.short.to(language) for dimension in framework.dimensions}
    if framework.information.questions:
        found[framework.information.id] = framework.information.short.to(language)
    return found


def choose(framework: Framework) -> str:
    """The section in the address, changed by the person; the first where the address names none."""
    _ = session.current_words()
    known = names(framework)
    return addressed.segments(
        _("Mục"),
        {section: f"{section} · {name}" for section, name in known.items()},
        SECTION,
        label_shown=False,
    )


def show_advice() -> None:
    """What a person must know once, not at every question."""
    _ = session.current_words()
    st.caption(
        _(
            "Mỗi câu được lưu ngay khi rời ô nhập. Số 0 là một câu trả lời; nếu không biết, hãy chọn "
            "«Không có số liệu»; nếu không có đối tượng, hãy chọn «Không áp dụng»."
        )
    )


def questions(framework: Framework, section: str) -> tuple[AnyQuestion, ...]:
    for dimension in framework.dimensions:
        if dimension.id == section:
            return dimension.indicators
    return framework.information.questions


def section_of(framework: Framework, question_id: str) -> str:
    dimension = framework.dimension_of.get(question_id)
    return dimension.id if dimension else framework.information.id


def link_to(framework: Framework, question_id: str) -> dict[str, str]:
    """The address parameters of a question's place."""
    return {SECTION: section_of(framework, question_id), QUESTION: question_id}


def show_next(framework: Framework, section: str) -> None:
    """The way on: the next section, or checking and sending after the last."""
    _ = session.current_words()
    known = list(names(framework))
    position = known.index(section)
    with st.container(horizontal=True, horizontal_alignment="right"):
        if position + 1 < len(known):
            following = known[position + 1]
            st.page_link(
                session.page(Page.ANSWER),
                label=_("Mục tiếp theo: {name}").format(name=names(framework)[following]),
                query_params={SECTION: following},
            )
        else:
            st.page_link(session.page(Page.CHECK), label=_("Kiểm tra và gửi"))


def scroll_to_question() -> None:
    """Bring the question named in the address into view, once."""
    wanted = st.query_params.get(QUESTION)
    if wanted and wanted.replace(".", "").isalnum():
        # The script beside the page goes there: no page may carry scripts of its own.
        st.html(f"<span class='go-to' data-go-to='cau-{wanted}' hidden></span>")
        del st.query_params[QUESTION]
