"""The effort of one step, by indicator: 1 unless a person says otherwise, in any unit."""

import streamlit as st

from scoring.steps import USUAL_COST
from survey.errors import SurveyError
from survey.numbers import parse_number
from survey.text import format_number
from ui import markup, session
from ui.what_if.trial import Trial

WEIGHED, COST = "weighed", "cost"
# Further apart than this the solver could no longer tell what a small step costs.
LEAST, MOST = 0.01, 100_000.0


def show(trial: Trial) -> dict[str, float]:
    """A small table of the indicators whose steps cost something else than 1; what is wrong counts as 1."""
    _, language = session.current_words(), session.current_language()
    names = {
        name: f"{name} · {indicator.label.to(language)}"
        for name, indicator in trial.report.framework.indicators.items()
    }
    with st.expander(_("Công sức của mỗi bước (hiện tính 1 cho mọi bước)")):
        st.html(
            markup.paragraph(
                _(
                    "Một bước là một mức, một nội dung, một câu «có», hoặc một phần mười quãng đường tới chỉ tiêu năm {year}. "
                    "Đơn vị tùy chọn, miễn là chung cho mọi chỉ số: ngày công, triệu đồng…"
                ).format(year=trial.report.framework.last_milestone),
                "page-remark",
            )
        )
        chosen = st.multiselect(
            _("Chỉ số có công sức khác 1"),
            list(names),
            format_func=lambda name: names[name],
            key=session.start_field(trial.fields(""), WEIGHED, []),
            placeholder=_("Chọn chỉ số"),
        )
        return {name: _asked(trial, name, names[name]) for name in chosen}


def _asked(trial: Trial, name: str, label: str) -> float:
    _, language = session.current_words(), session.current_language()
    typed = st.text_input(
        label,
        key=session.start_field(trial.fields(""), f"{COST}.{name}", "1"),
        max_chars=20,
        autocomplete="off",
        width=420,
    )
    try:
        cost = parse_number(typed, language)
    except SurveyError as error:
        st.html(markup.notice(markup.paragraph(error.to(language)), "bad"))
        return USUAL_COST
    if cost is None or not LEAST <= cost <= MOST:
        said = _("Công sức của một bước ở {name} phải từ {least} đến {most}; tạm tính là 1.").format(
            name=name, least=format_number(LEAST, language, decimals=2), most=format_number(MOST, language)
        )
        st.html(markup.notice(markup.paragraph(said), "bad"))
        return USUAL_COST
    return cost
