"""The first sheet, "Đọc trước": what this file is, who has not sent, and how to read the numbers."""

from collections.abc import Sequence

from report import labels
from report.round_report import RoundReport
from report.tables import scores
from report.workbook.book import Book
from report.workbook.safe_text import sheet_name
from report.workbook.sheet import Column, Sheet, Styled, Value
from report.workbook.streamed import location
from survey.text import Language, format_day, format_fixed
from survey.translation import words

KINDS = ("national", "province", "federation")


def write_read_first(
    book: Book, report: RoundReport, listed: Sequence[tuple[str, str]], *, sent: str, waiting: str
) -> None:
    """Write the sheet.

    listed: title and purpose of every other sheet. sent: how many libraries have sent. waiting:
    the libraries that have not, each with its state.
    """
    _ = book.words
    sheet = Sheet(
        book,
        book.first_sheet,
        [Column(_("Mục"), 34, "strong"), Column(_("Nội dung"), 116)],
    )
    for row in [*_facts(book, report, sent, waiting), *_reading(book, report)]:
        sheet.add(row)
    sheet.add([Styled(_("Căn cứ của chỉ tiêu"), "group"), Styled("", "group")])
    meanings = {
        "national": _("Do văn bản của Nhà nước đặt ra."),
        "province": _("Do kế hoạch của tỉnh đặt ra."),
        "federation": _(
            "Không phải quy định của Nhà nước. Các con số của năm {year} do Liên hiệp đề xuất, trừ chỉ tiêu "
            "mà văn bản của Nhà nước đã yêu cầu đạt đủ từ trước."
        ).format(year=report.framework.last_milestone),
    }
    for kind in KINDS:
        sheet.add([Styled(labels.source_kind(kind, book.language), kind), meanings[kind]])
    sheet.add([Styled(_("Các trang tính"), "group"), Styled("", "group")])
    for title, purpose in listed:
        sheet.add([Styled(title, "link", location(title)), purpose])
    sheet.fit_one_page()
    sheet.close()


def not_sent(report: RoundReport, language: Language) -> list[str]:
    """The libraries that have not sent, each with its state: "Hà Giang (chưa bắt đầu)"."""
    table = scores.totals(report, language=language)
    waiting = table[~table["sent"]]
    return [f"{row.short} ({str(row.state).lower()})" for row in waiting.itertuples()]


def sent_words(language: Language, sent: int, all_: int) -> str:
    _ = words(language)
    return _("n = {sent}/{all} đã gửi").format(sent=sent, all=all_)


def _facts(book: Book, report: RoundReport, sent: str, waiting: str) -> list[list[Value]]:
    _, round_ = book.words, report.round
    framework = report.framework
    return [
        [Styled(_("Đợt đánh giá"), "group"), Styled(round_.name, "group")],
        [_("Thời điểm chốt số liệu"), format_day(round_.reference_date, book.language)],
        [_("Tình trạng của đợt"), labels.round_state(round_.state, book.language)],
        [_("Thời điểm lập bảng"), book.moment],
        [_("Lần cập nhật số liệu (phiên bản)"), Styled(round_.data_version, "left_whole")],
        [
            _("Bộ chỉ số"),
            f"{framework.label.to(book.language)} ({framework.id}, {_('phiên bản')} {framework.version})",
        ],
        [_("Thư viện đã gửi phiếu"), sent],
        [_("Thư viện chưa gửi"), waiting or _("Không còn thư viện nào")],
    ]


