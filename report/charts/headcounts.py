"""The programme's targets: what the Federation has reached of each goal."""

import pandas as pd
import plotly.graph_objects as go

from report.charts import lettering, marks, palette, theme
from report.charts.ladder import STROKE, TRACK, Ladder
from report.charts.records import Record, records
from report.charts.scale import Scale
from report.labels import share_text
from survey.text import format_percent
from survey.translation import words

POOLED = "pooled"


def headcounts(table: pd.DataFrame, scale: Scale) -> go.Figure:
    """A bar a target: the share reached against the goal, in words "6/13, cần 8".

    table: `tables.programme.of_federation`.
    """
    _ = words(scale.language)
    ladder = Ladder(scale, notes=132)
    placed: list[tuple[float, Record]] = []
    for row in records(table):
        y = ladder.row(f"{row['target']}  {row['label']}", note(row, scale) if known(row) else "")
        if known(row):
            placed.append((y, row))
        else:
            ladder.inside(note(row, scale), y)
    figure = ladder.figure()
    for reached, name, colour in (
        (True, _("Đã đạt"), palette.ACCENT),
        (False, _("Chưa đạt"), palette.NOT_YET),
    ):
        _bars(
            figure, [entry for entry in placed if bool(entry[1]["reached"]) is reached], name, colour, scale
        )
    marks.add_strokes(figure, [(y, row["goal"]) for y, row in placed], name=_("Phải đạt"), size=STROKE)
    return theme.keep_legends(figure, scale.room)


def _bars(
    figure: go.Figure, placed: list[tuple[float, Record]], name: str, colour: str, scale: Scale
) -> None:
    if not placed:
        return
    figure.add_bar(
        meta="share",
        orientation="h",
        x=[row["share"] for _y, row in placed],
        y=[y for y, _row in placed],
        width=TRACK,
        marker=marks.filled(colour),
        name=name,
        hoverinfo="text",
        hovertext=[_hover(row, scale) for _y, row in placed],
    )


def known(row: Record) -> bool:
    """Whether anything can be said: nobody having reported is not a share of 0."""
    return bool(row["share"] == row["share"] and row["reported"])


def note(row: Record, scale: Scale) -> str:
    """What is there and what is needed: heads, or percent where figures are pooled; words where nothing is known."""
    _ = words(scale.language)
    if not known(row):
        return str(row["unknown"])
    if row["kind"] == POOLED:
        share = share_text(row["share"] / 100, [row["goal"] / 100], scale.language, decimals=1)
        goal = format_percent(row["goal"] / 100, scale.language, decimals=1)
        if row["reached"]:
            return _("{share}, đã đủ {goal}").format(share=share, goal=goal)
        if row["undecided"]:
            return _("{share}, mới có {n}/{all} nơi").format(
                share=share, n=row["reported"], all=row["counted"]
            )
        return _("{share}, cần {goal}").format(share=share, goal=goal)
    heads = f"{row['met']}/{row['counted']}"
    if row["reached"]:
        return _("{heads}, đã đủ {needed}").format(heads=heads, needed=row["needed"])
    return _("{heads}, cần {needed}").format(heads=heads, needed=row["needed"])


def _hover(row: Record, scale: Scale) -> str:
    _ = words(scale.language)
    return lettering.hover(
        f"{row['target']} · {lettering.plain(row['label'])}",
        lettering.wrapped(row["wording"], line=48, lines=4),
        note(row, scale),
        _("{n} thư viện có số liệu").format(n=row["reported"]),
        _("Gần đạt nhất: {names}").format(names=lettering.plain(row["nearest"])) if row["nearest"] else "",
    )
