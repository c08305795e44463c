"""A named what-if ("kịch bản"): other answers beside a library's own, which never take their place."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from survey.errors import SurveyError
from survey.response import Answer, AnswerState

MOST_SCENARIOS = 20
LONGEST_NAME = 80
FIGURES = ("numerator", "denominator", "value")


@dataclass(frozen=True)
class Scenario:
    """What was kept.

    changes: by question, the answers that differ. based_on: digest of the answers that the library had
    then, to see whether they have changed since.
    """

    id: str
    round_id: str
    library_id: str
    name: str
    changes: Mapping[str, Answer]
    based_on: str
    made_by: str
    made_at: datetime


def clean_name(typed: str) -> str:
    """The name as it is kept, spaces in it and around it made single.

    Raises:
        SurveyError: it is blank or too long.
    """
    name = " ".join(typed.split())
    if not name:
        raise SurveyError(
            vi="CHƯA giữ kịch bản: hãy đặt tên cho kịch bản, ví dụ «Mua máy quét năm 2027».",
            en="The scenario was NOT kept: give it a name, for example “Buy a scanner in 2027”.",
        )
    if len(name) > LONGEST_NAME:
        raise SurveyError(
            vi=f"CHƯA giữ kịch bản: tên dài {len(name)} ký tự, nhiều nhất là {LONGEST_NAME}. Hãy rút ngắn tên.",
            en=f"The scenario was NOT kept: its name has {len(name)} characters, at most {LONGEST_NAME}. Shorten it.",
        )
    return name


def digest_of(answers: Mapping[str, Answer], questions: Iterable[str]) -> str:
    """SHA-256 of the figures of some questions; what is written beside an answer does not count."""
    figures = {name: _plain(answers[name]) for name in sorted(questions) if name in answers}
    said = {name: plain for name, plain in figures.items() if plain != _plain(Answer())}
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def write_changes(changes: Mapping[str, Answer]) -> str:
    """Changes as JSON, figures only."""
    return json.dumps({name: _plain(answer) for name, answer in changes.items()}, sort_keys=True)


def read_changes(text: str) -> dict[str, Answer]:
    """What `write_changes` wrote."""
    return {
        name: Answer(
            state=AnswerState(plain["state"]),
            items=tuple(plain.get("items", ())),
            **{figure: plain[figure] for figure in FIGURES if figure in plain},
        )
        for name, plain in json.loads(text).items()
    }


def _plain(answer: Answer) -> dict[str, Any]:
    plain: dict[str, Any] = {"state": answer.state.value}
    plain |= {name: getattr(answer, name) for name in FIGURES if getattr(answer, name) is not None}
    return plain | ({"items": sorted(answer.items)} if answer.items else {})
