"""Who is to be reminded of what: seven days and one day before a round closes, and once it is overdue.

Pure: rounds, responses, people and a day in, reminders out. What was sent before is the caller's to know.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey.response import Response
from survey.rounds import Round, RoundState
from survey.text import Language

WEEK_BEFORE = 7
DAY_BEFORE = 1
# Those who can finish a response, and those who watch over all of them, by the names of their roles.
ANSWERING = frozenset({"library", "entry", "director"})
OVERSEEING = frozenset({"chair"})


class Kind(StrEnum):
    """Which reminder; each goes to a person once for each last day of a round."""

    WEEK = "week"
    DAY = "day"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Recipient:
    """Somebody who may be written to; `library_id` is set for the people of a library."""

    name: str
    email: str
    language: Language
    role: str
    library_id: str | None = None


@dataclass(frozen=True)
class Standing:
    """A round with the response of each member; None where nothing was begun."""

    round: Round
    responses: Mapping[str, Response | None]

    def unsent(self) -> tuple[str, ...]:
        """Ids of the libraries that still have something to do."""
        return tuple(
            library for library, response in self.responses.items() if response is None or response.editable
        )


@dataclass(frozen=True)
class Reminder:
    """One letter that is due. responses: what is unsent, the person's own alone or, for the chair, all."""

    kind: Kind
    round: Round
    recipient: Recipient
    responses: Mapping[str, Response | None]

    def days_left(self, today: date) -> int:
        return self.round.days_left(today)


def kind_due(round_: Round, today: date) -> Kind | None:
    """The reminder that a round asks for today; a day on which nobody looked is made up for on the next."""
    if round_.state is not RoundState.OPEN:
        return None
    left = round_.days_left(today)
    if left < 0:
        return Kind.OVERDUE
    if left <= DAY_BEFORE:
        return Kind.DAY
    return Kind.WEEK if left <= WEEK_BEFORE else None


def due_reminders(
    standings: Iterable[Standing], recipients: Iterable[Recipient], today: date
) -> tuple[Reminder, ...]:
    """Every reminder that is due today: to the people of each library with an unsent response, and, once it
    is overdue, to the chair with the list of all."""
    people = tuple(recipients)
    return tuple(
        reminder
        for standing in standings
        if (kind := kind_due(standing.round, today)) is not None
        for reminder in _of_round(standing, kind, people)
    )


def without_recipient(
    standings: Iterable[Standing], recipients: Iterable[Recipient], today: date
) -> list[str]:
    """Ids of the libraries that should be reminded today and have nobody with an address."""
    reached = {person.library_id for person in recipients if person.role in ANSWERING}
    return [
        library
        for standing in standings
        if kind_due(standing.round, today) is not None
        for library in standing.unsent()
        if library not in reached
    ]


def _of_round(standing: Standing, kind: Kind, people: tuple[Recipient, ...]) -> Iterable[Reminder]:
    unsent = {library: standing.responses[library] for library in standing.unsent()}
    for person in people:
        if person.role in ANSWERING and person.library_id in unsent:
            own = {person.library_id: unsent[person.library_id]}
            yield Reminder(kind, standing.round, person, own)
        elif person.role in OVERSEEING and kind is Kind.OVERDUE and unsent:
            yield Reminder(kind, standing.round, person, unsent)
