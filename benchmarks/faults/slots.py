"""An awkward text, where it was put, and what must be read there."""

import unicodedata
from dataclasses import dataclass


def as_kept(text: str) -> str:
    """What must be read back: in NFC, without NUL, with a sign in place of half a pair."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", whole).replace("\0", "")


@dataclass(frozen=True)
class Slot:
    """Where a text was put: into every field of one answer."""

    round_id: str
    library: str
    question: str
    text: str

    @property
    def kept(self) -> str:
        return as_kept(self.text)
