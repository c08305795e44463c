"""Points of every library, dimension beside dimension, with the 2025 line and what is still open."""

from statistics import median

import pandas as pd
import plotly.graph_objects as go

from report.charts import lettering, marks, palette, theme
from report.charts.records import Record, groups, numbers
from report.charts.scale import Scale
from survey.translation import words

ROW = 38  # pixels of a library
BAR = 0.6  # of them its bar
ENOUGH_FOR_A_MEDIAN = 3  # the middle of two is neither


def stacked_points(table: pd.DataFrame, scale: Scale, *, own: str = "") -> go.Figure:
    """One bar a library: assured points by dimension, then hatched what open answers could still bring.

    table: `tables.scores.by_dimension`, the libraries in the order to be shown. One that has not
    sent says so under its name; one without any answer has no bar, which would look like 0 points.
    """
    libraries = groups(table, "library")
    figure = theme.blank(scale.language, height=ROW * len(libraries) + 38, left=106, right=88, bottom=30)
    known = [(y, rows) for y, (_name, rows) in enumerate(libraries) if has_answers(rows)]
    for dimension, label in scale.dimensions.items():
        _segment(figure, [(y, _of(rows, dimension)) for y, rows in known], dimension, label, scale)
    _open_points(figure, known, scale)
    lines = [(y, line(rows)) for y, rows in known]
    marks.add_strokes(figure, lines, name=lettering.first_line(scale), size=ROW * BAR * 0.9)
    _middle(figure, [rows for _name, rows in libraries], scale)
    for y, (_name, rows) in enumerate(libraries):
        if has_answers(rows):
            _total(figure, rows, y, scale)
        else:
            _nothing(figure, rows, y, scale)
    figure.update_layout(
        barmode="stack",
        xaxis=theme.quiet_axis(
            range=[0, scale.total],
            showgrid=True,
            gridcolor=palette.RULE,
            showticklabels=True,
            nticks=6,
            tickformat=",d",
        ),
        yaxis=lettering.library_axis(
            [(name, rows[0]["short"], _remark(rows[0])) for name, rows in libraries], own=own
        ),
    )
    return theme.keep_legends(figure, scale.room)


def _remark(row: Record) -> str:
    """That a library is still at work, or was asked again; one that has not begun says so in its row."""
    return str(row["state"]).lower() if row["begun"] and not row["sent"] else ""


def _segment(
    figure: go.Figure, rows: list[tuple[int, Record | None]], dimension: str, label: str, scale: Scale
) -> None:
    shown = [(y, row) for y, row in rows if row is not None]
    figure.add_bar(
        meta=f"points {dimension}",
        orientation="h",
        x=numbers([row["earned"] for _y, row in shown]),
        y=[y for y, _row in shown],
        width=BAR,
        marker=marks.patterned(scale.look(dimension)),
        name=f"{dimension} · {lettering.plain(label)}",
        hoverinfo="text",
        hovertext=[_hover(row, scale) for _y, row in shown],
    )


def _open_points(figure: go.Figure, libraries: list[tuple[int, list[Record]]], scale: Scale) -> None:
    _ = words(scale.language)
    found = [(y, open_points(rows), rows[0]["short"]) for y, rows in libraries]
    shown = [entry for entry in found if entry[1] > 0]
    if not shown:
        return
    figure.add_bar(
        meta="open",
        orientation="h",
        x=[points for _y, points, _short in shown],
        y=[y for y, _points, _short in shown],
        width=BAR,
        marker=marks.hatched(palette.GREY),
        name=_("Còn có thể đạt thêm"),
        hoverinfo="text",
        hovertext=[
            lettering.hover(
                lettering.plain(short),
                _("Còn có thể đạt thêm {points} điểm").format(points=lettering.points_text(points, scale)),
            )
            for _y, points, short in shown
        ],
    )


def _middle(figure: go.Figure, libraries: list[list[Record]], scale: Scale) -> None:
    """The median of those who sent and whose score is stated, right across the figure."""
    known = [assured(rows) for rows in libraries if rows[0]["sent"] and stated(rows)]
    if len(known) < ENOUGH_FOR_A_MEDIAN:
        return
    _ = words(scale.language)
    value = median(known)
    figure.add_scatter(
        meta="median",
        x=[value, value],
        y=[-0.5, len(libraries) - 0.5],
        mode="lines",
        line={"width": 1.5, "color": palette.INK, "dash": "dot"},
        hoverinfo="skip",
        name=_("Trung vị: {median}").format(median=lettering.whole_text(value, scale)),
    )


def has_answers(rows: list[Record]) -> bool:
    return any(row["coverage"] > 0 for row in rows)


def stated(rows: list[Record]) -> bool:
    """Whether the whole has a stated score; only such libraries are set in an order."""
    return bool(rows[0]["stated"])


def open_points(rows: list[Record]) -> float:
    """Points that answers not given could still bring: the width of the band, in points."""
    return _sum(rows, "high") - _sum(rows, "low")


def assured(rows: list[Record]) -> float:
    return float(sum(row["earned"] for row in rows))


def line(rows: list[Record]) -> float:
    """The points that the first milestone asks for; a library to which nothing applies has no line."""
    return _sum(rows, "line") if any(row["applicable"] for row in rows) else float("nan")


def _sum(rows: list[Record], column: str) -> float:
    """A column of shares of the applicable points, added up in points; nothing applicable adds nothing."""
    return float(sum(row[column] * row["applicable"] / 100 for row in rows if row["applicable"]))


def _of(rows: list[Record], dimension: str) -> Record | None:
    return next((row for row in rows if row["dimension"] == dimension), None)


def _nothing(figure: go.Figure, rows: list[Record], y: int, scale: Scale) -> None:
    """The words in place of a bar."""
    _ = words(scale.language)
    told = _("chưa có số liệu") if rows[0]["begun"] else str(rows[0]["state"]).lower()
    figure.add_annotation(
        text=f"<i>{lettering.plain(told)}</i>",
        x=0,
        xref="paper",
        xanchor="left",
        xshift=6,
        y=y,
        showarrow=False,
        font={"size": theme.SMALL, "color": palette.QUIET},
    )


def _total(figure: go.Figure, rows: list[Record], y: int, scale: Scale) -> None:
    """The sum at the end of the row; a band where answers are missing."""
    earned = assured(rows)
    texts = [lettering.whole_text(points, scale) for points in (earned, earned + open_points(rows))]
    figure.add_annotation(
        text=f"<b>{texts[0]}</b>" if texts[0] == texts[1] else f"<b>{texts[0]}</b> – {texts[1]}",
        x=1,
        xref="paper",
        xanchor="left",
        xshift=8,
        y=y,
        showarrow=False,
        font={"size": theme.TEXT_SIZE},
    )


def _hover(row: Record, scale: Scale) -> str:
    _ = words(scale.language)
    return lettering.hover(
        f"{lettering.plain(row['short'])} · {lettering.plain(row['label'])}",
        _("{points} trên {applicable} điểm").format(
            points=lettering.points_text(row["earned"], scale),
            applicable=lettering.points_text(row["applicable"], scale),
        ),
        f"{_('Điểm')}: {lettering.stated(row['score'], row['low'], row['high'], scale)}",
    )
