"""The provinces as tiles, placed as neighbours: a map without borders."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from report.charts import lettering, marks, palette, theme
from report.charts.records import Record, records
from report.charts.scale import Scale
from survey.members import Tile
from survey.translation import words

SIDE = {"wide": 104, "narrow": 76}  # pixels of a tile
TILE = 0.94  # of its place
NOTHING = [None]  # keeps a level in the legend that no library has


def tile_map(table: pd.DataFrame, tiles: Mapping[str, Tile], scale: Scale, *, own: str = "") -> go.Figure:
    """One tile a library: name, score and level, the darker the higher.

    table: `tables.scores.totals`. tiles: the place of each library by id. A level's colour is for
    what was sent: hatched where answers are missing, empty where a library is still at work.
    """
    rows = records(table)
    deep = max((tiles[row["library"]].row for row in rows), default=0) + 1
    wide = max((tiles[row["library"]].column for row in rows), default=0) + 1
    figure = theme.blank(scale.language, height=deep * SIDE[scale.room] + 16)
    for name, marker, found in _kinds(rows, scale):
        _tiles(figure, name, marker, [tiles[row["library"]] for row in found])
    _own_rim(figure, [tiles[row["library"]] for row in rows if row["library"] == own])
    _texts(figure, [(tiles[row["library"]], row) for row in rows], scale)
    figure.update_layout(
        xaxis=theme.quiet_axis(range=[-0.5, wide - 0.5], constrain="domain"),
        yaxis=theme.quiet_axis(range=[deep - 0.5, -0.5], scaleanchor="x", constrain="domain"),
    )
    return theme.keep_legends(figure, scale.room)


def _kinds(rows: list[Record], scale: Scale) -> list[tuple[str, dict[str, Any], list[Record]]]:
    """The kinds of tile with their words, their look and their libraries: levels, too little data, not sent."""
    _ = words(scale.language)
    kinds: list[tuple[str, dict[str, Any], list[Record]]] = [
        (
            f"{cut.level} {lettering.plain(cut.name)}",
            {"color": scale.level_colour(cut.level)},
            [row for row in rows if _coloured(row) and row["level"] == cut.level],
        )
        for cut in scale.cuts
    ]
    unstated = [row for row in rows if row["sent"] and not _stated(row)]
    unsent = [row for row in rows if not row["sent"]]
    if unstated:
        kinds.append((_("Chưa đủ dữ liệu"), marks.hatched(palette.PALE), unstated))
    if unsent:
        kinds.append((_("Chưa gửi"), {"color": "#FFFFFF"}, unsent))
    return kinds


def _tiles(figure: go.Figure, name: str, marker: dict[str, Any], places: list[Tile]) -> None:
    figure.add_bar(
        meta="tiles",
        x=[tile.column for tile in places] or NOTHING,
        y=[TILE] * len(places) or NOTHING,
        base=[tile.row - TILE / 2 for tile in places] or NOTHING,
        width=TILE,
        marker=marker | {"line": {"width": 1, "color": palette.GREY}},
        name=name,
        showlegend=True,
        legend="legend2",
        hoverinfo="skip",
    )


def _own_rim(figure: go.Figure, places: list[Tile]) -> None:
    for tile in places:
        figure.add_shape(
            type="rect",
            x0=tile.column - TILE / 2,
            x1=tile.column + TILE / 2,
            y0=tile.row - TILE / 2,
            y1=tile.row + TILE / 2,
            line={"width": 3, "color": palette.INK},
        )


def _texts(figure: go.Figure, placed: list[tuple[Tile, Record]], scale: Scale) -> None:
    figure.add_scatter(
        meta="texts",
        x=[tile.column for tile, _row in placed],
        y=[tile.row for tile, _row in placed],
        mode="text",
        text=[_text(row, scale) for _tile, row in placed],
        textfont={"size": theme.SMALL, "color": [_ink(row, scale) for _tile, row in placed]},
        showlegend=False,
        hoverinfo="text",
        hovertext=[_hover(row, scale) for _tile, row in placed],
    )


def _stated(row: Record) -> bool:
    return bool(row["score"] == row["score"])


def _coloured(row: Record) -> bool:
    return bool(row["sent"]) and _stated(row)


def _ink(row: Record, scale: Scale) -> str:
    return palette.readable_on(scale.level_colour(row["level"])) if _coloured(row) else palette.INK


def _text(row: Record, scale: Scale) -> str:
    """Name, score and level; the state alone where no score is stated or nothing was sent."""
    _ = words(scale.language)
    name = lettering.plain(row["short"] if scale.room == "wide" else row["code"])
    if _coloured(row):
        level = _("mức {level}").format(level=row["level"])
        return f"<b>{name}</b><br>{lettering.score_text(row['score'], scale)}<br>{level}"
    state = _("chưa đủ dữ liệu") if row["sent"] else row["state"].lower()
    return f"<b>{name}</b><br>{lettering.wrapped(state, line=9)}"


def _hover(row: Record, scale: Scale) -> str:
    _ = words(scale.language)
    return lettering.hover(
        lettering.plain(row["name"]),
        f"{_('Điểm')}: {lettering.stated(row['score'], row['low'], row['high'], scale)}",
        f"{_('Mức')}: {lettering.plain(row['level_words'])}" if _stated(row) else "",
        row["state"],
    )
