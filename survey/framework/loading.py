"""From a YAML file to a checked `Framework`; every fault at once, with its place by id."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from survey.errors import DefinitionError
from survey.framework.faults import find_faults
from survey.framework.model import Framework, SourceDocument
from survey.framework.yaml_file import read_file, read_yaml

DATA = Path(__file__).resolve().parents[2] / "data"
SOURCES = DATA / "sources.yaml"
Model = TypeVar("Model", bound=BaseModel)


class _Sources(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    sources: tuple[SourceDocument, ...]


@dataclass(frozen=True)
class FrameworkFile:
    """A loaded framework with the exact text it was read from and that text's SHA-256."""

    framework: Framework
    text: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def load_sources(path: Path = SOURCES) -> dict[str, SourceDocument]:
    """Read the documents that may be cited, by id.

    Raises:
        DefinitionError: every fault of the file.
    """
    listed = _validated(_Sources, read_yaml(read_file(path), name=path.name), name=path.name).sources
    ids = [source.id for source in listed]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise DefinitionError(path.name, [f"sources > {i}: this id stands more than once" for i in twice])
    return {source.id: source for source in listed}


def load_framework(path: Path, *, sources: Path | None = None) -> FrameworkFile:
    """Read and check a framework file.

    Cited documents are looked up in `sources`; by default a `sources.yaml` beside the file or
    one folder up, else the project's own.

    Raises:
        DefinitionError: every fault of the file, with its place by id.
    """
    text = read_file(path)
    return FrameworkFile(
        parse_framework(text, name=path.name, cited=load_sources(sources or _sources_near(path))), text
    )


def parse_framework(text: str, *, name: str, cited: dict[str, SourceDocument]) -> Framework:
    """Check the text of a framework; `cited` are the documents that it may name.

    Raises:
        DefinitionError: every fault, with its place by id.
    """
    framework = _validated(Framework, read_yaml(text, name=name), name=name)
    faults = find_faults(framework, cited)
    if faults:
        raise DefinitionError(name, faults)
    return framework


def _sources_near(path: Path) -> Path:
    for folder in (path.parent, path.parent.parent):
        if (folder / "sources.yaml").is_file():
            return folder / "sources.yaml"
    return SOURCES


def _validated(model: type[Model], content: object, *, name: str) -> Model:
    if not isinstance(content, dict):
        raise DefinitionError(name, ["the file holds no definition: a mapping of keys is expected"])
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = [
            f"{place(content, detail['loc'])}: {detail['msg']}"
            for detail in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise DefinitionError(name, list(dict.fromkeys(faults))) from error


def place(content: object, location: Sequence[int | str]) -> str:
    """Say where a fault is, by ids: dimensions > A > indicators > A1 > targets > 2025 > value."""
    words: list[str] = []
    for step in location:
        if isinstance(step, int) and isinstance(content, list):
            content = content[step] if step < len(content) else None
            words.append(_name_of(content, step))
        elif isinstance(content, dict) and step in content:
            content = content[step]
            words.append(str(step))
        elif not _is_union_tag(content, step):
            words.append(str(step))
            content = None
    return " > ".join(words) or "file"


def _name_of(content: object, index: int) -> str:
    if isinstance(content, dict):
        for key in ("id", "level", "year"):
            if key in content:
                return str(content[key])
    return f"entry {index + 1}"


def _is_union_tag(content: object, step: int | str) -> bool:
    return isinstance(content, dict) and content.get("kind") == step
