"""(b1) Awkward texts in all that is written in a review: by whom it was sent, rulings, replies, remarks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.faults.people import CHAIR, add_person, director_of
from survey.access import Person, Role
from survey.review import Ruling, Verdict
from survey.store import Indicator, Sending, Store

DECIDED = "A1"  # on the desk's first page


@dataclass(frozen=True)
class Reviewing:
    """The chair, and the directors by library."""

    chair: Person
    directors: Mapping[str, Person]

    @classmethod
    def of(cls, store: Store, libraries: Sequence[str]) -> "Reviewing":
        """Those of the store; whoever is missing is added."""
        there = {
            person.library_id: person
            for person in store.accounts.all()
            if person.library_id and person.role is Role.DIRECTOR
        }
        for name in set(libraries) - there.keys():
            there[name] = add_person(store, director_of(name), Role.DIRECTOR, name)
        return cls(store.accounts.by_login(CHAIR) or add_person(store, CHAIR, Role.CHAIR), there)


def write(store: Store, people: Reviewing, place: tuple[str, str], text: str) -> None:
    """Send under the text as a name, ask for more, reply and return with it."""
    round_id, library = place
    cycle, director = store.cycle, people.directors[library]
    cycle.submit(round_id, library, director, Sending(text, text))
    cycle.decide(Indicator(round_id, library, DECIDED), Ruling(Verdict.MORE, "unclear", text), people.chair)
    cycle.reply(round_id, library, DECIDED, text, director)
    cycle.return_(round_id, library, people.chair, text, everything=True)


def said_in(store: Store, round_id: str, library: str) -> list[tuple[str, str]]:
    """Where a text of the review stands, and what stands there."""
    sent, file = store.cycle.submissions(round_id, library)[-1], store.cycle.file(round_id, library)
    asked, replied = file.posts[DECIDED]
    return [
        ("the name of who sent", sent.name),
        ("what was certified", sent.certified),
        ("a decision", file.decisions[DECIDED][-1].ruling.words),
        ("its post", asked.words),
        ("a reply", replied.words),
        ("a remark", store.answers.response(round_id, library).remark),
    ]