def _reading(book: Book, report: RoundReport) -> list[list[Value]]:
    _, framework = book.words, report.framework
    first, last = framework.first_milestone, framework.last_milestone
    limits = {
        "dimension": format_fixed(100 * framework.thresholds.dimension_coverage, book.language, decimals=0),
        "total": format_fixed(100 * framework.thresholds.total_coverage, book.language, decimals=0),
    }
    return [
        [Styled(_("Cách đọc các con số"), "group"), Styled("", "group")],
        [_("Tính chất"), framework.note.to(book.language)],
        [
            _("Điểm (thang 100)"),
            _("100 là đạt mọi chỉ tiêu năm {last} áp dụng cho thư viện. Điểm là phần đã chắc chắn.").format(
                last=last
            ),
        ],
        [
            _("Chưa đủ dữ liệu"),
            _(
                "Điểm của trụ cột chỉ nêu khi đã trả lời từ {dimension} % điểm tối đa áp dụng, điểm chung từ "
                "{total} %. Dưới mức đó ô điểm để trống, bên cạnh ghi «Chưa đủ dữ liệu»."
            ).format(**limits),
        ],
        [
            _("Cận dưới, cận trên"),
            _(
                "Cận dưới: câu chưa có câu trả lời tính 0 điểm. Cận trên: các câu đó tính đủ điểm tối đa. Điểm "
                "thật nằm giữa hai cận."
            ),
        ],
        [
            _("Mức chỉ tiêu {year}").format(year=first),
            _("Số điểm mà thư viện có nếu đạt đúng mọi chỉ tiêu năm {year}, trên cùng thang điểm.").format(
                year=first
            ),
        ],
        [
            _("Ô trống"),
            _(
                "Không có con số; không bao giờ có nghĩa là 0. Bốn trạng thái của một câu: đã trả lời (kể cả "
                "trả lời là 0), không có số liệu, không áp dụng, chưa trả lời."
            ),
        ],
        [
            _("Điểm tự chấm, điểm thẩm định"),
            _(
                "Điểm tự chấm tính từ mọi câu trả lời của thư viện; điểm thẩm định chỉ tính những câu đã được "
                "xác nhận. Khi không ghi gì thêm, điểm là điểm tự chấm."
            ),
        ],
        [
            _("Làm tròn"),
            _("Ô giữ con số đầy đủ, chỉ làm tròn khi hiển thị; đổi số chữ số thập phân để xem thêm."),
        ],
        [
            _("Chỉ tiêu lấy từ đâu"),
            _(
                "Bấm vào mã chỉ số, tên trụ cột hoặc tên chỉ tiêu để đến dòng ghi chỉ tiêu, ai đặt, văn bản, điều khoản "
                "và ngày đối chiếu; «Về đầu» đưa lại trang này."
            ),
        ],
    ]


def contents(book: Book, titles: Sequence[str]) -> list[tuple[str, str]]:
    """Title and purpose of every other sheet; the one that is not listed here holds the targets."""
    _ = book.words
    purposes = {
        _("Tổng hợp"): _("Điểm, mức độ, hai cận và điểm theo trụ cột của từng thư viện; biểu đồ."),
        _("Theo trụ cột"): _("Điểm và mức của từng thư viện trong từng trụ cột; biểu đồ."),
        _("Nhóm phân biệt được"): _("Khoảng hạng của từng thư viện và những thư viện chưa phân biệt được."),
        _("Qua các đợt"): _("Điểm của từng thư viện qua các đợt đánh giá; biểu đồ xu hướng."),
        _("Nguyên nhân thay đổi"): _("Thay đổi thực, tách khỏi đổi phương pháp, độ phủ và thẩm định."),
        _("Trước và sau sắp xếp"): _(
            "Tỷ lệ gộp của cùng địa bàn trước và sau khi sắp xếp đơn vị hành chính."
        ),
        _("Điểm theo chỉ số"): _("Giá trị, chỉ tiêu và điểm của từng chỉ số thành phần."),
        _("Số liệu gốc"): _("Mọi câu trả lời như đã ghi: tử số, mẫu số, trạng thái, lý do, tài liệu."),
        _("Danh mục chỉ số"): _("Định nghĩa, cách tính điểm, chỉ tiêu và căn cứ của từng chỉ số."),
        _("Phương pháp và căn cứ"): _("Cách tính điểm, xếp mức; văn bản được viện dẫn."),
        _("Giải thích"): _("Từng con số được tính thế nào, đúng lời trên màn hình."),
    }
    targets = _("Từng thư viện so với chỉ tiêu của Chương trình; con số của cả Liên hiệp.")
    known = {sheet_name(title): purpose for title, purpose in purposes.items()}
    return [(title, known.get(sheet_name(title), targets)) for title in titles]
