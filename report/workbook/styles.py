"""One calm look: every cell style of the workbook by name, made once for each file."""

from dataclasses import dataclass, replace

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from report.workbook.row_xml import CellStyle
from report.workbook.streamed import set_usual_font, style_number

TEAL = "0F5C6E"
PALE_TEAL = "E6F0F2"
BAND = "F4F8F9"
INK = "1F2A2E"
GREY = "5B6B70"
LINE = "C9D6D9"
FONT = "Arial"
SIZE = 10

NUMBER = "#,##0.0"
WHOLE = "#,##0"
FIGURE = "#,##0.0##"
PERCENT = "0 %"
FINE_PERCENT = "0.0 %"


@dataclass(frozen=True)
class Look:
    """How a cell looks; colours are RGB, an empty fill is none."""

    ink: str = INK
    fill: str = ""
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    size: int = SIZE
    number_format: str = "General"
    across: str = "left"
    down: str = "top"
    wrap: bool = True
    ruled: bool = False
    indent: int = 0


_TEXT = Look(indent=1)
_NUMBER = Look(across="right", wrap=False)

LOOKS: dict[str, Look] = {
    "heading": Look(ink=TEAL, bold=True, size=14, wrap=False, down="center"),
    "mark": Look(ink="7A4A00", fill="FFF1D0", bold=True, wrap=False, down="center"),
    "lead": Look(ink=GREY, wrap=False),
    "header": Look(ink="FFFFFF", fill=TEAL, bold=True, across="center", down="center", ruled=True),
    "way": Look(ink=TEAL, underlined=True, wrap=False, down="center"),
    "code": Look(ink=TEAL, across="center"),
    "group": Look(ink=TEAL, fill=PALE_TEAL, bold=True, indent=1),
    "group_number": Look(ink=TEAL, fill=PALE_TEAL, bold=True, across="right", number_format=NUMBER),
    "text": _TEXT,
    "strong": replace(_TEXT, bold=True),
    "center": Look(across="center"),
    "link": replace(_TEXT, ink=TEAL, underlined=True),
    "missing": replace(_TEXT, ink=GREY, italic=True),
    "number": replace(_NUMBER, number_format=NUMBER),
    "strong_number": replace(_NUMBER, number_format=NUMBER, bold=True),
    "left_whole": replace(_TEXT, number_format=WHOLE),
    "whole": replace(_NUMBER, number_format=WHOLE),
    "figure": replace(_NUMBER, number_format=FIGURE),
    "percent": replace(_NUMBER, number_format=PERCENT),
    "fine_percent": replace(_NUMBER, number_format=FINE_PERCENT),
    "met": Look(ink="0B5A3C", fill="DDF0E4", bold=True, across="center"),
    "not_met": Look(ink="8A3B12", fill="FBE6D8", across="center"),
    "no_data": Look(ink=GREY, italic=True, across="center"),
    "not_applicable": Look(ink=GREY, fill="EEF1F2", across="center"),
    "national": replace(_TEXT, ink="0B4A59", fill="CDE4E9", bold=True),
    "province": replace(_TEXT, ink="4A2D6B", fill="E9E0F3"),
    "federation": replace(_TEXT, ink="7A4A00", fill="FFF1D0", italic=True),
}


def add_styles(workbook: Workbook) -> None:
    """Register every look as a named style, so that no cell has to build a style of its own.

    The usual type comes first: its digits measure every column.
    """
    set_usual_font(workbook, Font(name=FONT, size=SIZE, color=INK))
    for name, look in LOOKS.items():
        workbook.add_named_style(_named(name, look))


def cell_styles(workbook: Workbook) -> dict[str, CellStyle]:
    """The numbers by which the cells of this file name each look."""
    return {
        look: CellStyle(
            style_number(workbook, style_name(look), quoted=False),
            style_number(workbook, style_name(look), quoted=True),
        )
        for look in LOOKS
    }


def style_name(look: str) -> str:
    """The name under which a look stands in the program's list of styles."""
    return f"Thước Số {look}"


def _named(name: str, look: Look) -> NamedStyle:
    return NamedStyle(
        name=style_name(name),
        font=Font(
            name=FONT,
            size=look.size,
            bold=look.bold,
            italic=look.italic,
            underline="single" if look.underlined else None,
            color=look.ink,
        ),
        fill=PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill(),
        border=Border(left=Side("thin", color=LINE), right=Side("thin", color=LINE))
        if look.ruled
        else Border(),
        alignment=Alignment(
            horizontal=look.across, vertical=look.down, wrap_text=look.wrap, indent=look.indent
        ),
        number_format=look.number_format,
    )
