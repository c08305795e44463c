"""Every word of the interface has an English translation, and the catalogue holds nothing else.

`python -m pytest tests/test_translations.py` lists what is missing. `python -m tests.test_translations` puts
the missing strings into `data/translations/en.po` with an empty translation, for a person to fill in, and takes
out those that no source has any more.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract
from pydantic import BaseModel

from survey.framework import load_framework, load_sources
from survey.framework.loading import DATA
from survey.members import load_members
from survey.text import LANGUAGES, Text
from survey.translation import CATALOGUE, words

PROJECT = Path(__file__).resolve().parents[1]
SPEAKING = ("ui", "report", "api")
TRANSLATE = "_"
GIVES_TRANSLATOR = ("words", "current_words")
NAMES = ("Thước Số", "Tiếng Việt", "Hệ tri thức Việt số hóa", "Phú Thọ", "Vĩnh Phúc")
# Their Vietnamese goes into files for other programs, whose words are part of the format.
FILE_FORMATS = ("report/answers_export.py", "api/files.py")
HOLES = re.compile(r"\{[^{}]*\}|%\([a-z_]+\)[a-z]|</?[a-z][^<>]*>")
NEVER_BARE = re.compile(r"""(?:_|removesuffix)\((['"]).*?\1\)""")
DOCUMENT_NUMBER = re.compile(r"\d+/\S+")


@dataclass
class Found:
    """What the sources say: the place of each string, and calls that no catalogue can serve."""

    places: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)


@cache
def sources() -> Found:
    """Read all Python files and templates.

    Python is read by its syntax tree, since Babel's own reader passes over strings inside an f-string.
    """
    found = Found()
    for folder in SPEAKING:
        for path in sorted((PROJECT / folder).rglob("*.py")):
            _read_python(path.read_text(encoding="utf-8"), path.relative_to(PROJECT).as_posix(), found)
        for path in sorted((PROJECT / folder).rglob("*.html")):
            _read_template(path, found)
    return found


def _read_python(source: str, name: str, found: Found) -> None:
    tree = ast.parse(source)
    told = set(_english_stands_beside(tree))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _translates(node)):
        match call:
            case ast.Call(args=[ast.Constant(value=str(message))], keywords=[]) if message:
                found.places.setdefault(message, f"{name}:{call.lineno}")
            case _:
                found.faults.append(f"{name}:{call.lineno}: {ast.unparse(call)}")
        told |= {id(part) for part in ast.walk(call)}
    for node in ast.walk(tree):
        if id(node) in told or name in FILE_FORMATS:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and foreign(node.value):
            found.bare.append(f"{name}:{node.lineno}: {node.value}")


def _translates(call: ast.Call) -> bool:
    """Whether it is `_(...)`, `words(language)(...)` or `book.words("...")`."""
    if isinstance(call.func, ast.Call):
        return _name(call.func.func) in GIVES_TRANSLATOR
    given = call.args[0] if call.args else None
    spoken = isinstance(given, ast.Constant) and isinstance(given.value, str) and given.value not in LANGUAGES
    return _name(call.func) == TRANSLATE or (_name(call.func) in GIVES_TRANSLATOR and spoken)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _english_stands_beside(tree: ast.Module) -> Iterator[int]:
    """Ids of nodes that need no catalogue: docstrings, and `vi=` beside `en=`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        elif isinstance(node, ast.Call) and {"vi", "en"} <= {word.arg for word in node.keywords}:
            for word in node.keywords:
                yield from (id(part) for part in ast.walk(word.value))


def _read_template(path: Path, found: Found) -> None:
    name = path.relative_to(PROJECT).as_posix()
    options = {"silent": "false", "trimmed": "true"}
    with path.open("rb") as file:
        for line, function, message, _remarks in babel_extract(file, (TRANSLATE, "gettext"), (), options):
            if isinstance(message, str) and message:
                found.places.setdefault(message, f"{name}:{line}")
            else:
                found.faults.append(f"{name}:{line}: {function}({message})")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        rest = NEVER_BARE.sub("", line)
        if foreign(rest):
            found.bare.append(f"{name}:{number}: {rest.strip()}")


@cache
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def translations() -> dict[str, str]:
    return {str(entry.id): str(entry.string) for entry in catalogue() if entry.id}


@cache
def proper_names() -> re.Pattern[str]:
    members = load_members().members
    names = {*NAMES, *(member.short.vi for member in members), *(member.province.vi for member in members)}
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))


def foreign(text: str) -> str:
    """The letters of `text` that English does not have, proper names and numbers of documents left out."""
    rest = DOCUMENT_NUMBER.sub("", proper_names().sub("", text))
    return "".join(letter for letter in rest if letter.isalpha() and not letter.isascii())


def texts(value: object, place: str) -> Iterator[tuple[str, Text]]:
    """Every `Text` in a definition, with the place where it stands."""
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), f"{place} > {name}")
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from texts(part, f"{place} > {name}")
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from texts(part, f"{place} > {getattr(part, 'id', number)}")


def ends(text: str) -> tuple[bool, str]:
    """Whether `text` begins with a space, and the sign after its last word; "No." is no sentence."""
    return text[0].isspace(), text[-1] if " " in text and text[-1] in ".:…" else ""


def listed(title: str, lines: list[str]) -> str:
    return "\n".join([f"{title} ({len(lines)})", *lines])


def test_every_string_of_the_sources_is_translated():
    known = translations()
    missing = [
        f"  {place}\n    msgid {message!r}"
        for message, place in sources().places.items()
        if not known.get(message)
    ]
    assert not missing, listed("no English in data/translations/en.po", missing)


def test_no_entry_is_left_of_a_string_that_is_gone():
    gone = [f"  msgid {message!r}" for message in translations() if message not in sources().places]
    assert not gone, listed("in data/translations/en.po but in no source", gone)
    assert not catalogue().obsolete


def test_each_entry_stands_once_in_the_order_of_its_string_and_without_line_numbers():
    lines = CATALOGUE.read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("msgid ") for line in lines) == len(catalogue()) + 1
    assert list(translations()) == sorted(translations())
    assert not [line for line in lines if line.startswith("#:")]


def test_no_entry_is_fuzzy():
    assert not [entry.id for entry in catalogue() if entry.id and entry.fuzzy]


def test_placeholders_and_markup_are_the_same_on_both_sides():
    wrong = [
        f"  {message!r}\n  {english!r}"
        for message, english in translations().items()
        if english and set(HOLES.findall(message)) != set(HOLES.findall(english))
    ]
    assert not wrong, listed("placeholders or markup differ", wrong)


def test_a_translation_begins_and_ends_as_its_string_does():
    wrong = [
        f"  {message!r}\n  {english!r}"
        for message, english in translations().items()
        if english and ends(message) != ends(english)
    ]
    assert not wrong, listed("first space or last sign differs", wrong)


def test_no_translation_has_vietnamese_letters_but_in_names():
    wrong = [f"  {english!r}: {foreign(english)}" for english in translations().values() if foreign(english)]
    assert not wrong, listed("not English", wrong)


def test_every_call_that_translates_is_given_one_whole_string():
    assert not sources().faults, listed("cannot be looked up", sources().faults)


def test_every_vietnamese_word_in_the_code_can_be_translated():
    assert not sources().bare, listed("outside _() and without English beside it", sources().bare)


@pytest.mark.parametrize(
    "call",
    [
        pytest.param('_(f"Có {n} câu")', id="an f-string"),
        pytest.param("_(message)", id="a variable"),
        pytest.param('_("Có {n} câu".format(n=n))', id="a string filled in too early"),
        pytest.param('_("Có " + rest)', id="a string put together"),
        pytest.param('_("")', id="an empty string, which stands for the header of the catalogue"),
        pytest.param("words(language)(message)", id="a variable, without the short name"),
    ],
)
def test_a_call_that_no_catalogue_can_serve_is_reported(call: str):
    found = Found()
    _read_python(f"def show(n, message):\n    return {call}\n", "page.py", found)
    assert [fault.startswith("page.py:2: ") for fault in found.faults] == [True]
    assert not found.places


@pytest.mark.parametrize(
    "line",
    ['_("Đã lưu")', 'words(language)("Đã lưu")', 'book.words("Đã lưu")', "f\"<p>{text(_('Đã lưu'))}</p>\""],
)
def test_a_string_is_found_wherever_it_stands(line: str):
    found = Found()
    _read_python(line, "page.py", found)
    assert found == Found(places={"Đã lưu": "page.py:1"})


def test_a_bare_vietnamese_string_is_reported_but_not_a_docstring_or_a_pair():
    found = Found()
    _read_python('"""Phiếu."""\nText(vi="Phiếu", en="Response")\nst.write("Gửi phiếu")', "page.py", found)
    assert found.bare == ["page.py:3: Gửi phiếu"]


def test_strings_come_out_in_both_languages():
    assert words("en")("Độ phủ") == "Coverage"
    assert words("vi")("Độ phủ") == "Độ phủ"


def test_the_english_of_the_data_is_english():
    data = {
        **{
            path.stem: load_framework(path).framework for path in sorted((DATA / "frameworks").glob("*.yaml"))
        },
        "members": load_members(),
        "sources": load_sources(),
    }
    wrong = [
        f"  {place}: {text.en!r}: {foreign(text.en)}"
        for name, value in data.items()
        for place, text in texts(value, name)
        if foreign(text.en)
    ]
    assert not wrong, listed("not English", wrong)


def update() -> None:
    """Write the catalogue anew: what is missing with an empty translation, what is gone left out."""
    catalog = catalogue()
    for message in translations():
        if message not in sources().places:
            catalog.delete(message)
    for message in sources().places:
        if message not in catalog:
            catalog.add(message)
    for entry in catalog:
        if "%(" not in str(entry.id):  # Babel takes "80 % của" for a placeholder of the old kind
            entry.flags.discard("python-format")
    with CATALOGUE.open("wb") as file:
        write_po(file, catalog, width=0, no_location=True, sort_output=True)


if __name__ == "__main__":
    update()
