"""Native charts that read the cells of a sheet, so that they follow when somebody filters or corrects."""

from collections.abc import Sequence
from itertools import cycle

from openpyxl.chart import BarChart, LineChart

from report.workbook.chart_look import (
    bar_series,
    dress,
    line_series,
    name_everything,
    names_across,
    names_down,
    target_marks,
    to_hundred,
)
from report.workbook.sheet import Sheet

DIMENSION_COLOURS = ("0F5C6E", "6FB7C4", "D9A441", "8C6BB1", "7A8B8F", "B5533C")
"""Apart in brightness as well as in colour, for print in grey and for colour-blind readers."""
ROUND_COLOURS = ("C3D9DE", "7FB2BF", "2F7F93", "0B3F4C", "D9A441", "8C6BB1")
HALF = (14, 8)
"""Centimetres: half as wide as "Theo trụ cột"."""
CENTIMETRES = 0.185
"""Width of one column unit: the seven pixels of a digit."""
MOST_BARS = 40
"""Libraries that a bar chart can name; a larger round has its tables only."""


def wide(sheet: Sheet) -> tuple[int, int]:
    """As wide as the sheet's table, and of a height that goes with it."""
    width = int(sum(column.width for column in sheet.columns) * CENTIMETRES)
    return width, max(9, round(width * 0.36))


def stacked_points(
    sheet: Sheet,
    first: int,
    last: int,
    *,
    parts: Sequence[int],
    line: int,
    title: str,
    axis: str,
    size: tuple[int, int],
) -> BarChart:
    """Points by dimension on top of each other, with the first milestone's mark for each library.

    first, last: rows. parts, line: columns, named by the sheet's own headers.
    """
    chart = BarChart()
    dress(chart, title=title, axis=axis, size=size)
    chart.grouping, chart.overlap, chart.gapWidth = "stacked", 100, 60
    names = names_down(sheet, 1, first, last)
    for colour, column in zip(cycle(DIMENSION_COLOURS), parts, strict=False):
        name = sheet.columns[column - 1].title
        chart.series.append(bar_series(sheet, column, first, last, name=name, colour=colour))
    name_everything(chart, names)
    chart += target_marks(sheet, line, first, last, name=sheet.columns[line - 1].title, names=names)
    return chart


def scores_with_line(
    sheet: Sheet, first: int, last: int, *, score: int, line: int, title: str, axis: str, number: int
) -> BarChart:
    """One dimension: a bar for each library with the first milestone's mark, names in column 2."""
    chart = BarChart()
    dress(chart, title=title, axis=axis, size=HALF)
    to_hundred(chart)
    chart.gapWidth = 50
    names = names_down(sheet, 2, first, last)
    colour = DIMENSION_COLOURS[number % len(DIMENSION_COLOURS)]
    name = sheet.columns[score - 1].title
    chart.series.append(bar_series(sheet, score, first, last, name=name, colour=colour))
    name_everything(chart, names)
    chart += target_marks(sheet, line, first, last, name=sheet.columns[line - 1].title, names=names)
    return chart


def scores_by_round(
    sheet: Sheet,
    first: int,
    last: int,
    *,
    rounds: Sequence[str],
    title: str,
    axis: str,
    size: tuple[int, int],
) -> BarChart:
    """A group of bars for each library, one a round, darker with time; rounds from column 2 on."""
    chart = BarChart()
    dress(chart, title=title, axis=axis, size=size)
    to_hundred(chart)
    chart.gapWidth, chart.overlap = 60, 0
    colours = cycle(ROUND_COLOURS[max(0, 4 - len(rounds)) :])
    for column, (name, colour) in enumerate(zip(rounds, colours, strict=False), 2):
        chart.series.append(bar_series(sheet, column, first, last, name=name, colour=colour))
    name_everything(chart, names_down(sheet, 1, first, last))
    return chart


def trend_lines(
    sheet: Sheet,
    first: int,
    *,
    libraries: Sequence[str],
    rounds: Sequence[str],
    title: str,
    axis: str,
    size: tuple[int, int],
) -> LineChart:
    """A line for each library over the rounds of the header row above `first`; a round without a score is bridged."""
    chart = LineChart()
    dress(chart, title=title, axis=axis, size=size, legend="r", slanted=False)
    to_hundred(chart)
    chart.display_blanks = "span"
    columns = (2, 1 + len(rounds))
    for number, (name, colour) in enumerate(zip(libraries, cycle(DIMENSION_COLOURS), strict=False)):
        chart.series.append(
            line_series(sheet, first + number, columns, name=name, number=number, colour=colour)
        )
    name_everything(chart, names_across(sheet, first - 1, columns))
    return chart
