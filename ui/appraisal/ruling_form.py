"""The fields of a decision other than "đạt": which, why, the value as reviewed, and the words."""

import streamlit as st

from report import review_words
from survey.checks import HARD, question_problems
from survey.entry import with_items, with_typed, with_value
from survey.errors import SurveyError
from survey.figures import figures
from survey.framework import (
    AnyIndicator,
    ChecklistIndicator,
    LevelIndicator,
    NumberIndicator,
    RatioIndicator,
    YesNoIndicator,
)
from survey.reasons import reasons_for
from survey.response import Answer, Recorded
from survey.review import Ruling, Verdict
from survey.text import format_number
from ui import session

MOST_WORDS = 2000


def show(indicator: AnyIndicator, key: str, entry: Recorded) -> None:
    """Draw the fields; the value stands on the library's own until it is changed."""
    _, language = session.current_words(), session.current_language()
    offered = [Verdict.REDUCED, Verdict.MORE] if entry.revision else [Verdict.MORE]
    verdict = st.segmented_control(
        _("Ý kiến"),
        offered,
        format_func=lambda one: review_words.verdict(one, language),
        key=session.start_field(key, "verdict", offered[-1]),
        required=True,
    )
    chosen = Verdict(str(verdict or offered[-1]))
    reasons = reasons_for(chosen)
    st.selectbox(
        _("Lý do"),
        list(reasons),
        format_func=lambda code: reasons[code].to(language),
        key=session.start_field(key, f"reason.{chosen.value}", next(iter(reasons))),
    )
    if chosen is Verdict.REDUCED:
        _show_value(indicator, key, entry.answer)
    st.text_area(
        _("Ý kiến gửi thư viện"),
        key=session.start_field(key, "words", ""),
        height=90,
        max_chars=MOST_WORDS,
    )


def _show_value(indicator: AnyIndicator, key: str, own: Answer) -> None:
    _, language = session.current_words(), session.current_language()
    if isinstance(indicator, LevelIndicator):
        st.selectbox(
            _("Mức theo thẩm định"),
            list(indicator.levels),
            key=session.start_field(key, "value", int(own.value or 0)),
        )
    elif isinstance(indicator, ChecklistIndicator):
        names = {item.id: item.label.to(language) for item in indicator.items}
        st.multiselect(
            _("Nội dung đạt theo thẩm định"),
            list(names),
            format_func=lambda item: names[item],
            key=session.start_field(key, "items", [item for item in own.items if item in names]),
            placeholder=_("Không nội dung nào"),
        )
    elif isinstance(indicator, RatioIndicator | NumberIndicator):
        for figure in figures(indicator):
            value = getattr(own, figure.field)
            shown = "" if value is None else format_number(value, language, decimals=6)
            st.text_input(
                _("{figure}, theo thẩm định").format(figure=figure.label.to(language)),
                key=session.start_field(key, figure.field, shown),
                max_chars=40,
                autocomplete="off",
            )
    else:
        st.caption(_("Theo thẩm định: không."))


def read(indicator: AnyIndicator, key: str) -> Ruling:
    """The decision as typed.

    Raises:
        SurveyError: the value cannot be read or is not possible for this indicator.
    """
    verdict = Verdict(str(session.field(key, "verdict")))
    value = _read_value(indicator, key) if verdict is Verdict.REDUCED else None
    return Ruling(
        verdict,
        str(session.field(key, f"reason.{verdict.value}") or ""),
        str(session.field(key, "words") or ""),
        value,
    )


def _read_value(indicator: AnyIndicator, key: str) -> Answer:
    if isinstance(indicator, YesNoIndicator):
        return with_value(Answer(), 0.0)
    if isinstance(indicator, LevelIndicator):
        return with_value(Answer(), float(str(session.field(key, "value"))))
    if isinstance(indicator, ChecklistIndicator):
        return with_items(Answer(), tuple(session.chosen_items(key)))
    typed = {one.field: str(session.field(key, one.field) or "") for one in figures(indicator)}
    answer = with_typed(Answer(), indicator, typed, session.current_language())
    for problem in question_problems(indicator, answer):
        if problem.severity == HARD:
            raise SurveyError(vi=problem.message.vi, en=problem.message.en)
    return answer


def not_lower() -> SurveyError:
    return SurveyError(
        vi="CHƯA ghi: giá trị theo thẩm định cho điểm cao hơn thư viện tự chấm. Nếu thư viện tự chấm thấp, "
        "hãy yêu cầu bổ sung để thư viện tự sửa.",
        en="NOT recorded: the value as reviewed earns more points than the library claimed. If the library "
        "claimed too little, ask it to correct its answer.",
    )
