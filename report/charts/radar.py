"""Radars of the dimensions: one library with its bounds, or a few libraries side by side."""

from collections.abc import Sequence
from typing import TypeVar

import pandas as pd
import plotly.graph_objects as go

from report.charts import lettering, palette, theme
from report.charts.records import Record, groups, numbers, records
from report.charts.scale import Scale
from survey.translation import words

HEIGHT = {"wide": 500, "narrow": 340}
MOST = 6  # more outlines than this cannot be told apart
BAND = "rgba(15,92,110,0.15)"
Value = TypeVar("Value")


def dimension_radar(table: pd.DataFrame, scale: Scale) -> go.Figure:
    """One library's dimensions: score, bounds where answers are missing, the 2025 line, 2030 as the rim.

    table: rows of one library from `tables.scores.by_dimension`. A dimension without a stated
    score has no corner on the outline, only its band.
    """
    _ = words(scale.language)
    rows = records(table)
    figure = _web([f"{_title(row)}<br><b>{_corner(row, scale)}</b>" for row in rows], scale)
    if any(row["high"] > row["low"] for row in rows):
        figure.add_trace(
            _outline([row["low"] for row in rows], meta="low", line={"width": 0}, showlegend=False)
        )
        figure.add_trace(
            _outline(
                [row["high"] for row in rows],
                meta="high",
                name=_("Còn có thể đạt thêm"),
                fill="tonext",
                fillcolor=BAND,
                line={"width": 1, "color": palette.ACCENT, "dash": "dot"},
            )
        )
    figure.add_trace(_first_line(rows, scale))
    figure.add_trace(_scores(rows, scale, name=_("Điểm"), look=palette.OWN))
    return theme.keep_legends(figure, scale.room)


def radar_compare(table: pd.DataFrame, scale: Scale, *, own: str = "") -> go.Figure:
    """At most six libraries on one radar, told apart by colour, dash and marker.

    table: rows of the chosen libraries from `tables.scores.by_dimension`; one row at least. The
    2025 line is the own library's, else the first one's (it moves only where indicators do not
    apply).
    """
    chosen = groups(table, "library")[:MOST]
    base = dict(chosen).get(own, chosen[0][1])
    figure = _web([_title(row) for row in base], scale)
    figure.add_trace(_first_line(base, scale))
    looks = palette.looks([library for library, _rows in chosen], own=own)
    for library, rows in chosen:
        name = lettering.plain(rows[0]["short"])
        if any(row["score"] != row["score"] for row in rows):
            name = words(scale.language)("{name} (thiếu số liệu)").format(name=name)
        figure.add_trace(_scores(rows, scale, name=name, look=looks[library]))
    return theme.keep_legends(figure, scale.room)


def _web(titles: Sequence[str], scale: Scale) -> go.Figure:
    """The empty web: a corner for each title, the rim at 100."""
    figure = theme.blank(scale.language, height=HEIGHT[scale.room])
    figure.update_layout(
        polar={
            "bgcolor": palette.CLEAR,
            "domain": {"x": [0.2, 0.8], "y": [0.14, 0.88] if scale.room == "wide" else [0.18, 0.85]},
            "radialaxis": {
                "range": [0, 102],
                "tickvals": [25, 50, 75, 100],
                "tickfont": {"size": theme.SMALL, "color": palette.QUIET},
                "angle": 45,
                "tickangle": 45,
                "gridcolor": palette.RULE,
                "showline": False,
                "ticks": "",
            },
            "angularaxis": {
                "tickvals": _angles(len(titles)),
                "ticktext": list(titles),
                "direction": "clockwise",
                "rotation": 90,
                "gridcolor": palette.RULE,
                "linecolor": palette.CLEAR,
                "ticks": "",
                "tickfont": {"size": theme.TEXT_SIZE},
            },
        }
    )
    figure.add_scatterpolar(
        r=[100.0] * 73,
        theta=[5.0 * step for step in range(73)],
        mode="lines",
        line={"width": 1.5, "color": palette.INK},
        hoverinfo="skip",
        name=f"{lettering.last_target(scale)} = 100",
        meta="rim",
    )
    return figure


def _scores(rows: Sequence[Record], scale: Scale, *, name: str, look: palette.Look) -> go.Scatterpolar:
    return _outline(
        [row["score"] for row in rows],
        meta="score",
        name=name,
        mode="lines+markers",
        line={"width": 2.5, "color": look.colour, "dash": look.dash},
        marker={"size": 9, "color": look.colour, "symbol": look.symbol},
        hoverinfo="text",
        hovertext=_closed([_hover(row, scale) for row in rows]),
    )


def _first_line(rows: Sequence[Record], scale: Scale) -> go.Scatterpolar:
    return _outline(
        [row["line"] for row in rows],
        meta="line",
        name=lettering.first_line(scale),
        line={"width": 2, "color": palette.MARK, "dash": "dash"},
    )


def _outline(values: Sequence[float], **drawn: object) -> go.Scatterpolar:
    """A closed line through the corners; what is not stated leaves a gap."""
    line = {"mode": "lines", "connectgaps": False, "hoverinfo": "skip"}
    return go.Scatterpolar(r=_closed(numbers(values)), theta=_closed(_angles(len(values))), **(line | drawn))


def _angles(corners: int) -> list[float]:
    return [360 * corner / corners for corner in range(corners)]


def _closed(values: Sequence[Value]) -> list[Value]:
    """The values with the first one once more, so that an outline comes back to its beginning."""
    return [*values, values[0]]


def _title(row: Record) -> str:
    return lettering.wrapped(row["dimension_short"], line=15)


def _corner(row: Record, scale: Scale) -> str:
    """What stands under a corner's title: the score, or the band where none is stated."""
    if row["low"] != row["low"]:
        return lettering.wrapped(words(scale.language)("không áp dụng"), line=8)
    if row["score"] != row["score"]:
        if row["low"] <= 0 and row["high"] >= 100:
            return lettering.wrapped(words(scale.language)("chưa có số liệu"), line=8)
        return lettering.band_text(row["low"], row["high"], scale)
    return lettering.score_text(row["score"], scale)


def _hover(row: Record, scale: Scale) -> str:
    _ = words(scale.language)
    return lettering.hover(
        f"{lettering.plain(row['short'])} · {lettering.plain(row['dimension_short'])}",
        f"{_('Điểm')}: {lettering.stated(row['score'], row['low'], row['high'], scale)}",
        f"{lettering.first_line(scale)}: {lettering.score_text(row['line'], scale)}",
    )
