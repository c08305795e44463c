"""What a person chose to look at; every choice lives in the address, so a view can be sent as a link."""

from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from report.round_report import SELF, VERIFIED, RoundReport
from report.views import BY_NAME, BY_SCORE, Asked
from survey.access import Person, may_compare, may_read_response, require, sees_names
from survey.rounds import Round, RoundState
from ui import addressed, chart, session

ROUND, LIBRARY, BASIS, DIMENSION, CHOSEN = "dot", "thu-vien", "diem", "tru-cot", "chon"
ORDER = "xep"
PART = "xem"
MOST_COMPARED = 6


class Part(StrEnum):
    """The parts of the Federation's page, by the word in its address."""

    OVERVIEW = "tong-quan"
    INDICATORS = "chi-so"
    COMPARISON = "so-sanh"
    ALL = "tat-ca"


def readable_rounds(person: Person) -> list[Round]:
    """Rounds whose results the person may look at, newest first."""
    begun = [entry for entry in session.rounds() if entry.state is not RoundState.DRAFT]
    if person.library_id is None:
        return [entry for entry in begun if may_compare(person, entry)]
    return [entry for entry in begun if _reads_somebody(person, entry)]


def _reads_somebody(person: Person, round_: Round) -> bool:
    return any(may_read_response(person, library, round_) for library in session.report(round_.id).responses)


def round_and_library(person: Person) -> tuple[RoundReport, str] | None:
    """The round and library named in the address, or the newest and the person's own.

    Raises:
        NotAllowedError: the address names something that is not there for this person.
    """
    known = readable_rounds(person)
    if not known:
        return None
    named = st.query_params.get(ROUND)
    round_ = next((entry for entry in known if entry.id == named), None) if named else _best(known, person)
    require(round_ is not None)
    assert round_ is not None
    report = session.report(round_.id)
    library = st.query_params.get(LIBRARY) or _usual(person, report)
    require(library in report.responses and may_read_response(person, library, round_))
    return report, library


def _usual(person: Person, report: RoundReport) -> str:
    """The own library, the first of those that were merged into it, or the first one of all."""
    own = [member.id for member in report.members if person.library_id in (member.id, member.successor)]
    return own[0] if own else report.members[0].id


def _best(known: Sequence[Round], person: Person) -> Round:
    """The newest round in which there is something to see."""
    for entry in known:
        responses = session.report(entry.id).responses
        own = (
            [responses[person.library_id]]
            if person.library_id and person.library_id in responses
            else list(responses.values())
        )
        if any(response.begun for response in own):
            return entry
    return known[0]


def show_result_choices(person: Person, report: RoundReport, library: str) -> str:
    """Round, library where more than one may be read, and the kind of score, which is returned."""
    _, language = session.current_words(), session.current_language()
    known = readable_rounds(person)
    names = {entry.id: entry.name for entry in known}
    first, second, third = st.columns([4, 4, 3])
    with first:
        addressed.select(_("Đợt đánh giá"), names, report.round.id, ROUND)
    readable = [member for member in report.members if may_read_response(person, member.id, report.round)]
    if len(readable) > 1:
        with second:
            addressed.select(
                _("Thư viện"), {member.id: member.short.to(language) for member in readable}, library, LIBRARY
            )
    with third:
        return show_basis()


def show_basis() -> str:
    _ = session.current_words()
    words = {SELF: _("Điểm tự chấm"), VERIFIED: _("Điểm thẩm định")}
    return addressed.segments(_("Loại điểm"), words, BASIS)


def compared_round(person: Person) -> Round | None:
    """The round that the Federation's page shows: the one in the address, else the newest."""
    known = [entry for entry in session.rounds() if may_compare(person, entry)]
    if not known:
        return None
    named = st.query_params.get(ROUND)
    found = next((entry for entry in known if entry.id == named), None) if named else known[0]
    require(found is not None)
    return found


def show_rounds_to_compare(person: Person, round_: Round) -> None:
    """The rounds whose view of the Federation the person may see, in a list."""
    _ = session.current_words()
    known = [entry for entry in session.rounds() if may_compare(person, entry)]
    with st.columns([5, 6])[0]:
        addressed.select(_("Đợt đánh giá"), {entry.id: entry.name for entry in known}, round_.id, ROUND)


def show_part(person: Person, round_: Round) -> Part:
    """The part of the Federation's page to look at; a link without one leads to the first."""
    _ = session.current_words()
    names = {
        Part.OVERVIEW: _("Tổng quan"),
        Part.INDICATORS: _("Từng chỉ số"),
        Part.COMPARISON: _("So sánh, qua các đợt"),
        Part.ALL: _("Tất cả"),
    }
    if not sees_names(person, round_):
        del names[Part.COMPARISON]
    words = {part.value: name for part, name in names.items()}
    return Part(addressed.segments(_("Phần của trang"), words, PART, label_shown=False))


def show_comparison_choices(person: Person, round_: Round, part: Part) -> Asked:
    """Round and kind of score, and what else acts on this part; all of them live in the address."""
    _ = session.current_words()
    report = session.report(round_.id)
    known = [entry for entry in session.rounds() if may_compare(person, entry)]
    own = person.library_id if person.library_id in report.responses else ""
    named = sees_names(person, round_)
    first, second, third = st.columns([5, 3, 3])
    with first:
        addressed.select(_("Đợt đánh giá"), {entry.id: entry.name for entry in known}, round_.id, ROUND)
    with second:
        kind = show_basis()
    order, dimension = BY_NAME, ""
    chosen: tuple[str, ...] = ()
    if named and part is not Part.COMPARISON:
        with third:
            order = _show_order()
    if part in (Part.INDICATORS, Part.ALL):
        dimension = _show_dimension(report)
    if named and part in (Part.COMPARISON, Part.ALL):
        chosen = _show_libraries(report, own or "")
    return chart.asked(basis=kind, own=own or "", chosen=chosen, order=order, dimension=dimension)


def _show_order() -> str:
    """By name or by score; where the others have no names the score alone orders them."""
    _ = session.current_words()
    names = {BY_NAME: _("Theo tên"), BY_SCORE: _("Theo điểm")}
    return addressed.segments(_("Sắp xếp"), names, ORDER)


def _show_dimension(report: RoundReport) -> str:
    _, language = session.current_words(), session.current_language()
    names = {"": _("Mọi trụ cột")} | {d.id: d.short.to(language) for d in report.framework.dimensions}
    named = st.query_params.get(DIMENSION, "")
    current = named if named in names else ""
    with st.columns([5, 6])[0]:
        addressed.select(_("Trụ cột"), names, current, DIMENSION)
    return current


def _show_libraries(report: RoundReport, own: str) -> tuple[str, ...]:
    """The libraries to compare, at most six."""
    _, language = session.current_words(), session.current_language()
    known = {member.id: member.short.to(language) for member in report.members}
    asked_for = dict.fromkeys(st.query_params.get(CHOSEN, "").split(","))
    named = [name for name in asked_for if name in known][:MOST_COMPARED]
    start = named or ([own] if own else [name for name in known if report.responses[name].begun][:3])

    def write() -> None:
        st.query_params[CHOSEN] = ",".join(session.choices("choice.libraries"))

    session.set_choices("choice.libraries", start)
    st.multiselect(
        _("Thư viện để so sánh (tối đa 6)"),
        list(known),
        format_func=lambda name: known[name],
        key="choice.libraries",
        on_change=write,
        max_selections=MOST_COMPARED,
        placeholder=_("Chọn thư viện"),
    )
    return tuple(session.choices("choice.libraries"))
