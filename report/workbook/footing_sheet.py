"""The sheet "Trước và sau sắp xếp": the Federation on one footing in the rounds around a merger."""

from report.round_report import SELF
from report.tables import footing
from report.tables.footing import Footing
from report.workbook.book import Book
from report.workbook.indicators import figure
from report.workbook.sheet import Column, Sheet
from survey.text import format_number


def sheet_name(book: Book) -> str:
    _ = book.words
    return _("Trước và sau sắp xếp")


def write_footing(book: Book, shared: Footing) -> None:
    """Pooled ratios, then head-counts and why averages are not compared."""
    _ = book.words
    sheet = Sheet(book, sheet_name(book), _columns(book), frozen=2)
    for row in footing.pooled(shared, language=book.language).to_dict("records"):
        sheet.add(
            [
                row["indicator"],
                row["label"],
                row["libraries"],
                figure(row["numerator_before"]),
                figure(row["denominator_before"]),
                row["before"],
                figure(row["numerator_after"]),
                figure(row["denominator_after"]),
                row["after"],
                row["change"],
            ]
        )
    sheet.end_table()
    sheet.blank()
    for line in [*footing.sentences(shared, language=book.language), *_counts(book, shared)]:
        sheet.line(line)
    sheet.fit_one_page()
    sheet.close()


def _columns(book: Book) -> list[Column]:
    _ = book.words
    return [
        Column(_("Mã"), 6, "strong"),
        Column(_("Chỉ số"), 34),
        Column(_("Số địa bàn so được"), 9, "whole"),
        Column(_("Trước: tử số"), 14, "figure"),
        Column(_("Trước: mẫu số"), 16, "figure"),
        Column(_("Trước (%)"), 11, "number"),
        Column(_("Sau: tử số"), 14, "figure"),
        Column(_("Sau: mẫu số"), 16, "figure"),
        Column(_("Sau (%)"), 11, "number"),
        Column(_("Thay đổi (điểm phần trăm)"), 12, "number"),
    ]


def _counts(book: Book, shared: Footing) -> list[str]:
    _ = book.words
    said = _(
        "{target} · {label}: trước {met_before}/{of_before} thư viện đạt, sau {met_after}/{of_after} thư viện đạt."
    )
    return [
        said.format(
            target=row["target"],
            label=row["label"],
            **{
                name: format_number(row[name], book.language)
                for name in ("met_before", "of_before", "met_after", "of_after")
            },
        )
        for row in footing.headcounts(shared, basis=SELF, language=book.language).to_dict("records")
    ]
