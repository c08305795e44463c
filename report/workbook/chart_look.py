"""How every chart of the workbook looks: small calm type, light grid, series named by their header cells."""

from typing import Literal

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.text import Text as ChartText
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from report.workbook.safe_text import clean
from report.workbook.sheet import Sheet
from report.workbook.styles import FONT, GREY, LINE, TEAL

Symbol = Literal["circle", "square", "triangle", "diamond", "dash"]
TARGET_COLOUR = "B3261E"
DASHES: tuple[Literal["solid", "dash", "sysDot"], ...] = ("solid", "dash", "sysDot")
MARKERS: tuple[Symbol, ...] = ("circle", "square", "triangle", "diamond")
ALIKE = 6
"""Lines after which the dash changes, so that a colour that comes again looks different."""
SMALL, LARGE = 900, 1200
"""Sizes of type in hundredths of a point."""
SLANTED = -2_700_000
"""45 degrees, in the sixtieths of a thousandth that drawings use."""


def dress(
    chart: BarChart | LineChart,
    *,
    title: str,
    axis: str,
    size: tuple[int, int],
    legend: Literal["b", "r"] = "b",
    slanted: bool = True,
) -> None:
    """Size, titles, axes and type. legend: b under the bars, r beside them."""
    chart.width, chart.height = size
    chart.title = _title(title, LARGE, TEAL, bold=True)
    chart.y_axis.title = _title(axis, SMALL, GREY)
    grid = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=6_350))
    chart.y_axis.majorGridlines = ChartLines(spPr=grid)
    chart.y_axis.number_format = "#,##0"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.txPr = _type(slanted=slanted)
    chart.y_axis.txPr = _type()
    chart.legend = Legend(legendPos=legend, txPr=_type(), overlay=False)
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=6_350))


def to_hundred(chart: BarChart | LineChart) -> None:
    chart.y_axis.scaling.min, chart.y_axis.scaling.max, chart.y_axis.majorUnit = 0, 100, 20


def bar_series(sheet: Sheet, column: int, first: int, last: int, *, name: str, colour: str) -> Series:
    found = _series(_down(sheet, column, first, last), name)
    found.spPr = GraphicalProperties(solidFill=colour, ln=LineProperties(noFill=True))
    found.invertIfNegative = False
    return found


def target_marks(
    sheet: Sheet, column: int, first: int, last: int, *, name: str, names: AxDataSource
) -> LineChart:
    """The first milestone as a dash over each bar: a mark for each library, joined by no line."""
    marks = _series(_down(sheet, column, first, last), name)
    marks.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
    marks.marker = _marker("dash", 14, TARGET_COLOUR)
    marks.smooth = False
    marks.cat = names
    chart = LineChart()
    chart.series.append(marks)
    return chart


def line_series(
    sheet: Sheet, row: int, columns: tuple[int, int], *, name: str, number: int, colour: str
) -> Series:
    """One library's line over the columns of the rounds; dash and marker change with its number."""
    values = Reference(sheet.sheet, min_col=columns[0], max_col=columns[1], min_row=row)
    found = _series(values, name)
    dash = DASHES[number // ALIKE % len(DASHES)]
    found.spPr = GraphicalProperties(ln=LineProperties(solidFill=colour, w=19_050, prstDash=dash))
    found.marker = _marker(MARKERS[number % len(MARKERS)], 6, colour)
    found.smooth = False
    return found


def names_down(sheet: Sheet, column: int, first: int, last: int) -> AxDataSource:
    return AxDataSource(strRef=StrRef(f=str(_down(sheet, column, first, last))))


def names_across(sheet: Sheet, row: int, columns: tuple[int, int]) -> AxDataSource:
    found = Reference(sheet.sheet, min_col=columns[0], max_col=columns[1], min_row=row)
    return AxDataSource(strRef=StrRef(f=str(found)))


def name_everything(chart: BarChart | LineChart, names: AxDataSource) -> None:
    for series in chart.ser:
        series.cat = names


def _down(sheet: Sheet, column: int, first: int, last: int) -> Reference:
    return Reference(sheet.sheet, min_col=column, min_row=first, max_row=last)


def _marker(symbol: Symbol, size: int, colour: str) -> Marker:
    fill = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))
    return Marker(symbol=symbol, size=size, spPr=fill)


def _series(values: Reference, name: str) -> Series:
    return Series(val=NumDataSource(numRef=NumRef(f=str(values))), tx=SeriesLabel(v=clean(name)))


def _character(size: int, colour: str, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=colour, latin=Font(typeface=FONT))


def _title(words: str, size: int, colour: str, *, bold: bool = False) -> Title:
    run = RegularTextRun(rPr=_character(size, colour, bold=bold), t=words)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=_character(size, colour, bold=bold)), r=[run])
    return Title(tx=ChartText(rich=RichText(p=[paragraph])), overlay=False)


def _type(*, slanted: bool = False) -> RichText:
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=_character(SMALL, GREY)), endParaRPr=_character(SMALL, GREY)
    )
    return RichText(bodyPr=RichTextProperties(rot=SLANTED if slanted else None), p=[paragraph])
