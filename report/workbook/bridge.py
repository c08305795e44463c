"""The sheet of what moved each score since the round before: real change, method, coverage, verification."""

from collections.abc import Sequence

from report.bridge_words import part_words
from report.round_report import VERIFIED, RoundReport
from report.tables import bridge
from report.tables.bridge import SHOWN
from report.workbook.book import Book
from report.workbook.sheet import Column, Sheet


def sheet_name(book: Book) -> str:
    _ = book.words
    return _("Nguyên nhân thay đổi")


def round_before(report: RoundReport, compare: Sequence[RoundReport]) -> RoundReport | None:
    """The newest round before this one in which somebody sent that sent now too."""
    earlier = [one for one in compare if one.round.reference_date < report.round.reference_date]
    for one in sorted(earlier, key=lambda entry: entry.round.reference_date, reverse=True):
        if bridge.of_libraries(report, one)["sent"].any():
            return one
    return None


def write_bridge(book: Book, report: RoundReport, earlier: RoundReport) -> None:
    """One row for each library that sent in both rounds, for either kind of score."""
    _ = book.words
    sheet = Sheet(book, sheet_name(book), _columns(book), frozen=1)
    own, verified = (
        bridge.of_libraries(report, earlier, basis=basis, language=book.language).set_index("library")
        for basis in ("self", VERIFIED)
    )
    for library in own.index[own["sent"]]:
        cells = [own.loc[library, name] for name in ("before", *SHOWN, "after")]
        beside = [verified.loc[library, name] for name in ("before", *SHOWN, "after")]
        sheet.add([own.loc[library, "short"], *map(float, cells), *map(float, beside)])
    sheet.end_table()
    sheet.blank()
    for line in _said(book, earlier):
        sheet.line(line)
    sheet.close()


def _columns(book: Book) -> list[Column]:
    _ = book.words
    columns = [Column(_("Thư viện"), 18, "strong")]
    for kind in (_("Tự chấm"), _("Thẩm định")):
        columns.append(Column(_("{kind}: cận dưới kỳ trước").format(kind=kind), 12, "number"))
        columns += [
            Column(f"{kind}: {name}", 12, "strong_number" if part == "real" else "number")
            for part, (name, _why) in part_words(book.language).items()
        ]
        columns.append(Column(_("{kind}: cận dưới kỳ này").format(kind=kind), 12, "number"))
    return columns


def _said(book: Book, earlier: RoundReport) -> list[str]:
    _ = book.words
    return [
        _("Kỳ trước là «{round}». Điểm là cận dưới, trên thang 100.").format(round=earlier.round.name),
        *(f"{name}: {why}" for name, why in part_words(book.language).values()),
        _("Các phần được làm tròn sao cho cộng lại đúng bằng chênh lệch giữa hai điểm đã làm tròn."),
    ]
