"""Figures as people type them: one certain reading or a clear question, never a silent factor of a thousand."""

import math
import random
import re
import time
import unicodedata

import pytest
from babel.numbers import format_decimal
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from survey.errors import SurveyError
from survey.numbers import LARGEST, UnreadableNumberError, parse_number
from survey.text import MISSING, Language, format_fixed, format_number, format_percent, rounded


def fixed(examples: int) -> settings:
    """The same cases on every run."""
    quiet = [HealthCheck.too_slow]
    return settings(
        max_examples=examples, derandomize=True, deadline=None, database=None, suppress_health_check=quiet
    )


LANGUAGES: tuple[Language, ...] = ("vi", "en")

# What is typed, and how it is read in Vietnamese and in English; None: asked again.
READINGS: list[tuple[str, float | None, float | None]] = [
    ("0", 0, 0),
    ("7", 7, 7),
    ("1375", 1375, 1375),
    ("007", 7, 7),
    ("+5", 5, 5),
    ("-5", -5, -5),
    ("\u22125", -5, -5),
    ("-0", 0, 0),
    ("  42  ", 42, 42),
    ("1.375", 1375, 1.375),
    ("1,375", 1.375, 1375),
    ("7,5", 7.5, None),
    ("7.5", None, 7.5),
    ("0,5", 0.5, None),
    ("0.5", None, 0.5),
    ("0,375", 0.375, None),
    ("0.375", None, 0.375),
    ("12,50", 12.5, None),
    ("12.50", None, 12.5),
    ("1.234.567", 1234567, None),
    ("1,234,567", None, 1234567),
    ("1.234,5", 1234.5, None),
    ("1,234.5", None, 1234.5),
    ("1.234,567", 1234.567, None),
    ("1.234,500", 1234.5, None),
    ("1,234.500", None, 1234.5),
    ("1.234.567,25", 1234567.25, None),
    ("1,234,567.25", None, 1234567.25),
    ("1234,5", 1234.5, None),
    ("1234.5", None, 1234.5),
    ("1 234", 1234, 1234),
    ("1 234 567", 1234567, 1234567),
    ("1\u00a0234", 1234, 1234),
    ("1\u202f234", 1234, 1234),
    ("1\u2009234", 1234, 1234),
    ("1'234", 1234, 1234),
    ("1 234,5", 1234.5, None),
    ("1 234.5", None, 1234.5),
    ("12,3456", 12.3456, None),
    ("12,34567", 12.34567, None),
    # Three decimals that end in 0 are the thousands of the other language: 1,500 is hardly one and a half.
    ("1,000", None, 1000),
    ("1,500", None, 1500),
    ("250,000", None, 250000),
    ("1.000", 1000, None),
    ("30.000", 30000, None),
    ("0,500", 0.5, None),
    ("1000,000", 1000, None),
    # Groups that are none.
    ("1.2", None, 1.2),
    ("1.23", None, 1.23),
    ("1.2345", None, 1.2345),
    ("12.34.56", None, None),
    ("1.23.456", None, None),
    ("1234.567", None, 1234.567),
    ("0.123.456", None, None),
    ("1.234 567", None, None),
    ("1 234.567", None, 1234.567),
    ("1.234'567", None, None),
    ("12 34", None, None),
    ("1  234", None, None),
    ("1,2,3", None, None),
    ("1,234,5", None, None),
    ("1.234.5", None, None),
    ("5,", None, None),
    ("5.", None, None),
    (",5", None, None),
    (".5", None, None),
    # No figure at all.
    ("1e3", None, None),
    ("1e400", None, None),
    ("nan", None, None),
    ("NaN", None, None),
    ("inf", None, None),
    ("-inf", None, None),
    ("Infinity", None, None),
    ("0x10", None, None),
    ("1_000", None, None),
    ("1/2", None, None),
    ("½", None, None),
    ("3½", None, None),
    ("10²", None, None),
    ("5₂", None, None),
    ("⑳", None, None),
    ("1⑳", None, None),
    ("Ⅳ", None, None),
    ("٣٤", None, None),
    ("१२", None, None),
    ("12%", None, None),
    ("12 %", None, None),
    ("１２％", None, None),
    ("≈ 50", None, None),
    ("~50", None, None),
    (">50", None, None),
    ("50+", None, None),
    ("5-10", None, None),
    ("5 máy", None, None),
    ("năm", None, None),
    ("khoảng 30", None, None),
    ("3 vạn", None, None),
    ("3vạn", None, None),
    ("2,5 triệu", None, None),
    ("12 nghìn", None, None),
    ("12 ngàn", None, None),
    ("1 tỷ", None, None),
    ("1 tỉ", None, None),
    ("12 thousand", None, None),
    ("2 million", None, None),
    ("1 billion", None, None),
    ("12k", None, None),
    ("--5", None, None),
    ("+-5", None, None),
    ("5-", None, None),
    ("-", None, None),
    ("+", None, None),
    (".", None, None),
    (",", None, None),
    ("1\u200b375", None, None),
    ("1\n375", None, None),
    ("1\t375", None, None),
    ("=1+1", None, None),
    ("１２", 12, 12),
    ("１．３７５", 1375, 1.375),
    ("1000000000000000", 1e15, 1e15),
    ("1000000000000001", None, None),
    ("-1000000000000001", None, None),
    ("9" * 400, None, None),
]


