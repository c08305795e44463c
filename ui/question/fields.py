"""The fields of a question, by its kind; each saves itself when it is left or chosen."""

from collections.abc import Callable

import streamlit as st

from survey.figures import Figure, figures
from survey.framework import (
    AnyQuestion,
    ChecklistIndicator,
    ChoiceQuestion,
    CountQuestion,
    LevelIndicator,
    NumberIndicator,
    RatioIndicator,
    WordsQuestion,
    YesNoIndicator,
    YesNoQuestion,
)
from survey.response import Answer, AnswerState
from survey.text import Language, format_number
from ui import session
from ui.question import saving

MOST_WORDS = 4000


def show_fields(question: AnyQuestion, answer: Answer) -> None:
    """Draw the fields with what is stored or was typed."""
    _FIELDS[type(question)](question, answer)


def _figures(question: AnyQuestion, answer: Answer) -> None:
    language = session.current_language()
    asked = figures(question)
    columns = st.columns(len(asked)) if len(asked) > 1 else [st.container(width=340)]
    for figure, column in zip(asked, columns, strict=True):
        key = session.start_field(question.id, figure.field, _typed(figure, answer, language))
        column.text_input(
            f"{figure.label.to(language)} ({figure.unit.to(language)})",
            key=key,
            on_change=saving.save_typed,
            args=(question,),
            autocomplete="off",
            max_chars=40,
        )


def _typed(figure: Figure, answer: Answer, language: Language) -> str:
    """What stands in a field: the unreadable text as typed, else the figure as the language writes it."""
    if figure.field in answer.typed:
        return answer.typed[figure.field]
    value: float | None = getattr(answer, figure.field)
    return "" if value is None else format_number(value, language, decimals=6)


def _level(question: AnyQuestion, answer: Answer) -> None:
    assert isinstance(question, LevelIndicator)
    _, language = session.current_words(), session.current_language()
    key = session.start_field(question.id, "value", None if answer.value is None else int(answer.value))
    st.radio(
        _("Chọn mức cao nhất mà mọi điều ghi ở mức đó đều đúng"),
        options=list(question.levels),
        format_func=lambda level: f"**{_('Mức')} {level}.** {question.levels[level].to(language)}",
        key=key,
        on_change=saving.save_choice,
        args=(question,),
    )


def _yes_no(question: AnyQuestion, answer: Answer) -> None:
    _ = session.current_words()
    key = session.start_field(question.id, "value", None if answer.value is None else int(answer.value))
    st.segmented_control(
        question.question.to(session.current_language()),
        options=[1, 0],
        format_func=lambda value: _("Có") if value else _("Không"),
        key=key,
        on_change=saving.save_choice,
        args=(question,),
        label_visibility="collapsed",
    )


def _items(question: AnyQuestion, answer: Answer) -> None:
    assert isinstance(question, ChecklistIndicator | ChoiceQuestion)
    _, language = session.current_words(), session.current_language()
    ids = tuple(item.id for item in question.items)
    st.caption(
        _("Đánh dấu mỗi nội dung đang có")
        if isinstance(question, ChecklistIndicator)
        else _("Chọn mọi mục đúng")
    )
    for item in question.items:
        st.checkbox(
            item.label.to(language),
            key=session.start_field(question.id, item.id, item.id in answer.items),
            on_change=saving.save_items,
            args=(question, ids),
        )
    if isinstance(question, ChecklistIndicator) and answer.state is AnswerState.UNANSWERED:
        st.button(
            _("Chưa có nội dung nào"),
            key=f"none:{question.id}",
            on_click=saving.save_none_met,
            args=(question,),
            type="tertiary",
        )
    if isinstance(question, ChoiceQuestion) and question.note is not None:
        st.text_input(
            question.note.to(language),
            key=session.start_field(question.id, "words", answer.words),
            on_change=saving.save_words,
            args=(question,),
            max_chars=MOST_WORDS,
        )


def _words(question: AnyQuestion, answer: Answer) -> None:
    st.text_area(
        question.label.to(session.current_language()),
        key=session.start_field(question.id, "words", answer.words),
        on_change=saving.save_words,
        args=(question,),
        max_chars=MOST_WORDS,
        height=140,
        label_visibility="collapsed",
    )


_FIELDS: dict[type, Callable[[AnyQuestion, Answer], None]] = {
    RatioIndicator: _figures,
    NumberIndicator: _figures,
    CountQuestion: _figures,
    LevelIndicator: _level,
    YesNoIndicator: _yes_no,
    YesNoQuestion: _yes_no,
    ChecklistIndicator: _items,
    ChoiceQuestion: _items,
    WordsQuestion: _words,
}
