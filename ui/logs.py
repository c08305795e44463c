"""Streamlit's own log lines, in the form of all others."""

import logging

import streamlit.logger


def join_streamlit() -> None:
    """Let Streamlit's loggers speak through the root's handler, also those that are made later.

    Streamlit gives each of its loggers a handler of its own when it makes it, through this function alone.
    """
    streamlit.logger.setup_formatter = _hand_on
    streamlit.logger.update_formatter()


def _hand_on(logger: logging.Logger) -> None:
    for handler in tuple(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = True
