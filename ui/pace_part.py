"""How fast one library moves: each indicator's own pace beside the needed one, and the year of arrival."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import streamlit as st

from report import explain_pace, pace_words
from report.round_report import RoundReport
from report.tables import pace
from scoring.pace import Basis, PaceClass
from survey.access import Person
from survey.text import MISSING, format_day, format_fixed
from ui import choices, markup, session, sources

Row = Mapping[Hashable, Any]
TONES = {
    PaceClass.REACHED: ("good", "✓"),
    PaceClass.ON_PACE: ("good", "▲"),
    PaceClass.SLOW: ("warn", "◆"),
    PaceClass.STANDING: ("warn", "■"),
    PaceClass.GOING_BACK: ("bad", "▼"),
    PaceClass.UNKNOWN: ("quiet", "–"),
}


def show(person: Person, report: RoundReport, library: str, basis: str, method: str) -> None:
    """The score's pace, how many indicators go how fast, and the table behind it."""
    _, language = session.current_words(), session.current_language()
    reports = _rounds_until(person, report, method)
    year = report.framework.last_milestone
    st.html(markup.heading(_("Nhịp độ tới năm {year}").format(year=year)))
    scores = pace.of_score(reports, basis=basis, language=language).to_dict("records")
    score = next(row for row in scores if row["library"] == library)
    why = markup.fold(_("Giải thích con số này"), markup.lines(explain_pace.of_score(score, year, language)))
    st.html(markup.notice(_score(score, year) + why + _method(year)))
    rows = pace.by_indicator(reports, library, basis=basis, language=language).to_dict("records")
    st.html(_counts(rows) + _from_parts(rows))
    st.html(markup.fold(_("Xem nhịp độ từng chỉ số"), _table(report, rows, year)))


def _rounds_until(person: Person, report: RoundReport, method: str) -> list[RoundReport]:
    """The round that is shown and the earlier ones that the person may read."""
    last = report.round.reference_date
    known = [entry for entry in choices.readable_rounds(person) if entry.reference_date < last]
    return [*(session.report(entry.id, method) for entry in known), report]


def _score(row: Row, year: int) -> str:
    """The score of the whole in one sentence, as far as it can be stated."""
    _, language = session.current_words(), session.current_language()
    if row["value"] != row["value"]:
        return markup.paragraph(_("Điểm chưa tính được nhịp độ: chưa có đợt nào đủ dữ liệu đã gửi."))
    unit = _("điểm/năm")
    needed, own = (pace_words.signed(round(row[name], 1), unit, language) for name in ("needed", "own"))
    words = _(
        "Điểm gần nhất {value} (ngày {day}); để tới 100 vào cuối năm {year} cần {needed}, nhịp hiện nay {own}."
    )
    day = format_day(row["last_day"], language)
    said = words.format(
        value=format_fixed(row["value"], language), day=day, year=year, needed=needed, own=own
    )
    return f"<p>{_badge(row)} {markup.text(said)} {markup.text(_arrival(row))}</p>"


def _arrival(row: Row) -> str:
    _ = session.current_words()
    if row["arrival_text"] == MISSING:
        return ""
    return _("Theo nhịp này: {year}.").format(year=row["arrival_text"])


def _badge(row: Row) -> str:
    tone, mark = TONES[PaceClass[str(row["class"]).upper()]]
    return markup.badge(str(row["class_words"]), tone, mark=mark)


def _method(year: int) -> str:
    _ = session.current_words()
    lines = [
        _("Nhịp cần = (chỉ tiêu năm {year} − giá trị gần nhất) ÷ số năm còn lại đến 31/12/{year}.").format(year=year),
        _("Nhịp hiện nay = trung vị của mọi độ dốc giữa hai đợt (Theil–Sen); với hai đợt là chênh lệch ÷ số năm."),
        _("Tỷ số r = nhịp hiện nay ÷ nhịp cần: từ 1 là đúng tiến độ, từ 0,5 là chậm, từ 0 là dậm chân, dưới 0 là lùi."),
        _("Từ ba đợt trở lên mới có năm tới đích và khoảng của nó; đó là phép kéo dài, không phải lời hứa."),
    ]  # fmt: skip
    return markup.fold(_("Giải thích nhịp độ"), markup.lines(lines))


def _counts(rows: Sequence[Row]) -> str:
    """How many indicators are in each class, worst last."""
    _ = session.current_words()
    found = Counter(row["class"] for row in rows if row["applies"])
    names = {
        PaceClass.REACHED: _("Đã đạt"),
        PaceClass.ON_PACE: _("Đúng tiến độ"),
        PaceClass.SLOW: _("Chậm"),
        PaceClass.STANDING: _("Dậm chân"),
        PaceClass.GOING_BACK: _("Lùi"),
        PaceClass.UNKNOWN: _("Chưa xếp được"),
    }
    badges = [
        markup.badge(f"{name}: {found[kind.name.lower()]}", TONES[kind][0], mark=TONES[kind][1])
        for kind, name in names.items()
        if found[kind.name.lower()]
    ]
    return f"<p>{' '.join(badges)}</p>"


def _from_parts(rows: Sequence[Row]) -> str:
    """That a merged library's earlier values are the sums of its parts."""
    _ = session.current_words()
    found = sum(row["rebuilt"] > 0 for row in rows)
    if not found:
        return ""
    words = _(
        "{n} chỉ số dùng số liệu dựng lại cho các đợt trước sắp xếp: tổng các thư viện cũ, khi mọi thư viện cũ đều "
        "có số liệu. Điểm, mức, danh mục và câu có/không không dựng lại."
    )
    return markup.paragraph(words.format(n=found), "page-remark")


def _table(report: RoundReport, rows: Sequence[Row], year: int) -> str:
    _ = session.current_words()
    head = [
        _("Chỉ số"),
        _("Gần nhất"),
        _("Chỉ tiêu {year}").format(year=year),
        _("Nhịp cần"),
        _("Nhịp hiện nay"),
        _("Nhanh nhất Liên hiệp"),
        _("Nhận định"),
        _("Năm tới đích"),
    ]
    return markup.table(head, _cells(report, rows, year))


def _cells(report: RoundReport, rows: Sequence[Row], year: int) -> Sequence[tuple[str, ...]]:
    return [
        (
            f"{sources.code(row['indicator'])} · {markup.text(row['label'])}" + _why(report, row, year),
            *(
                markup.text(row[f"{name}_text"] if row["applies"] else MISSING)
                for name in ("value", "target", "needed", "own", "best")
            ),
            _badge(row),
            markup.text(row["arrival_text"] if row["basis"] == Basis.THREE else MISSING),
        )
        for row in rows
    ]


def _why(report: RoundReport, row: Row, year: int) -> str:
    _, language = session.current_words(), session.current_language()
    if not row["applies"]:
        return ""
    asked = report.framework.indicators[row["indicator"]]
    told = explain_pace.of_indicator(row, asked, year, language)
    return markup.fold(_("Giải thích con số này"), markup.lines(told))
