"""Read YAML with the faults that YAML itself would swallow: a key given twice is refused."""

from pathlib import Path
from typing import Any

import yaml

from survey.errors import DefinitionError


class _UniqueKeys(yaml.SafeLoader):
    """A loader that refuses a mapping with the same key twice."""


def _mapping(loader: _UniqueKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, int] = {}
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        try:
            earlier = seen.get(key)
        except TypeError:
            raise _fault(f"line {line}: a key must be a plain word or number") from None
        if earlier is not None:
            raise _fault(f"line {line}: key '{key}' was already given on line {earlier}")
        seen[key] = line
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


def _fault(message: str) -> yaml.YAMLError:
    return yaml.YAMLError(message)


_UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(text: str, *, name: str) -> object:
    """Parse YAML text.

    Raises:
        DefinitionError: not YAML, or a key appears twice; with the line.
    """
    try:
        return yaml.load(text, Loader=_UniqueKeys)
    except RecursionError:
        raise DefinitionError(name, ["the file nests or refers to itself too deeply"]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise DefinitionError(name, [f"{where}{error.problem or error}"]) from error
    except (yaml.YAMLError, ValueError) as error:
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
