"""How a sheet prints: A4 landscape, one page wide, its header row on each page, and soft bands."""

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from report.workbook.book import Book
from report.workbook.streamed import StreamedSheet
from report.workbook.styles import FONT, LINE

MOST_IN_HEADER = 120
"""Letters of a round's name in the printed header; a whole header holds 255."""
SMALL = 8


def set_up_page(sheet: StreamedSheet, book: Book, *, repeated_row: int) -> None:
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=0.35, right=0.35, top=0.7, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{repeated_row}:{repeated_row}"
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.left.text = _printed(book.round_name[:MOST_IN_HEADER])
    header.center.text = _printed(book.sample_mark)
    header.right.text = "&A"
    footer.left.text = _printed(book.generated)
    footer.right.text = book.page_words.format(page="&P", pages="&N")
    for part in (header.left, header.center, header.right, footer.left, footer.right):
        part.font, part.size = f"{FONT},Regular", SMALL
    sheet.oddHeader, sheet.oddFooter = header, footer


def add_bands(sheet: StreamedSheet, area: str, *, band: str) -> None:
    """A hairline under each row and a light band on each second one, without a style in any cell."""
    line = Border(bottom=Side("hair", color=LINE))
    looks = [("TRUE", DifferentialStyle(border=line))]
    if band:
        fill = PatternFill("solid", bgColor=band)
        looks.insert(0, ("MOD(ROW(),2)=0", DifferentialStyle(border=line, fill=fill)))
    for formula, look in looks:
        sheet.conditional_formatting.add(area, Rule(type="expression", formula=[formula], dxf=look))


def _printed(text: str) -> str:
    """Words for a printed header, where & begins a code."""
    return text.replace("&", "&&")
