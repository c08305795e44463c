"""The day a document was issued, as people write it."""

import re
from datetime import date

_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?!\d)")
_WORDS = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")


def read_issued(words: str) -> date | None:
    """Return the day that `words` name, or None where they name none.

    >>> read_issued("09/09/2021"), read_issued("ngày 5 tháng 3 năm 2024"), read_issued("2024-03-05")
    (datetime.date(2021, 9, 9), datetime.date(2024, 3, 5), datetime.date(2024, 3, 5))
    >>> read_issued("quý III") is None
    True
    """
    found = _DAY.search(words) or _WORDS.search(words)
    if found:
        day, month, year = map(int, found.groups())
    elif found := _ISO.search(words):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
