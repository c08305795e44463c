"""The sheet "Giải thích": how every score, target, pace and place comes about, in the words of the screen."""

from collections.abc import Iterator, Sequence

from report import explain, explain_federation, explain_pace, explain_ranks, explain_targets
from report.rank_study import RankStudy
from report.round_report import SELF, VERIFIED, RoundReport
from report.tables import pace
from report.workbook.book import Book
from report.workbook.sheet import Column, Value, write_table

BY_LIBRARY_AND_NUMBER = 2


def sheet_name(book: Book) -> str:
    _ = book.words
    return _("Giải thích")


def write_explanations(
    book: Book, report: RoundReport, rounds: Sequence[RoundReport], studies: Sequence[RankStudy | None]
) -> None:
    """One row for each number; rounds: others, of which earlier ones count for the paces."""
    _ = book.words
    columns = [
        Column(_("Thư viện"), 18, "strong"),
        Column(_("Con số"), 30),
        Column(_("Điểm tự chấm: cách tính"), 78),
        Column(_("Điểm thẩm định: cách tính"), 78),
    ]
    write_table(
        book, sheet_name(book), columns, _rows(book, report, rounds, studies), frozen=BY_LIBRARY_AND_NUMBER
    )


def _rows(
    book: Book, report: RoundReport, rounds: Sequence[RoundReport], studies: Sequence[RankStudy | None]
) -> Iterator[list[Value]]:
    _, language = book.words, book.language
    for target in report.framework.programme_targets:
        told = [
            explain_federation.target(report, target.id, basis=basis, language=language)
            for basis in (SELF, VERIFIED)
        ]
        yield _row(_("Toàn Liên hiệp"), f"{target.id}. {target.label.to(language)}", *told)
    earlier = [one for one in rounds if one.round.reference_date < report.round.reference_date]
    until = [*earlier, report]
    paces = {
        basis: {
            row["library"]: row
            for row in pace.of_score(until, basis=basis, language=language).to_dict("records")
        }
        for basis in (SELF, VERIFIED)
    }
    for member in report.members:
        name = member.short.to(language)
        if not report.responses[member.id].begun:
            yield _row(name, _("Mọi con số"), [_("Chưa trả lời câu nào.")], [])
            continue
        for title, own, verified in _of_library(book, report, member.id):
            yield _row(name, title, own, verified)
        year = report.framework.last_milestone
        yield _row(
            name,
            _("Nhịp độ của điểm"),
            explain_pace.of_score(paces[SELF][member.id], year, language),
            explain_pace.of_score(paces[VERIFIED][member.id], year, language),
        )
        if earlier:
            yield from _paces(book, until, member.id, name)
        places = [
            [] if study is None else explain_ranks.place(report, study, member.id, language)
            for study in studies
        ]
        if any(places):
            yield _row(name, _("Khoảng hạng"), *places)


def _paces(book: Book, rounds: Sequence[RoundReport], library: str, short: str) -> Iterator[list[Value]]:
    """How each indicator goes towards its last target, by both kinds of score."""
    _, language, newest = book.words, book.language, rounds[-1]
    own, verified = (
        pace.by_indicator(rounds, library, basis=basis, language=language).to_dict("records")
        for basis in (SELF, VERIFIED)
    )
    for row, seen in zip(own, verified, strict=True):
        asked, year = newest.framework.indicators[row["indicator"]], newest.framework.last_milestone
        told = [explain_pace.of_indicator(one, asked, year, language) for one in (row, seen)]
        title = _("Nhịp độ của {name}").format(name=f"{row['indicator']}. {row['label']}")
        yield _row(short, title, *_both(book, *told))


def _both(book: Book, own: list[str], verified: list[str]) -> tuple[list[str], list[str]]:
    _ = book.words
    return own, verified if verified != own else [_("Như điểm tự chấm.")]


def _of_library(book: Book, report: RoundReport, library: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """The whole, the dimensions, the targets and the indicators, each by both kinds of score."""
    _, language = book.words, book.language
    own, verified = (
        {
            "": explain.total(report, library, basis=basis, language=language),
            **{
                one.id: explain.dimension(report, library, one.id, basis=basis, language=language)
                for one in report.framework.dimensions
            },
            **{
                one.id: explain_targets.programme(report, library, one, basis=basis, language=language)
                for one in report.framework.programme_targets
            },
            **{
                name: explain.indicator(report, library, name, basis=basis, language=language)
                for name in report.framework.indicators
            },
        }
        for basis in (SELF, VERIFIED)
    )
    titles = {one.id: one.label for one in report.framework.dimensions}
    titles |= {one.id: one.label for one in report.framework.programme_targets}
    titles |= {name: one.label for name, one in report.framework.indicators.items()}
    for name, lines in own.items():
        title = f"{name}. {titles[name].to(language)}" if name else _("Điểm và mức của toàn bộ")
        yield title, *_both(book, lines, verified[name])


def _row(library: str, title: str, own: Sequence[str], verified: Sequence[str]) -> list[Value]:
    return [library, title, "\n".join(own), "\n".join(verified)]
