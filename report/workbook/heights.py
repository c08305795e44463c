"""How high a row must be for its wrapped text: LibreOffice trusts the file, and Excel only measures later."""

import math

LINE_POINTS = 13.7
"""Height of one line of 10 points: 11.5 in Arial, 13.62 in Noto Sans, which stands in for it on many a Linux."""
MARGIN_POINTS = 2.4
MOST_POINTS = 409.0
"""Excel's limit for a row."""
LETTER, SPACE = 0.96, 0.53
"""Average widths in running Vietnamese, in the digits that measure a column: Arial's, with room for Noto Sans."""
BOLD = 1.07
EDGES, INDENT = 0.8, 1.3
"""What the edges of a cell and one step of indent take, in digits."""


def lines_needed(text: str, width: float, *, bold: bool, indent: int) -> int:
    """Lines that `text` takes in a column of `width` when it wraps between words.

    >>> lines_needed("Điểm đạt được", 10, bold=True, indent=0)
    2
    >>> lines_needed("Điểm", 8, bold=False, indent=1)
    1
    """
    room = max(width - EDGES - INDENT * indent, 1.0) / (BOLD if bold else 1.0)
    return sum(
        1 if len(part) * LETTER <= room else _lines_of_paragraph(part, room) for part in text.split("\n")
    )


def row_points(lines: int) -> float:
    return min(MOST_POINTS, LINE_POINTS * lines + MARGIN_POINTS)


def _lines_of_paragraph(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.split(" "):
        length = len(word) * LETTER
        if used and used + SPACE + length > room:
            lines, used = lines + 1, 0.0
        if length > room:
            lines += math.ceil(length / room) - 1
        used += length + (SPACE if used else 0.0)
    return lines
