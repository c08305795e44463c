"""Write one sheet row by row: lines at its head, a header that stays in sight, and a filtered table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import isfinite
from typing import NamedTuple

from openpyxl.chart._chart import ChartBase
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from report.workbook.book import Book
from report.workbook.heights import lines_needed, row_points
from report.workbook.page import add_bands, set_up_page
from report.workbook.row_xml import number_cell, row_xml, text_cell
from report.workbook.streamed import StreamedSheet, location
from report.workbook.styles import BAND, LOOKS, SIZE

ROW_OF_CHART = 0.53
"""Height of a row without text in centimetres (15 points)."""
HEADING_POINTS = 22.0
TITLE_LETTER = 1.7
"""Width of a letter of a sheet's title, in characters of the usual type."""
WAY_LETTER = 1.2


class Styled(NamedTuple):
    """A value with a look of its own instead of its column's; `link` is a location to jump to."""

    value: str | float | None
    look: str
    link: str = ""


Value = str | float | Styled | None


@dataclass(frozen=True)
class Column:
    """One column: its header, its width in characters and the look of its cells."""

    title: str
    width: float
    look: str = "text"


def first_row(book: Book) -> int:
    """The row of a sheet in which its table begins, under the lines at its head and the header."""
    return len(book.lead) + 3 + book.sample


class Sheet:
    """A sheet that is written downwards once; nothing written is held in memory.

    frozen: columns that stay in sight. The first header is the one that stays in sight and is
    repeated on every printed page. sources: where the targets that the sheet shows are listed with
    their sources.
    """

    def __init__(
        self, book: Book, title: str, columns: Sequence[Column], *, frozen: int = 0, sources: str = ""
    ) -> None:
        self.columns = tuple(columns)
        self.row = 0
        self._book = book
        self.sheet = StreamedSheet(book.workbook, title)
        self._styles = book.styles
        self._letters = [get_column_letter(number) for number in range(1, len(self.columns) + 1)]
        self._header_row = first_row(book) - 1
        for letter, column in zip(self._letters, self.columns, strict=True):
            self.sheet.column_dimensions[letter].width = column.width
        self.sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{self._header_row + 1}"
        set_up_page(self.sheet, book, repeated_row=self._header_row)
        if book.sample:
            self._across(book.sample_line, "mark")
        self._write(self._title_row(title, sources))
        for text in book.lead:
            self.line(text)
        self.header([column.title for column in self.columns])

    @property
    def title(self) -> str:
        return self.sheet.title

    def line(self, text: str, look: str = "lead") -> None:
        """One line of text that runs over the columns to its right."""
        self._write([Styled(text, look)])

    def blank(self) -> None:
        self._write([])

    def header(self, titles: Sequence[str]) -> None:
        """A header row; no cell for a title that is empty."""
        self._write([Styled(text, "header") if text else None for text in titles])

    def add(self, values: Sequence[Value]) -> None:
        """One row of values in the order of the columns; None and NaN leave the cell empty."""
        self._write(values)

    def end_table(self, width: int = 0, *, band: str = BAND) -> None:
        """Put a filter on the first header and lines and bands on all rows since.

        width: columns, 0 for all. band: colour of each second row; none where cells have colours
        of their own, which a band would hide.
        """
        if self.row == self._header_row:
            return
        last = get_column_letter(width or len(self.columns))
        self.sheet.auto_filter.ref = f"A{self._header_row}:{last}{self.row}"
        add_bands(self.sheet, f"A{self._header_row + 1}:{last}{self.row}", band=band)

    def fit_one_page(self) -> None:
        self.sheet.page_setup.fitToHeight = 1

    def chart(self, drawn: ChartBase, *, column: int = 1, rows: int | None = None) -> None:
        """Place a chart under the newest row, and leave it room unless `rows` says how much."""
        self.sheet.place_chart(drawn, f"{get_column_letter(column)}{self.row + 2}")
        for _ in range(int(drawn.height / ROW_OF_CHART) + 2 if rows is None else rows):
            self.blank()

    def new_page(self) -> None:
        """Begin a new printed page after the newest row."""
        self.sheet.row_breaks.append(Break(id=self.row))

    def close(self) -> None:
        self.sheet.close()

    def _title_row(self, title: str, sources: str) -> list[Value]:
        """The title, and beyond its letters the ways to the first sheet and to the targets' sources."""
        _, first = self._book.words, self._book.first_sheet
        ways = [(_("Về đầu"), location(first))] if title != first else []
        if sources:
            ways.append((_("Căn cứ của chỉ tiêu"), sources))
        edges = [0.0, *accumulate(column.width for column in self.columns[:-1])]
        cells, needed = {0: Styled(title, "heading")}, TITLE_LETTER * len(title)
        for words, there in ways:
            place = next((number for number, edge in enumerate(edges) if edge >= needed), len(edges) - 1)
            cells.setdefault(place, Styled(words, "way", there))
            needed = edges[place] + WAY_LETTER * len(words)
        return [cells.get(number) for number in range(max(cells) + 1)]

    def _across(self, text: str, look: str) -> None:
        self._write([Styled(text, look), *(Styled("", look) for _ in self.columns[1:])])

    def _write(self, values: Sequence[Value]) -> None:
        self.row += 1
        self.sheet.append_xml(row_xml(self.row, self._cells(values), self._height(values)))

    def _cells(self, values: Sequence[Value]) -> Iterator[str]:
        for letter, column, value in zip(self._letters, self.columns, values, strict=False):
            look = column.look
            place = f"{letter}{self.row}"
            if isinstance(value, Styled):
                value, look, link = value
                if link:
                    self.sheet.add_link(place, link)
            elif value == "":
                continue
            if isinstance(value, str):
                yield text_cell(place, value, self._styles[look], self._book.cut_mark)
            elif value is not None and isfinite(value):
                yield number_cell(place, value, self._styles[look])

    def _height(self, values: Sequence[Value]) -> float | None:
        """Points that the row needs, None where one line of the usual type will do."""
        lines = 1
        for column, value in zip(self.columns, values, strict=False):
            look = LOOKS[value.look if isinstance(value, Styled) else column.look]
            text = value.value if isinstance(value, Styled) else value
            if look.size > SIZE:
                return HEADING_POINTS
            if look.wrap and isinstance(text, str) and (len(text) > column.width / 2 or "\n" in text):
                lines = max(lines, lines_needed(text, column.width, bold=look.bold, indent=look.indent))
        return row_points(lines) if lines > 1 else None


def write_table(
    book: Book,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    frozen: int,
    band: str = BAND,
    sources: str = "",
) -> None:
    """A sheet that holds one table and nothing else."""
    sheet = Sheet(book, title, columns, frozen=frozen, sources=sources)
    for row in rows:
        sheet.add(row)
    sheet.end_table(band=band)
    sheet.close()
