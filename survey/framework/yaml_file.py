"""Read YAML with the faults that YAML itself would swallow: a key given twice is refused."""

from pathlib import Path
from typing import Any

import yaml

from survey.errors import DefinitionError

_YAML = "tag:yaml.org,2002:"


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
        try:
            earlier = seen.setdefault(key, line)
        except TypeError:
            raise yaml.YAMLError(f"line {line}: a key must be a plain word or number") from None
        if earlier != line:
            loader.twice.append(f"line {line}: key '{key}' was already given on line {earlier}")
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


def _scalar(loader: _UniqueKeys, node: yaml.ScalarNode) -> object:
    """A number or a day; what is none stays text, so that its place can be named later."""
    plain = yaml.SafeLoader.yaml_constructors[node.tag]
    try:
        return plain(loader, node)
    except (ValueError, IndexError, KeyError, AttributeError):
        return node.value


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


def parse_yaml(text: str, *, name: str) -> tuple[object, list[str]]:
    """Parse YAML text; beside the content, every key that a mapping gives twice.

    Raises:
        DefinitionError: not YAML; with the line.
    """
    try:
        loader = _UniqueKeys(text)
        try:
            return loader.get_single_data(), loader.twice
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


def read_file(path: Path) -> str:
    """Read a text file as UTF-8.

    Raises:
        DefinitionError: the file is missing, not readable or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionError(path.name, [f"byte {error.start}: not UTF-8 text"]) from error
    except OSError as error:
        raise DefinitionError(path.name, [f"cannot be read: {error.strerror or error}"]) from error
    except ValueError as error:
        raise DefinitionError(path.name, [f"cannot be read: {error}"]) from error
