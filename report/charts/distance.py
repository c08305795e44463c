"""How far the Federation and one library stand from both targets."""

import pandas as pd
import plotly.graph_objects as go

from report.charts import lettering, marks, palette, theme
from report.charts.ladder import STROKE, Ladder
from report.charts.records import Record, numbers, records
from report.charts.scale import Scale
from survey.translation import words

RANGE = 6  # pixels of the bar from the lowest to the highest


def target_distance(table: pd.DataFrame, scale: Scale, *, own: str = "") -> go.Figure:
    """Range and median of the libraries, and one library's place, on the way to the 2030 target.

    table: `spread.indicator_spread` or `spread.dimension_spread`. own: the library's name as it is
    to be shown; its places are the table's column own. What nobody states is said in words.
    """
    _ = words(scale.language)
    ladder = Ladder(scale)
    placed: list[tuple[float, Record]] = []
    dimension = ""
    for row in records(table):
        if row["dimension"] != dimension and row["id"] != row["dimension"]:
            dimension = row["dimension"]
            ladder.heading(f"{dimension} · {scale.dimensions[dimension]}")
        y = ladder.row(f"{row['id']}  {row['label']}")
        placed.append((y, row))
        if not row["stated"]:
            ladder.inside(_("chưa có số liệu"), y)
    figure = ladder.figure()
    stated = [(y, row) for y, row in placed if row["stated"]]
    _range(figure, stated, scale)
    marks.add_strokes(
        figure, [(y, row["line"]) for y, row in placed], name=lettering.first_target(scale), size=STROKE
    )
    _points(figure, stated, "median", _("Trung vị"), palette.MEDIAN, scale)
    if own:
        _points(figure, stated, "own", lettering.plain(own), palette.OWN, scale)
    return theme.keep_legends(figure, scale.room)


def _range(figure: go.Figure, rows: list[tuple[float, Record]], scale: Scale) -> None:
    figure.add_bar(
        meta="range",
        orientation="h",
        base=[row["lowest"] for _y, row in rows],
        x=[row["highest"] - row["lowest"] for _y, row in rows],
        y=[y for y, _row in rows],
        width=RANGE,
        marker=marks.filled(palette.GREY),
        name=words(scale.language)("Từ thấp nhất đến cao nhất"),
        hoverinfo="skip",
    )


def _points(
    figure: go.Figure,
    rows: list[tuple[float, Record]],
    column: str,
    name: str,
    look: palette.Look,
    scale: Scale,
) -> None:
    figure.add_scatter(
        meta=column,
        x=numbers([row[column] for _y, row in rows]),
        y=[y for y, _row in rows],
        mode="markers",
        marker={
            "symbol": look.symbol,
            "size": 11 if column == "own" else 15,
            "color": look.colour,
            "line": {"width": 1.5, "color": "#FFFFFF"},
        },
        cliponaxis=False,
        name=name,
        hoverinfo="text",
        hovertext=[_hover(row, name if column == "own" else "", scale) for _y, row in rows],
    )


def _hover(row: Record, own: str, scale: Scale) -> str:
    _ = words(scale.language)
    text = {name: lettering.percent_text(row[name], scale) for name in ("lowest", "median", "highest", "own")}
    return lettering.hover(
        f"{row['id']} · {lettering.wrapped(row['label'], line=48)}",
        f"{own}: {text['own']}" if own else "",
        _("Trung vị: {median}; từ {lowest} đến {highest}").format(**text),
        _("{n} thư viện có số liệu").format(n=row["stated"]),
        f"{lettering.first_target(scale)}: {lettering.percent_text(row['line'], scale)}",
    )
