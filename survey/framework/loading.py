"""From a YAML file to a checked `Framework`; every fault at once, with its place by id."""

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from survey.errors import DefinitionError
from survey.framework.faults import faults_of_parts, find_faults
from survey.framework.model import Framework, SourceDocument
from survey.framework.yaml_file import parse_yaml, read_file, read_yaml
from survey.text import LANGUAGES

LONGEST_NAME = 60
# The Federation's own file is some 150,000 bytes.
LARGEST_FILE = 2_000_000
DATA = Path(__file__).resolve().parents[2] / "data"
SOURCES = DATA / "sources.yaml"
Model = TypeVar("Model", bound=BaseModel)
_MAPPING = "keys with their values are expected here"
_WORDS = {
    "tuple_type": "Input should be a list, one entry on each line after a dash",
    "too_short": "too few entries",
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
    "union_tag_not_found": "Field required: kind, which says what sort of question this is",
}


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
    text = read_file(path, at_most=LARGEST_FILE)
    return FrameworkFile(
        parse_framework(text, name=path.name, cited=load_sources(sources or _sources_near(path))), text
    )


def parse_framework(text: str, *, name: str, cited: dict[str, SourceDocument]) -> Framework:
    """Check the text of a framework; `cited` are the documents that it may name.

    Raises:
        DefinitionError: every fault, with its place by id.
    """
    # Letters typed as base and accent apart (macOS) and as one sign are the same letters.
    content, faults = parse_yaml(unicodedata.normalize("NFC", text), name=name)
    framework: Framework | None = None
    try:
        framework = _validated(Framework, content, name=name)
    except DefinitionError as error:
        faults += error.faults
        framework = _mended(content)
        if framework is None:
            faults += _faults_beside(content, cited)
    if framework is not None:
        faults += find_faults(framework, cited)
    if faults or framework is None:
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
        faults = [f"{place(content, detail['loc'])}: {_said(detail)}" for detail in _details(error)]
        raise DefinitionError(name, list(dict.fromkeys(faults))) from error


def _said(detail: ErrorDetails) -> str:
    """What pydantic says, in the words of somebody who edits a file and knows no Python."""
    return _WORDS.get(detail["type"], detail["msg"].removeprefix("Value error, "))


def _details(error: ValidationError) -> list[ErrorDetails]:
    """What pydantic found, without "at least 1 item, not 0" where the items themselves are at fault."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    inside = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    return [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in inside]


def _mended(content: object) -> Framework | None:
    """The framework without unknown keys and with stand-ins for missing words, to look for more faults.

    None where more than that is wrong, since what is left would be judged unfairly.
    """
    copy = deepcopy(content)
    try:
        return Framework.model_validate(copy)
    except ValidationError as error:
        for detail in _details(error):
            _mend(copy, detail)
    try:
        return Framework.model_validate(copy)
    except ValidationError:
        return None


def _faults_beside(content: object, cited: dict[str, SourceDocument]) -> list[str]:
    """Faults of what is left without the entries that are at fault themselves.

    Nothing when even that makes no framework, since what is left would be judged unfairly.
    """
    copy = deepcopy(content)
    losers: set[str] = set()
    try:
        Framework.model_validate(copy)
    except ValidationError as error:
        details = _details(error)
        for detail in details:
            _mend(copy, detail)
        # From the end, so that the positions before it stay true.
        for way in sorted({way for detail in details if (way := _entry_of(detail))}, reverse=True):
            losers |= _drop(copy, way)
    try:
        left = Framework.model_validate(copy)
    except ValidationError:
        return []
    return faults_of_parts(left, cited, {d.id for d in left.dimensions} - losers)


def _entry_of(detail: ErrorDetails) -> tuple[int | str, ...]:
    """The way to the question, check or target that a fault lies in; () where it lies in none."""
    where = detail["loc"]
    mendable = detail["type"] == "extra_forbidden" or (where and where[-1] in LANGUAGES)
    if mendable or len(where) < 3:
        return ()
    if where[0] == "dimensions" and len(where) > 4 and where[2] == "indicators":
        return where[:4]
    if where[:2] == ("information", "questions") and len(where) > 3:
        return where[:3]
    return where[:2] if where[0] in ("checks", "programme_targets") else ()


def _drop(content: object, way: tuple[int | str, ...]) -> set[str]:
    """Take one entry out of its list; the id of the dimension that lost an indicator."""
    holders = [content, *(held for _, _, held in _steps(content, way[:-1]))]
    entries, position = holders[-1], way[-1]
    if isinstance(entries, list) and isinstance(position, int) and position < len(entries):
        del entries[position]
    dimension = holders[2] if way[0] == "dimensions" and len(holders) > 2 else None
    return {str(dimension.get("id"))} if isinstance(dimension, dict) else set()


def _mend(content: object, detail: ErrorDetails) -> None:
    holder, key = content, detail["loc"][-1] if detail["loc"] else ""
    for _, _, held in _steps(content, detail["loc"][:-1]):
        holder = held
    if not isinstance(holder, dict):
        return
    if detail["type"] == "extra_forbidden":
        holder.pop(key, None)
    elif key in LANGUAGES:
        holder[key] = " > ".join(map(str, detail["loc"]))


def place(content: object, location: Sequence[int | str]) -> str:
    """Say where a fault is, by ids: dimensions > A > indicators > A1 > targets > 2025 > value."""
    return " > ".join(word for word, _, _ in _steps(content, location)) or "file"


def _steps(content: object, location: Sequence[int | str]) -> Iterator[tuple[str, int | str, object]]:
    """The way to a fault: for each step its name by id, its key, and what it holds."""
    for step in location:
        if isinstance(step, int) and isinstance(content, list):
            content = content[step] if step < len(content) else None
            yield _name_of(content, step), step, content
        elif isinstance(content, dict) and step in content:
            content = content[step]
            yield str(step), step, content
        elif not _is_union_tag(content, step):
            content = None
            yield str(step), step, content


def _name_of(content: object, index: int) -> str:
    if isinstance(content, dict):
        for key in ("id", "level", "year"):
            name = content.get(key)
            if isinstance(name, str | int | float) and name != "":
                return str(name)[:LONGEST_NAME]
    return f"entry {index + 1}"


def _is_union_tag(content: object, step: int | str) -> bool:
    return isinstance(content, dict) and content.get("kind") == step
