"""How far a response has come: a bar for the whole and the count of each section."""

import streamlit as st

from survey.framework import Framework
from survey.response import Response
from survey.sending import progress
from ui import markup, session


def place(framework: Framework) -> None:
    """Reserve the place of the counts; cards renew it after each save."""
    session.keep_place(st.empty())
    renew(framework)


def renew(framework: Framework) -> None:
    """Draw the counts anew where they stand."""
    held = session.place()
    if held is not None:
        held.html(bars(framework, session.held_response()))


def bars(framework: Framework, response: Response) -> str:
    """The whole as a bar, each section as a small one."""
    _, language = session.current_words(), session.current_language()
    counts = progress(framework, response)
    done = sum(answered for answered, _asked in counts.values())
    asked = sum(total for _done, total in counts.values())
    names = {dimension.id: dimension.short.to(language) for dimension in framework.dimensions}
    names[framework.information.id] = framework.information.short.to(language)
    whole = markup.meter(
        done / asked if asked else 0,
        _("{done}/{asked} câu đã trả lời").format(done=done, asked=asked),
        style="whole",
    )
    parts = "".join(
        f"<div class='section-count'><span>{markup.text(f'{section} · {names[section]}')}</span>"
        + markup.meter(answered / total, _("{done}/{asked} đã trả lời").format(done=answered, asked=total))
        + "</div>"
        for section, (answered, total) in counts.items()
    )
    return f"<div class='progress'>{whole}<div class='section-counts'>{parts}</div></div>"
