"""A chart on a page: its figure, its words, its table, and a link to its picture."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from report.charts.theme import config, room_for
from report.views import Asked, View, draw
from survey.framework import Framework
from survey.rounds import Round
from ui import charted, markup, session, sources

WIDTH = "be_rong"  # the cookie with the window's width, set by tieng-viet.js


def asked(**wishes: object) -> Asked:
    """A request in the person's language, for the room that the person's window has."""
    agent = st.context.headers.get("User-Agent", "") if st.context.headers else ""
    room = room_for(st.context.cookies.get(WIDTH, ""), agent)
    return Asked(language=session.current_language(), room=room, **wishes)  # type: ignore[arg-type]


def show(
    name: str,
    rounds: tuple[Round, ...],
    wish: Asked,
    *,
    hidden_for: str = "",
    said: Sequence[str] = (),
) -> None:
    """Draw the chart `name` of the newest of `rounds`.

    hidden_for: the library that sees the others without their names, or "". said: sentences to stand
    under the chart in place of its text alternative.
    """
    _ = session.current_words()
    view = _view(
        name, tuple((entry.id, entry.data_version, entry.state) for entry in rounds), wish, hidden_for
    )
    st.html(markup.heading(view.title, view.counted))
    st.plotly_chart(
        view.figure, theme=None, config=config(wish.language), alt=view.alternative, key=f"chart-{name}"
    )
    told = markup.sentences(said) if said else markup.paragraph(view.alternative, "chart-said")
    framework = session.report(rounds[-1].id, wish.method).framework
    # A picture is taken along, where nothing would say that its figures are not the official ones.
    picture = (
        ""
        if wish.method
        else markup.link(_("Tải hình"), picture_address(name, rounds, wish), style="picture")
    )
    there = sources.register_address(dimension=wish.dimension)
    ways = markup.link(_("Chỉ tiêu từ đâu"), there) + picture
    shown = markup.fold(_("Xem bảng số liệu"), table(view, framework))
    st.html(f"{told}<div class='chart-foot'>{shown}<div class='chart-ways'>{ways}</div></div>")


def table(view: View, framework: Framework) -> str:
    """The figures of a chart; the ids of what has a target lead to the register."""
    rows = [[sources.linked(cell, framework) for cell in row] for row in view.rows]
    return markup.table(view.head, rows, numeric=view.numeric, style="wide")


def picture_address(name: str, rounds: tuple[Round, ...], wish: Asked) -> str:
    """Where the picture of this very view can be had; the route checks the person again."""
    parameters = {
        "dot": rounds[-1].id,
        "diem": wish.basis,
        "thu-vien": wish.own,
        "chon": ",".join(wish.chosen),
        "xep": wish.order,
        "tru-cot": wish.dimension,
    }
    return f"/anh/{name}.png?{urlencode({key: value for key, value in parameters.items() if value})}"


@st.cache_resource(max_entries=400, show_spinner=False)
def _view(name: str, versions: tuple[tuple[str, int, str], ...], wish: Asked, hidden_for: str) -> View:
    """The view for one version of the data, shared by all sessions; what is cached is never changed."""
    return draw(name, charted.reports([entry[0] for entry in versions], hidden_for, wish.method), wish)
