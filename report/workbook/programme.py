"""The sheet of the programme's targets: every library against each, and the Federation's own figure."""

import re
from collections.abc import Hashable, Iterator, Mapping
from itertools import groupby
from typing import Any

from report import labels, verified_words
from report.round_report import SELF, VERIFIED, RoundReport
from report.tables import programme
from report.workbook.book import Book
from report.workbook.indicators import figure
from report.workbook.method import places
from report.workbook.sheet import Column, Sheet, Styled, Value
from scoring.programme import Outcome
from survey.framework import ProgrammeTarget
from survey.text import decimals_apart, format_number

MEANING_WIDTH = 62


def sheet_name(book: Book, report: RoundReport) -> str:
    """ "Chỉ tiêu 206": the number of the one document that sets all targets, where there is one."""
    _ = book.words
    documents = {target.source.document for target in report.framework.programme_targets}
    source = report.sources.get(documents.pop()) if len(documents) == 1 else None
    number = re.match(r"\d+(?=/)", source.number) if source else None
    if number:
        return _("Chỉ tiêu {number}").format(number=number[0])
    return _("Chỉ tiêu chương trình")


def write_programme(book: Book, report: RoundReport) -> None:
    _ = book.words
    matrix, titles = _matrix_columns(book, report), _federation_header(book)
    filler = [Column("", 15)] * (len(titles) - 1 - len(matrix))
    columns = [*matrix, *filler, Column("", MEANING_WIDTH)]
    there = next(iter(places(book, report).values()), "")
    sheet = Sheet(book, sheet_name(book, report), columns, frozen=1, sources=there)
    for row in _library_rows(book, report):
        sheet.add(row)
    sheet.end_table(len(matrix), band="")
    sheet.blank()
    sheet.line(_("Toàn Liên hiệp"), "heading")
    if not report.framework.programme_targets:
        sheet.line(_("Bộ chỉ số này không có chỉ tiêu của chương trình."))
    else:
        _federation(book, sheet, report, SELF)
        for said in programme.not_counted(report, book.language):
            sheet.line(said)
        sheet.blank()
        sheet.line(_("Toàn Liên hiệp, theo điểm thẩm định"), "heading")
        _federation(book, sheet, report, VERIFIED)
        sheet.line(verified_words.how_added(book.language))
        for said in verified_words.never_reviewed(report, book.language):
            sheet.line(said)
    sheet.close()


def _federation(book: Book, sheet: Sheet, report: RoundReport, basis: str) -> None:
    titles = _federation_header(book)
    between: list[None] = [None] * (len(sheet.columns) - len(titles))
    sheet.header([*titles[:-1], *("" for _gap in between), titles[-1]])
    for row in _federation_rows(book, report, basis):
        sheet.add([*row[:-1], *between, row[-1]])


def _matrix_columns(book: Book, report: RoundReport) -> list[Column]:
    """Outcome by target, with the value beside it where the Federation's figure pools values."""
    _ = book.words
    columns = [Column(_("Thư viện"), 38, "strong")]
    for target in report.framework.programme_targets:
        columns.append(Column(f"{target.id}. {target.label.to(book.language)}", 17, "center"))
        if _has_value(target):
            columns.append(Column(_("{target}: giá trị (%)").format(target=target.id), 11, "number"))
    return [*columns, Column(_("Ghi chú"), 25)]


def _has_value(target: ProgrammeTarget) -> bool:
    return target.federation == "pooled"


def _library_rows(book: Book, report: RoundReport) -> Iterator[list[Value]]:
    """One row for each library; the note says which targets are only a reference for it."""
    _ = book.words
    table = programme.by_library(report, language=book.language)
    pooled = {target.id for target in report.framework.programme_targets if _has_value(target)}
    order = {member.id: number for number, member in enumerate(report.members)}
    rows = sorted(table.to_dict("records"), key=lambda row: order[row["library"]])
    for _library, entries in groupby(rows, key=lambda row: row["library"]):
        cells: list[Value] = []
        notes, name = [], ""
        for row in entries:
            name = row["short"]
            cells.append(Styled(row["outcome_words"], row["outcome"]))
            if row["target"] in pooled:
                cells.append(row["value"])
            if not row["binding"]:
                notes.append(_("{target} chỉ để tham chiếu").format(target=row["target"]))
        yield [name, *cells, "; ".join(notes)]


def _federation_header(book: Book) -> list[str]:
    _ = book.words
    return [
        _("Chỉ tiêu"),
        _("Kết quả"),
        _("Hiện có (%)"),
        _("Chỉ tiêu (%)"),
        _("Số thư viện đạt"),
        _("Số thư viện cần đạt"),
        _("Tính trên số thư viện"),
        _("Đã có số liệu"),
        _("Tử số cộng dồn"),
        _("Mẫu số cộng dồn"),
        _("Loại căn cứ"),
        _("Diễn giải"),
    ]


def _federation_rows(book: Book, report: RoundReport, basis: str) -> Iterator[list[Value]]:
    sources = {target.id: target.source for target in report.framework.programme_targets}
    there = places(book, report)
    for row in programme.of_federation(report, basis=basis, language=book.language).to_dict("records"):
        kind, known = sources[row["target"]].kind, bool(row["reported"])
        yield [
            Styled(f"{row['target']}. {row['label']}", "strong", there[row["target"]]),
            _outcome(book, row),
            Styled(row["share"] if known else None, "number"),
            figure(row["goal"]),
            figure(row["met"] if known else None),
            *(figure(row[name]) for name in ("needed", "counted", "reported")),
            *(figure(row[name] if known else None) for name in ("numerator", "denominator")),
            Styled(labels.source_kind(kind, book.language), kind),
            sentence(book, row),
        ]


def _outcome(book: Book, row: Mapping[Hashable, Any]) -> Styled:
    if not row["reported"]:
        return Styled(str(row["unknown"]).capitalize(), Outcome.NO_DATA.value)
    outcome = Outcome.MET if row["reached"] else Outcome.NOT_MET
    if row["share"] != row["share"]:
        outcome = Outcome.NO_DATA
    return Styled(labels.outcome(outcome, book.language), outcome.value)


def sentence(book: Book, row: Mapping[Hashable, Any]) -> str:
    """A target's figure as a person would say it: "60 % của 13 = 8 thư viện; hiện có 6"."""
    _ = book.words
    if not row["reported"]:
        return str(row["unknown"]).capitalize()
    shown = {
        name: format_number(row[name], book.language, decimals=1)
        for name in ("goal", "counted", "needed", "met", "reported", "share", "numerator", "denominator")
    }
    apart = decimals_apart(row["share"], [row["goal"]], 1)
    shown["share"] = format_number(row["share"], book.language, decimals=apart)
    said = [_("{goal} % của {counted} = {needed} thư viện; hiện có {met}").format(**shown)]
    if row["kind"] == "pooled":
        said = [
            _("Cộng dồn {numerator}/{denominator} = {share} %, chỉ tiêu {goal} %").format(**shown),
            _("{met}/{counted} thư viện đạt").format(**shown),
        ]
    if row["bound"]:
        said.append(str(row["bound"]))
    if row["undecided"]:
        said.append(_("chưa thể kết luận vì còn thiếu số liệu"))
    if row["reported"] != row["counted"]:
        said.append(_("mới có số liệu của {reported}/{counted}").format(**shown))
    if row["nearest"]:
        said.append(_("gần đạt nhất: {names}").format(names=row["nearest"]))
    return "; ".join(said)
