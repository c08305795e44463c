"""Which library in which round is tried; both live in the address."""

import streamlit as st

from report.round_report import RoundReport
from survey.access import Person, may_try, may_try_together, require
from survey.rounds import Round, RoundState
from ui import addressed, session
from ui.choices import LIBRARY, PART, ROUND

ONE, SHARED = "mot-thu-vien", "dau-tu"


def rounds(person: Person) -> list[Round]:
    """The rounds that were opened and that the person can try something in, newest first."""
    return [
        entry
        for entry in session.rounds()
        if entry.state is not RoundState.DRAFT
        and (person.library_id is None or person.library_id in session.members_of(entry))
    ]


def round_in_view(person: Person) -> Round | None:
    """The round named in the address, else the newest with something in it.

    Raises:
        NotAllowedError: the address names a round that is not there for this person.
    """
    known = rounds(person)
    named = st.query_params.get(ROUND)
    if named:
        found = next((entry for entry in known if entry.id == named), None)
        require(found is not None)
        return found
    return next((entry for entry in known if _has_answers(person, entry)), known[0] if known else None)


def _has_answers(person: Person, round_: Round) -> bool:
    if person.library_id is not None:
        return session.own_report(round_, person.library_id).responses[person.library_id].begun
    return any(response.begun for response in session.report(round_.id).responses.values())


def library_in_view(person: Person, round_: Round) -> RoundReport | None:
    """The report of one library alone, or None where no library has answers.

    Raises:
        NotAllowedError: the address names a library that is not there for this person.
    """
    named = st.query_params.get(LIBRARY)
    if person.library_id is not None:
        library = named or person.library_id
        require(may_try(person, library))
        return session.own_report(round_, library)
    whole = session.report(round_.id)
    begun = [member.id for member in whole.members if whole.responses[member.id].begun]
    library = named or (begun[0] if begun else "")
    if not library:
        return None
    require(library in begun and may_try(person, library))
    return whole.only([library])


def wants_shared(person: Person) -> bool:
    return may_try_together(person) and st.query_params.get(PART) == SHARED


def show_part() -> None:
    _ = session.current_words()
    parts = {ONE: _("Một thư viện"), SHARED: _("Đầu tư dùng chung")}
    addressed.segments(_("Phần của trang"), parts, PART, label_shown=False)


def show(person: Person, round_: Round, library: str) -> None:
    """Round and, for the chair, library; `library` is "" where all of them are in view."""
    _, language = session.current_words(), session.current_language()
    first, second = st.columns(2)
    with first:
        addressed.select(
            _("Đợt đánh giá"), {entry.id: entry.name for entry in rounds(person)}, round_.id, ROUND
        )
    if person.library_id is None and library:
        whole = session.report(round_.id)
        names = {
            member.id: member.short.to(language)
            for member in whole.members
            if whole.responses[member.id].begun
        }
        with second:
            addressed.select(_("Thư viện"), names, library, LIBRARY)
