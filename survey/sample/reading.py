"""Read the sample's files again, so that what is loaded is what a person sees in `data/sample/`."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import Field

from survey.framework.definition import Definition
from survey.framework.yaml_file import read_file, read_yaml
from survey.response import Answer, AnswerState, Document, ResponseState
from survey.sample.responses import SampleResponse, SampleRound
from survey.sample.rounds import SAMPLE, sample_rounds


class _Beside(Definition):
    """What the notes hold beside one answer."""

    reason: str = ""
    explanation: str = ""
    words: str = ""
    evidence: tuple[tuple[str, ...], ...] = ()
    confirmed: dict[str, str] = Field(default_factory=dict)


class _Notes(Definition):
    """What the notes hold of one library."""

    state: ResponseState
    submitted: datetime | None = None
    saved: datetime | None = None
    remark: str = ""
    answers: dict[str, _Beside]


def read_sample(folder: Path = SAMPLE) -> list[SampleRound]:
    """Read every round with its responses.

    Raises:
        DefinitionError: a file is missing or cannot be read.
    """
    return [SampleRound(round_, dict(_responses(folder, round_.id))) for round_ in sample_rounds(folder)]


def _responses(folder: Path, round_id: str) -> Iterator[tuple[str, SampleResponse]]:
    path = folder / f"{round_id}-notes.yaml"
    notes: Any = read_yaml(read_file(path), name=path.name)
    answers, verified = _answers(read_file(folder / f"{round_id}.csv"))
    for library, about in notes.items():
        known = _Notes.model_validate(about)
        yield (
            library,
            SampleResponse(
                state=known.state,
                submitted=known.submitted,
                saved=known.saved,
                answers={
                    name: _written(answer, known.answers.get(name))
                    for name, answer in answers[library].items()
                },
                verified=frozenset(verified[library]),
                remark=known.remark,
            ),
        )


def _answers(text: str) -> tuple[dict[str, dict[str, Answer]], dict[str, set[str]]]:
    """Answers and verified questions by library; the line of warning at the top is passed over."""
    answers: dict[str, dict[str, Answer]] = {}
    verified: dict[str, set[str]] = {}
    for row in csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#")):
        library, name = row["library"], row["indicator"]
        answers.setdefault(library, {})[name] = _figures(row)
        marked = verified.setdefault(library, set())
        if row["verified"] == "1":
            marked.add(name)
    return answers, verified


def _figures(row: Mapping[str, str]) -> Answer:
    return Answer(
        state=AnswerState(row["state"]),
        numerator=_figure(row["numerator"]),
        denominator=_figure(row["denominator"]),
        value=_figure(row["value"]),
        items=tuple(row["items"].split(";")) if row["items"] else (),
    )


def _figure(cell: str) -> float | None:
    return float(cell) if cell else None


def _written(answer: Answer, beside: _Beside | None) -> Answer:
    if beside is None:
        return answer
    return replace(
        answer,
        reason=beside.reason,
        explanation=beside.explanation,
        words=beside.words,
        evidence=tuple(Document(*fields) for fields in beside.evidence),
        confirmed=beside.confirmed,
    )
