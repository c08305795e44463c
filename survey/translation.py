"""The interface's words: source strings are Vietnamese, English comes from a gettext catalogue.

The catalogue is read from its .po file at first use, so there is no build step.
"""

import gettext
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from survey.text import Language

CATALOGUE = Path(__file__).resolve().parents[1] / "data" / "translations" / "en.po"
Words = Callable[[str], str]


def words(language: Language) -> Words:
    """The function that puts a Vietnamese source string into `language`.

    A string without a translation is shown in Vietnamese.
    """
    return _english().gettext if language == "en" else _as_it_is


def _as_it_is(message: str) -> str:
    return message


@cache
def _english() -> gettext.NullTranslations:
    if not CATALOGUE.is_file():
        return gettext.NullTranslations()
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
