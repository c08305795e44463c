"""The path of least effort from what is tried now, and its steps put into it."""

from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

from report import path_words
from report.round_report import RoundReport
from report.tables import path, what_if
from scoring.demands import Goal
from scoring.levels import NO_LEVEL
from scoring.path import Obstacle, Plan, UnprovenPathError, cheapest_path, needs_verified
from scoring.planned_answers import planned_answers
from scoring.programme import Outcome
from survey.errors import SurveyError
from survey.numbers import parse_number
from survey.text import MISSING, format_fixed, format_number, format_percent
from ui import markup, session, sources
from ui.what_if import costs
from ui.what_if.trial import Trial

GOAL, SCORE, REVIEWED = "goal", "score", "reviewed"
A_SCORE = "diem"
FULL = 100.0


def show(trial: Trial, after: RoundReport) -> None:
    """Choose where to go; the steps that cost least, in the order of the questionnaire."""
    _, language = session.current_words(), session.current_language()
    st.html(markup.heading(_("Con đường ít công nhất")))
    goal = _asked_goal(trial, after)
    if goal is None:
        return
    reviewed = bool(needs_verified(goal, after.framework)) and _asked_review(trial, goal)
    weights = costs.show(trial)
    try:
        found = cheapest_path(after.matrix, after.framework, goal, costs=weights, reviewed=reviewed)
    except UnprovenPathError:
        said = _("Chưa tìm xong con đường ít công nhất trong thời gian cho phép. Hãy chọn một đích gần hơn.")
        st.html(markup.notice(markup.paragraph(said), "warn"))
        return
    if isinstance(found, Obstacle):
        said = path_words.obstacle(found, goal, after, trial.library, language)
        st.html(markup.notice(markup.paragraph(said), "warn"))
        return
    _show_plan(trial, after, found)


def _asked_goal(trial: Trial, after: RoundReport) -> Goal | None:
    """What is to be reached; None while a score is still to be typed."""
    _, language = session.current_words(), session.current_language()
    goals = _goals(after)
    names = {key: path_words.goal_name(goal, after.framework, language) for key, goal in goals.items()}
    names[A_SCORE] = _("một số điểm tự chọn")
    kept = session.field(trial.fields(""), GOAL)
    if kept not in names:
        session.forget_fields_beginning(trial.fields(""), GOAL)
    first, second = st.columns(2)
    with first:
        st.selectbox(
            _("Muốn tới đâu"),
            list(names),
            format_func=lambda key: names.get(key, ""),
            key=session.start_field(trial.fields(""), GOAL, next(iter(names))),
        )
    chosen = str(session.field(trial.fields(""), GOAL))
    if chosen != A_SCORE:
        return goals[chosen]
    with second:
        return _typed_score(trial)


def _goals(after: RoundReport) -> dict[str, Goal]:
    """The levels above the present one, then the targets that are not met and apply."""
    level = int(after.self_card.level.level[0])
    lowest = max(level, after.framework.levels[0].level if level == NO_LEVEL else level) + 1
    found = {
        f"muc-{entry.level}": Goal(level=entry.level)
        for entry in after.framework.levels
        if entry.level >= lowest
    }
    for result in after.programme():
        if result.outcome in (Outcome.NOT_MET, Outcome.NO_DATA):
            found[result.target] = Goal(targets=(result.target,))
    return found


def _typed_score(trial: Trial) -> Goal | None:
    _, language = session.current_words(), session.current_language()
    typed = st.text_input(
        _("Số điểm muốn đạt (thang 100)"),
        key=session.start_field(trial.fields(""), SCORE, ""),
        placeholder=_("Ví dụ: 65"),
        max_chars=10,
        autocomplete="off",
    )
    try:
        wanted = parse_number(typed, language)
    except SurveyError as error:
        st.html(markup.notice(markup.paragraph(error.to(language)), "bad"))
        return None
    if wanted is None:
        return None
    if not 0 < wanted <= FULL:
        said = _("Số điểm muốn đạt phải lớn hơn 0 và nhiều nhất là 100. Hãy nhập lại.")
        st.html(markup.notice(markup.paragraph(said), "bad"))
        return None
    return Goal(score=wanted)


def _asked_review(trial: Trial, goal: Goal) -> bool:
    _, language = session.current_words(), session.current_language()
    share = format_percent(needs_verified(goal, trial.report.framework), language)
    return st.checkbox(
        _(
            "Tính như thẩm định sẽ chấp nhận mọi câu trả lời của kế hoạch (mức này cần ít nhất {share} số điểm "
            "được thẩm định)"
        ).format(share=share),
        key=session.start_field(trial.fields(""), REVIEWED, False),
    )


def _show_plan(trial: Trial, after: RoundReport, plan: Plan) -> None:
    _, language = session.current_words(), session.current_language()
    said = [path_words.summary(plan, after.framework, language), path_words.review_needed(plan, language)]
    st.html(markup.notice("".join(markup.paragraph(line) for line in said if line), "good"))
    if not plan.steps:
        return
    rows = path.of_plan(after, trial.library, plan, language=language).to_dict("records")
    body = []
    for entry in path.by_dimension(after, trial.library, plan, language=language):
        own = [_cells(row) for row in rows if row["dimension"] == entry["dimension"]]
        body += [(_dimension(entry), "", "", "", ""), *own] if own else []
    head = [_("Việc cần làm"), _("Hôm nay"), _("Sau đó"), _("Điểm"), _("Công sức")]
    st.html(markup.table(head, body, numeric=(3, 4), style="cards path"))
    planned = planned_answers(plan.steps, after.responses[trial.library].answers, after.framework)
    if planned.assumed:
        assumed = _(
            "Chưa biết tổng số ở {names}, nên chỉ nêu được tỷ lệ; khi đưa vào kịch bản, tỷ lệ được ghi trên 100."
        )
        st.html(markup.paragraph(assumed.format(names=", ".join(planned.assumed)), "page-remark"))
    st.button(
        _("Đưa các bước này vào phần đang thử"),
        key=f"take path:{trial.place}",
        on_click=trial.put,
        args=({**trial.changes, **planned.answers},),
        type="primary",
    )


def _dimension(entry: Mapping[str, Any]) -> str:
    _, language = session.current_words(), session.current_language()
    moved = _("{before} → {after} điểm (thang 100)").format(
        before=format_fixed(entry["before"], language), after=format_fixed(entry["after"], language)
    )
    return (
        f"<span class='path-dimension'>{markup.text(entry['dimension'])}. {markup.text(entry['label'])}</span>"
        f"<span class='source'>{markup.text(moved)}</span>"
    )


def _cells(row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    _, language = session.current_words(), session.current_language()
    steps = _("{n} bước").format(n=row["steps"])
    return (
        f"<strong>{sources.code(row['indicator'])}</strong> {markup.text(row['label'])}: {markup.text(row['what'])}"
        f"<span class='source'>{markup.text(steps)}</span>",
        markup.text(row["now"]),
        markup.text(row["after"]),
        markup.text(what_if.signed(row["gain"], language) or MISSING),
        markup.text(format_number(row["cost"], language, decimals=2)),
    )
