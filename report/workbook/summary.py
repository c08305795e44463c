"""The sheet "Tổng hợp": one row for each library, and its points against the first milestone."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from report import labels
from report.round_report import VERIFIED, RoundReport
from report.tables import scores
from report.workbook.book import Book
from report.workbook.sheet import Column, Styled, Value
from scoring.levels import NO_LEVEL
from survey.framework import Framework
from survey.text import format_percent

FIRST_POINTS = 10
"""The column, counted from 0, in which the points of the first dimension stand."""


def summary_columns(book: Book, framework: Framework) -> list[Column]:
    _, year = book.words, framework.first_milestone
    return [
        Column(_("Thư viện"), 16, "strong"),
        Column(_("Tình trạng phiếu"), 15),
        Column(_("Điểm tự chấm (thang 100)"), 9, "strong_number"),
        Column(_("Mức độ"), 15),
        Column(_("Cận dưới (thang 100)"), 9, "number"),
        Column(_("Cận trên (thang 100)"), 9, "number"),
        Column(_("Có thể đến mức (0–5)"), 9, "whole"),
        Column(_("Mức chỉ tiêu {year} (thang 100)").format(year=year), 10, "number"),
        Column(_("Đã trả lời (% điểm áp dụng)"), 10, "fine_percent"),
        Column(_("Số câu chưa có số liệu"), 9, "whole"),
        *(
            Column(f"{dimension.id}. {dimension.short.to(book.language)} ({_('điểm')})", 10, "number")
            for dimension in framework.dimensions
        ),
        Column(_("Tổng điểm đạt được"), 9, "strong_number"),
        Column(_("Điểm tối đa áp dụng"), 9, "number"),
        Column(_("Chỉ tiêu {year} quy ra điểm").format(year=year), 9, "number"),
        Column(_("Điểm thẩm định (thang 100)"), 9, "number"),
        Column(_("Mức theo điểm thẩm định"), 15),
        Column(_("Điểm đã thẩm định (% điểm đạt)"), 10, "percent"),
        Column(_("Điều kiện đang giữ mức lại"), 26),
    ]


def summary_rows(book: Book, report: RoundReport) -> Iterator[list[Value]]:
    """One row for each library in the report's order."""
    framework = report.framework
    verified = scores.totals(report, basis=VERIFIED, language=book.language).to_dict("records")
    parts = [
        assured(row["earned"], row["coverage"])
        for row in scores.by_dimension(report, language=book.language).to_dict("records")
    ]
    width = len(framework.dimensions)
    for number, row in enumerate(scores.totals(report, language=book.language).to_dict("records")):
        yield [
            row["short"],
            row["state"],
            row["score"],
            level_cell(row["level"], row["level_name"]),
            row["low"],
            row["high"],
            None if row["level_reach"] == NO_LEVEL else row["level_reach"],
            row["line"],
            row["coverage"],
            row["unknowns"],
            *parts[number * width : (number + 1) * width],
            assured(row["earned"], row["coverage"]),
            row["applicable"],
            row["line"] * row["applicable"] / 100,
            verified[number]["score"],
            level_cell(verified[number]["level"], verified[number]["level_name"]),
            assured(row["verified_share"], row["coverage"]),
            "; ".join(_holding_back(book, framework, row)),
        ]


def assured(points: float, coverage: float) -> float | None:
    """Points as they stand in a cell: empty, and not 0, where nothing was answered."""
    return points if coverage > 0 else None


def level_cell(level: int, name: str) -> Styled | str:
    return Styled(name, "missing") if level == NO_LEVEL else name


def level_or_missing(book: Book, framework: Framework, level: int) -> Styled | str:
    return level_cell(level, labels.level(framework, level, book.language))


def _holding_back(book: Book, framework: Framework, row: Mapping[Hashable, Any]) -> Iterator[str]:
    """The gates that keep the level under what the score alone would give."""
    _, by_score, gates = book.words, row["level_by_score"], framework.gates
    if row["weakest_cap"] < by_score:
        yield _("Trụ cột yếu nhất: tối đa mức {level}").format(level=row["weakest_cap"])
    if row["key_cap"] < by_score:
        yield _("Còn chỉ số điều kiện chưa có điểm: tối đa mức {level}").format(level=row["key_cap"])
    if row["verified_cap"] < by_score:
        share = next(gate.share for gate in gates.verified if gate.level == row["verified_cap"] + 1)
        yield _("Điểm đã thẩm định dưới {share}: tối đa mức {level}").format(
            share=format_percent(share, book.language), level=row["verified_cap"]
        )
    if gates.floor and row["floor_cap"] < by_score:
        yield _("Có trụ cột dưới mức {dimension}: tối đa mức {level}").format(
            dimension=gates.floor.dimension_level, level=row["floor_cap"]
        )
