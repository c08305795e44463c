"""The charts of one library's result."""

import streamlit as st

from report.round_report import RoundReport
from ui import chart


def show(report: RoundReport, library: str) -> None:
    """The score on its scale, then the dimensions beside every indicator's way to its targets."""
    wish = chart.asked(own=library)
    rounds = (report.round,)
    chart.show("thang-diem", rounds, wish)
    first, second = st.columns([4, 5])
    with first:
        chart.show("tru-cot", rounds, wish)
    with second:
        chart.show("hai-chi-tieu", rounds, wish)
