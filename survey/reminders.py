"""Who is to be reminded of what: seven days and one day before a round closes, and once it is overdue.

Pure: rounds, responses, people and a day in, reminders out. What was sent before is the caller's to know.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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
    """A round with the response of each member; None where nothing was begun.

    exceptions: the later last day of each library that has one of its own.
    """

    round: Round
    responses: Mapping[str, Response | None]
    exceptions: Mapping[str, date] = field(default_factory=dict)

    def round_of(self, library: str) -> Round:
        """The round as it ends for this library."""
        return with_last_day(self.round, self.exceptions.get(library))

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


def with_last_day(round_: Round, own: date | None) -> Round:
    """The round as it ends for a library with an exception of its own, or as it is for everybody."""
    return round_ if own is None or own <= round_.closes_on else replace(round_, closes_on=own)


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
    return tuple(reminder for standing in standings for reminder in _of_round(standing, people, today))


def without_recipient(
    standings: Iterable[Standing], recipients: Iterable[Recipient], today: date
) -> list[str]:
    """Ids of the libraries that should be reminded today and have nobody with an address."""
    reached = {person.library_id for person in recipients if person.role in ANSWERING}
    return [library for standing in standings for library in _due(standing, today) if library not in reached]


def _due(standing: Standing, today: date) -> dict[str, Kind]:
    """The libraries with something to do that are to be reminded today, each by its own last day."""
    kinds = {library: kind_due(standing.round_of(library), today) for library in standing.unsent()}
    return {library: kind for library, kind in kinds.items() if kind is not None}


def _of_round(standing: Standing, people: tuple[Recipient, ...], today: date) -> Iterable[Reminder]:
    due = _due(standing, today)
    overdue = {name: standing.responses[name] for name, kind in due.items() if kind is Kind.OVERDUE}
    for person in people:
        library = person.library_id
        if person.role in ANSWERING and library in due:
            own = {library: standing.responses[library]}
            yield Reminder(due[library], standing.round_of(library), person, own)
        elif person.role in OVERSEEING and overdue:
            yield Reminder(Kind.OVERDUE, standing.round, person, overdue)
