"""The sheet "Điểm theo chỉ số": one row for each library and scored indicator."""

from collections.abc import Iterator

from report.round_report import RoundReport
from report.tables import scores
from report.workbook.book import Book
from report.workbook.dictionary import places
from report.workbook.sheet import Column, Styled, Value
from survey.framework import (
    AnyIndicator,
    ChecklistIndicator,
    Framework,
    LevelIndicator,
    NumberIndicator,
    RatioIndicator,
)
from survey.response import AnswerState


def indicator_columns(book: Book, framework: Framework) -> list[Column]:
    _ = book.words
    first, last = framework.first_milestone, framework.last_milestone
    return [
        Column(_("Thư viện"), 15, "strong"),
        Column(_("Trụ cột"), 21),
        Column(_("Mã"), 7, "code"),
        Column(_("Chỉ số thành phần"), 46),
        Column(_("Trạng thái"), 18),
        Column(_("Giá trị"), 10, "figure"),
        Column(_("Đơn vị của giá trị"), 19),
        Column(_("Chỉ tiêu {year}").format(year=first), 10, "figure"),
        Column(_("So với chỉ tiêu {year} (%)").format(year=first), 11, "percent"),
        Column(_("Chỉ tiêu {year}").format(year=last), 10, "figure"),
        Column(_("So với chỉ tiêu {year} (%)").format(year=last), 11, "percent"),
        Column(_("Điểm đạt được"), 10, "strong_number"),
        Column(_("Điểm tối đa"), 10, "number"),
        Column(_("Điểm còn có thể thêm"), 11, "number"),
        Column(_("Thẩm định"), 15),
    ]


def indicator_rows(book: Book, report: RoundReport) -> Iterator[list[Value]]:
    """One row for each library and indicator; points stand only where an answer was given."""
    _, framework = book.words, report.framework
    units = {name: unit(book, entry) for name, entry in framework.indicators.items()}
    shorts = {entry.id: entry.short.to(book.language) for entry in framework.dimensions}
    linked = linked_codes(book, report)
    verified = {True: _("Đã thẩm định"), False: _("Chưa")}
    for row in scores.by_indicator(report, language=book.language).to_dict("records"):
        answered = row["state"] == AnswerState.ANSWERED
        yield [
            row["short"],
            shorts[row["dimension"]],
            linked[row["indicator"]],
            row["label"],
            row["state_words"] if answered else Styled(row["state_words"], "missing"),
            figure(row["value"], decimals="number"),
            units[row["indicator"]],
            figure(row["target_first"]),
            row["share_first"],
            figure(row["target_last"]),
            row["share"],
            row["points"] if answered else None,
            None if row["state"] == AnswerState.NOT_APPLICABLE else row["maximum"],
            row["missing"],
            verified[row["verified"]],
        ]


def linked_codes(book: Book, report: RoundReport) -> dict[str, Styled]:
    """Each id as a cell that leads to where its target and source stand."""
    return {name: Styled(name, "code", there) for name, there in places(book, report).items()}


def figure(value: float | None, *, decimals: str = "figure") -> Value:
    """A figure without decimals where it has none, else with the look `decimals`."""
    if value is None or value != value:
        return None
    return Styled(value, "whole" if float(value).is_integer() else decimals)


def unit(book: Book, indicator: AnyIndicator) -> str:
    """The unit in which an indicator's value and targets stand."""
    _ = book.words
    if isinstance(indicator, RatioIndicator):
        return "%"
    if isinstance(indicator, NumberIndicator):
        return indicator.unit.to(book.language)
    if isinstance(indicator, LevelIndicator):
        return _("mức (0–5)")
    if isinstance(indicator, ChecklistIndicator):
        return _("nội dung trên {n}").format(n=len(indicator.items))
    return _("1 = có, 0 = không")
