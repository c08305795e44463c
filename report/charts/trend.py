"""Scores over the rounds: one small panel a library, all on the same scale."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from report.charts import lettering, palette, theme
from report.charts.records import Record, groups, numbers
from report.charts.scale import Scale
from survey.text import format_day
from survey.translation import words

COLUMNS = {"wide": 5, "narrow": 2}
GUTTER = {"wide": 26, "narrow": 22}  # pixels between two panels
PANEL = 104  # pixels of a panel, without its title
TITLE = 44  # pixels above it: the name, and what has to be said of it
ALONE = 10  # pixels of a mark that no line leads to
APART = 0.3  # of a panel's width between two days that are named
FOOT = 26  # pixels for the days under the lowest panels
PART_LOOKS = (
    palette.Look("#7B8B91", "", "circle-open", "solid"),
    palette.Look("#7B8B91", "", "square-open", "dash"),
    palette.Look("#7B8B91", "", "diamond-open", "dot"),
)


@dataclass(frozen=True)
class Merger:
    """What a merger changed between the rounds. on: its day, or None. parts: the successor by the id of each part."""

    on: date | None = None
    parts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


NO_MERGER = Merger()


@dataclass(frozen=True)
class Panel:
    """One library with the libraries that it was merged from; the axes carry its number, the first one's none."""

    number: int
    own: list[Record]
    parts: list[list[Record]]

    @property
    def suffix(self) -> str:
        return str(self.number) if self.number > 1 else ""

    @property
    def axes(self) -> dict[str, str]:
        return {"xaxis": f"x{self.suffix}", "yaxis": f"y{self.suffix}"}


def trend_lines(
    table: pd.DataFrame,
    scale: Scale,
    *,
    own: str = "",
    chosen: tuple[str, ...] = (),
    merger: Merger = NO_MERGER,
) -> go.Figure:
    """A panel for each library of the newest round; the own and the chosen ones stand out.

    table: `tables.rounds.trend`. The line of a library that was merged is never joined to that of its
    parts: they stand in the panel as they were, grey. A round without a stated score is a gap, with
    the band instead where something was answered.
    """
    panels = _panels(table, merger)
    figure = theme.blank(scale.language, height=PANEL, left=30, right=14, bottom=FOOT)
    _lay_out(figure, panels, table, scale)
    shown = {own, *chosen} - {""}
    for panel in panels:
        _draw(figure, panel, scale, strong=not shown or panel.own[0]["library"] in shown)
        _title(figure, panel, scale, mine=panel.own[0]["library"] == own)
    _shade_after(figure, panels, table, merger)
    _legend(figure, panels, scale, merger)
    return theme.keep_legends(figure, scale.room)


def _panels(table: pd.DataFrame, merger: Merger) -> list[Panel]:
    newest = table["reference_date"].max()
    by_library = dict(groups(table, "library"))
    now = list(dict.fromkeys(table.loc[table["reference_date"] == newest, "library"]))
    return [
        Panel(
            number,
            by_library[name],
            [rows for part, rows in by_library.items() if merger.parts.get(part) == name],
        )
        for number, name in enumerate(now, start=1)
    ]


