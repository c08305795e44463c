"""How far the review of the open sample round has come: assignments, decisions and what was written."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from survey.access import Person
from survey.framework.definition import Definition
from survey.framework.loading import DATA
from survey.framework.yaml_file import read_file, read_yaml
from survey.response import Answer, AnswerState
from survey.review import Ruling, Verdict
from survey.sample.accounts import CHAIR
from survey.store import Indicator, Store

PLAN = DATA / "sample" / "review.yaml"
BETWEEN = timedelta(minutes=7)


class _Value(Definition):
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None


class _Step(Definition):
    question: str
    verdict: Verdict
    reason: str = ""
    words: str = ""
    value: _Value | None = None
    reply: str = ""


class _Desk(Definition):
    reviewer: str
    begins: datetime | None = None
    steps: tuple[_Step, ...] = ()
    returned: bool = False


class _Plan(Definition):
    rounds: dict[str, dict[str, tuple[_Desk, ...]]]


def load_review(store: Store, remarks: Mapping[str, str]) -> None:
    """Name the reviewers and take their decisions, each at its own moment.

    remarks: by library, what was written when its response was returned.
    """
    people = {person.login: person for person in store.accounts.all()}
    plan = _Plan.model_validate(read_yaml(read_file(PLAN), name=PLAN.name))
    for round_id, libraries in plan.rounds.items():
        for library, desks in libraries.items():
            for desk in desks:
                store.cycle.assign(round_id, library, people[desk.reviewer].id, people[CHAIR])
            for desk in desks:
                if desk.begins is not None:
                    _review(store, round_id, library, desk, people, remarks.get(library, ""))


def _review(
    store: Store, round_id: str, library: str, desk: _Desk, people: Mapping[str, Person], remark: str
) -> None:
    assert desk.begins is not None
    moment, response = desk.begins, store.answers.response(round_id, library)
    own = next(person for person in people.values() if person.library_id == library)
    for step in desk.steps:
        about = Indicator(round_id, library, step.question, response.entry(step.question).revision)
        store.cycle.at(moment).decide(about, _ruling(step), people[desk.reviewer])
        if step.reply:
            replied = moment + BETWEEN * 2
            store.cycle.at(replied).reply(round_id, library, step.question, step.reply, own)
        moment += BETWEEN
    if desk.returned:
        store.cycle.at(moment).return_(round_id, library, people[desk.reviewer], remark)


def _ruling(step: _Step) -> Ruling:
    given = step.value
    value = (
        None
        if given is None
        else Answer(AnswerState.ANSWERED, given.numerator, given.denominator, given.value)
    )
    return Ruling(step.verdict, step.reason, step.words, value)
