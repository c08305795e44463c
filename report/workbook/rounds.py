"""The sheet "Qua các đợt": each library's score in every round that is compared."""

from collections import Counter
from collections.abc import Iterator, Sequence

from report import labels
from report.round_report import RoundReport
from report.tables import rounds
from report.workbook.book import Book
from report.workbook.sheet import Column, Styled, Value
from report.workbook.summary import level_cell
from survey.members import Member
from survey.text import format_day


def in_order(reports: Sequence[RoundReport]) -> list[RoundReport]:
    """The rounds oldest first, each once."""
    once = {report.round.id: report for report in reports}
    return sorted(once.values(), key=lambda report: report.round.reference_date)


def round_columns(book: Book, reports: Sequence[RoundReport]) -> list[Column]:
    """A score for each round, side by side so that a chart can read them, then levels and bounds."""
    _ = book.words
    names = [report.round.name for report in reports]
    return [
        Column(_("Thư viện"), 30, "strong"),
        *(Column(_("{round}: điểm (thang 100)").format(round=name), 15, "strong_number") for name in names),
        *(Column(_("{round}: mức").format(round=name), 20) for name in names),
        *(Column(_("{round}: cận dưới (thang 100)").format(round=name), 15, "number") for name in names),
    ]


def round_rows(book: Book, reports: Sequence[RoundReport]) -> Iterator[list[Value]]:
    """One row for each library that was a member in any of the rounds, today's members first."""
    _ = book.words
    trend = rounds.trend(reports, language=book.language).to_dict("records")
    cells = {(row["round"], row["library"]): row for row in trend}
    members = {member.id: member for report in reversed(reports) for member in report.members}
    twice = Counter(member.short.to(book.language) for member in members.values())
    absent = Styled(_("Không là thành viên"), "missing")
    for library, member in members.items():
        own = [cells.get((report.round.id, library)) for report in reports]
        levels = [
            level_cell(row["level"], labels.level(report.framework, row["level"], book.language))
            if row
            else absent
            for report, row in zip(reports, own, strict=True)
        ]
        short = member.short.to(book.language)
        yield [
            f"{short} ({_validity(book, member)})" if twice[short] > 1 else short,
            *(row["score"] if row else None for row in own),
            *levels,
            *(row["low"] if row else None for row in own),
        ]


def _validity(book: Book, member: Member) -> str:
    """When a member exists, to tell a merged library from a former one of the same name."""
    _ = book.words
    if member.valid_to:
        return _("đến {day}").format(day=format_day(member.valid_to, book.language))
    if member.valid_from:
        return _("từ {day}").format(day=format_day(member.valid_from, book.language))
    return member.code
