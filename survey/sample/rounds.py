"""The four rounds of the sample, as `data/sample/rounds.yaml` lists them."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from survey.framework.definition import Definition
from survey.framework.loading import DATA
from survey.framework.yaml_file import read_file, read_yaml
from survey.rounds import Round, RoundState

SAMPLE = DATA / "sample"


class _Entry(Definition):
    id: str
    name: str
    framework: str
    framework_version: int
    reference_date: date
    opens_on: date
    closes_on: date
    state: RoundState


class _Rounds(Definition):
    rounds: tuple[_Entry, ...]


@cache
def sample_rounds(folder: Path = SAMPLE) -> tuple[Round, ...]:
    """Read the rounds, oldest first, each in the state in which the sample leaves it."""
    path = folder / "rounds.yaml"
    content: Any = read_yaml(read_file(path), name=path.name)
    return tuple(
        Round(
            id=entry.id,
            name=entry.name,
            framework_id=entry.framework,
            framework_version=entry.framework_version,
            reference_date=entry.reference_date,
            opens_on=entry.opens_on,
            closes_on=entry.closes_on,
            state=entry.state,
        )
        for entry in _Rounds.model_validate(content).rounds
    )
