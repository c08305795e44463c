"""Choices that live in the address under short words, so that a view can be sent as a link.

Streamlit's own binding writes the option's label into the address; these words stay the same in
both languages and when a label is reworded.
"""

from collections.abc import Callable

import streamlit as st

from ui import session


def segments(label: str, options: dict[str, str], parameter: str, *, label_shown: bool = True) -> str:
    """A row of segments; the first option where the address names none that exists."""
    key = _begin(options, parameter)
    chosen = st.segmented_control(
        label,
        list(options),
        format_func=lambda name: options[name],
        key=key,
        on_change=_writer(key, parameter),
        required=True,
        label_visibility="visible" if label_shown else "collapsed",
    )
    return chosen or next(iter(options))


def select(label: str, options: dict[str, str], current: str, parameter: str) -> None:
    """A list that stands on `current`; a choice is written into the address and draws the page anew."""
    key = f"choice.{parameter}"
    session.set_choice(key, current)
    st.selectbox(
        label,
        list(options),
        format_func=lambda name: options[name],
        key=key,
        on_change=_writer(key, parameter),
    )


def _begin(options: dict[str, str], parameter: str) -> str:
    key = f"choice.{parameter}"
    named = st.query_params.get(parameter, "")
    session.set_choice(key, named if named in options else next(iter(options)))
    return key


def _writer(key: str, parameter: str) -> Callable[[], None]:
    def write() -> None:
        st.query_params[parameter] = session.choice(key)

    return write


def typed(label: str, parameter: str, *, placeholder: str = "") -> None:
    """A line of text that lives in the address."""
    key = f"choice.{parameter}"
    session.set_choice(key, st.query_params.get(parameter, ""))
    st.text_input(label, key=key, on_change=_writer(key, parameter), placeholder=placeholder, max_chars=60)
