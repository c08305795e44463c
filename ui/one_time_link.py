"""A one-time link as the administrator gets it: to pass on, and mailed where a mail server is configured."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

import streamlit as st

from survey.errors import SurveyError
from survey.text import Language, format_moment
from ui import markup, session
from ui.application import application

Letter = Callable[[str, str, datetime, Language], tuple[str, str]]


@dataclass(frozen=True)
class Link:
    """The link and whether it was mailed. failure: why it was not, although it should have been."""

    address: str
    name: str
    until: datetime
    mailed_to: str = ""
    failure: str = ""


def make(path: str, token: str, name: str, email: str | None, letter: Letter, language: str) -> Link:
    """Put the link together and mail it where that is possible; it is shown whatever comes of the mail."""
    app = application()
    found = app.store.invitations.find(token)
    assert found is not None, "the link was made a moment ago"
    address = f"{session.own_address()}{path}?ma={quote(token)}"
    link = Link(address, name, found.expires_at)
    if app.mail is None or not email:
        return link
    subject, text = letter(name, address, found.expires_at, "en" if language == "en" else "vi")
    try:
        app.mail(to=email, subject=subject, text=text)
    except SurveyError as error:
        return Link(address, name, found.expires_at, failure=error.to(session.current_language()))
    return Link(address, name, found.expires_at, mailed_to=email)


def show(link: Link) -> None:
    """The link, once: it is gone with the next click."""
    _, language = session.current_words(), session.current_language()
    until = format_moment(link.until, language)
    if link.mailed_to:
        said = _("Đã gửi thư cho {name} ({email}). Liên kết dùng được một lần, đến {until}.")
    else:
        said = _(
            "Hãy chuyển liên kết này cho {name}. Liên kết chỉ hiện lúc này, dùng được một lần, đến {until}."
        )
    words = said.format(name=link.name, email=link.mailed_to, until=until)
    if link.failure:
        st.html(markup.notice(markup.paragraph(link.failure), "warn"))
    st.html(markup.notice(markup.paragraph(words), "good"))
    st.code(link.address, language=None, wrap_lines=True)
