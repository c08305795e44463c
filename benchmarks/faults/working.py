"""A process that saves, sends, decides, replies, returns and imports as fast as it can until it is killed.

What the store has taken is told through a pipe that the killer holds: one line after each call that
returned, so a line that arrived is an acknowledgement that outlives the process.
"""

import json
import os
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import MappingProxyType
from typing import Any

from benchmarks.faults.people import CHAIR, REVIEWER, director_of
from benchmarks.faults.rounds import LIBRARIES, ROUND
from benchmarks.faults.wal import durable_end
from survey.access import Person
from survey.errors import StorageError, SurveyError
from survey.response import Answer, AnswerState, Document
from survey.review import Ruling, Verdict
from survey.store import Indicator, Sending, Store

BEGUN = "begun"
IMPORTED = 20  # answers of each import
REVIEWED = 3  # the first questions, which reviewers decide about


@dataclass(frozen=True)
class Job:
    """What a worker works on. name: unlike that of every worker before, so that its acts are known by it."""

    url: str
    name: str
    seed: int
    questions: tuple[str, ...]
    lock_wait: float = 10.0


def work(job: Job, pipe: Connection) -> None:
    """Work until killed."""
    chance = random.Random(job.seed)
    store = Store.open(job.url, lock_wait=job.lock_wait)
    _tell(pipe, {"act": BEGUN})
    number = 0
    while True:
        number += 1
        try:
            _tell(pipe, {**_act(store, job, chance, number), **durable_end(job.url)})
        except StorageError as error:
            _tell(pipe, {"act": "failed", "words": error.text.vi})
        except SurveyError:
            continue  # there was nothing to reply to


def _act(store: Store, job: Job, chance: random.Random, number: int) -> Mapping[str, Any]:
    """Do one thing and say what was acknowledged."""
    library, by = chance.choice(LIBRARIES), f"{job.name}.{number}"
    acts = ACTS if store.answers.response(ROUND, library).editable else REVIEW_ACTS
    act = chance.choices([*acts], [*acts.values()])[0]
    told = act(Turn(store, job, chance, library, by))
    return {"act": act.__name__.removeprefix("_"), "by": by, "library": library, **told}


@dataclass(frozen=True)
class Turn:
    """One act at one library. by: unlike that of every other act, so that what it wrote is known by it."""

    store: Store
    job: Job
    chance: random.Random
    library: str
    by: str

    @property
    def director(self) -> Person:
        return self.person(director_of(self.library))

    def person(self, login: str) -> Person:
        found = self.store.accounts.by_login(login)
        assert found is not None
        return found

    def about(self, question: str) -> Indicator:
        """The question as a reviewer sees it now."""
        decision = self.store.cycle.file(ROUND, self.library).decision(question)
        number = decision.number if decision else 0
        revision = _newest_revision(self.store, self.library, question)
        return Indicator(ROUND, self.library, question, revision, number)


def _save(turn: Turn) -> Mapping[str, Any]:
    question, answer = turn.chance.choice(turn.job.questions), an_answer(turn.chance, turn.by)
    revision = _newest_revision(turn.store, turn.library, question)
    saved = turn.store.answers.save(
        ROUND, turn.library, question, answer, opened_revision=revision, by=turn.by
    )
    return {"question": question, "revision": saved.revision, "value": answer.value}


def _submit(turn: Turn) -> Mapping[str, Any]:
    after = len(turn.store.cycle.submissions(ROUND, turn.library))
    sending = Sending(turn.by, "Tôi xác nhận", after)
    made = turn.store.cycle.submit(ROUND, turn.library, turn.director, sending).submission
    assert made is not None
    return {"number": made.number, "serial": int(made.receipt.partition("/")[0])}


def _decide(turn: Turn) -> Mapping[str, Any]:
    question = turn.chance.choice(turn.job.questions[:REVIEWED])
    words = f"Đề nghị nói rõ, lần {turn.by}"
    ruling = Ruling(Verdict.MORE, "unclear", words)
    made = turn.store.cycle.decide(turn.about(question), ruling, turn.person(REVIEWER))
    return {"question": question, "number": made.number, "words": words}


def _reply(turn: Turn) -> Mapping[str, Any]:
    question = turn.chance.choice(turn.job.questions[:REVIEWED])
    words = f"Giải trình, lần {turn.by}"
    made = turn.store.cycle.reply(ROUND, turn.library, question, words, turn.director)
    return {"question": question, "number": made.number, "words": words}


def _return(turn: Turn) -> Mapping[str, Any]:
    remark = f"Bổ sung tài liệu, lần {turn.by}"
    turn.store.cycle.return_(ROUND, turn.library, turn.person(CHAIR), remark, everything=True)
    return {"remark": remark}


def _import(turn: Turn) -> Mapping[str, Any]:
    asked = turn.chance.sample(turn.job.questions, IMPORTED)
    answers = {question: an_answer(turn.chance, turn.by) for question in asked}
    turn.store.answers.import_answers(ROUND, {turn.library: answers}, by=turn.by)
    return {"answers": IMPORTED}


# How often each is done, while the library has its response and while the reviewers have it.
ACTS: Mapping[Callable[[Turn], Mapping[str, Any]], int] = {_save: 78, _submit: 12, _reply: 4, _import: 6}
REVIEW_ACTS = {_decide: 40, _reply: 30, _return: 25, _import: 5}


def _newest_revision(store: Store, library: str, question: str) -> int:
    history = store.answers.history(ROUND, library, question)
    return history[-1].revision if history else 0


def an_answer(chance: random.Random, by: str) -> Answer:
    """An answer that no other act gives; some are long enough to fill several pages of the file."""
    words = f"Giải trình của {by}: " + "số liệu theo báo cáo năm " * chance.choice((0, 1, 40, 400))
    return Answer(
        state=AnswerState.ANSWERED,
        value=float(chance.randrange(10**9)),
        explanation=words,
        evidence=(Document(number=by),),
        confirmed=MappingProxyType({}),
    )


def _tell(pipe: Connection, told: Mapping[str, Any]) -> None:
    line = json.dumps(told, ensure_ascii=False)  # short, so that the pipe takes it whole or not at all
    os.write(pipe.fileno(), line.encode() + b"\n")