def read(typed: str, language: Language) -> float | None:
    """The reading, None where the person is asked again."""
    try:
        return parse_number(typed, language)
    except UnreadableNumberError:
        return None


@pytest.mark.parametrize(
    ("typed", "vietnamese", "english"), READINGS, ids=[ascii(row[0][:20]) for row in READINGS]
)
def test_a_figure_has_one_documented_reading_or_is_asked_again(
    typed: str, vietnamese: float | None, english: float | None
):
    for language, expected in (("vi", vietnamese), ("en", english)):
        found = read(typed, language)
        assert found == expected, language
        if found is not None:
            assert math.copysign(1, found) == math.copysign(1, expected), "minus zero is zero"


@pytest.mark.parametrize("typed", ["", " ", "\t\n", "\u00a0", "\u3000"])
def test_blank_is_no_figure_and_no_fault(typed: str):
    assert parse_number(typed, "vi") is None
    assert parse_number(typed, "en") is None


def sentence(typed: str) -> SurveyError:
    with pytest.raises(UnreadableNumberError) as error:
        parse_number(typed, "vi")
    return error.value


def test_a_unit_word_is_explained_with_its_digits():
    error = sentence("3 vạn")
    assert error.text.vi == (
        "Hãy viết đủ chữ số thay cho «vạn» (1 vạn = 10.000). Ví dụ: gõ 30.000 thay cho «3 vạn»."
    )
    assert error.text.en == (
        "Write out the digits instead of “vạn” (1 vạn = 10,000). For example type 30,000 instead of “3 vạn”."
    )
    assert "1 triệu = 1.000.000" in sentence("2,5 TRIỆU").text.vi


def test_a_unit_word_is_understood_however_its_letters_are_composed():
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert "1 nghìn = 1.000" in sentence(unicodedata.normalize(form, "12 nghìn")).text.vi


def test_a_percentage_asks_for_the_count():
    error = sentence("70 %")
    assert error.text.vi == "«70 %» là tỷ lệ phần trăm. Hãy nhập số lượng, công cụ tự tính tỷ lệ."
    assert error.text.en == "“70 %” is a percentage. Enter the count; the tool works out the percentage."


def test_an_uncertain_separator_is_explained_with_examples():
    error = sentence("1.5")
    assert error.text.vi == (
        "Chưa rõ «1.5» là số nào: dấu chấm ngăn từng nhóm ba chữ số, dấu phẩy ngăn phần thập phân. "
        "Hãy nhập lại, ví dụ 1.375 (một nghìn ba trăm bảy mươi lăm) hoặc 7,5 (bảy phẩy năm)."
    )
    assert error.text.en == (
        "“1.5” has no certain reading: a comma groups three digits, a point begins the decimals. "
        "Type it again, for example 1,375 or 7.5."
    )


def test_what_is_no_number_and_what_is_too_large_are_said_so():
    error = sentence("abc")
    assert error.text.vi == "«abc» không phải là một con số. Hãy chỉ nhập chữ số, ví dụ 1.375 hoặc 7,5."
    assert error.text.en == "“abc” is not a number. Enter digits only, for example 1,375 or 7.5."
    error = sentence("1000000000000001")
    assert error.text.vi.endswith("quá lớn. Số lớn nhất được nhận là 1.000.000.000.000.000.")
    assert error.text.en.endswith("is too large. The largest accepted figure is 1,000,000,000,000,000.")


@pytest.mark.parametrize(
    "typed", ["x" * 32_768, "9" * 32_768, "%" * 32_768, "1.5" + "0" * 32_768, "3 vạn" * 8_000]
)
def test_a_sentence_never_repeats_pages_of_what_was_typed(typed: str):
    error = sentence(typed)
    assert len(error.text.vi) < 300
    assert len(error.text.en) < 300


def test_very_long_text_is_refused_at_once():
    for typed in (
        "1" + " " * 32_768 + "x",
        "1." * 16_384,
        "nghì" * 8_192,
        "1 " * 16_384,
        "\u00a0" * 32_768 + "?",
    ):
        begun = time.perf_counter()
        assert read(typed, "vi") is None
        assert time.perf_counter() - begun < 1


