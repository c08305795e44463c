"""Figures of one library: its indicators against both targets, and its score on the scale of levels."""

import pandas as pd
import plotly.graph_objects as go

from report.charts import lettering, marks, palette, theme
from report.charts.ladder import STROKE, TRACK, Ladder
from report.charts.records import Record, groups, numbers, records
from report.charts.scale import Scale
from survey.response import AnswerState
from survey.translation import words


def target_bars(table: pd.DataFrame, scale: Scale) -> go.Figure:
    """How far each indicator has come to its 2030 target, with the 2025 target on the same track.

    table: rows of one library from `tables.scores.by_indicator`. Without an answer there is no
    bar but the words for its state.
    """
    ladder, strokes = Ladder(scale, notes=92), []
    bars: dict[str, list[tuple[float, Record]]] = {}
    for dimension, rows in groups(table, "dimension"):
        ladder.heading(f"{dimension} · {scale.dimensions[dimension]}")
        for row in rows:
            answered = row["state"] == AnswerState.ANSWERED
            y = ladder.row(f"{row['indicator']}  {row['label']}", row["value_text"] if answered else "")
            if answered:
                bars.setdefault(dimension, []).append((y, row))
            else:
                ladder.inside(row["state_words"], y)
            if row["state"] != AnswerState.NOT_APPLICABLE:
                strokes.append((y, scale.lines[row["indicator"]]))
    figure = ladder.figure()
    for dimension, found in bars.items():
        figure.add_trace(_bars(found, dimension, scale))
    marks.add_strokes(figure, strokes, name=lettering.first_target(scale), size=STROKE)
    figure.add_trace(_end_of_track(scale))
    return theme.keep_legends(figure, scale.room)


def _bars(bars: list[tuple[float, Record]], dimension: str, scale: Scale) -> go.Bar:
    return go.Bar(
        meta=f"share {dimension}",
        orientation="h",
        x=numbers([100 * row["share"] for _y, row in bars]),
        y=[y for y, _row in bars],
        width=TRACK,
        marker=marks.patterned(scale.look(dimension)),
        hoverinfo="text",
        hovertext=[_indicator_hover(row, scale) for _y, row in bars],
        showlegend=False,
    )


def _end_of_track(scale: Scale) -> go.Scatter:
    """Only an entry of the legend: the end of each track is the last milestone's target."""
    return go.Scatter(
        meta="end",
        x=[None],
        y=[None],
        mode="markers",
        marker={
            "symbol": "square",
            "size": 12,
            "color": palette.TRACK,
            "line": {"width": 1, "color": palette.GREY},
        },
        name=words(scale.language)("Cuối thanh: chỉ tiêu {year}").format(year=scale.last),
    )


def _indicator_hover(row: Record, scale: Scale) -> str:
    _ = words(scale.language)
    return lettering.hover(
        f"{row['indicator']} · {lettering.wrapped(row['label'], line=48)}",
        _("Hiện có: {value}").format(value=lettering.plain(row["value_text"])),
        lettering.way_text(100 * row["share"], scale),
        _("Điểm: {points}/{maximum}").format(
            points=lettering.points_text(row["points"], scale),
            maximum=lettering.points_text(row["maximum"], scale),
        ),
    )


def score_bar(table: pd.DataFrame, scale: Scale) -> go.Figure:
    """One library's score on the scale of levels, its bounds, and the 2025 line.

    table: the library's row of `tables.scores.totals`.
    """
    _ = words(scale.language)
    row = records(table)[0]
    figure = theme.blank(scale.language, height=96, left=14, right=14, bottom=26)
    _level_strip(figure, scale)
    low, high = (lettering.score_text(row[end], scale) for end in ("low", "high"))
    _score(
        figure,
        _("Điểm đã chắc chắn: {score}").format(score=low),
        row["low"],
        0.0,
        marks.filled(palette.ACCENT),
    )
    if row["high"] > row["low"]:
        name = _("Có thể đạt tới: {score}").format(score=high)
        _score(figure, name, row["high"] - row["low"], row["low"], marks.hatched(palette.ACCENT))
    line = f"{lettering.first_line(scale)}: {lettering.score_text(row['line'], scale)}"
    marks.add_strokes(figure, [(0, row["line"])], name=line, size=30)
    return theme.keep_legends(figure, scale.room)


def _score(figure: go.Figure, name: str, width: float, base: float, marker: dict[str, object]) -> None:
    figure.add_bar(
        orientation="h",
        base=[base],
        x=numbers([width]),
        y=[0],
        width=0.36,
        marker=marker,
        name=name,
        hoverinfo="skip",
    )


def _level_strip(figure: go.Figure, scale: Scale) -> None:
    """Bands of the levels behind the score, each with its number and an entry in the legend below."""
    ends = [cut.at_least for cut in scale.cuts[1:]] + [100.0]
    for cut, end in zip(scale.cuts, ends, strict=True):
        figure.add_bar(
            orientation="h",
            base=[cut.at_least],
            x=[end - cut.at_least],
            y=[0],
            width=1,
            marker={
                "color": palette.pale(scale.level_colour(cut.level)),
                "line": {"width": 1, "color": "#FFFFFF"},
            },
            hoverinfo="skip",
            name=f"{cut.level} {lettering.plain(cut.name)}",
            legend="legend2",
            showlegend=scale.room == "wide",
        )
        figure.add_annotation(
            text=str(cut.level),
            x=(cut.at_least + end) / 2,
            y=0.35,
            showarrow=False,
            font={"size": theme.SMALL, "color": palette.INK},
        )
    figure.update_layout(
        xaxis=theme.quiet_axis(
            range=[0, 100],
            showticklabels=True,
            tickvals=sorted({0.0, *(cut.at_least for cut in scale.cuts), 100.0}),
        ),
        yaxis=theme.quiet_axis(range=[-0.5, 0.5]),
    )
