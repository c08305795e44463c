"""Two kinds of reader, two kinds of error.

`SurveyError` speaks to the people who answer (both languages, one sentence that says where, what,
why and what to do); `DefinitionError` to the people who edit `data/`, all faults at once.
"""

from collections.abc import Sequence

from survey.text import Language, Text


class SurveyError(Exception):
    """Something a person did or met that the screen explains in words, never in a traceback."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.text = Text(vi=vi, en=en)

    def to(self, language: Language) -> str:
        return self.text.to(language)


class NotAllowedError(SurveyError):
    """The person may not do this, or the thing does not exist for this person."""


class StorageError(SurveyError):
    """The database did not take or give the data; what was typed stays with the person."""


class DefinitionError(Exception):
    """Faults of a file under `data/`, every one with its place by id."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        self.file = file
        self.faults = tuple(faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"{file}: {len(self.faults)} fault(s)\n{lines}")
