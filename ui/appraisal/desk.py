"""What a reviewer has on the desk: rounds and libraries that may be reviewed by this person."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from report.round_report import RoundReport
from survey.access import Person, Role
from survey.response import Response
from survey.review import NO_REVIEW, ReviewFile
from survey.rounds import Round, RoundState
from survey.workflow import Action, states_for
from ui import session
from ui.application import application

ROUND, VIEW, LIBRARY, SECTION, QUESTION = "dot", "cach", "thu-vien", "muc", "cau"


@dataclass(frozen=True, eq=False)
class Desk:
    """One round as its reviewer sees it. libraries: those to review, in order of name."""

    report: RoundReport
    libraries: tuple[str, ...]
    files: Mapping[str, ReviewFile]
    person: Person

    @property
    def round(self) -> Round:
        return self.report.round

    @property
    def is_chair(self) -> bool:
        return self.person.role is Role.CHAIR

    def file(self, library: str) -> ReviewFile:
        return self.files.get(library, NO_REVIEW)

    def response(self, library: str) -> Response:
        return self.report.responses[library]

    def short(self, library: str) -> str:
        return self.report.member(library).short.to(session.current_language())

    def takes_decisions(self, library: str) -> bool:
        return self.response(library).state in states_for(Action.DECIDE)


def rounds_on_desk(person: Person) -> list[Round]:
    """The rounds in which the person may review, the newest reference date first."""
    running = [entry for entry in session.rounds() if entry.state in (RoundState.OPEN, RoundState.CLOSED)]
    if person.role is Role.CHAIR:
        return running
    assigned = application().store.cycle.assigned(person.id)
    return [entry for entry in running if entry.id in assigned]


def open_desk(person: Person) -> Desk | None:
    """The desk of the round in the address, or of the newest one; None where nothing is to review."""
    known = rounds_on_desk(person)
    if not known:
        return None
    named = st.query_params.get(ROUND)
    round_ = next((entry for entry in known if entry.id == named), known[0])
    report, cycle = session.report(round_.id), application().store.cycle
    own = cycle.assigned(person.id).get(round_.id, ())
    libraries = [member.id for member in report.members if person.role is Role.CHAIR or member.id in own]
    return Desk(report, tuple(libraries), cycle.files(round_.id), person)
