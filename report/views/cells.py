"""The cells of the tables that stand with several charts."""

import pandas as pd

from report import labels
from report.round_report import RoundReport
from survey.text import Language, format_fixed
from survey.translation import words


def dimension_head(report: RoundReport, language: Language) -> list[str]:
    _ = words(language)
    line = _("Mốc {year}").format(year=report.framework.first_milestone)
    return [_("Thư viện"), _("Trụ cột"), _("Điểm"), _("Cận dưới"), _("Cận trên"), line, _("Độ phủ")]


def dimension_rows(report: RoundReport, frame: pd.DataFrame, language: Language) -> list[tuple[str, ...]]:
    limit = report.framework.thresholds.dimension_coverage
    return [
        (
            str(row["short"]),
            f"{row['dimension']} · {row['dimension_short']}",
            format_fixed(row["score"], language),
            format_fixed(row["low"], language),
            format_fixed(row["high"], language),
            format_fixed(row["line"], language),
            labels.share_text(row["coverage"], [limit], language),
        )
        for row in frame.to_dict("records")
    ]


def totals_head(report: RoundReport, language: Language) -> list[str]:
    _ = words(language)
    line = _("Mốc {year}").format(year=report.framework.first_milestone)
    return [
        _("Thư viện"),
        _("Trạng thái"),
        _("Điểm"),
        _("Cận dưới"),
        _("Cận trên"),
        line,
        _("Mức"),
        _("Độ phủ"),
    ]


def totals_rows(report: RoundReport, frame: pd.DataFrame, language: Language) -> list[tuple[str, ...]]:
    limit = report.framework.thresholds.total_coverage
    return [
        (
            row["short"],
            row["state"],
            format_fixed(row["score"], language),
            format_fixed(row["low"], language),
            format_fixed(row["high"], language),
            format_fixed(row["line"], language),
            row["level_words"],
            labels.share_text(row["coverage"], [limit], language),
        )
        for row in frame.to_dict("records")
    ]
