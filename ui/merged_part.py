"""A merged library before and after: its parts side by side, their sum where there is one, and now."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import streamlit as st

from report import verified_words
from report.rebuilt import parts_of
from report.round_report import VERIFIED, RoundReport
from report.tables import merged
from survey.access import Person
from ui import choices, markup, session

Row = Mapping[Hashable, Any]


def show(person: Person, report: RoundReport, library: str, basis: str) -> None:
    """Nothing for a library that no merger made."""
    _, language = session.current_words(), session.current_language()
    before = _last_before(person, report, library)
    if before is None:
        return
    rows = merged.before_and_after(report, before, library, basis=basis, language=language).to_dict("records")
    st.html(markup.heading(_("Trước và sau sắp xếp")))
    st.html(_said(report, before, library, basis) + _falls(rows))
    added, apart = ([row for row in rows if row["summed"] is wanted] for wanted in (True, False))
    st.html(
        markup.fold(_("Số liệu cộng được: các thư viện cũ, tổng dựng lại và hiện nay"), _added(added))
        + markup.fold(_("Không cộng được: các thư viện cũ cạnh nhau"), _apart(apart))
    )


def _last_before(person: Person, report: RoundReport, library: str) -> RoundReport | None:
    """The newest earlier round with the library's parts that the person may read."""
    last = report.round.reference_date
    known = [one for one in choices.readable_rounds(person) if one.reference_date < last]
    for round_ in sorted(known, key=lambda one: one.reference_date, reverse=True):
        earlier = session.report(round_.id)
        if parts_of(earlier, library):
            return earlier
    return None


def _said(report: RoundReport, before: RoundReport, library: str, basis: str) -> str:
    _, language = session.current_words(), session.current_language()
    parts = " + ".join(part.short.to(language) for part in parts_of(before, library))
    words = _(
        "Số liệu trước sắp xếp lấy từ «{round}» của {parts}. Tỷ lệ dựng lại = tổng tử số ÷ tổng mẫu số, không lấy trung "
        "bình các tỷ lệ. Mức, danh mục, câu có/không và con số không phải số đếm để cạnh nhau, không gộp thành điểm."
    )
    said = markup.paragraph(words.format(round=before.round.name, parts=parts))
    if basis == VERIFIED:
        parted = before.only([part.id for part in parts_of(before, library)])
        names = ", ".join(part.short.to(language) for part in parted.members)
        told = [verified_words.how_added(language), *verified_words.never_reviewed(parted, language, names)]
        said += "".join(map(markup.paragraph, told))
    outside = ", ".join(part.to(language) for part in report.member(library).outside_parts)
    if outside:
        words = _(
            "Mọi con số dựng lại dưới đây chưa gồm {names}, vì ngoài Liên hiệp trước ngày sắp xếp; nên không tính thay đổi."
        )
        said += f"<p><strong>{markup.text(words.format(names=outside))}</strong></p>"
    return markup.notice(said)


def _falls(rows: Sequence[Row]) -> str:
    """The stock figures below the sum, in words and with their sign."""
    _ = session.current_words()
    fallen = [row for row in rows if row["fallen"]]
    if not fallen:
        return ""
    said = [
        _("▼ {question} giảm so với tổng đã biết của các thư viện cũ. {fallen}").format(
            question=row["question"], fallen=row["fallen"]
        )
        for row in fallen
    ]
    why = _(
        "Số tích lũy thường không giảm khi hợp nhất; có thể do trùng lặp, thanh lọc hoặc cách đếm khác. Lý do, nếu đã "
        "nêu, ở bảng số liệu cộng được."
    )
    return markup.notice("".join(map(markup.paragraph, [*said, why])), "warn")


def _added(rows: Sequence[Row]) -> str:
    _ = session.current_words()
    head = [_("Chỉ số"), _("Các thư viện cũ"), _("Tổng dựng lại"), _("Hiện nay"), _("Thay đổi")]
    cells = [
        (
            _name(row),
            _parts(row),
            _figures(_sum(row)),
            "<br>".join((_figures(row["now_text"]), *map(markup.text, row["reasons"]))),
            markup.text(row["change_text"]) + (_fall_mark() if row["fallen"] else ""),
        )
        for row in rows
    ]
    return markup.table(head, cells)


def _apart(rows: Sequence[Row]) -> str:
    _ = session.current_words()
    head = [_("Chỉ số"), _("Các thư viện cũ"), _("Hiện nay")]
    return markup.table(head, [(_name(row), _parts(row), _figures(row["now_text"])) for row in rows])


def _name(row: Row) -> str:
    return f"<strong>{markup.text(row['question'])}</strong> {markup.text(row['label'])}"


def _parts(row: Row) -> str:
    lines = "<br>".join(markup.text(f"{short}: {said}") for short, said in row["parts"])
    return f"<span class='side-by-side'>{lines}</span>"


def _figures(said: str) -> str:
    """A ratio that may go on in the next line behind its stroke, where a telephone has no room for all of it."""
    return markup.text(said).replace("/", "/<wbr>")


def _sum(row: Row) -> str:
    """The rebuilt figure, or why there is none."""
    _ = session.current_words()
    if row["missing"]:
        return _("chưa biết: thiếu {names}").format(names=row["missing"])
    return str(row["before_text"])


def _fall_mark() -> str:
    return " " + markup.badge(session.current_words()("giảm"), "bad", mark="▼")
