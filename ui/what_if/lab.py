"""The part of the page that answers at once: a change in it draws this part anew and nothing else."""

from collections.abc import Sequence

import streamlit as st

from report.round_report import RoundReport
from survey.access import Person
from ui import choices, markup, session
from ui.what_if import fields, kept, outcome, path_part
from ui.what_if.trial import Trial


def show(person: Person, report: RoundReport) -> None:
    """report: of one library alone."""
    _ = session.current_words()
    [library] = report.responses
    said = _(
        "Đây là bản sao để thử. Phiếu của thư viện không thay đổi; chỉ kịch bản được đặt tên mới được giữ lại."
    )
    st.html(markup.notice(markup.paragraph(said)))
    _show_lab(Trial(report, library), _earlier(person, report, library))


def _earlier(person: Person, report: RoundReport, library: str) -> list[RoundReport]:
    """The rounds before that the person may read and that this library was in, for its pace."""
    before = [
        entry
        for entry in choices.readable_rounds(person)
        if entry.reference_date < report.round.reference_date
    ]
    found = [session.report(entry.id) for entry in before]
    return [entry for entry in found if library in entry.responses]


@st.fragment
def _show_lab(trial: Trial, earlier: Sequence[RoundReport]) -> None:
    left, right = st.columns([5, 7], gap="medium")
    with left:
        fields.show(trial)
    after = trial.after
    with right:
        outcome.show(trial, after, earlier)
    outcome.show_changes(trial, after)
    path_part.show(trial, after)
    kept.show(trial)
