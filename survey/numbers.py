"""Read figures as people in Vietnam type them: 1.375 is 1375, and 7,5 is seven and a half.

One documented reading or a clear question, never a silent factor of a thousand.
"""

import re
import unicodedata

from survey.errors import SurveyError
from survey.text import Language

LARGEST = 1e15
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]")
_UNIT_WORDS = {
    "nghìn": 1_000,
    "ngàn": 1_000,
    "vạn": 10_000,
    "triệu": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
_UNIT = re.compile(rf"({'|'.join(_UNIT_WORDS)})\b", re.IGNORECASE)
_SEPARATORS: dict[Language, tuple[str, str]] = {"vi": (".", ","), "en": (",", ".")}


class UnreadableNumberError(SurveyError):
    """What was typed is not one figure; the sentence says what to type instead."""


def parse_number(typed: str, language: Language = "vi") -> float | None:
    """Read one figure; blank text is None.

    In Vietnamese a dot groups exactly three digits and a comma begins the decimals; in English
    the other way round. Spaces may group digits in both. 1,500 has no certain reading in
    Vietnamese: nobody writes one and a half so, and in English it is fifteen hundred.

    Raises:
        UnreadableNumberError: there is no single certain reading.

    >>> parse_number("1.375")
    1375.0
    >>> parse_number("7,5")
    7.5
    >>> parse_number("1.234.567,25")
    1234567.25
    >>> parse_number("  ") is None
    True
    """
    text = unicodedata.normalize("NFKC", typed).strip().replace("\u2212", "-")
    if not text:
        return None
    if any(sign.isnumeric() and not sign.isdecimal() for sign in typed):
        raise _not_a_number(typed)  # the normal form of 10² is 102
    _refuse_unit_words(text)
    if "%" in text:
        raise UnreadableNumberError(
            vi=f"«{_shown(typed)}» là tỷ lệ phần trăm. Hãy nhập số lượng, công cụ tự tính tỷ lệ.",
            en=f"“{_shown(typed)}” is a percentage. Enter the count; the tool works out the percentage.",
        )
    if not re.fullmatch(r"[+-]?[0-9][0-9., '\u00a0\u2007\u2009\u202f]*", text):
        raise _not_a_number(typed)
    group, decimal = _SEPARATORS[language]
    whole, comma, fraction = text.partition(decimal)
    if decimal in fraction or group in fraction or (comma and not fraction.isdecimal()):
        raise _which_separator(typed)
    if re.fullmatch(r"[+-]?[1-9][0-9]{0,2}", whole) and re.fullmatch("[0-9]{2}0", fraction):
        raise _which_separator(typed)
    sign = -1.0 if whole.startswith("-") else 1.0
    digits = _ungrouped(whole.lstrip("+-"), group)
    if digits is None:
        raise _which_separator(typed)
    value = sign * float(f"{digits}.{fraction or 0}")
    if abs(value) > LARGEST:
        raise UnreadableNumberError(
            vi=f"«{_shown(typed)}» quá lớn. Số lớn nhất được nhận là 1.000.000.000.000.000.",
            en=f"“{_shown(typed)}” is too large. The largest accepted figure is 1,000,000,000,000,000.",
        )
    return value + 0.0


def _ungrouped(whole: str, group: str) -> str | None:
    """The digits of a whole part, or None when its groups are not certain."""
    if whole.isdecimal():
        return whole
    marks = {mark for mark in whole if not mark.isdecimal()}
    mark = marks.pop() if len(marks) == 1 else ""
    if mark != group and not _SPACES.fullmatch(mark) and mark != "'":
        return None
    first, *rest = whole.split(mark)
    certain = 1 <= len(first) <= 3 and not first.startswith("0") and all(len(part) == 3 for part in rest)
    return "".join([first, *rest]) if certain else None


def _refuse_unit_words(text: str) -> None:
    match = _UNIT.search(text)
    if not match:
        return
    word = match[1].lower()
    factor = f"{_UNIT_WORDS[word]:,}"
    raise UnreadableNumberError(
        vi=f"Hãy viết đủ chữ số thay cho «{word}» (1 {word} = {factor.replace(',', '.')}). "
        "Ví dụ: gõ 30.000 thay cho «3 vạn».",
        en=f"Write out the digits instead of “{word}” (1 {word} = {factor}). "
        "For example type 30,000 instead of “3 vạn”.",
    )


def _shown(typed: str) -> str:
    """Enough of what was typed to recognise it in a sentence."""
    return typed.strip()[:40]


def _not_a_number(typed: str) -> UnreadableNumberError:
    shown = _shown(typed)
    return UnreadableNumberError(
        vi=f"«{shown}» không phải là một con số. Hãy chỉ nhập chữ số, ví dụ 1.375 hoặc 7,5.",
        en=f"“{shown}” is not a number. Enter digits only, for example 1,375 or 7.5.",
    )


def _which_separator(typed: str) -> UnreadableNumberError:
    shown = _shown(typed)
    return UnreadableNumberError(
        vi=f"Chưa rõ «{shown}» là số nào: dấu chấm ngăn từng nhóm ba chữ số, dấu phẩy ngăn phần thập phân. "
        "Hãy nhập lại, ví dụ 1.375 (một nghìn ba trăm bảy mươi lăm) hoặc 7,5 (bảy phẩy năm).",
        en=f"“{shown}” has no certain reading: a comma groups three digits, a point begins the decimals. "
        "Type it again, for example 1,375 or 7.5.",
    )
