"""The sheet "Trước và sau sắp xếp": the Federation on one footing in the rounds around a merger."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from report import footing_words, verified_words
from report.round_report import SELF, VERIFIED, RoundReport
from report.tables import footing
from report.tables.footing import Footing
from report.workbook.book import Book
from report.workbook.indicators import figure
from report.workbook.sheet import Column, Sheet, Styled, Value


def sheet_name(book: Book) -> str:
    _ = book.words
    return _("Trước và sau sắp xếp")


def write_footing(book: Book, shared: Footing) -> None:
    """For either kind of figures the pooled ratios, then head-counts and why averages are not compared."""
    _ = book.words
    sheet = Sheet(book, sheet_name(book), _columns(book), frozen=2)
    _ratios(book, sheet, shared, SELF)
    sheet.end_table()
    sheet.blank()
    _say(sheet, footing_words.sentences(shared, basis=SELF, language=book.language))
    _say(sheet, _counts(book, shared, SELF))
    sheet.new_page()
    sheet.line(_("Theo điểm thẩm định"), "heading")
    _ratios(book, sheet, shared, VERIFIED)
    sheet.blank()
    _say(sheet, footing_words.of_basis(shared, basis=VERIFIED, language=book.language))
    _say(sheet, _counts(book, shared, VERIFIED))
    sheet.close()


def _ratios(book: Book, sheet: Sheet, shared: Footing, basis: str) -> None:
    for row in footing.pooled(shared, basis=basis, language=book.language).to_dict("records"):
        sheet.add(
            [
                row["indicator"],
                row["label"],
                row["libraries"],
                *_figures(book, row, shared.before, "before", basis),
                *_figures(book, row, shared.after, "after", basis),
                row["change"],
            ]
        )


def _figures(
    book: Book, row: Mapping[Hashable, Any], report: RoundReport, time: str, basis: str
) -> list[Value]:
    """Both figures and the share; what a round without a review has in place of it."""
    share = row[time]
    if share != share and basis == VERIFIED:
        share = Styled(verified_words.no_figure(report, basis, book.language), "missing")
    return [figure(row[f"numerator_{time}"]), figure(row[f"denominator_{time}"]), share]


def _say(sheet: Sheet, lines: Sequence[str]) -> None:
    for line in lines:
        sheet.line(line)


def _columns(book: Book) -> list[Column]:
    _ = book.words
    return [
        Column(_("Mã"), 6, "strong"),
        Column(_("Chỉ số"), 34),
        Column(_("Số địa bàn so được"), 9, "whole"),
        Column(_("Trước: tử số"), 14, "figure"),
        Column(_("Trước: mẫu số"), 16, "figure"),
        Column(_("Trước (%)"), 15, "number"),
        Column(_("Sau: tử số"), 14, "figure"),
        Column(_("Sau: mẫu số"), 16, "figure"),
        Column(_("Sau (%)"), 15, "number"),
        Column(_("Thay đổi (điểm phần trăm)"), 12, "number"),
    ]


def _counts(book: Book, shared: Footing, basis: str) -> list[str]:
    _ = book.words
    said = _("{target} · {label}: số thư viện đạt trước {before}, sau {after}.")
    return [
        said.format(
            target=row["target"], label=row["label"], before=row["text_before"], after=row["text_after"]
        )
        for row in footing.headcounts(shared, basis=basis, language=book.language).to_dict("records")
    ]
