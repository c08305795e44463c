"""The one place that reaches into openpyxl: a sheet whose rows are written as text, straight to a file.

openpyxl builds an XML element for every cell; that is where its time goes. Here a row is one
piece of text, and everything around the rows (views, widths, filter, print set-up, charts,
styles, the archive) stays openpyxl's. What is used beside its documented face was read in 3.1.5,
the version that is pinned.
"""

from collections.abc import Generator
from copy import copy
from typing import IO
from xml.etree.ElementTree import Element, tostring
from xml.sax.saxutils import escape

from openpyxl.chart._chart import ChartBase
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import ColumnDimension, DimensionHolder
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.page import PageMargins, PrintOptions, PrintPageSetup
from openpyxl.worksheet.pagebreak import RowBreak
from openpyxl.worksheet.properties import WorksheetProperties
from openpyxl.xml.constants import SHEET_MAIN_NS

from report.workbook.safe_text import sheet_name

MOST_LINKS = 5_000
"""Cells of one sheet that lead elsewhere; Excel takes 65,530, and each one makes the file slower to open."""


def location(sheet: str, cell: str = "A1") -> str:
    """A cell of this file as a link names it.

    >>> location("Danh mục chỉ số", "B9")
    "'Danh mục chỉ số'!B9"
    """
    name = sheet_name(sheet).replace("'", "''")
    return f"'{name}'!{cell}"


def set_usual_font(workbook: Workbook, font: Font) -> None:
    """Make `font` that of the style "Normal", of which openpyxl makes a new file's first font."""
    workbook._fonts[0] = font  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = font  # type: ignore[attr-defined]


def style_number(workbook: Workbook, name: str, *, quoted: bool) -> int:
    """The number by which cells name a style. quoted: the program keeps the text as text when edited."""
    array = copy(workbook._named_styles[name].as_tuple())  # type: ignore[attr-defined]
    array.quotePrefix = int(quoted)
    return int(workbook._cell_styles.add(array))  # type: ignore[attr-defined]


class StreamedSheet(WriteOnlyWorksheet):
    """A write-only sheet that takes each row as its finished XML.

    Views, widths and page set-up must stand before the first row; the rest before `close`.
    """

    auto_filter: AutoFilter
    column_dimensions: DimensionHolder[str, ColumnDimension]
    conditional_formatting: ConditionalFormattingList
    page_margins: PageMargins
    page_setup: PrintPageSetup
    print_options: PrintOptions
    row_breaks: RowBreak
    sheet_properties: WorksheetProperties
    _writer: "_TextWriter"
    _file: IO[str] | None = None

    def __init__(self, parent: Workbook, title: str) -> None:
        super().__init__(parent, sheet_name(title))
        self.links: list[tuple[str, str]] = []
        parent._add_sheet(self)  # type: ignore[attr-defined]

    def append_xml(self, row: str) -> None:
        self._rows_file().write(row)

    def add_link(self, cell: str, to: str) -> None:
        """Let a cell jump to a location of this file, while there is room for more links."""
        if len(self.links) < MOST_LINKS:
            self.links.append((cell, to))

    def place_chart(self, chart: ChartBase, anchor: str) -> None:
        self.add_chart(chart, anchor)  # type: ignore[misc]

    def close(self) -> None:
        self._rows_file().write("</sheetData>")
        self._writer.write_tail()
        self._writer.close()
        self._WriteOnlyWorksheet__saved = True

    def _rows_file(self) -> IO[str]:
        if self._file is None:
            self._writer = _TextWriter(self)
            self._writer.write_top()
            self._file = self._writer.begin_rows()
            self._file.write("<sheetData>")
        return self._file


class _TextWriter(WorksheetWriter):
    """Writes openpyxl's elements as text, and hands out the file between them for the rows."""

    ws: StreamedSheet

    def begin_rows(self) -> IO[str]:
        return self._opened

    def write_hyperlinks(self) -> None:
        links = self.ws.links
        if links:
            written = {to: escape(to, {'"': "&quot;"}) for _cell, to in links}
            shown = (f'<hyperlink ref="{cell}" location="{written[to]}"/>' for cell, to in links)
            self._opened.write(f"<hyperlinks>{''.join(shown)}</hyperlinks>")

    def get_stream(self) -> Generator[None, Element | bool | None, None]:
        with open(str(self.out), "w", encoding="utf-8") as self._opened:
            self._opened.write(f'<worksheet xmlns="{SHEET_MAIN_NS}">')
            try:
                while True:
                    element = yield
                    if isinstance(element, Element):
                        self._opened.write(tostring(element, encoding="unicode"))
            except GeneratorExit:
                self._opened.write("</worksheet>")
