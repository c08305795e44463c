"""The next version of a framework: its text with one target changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from survey.errors import DefinitionError, SurveyError
from survey.framework.loading import parse_framework
from survey.framework.model import Framework, SourceDocument, SourceKind
from survey.framework.yaml_file import read_yaml, write_yaml


@dataclass(frozen=True)
class TargetChange:
    """One target as it should be.

    library: the member whose province sets it, or "" for the target of everybody. value: in the
    indicator's own scale. checked: the day a person compared it with the document.
    """

    indicator: str
    year: int
    value: float
    kind: SourceKind
    document: str
    clause_vi: str
    clause_en: str
    checked: date
    library: str = ""


@dataclass(frozen=True)
class NextVersion:
    """A framework with the exact text that it is read from."""

    framework: Framework
    text: str


def change_target(text: str, change: TargetChange, cited: dict[str, SourceDocument]) -> NextVersion:
    """The text of a framework with one target changed and its version raised by one.

    Raises:
        SurveyError: the changed framework would be faulty; the sentence says why.
    """
    content: Any = read_yaml(text, name="framework")
    target = _target(change)
    if change.library:
        _set_own(content, change, target)
    else:
        _set_common(content, change, target)
    content["version"] += 1
    changed = write_yaml(content)
    try:
        return NextVersion(parse_framework(changed, name=content["id"], cited=cited), changed)
    except DefinitionError as error:
        raise _refused(change, error) from error


def _target(change: TargetChange) -> dict[str, Any]:
    return {
        "year": change.year,
        "value": change.value,
        "source": {
            "kind": change.kind,
            "document": change.document,
            "clause": {"vi": change.clause_vi, "en": change.clause_en},
            "checked": change.checked,
        },
    }


def _set_own(content: dict[str, Any], change: TargetChange, target: dict[str, Any]) -> None:
    key = {"library": change.library, "indicator": change.indicator}
    held = content.setdefault("province_targets", [])
    kept = [
        one
        for one in held
        if (one["library"], one["indicator"], one["year"]) != (change.library, change.indicator, change.year)
    ]
    content["province_targets"] = [*kept, {**key, **target}]


def _set_common(content: dict[str, Any], change: TargetChange, target: dict[str, Any]) -> None:
    for indicator in _indicators(content):
        if indicator["id"] == change.indicator:
            indicator["targets"] = [
                target if one["year"] == change.year else one for one in indicator["targets"]
            ]


def _indicators(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for dimension in content["dimensions"]:
        yield from dimension["indicators"]


def _refused(change: TargetChange, error: DefinitionError) -> SurveyError:
    why = "; ".join(error.faults[:3])
    return SurveyError(
        vi=f"Chưa đổi chỉ tiêu {change.indicator} năm {change.year}: bộ chỉ số sẽ có lỗi ({why}). "
        "Hãy xem lại giá trị, loại căn cứ và văn bản.",
        en=f"The target of {change.indicator} for {change.year} was not changed: the framework would be faulty "
        f"({why}). Look again at the value, the kind of source and the document.",
    )
