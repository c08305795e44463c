"""Words in two languages, and numbers and dates the way the reader's language writes them."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from babel.dates import format_date as babel_date
from babel.numbers import get_decimal_symbol, get_group_symbol
from pydantic import BaseModel, ConfigDict, field_validator

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MISSING = "–"
# Decimals beyond which a sum of floats is only noise, so that 70,625 is not printed as 70,62.
NOISE = 9
HALVES_UP = Context(prec=400, rounding=ROUND_HALF_UP)


class Text(BaseModel):
    """The same words in Vietnamese and in English; neither may be empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    vi: str
    en: str

    @field_validator("vi", "en")
    @classmethod
    def _not_blank(cls, words: str) -> str:
        if not words.strip():
            raise ValueError("the words are empty")
        return words.strip()

    def to(self, language: Language) -> str:
        return self.vi if language == "vi" else self.en

    def fill(self, **values: object) -> "Text":
        """Put values into the braces of both languages."""
        return Text(vi=self.vi.format(**values), en=self.en.format(**values))


def format_number(value: float | None, language: Language, *, decimals: int = 0) -> str:
    """Write `value` with at most `decimals` decimals: 1375.5 is 1.375,5 in Vietnamese.

    >>> format_number(1375.5, "vi", decimals=1)
    '1.375,5'
    >>> format_number(None, "vi")
    '–'
    """
    if value is None or value != value:
        return MISSING
    written = _grouped(value, language, decimals)
    mark = _marks(language)[ord(".")]
    return written.rstrip("0").removesuffix(mark) if mark in written else written


def format_fixed(value: float | None, language: Language, *, decimals: int = 1) -> str:
    """Write `value` with exactly `decimals` decimals, for columns that must line up.

    >>> format_fixed(66.0, "vi"), format_fixed(26.25, "vi")
    ('66,0', '26,3')
    """
    if value is None or value != value:
        return MISSING
    return _grouped(value, language, decimals)


def _grouped(value: float, language: Language, decimals: int) -> str:
    return format(rounded(value, decimals), ",f").translate(_marks(language))


@cache
def _marks(language: Language) -> dict[int, str]:
    """The language's own marks for the dot and the comma of Python's numbers."""
    return {ord("."): get_decimal_symbol(language), ord(","): get_group_symbol(language)}


def rounded(value: float, decimals: int) -> Decimal:
    """Halves go up, as a calculator and Excel round them; nothing is rounded but what is printed."""
    exact = Decimal(repr(round(float(value), NOISE)))
    return exact.quantize(Decimal(1).scaleb(-decimals), context=HALVES_UP)


def decimals_apart(value: float | None, limits: Iterable[float], decimals: int = 0) -> int:
    """The fewest decimals, `decimals` or more, with which no limit is printed like a value that misses it.

    69.97 against 70 needs two: with one it would read 70,0 and yet be below.

    >>> decimals_apart(69.97, [70.0], 1), decimals_apart(70.0, [70.0], 1), decimals_apart(55.0, [70.0], 1)
    (2, 1, 1)
    """
    if value is None or value != value:
        return decimals
    missed = [limit for limit in limits if limit - value > 10**-NOISE]
    for more in range(decimals, NOISE):
        if all(rounded(value, more) != rounded(limit, more) for limit in missed):
            return more
    return NOISE


def format_percent(share: float | None, language: Language, *, decimals: int = 0) -> str:
    """Write a share (0 to 1) as a percentage.

    >>> format_percent(0.655, "vi", decimals=1)
    '65,5\xa0%'
    """
    if share is None or share != share:
        return MISSING
    return f"{format_number(100 * share, language, decimals=decimals)}\u00a0%"


def format_day(day: date, language: Language) -> str:
    """Write a day: 31/12/2025 in Vietnamese, 31 Dec 2025 in English."""
    return str(babel_date(day, format="dd/MM/yyyy" if language == "vi" else "d MMM yyyy", locale=language))


def format_time(moment: datetime) -> str:
    """Write the time of day in Hanoi, to the second."""
    return moment.astimezone(HANOI).strftime("%H:%M:%S")


def format_moment(moment: datetime, language: Language) -> str:
    """Write day and time in Hanoi."""
    local = moment.astimezone(HANOI)
    return f"{format_day(local.date(), language)} {local:%H:%M}"


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"


def name_order(name: str) -> tuple[list[int], list[int]]:
    """A key that sorts names as the Vietnamese alphabet does: Đ after D, Ă and Â after A, tones last.

    >>> sorted(["Điện Biên", "Yên Bái", "Lào Cai", "Lai Châu", "Cao Bằng"], key=name_order)
    ['Cao Bằng', 'Điện Biên', 'Lai Châu', 'Lào Cai', 'Yên Bái']
    """
    letters: list[int] = []
    tones: list[int] = []
    for letter in unicodedata.normalize("NFC", name.casefold()):
        parts = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        known = bare in _ALPHABET
        letters.append(_ALPHABET.index(bare) + 1 if known else -ord(bare[0]))
        tones += [_TONES.index(part) + 1 for part in parts if part in _TONES]
    return letters, tones


def without_marks(text: str) -> str:
    """Small letters without the marks of Vietnamese, for searching and for comparing with what was typed quickly.

    >>> without_marks("Mật khẩu Đà Nẵng")
    'mat khau da nang'
    """
    parts = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
