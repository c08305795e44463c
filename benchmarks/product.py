"""The product as it is started, with a page of one text in place of its method page.

    python -m benchmarks.product --server.port N

Everything else is untouched: the page of one text then stands inside the same server, behind the same
sign-in, navigation and header as every page.
"""

import sys

import streamlit as st
from streamlit.web import cli

import ui.method
from survey.rounds import Round


def _one_text(round_: Round | None) -> None:  # noqa: ARG001
    st.text_input("Một dòng", key="words")


def main() -> None:
    ui.method.show = _one_text
    cli.main(["run", "app.py", *sys.argv[1:]])


if __name__ == "__main__":
    main()
