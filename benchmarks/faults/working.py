"""A process that saves, sends and imports as fast as it can until it is killed.

What the store has taken is told through a pipe that the killer holds: one line after each call that
returned, so a line that arrived is an acknowledgement that outlives the process.
"""

import json
import os
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import MappingProxyType
from typing import Any

from benchmarks.faults.rounds import LIBRARIES, ROUND
from benchmarks.faults.wal import durable_end
from survey.errors import StorageError, SurveyError
from survey.response import Answer, AnswerState, Document, Response, ResponseState
from survey.store import Store

BEGUN = "begun"
IMPORTED = 20  # answers of each import
# Of hundred acts; what is left over are saves.
SUBMITS, RETURNS, IMPORTS = 8, 8, 6


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
            for told in _act(store, job, chance, number):
                _tell(pipe, {**told, **durable_end(job.url)})
        except StorageError as error:
            _tell(pipe, {"act": "failed", "words": error.text.vi})
        except SurveyError:
            continue  # the response was sent, or sent back, by the last act


def _act(store: Store, job: Job, chance: random.Random, number: int) -> Iterator[Mapping[str, Any]]:
    """Do one thing and say what was acknowledged."""
    library, by = chance.choice(LIBRARIES), f"{job.name}.{number}"
    lot = chance.randrange(100)
    if lot < SUBMITS:
        yield _response_line(store.answers.submit(ROUND, library, by), "submit", by)
    elif lot < SUBMITS + RETURNS:
        remark = f"Bổ sung tài liệu, lần {by}"
        returned = store.answers.review(ROUND, library, ResponseState.RETURNED, remark, by)
        yield _response_line(returned, "return", by)
    elif lot < SUBMITS + RETURNS + IMPORTS:
        asked = chance.sample(job.questions, IMPORTED)
        store.answers.import_answers(ROUND, {library: {q: an_answer(chance, by) for q in asked}}, by=by)
        yield {"act": "import", "by": by, "answers": IMPORTED}
    else:
        question = chance.choice(job.questions)
        opened = store.answers.history(ROUND, library, question)
        answer = an_answer(chance, by)
        revision = opened[-1].revision if opened else 0
        saved = store.answers.save(ROUND, library, question, answer, opened_revision=revision, by=by)
        yield {
            "act": "save",
            "by": by,
            "library": library,
            "question": question,
            "revision": saved.revision,
            "value": answer.value,
        }


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


def _response_line(response: Response, act: str, by: str) -> Mapping[str, Any]:
    return {"act": act, "by": by, "library": response.library_id, "state": response.state.value}


def _tell(pipe: Connection, told: Mapping[str, Any]) -> None:
    line = json.dumps(told, ensure_ascii=False)  # short, so that the pipe takes it whole or not at all
    os.write(pipe.fileno(), line.encode() + b"\n")
