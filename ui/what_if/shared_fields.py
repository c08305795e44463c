"""What the chair says of a measure bought together: which indicators it raises, and how far."""

import streamlit as st

from report.round_report import RoundReport
from scoring.investment import Lift
from survey.errors import SurveyError
from survey.figures import figures
from survey.framework import AnyIndicator, ChecklistIndicator, LevelIndicator, YesNoIndicator
from survey.numbers import parse_number
from survey.text import format_number
from ui import markup, session

MEASURE = "dau-tu"
ADDED, AT_LEAST = "added", "at least"
MOST_INDICATORS = 6


def asked_lifts(report: RoundReport) -> list[Lift]:
    """The indicators that were chosen, each with what the measure brings to it."""
    _, language = session.current_words(), session.current_language()
    names = {name: f"{name} · {one.label.to(language)}" for name, one in report.framework.indicators.items()}
    chosen = st.multiselect(
        _("Chỉ số mà việc đầu tư nâng lên (nhiều nhất {n})").format(n=MOST_INDICATORS),
        list(names),
        format_func=lambda name: names[name],
        key=session.start_field(MEASURE, "indicators", []),
        max_selections=MOST_INDICATORS,
        placeholder=_("Chọn chỉ số"),
    )
    found = []
    for name in chosen:
        with st.container(border=True, key=f"lift-{name}"):
            st.html(markup.paragraph(names[name], "tried-question"))
            lift = _asked(report.framework.indicators[name])
        if lift is not None:
            found.append(lift)
    return found


def _key(question: AnyIndicator, part: str, start: object) -> str:
    return session.start_field(MEASURE, f"{question.id}.{part}", start)


def _asked(question: AnyIndicator) -> Lift | None:
    _, language = session.current_words(), session.current_language()
    if isinstance(question, LevelIndicator):
        level = st.selectbox(
            _("Thư viện tham gia đạt ít nhất"),
            [level for level in question.levels if level],
            format_func=lambda level: f"{_('Mức')} {level}. {question.levels[level].to(language)}",
            key=_key(question, "level", max(question.levels)),
        )
        return Lift(question.id, at_least=float(level))
    if isinstance(question, YesNoIndicator):
        st.html(markup.paragraph(_("Câu trả lời của thư viện tham gia thành «có».")))
        return Lift(question.id, at_least=1.0)
    if isinstance(question, ChecklistIndicator):
        labels = {item.id: item.label.to(language) for item in question.items}
        items = st.multiselect(
            _("Thư viện tham gia có thêm"),
            list(labels),
            format_func=lambda item: labels[item],
            key=_key(question, "items", list(labels)),
            placeholder=_("Chọn nội dung"),
        )
        return Lift(question.id, items=tuple(items))
    return _asked_amount(question)


def _asked_amount(question: AnyIndicator) -> Lift | None:
    """How many more, or up to how many."""
    _, language = session.current_words(), session.current_language()
    figure, ratio = figures(question)[0], len(figures(question)) > 1
    unit = figure.unit.to(language)
    names = {
        ADDED: _("Thêm ({unit})").format(unit=unit),
        AT_LEAST: _("Đạt ít nhất ({unit})").format(unit="%" if ratio else unit),
    }
    st.segmented_control(
        _("Mỗi thư viện tham gia được"),
        list(names),
        format_func=lambda name: names[name],
        key=_key(question, "way", ADDED),
        required=True,
    )
    way = AT_LEAST if session.field(MEASURE, f"{question.id}.way") == AT_LEAST else ADDED
    amount = positive(
        f"{figure.label.to(language)}: {names[way]}",
        _key(question, f"amount.{way}", ""),
        most=100.0 if ratio and way == AT_LEAST else None,
    )
    if amount is None:
        return None
    return Lift(question.id, added=amount) if way == ADDED else Lift(question.id, at_least=amount)


def positive(label: str, key: str, *, most: float | None = None) -> float | None:
    """A typed figure above 0; None, with a sentence where something stands there, for what is none."""
    _, language = session.current_words(), session.current_language()
    typed = st.text_input(label, key=key, max_chars=30, autocomplete="off")
    try:
        amount = parse_number(typed, language)
    except SurveyError as error:
        st.html(markup.notice(markup.paragraph(error.to(language)), "bad"))
        return None
    if amount is None:
        return None
    if amount <= 0 or (most is not None and amount > most):
        said = _("«{label}» phải lớn hơn 0. Hãy nhập lại.").format(label=label)
        if most is not None:
            said = _("«{label}» phải lớn hơn 0 và nhiều nhất là {most}. Hãy nhập lại.").format(
                label=label, most=format_number(most, language)
            )
        st.html(markup.notice(markup.paragraph(said), "bad"))
        return None
    return amount
