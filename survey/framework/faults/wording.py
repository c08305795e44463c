"""Words that nobody can see or that no file can hold."""

import unicodedata
from collections.abc import Iterator

from pydantic import BaseModel

from survey.text import LANGUAGES, Text


def unreadable(part: object, way: tuple[str, ...]) -> Iterator[str]:
    """Words that nobody can see or that no file can hold, wherever they stand."""
    if isinstance(part, Text):
        for language in LANGUAGES:
            words = part.to(language)
            if any(unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n" for sign in words):
                yield f"{' > '.join(way)} > {language}: the words hold a sign that cannot be printed"
            elif all(unicodedata.category(sign)[0] in "CZ" for sign in words):
                yield f"{' > '.join(way)} > {language}: the words are empty: nothing in them can be seen"
    elif isinstance(part, BaseModel):
        for field in type(part).model_fields:
            yield from unreadable(getattr(part, field), (*way, field))
    elif isinstance(part, dict):
        for key, held in part.items():
            yield from unreadable(held, (*way, str(key)))
    elif isinstance(part, tuple):
        for position, held in enumerate(part, start=1):
            name = next(
                (str(getattr(held, key)) for key in ("id", "level", "year") if hasattr(held, key)), ""
            )
            yield from unreadable(held, (*way, name or f"entry {position}"))
