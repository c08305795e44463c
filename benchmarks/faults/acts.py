"""What two people can do to one response: who does it, how it comes into each state, and what they saw before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.faults.people import add_person
from benchmarks.faults.rounds import LIBRARIES, open_round
from survey.access import Person, Role
from survey.response import Answer, AnswerState, ResponseState
from survey.review import Ruling, Verdict
from survey.store import Indicator, Sending, Store

LIBRARY, QUESTION = LIBRARIES[0], "A2"
DRAFT, SUBMITTED, UNDER_REVIEW = ResponseState.DRAFT, ResponseState.SUBMITTED, ResponseState.UNDER_REVIEW
RETURNED, ACCEPTED = ResponseState.RETURNED, ResponseState.ACCEPTED
ENTRY, DIRECTOR, REVIEWER, CHAIR = Role.ENTRY, Role.DIRECTOR, Role.REVIEWER, Role.CHAIR
# Two people meet; a third one of each role has brought the response to where they find it.
FIRST, SECOND, BEFORE = range(3)
REDUCED_TO = 1.0  # no save gives this value


class Seen(NamedTuple):
    """What a screen showed: the revision of the answer, the number of its decision, how often it was sent."""

    revision: int
    decision: int
    sendings: int


@dataclass
class Actor:
    """One person with what their screen showed them when they opened the question."""

    store: Store
    person: Person
    round_id: str
    seat: int
    seen: Seen | None = None

    @property
    def login(self) -> str:
        return self.person.login

    @property
    def at(self) -> Seen:
        assert self.seen is not None
        return self.seen

    def look(self) -> None:
        decision = self.store.cycle.file(self.round_id, LIBRARY).decision(QUESTION)
        self.seen = Seen(
            self.store.answers.response(self.round_id, LIBRARY).entry(QUESTION).revision,
            decision.number if decision else 0,
            len(self.store.cycle.submissions(self.round_id, LIBRARY)),
        )


Act = Callable[[Actor], object]


def _save(actor: Actor) -> object:
    answer = Answer(AnswerState.ANSWERED, value=REDUCED_TO + 1 + actor.seat, explanation=actor.login)
    return actor.store.answers.save(
        actor.round_id, LIBRARY, QUESTION, answer, opened_revision=actor.at.revision, by=actor.login
    )


def _submit(actor: Actor) -> object:
    sending = Sending(actor.login, "Tôi xác nhận", actor.at.sendings)
    return actor.store.cycle.submit(actor.round_id, LIBRARY, actor.person, sending)


def _withdraw(actor: Actor) -> object:
    return actor.store.cycle.withdraw(actor.round_id, LIBRARY, actor.person)


def _start(actor: Actor) -> object:
    return actor.store.cycle.start_review(actor.round_id, LIBRARY, actor.person)


def _decide(actor: Actor) -> object:
    """The chair agrees; of two reviewers one wants more and the other reduces."""
    ruling = Ruling(Verdict.MORE, "unclear", f"Đề nghị nói rõ ({actor.login})")
    if actor.person.role is CHAIR:
        ruling = Ruling(Verdict.MET)
    elif actor.seat == SECOND:
        value = Answer(AnswerState.ANSWERED, value=REDUCED_TO)
        ruling = Ruling(Verdict.REDUCED, "unclear", f"Theo báo cáo ({actor.login})", value)
    about = Indicator(actor.round_id, LIBRARY, QUESTION, actor.at.revision, actor.at.decision)
    return actor.store.cycle.decide(about, ruling, actor.person)


def _return(actor: Actor) -> object:
    """The chair opens everything, a reviewer what was asked for."""
    remark, everything = f"Bổ sung ({actor.login})", actor.person.role is CHAIR
    return actor.store.cycle.return_(actor.round_id, LIBRARY, actor.person, remark, everything=everything)


def _reply(actor: Actor) -> object:
    words = f"Đã đếm lại ({actor.login})"
    return actor.store.cycle.reply(actor.round_id, LIBRARY, QUESTION, words, actor.person)


def _accept(actor: Actor) -> object:
    return actor.store.cycle.accept(actor.round_id, LIBRARY, actor.person, rest_met=True)


def _reopen(actor: Actor) -> object:
    return actor.store.cycle.reopen(actor.round_id, LIBRARY, actor.person)


ACTS: Mapping[str, Act] = {
    "save": _save,
    "submit": _submit,
    "withdraw": _withdraw,
    "start_review": _start,
    "decide": _decide,
    "return": _return,
    "reply": _reply,
    "accept": _accept,
    "reopen": _reopen,
}
WHO: Mapping[str, tuple[Role, ...]] = {
    "save": (ENTRY, DIRECTOR),
    "submit": (DIRECTOR,),
    "withdraw": (DIRECTOR,),
    "start_review": (REVIEWER, CHAIR),
    "decide": (REVIEWER, CHAIR),
    "return": (CHAIR, REVIEWER),
    "reply": (ENTRY, DIRECTOR),
    "accept": (CHAIR,),
    "reopen": (CHAIR,),
}
# The ways in which a response gets into each state, after its first answer.
WAYS: Mapping[ResponseState, tuple[tuple[str, ...], ...]] = {
    DRAFT: ((), ("submit", "withdraw")),
    SUBMITTED: (("submit",), ("submit", "withdraw", "submit")),
    UNDER_REVIEW: (
        ("submit", "decide"),
        ("submit", "start_review"),
        ("submit", "decide", "return", "reply", "submit"),
    ),
    RETURNED: (("submit", "decide", "return"), ("submit", "return")),
    ACCEPTED: (("submit", "accept"), ("submit", "decide", "accept")),
}
# What somebody may do in each state.
POSSIBLE: Mapping[ResponseState, tuple[str, ...]] = {
    DRAFT: ("save", "submit"),
    SUBMITTED: ("withdraw", "start_review", "decide", "return", "accept"),
    UNDER_REVIEW: ("decide", "reply", "return", "accept"),
    RETURNED: ("save", "reply", "submit"),
    ACCEPTED: ("return", "reopen"),
}


class Cast:
    """The people of one library and its review, three of each role, and the responses at which they meet."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._people = {
            (role, seat): add_person(store, f"{role}.{seat}", role, LIBRARY if role in (ENTRY, DIRECTOR) else None)
            for role in (ENTRY, DIRECTOR, REVIEWER, CHAIR)
            for seat in (FIRST, SECOND, BEFORE)
        }  # fmt: skip

    def place(self, round_id: str, way: tuple[str, ...]) -> None:
        """Open a round in which the response has one answer and has gone this way."""
        open_round(self._store, round_id)
        for seat in (FIRST, SECOND, BEFORE):
            reviewer = self._people[REVIEWER, seat]
            self._store.cycle.assign(round_id, LIBRARY, reviewer.id, self._people[CHAIR, BEFORE])
        for name in ("save", *way):
            actor = self.actor(round_id, name, BEFORE)
            actor.look()
            ACTS[name](actor)

    def actor(self, round_id: str, name: str, seat: int, turn: int = 0) -> Actor:
        """Somebody who may do the act; of several roles another one at every turn."""
        role = WHO[name][turn % len(WHO[name])]
        return Actor(self._store, self._people[role, seat], round_id, seat)
