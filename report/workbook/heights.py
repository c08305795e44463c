"""How high a row must be for its wrapped text: LibreOffice trusts the file, and Excel only measures later."""

import math

LINE_POINTS = 12.9
"""Height of one line of Arial 10."""
MARGIN_POINTS = 2.4
MOST_POINTS = 409.0
"""Excel's limit for a row."""
PADDING = 2.2
"""What margins and indent take of a column, in characters."""
LETTER = 0.94
"""Width of an average letter of running Vietnamese text, in the digits that measure a column."""
BOLD_LETTER = 1.06


def lines_needed(text: str, width: float, *, bold: bool) -> int:
    """Lines that `text` takes in a column of `width` when it wraps between words.

    >>> lines_needed("Điểm đạt được", 8, bold=True)
    3
    >>> lines_needed("Điểm", 8, bold=False)
    1
    """
    letter = BOLD_LETTER if bold else LETTER
    room = max(width - PADDING, 1) / letter
    if "\n" not in text and len(text) <= room:
        return 1
    return sum(_lines_of_paragraph(part, room) for part in text.split("\n"))


def row_points(lines: int) -> float:
    return min(MOST_POINTS, LINE_POINTS * lines + MARGIN_POINTS)


def _lines_of_paragraph(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.split(" "):
        length = len(word)
        if used and used + 1 + length > room:
            lines, used = lines + 1, 0.0
        if length > room:
            lines += math.ceil(length / room) - 1
        used += length + (1 if used else 0)
    return lines
