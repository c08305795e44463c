"""What happens in the rounds, and the words that go with it, as `story.yaml` and `texts.yaml` tell."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from survey.framework.definition import Definition
from survey.framework.yaml_file import read_file, read_yaml
from survey.response import ResponseState

STORY = Path(__file__).with_name("story.yaml")
TEXTS = Path(__file__).with_name("texts.yaml")
Paper = tuple[Literal["library", "department", "committee"], str]


class Part(Definition):
    """A library's part in one round; the keys are explained in the file."""

    state: ResponseState = ResponseState.ACCEPTED
    submitted: datetime | None = None
    saved: datetime | None = None
    verified: float | None = None
    not_begun: bool = False
    unknown: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    figures: dict[str, dict[str, float]] = Field(default_factory=dict)
    bare: tuple[str, ...] = ()
    documents: dict[str, int] = Field(default_factory=dict)
    confirmed: dict[str, dict[str, str]] = Field(default_factory=dict)
    remark: str = ""


class Evidence(Definition):
    """What can be shown for one question: papers to choose from, or one for each level, or an address."""

    papers: tuple[Paper, ...] = ()
    levels: dict[int, Paper] = Field(default_factory=dict)
    link: str = ""
    none: str


class Texts(Definition):
    """All words of the sample."""

    unknown: dict[str, str]
    not_applicable: dict[str, str]
    evidence: dict[str, Evidence]
    issuers: dict[str, str]
    explanations: tuple[str, ...]
    programs: dict[str, str]
    difficulties: tuple[str, ...]
    proposals: tuple[str, ...]


@cache
def load_story() -> dict[str, dict[str, Part]]:
    """The parts by round and library."""
    content: Any = read_yaml(read_file(STORY), name=STORY.name)
    return {
        round_id: {library: Part.model_validate(part) for library, part in parts.items()}
        for round_id, parts in content.items()
    }


@cache
def load_texts() -> Texts:
    return Texts.model_validate(read_yaml(read_file(TEXTS), name=TEXTS.name))
