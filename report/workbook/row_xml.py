"""One row of a sheet as XML: numbers in full precision, text as text whatever it begins with."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import escape

from report.workbook.safe_text import clean, looks_like_formula

REMEMBERED, SHORT = 4_096, 120
"""How many short texts are kept ready: names and labels come again in every row, long texts do not."""


class CellStyle(NamedTuple):
    """The numbers of one look: for any value, and for text that a program could take for a formula."""

    usual: int
    quoted: int


def row_xml(number: int, cells: Iterable[str], height: float | None) -> str:
    """A row of finished cells. height: in points, None for the usual one.

    The height is given without the mark of a height that a person chose, so Excel measures the row
    again as soon as somebody edits it.
    """
    measured = f' ht="{height:g}"' if height is not None else ""
    return f'<row r="{number}"{measured}>{"".join(cells)}</row>'


def number_cell(place: str, value: float, style: CellStyle) -> str:
    shown = repr(float(value)).removesuffix(".0")
    return f'<c r="{place}" s="{style.usual}"><v>{shown}</v></c>'


def text_cell(place: str, text: str, style: CellStyle, cut_mark: str) -> str:
    shown, quoted = _remembered(text, cut_mark) if len(text) <= SHORT else _written(text, cut_mark)
    if not shown:
        return f'<c r="{place}" s="{style.usual}"/>'
    number = style.quoted if quoted else style.usual
    return f'<c r="{place}" s="{number}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def _written(text: str, cut_mark: str) -> tuple[str, bool]:
    kept = clean(text, cut_mark=cut_mark)
    return escape(kept), looks_like_formula(kept)


_remembered = lru_cache(maxsize=REMEMBERED)(_written)
