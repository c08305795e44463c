"""The same sheets for very many libraries, written in pieces so that memory does not grow with them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO

from report.round_report import RoundReport, round_report
from report.workbook import dictionary
from report.workbook.book import Book, new_book
from report.workbook.dictionary import dictionary_columns, dictionary_rows
from report.workbook.dimensions import dimension_columns, dimension_rows
from report.workbook.figures import figure_columns, figure_rows
from report.workbook.indicators import indicator_columns, indicator_rows
from report.workbook.method import write_method
from report.workbook.read_first import contents, not_sent, sent_words, write_read_first
from report.workbook.sheet import Column, Sheet, Value, write_table
from report.workbook.streamed import location
from report.workbook.summary import summary_columns, summary_rows
from survey.framework import Framework, SourceDocument
from survey.members import Member
from survey.response import Response
from survey.rounds import Round
from survey.text import Language

AT_ONCE = 50
"""Libraries that are scored and laid out together: more is hardly faster and holds more memory."""
MOST_ROWS = 1_048_576
"""Rows that one sheet of an .xlsx can have."""
MOST_NAMED = 40
"""Libraries that have not sent which the first sheet names; of the rest it gives the count."""

Rows = Callable[[Book, RoundReport], Iterable[Sequence[Value]]]


def write_large(
    target: str | Path | IO[bytes],
    *,
    round_: Round,
    framework: Framework,
    sources: Mapping[str, SourceDocument],
    libraries: Iterable[tuple[Member, Response]],
    generated_at: datetime,
    language: Language = "vi",
    sample: bool = False,
) -> int:
    """Write the workbook of a round whose libraries are read one after the other.

    Scores, figures, dictionary and method are those of `round_workbook`; there are no charts and
    no programme targets. A sheet that is full goes on in another one.

    Returns:
        How many libraries were written.
    """
    book = new_book(round_, generated_at=generated_at, language=language, sample=sample)
    empty = round_report(round_, framework, (), {}, sources, sample=sample)
    tables = list(_tables(book, empty))
    written = late = 0
    named: list[str] = []
    for members, responses in _pieces(libraries):
        report = round_report(round_, framework, members, responses, sources, sample=sample)
        waiting = not_sent(report, language)
        written, late = written + len(members), late + len(waiting)
        named += waiting[: MOST_NAMED - len(named)]
        for table in tables:
            table.add(report)
    for table in tables:
        table.close()
    _explain(book, empty, sent_words(book.language, written - late, written), _named(book, named, late))
    book.workbook.save(target)
    return written


class _Table:
    """One table of many rows, in as many sheets as it needs."""

    def __init__(self, book: Book, columns: Sequence[Column], rows: Rows, *, title: str, frozen: int) -> None:
        self._sources = location(dictionary.sheet_name(book))
        self._book, self._columns, self._rows, self._frozen = book, columns, rows, frozen
        self._sheet = self._opened(title)

    def add(self, report: RoundReport) -> None:
        for row in self._rows(self._book, report):
            if self._sheet.row == MOST_ROWS:
                self.close()
                self._sheet = self._opened(self._sheet.title)
            self._sheet.add(row)

    def close(self) -> None:
        self._sheet.end_table()
        self._sheet.close()

    def _opened(self, title: str) -> Sheet:
        return Sheet(self._book, title, self._columns, frozen=self._frozen, sources=self._sources)


def _tables(book: Book, report: RoundReport) -> Iterator[_Table]:
    _, framework = book.words, report.framework
    yield _Table(book, summary_columns(book, framework), summary_rows, title=_("Tổng hợp"), frozen=1)
    yield _Table(book, dimension_columns(book, report), dimension_rows, title=_("Theo trụ cột"), frozen=2)
    columns = indicator_columns(book, framework)
    yield _Table(book, columns, indicator_rows, title=_("Điểm theo chỉ số"), frozen=4)
    yield _Table(book, figure_columns(book), figure_rows, title=_("Số liệu gốc"), frozen=5)


def _explain(book: Book, report: RoundReport, sent: str, waiting: str) -> None:
    """The sheets that do not grow with the libraries; the first of the file is written last."""
    _ = book.words
    columns = dictionary_columns(book, report)
    write_table(book, dictionary.sheet_name(book), columns, dictionary_rows(book, report), frozen=3, band="")
    write_method(book, report)
    listed = contents(book, book.workbook.sheetnames)
    write_read_first(book, report, listed, sent=sent, waiting=waiting)
    book.workbook.move_sheet(book.workbook.sheetnames[-1], -len(listed))


def _pieces(
    libraries: Iterable[tuple[Member, Response]],
) -> Iterator[tuple[list[Member], dict[str, Response]]]:
    source = iter(libraries)
    while piece := list(islice(source, AT_ONCE)):
        yield [member for member, _response in piece], {member.id: given for member, given in piece}


def _named(book: Book, named: Sequence[str], late: int) -> str:
    _ = book.words
    listed = "; ".join(named)
    if late > len(named):
        listed += "; " + _("và {n} thư viện khác").format(n=late - len(named))
    return listed
