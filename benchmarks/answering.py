"""Somebody of a library who goes through the fields of a section and answers one after the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle

from benchmarks.person import Person, Reply, Widget

ANSWER_PAGE = "tra-loi"
SAVED = re.compile(r"Đã lưu [^<]*\d\d:\d\d:\d\d")
NOT_SAVED = "Chưa lưu"
FIGURES = (".denominator", ".value")


@dataclass(frozen=True)
class Given:
    """One answer that the page said was saved: which field of which question, and what was put there."""

    library: str
    question: str
    field: str
    value: float | bool


@dataclass
class Answering:
    """A person at a section. acknowledged: what the page said was saved, in order."""

    person: Person
    library: str
    acknowledged: list[Given] = field(default_factory=list)
    refused: int = 0
    _fields: Iterator[Widget] = field(default_factory=lambda: iter(()))

    async def begin(self) -> Reply:
        reply = await self.person.open()
        fields = [widget for widget in self.person.widgets.values() if _can_be_answered(widget)]
        if not fields:
            raise RuntimeError(f"no field to answer on the page of {self.library} ({self.person.query})")
        self._fields = cycle(fields)
        return reply

    async def answer_next(self) -> Reply:
        """Answer the next field; what the reply says is remembered for the count of losses."""
        widget = next(self._fields)
        question, _, part = widget.key.partition(".")
        value = self._another_value(widget)
        reply = await self.person.change(widget, value)
        if SAVED.search(reply.html) and NOT_SAVED not in reply.html:
            given = _as_stored(widget, value)
            self.acknowledged.append(Given(self.library, question, part, given))
        else:
            self.refused += 1
        return reply

    def _another_value(self, widget: Widget) -> object:
        """One more than stands there, the other choice, the opposite."""
        shown = self.person.shown(widget)
        if widget.kind == "checkbox":
            return not shown
        if widget.kind == "radio":
            return widget.options[
                (widget.options.index(str(shown)) + 1 if shown else 0) % len(widget.options)
            ]
        return str(int(re.sub(r"\D.*", "", str(shown).replace(".", "")) or 0) + 1)


def _can_be_answered(widget: Widget) -> bool:
    if widget.kind == "text_input":
        return widget.key.endswith(FIGURES)
    return widget.kind == "checkbox" or (widget.kind == "radio" and widget.key.endswith(".value"))


def _as_stored(widget: Widget, value: object) -> float | bool:
    if isinstance(value, bool):
        return value
    return float(widget.options.index(str(value)) if widget.kind == "radio" else str(value))
