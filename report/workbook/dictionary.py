"""The sheet "Danh mục chỉ số": the data dictionary in the form of the officials' DTI table."""

from collections.abc import Iterator

from report import labels
from report.round_report import RoundReport
from report.tables import definitions
from report.workbook.book import Book
from report.workbook.sheet import Column, Styled, Value, first_row
from report.workbook.streamed import location
from survey.framework import (
    AnyIndicator,
    AnyQuestion,
    ChecklistIndicator,
    ChoiceQuestion,
    Citation,
    CountQuestion,
    LevelIndicator,
    NumberIndicator,
    RatioIndicator,
    WordsQuestion,
)
from survey.text import format_day

CODE = "B"
"""The letter of the column that holds the ids."""


def sheet_name(book: Book) -> str:
    _ = book.words
    return _("Danh mục chỉ số")


def places(book: Book, report: RoundReport) -> dict[str, str]:
    """Where this sheet holds each dimension and each question, by id, as a link names it."""
    sections = [
        *((entry.id, entry.indicators) for entry in report.framework.dimensions),
        (report.framework.information.id, report.framework.information.questions),
    ]
    listed = [name for id_, asked in sections if asked for name in (id_, *(one.id for one in asked))]
    title = sheet_name(book)
    return {name: location(title, f"{CODE}{row}") for row, name in enumerate(listed, first_row(book))}


def dictionary_columns(book: Book, report: RoundReport) -> list[Column]:
    _ = book.words
    first, last = report.framework.first_milestone, report.framework.last_milestone
    return [
        Column(_("STT"), 5, "center"),
        Column(_("Mã"), 6, "center"),
        Column(_("Chỉ số thành phần"), 22, "strong"),
        Column(_("Điểm tối đa"), 8, "number"),
        Column(_("Cách xác định và tính điểm"), 58),
        Column(_("Đơn vị, phạm vi và hướng dẫn"), 46),
        Column(_("Tài liệu kiểm chứng"), 18),
        Column(_("Chỉ tiêu {year}").format(year=first), 10, "center"),
        Column(_("Căn cứ của chỉ tiêu {year}").format(year=first), 23),
        Column(_("Chỉ tiêu {year}").format(year=last), 10, "center"),
        Column(_("Căn cứ của chỉ tiêu {year}").format(year=last), 23),
    ]


def dictionary_rows(book: Book, report: RoundReport) -> Iterator[list[Value]]:
    """A row for each dimension, each of its indicators, and each question that is not scored."""
    framework, language = report.framework, book.language
    table = definitions.indicators(report, language=language).set_index("indicator")
    number = 0
    for dimension in framework.dimensions:
        yield _group(dimension.id, dimension.label.to(language), dimension.points)
        for indicator in dimension.indicators:
            number += 1
            row = table.loc[indicator.id].to_dict()
            yield [
                number,
                indicator.id,
                row["label"],
                row["maximum"],
                "\n".join([row["question"], row["how"], *statements(book, indicator)]),
                _guide(book, indicator),
                _evidence(book, indicator, row["marks"]),
                row["target_first"],
                _source(book, report, indicator, framework.first_milestone),
                row["target_last"],
                _source(book, report, indicator, framework.last_milestone),
            ]
    yield from _information(book, report, number)


def _information(book: Book, report: RoundReport, number: int) -> Iterator[list[Value]]:
    _, section = book.words, report.framework.information
    if not section.questions:
        return
    yield _group(section.id, f"{section.label.to(book.language)} ({_('không tính điểm')})", None)
    for count, question in enumerate(section.questions, number + 1):
        yield [
            count,
            question.id,
            question.label.to(book.language),
            None,
            "\n".join([question.question.to(book.language), *statements(book, question)]),
            _guide(book, question),
            _("Không yêu cầu"),
        ]


def _group(id_: str, label: str, points: float | None) -> list[Value]:
    cells: list[Value] = [Styled("", "group"), Styled(id_, "group"), Styled(label, "group")]
    return [*cells, Styled("" if points is None else points, "group_number"), *[Styled("", "group")] * 7]


def _source(book: Book, report: RoundReport, indicator: AnyIndicator, year: int) -> Styled:
    """Where a target comes from: its kind in words and in colour, clause and day; then the provinces' own."""
    source, names = indicator.target(year).source, {one.id: one.short for one in report.members}
    lines = [sourced(book, report, source)]
    for own in report.framework.province_targets:
        if (own.indicator, own.year) == (indicator.id, year):
            name = names[own.library].to(book.language) if own.library in names else own.library
            value = labels.value_text(indicator, own.value, book.language)
            lines.append(f"{name}: {value}. {sourced(book, report, own.source)}")
    return Styled("\n".join(lines), source.kind)


def sourced(book: Book, report: RoundReport, source: Citation) -> str:
    """Who set a target, by which document and clause, and when a person compared it."""
    _, language = book.words, book.language
    kind = labels.set_by(source, language)
    cited = definitions.citation(report, source.document, source.clause.to(language))
    day = _("đối chiếu ngày {day}").format(day=format_day(source.checked, language))
    return f"{cited if kind in cited else f'{kind}: {cited}'} · {day}"


def _guide(book: Book, question: AnyQuestion) -> str:
    """Unit, scope and help of a question."""
    _, language = book.words, book.language
    return "\n".join(
        [
            _unit(book, question),
            _("Phạm vi: {text}").format(text=question.scope.to(language)),
            _("Hướng dẫn: {text}").format(text=question.help.to(language)),
        ]
    )


def statements(book: Book, question: AnyQuestion) -> list[str]:
    """The statement of each level, or each item with its permanent id."""
    _ = book.words
    if isinstance(question, LevelIndicator):
        return [
            _("Mức {level}: {statement}").format(level=level, statement=text.to(book.language))
            for level, text in sorted(question.levels.items())
        ]
    if isinstance(question, ChecklistIndicator | ChoiceQuestion):
        return [f"{item.id}: {item.label.to(book.language)}" for item in question.items]
    return []


def _evidence(book: Book, indicator: AnyIndicator, marks: str) -> str:
    _ = book.words
    needed = _("Không bắt buộc")
    if indicator.evidence:
        needed = _("Bắt buộc: số hiệu, ngày, cơ quan ban hành, trích yếu; hoặc giải trình")
    rest = "; ".join(mark for mark in marks.split("; ") if mark and mark != _("cần tài liệu kiểm chứng"))
    return f"{needed}\n({rest})" if rest else needed


def _unit(book: Book, question: AnyQuestion) -> str:
    _ = book.words
    if isinstance(question, RatioIndicator):
        parts = [question.numerator, question.denominator]
        return " / ".join(f"{part.label.to(book.language)} ({part.unit.to(book.language)})" for part in parts)
    if isinstance(question, NumberIndicator | CountQuestion):
        return _("Đơn vị: {unit}").format(unit=question.unit.to(book.language))
    if isinstance(question, LevelIndicator):
        return _("Mức từ 0 đến 5")
    if isinstance(question, ChecklistIndicator):
        return _("Số nội dung có, trên {n}").format(n=len(question.items))
    if isinstance(question, ChoiceQuestion):
        return _("Chọn nhiều mục")
    if isinstance(question, WordsQuestion):
        return _("Viết bằng lời")
    return _("Có hoặc không")
