"""The reasons that a reviewer gives, read once from `data/review_reasons.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import Field, TypeAdapter, ValidationError

from survey.errors import DefinitionError
from survey.framework.definition import Definition
from survey.framework.loading import DATA, place
from survey.framework.yaml_file import read_file, read_yaml
from survey.review import Verdict
from survey.text import Text

REASONS = DATA / "review_reasons.yaml"


class Reason(Definition):
    """A reason and the decisions with which it can be given."""

    label: Text
    verdicts: tuple[Verdict, ...] = Field(alias="for")


_CONTENT = TypeAdapter(dict[str, Reason])


@cache
def review_reasons() -> Mapping[str, Reason]:
    """Every reason by its permanent code."""
    return load_review_reasons(REASONS)


def load_review_reasons(path: Path) -> Mapping[str, Reason]:
    """Read the reasons.

    Raises:
        DefinitionError: the file is not YAML, has an unknown part, or leaves a decision without a reason.
    """
    content = read_yaml(read_file(path), name=path.name)
    try:
        reasons = _CONTENT.validate_python(content)
    except ValidationError as error:
        faults = [f"{place(content, fault['loc'])}: {fault['msg']}" for fault in error.errors()]
        raise DefinitionError(path.name, faults) from error
    given = {verdict for reason in reasons.values() for verdict in reason.verdicts}
    if missing := [one.value for one in (Verdict.REDUCED, Verdict.MORE) if one not in given]:
        raise DefinitionError(path.name, [f"the decision '{name}' has no reason" for name in missing])
    return MappingProxyType(reasons)


def reasons_for(verdict: Verdict) -> dict[str, Text]:
    return {code: reason.label for code, reason in review_reasons().items() if verdict in reason.verdicts}
