"""Text that any person typed, made fit for a cell: never a formula, never XML that breaks the file."""

import re

MOST_UNITS = 32_767
"""Excel's limit for one cell, in UTF-16 units."""
MOST_IN_SHEET_NAME = 31

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_LIKE = re.compile("[\\s\"'‘’“”\ufeff\u200b-\u200f]*[=+@＝＋－＠\t\r\n-]")


def clean(text: str, *, cut_mark: str = "…") -> str:
    """Text as a cell can hold it.

    Control characters that XML forbids are removed, line ends become line feeds, `_x0041_` is
    escaped so that Excel shows it as it was typed, and what is longer than a cell is cut and
    ends with `cut_mark`. Nothing else is changed.

    >>> clean("a\\x00b\\r\\nc")
    'ab\\nc'
    """
    kept = _LINE_ENDS.sub("\n", _ILLEGAL.sub("", text)) if not text.isprintable() else text
    if "_x" in kept:
        kept = _ESCAPE.sub("_x005F_", kept)
    return kept if len(kept) * 2 <= MOST_UNITS else _shortened(kept, cut_mark)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet could read the text as a formula, now or when somebody edits the cell.

    >>> looks_like_formula(' ="x"'), looks_like_formula("＝1"), looks_like_formula("tốt")
    (True, True, False)
    """
    return _FORMULA_LIKE.match(text) is not None


def sheet_name(text: str) -> str:
    """A title as Excel takes it for a sheet: without the signs it forbids, at most 31 letters.

    >>> sheet_name("Scores: A/B [2025]")
    'Scores  A B  2025'
    """
    return re.sub(r"[\[\]:*?/\\]", " ", clean(text))[:MOST_IN_SHEET_NAME].strip(" '")


def _shortened(text: str, cut_mark: str) -> str:
    coded = text.encode("utf-16-le")
    if len(coded) <= 2 * MOST_UNITS:
        return text
    room = 2 * (MOST_UNITS - len(cut_mark))
    return coded[:room].decode("utf-16-le", errors="ignore") + cut_mark