# ---- round trips ----


@fixed(600)
@given(whole=st.integers(-int(LARGEST), int(LARGEST)))
@example(whole=0)
@example(whole=1000)
@example(whole=999_999)
@example(whole=int(LARGEST))
def test_a_whole_number_that_is_shown_is_read_back(whole: int):
    for language in LANGUAGES:
        assert parse_number(format_number(float(whole), language), language) == whole


@fixed(600)
@given(digits=st.integers(-(10**9), 10**9), decimals=st.integers(0, 6))
@example(digits=1375, decimals=3)
@example(digits=1500, decimals=3)
@example(digits=75, decimals=1)
def test_a_decimal_number_that_is_shown_is_read_back(digits: int, decimals: int):
    value = digits / 10**decimals
    for language in LANGUAGES:
        shown = format_number(value, language, decimals=decimals)
        assert parse_number(shown, language) == value, shown


@fixed(300)
@given(digits=st.integers(0, 10**9), decimals=st.sampled_from([0, 1, 2]))
def test_a_number_shown_with_fixed_decimals_is_read_back(digits: int, decimals: int):
    value = digits / 10**decimals
    for language in LANGUAGES:
        assert parse_number(format_fixed(value, language, decimals=decimals), language) == value


@fixed(600)
@given(whole=st.integers(0, 10**12))
def test_one_languages_thousands_are_never_the_others_decimals_silently(whole: int):
    """A count shown in one language and typed into the other is read right, or asked again, or below 1000."""
    for shown_in, typed_into in (("vi", "en"), ("en", "vi")):
        shown = format_number(float(whole), shown_in)
        found = read(shown, typed_into)
        if found is None or found == whole:
            continue
        # The documented reading of 1.375 in English. It is no whole number, so that a count asks again.
        assert re.fullmatch(r"[1-9]\d{0,2}[.,]\d\d[1-9]", shown)
        assert found != int(found)


# ---- anything at all ----

PIECES = [
    *"0123456789",
    *"0123456789",
    ".",
    ",",
    ".",
    ",",
    " ",
    "'",
    "-",
    "+",
    "%",
    "e",
    "E",
    "x",
    "_",
    "/",
    "(",
    ")",
]
PIECES += [
    "\u00a0",
    "\u202f",
    "\u2009",
    "\u2007",
    "\u200b",
    "\ufeff",
    "\u2212",
    "\u0301",
    "\ud800",
    "\0",
    "\n",
    "\r",
    "\t",
]
PIECES += [
    "nghìn",
    "vạn",
    "triệu",
    "tỷ",
    "½",
    "²",
    "٣",
    "１",
    "．",
    "，",
    "%",
    "≈",
    "∞",
    "NaN",
    "inf",
    "🏛",
    "000",
    "=",
    "<b>",
]
LEGAL = re.compile(r"[+-]?\d[\d., '\u00a0\u2007\u2009\u202f]*")


def assert_read_honestly(typed: str) -> None:
    """Either a question, or exactly the digits that were typed with at most one mark among them for the decimals."""
    for language in LANGUAGES:
        found = read(typed, language)
        if found is None:
            continue
        assert math.isfinite(found)
        assert abs(found) <= LARGEST
        plain = unicodedata.normalize("NFKC", typed).strip().replace("\u2212", "-")
        assert LEGAL.fullmatch(plain), "something that is no digit was read over"
        whole, _, fraction = plain.partition("," if language == "vi" else ".")
        digits = re.sub(r"\D", "", whole)
        assert found == (-1 if plain.startswith("-") else 1) * float(f"{digits}.{fraction or 0}")


def test_text_made_of_the_pieces_of_numbers_is_read_honestly_or_asked_again():
    chance = random.Random(206)
    readable = 0
    for _ in range(6000):
        typed = "".join(chance.choices(PIECES, k=chance.randint(1, 8)))
        assert_read_honestly(typed)
        readable += read(typed, "vi") is not None
    assert readable > 200, "too little of it is readable to prove anything"


@fixed(500)
@given(typed=st.text(max_size=40))
def test_any_text_at_all_is_read_honestly_or_asked_again(typed: str):
    assert_read_honestly(typed)


@fixed(300)
@given(typed=st.from_regex(r"[+-]?[0-9]{1,4}([., '][0-9]{1,4}){0,4}", fullmatch=True))
def test_anything_that_looks_like_a_number_is_read_honestly_or_asked_again(typed: str):
    assert_read_honestly(typed)


