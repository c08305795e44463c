"""The director's sending: a sentence to certify, a name, and one button that sends once."""

import streamlit as st

from survey.access import Person
from survey.rounds import Round
from survey.store import Sending
from ui import session
from ui.application import application


def sentence(round_: Round) -> str:
    """What the director certifies, as it is kept with the receipt."""
    _ = session.current_words()
    return _(
        "Tôi xác nhận số liệu trong phiếu này đúng với thực tế của thư viện tại ngày {day} và chịu trách "
        "nhiệm về số liệu đã gửi."
    ).format(day=session.day(round_.reference_date))


def show(round_: Round, who: Person) -> Sending | None:
    """Draw the form; a `Sending` once the director has certified and named who sends."""
    _ = session.current_words()
    certified = sentence(round_)
    agreed = st.checkbox(certified, key="certified")
    first, second = st.columns([3, 2])
    name = first.text_input(
        _("Họ và tên người gửi"), key=session.start_field("sending", "name", who.name), max_chars=120
    )
    second.text_input(_("Ngày gửi"), value=session.day(session.today()), disabled=True)
    return Sending(name, certified, session.sendings()) if agreed and name.strip() else None


def send(round_: Round, who: Person, sending: Sending) -> None:
    """Send under the number of sendings that the person saw: a second click finds the first receipt."""
    assert who.library_id is not None
    application().store.cycle.submit(round_.id, who.library_id, who, sending, today=session.today())
