"""What the chair does with rounds: each step is confirmed, and the store checks it again."""

import re
from datetime import date

import streamlit as st

from report import labels
from report.round_report import SELF, VERIFIED
from survey.access import may_run_rounds, require
from survey.errors import SurveyError
from survey.rounds import NEXT_STATES, Round, RoundState
from survey.translation import Words
from ui import markup, session
from ui.application import FRAMEWORKS, application

SHORT_CHECKSUM = 12


def show(round_: Round) -> None:
    """One round with its dates and the steps that may follow."""
    _, language = session.current_words(), session.current_language()
    with st.container(border=True, key=f"round-{round_.id}"):
        state = markup.badge(
            labels.round_state(round_.state, language), "good" if round_.state is RoundState.OPEN else "quiet"
        )
        pairs = [
            (_("Số liệu chốt ngày"), markup.text(session.day(round_.reference_date))),
            (
                _("Thời gian"),
                markup.text(f"{session.day(round_.opens_on)} – {session.day(round_.closes_on)}"),
            ),
            (
                _("Bộ chỉ số"),
                markup.text(f"{round_.framework_id} · {_('phiên bản')} {_version(round_)}"),
            ),
            (_("Mã kiểm tra"), markup.text(round_.checksum[:SHORT_CHECKSUM] or _("khóa khi mở đợt"))),
        ]
        st.html(f"<h3>{markup.text(round_.name)} {state}</h3>" + markup.facts(pairs))
        if may_run_rounds(session.current_person()):
            _show_steps(round_, _)


def _version(round_: Round) -> int:
    """The frozen version, or the one that opening would freeze."""
    if round_.checksum:
        return round_.framework_version
    return application().newest_framework(round_.framework_id).framework.version


def _step_words(to: RoundState, _: Words) -> str:
    return {
        RoundState.OPEN: _("Mở đợt"),
        RoundState.CLOSED: _("Đóng đợt"),
        RoundState.PUBLISHED: _("Công bố kết quả"),
    }[to]


def _show_steps(round_: Round, _: Words) -> None:
    steps = NEXT_STATES[round_.state]
    if not steps:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        sure = st.checkbox(_("Tôi đã kiểm tra"), key=f"sure-{round_.id}-{round_.state}")
        for to in steps:
            if st.button(_step_words(to, _), key=f"{round_.id}-{to}", disabled=not sure):
                _take(round_, to)


def _take(round_: Round, to: RoundState) -> None:
    who = session.current_person()
    require(may_run_rounds(who))
    rounds = application().store.rounds
    if to is RoundState.OPEN and not round_.checksum:
        newest = application().newest_framework(round_.framework_id)
        rounds.change_state(
            round_.id,
            to,
            who.login,
            checksum=newest.checksum,
            framework_text=newest.text,
            framework_version=newest.framework.version,
        )
    else:
        rounds.change_state(round_.id, to, who.login)
    if to in (RoundState.CLOSED, RoundState.PUBLISHED):
        for basis in (SELF, VERIFIED):
            application().rank_study(round_.id, basis, by=who.login)
    st.rerun()


def show_new() -> None:
    """The form for a new round; it begins as a draft."""
    _ = session.current_words()
    st.html(f"<h2>{markup.text(_('Thêm đợt đánh giá'))}</h2>")
    known = sorted(path.stem for path in FRAMEWORKS.glob("*.yaml"))
    with st.form("new round", enter_to_submit=False):
        first, second = st.columns(2)
        name = first.text_input(_("Tên đợt"), placeholder=_("Đợt đánh giá năm 2026"))
        short = second.text_input(_("Mã đợt (chữ thường, số, gạch nối)"), placeholder="2026")
        framework_id = first.selectbox(_("Bộ chỉ số"), known)
        reference = second.text_input(_("Số liệu chốt ngày (ngày/tháng/năm)"), placeholder="31/12/2026")
        opens = first.text_input(_("Mở ngày (ngày/tháng/năm)"), placeholder="01/01/2027")
        closes = second.text_input(_("Hạn gửi (ngày/tháng/năm)"), placeholder="31/01/2027")
        pressed = st.form_submit_button(_("Thêm đợt"), type="primary")
    if pressed:
        _add(name, short, framework_id, reference, opens, closes)


def _add(name: str, short: str, framework_id: str, reference: str, opens: str, closes: str) -> None:
    who = session.current_person()
    require(may_run_rounds(who))
    if not name.strip() or not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,39}", short.strip()):
        raise SurveyError(
            vi="Chưa thêm đợt: cần tên đợt và mã đợt (2 đến 40 chữ thường không dấu, số hoặc gạch nối). "
            "Hãy nhập lại.",
            en="Round not added: a name and a code (2 to 40 lower-case letters, digits or hyphens) are needed.",
        )
    framework = application().newest_framework(framework_id).framework
    application().store.rounds.add(
        Round(
            id=short.strip(),
            name=name.strip(),
            framework_id=framework.id,
            framework_version=framework.version,
            reference_date=read_day(reference),
            opens_on=read_day(opens),
            closes_on=read_day(closes),
        ),
        who.login,
    )
    st.rerun()


def read_day(typed: str) -> date:
    """Read a day written as in Vietnam: 31/12/2026.

    Raises:
        SurveyError: it is not a day.
    """
    match = re.fullmatch(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*", typed)
    try:
        day, month, year = map(int, match.groups()) if match else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        shown = typed.strip()[:20]
        raise SurveyError(
            vi=f"«{shown}» không phải là ngày. Hãy nhập theo dạng ngày/tháng/năm, ví dụ 31/12/2026.",
            en=f"“{shown}” is not a day. Enter day/month/year, for example 31/12/2026.",
        ) from None
