"""The sheet "Nhóm": libraries that cannot be told apart, each with the range of its rank."""

from collections.abc import Iterator

from report.rank_study import RankStudy
from report.round_report import RoundReport
from report.tables import ranking
from report.workbook.book import Book
from report.workbook.sheet import Column, Sheet, Styled, Value
from survey.text import format_number

FEWEST = 2  # libraries that can be compared at all


def sheet_name(book: Book) -> str:
    _ = book.words
    return _("Nhóm phân biệt được")


def can_compare(study: RankStudy) -> bool:
    return len(study.ranking.libraries) >= FEWEST


def write_ranks(book: Book, report: RoundReport, study: RankStudy) -> None:
    """One row for each library with a score, best group first, then how the figures come about."""
    above = ranking.above(report, study, language=book.language)
    sheet = Sheet(book, sheet_name(book), _columns(book, list(above.columns)), frozen=2)
    for row in _rows(book, report, study):
        sheet.add(row)
    sheet.end_table()
    sheet.blank()
    for line in _said(book, study):
        sheet.line(line)
    sheet.close()


def _columns(book: Book, names: list[str]) -> list[Column]:
    _ = book.words
    return [
        Column(_("Nhóm"), 8, "whole"),
        Column(_("Thư viện"), 18, "strong"),
        Column(_("Hạng ở giữa (trung vị)"), 10, "whole"),
        Column(_("Hạng tốt nhất (5 % lần thử)"), 11, "whole"),
        Column(_("Hạng thấp nhất (95 % lần thử)"), 11, "whole"),
        Column(_("Ở 3 hạng đầu (% lần thử)"), 11, "fine_percent"),
        Column(_("Hạng theo điểm chính thức"), 10, "whole"),
        Column(_("Bỏ chỉ số làm hạng đổi nhiều nhất"), 34),
        Column(_("Hạng khi bỏ chỉ số đó"), 10, "whole"),
        *(Column(_("Đứng trên {name} (% lần thử)").format(name=name), 11, "fine_percent") for name in names),
    ]


def _rows(book: Book, report: RoundReport, study: RankStudy) -> Iterator[list[Value]]:
    _ = book.words
    above = ranking.above(report, study, language=book.language)
    fragile = {row["library"]: row for row in ranking.fragile(report, study).to_dict("records")}
    pairs = above.to_numpy().tolist()
    for row, beaten in zip(
        ranking.groups(report, study, language=book.language).to_dict("records"), pairs, strict=True
    ):
        own = fragile[row["library"]]
        indicator = report.framework.indicators[own["indicator"]] if own["indicator"] else None
        yield [
            row["group"],
            row["short"],
            row["median"],
            row["low"],
            row["high"],
            row["top"],
            row["official"],
            f"{indicator.id} · {indicator.label.to(book.language)}"
            if indicator
            else Styled(_("không chỉ số nào"), "missing"),
            own["without"],
            *(None if share != share else share for share in beaten),
        ]


def _said(book: Book, study: RankStudy) -> list[str]:
    _ = book.words
    draws = format_number(study.count, book.language)
    return [
        _(
            "Trong một nhóm, thứ tự đổi theo cách chọn trọng số, cách gộp điểm, số liệu chưa có và sai số trả lời, "
            "nên không đọc thành hạng."
        ),
        _("Mỗi tỷ lệ là số lần thử chia cho {draws}; hạt giống {seed}, cách tính số {procedure}.").format(
            draws=draws, seed=study.seed, procedure=study.procedure
        ),
        _("Đây là độ nhạy với các lựa chọn, không phải khoảng của một mẫu khảo sát."),
    ]
