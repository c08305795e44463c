"""Scores over the rounds."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from report.charts import lettering, palette, theme
from report.charts.records import Record, groups, numbers
from report.charts.scale import Scale
from survey.text import format_day
from survey.translation import words

HEIGHT = 380
MOST = 6  # more lines than this cannot be told apart


def trend_lines(
    table: pd.DataFrame,
    scale: Scale,
    *,
    own: str = "",
    chosen: Sequence[str] = (),
    mergers: Sequence[date] = (),
) -> go.Figure:
    """A line a library over the rounds: the own and the chosen ones stand out, the others stay grey.

    table: `tables.rounds.trend`. A line ends where its library ends (a merged one goes on as
    another library) and has a gap, with the band instead, where a round states no score.
    mergers: days on which libraries were merged; an upright line says why lines end and begin.
    """
    _ = words(scale.language)
    libraries = groups(table, "library")
    shown = [name for name in dict.fromkeys([own, *chosen]) if name in dict(libraries)][:MOST]
    figure = theme.blank(scale.language, height=HEIGHT, left=34, right=26, bottom=32)
    others = [rows for name, rows in libraries if name not in shown]
    for position, rows in enumerate(others):
        _line(figure, rows, scale, name=_("Các thư viện khác"), look=palette.OTHER, legend=position == 0)
    looks = palette.looks(shown, own=own)
    for name in shown:
        rows = dict(libraries)[name]
        short = lettering.plain(rows[0]["short"])
        _line(figure, rows, scale, name=short, look=looks[name], legend=True)
    _first_line(figure, table, scale)
    for day in mergers:
        _merger(figure, day, scale)
    figure.update_layout(
        xaxis=_rounds(table),
        yaxis=theme.quiet_axis(
            range=[-3, 103],
            showgrid=True,
            gridcolor=palette.RULE,
            showticklabels=True,
            tickvals=[0, 25, 50, 75, 100],
        ),
    )
    return theme.keep_legends(figure, scale.room)


def _line(
    figure: go.Figure, rows: list[Record], scale: Scale, *, name: str, look: palette.Look, legend: bool
) -> None:
    quiet = look is palette.OTHER
    _bands(figure, rows, look, scale)
    figure.add_scatter(
        meta="score",
        x=[row["reference_date"] for row in rows],
        y=numbers([row["score"] for row in rows]),
        mode="lines+markers",
        connectgaps=False,
        line={"width": 1.2 if quiet else 2.8, "color": look.colour, "dash": look.dash},
        marker={"size": 5 if quiet else 9, "color": look.colour, "symbol": look.symbol},
        cliponaxis=False,
        name=name,
        showlegend=legend,
        hoverinfo="text",
        hovertext=[_hover(row, scale) for row in rows],
    )


def _bands(figure: go.Figure, rows: list[Record], look: palette.Look, scale: Scale) -> None:
    """An upright bar from low to high for each round that states no score but knows some answers."""
    unstated = [row for row in rows if row["score"] != row["score"] and row["coverage"] > 0]
    if not unstated:
        return
    figure.add_scatter(
        meta="band",
        x=[row["reference_date"] for row in unstated for _end in range(3)],
        y=[end for row in unstated for end in (row["low"], row["high"], None)],
        mode="lines+markers",
        line={"width": 1.5, "color": look.colour, "dash": "dot"},
        marker={"size": 10, "color": look.colour, "symbol": "line-ew-open", "line": {"width": 2}},
        cliponaxis=False,
        showlegend=False,
        hoverinfo="text",
        hovertext=[_hover(row, scale) for row in unstated for _end in range(3)],
    )


def _first_line(figure: go.Figure, table: pd.DataFrame, scale: Scale) -> None:
    days = list(dict.fromkeys(table["reference_date"]))
    figure.add_scatter(
        meta="line",
        x=days,
        y=[scale.line] * len(days),
        mode="lines" if len(days) > 1 else "markers",
        line={"width": 2, "color": palette.MARK, "dash": "dash"},
        marker={"symbol": "line-ew", "size": 30, "line": {"width": 2, "color": palette.MARK}},
        hoverinfo="skip",
        name=f"{lettering.first_line(scale)}: {lettering.score_text(scale.line, scale)}",
    )


def _merger(figure: go.Figure, day: date, scale: Scale) -> None:
    _ = words(scale.language)
    figure.add_vline(x=str(day), line={"width": 1.5, "color": palette.QUIET, "dash": "dot"})
    figure.add_annotation(
        x=str(day),
        y=1,
        yref="paper",
        yanchor="top",
        xanchor="right",
        xshift=-4,
        showarrow=False,
        text=_("Sáp nhập {day}").format(day=format_day(day, scale.language)),
        font={"color": palette.QUIET},
    )


def _rounds(table: pd.DataFrame) -> dict[str, object]:
    """The days of the rounds, in their true distances, as month and year; the margins keep markers whole."""
    days = sorted(set(table["reference_date"]))
    margin = max(pd.Timedelta(days=20), (pd.Timestamp(days[-1]) - pd.Timestamp(days[0])) * 0.04)
    return theme.quiet_axis(
        type="date",
        range=[str(pd.Timestamp(days[0]) - margin), str(pd.Timestamp(days[-1]) + margin)],
        showticklabels=True,
        tickvals=days,
        ticktext=[f"{day:%m/%Y}" for day in days],
    )


def _hover(row: Record, scale: Scale) -> str:
    _ = words(scale.language)
    return lettering.hover(
        f"{lettering.plain(row['short'])} · {lettering.plain(row['round_name'])}",
        f"{_('Điểm')}: {lettering.stated(row['score'], row['low'], row['high'], scale)}",
    )
