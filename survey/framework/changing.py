"""The next version of a framework: its content with one target changed."""

from dataclasses import replace
from datetime import date
from typing import Any

from survey.errors import DefinitionError, SurveyError
from survey.framework.adding import same_as, with_free_id
from survey.framework.loading import FrameworkFile, parse_framework
from survey.framework.model import SourceDocument
from survey.framework.objections import TargetChange, find_objection
from survey.framework.yaml_file import read_yaml, write_yaml
from survey.text import LANGUAGES, Language, Text, format_number

# What stands before a target's wording once its number has changed, and what parts it from the wording.
_NOW: dict[Language, str] = {"vi": "Chỉ tiêu hiện hành: {goal} %.", "en": "Target in force: {goal} %."}
_OLD: dict[Language, str] = {"vi": " Lời văn trước khi đổi: ", "en": " Wording before the change: "}


def change_target(
    base: FrameworkFile,
    change: TargetChange,
    cited: dict[str, SourceDocument],
    *,
    adopted: date | None = None,
) -> FrameworkFile:
    """The content of `base` with one target changed and its version raised by one.

    adopted: the day of the Federation's adoption; None where a change is only tried.

    Raises:
        SurveyError: the change makes no framework that can be used; the sentence says why.
    """
    objection = find_objection(base.framework, change, cited)
    if objection is not None:
        raise _refused(change, objection)
    content: Any = read_yaml(base.text, name=base.framework.id)
    content["version"] = base.framework.version + 1
    if change.added:
        change = _add_document(content, change, change.added, base.framework.documents(cited))
    target = {"year": change.year, "value": change.value, "source": _source(change, adopted)}
    if change.library:
        _set_own(content, change, target)
    elif change.subject in base.framework.indicators:
        _set_common(content, change, target)
    else:
        _set_goal(content, change, _source(change, adopted))
    text = write_yaml(content)
    try:
        return FrameworkFile(parse_framework(text, name=base.framework.id, cited=cited), text)
    except DefinitionError as error:
        elsewhere = Text(
            vi=f"bộ chỉ số sẽ có {len(error.faults)} lỗi ở chỗ khác",
            en=f"the framework would have {len(error.faults)} fault(s) elsewhere: {error.faults[0]}",
        )
        raise _refused(change, elsewhere) from error


def _add_document(
    content: dict[str, Any], change: TargetChange, typed: SourceDocument, known: dict[str, SourceDocument]
) -> TargetChange:
    """List the document that came with a change, once; the change names it by its id there."""
    held = same_as(typed, known)
    if held is None:
        held = with_free_id(typed, known)
        content["sources"] = [
            *(content.get("sources") or ()),
            held.model_dump(exclude_none=True, exclude_defaults=True),
        ]
    return replace(change, document=held.id, added=None)


def _source(change: TargetChange, adopted: date | None) -> dict[str, Any]:
    source = {
        "kind": change.kind,
        "document": change.document,
        "clause": {"vi": change.clause, "en": change.clause},
        "checked": change.checked,
    }
    return source | ({"adopted": adopted} if adopted else {})


def _set_own(content: dict[str, Any], change: TargetChange, target: dict[str, Any]) -> None:
    own = {"library": change.library, "indicator": change.subject, **target}
    key = ("library", "indicator", "year")
    others = [
        one for one in content.get("province_targets") or () if any(one[name] != own[name] for name in key)
    ]
    content["province_targets"] = [*others, own]


def _set_common(content: dict[str, Any], change: TargetChange, target: dict[str, Any]) -> None:
    for dimension in content["dimensions"]:
        for indicator in dimension["indicators"]:
            if indicator["id"] == change.subject:
                indicator["targets"] = [
                    target if one["year"] == change.year else one for one in indicator["targets"]
                ]


def _set_goal(content: dict[str, Any], change: TargetChange, source: dict[str, Any]) -> None:
    """A pooled goal is the pass mark of each library too, where the two were one number.

    The wording is the document's own and names the old number, so the new one is put before it.
    """
    for target in content["programme_targets"]:
        if target["id"] != change.subject:
            continue
        conditions = target.get("conditions") or []
        marks = [one["at_least"] for one in conditions]
        if target["federation"] == "pooled" and marks == [target["goal"]]:
            target["conditions"] = [{**conditions[0], "at_least": change.value}]
        target["goal"], target["source"] = change.value, source
        for language in LANGUAGES:
            first = target["wording"][language].rpartition(_OLD[language])[2]
            goal = format_number(change.value, language, decimals=2)
            target["wording"][language] = _NOW[language].format(goal=goal) + _OLD[language] + first


def _refused(change: TargetChange, why: Text) -> SurveyError:
    return SurveyError(
        vi=f"Chưa đổi được chỉ tiêu {change.subject}: {why.vi}. Hãy sửa lại rồi đề xuất lần nữa.",
        en=f"The target of {change.subject} was not changed: {why.en}. Correct it and propose again.",
    )
