"""The sheet "Theo trụ cột": each library's score in each dimension, dimension after dimension."""

from collections.abc import Iterator

from report.round_report import RoundReport
from report.tables import scores
from report.workbook.book import Book
from report.workbook.dictionary import places
from report.workbook.sheet import Column, Styled, Value
from report.workbook.summary import assured, level_or_missing
from scoring.levels import NO_LEVEL

SCORE, LINE = 2, 6
"""The columns, counted from 0, of the score and of the first milestone's line."""


def dimension_columns(book: Book, report: RoundReport) -> list[Column]:
    _ = book.words
    return [
        Column(_("Trụ cột"), 38),
        Column(_("Thư viện"), 18, "strong"),
        Column(_("Điểm (thang 100)"), 10, "strong_number"),
        Column(_("Mức"), 18),
        Column(_("Cận dưới (thang 100)"), 10, "number"),
        Column(_("Cận trên (thang 100)"), 10, "number"),
        Column(
            _("Mức chỉ tiêu {year} (thang 100)").format(year=report.framework.first_milestone),
            12,
            "number",
        ),
        Column(_("Có thể đến mức (0–5)"), 11, "whole"),
        Column(_("Đã trả lời (% điểm áp dụng)"), 12, "fine_percent"),
        Column(_("Điểm đạt được"), 11, "number"),
        Column(_("Điểm tối đa áp dụng"), 11, "number"),
    ]


def dimension_rows(book: Book, report: RoundReport) -> Iterator[list[Value]]:
    """One row for each dimension and library, the libraries of one dimension together."""
    table = scores.by_dimension(report, language=book.language).to_dict("records")
    there = places(book, report)
    width = len(report.framework.dimensions)
    for first in range(width):
        for row in table[first::width]:
            yield [
                Styled(f"{row['dimension']}. {row['label']}", "text", there[row["dimension"]]),
                row["short"],
                row["score"],
                level_or_missing(book, report.framework, row["level"]),
                row["low"],
                row["high"],
                row["line"],
                None if row["level_reach"] == NO_LEVEL else row["level_reach"],
                row["coverage"],
                assured(row["earned"], row["coverage"]),
                row["applicable"],
            ]
