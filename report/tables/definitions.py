"""The data dictionary: indicators with targets and sources, and the documents cited."""

import pandas as pd

from report import labels
from report.round_report import RoundReport
from survey.framework import (
    ChecklistIndicator,
    Framework,
    LevelIndicator,
    NumberIndicator,
    RatioIndicator,
)
from survey.framework.asked import AnyIndicator
from survey.text import Language, format_day
from survey.translation import words


def indicators(report: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each scored indicator.

    Columns: dimension, indicator, label, question, how (how it is asked and scored), unit, scope,
    help, maximum, target_first, target_first_kind, target_first_source, target_last,
    target_last_kind, target_last_source, marks.
    """
    framework = report.framework
    first, last = framework.first_milestone, framework.last_milestone
    rows = []
    for indicator in framework.indicators.values():
        row: dict[str, object] = {
            "dimension": framework.dimension_of[indicator.id].label.to(language),
            "indicator": indicator.id,
            "label": indicator.label.to(language),
            "question": indicator.question.to(language),
            "how": how_scored(indicator, language),
            "scope": indicator.scope.to(language),
            "help": indicator.help.to(language),
            "maximum": indicator.maximum,
        }
        for year, column in ((first, "target_first"), (last, "target_last")):
            target = indicator.target(year)
            row[column] = labels.target_text(indicator, target, language)
            row[f"{column}_kind"] = labels.set_by(target.source, language)
            row[f"{column}_source"] = citation(
                report, target.source.document, target.source.clause.to(language)
            )
        row["marks"] = marks(indicator, framework, language)
        rows.append(row)
    return pd.DataFrame(rows)


def documents(report: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each document that may be cited.

    Columns: document, number, title, kind, issued, issuer, confidence, address.
    """
    return pd.DataFrame(
        [
            {
                "document": source.id,
                "number": source.number,
                "title": source.title.to(language),
                "kind": labels.document_kind(source.kind, language),
                "issued": format_day(source.issued, language) if source.issued else "",
                "issuer": source.issuer.to(language),
                "confidence": source.confidence.to(language),
                "address": source.address or "",
            }
            for source in report.sources.values()
        ]
    )


def citation(report: RoundReport, document: str, clause: str) -> str:
    source = report.sources.get(document)
    return f"{source.number if source else document} · {clause}"


def how_scored(indicator: AnyIndicator, language: Language) -> str:
    """How an indicator is asked and turned into points, in one sentence."""
    _ = words(language)
    if isinstance(indicator, RatioIndicator):
        return _("Tỷ lệ: {a} / {b}. Điểm = tỷ lệ so với chỉ tiêu × điểm tối đa").format(
            a=indicator.numerator.label.to(language), b=indicator.denominator.label.to(language)
        )
    if isinstance(indicator, NumberIndicator):
        return _("Số lượng ({unit}). Điểm = số lượng so với chỉ tiêu × điểm tối đa").format(
            unit=indicator.unit.to(language)
        )
    if isinstance(indicator, LevelIndicator):
        return _("Mức từ 0 đến 5, chọn mức cao nhất đúng hoàn toàn. Điểm = mức so với chỉ tiêu × điểm tối đa")
    if isinstance(indicator, ChecklistIndicator):
        return _("Danh mục {n} nội dung. Điểm = số nội dung có so với chỉ tiêu × điểm tối đa").format(
            n=len(indicator.items)
        )
    return _("Có hoặc không. Có: đủ điểm tối đa; không: 0 điểm")


def marks(indicator: AnyIndicator, framework: Framework, language: Language) -> str:
    _ = words(language)
    found = []
    if indicator.evidence:
        found.append(_("cần tài liệu kiểm chứng"))
    if not indicator.may_not_apply:
        found.append(_("không được chọn «không áp dụng»"))
    if indicator.key:
        found.append(_("điều kiện từ mức {level}").format(level=framework.gates.key_indicators_from))
    return "; ".join(found)


def target_pair(indicator: AnyIndicator, framework: Framework, language: Language) -> str:
    """Both targets as "70 % → 100 %"."""
    return " → ".join(
        labels.target_text(indicator, indicator.target(year), language) for year in framework.milestones
    )
