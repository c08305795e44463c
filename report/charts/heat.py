"""Every library's way to the last milestone's targets, indicator by indicator."""

from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from report.charts import lettering, palette, theme
from report.charts.records import Record, groups
from report.charts.scale import Scale
from survey.response import AnswerState
from survey.translation import words

ROW = {"wide": 28, "narrow": 26}  # pixels of an indicator
TOP = {"wide": 84, "narrow": 108}  # pixels for the libraries' names, which stand upright in a narrow room
LABELS = {"wide": 344, "narrow": 40}  # pixels for the indicators' names
SIGNS = 48
NAME = 9  # signs of a line of a library's name, and where the columns are narrow
SHORT_NAME = 5
WIDE_COLUMN = 58  # pixels from which a column has room for the longer lines
# What stands in a cell that has no number, and its ground.
NO_NUMBER = {
    AnswerState.UNKNOWN: ("?", "#F6E8D3"),
    AnswerState.NOT_APPLICABLE: ("–", "#E6E6E6"),
    AnswerState.UNANSWERED: ("·", "#FFFFFF"),
}
WIDTHS = {"wide": 900, "narrow": 374}  # pixels that the figure is sure to have
ROOM_FOR_TEXT = 25  # pixels that "100" takes


def heat_map(table: pd.DataFrame, scale: Scale, *, own: str = "") -> go.Figure:
    """Indicators down, libraries across: percent of the way to the 2030 target, the darker the further.

    table: `tables.scores.by_indicator`, the libraries in the order to be shown. "?" is not known,
    "–" not applicable, "·" not answered; none of them is 0. Numbers stand in the cells where
    they fit.
    """
    libraries = [(name, rows[0]) for name, rows in groups(table, "library")]
    columns = {name: x for x, (name, _row) in enumerate(libraries)}
    rows = _rows(table, scale)
    top = TOP[scale.room]
    line = NAME if _column_width(len(columns), scale) >= WIDE_COLUMN else SHORT_NAME
    height = ROW[scale.room] * len(rows) + top + 8
    figure = theme.blank(scale.language, height=height, left=LABELS[scale.room], top=top)
    cells = [(y, columns[cell["library"]], cell) for y, (_label, found) in enumerate(rows) for cell in found]
    figure.add_trace(_answered(cells, len(rows), len(columns), scale))
    _steps(figure, scale)
    _not_answered(figure, cells, scale)
    if _text_fits(len(columns), scale):
        figure.add_trace(_numbers(cells, scale))
    figure.update_layout(
        xaxis=theme.quiet_axis(
            side="top",
            range=[-0.5, len(columns) - 0.5],
            showticklabels=True,
            tickangle=0 if scale.room == "wide" else -90,
            tickvals=list(columns.values()),
            ticktext=[_column(row, scale, line=line, mine=name == own) for name, row in libraries],
            tickfont={"size": theme.SMALL, "color": palette.INK},
        ),
        yaxis=theme.quiet_axis(range=[len(rows) - 0.5, -0.5]),
        annotations=[_label(text, y, scale) for y, (text, _found) in enumerate(rows)],
    )
    return theme.keep_legends(figure, scale.room)


def _column(row: Record, scale: Scale, *, line: int, mine: bool) -> str:
    """A library's name above its column, and that it has not sent."""
    state = "" if row["sent"] else str(row["state_of_response"]).lower()
    if scale.room == "narrow":
        return lettering.owned(row["short"], mine=mine) + lettering.remark_below(state)
    lines = "<br>".join(lettering.owned(part, mine=mine) for part in _split(row["short"], line))
    below = [lettering.remark_below(part) for part in _split(state, line)]
    return lines + "".join(below)


def _split(text: str, line: int) -> list[str]:
    return wrap(text, line, break_long_words=False)


def _rows(table: pd.DataFrame, scale: Scale) -> list[tuple[str, list[Record]]]:
    """The figure's rows from the top: a heading without cells for each dimension, then its indicators."""
    found: list[tuple[str, list[Record]]] = []
    for dimension, rows in groups(table, "dimension"):
        found.append((f"<b>{dimension} · {lettering.plain(scale.dimensions[dimension])}</b>", []))
        by_indicator = groups(pd.DataFrame(rows), "indicator")
        for indicator, cells in by_indicator:
            label = f"{indicator}  {cells[0]['label']}"
            text = lettering.wrapped(label, line=SIGNS, lines=1) if scale.room == "wide" else indicator
            found.append((text, cells))
    return found


