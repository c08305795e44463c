"""What speaks against a change of a target, in words for the person who wishes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from survey.framework.adding import find_clash
from survey.framework.asked import AnyIndicator, NumberIndicator, RatioIndicator
from survey.framework.definition import SourceKind
from survey.framework.model import Framework, SourceDocument
from survey.text import Text, format_number


@dataclass(frozen=True)
class TargetChange:
    """One target as it should be.

    subject: the id of an indicator, or of a target of the programme, whose value is the Federation's goal
    in percent. library: the member whose province sets it, or "" for the target of everybody. value: in
    the indicator's own scale. checked: the day a person compared it with the document. added: the document
    itself, where it is not listed yet.
    """

    subject: str
    year: int
    value: float
    kind: SourceKind
    document: str
    clause: str
    checked: date
    library: str = ""
    added: SourceDocument | None = None


def find_objection(
    framework: Framework, change: TargetChange, cited: dict[str, SourceDocument]
) -> Text | None:
    """The first thing that is wrong with a change, or None."""
    known = framework.documents(cited)
    return _of_source(change, known) or _of_value(framework, change)


def _of_source(change: TargetChange, known: Mapping[str, SourceDocument]) -> Text | None:
    clash = find_clash(change.added, known) if change.added else None
    if clash is not None:
        return clash
    source = change.added or known.get(change.document)
    if source is None:
        return Text(
            vi=f"văn bản «{change.document}» không có trong danh mục văn bản",
            en=f"the document “{change.document}” is not among the documents that may be cited",
        )
    if change.library and change.kind != "province":
        return Text(
            vi="chỉ tiêu riêng của một tỉnh phải có căn cứ là văn bản của tỉnh",
            en="a province's own target needs a document of the province",
        )
    if change.kind != "federation" and source.kind != change.kind:
        return Text(
            vi=f"văn bản {source.number} không thuộc loại đã chọn nên không làm căn cứ cho chỉ tiêu này được",
            en=f"the document {source.number} is not of the chosen kind and cannot back this target",
        )
    if change.library and source.libraries and change.library not in source.libraries:
        return Text(
            vi=f"văn bản {source.number} là của tỉnh khác nên không làm căn cứ cho chỉ tiêu của thư viện này được",
            en=f"the document {source.number} is another province's and cannot back this library's target",
        )
    if change.kind == "national" and source.numbers_until and change.year > source.numbers_until:
        return Text(
            vi=f"văn bản {source.number} không nêu con số nào cho năm {change.year} trong các nguồn đọc được; hãy chọn loại "
            "«Liên hiệp đề xuất», hoặc ghi văn bản khác có con số ấy",
            en=f"the document {source.number} gives no number for {change.year} in any source read; choose the kind "
            "“proposed by the Federation”, or enter another document that has it",
        )
    if not change.clause.strip():
        return Text(vi="chưa ghi điều, khoản của văn bản", en="the clause of the document is missing")
    return None


def _of_value(framework: Framework, change: TargetChange) -> Text | None:
    indicator = framework.indicators.get(change.subject)
    if indicator is None:
        known = any(one.id == change.subject for one in framework.programme_targets)
        asked = known and not change.library and change.year == framework.first_milestone
        return _of_goal(change.value) if asked else _unknown(change)
    if change.year not in framework.milestones:
        return _unknown(change)
    off = _off_scale(indicator, change.value)
    return off if off or change.library else _out_of_order(framework, indicator, change)


def _unknown(change: TargetChange) -> Text:
    return Text(
        vi=f"bộ chỉ số không có chỉ tiêu {change.subject} của năm {change.year}",
        en=f"the framework has no target {change.subject} of {change.year}",
    )


def _of_goal(value: float) -> Text | None:
    if 0 < value <= 100:
        return None
    return Text(
        vi="chỉ tiêu của chương trình là một tỷ lệ lớn hơn 0 và không quá 100 %",
        en="a target of the programme is a share above 0 and up to 100 %",
    )


def _off_scale(indicator: AnyIndicator, value: float) -> Text | None:
    last = indicator.targets[-1].value
    if (value - indicator.zero) * (last - indicator.zero) <= 0:
        return Text(
            vi=f"{_said(value)} không vượt quá điểm không ({_said(indicator.zero)}) của {indicator.id}",
            en=f"{_said(value)} does not lie beyond the zero point ({_said(indicator.zero)}) of {indicator.id}",
        )
    if not 0 <= value <= indicator.scale_top:
        return Text(
            vi=f"{_said(value)} không thể đạt được: thang của {indicator.id} đi đến {_said(indicator.scale_top)}",
            en=f"{_said(value)} cannot be reached: the scale of {indicator.id} ends at {_said(indicator.scale_top)}",
        )
    if not isinstance(indicator, NumberIndicator | RatioIndicator) and value != int(value):
        return Text(
            vi=f"chỉ tiêu của {indicator.id} phải là số nguyên",
            en=f"a target of {indicator.id} is a whole number",
        )
    return None


def _out_of_order(framework: Framework, indicator: AnyIndicator, change: TargetChange) -> Text | None:
    """Every target lies between the zero point and the one of the last milestone."""
    values = {target.year: target.value for target in indicator.targets} | {change.year: change.value}
    last = framework.last_milestone
    for year, value in values.items():
        if (value - indicator.zero) / (values[last] - indicator.zero) > 1:
            return Text(
                vi=f"chỉ tiêu năm {year} ({_said(value)}) sẽ vượt quá chỉ tiêu năm {last} ({_said(values[last])})",
                en=f"the target of {year} ({_said(value)}) would lie beyond that of {last} ({_said(values[last])})",
            )
    return None


def _said(value: float) -> str:
    return format_number(value, "vi", decimals=2)
