"""The file around the sheets: its words, its properties and what every page of it says."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from openpyxl import Workbook

from report.workbook.row_xml import CellStyle
from report.workbook.safe_text import clean
from report.workbook.styles import add_styles, cell_styles
from survey.rounds import Round
from survey.text import Language, format_day, format_moment
from survey.translation import Words, words

CREATOR = "Thước Số"


@dataclass(frozen=True)
class Book:
    """A workbook that is being written, with the words that each of its sheets repeats.

    lead: the lines under each sheet's title.
    """

    workbook: Workbook
    language: Language
    round_name: str
    lead: tuple[str, ...]
    moment: str
    generated: str
    sample: bool

    @property
    def words(self) -> Words:
        return words(self.language)

    @property
    def sample_mark(self) -> str:
        return self.words("DỮ LIỆU MINH HỌA") if self.sample else ""

    @property
    def sample_line(self) -> str:
        _ = self.words
        return _("DỮ LIỆU MINH HỌA: số liệu bịa để trình diễn, không phải số liệu của thư viện nào")

    @cached_property
    def styles(self) -> dict[str, CellStyle]:
        return cell_styles(self.workbook)

    @cached_property
    def first_sheet(self) -> str:
        _ = self.words
        return _("Đọc trước")

    @property
    def page_words(self) -> str:
        _ = self.words
        return _("Trang {page}/{pages}")

    @cached_property
    def cut_mark(self) -> str:
        _ = self.words
        return _("… (còn nữa, xem trong công cụ)")


def new_book(
    round_: Round, *, generated_at: datetime, language: Language, sample: bool, sent: str = ""
) -> Book:
    """Begin a file. sent: how many libraries have sent, in words, where that is known already."""
    _ = words(language)
    moment = format_moment(generated_at, language)
    generated = _("Lập bảng lúc {moment}").format(moment=moment)
    lead = [
        " ".join(round_.name.split()),
        _("chốt số liệu {day}").format(day=format_day(round_.reference_date, language)),
        sent,
        _("phiên bản số liệu {version}").format(version=round_.data_version),
        generated,
    ]
    workbook = Workbook(write_only=True)
    add_styles(workbook)
    properties = workbook.properties
    properties.title = clean(
        _("Kết quả tự đánh giá chuyển đổi số thư viện: {round}").format(round=round_.name)
    )
    properties.creator = CREATOR
    properties.lastModifiedBy = CREATOR
    properties.language = "vi-VN" if language == "vi" else "en-GB"
    properties.created = generated_at.astimezone(UTC).replace(tzinfo=None)
    properties.subject = clean(round_.name)
    if sample:
        properties.keywords = _("DỮ LIỆU MINH HỌA")
    return Book(
        workbook=workbook,
        language=language,
        round_name=clean(" ".join(round_.name.split())),
        lead=(" · ".join(part for part in lead if part),),
        moment=moment,
        generated=generated,
        sample=sample,
    )