def _answered(cells: list[tuple[int, int, Record]], height: int, width: int, scale: Scale) -> go.Heatmap:
    z: list[list[float | None]] = [[None] * width for _y in range(height)]
    text = [[""] * width for _y in range(height)]
    for y, x, cell in cells:
        if cell["state"] == AnswerState.ANSWERED:
            z[y][x] = 100 * cell["share"]
            text[y][x] = _hover(cell, scale)
    return go.Heatmap(
        meta="share",
        z=z,
        zmin=0,
        zmax=100,
        xgap=2,
        ygap=2,
        colorscale=[list(step) for step in palette.HEAT_STEPS],
        showscale=False,
        hoverongaps=False,
        hoverinfo="text",
        hovertext=text,
    )


def _steps(figure: go.Figure, scale: Scale) -> None:
    """What light and dark mean, as entries of the legend."""
    for share in (0.0, 0.5, 1.0):
        figure.add_scatter(
            meta="step",
            x=[None],
            y=[None],
            mode="markers",
            marker={
                "symbol": "square",
                "size": 14,
                "color": palette.heat_colour(share),
                "line": {"width": 1, "color": palette.PALE},
            },
            legend="legend2",
            name=lettering.percent_text(100 * share, scale),
        )


def _not_answered(figure: go.Figure, cells: list[tuple[int, int, Record]], scale: Scale) -> None:
    """The cells without a number: a ground and a sign for each state, with an entry in the legend."""
    for state, (sign, ground) in NO_NUMBER.items():
        shown = [(y, x, cell) for y, x, cell in cells if cell["state"] == state]
        if not shown:
            continue
        z: dict[tuple[int, int], int] = {(y, x): 1 for y, x, _cell in shown}
        ys, xs = max(y for y, _x in z) + 1, max(x for _y, x in z) + 1
        figure.add_heatmap(
            meta=f"ground {state.value}",
            z=[[z.get((y, x)) for x in range(xs)] for y in range(ys)],
            xgap=2,
            ygap=2,
            colorscale=[[0, ground], [1, ground]],
            showscale=False,
            hoverinfo="skip",
        )
        figure.add_scatter(
            meta=state.value,
            x=[x for _y, x, _cell in shown],
            y=[y for y, _x, _cell in shown],
            mode="text",
            text=[sign] * len(shown),
            textfont={"size": theme.TEXT_SIZE + 1, "color": palette.INK},
            hoverinfo="text",
            hovertext=[_hover(cell, scale) for _y, _x, cell in shown],
            showlegend=False,
        )
        figure.add_scatter(
            meta="legend",
            x=[None],
            y=[None],
            mode="markers",
            marker={
                "symbol": "square",
                "size": 14,
                "color": ground,
                "line": {"width": 1, "color": palette.PALE},
            },
            legend="legend2",
            name=f"{sign}  {shown[0][2]['state_words'].lower()}",
        )


def _text_fits(libraries: int, scale: Scale) -> bool:
    return _column_width(libraries, scale) >= ROOM_FOR_TEXT


def _column_width(libraries: int, scale: Scale) -> float:
    """The pixels that a column is sure to have."""
    return (WIDTHS[scale.room] - LABELS[scale.room]) / libraries


def _numbers(cells: list[tuple[int, int, Record]], scale: Scale) -> go.Scatter:
    shown = [(y, x, cell) for y, x, cell in cells if cell["state"] == AnswerState.ANSWERED]
    return go.Scatter(
        meta="numbers",
        x=[x for _y, x, _cell in shown],
        y=[y for y, _x, _cell in shown],
        mode="text",
        text=[lettering.whole_text(100 * cell["share"], scale) for _y, _x, cell in shown],
        textfont={
            "size": theme.SMALL,
            "color": [palette.readable_on(palette.heat_colour(cell["share"])) for _y, _x, cell in shown],
        },
        hoverinfo="skip",
        showlegend=False,
    )


def _label(text: str, y: int, scale: Scale) -> dict[str, object]:
    heading = text.startswith("<b>")
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 4 - LABELS[scale.room],
        "y": y + (0.12 if heading else 0),
        "showarrow": False,
        "font": {"size": theme.TEXT_SIZE if heading else theme.SMALL, "color": palette.INK},
    }


def _hover(cell: Record, scale: Scale) -> str:
    _ = words(scale.language)
    answered = cell["state"] == AnswerState.ANSWERED
    return lettering.hover(
        f"{lettering.plain(cell['short'])} · {cell['indicator']}",
        lettering.wrapped(cell["label"], line=48),
        _("Hiện có: {value}").format(value=lettering.plain(cell["value_text"]))
        if answered
        else cell["state_words"],
        lettering.way_text(100 * cell["share"], scale) if answered else "",
    )
