"""Read YAML with the faults that YAML itself would swallow: a key given twice is refused."""

import io
import re
from pathlib import Path
from typing import Any

import yaml

from survey.errors import DefinitionError

_YAML = "tag:yaml.org,2002:"
# YAML of old also takes 0144 (100), 1:40 (100) and 1_00 for numbers; here such a thing stays text.
_PLAIN_NUMBER = re.compile(
    r"[+-]?((0|[1-9]\d*)(\.\d*)?([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|\.(inf|nan))", re.IGNORECASE
)
# A questionnaire has some ten thousand entries; a file whose aliases unfold beyond this is an attack.
MOST_ENTRIES = 500_000


class _UniqueKeys(yaml.SafeLoader):
    """A loader that notes every key that a mapping gives twice, with its line."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.twice: list[str] = []


def _mapping(loader: _UniqueKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, int] = {}
    for key_node, _ in node.value:
        line = key_node.start_mark.line + 1
        if key_node.tag == f"{_YAML}merge":
            raise yaml.YAMLError(f"line {line}: '<<' (merging) is not used here; write the keys out")
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.YAMLError(f"line {line}: a key must be a plain word or number")
        if key in seen:
            loader.twice.append(f"line {line}: key '{key}' was already given on line {seen[key]}")
        seen.setdefault(key, line)
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


def _scalar(loader: _UniqueKeys, node: yaml.ScalarNode) -> object:
    """A number or a day; what is none stays text, so that its place can be named later."""
    if node.tag in _NUMBERS and not _PLAIN_NUMBER.fullmatch(node.value):
        return node.value
    plain = yaml.SafeLoader.yaml_constructors[node.tag]
    try:
        return plain(loader, node)
    except (ValueError, IndexError, KeyError, AttributeError):
        return node.value


_NUMBERS = (f"{_YAML}int", f"{_YAML}float")
_UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
for _kind in ("bool", "int", "float", "timestamp"):
    _UniqueKeys.add_constructor(f"{_YAML}{_kind}", _scalar)


def read_yaml(text: str, *, name: str) -> object:
    """Parse YAML text.

    Raises:
        DefinitionError: not YAML, or keys appear twice; each with its line.
    """
    content, twice = parse_yaml(text, name=name)
    if twice:
        raise DefinitionError(name, twice)
    return content


def write_yaml(content: object) -> str:
    """Text that `read_yaml` reads back to the same content; keys keep their order."""
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def parse_yaml(text: str, *, name: str) -> tuple[object, list[str]]:
    """Parse YAML text; beside the content, every key that a mapping gives twice.

    Raises:
        DefinitionError: not YAML; with the line.
    """
    try:
        loader = _UniqueKeys(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return None, []
            if _entries(node, {}) > MOST_ENTRIES:
                raise DefinitionError(name, [f"its aliases (*) unfold to more than {MOST_ENTRIES:,} entries"])
            return loader.construct_document(node), loader.twice
        finally:
            loader.dispose()
    except RecursionError:
        raise DefinitionError(name, ["the file nests or refers to itself too deeply"]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise DefinitionError(name, [f"{where}{error.problem or error}"]) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise DefinitionError(
            name, [f"line {line}: the character #x{ord(text[error.position]):04x} is not allowed in YAML"]
        ) from error
    except yaml.YAMLError as error:
        raise DefinitionError(name, [str(error)]) from error


def _entries(node: yaml.Node, known: dict[int, int]) -> int:
    """How many nodes a document has once every alias stands for a copy; one that holds itself counts once."""
    if id(node) not in known:
        known[id(node)] = 1
        held: list[yaml.Node] = []
        if isinstance(node, yaml.SequenceNode):
            held = node.value
        elif isinstance(node, yaml.MappingNode):
            held = [part for pair in node.value for part in pair]
        known[id(node)] += sum(_entries(part, known) for part in held)
    return known[id(node)]


def read_file(path: Path, *, at_most: int | None = None) -> str:
    """Read a text file as UTF-8, of at most so many bytes.

    Raises:
        DefinitionError: the file is missing, not readable, too large or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            content = file.read() if at_most is None else file.read(at_most + 1)
        if at_most is not None and len(content) > at_most:
            raise DefinitionError(path.name, [f"larger than {at_most:,} bytes: this is no file of this kind"])
        return io.StringIO(content.decode("utf-8-sig"), newline=None).getvalue()
    except UnicodeDecodeError as error:
        raise DefinitionError(path.name, [f"byte {error.start}: not UTF-8 text"]) from error
    except OSError as error:
        raise DefinitionError(path.name, [f"cannot be read: {error.strerror or error}"]) from error
    except ValueError as error:
        raise DefinitionError(path.name, [f"cannot be read: {error}"]) from error