def _lay_out(figure: go.Figure, panels: list[Panel], table: pd.DataFrame, scale: Scale) -> None:
    """Place the panels, each with axes of its own over the same range."""
    columns = COLUMNS[scale.room]
    rows = -(-len(panels) // columns)
    plot = rows * (TITLE + PANEL)
    figure.layout.height = plot + figure.layout.margin.t + figure.layout.margin.b
    width = theme.SURE_WIDTH[scale.room] - figure.layout.margin.l - figure.layout.margin.r
    gutter = GUTTER[scale.room] / width
    wide = (1 - gutter * (columns - 1)) / columns
    for panel in panels:
        row, column = divmod(panel.number - 1, columns)
        left = column * (wide + gutter)
        top = 1 - (row * (TITLE + PANEL) + TITLE) / plot
        lowest = panel.number + columns > len(panels)
        figure.layout[f"xaxis{panel.suffix}"] = _days(table, shown=lowest) | {
            "domain": [left, min(1.0, left + wide)],
            "anchor": f"y{panel.suffix}",
        }
        figure.layout[f"yaxis{panel.suffix}"] = theme.quiet_axis(
            range=[-4, 104],
            showgrid=True,
            gridcolor=palette.RULE,
            showticklabels=column == 0,
            tickvals=[0, 50, 100],
            domain=[max(0.0, top - PANEL / plot), top],
            anchor=f"x{panel.suffix}",
        )


def _days(table: pd.DataFrame, *, shown: bool) -> dict[str, Any]:
    """The days of the rounds in their true distances, as month and year; named where there is room."""
    days = sorted(set(table["reference_date"]))
    margin = max(pd.Timedelta(days=30), (pd.Timestamp(days[-1]) - pd.Timestamp(days[0])) * 0.09)
    named = [days[-1]]
    for day in reversed(days):
        if (named[-1] - day) >= (days[-1] - days[0]) * APART and day < named[-1]:
            named.append(day)
    return theme.quiet_axis(
        type="date",
        range=[str(pd.Timestamp(days[0]) - margin), str(pd.Timestamp(days[-1]) + margin)],
        showticklabels=shown,
        tickvals=named,
        ticktext=[f"{day:%m/%y}" for day in named],
        tickangle=0,
    )


def _draw(figure: go.Figure, panel: Panel, scale: Scale, *, strong: bool) -> None:
    _first_line(figure, panel)
    for rows, look in zip(panel.parts, PART_LOOKS, strict=False):
        _line(figure, panel, rows, look, scale, meta="part", width=1.5)
    look = palette.OWN if strong else palette.Look(palette.SOFT_ACCENT, "", "circle", "solid")
    _line(figure, panel, panel.own, look, scale, meta="score", width=3 if strong else 2)


def _line(
    figure: go.Figure,
    panel: Panel,
    rows: list[Record],
    look: palette.Look,
    scale: Scale,
    *,
    meta: str,
    width: float,
) -> None:
    _bands(figure, panel, rows, look, scale)
    figure.add_scatter(
        meta=meta,
        x=[row["reference_date"] for row in rows],
        y=numbers([row["score"] for row in rows]),
        mode="lines+markers",
        connectgaps=False,
        line={"width": width, "color": look.colour, "dash": look.dash},
        marker={"size": ALONE if len(rows) == 1 else 5 + width, "color": look.colour, "symbol": look.symbol},
        cliponaxis=False,
        showlegend=False,
        hoverinfo="text",
        hovertext=[_hover(row, scale) for row in rows],
        **panel.axes,
    )


def _bands(figure: go.Figure, panel: Panel, rows: list[Record], look: palette.Look, scale: Scale) -> None:
    """An upright bar from low to high for each round that states no score but knows some answers."""
    unstated = [row for row in rows if row["score"] != row["score"] and row["coverage"] > 0]
    if not unstated:
        return
    figure.add_scatter(
        meta="band",
        x=[row["reference_date"] for row in unstated for _end in range(3)],
        y=[end for row in unstated for end in (row["low"], row["high"], None)],
        mode="lines+markers",
        line={"width": 2, "color": look.colour, "dash": "dot"},
        marker={"size": 10, "color": look.colour, "symbol": "line-ew-open", "line": {"width": 2}},
        cliponaxis=False,
        showlegend=False,
        hoverinfo="text",
        hovertext=[_hover(row, scale) for row in unstated for _end in range(3)],
        **panel.axes,
    )


def _first_line(figure: go.Figure, panel: Panel) -> None:
    """The first milestone of this library, right across its panel; it is none's where nothing applies."""
    value = panel.own[-1]["line"]
    days = figure.layout[f"xaxis{panel.suffix}"].range
    figure.add_scatter(
        meta="line",
        x=list(days),
        y=numbers([value, value]),
        mode="lines",
        line={"width": 1.5, "color": palette.MARK, "dash": "dash"},
        hoverinfo="skip",
        showlegend=False,
        **panel.axes,
    )


def _shade_after(figure: go.Figure, panels: list[Panel], table: pd.DataFrame, merger: Merger) -> None:
    """A ground behind the time since the merger, in the panels of merged libraries."""
    days = sorted(set(table["reference_date"]))
    if merger.on is None or not days[0] < merger.on <= days[-1]:
        return
    for panel in panels:
        if panel.parts:
            figure.add_shape(
                type="rect",
                layer="below",
                x0=str(merger.on),
                x1=figure.layout[f"xaxis{panel.suffix}"].range[1],
                xref=f"x{panel.suffix}",
                y0=0,
                y1=1,
                yref=f"y{panel.suffix} domain",
                fillcolor=palette.SHADE,
                line={"width": 0},
            )


def _title(figure: go.Figure, panel: Panel, scale: Scale, *, mine: bool) -> None:
    """Name and newest score; below it what the library was merged from, or that it has not sent."""
    _ = words(scale.language)
    newest = panel.own[-1]
    value = lettering.score_text(newest["score"], scale)
    if newest["score"] != newest["score"]:
        value = lettering.band_text(newest["low"], newest["high"], scale) if newest["coverage"] > 0 else ""
    before = _("trước đó: {names}").format(names=", ".join(rows[0]["short"] for rows in panel.parts))
    remarks = [
        before if panel.parts else "",
        "" if newest["sent"] else newest["state"].lower(),
    ]
    second = lettering.plain(" · ".join(remark for remark in remarks if remark)) or " "
    name = lettering.owned(newest["short"], mine=mine)
    figure.add_annotation(
        text=f"<b>{name}</b>  {value}<br><span style='color:{palette.QUIET};font-size:12px'>{second}</span>",
        x=0,
        xref=f"x{panel.suffix} domain",
        xanchor="left",
        y=1,
        yref=f"y{panel.suffix} domain",
        yanchor="bottom",
        yshift=3,
        align="left",
        showarrow=False,
        font={"size": theme.TEXT_SIZE},
    )


def _legend(figure: go.Figure, panels: list[Panel], scale: Scale, merger: Merger) -> None:
    """What the lines are, each drawn once outside every panel."""
    _ = words(scale.language)
    entries: list[tuple[str, dict[str, Any]]] = [
        (_("Điểm của thư viện"), _stroke(palette.ACCENT, "solid", 3, "lines+markers")),
        (lettering.first_line(scale), _stroke(palette.MARK, "dash", 1.5)),
    ]
    if any(panel.parts for panel in panels):
        entries.append((_("Thư viện trước sáp nhập"), _stroke(PART_LOOKS[0].colour, "solid", 1.5)))
    if figure.layout.shapes and merger.on:
        day = format_day(merger.on, scale.language)
        ground = {"symbol": "square", "size": 14, "color": palette.SHADE}
        entries.append((_("Từ khi sáp nhập, {day}").format(day=day), {"mode": "markers", "marker": ground}))
    if any(trace.meta == "band" for trace in figure.data):
        entries.append((_("Khoảng điểm khi chưa đủ dữ liệu"), _stroke(palette.ACCENT, "dot", 2)))
    for name, look in entries:
        figure.add_scatter(meta="legend", x=[None], y=[None], name=name, hoverinfo="skip", **look)


def _stroke(colour: str, dash: str, width: float, mode: str = "lines") -> dict[str, Any]:
    return {
        "mode": mode,
        "line": {"color": colour, "dash": dash, "width": width},
        "marker": {"color": colour},
    }


def _hover(row: Record, scale: Scale) -> str:
    _ = words(scale.language)
    return lettering.hover(
        f"{lettering.plain(row['short'])} · {lettering.plain(row['round_name'])}",
        f"{_('Điểm')}: {lettering.stated(row['score'], row['low'], row['high'], scale)}",
    )