NAUGHTY = [
    "undefined", "null", "None", "true", "NIL", "-1.00", "$1.00", "-$1.00", "1E+02", "1/0",
    "0/0", "-2147483648/-1", "9223372036854775808", "0..0", ".", "0.0.0", "0,,0", ",",
    "0,0,0", "0.0/0", "--", "-.", "-,", "999999999999999999999", "NaN", "Infinity",
    "-Infinity", "INF", "1#INF", "-1#IND", "1#QNAN", "0x0", "0xffffffff", "0xabad1dea",
    "123456789012345678901", "1,000.00", "1 000.00", "1'000.00", "1,000,000.00",
    "1.000,00", "1 000,00", "1.000.000,00", "01000", "08", "09", "2.2250738585072011e-308",
    ",./;'[]\\-=", "<>?:\"{}|_+", "!@#$%^&*()`~", "\x01\x02\x03", "\u0080\u0081", "\u2028",
    "\ufeff", "\ufffe", "Ω≈ç√∫", "⁰⁴⁵", "₀₁₂", "⁰⁴⁵₀₁₂", "ด้้้้้็็็็็", "'", '"', "''",
    "田中さん", "和製漢語", "表ポあA鷗", "Ⱥ", "ヽ༼ຈل͜ຈ༽ﾉ", "😍", "👩🏽", "🇻🇳", "１２３", "١٢٣", "ثم نفس",
    "בְּרֵאשִׁית", "\u202atest\u202a", "\u2066test\u2067", "Ṱ̺̺o͞", "˙ɐnbᴉlɐ", "00˙Ɩ$-",
    "𝟏𝟐𝟑", "Ｔｈｅ", "𝐓𝐡𝐞", "⒯⒣⒠", "<script>alert(0)</script>", "1;DROP TABLE users",
    "1'; DROP TABLE users-- 1", "' OR 1=1 -- 1", "%s%s%s", "%d", "%n", "{0}", "{vi}",
    "../../etc/passwd%00", "${7*7}", "{{7*7}}", "=cmd|' /C calc'!A0", "@SUM(1)", "+1+1",
    "-1-1", "\ud800", "\udfff1", "1\ud83d", "\0", "1\0", "năm mươi", "ba trăm",
    "1.375 bản", "12 tháng", "III", "五", "一千", "1̲", "1️⃣", "𝟙", "⒈", "⑴", "❶", "㊿", "㉈",
    "௰", "〇", "༳", "๑๒",
]  # fmt: skip


@pytest.mark.parametrize("typed", NAUGHTY, ids=[ascii(typed[:24]) for typed in NAUGHTY])
def test_a_naughty_string_is_read_honestly_or_asked_again(typed: str):
    assert_read_honestly(typed)


# ---- how figures are shown ----


@pytest.mark.parametrize("value", [None, math.nan])
def test_a_figure_that_is_not_there_is_a_dash(value: float | None):
    for language in LANGUAGES:
        shown = (
            format_number(value, language),
            format_fixed(value, language),
            format_percent(value, language),
        )
        assert shown == (MISSING,) * 3


def test_figures_are_shown_the_way_of_each_language():
    assert format_number(1234567.891, "vi", decimals=2) == "1.234.567,89"
    assert format_number(1234567.891, "en", decimals=2) == "1,234,567.89"
    assert format_number(7.0, "vi", decimals=2) == "7"
    assert format_fixed(7.0, "en", decimals=2) == "7.00"
    assert format_percent(0.5, "vi") == "50\u00a0%"
    assert format_percent(0.12345, "en", decimals=1) == "12.3\u00a0%"


def test_halves_are_rounded_up_as_on_a_calculator():
    shown = [format_fixed(value, "vi", decimals=1) for value in (26.25, 26.35, 0.05, 0.04999, 1.0049999)]
    assert shown == ["26,3", "26,4", "0,1", "0,0", "1,0"]
    assert [format_number(value, "vi") for value in (0.5, 1.5, 2.5)] == ["1", "2", "3"]
    assert format_number(70.625, "vi", decimals=2) == "70,63"
    # 0.1 + 0.2 is a little more than 0.3, and 1.005 a little less than it says: noise is not shown.
    assert format_number(0.1 + 0.2, "en", decimals=6) == "0.3"
    assert format_number(1.005, "en", decimals=2) == "1.01"


@fixed(1_000)
@given(
    st.floats(min_value=-1e15, max_value=1e15) | st.integers(-(10**12), 10**12),
    st.integers(0, 4),
    st.sampled_from(LANGUAGES),
)
@example(999.995, 2, "vi")
@example(-0.0, 0, "vi")
@example(-0.04, 1, "en")
@example(100, 0, "vi")
def test_numbers_are_written_with_the_marks_of_the_language(value: float, decimals: int, language: Language):
    exact = rounded(value, decimals)
    for written, digits in ((format_number, "#"), (format_fixed, "0")):
        pattern = "#,##0" + ("." + digits * decimals if decimals else "")
        expected = format_decimal(exact, pattern, language)
        assert written(value, language, decimals=decimals) == expected
