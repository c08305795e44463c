"""The workbook of one round for an official: every sheet, with charts where libraries can be named."""

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import compress

from report.rank_study import RankStudy
from report.round_report import RoundReport
from report.tables import footing
from report.workbook import bridge, charts, dictionary, explanations, footing_sheet, method, ranks
from report.workbook.book import Book, new_book
from report.workbook.dictionary import dictionary_columns, dictionary_rows
from report.workbook.dimensions import LINE, SCORE, dimension_columns, dimension_rows
from report.workbook.figures import figure_columns, figure_rows
from report.workbook.indicators import indicator_columns, indicator_rows
from report.workbook.method import write_method
from report.workbook.programme import sheet_name, write_programme
from report.workbook.read_first import contents, not_sent, sent_words, write_read_first
from report.workbook.rounds import in_order, round_columns, round_rows
from report.workbook.sheet import Sheet, write_table
from report.workbook.streamed import location
from report.workbook.summary import FIRST_POINTS, summary_columns, summary_rows
from survey.text import Language


def round_workbook(
    report: RoundReport,
    *,
    generated_at: datetime,
    language: Language = "vi",
    compare: Sequence[RoundReport] = (),
    study: RankStudy | None = None,
    verified_study: RankStudy | None = None,
) -> bytes:
    """The .xlsx of a round.

    compare: other rounds, for the sheet of the development over time. study: of the round's ranks, for
    the sheet of groups. verified_study: of the ranks by the verified score, for the explanations.
    """
    waiting = not_sent(report, language)
    size = len(report.members)
    sent = sent_words(language, size - len(waiting), size)
    book = new_book(
        report.round, generated_at=generated_at, language=language, sample=report.sample, sent=sent
    )
    rounds = in_order([*compare, report]) if compare else []
    shown = study if study is not None and ranks.can_compare(study) else None
    earlier, shared = bridge.round_before(report, compare), footing.find_footing(rounds)
    given = [shown is not None, bool(rounds), earlier is not None, shared is not None]
    listed = contents(book, _titles(book, report, given))
    write_read_first(book, report, listed, sent=sent, waiting="; ".join(waiting))
    _summary(book, report, waiting)
    _dimensions(book, report)
    if shown is not None:
        ranks.write_ranks(book, report, shown)
    if rounds:
        _rounds(book, rounds)
    if earlier is not None:
        bridge.write_bridge(book, report, earlier)
    if shared is not None:
        footing_sheet.write_footing(book, shared)
    _details(book, report)
    explanations.write_explanations(book, report, rounds, (shown, verified_study))
    out = io.BytesIO()
    book.workbook.save(out)
    return out.getvalue()


def _titles(book: Book, report: RoundReport, given: Sequence[bool]) -> list[str]:
    """Every sheet in order; given: which of those that compare libraries or rounds there are."""
    _ = book.words
    comparing = [
        ranks.sheet_name(book),
        _("Qua các đợt"),
        bridge.sheet_name(book),
        footing_sheet.sheet_name(book),
    ]
    titles = [_("Tổng hợp"), _("Theo trụ cột"), *compress(comparing, given)]
    titles += [_("Điểm theo chỉ số"), _("Số liệu gốc"), sheet_name(book, report)]
    titles += [dictionary.sheet_name(book), method.sheet_name(book)]
    return [*titles, explanations.sheet_name(book)]


def _details(book: Book, report: RoundReport) -> None:
    _ = book.words
    columns, there = indicator_columns(book, report.framework), location(dictionary.sheet_name(book))
    rows = indicator_rows(book, report)
    write_table(book, _("Điểm theo chỉ số"), columns, rows, frozen=4, sources=there)
    columns, rows = figure_columns(book), figure_rows(book, report)
    write_table(book, _("Số liệu gốc"), columns, rows, frozen=5, sources=there)
    write_programme(book, report)
    columns = dictionary_columns(book, report)
    write_table(book, dictionary.sheet_name(book), columns, dictionary_rows(book, report), frozen=3, band="")
    write_method(book, report)


def _summary(book: Book, report: RoundReport, waiting: Sequence[str]) -> None:
    _, framework = book.words, report.framework
    columns = summary_columns(book, framework)
    there = location(dictionary.sheet_name(book))
    sheet = Sheet(book, _("Tổng hợp"), columns, frozen=1, sources=there)
    first = sheet.row + 1
    for row in summary_rows(book, report):
        sheet.add(row)
    sheet.end_table()
    last = sheet.row
    if 0 < len(report.members) <= charts.MOST_BARS:
        parts = range(FIRST_POINTS + 1, FIRST_POINTS + 1 + len(framework.dimensions))
        title = _("Điểm đạt được theo trụ cột và mức chỉ tiêu năm {year}").format(
            year=framework.first_milestone
        )
        if waiting:
            sheet.blank()
            sheet.line(_("Chưa gửi, cột trong biểu đồ chưa đầy đủ: {names}").format(names="; ".join(waiting)))
        size = charts.wide(sheet)
        chart = charts.stacked_points(
            sheet, first, last, parts=parts, line=parts[-1] + 3, title=title, axis=_("Điểm"), size=size
        )
        sheet.chart(chart)
        sheet.fit_one_page()
    sheet.close()


def _dimensions(book: Book, report: RoundReport) -> None:
    """The table of all dimensions, then a chart for each, two beside each other."""
    _, size = book.words, len(report.members)
    there = location(dictionary.sheet_name(book))
    sheet = Sheet(book, _("Theo trụ cột"), dimension_columns(book, report), frozen=2, sources=there)
    first = sheet.row + 1
    for row in dimension_rows(book, report):
        sheet.add(row)
    sheet.end_table()
    if 0 < size <= charts.MOST_BARS:
        sheet.new_page()
        for number, dimension in enumerate(report.framework.dimensions):
            start = first + number * size
            chart = charts.scores_with_line(
                sheet,
                start,
                start + size - 1,
                score=SCORE + 1,
                line=LINE + 1,
                title=f"{dimension.id}. {dimension.label.to(book.language)}",
                axis=_("Điểm (thang 100)"),
                number=number,
            )
            beside = number % 2 == 0 and number + 1 < len(report.framework.dimensions)
            sheet.chart(chart, column=1 if number % 2 == 0 else 5, rows=0 if beside else None)
    sheet.close()


def _rounds(book: Book, rounds: Sequence[RoundReport]) -> None:
    _ = book.words
    sheet = Sheet(book, _("Qua các đợt"), round_columns(book, rounds), frozen=1)
    first = sheet.row + 1
    libraries = []
    for row in round_rows(book, rounds):
        libraries.append(str(row[0]))
        sheet.add(row)
    sheet.end_table()
    if 0 < len(libraries) <= charts.MOST_BARS:
        names, axis = [report.round.name for report in rounds], _("Điểm (thang 100)")
        last, size = sheet.row, charts.wide(sheet)
        sheet.new_page()
        title = _("Điểm qua các đợt đánh giá")
        sheet.chart(
            charts.scores_by_round(sheet, first, last, rounds=names, title=title, axis=axis, size=size)
        )
        sheet.new_page()
        title = _("Xu hướng của từng thư viện")
        lines = charts.trend_lines(
            sheet, first, libraries=libraries, rounds=names, title=title, axis=axis, size=size
        )
        sheet.chart(lines)
    sheet.close()
