"""The one question whose answer is being changed: chosen from a list by points still to gain."""

import streamlit as st

from report import labels
from report.tables import what_if
from survey.figures import figures
from survey.framework import AnyIndicator, ChecklistIndicator, LevelIndicator, YesNoIndicator
from survey.text import format_fixed, format_number
from ui import markup, session, sources
from ui.question import around
from ui.what_if.trial import Trial


def show(trial: Trial) -> None:
    """The list, and the fields of the question that is chosen in it."""
    _ = session.current_words()
    names = _by_gain(trial)
    st.selectbox(
        _("Chỉ số muốn thử (xếp theo điểm còn lấy được)"),
        list(names),
        format_func=lambda name: names[name],
        key=session.start_field(trial.fields(""), "chosen", next(iter(names))),
    )
    question = trial.report.framework.indicators[str(session.field(trial.fields(""), "chosen"))]
    with st.container(border=True, key=f"tried-{question.id}"):
        _show_question(trial, question)


def _by_gain(trial: Trial) -> dict[str, str]:
    """Every indicator that applies, the one with most points still to gain first."""
    _, language = session.current_words(), session.current_language()
    frame = what_if.by_gain(trial.report, language=language)
    told = _("{id} · {label} (còn {points} điểm)")
    return {
        row["indicator"]: told.format(
            id=row["indicator"], label=row["label"], points=format_fixed(row["missing"], language)
        )
        for row in frame.to_dict("records")
    }


def _show_question(trial: Trial, question: AnyIndicator) -> None:
    _, language = session.current_words(), session.current_language()
    today = labels.answer_text(question, trial.today(question.id), language)
    st.html(
        f"<p class='tried-question'>{markup.text(question.question.to(language))}</p>"
        + around.targets_line(question, trial.report.framework, language)
        + markup.link(_("Chỉ tiêu từ đâu"), sources.register_address(question.id))
        + markup.paragraph(_("Hôm nay: {answer}").format(answer=today), "q-last")
    )
    _show_fields(trial, question)
    fault = trial.fault(question.id)
    if fault is not None:
        kept = _("Kết quả bên cạnh vẫn theo giá trị đúng gần nhất.")
        st.html(markup.notice(markup.paragraph(f"{fault.to(language)} {kept}"), "bad"))
    st.html(around.points(question, trial.now(question.id), trial.report.framework, language))
    if question.id in trial.changes or fault is not None:
        st.button(
            _("Về câu trả lời hôm nay"),
            key=f"drop:{trial.fields(question.id)}",
            on_click=trial.drop,
            args=(question.id,),
            type="tertiary",
        )


def _show_fields(trial: Trial, question: AnyIndicator) -> None:
    if isinstance(question, LevelIndicator):
        _level(trial, question)
    elif isinstance(question, YesNoIndicator):
        _yes_no(trial, question)
    elif isinstance(question, ChecklistIndicator):
        _items(trial, question)
    else:
        _figures(trial, question)


def _figures(trial: Trial, question: AnyIndicator) -> None:
    language, now = session.current_language(), trial.now(question.id)
    for figure in figures(question):
        value = figure.of(now)
        shown = "" if value is None else format_number(value, language, decimals=6)
        st.text_input(
            f"{figure.label.to(language)} ({figure.unit.to(language)})",
            key=session.start_field(trial.fields(question.id), figure.field, shown),
            on_change=trial.take_typed,
            args=(question,),
            autocomplete="off",
            max_chars=40,
        )


def _level(trial: Trial, question: LevelIndicator) -> None:
    _, language, now = session.current_words(), session.current_language(), trial.now(question.id)
    st.radio(
        _("Mức muốn thử"),
        options=list(question.levels),
        format_func=lambda level: f"**{_('Mức')} {level}.** {question.levels[level].to(language)}",
        key=session.start_field(
            trial.fields(question.id), "value", None if now.value is None else int(now.value)
        ),
        on_change=trial.take_value,
        args=(question,),
    )


def _yes_no(trial: Trial, question: YesNoIndicator) -> None:
    _, now = session.current_words(), trial.now(question.id)
    st.segmented_control(
        _("Câu trả lời muốn thử"),
        options=[1, 0],
        format_func=lambda value: _("Có") if value else _("Không"),
        key=session.start_field(
            trial.fields(question.id), "value", None if now.value is None else int(now.value)
        ),
        on_change=trial.take_value,
        args=(question,),
    )


def _items(trial: Trial, question: ChecklistIndicator) -> None:
    language, now = session.current_language(), trial.now(question.id)
    ids = tuple(item.id for item in question.items)
    for item in question.items:
        st.checkbox(
            item.label.to(language),
            key=session.start_field(trial.fields(question.id), item.id, item.id in now.items),
            on_change=trial.take_items,
            args=(question, ids),
        )
