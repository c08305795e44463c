"""The sheet "Phương pháp và căn cứ": the rules of scoring in plain words, and the documents cited."""

from collections.abc import Iterator

from report import labels
from report.method import paragraphs
from report.round_report import RoundReport
from report.tables import definitions
from report.workbook.book import Book
from report.workbook.dictionary import sourced
from report.workbook.sheet import Column, Sheet, Styled, Value, first_row
from report.workbook.streamed import location
from survey.text import format_number


def sheet_name(book: Book) -> str:
    _ = book.words
    return _("Phương pháp và căn cứ")


def places(book: Book, report: RoundReport) -> dict[str, str]:
    """Where this sheet holds each target of the programme, by id, as a link names it."""
    above = 2 + len(paragraphs(report.framework, book.language))  # both headings, and the rules between them
    title, first = sheet_name(book), first_row(book) + above
    return {
        target.id: location(title, f"A{row}")
        for row, target in enumerate(report.framework.programme_targets, first)
    }


def write_method(book: Book, report: RoundReport) -> None:
    _ = book.words
    sheet = Sheet(
        book,
        sheet_name(book),
        [Column(_("Mục"), 30, "strong"), Column(_("Nội dung"), 104), Column(_("Loại căn cứ"), 34)],
    )
    for row in [*_rules(book, report), *_targets(book, report), *_documents(book, report)]:
        sheet.add(row)
    sheet.close()


def _section(words: str) -> list[Value]:
    return [Styled(words, "group"), Styled("", "group"), Styled("", "group")]


def _rules(book: Book, report: RoundReport) -> Iterator[list[Value]]:
    _ = book.words
    federation = Styled(labels.source_kind("federation", book.language), "federation")
    yield _section(_("Cách tính điểm và xếp mức"))
    for title, sentences in paragraphs(report.framework, book.language):
        yield [title, "\n".join(sentences), federation]


def _targets(book: Book, report: RoundReport) -> Iterator[list[Value]]:
    """The clause that each target of the programme rests on, and that of the last milestone."""
    _, language, framework = book.words, book.language, report.framework
    cited = [
        (
            f"{target.id}. {target.label.to(language)}",
            _("Toàn Liên hiệp: {goal} %").format(goal=format_number(target.goal, language)) + "\n",
            target.source,
        )
        for target in framework.programme_targets
    ]
    if framework.outlook:
        cited.append((framework.outlook.label.to(language), "", framework.outlook.source))
    if cited:
        yield _section(_("Căn cứ của chỉ tiêu"))
    for label, goal, source in cited:
        yield [
            label,
            goal + sourced(book, report, source),
            Styled(labels.set_by(source, language), source.kind),
        ]


def _documents(book: Book, report: RoundReport) -> Iterator[list[Value]]:
    _ = book.words
    kinds = {source.id: source.kind for source in report.sources.values()}
    natures = {
        "national": _("Văn bản, tiêu chuẩn của Nhà nước"),
        "province": _("Kế hoạch của tỉnh"),
        "federation": _("Tài liệu của Liên hiệp, không phải văn bản của Nhà nước"),
    }
    yield _section(_("Văn bản được viện dẫn"))
    for row in definitions.documents(report, language=book.language).to_dict("records"):
        about = [row["title"], ", ".join(part for part in (row["issuer"], row["issued"]) if part)]
        about += [_("Độ tin cậy: {words}").format(words=row["confidence"]), row["address"]]
        kind = kinds[row["document"]]
        yield [row["number"], "\n".join(line for line in about if line), Styled(natures[kind], kind)]
