"""One answer to review: what was answered and shown, what was decided, and the decision itself."""

from dataclasses import dataclass

import streamlit as st

from report import check_words, labels
from report.round_report import RoundReport
from scoring.goalposts import points_of
from scoring.matrix import State, effective_state, indicator_value
from survey.access import may_appraise, require
from survey.errors import SurveyError
from survey.framework import AnyIndicator
from survey.response import Answer, Recorded, Response
from survey.review import ReviewFile, Ruling, Verdict
from survey.store import Indicator, StaleDecisionError
from survey.text import format_fixed, format_number
from survey.workflow import Capacity
from ui import markup, papers, session, thread
from ui.application import application
from ui.appraisal import ruling_form
from ui.mishaps import unsaved


@dataclass(frozen=True, eq=False)
class Place:
    """Where a row stands. before: the answer of the last round; title: what tells it from its neighbours."""

    report: RoundReport
    library: str
    indicator: AnyIndicator
    title: str
    before: Answer | None
    takes_decisions: bool

    @property
    def key(self) -> str:
        return f"{self.library}/{self.indicator.id}"


@st.fragment
def show(place: Place) -> None:
    """Draw the answer as it stands now; a decision reruns this row and nothing else."""
    app = application()
    round_id = place.report.round.id
    response = app.store.answers.response(round_id, place.library)
    # A part of a page that is drawn again alone asks again who is there.
    who = session.require_person()
    capacity = app.store.cycle.capacity(round_id, place.library, who)
    require(capacity is Capacity.CHAIR or may_appraise(capacity, response.state))
    entry = response.entry(place.indicator.id)
    file = app.store.cycle.file(round_id, place.library)
    with st.container(border=True, key=f"row-{place.key.replace('/', '-').replace('.', '-')}"):
        st.html(_answer(place, entry, response) + thread.show(place.indicator, file))
        _show_failure(place)
        if place.takes_decisions:
            _show_decision(place, entry, file)


def _answer(place: Place, entry: Recorded, response: Response) -> str:
    _, language = session.current_words(), session.current_language()
    answer = entry.answer
    said = labels.answer_text(place.indicator, answer, language)
    earlier = (
        labels.answer_text(place.indicator, place.before, language)
        if place.before is not None
        else _("không có")
    )
    beside = [words for words in (answer.reason, answer.explanation) if words]
    beside += check_words.confirmed(answer, language)
    cited = [papers.cited(document, response) for document in answer.evidence if not document.is_blank]
    shown = "<br>".join([*map(markup.text, beside), *cited]) or markup.text(
        _("Không có tài liệu hay giải trình")
    )
    return (
        f"<div class='appraised'><h3 class='q-label'>{markup.text(place.title)}</h3>"
        f"<p class='appraised-answer'><strong>{markup.text(said)}</strong> "
        f"{markup.badge(points_words(place, answer), 'points')} "
        f"<span class='q-last'>{markup.text(_('Kỳ trước: {answer}').format(answer=earlier))}</span></p>"
        f"<p class='appraised-papers'>{shown}</p></div>"
    )


def points_words(place: Place, answer: Answer) -> str:
    _, language = session.current_words(), session.current_language()
    maximum = format_number(place.indicator.maximum, language)
    if effective_state(place.indicator, answer) is not State.ANSWERED:
        return _("– / {maximum} điểm").format(maximum=maximum)
    points = format_fixed(points_given(place, answer), language, decimals=2)
    return _("{points} / {maximum} điểm").format(points=points, maximum=maximum)


def points_given(place: Place, answer: Answer) -> float:
    x = indicator_value(place.indicator, answer)
    return 0.0 if x is None else points_of(place.indicator, x, place.report.framework)


def _show_failure(place: Place) -> None:
    """Why a decision was not recorded; a conflict shows both the newer state and what was wished."""
    _, language = session.current_words(), session.current_language()
    failure = session.noted(place.key, "decision")
    if not isinstance(failure, SurveyError):
        return
    body = markup.paragraph(failure.to(language))
    if isinstance(failure, StaleDecisionError):
        wished = session.noted(place.key, "wished")
        pairs = [
            (
                _("Câu trả lời hiện nay"),
                markup.text(labels.answer_text(place.indicator, failure.current.answer, language)),
            )
        ]
        if failure.decision is not None:
            pairs.append(
                (
                    _("Ý kiến đang được ghi"),
                    thread.verdict_badge(failure.decision) + markup.text(f" {failure.decision.by}"),
                )
            )
        if isinstance(wished, Ruling):
            pairs.append((_("Ý kiến của bạn, chưa ghi"), markup.text(thread.ruling_words(wished))))
        body += markup.facts(pairs)
    st.html(markup.notice(body, "warn"))


def _show_decision(place: Place, entry: Recorded, file: ReviewFile) -> None:
    _ = session.current_words()
    decision = file.decision(place.indicator.id)
    number = decision.number if decision else 0
    about = Indicator(place.report.round.id, place.library, place.indicator.id, entry.revision, number)
    settled = decision is not None and decision.revision == entry.revision
    found_right = settled and decision is not None and decision.verdict is Verdict.MET
    first, second = st.columns([1, 6], vertical_alignment="top")
    if entry.revision and not found_right:
        first.button(
            _("Đạt"),
            key=f"met:{place.key}",
            on_click=_decide,
            args=(place, about, Ruling(Verdict.MET)),
            width="stretch",
        )
    part = second.expander(
        _("Giảm điểm hoặc yêu cầu bổ sung"), key=f"other:{place.key}:{number}", on_change="rerun"
    )
    if part.open:
        with part:
            ruling_form.show(place.indicator, place.key, entry)
            st.button(
                _("Ghi ý kiến"),
                key=f"record:{place.key}",
                on_click=_decide_as_typed,
                args=(place, about, entry.answer),
                type="primary",
            )


def _decide_as_typed(place: Place, about: Indicator, own: Answer) -> None:
    try:
        wished = ruling_form.read(place.indicator, place.key)
        if wished.value is not None and points_given(place, wished.value) > points_given(place, own):
            raise ruling_form.not_lower()
    except SurveyError as error:
        session.note(place.key, "decision", error)
        return
    _decide(place, about, wished)


def _decide(place: Place, about: Indicator, wished: Ruling) -> None:
    session.note(place.key, "decision", None)
    session.note(place.key, "wished", wished)
    try:
        application().store.cycle.decide(about, wished, session.require_person())
    except SurveyError as error:
        session.note(place.key, "decision", error)
    except Exception as error:  # nobody may believe that a decision was recorded which was not
        session.note(place.key, "decision", unsaved(error))
    else:
        session.note(place.key, "wished", None)
        session.forget_fields(place.key)
