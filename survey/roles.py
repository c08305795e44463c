"""What each role is called, read once from `data/roles.yaml`: offices change their names."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError

from survey.access import Role
from survey.errors import DefinitionError
from survey.framework.loading import DATA, place
from survey.framework.yaml_file import read_file, read_yaml
from survey.text import Text

ROLES = DATA / "roles.yaml"
_CONTENT = TypeAdapter(dict[Role, Text])


@cache
def role_names() -> Mapping[Role, Text]:
    """The name of every role, in both languages."""
    return load_role_names(ROLES)


def load_role_names(path: Path) -> Mapping[Role, Text]:
    """Read the names.

    Raises:
        DefinitionError: the file is not YAML, names a role that there is not, or lacks one.
    """
    content = read_yaml(read_file(path), name=path.name)
    try:
        names = _CONTENT.validate_python(content)
    except ValidationError as error:
        faults = [f"{place(content, fault['loc'])}: {fault['msg']}" for fault in error.errors()]
        raise DefinitionError(path.name, faults) from error
    if missing := [role.value for role in Role if role not in names]:
        raise DefinitionError(path.name, [f"the role '{name}' has no name" for name in missing])
    return MappingProxyType(names)
