"""The one place that reaches into openpyxl: a write-only sheet that takes styled cells as they are.

What is used of it beside its documented face was read in 3.1.5, the version that is pinned.
"""

from collections.abc import Iterable, Iterator

from openpyxl.cell.cell import Cell
from openpyxl.chart._chart import ChartBase
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.dimensions import ColumnDimension, DimensionHolder
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.page import PageMargins, PrintOptions, PrintPageSetup
from openpyxl.worksheet.pagebreak import RowBreak
from openpyxl.worksheet.properties import WorksheetProperties


def set_usual_font(workbook: Workbook, font: Font) -> None:
    """Make `font` that of the style "Normal", of which openpyxl makes a new file's first font."""
    workbook._fonts[0] = font  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = font  # type: ignore[attr-defined]


class StreamedSheet(WriteOnlyWorksheet):
    """A write-only sheet; its rows are `Cell` objects, or None where a cell is empty.

    openpyxl's own conversion first tries each cell as a plain value and lets that fail, which
    costs as much as writing the cell.
    """

    auto_filter: AutoFilter
    column_dimensions: DimensionHolder[str, ColumnDimension]
    conditional_formatting: ConditionalFormattingList
    page_margins: PageMargins
    page_setup: PrintPageSetup
    print_options: PrintOptions
    row_breaks: RowBreak
    row_dimensions: dict[int, dict[str, str]]
    sheet_properties: WorksheetProperties

    def __init__(self, parent: Workbook, title: str) -> None:
        super().__init__(parent, title)
        parent._add_sheet(self)  # type: ignore[attr-defined]

    def append_row(self, cells: Iterator[Cell | None], *, number: int, height: float | None) -> None:
        """Write row `number`. height: in points, None for the usual one.

        The height is given without the mark of a height that a person chose, so Excel measures the
        row again as soon as somebody edits it.
        """
        if height is not None:
            self.row_dimensions[number] = {"ht": f"{height:g}"}
        self.append(cells)
        self.row_dimensions.pop(number, None)

    def place_chart(self, chart: ChartBase, anchor: str) -> None:
        self.add_chart(chart, anchor)  # type: ignore[misc]

    def _values_to_row(self, values: Iterable[Cell | None], row_idx: int) -> Iterator[Cell]:
        for column, cell in enumerate(values, 1):
            if cell is not None:
                cell.row = row_idx
                cell.column = column
                if cell.hyperlink is not None:
                    cell.hyperlink.ref = cell.coordinate
                yield cell
