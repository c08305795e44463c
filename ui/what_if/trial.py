"""What is being tried now: held in the session beside the answers, and never saved by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from report.round_report import RoundReport
from report.what_if import changed, fault_of
from survey.entry import with_items, with_typed, with_value
from survey.figures import figures
from survey.framework import AnyIndicator
from survey.response import Answer, AnswerState
from survey.text import Text
from ui import session

CHANGES, FAULT, SAID, NAME = "tried", "tried fault", "tried said", "tried name"


@dataclass(frozen=True, eq=False)
class Trial:
    """One library in one round, as it stands (`report`, of this library alone), and what is changed."""

    report: RoundReport
    library: str

    @property
    def place(self) -> str:
        return f"{self.report.round.id}/{self.library}"

    @property
    def changes(self) -> dict[str, Answer]:
        held = session.noted(self.place, CHANGES)
        return {
            name: answer
            for name, answer in (held.items() if isinstance(held, Mapping) else ())
            if name in self.report.framework.indicators
        }

    @property
    def after(self) -> RoundReport:
        return changed(self.report, self.library, self.changes)

    def today(self, name: str) -> Answer:
        return self.report.responses[self.library].answer(name)

    def now(self, name: str) -> Answer:
        return self.changes.get(name, self.today(name))

    def fields(self, name: str) -> str:
        """Under what the fields of a question are kept, apart from those of the questionnaire."""
        return f"thu:{self.place}:{name}"

    def fault(self, name: str) -> Text | None:
        found = session.noted(self.fields(name), FAULT)
        return found if isinstance(found, Text) else None

    def put(self, changes: Mapping[str, Answer]) -> None:
        """Try these and nothing else; the fields begin anew."""
        for name in self.report.framework.indicators:
            session.forget_fields(self.fields(name))
            session.note(self.fields(name), FAULT, None)
        session.note(self.place, CHANGES, MappingProxyType(dict(changes)))

    def take(self, name: str, answer: Answer) -> None:
        """Try this answer too, unless it is at fault: then the last good one stays in the result."""
        if answer.state is not AnswerState.ANSWERED:
            self.drop(name)
            return
        response = self.report.responses[self.library]
        fault = fault_of(self.report.framework, response, self.changes, name, answer)
        session.note(self.fields(name), FAULT, fault)
        if fault is None:
            rest = {other: one for other, one in self.changes.items() if other != name}
            moved = {} if answer.same_figures(self.today(name)) else {name: _figures_of(answer)}
            session.note(self.place, CHANGES, MappingProxyType({**rest, **moved}))

    def drop(self, name: str) -> None:
        """Go back to the library's own answer to one question."""
        rest = {other: one for other, one in self.changes.items() if other != name}
        session.forget_fields(self.fields(name))
        session.note(self.fields(name), FAULT, None)
        session.note(self.place, CHANGES, MappingProxyType(rest))

    def take_typed(self, question: AnyIndicator) -> None:
        key = self.fields(question.id)
        typed = {figure.field: str(session.field(key, figure.field) or "") for figure in figures(question)}
        answer = with_typed(self.now(question.id), question, typed, session.current_language())
        self.take(question.id, answer)

    def take_value(self, question: AnyIndicator) -> None:
        chosen = session.field(self.fields(question.id), "value")
        value = None if chosen is None else float(str(chosen))
        self.take(question.id, with_value(self.now(question.id), value))

    def take_items(self, question: AnyIndicator, item_ids: tuple[str, ...]) -> None:
        key = self.fields(question.id)
        met = tuple(item for item in item_ids if session.field(key, item))
        self.take(question.id, with_items(self.now(question.id), met))


def _figures_of(answer: Answer) -> Answer:
    """The answer without what was written beside it, which belongs to the real one."""
    return replace(
        Answer(), state=answer.state, numerator=answer.numerator, denominator=answer.denominator,
        value=answer.value, items=answer.items,
    )  # fmt: skip
