"""The parts of the chair's look at the indicators: alike, against the rest, crowded ends, influence."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import streamlit as st

from report.round_report import RoundReport
from report.tables import self_check
from scoring.self_check import ERROR, FEWEST
from survey.text import format_fixed, format_number, format_percent
from ui import markup, session, sources

Row = Mapping[Hashable, Any]


def show_state(report: RoundReport) -> bool:
    """From how many libraries all this comes; False where they are too few for anything."""
    _ = session.current_words()
    n = len(report.sent_libraries)
    words = [
        _(
            "Trang này không chấm thư viện nào. Nó xem câu trả lời của n = {n} thư viện đã gửi nói gì về chính các chỉ số, "
            "để Liên hiệp sửa bộ chỉ số cho kỳ sau. Chỉ Chủ tịch Liên hiệp xem được."
        ).format(n=n)
    ]
    if not report.round.is_final:
        words.append(_("Đợt còn đang mở: các con số dưới đây còn thay đổi."))
    st.html("".join(map(markup.paragraph, words)))
    if n < FEWEST:
        said = _("Cần ít nhất {fewest} thư viện đã gửi; nay mới có {n}, nên chưa tính được.")
        st.html(markup.notice(markup.paragraph(said.format(fewest=FEWEST, n=n))))
    return n >= FEWEST


def show_alike(report: RoundReport) -> None:
    """Pairs of indicators that rise and fall together, those that may be one thing above all."""
    _, language = session.current_words(), session.current_language()
    rows = self_check.correlations(report, language=language).to_dict("records")
    known = [row for row in rows if row["r"] == row["r"]]
    doubled = [row for row in rows if row["doubled"]]
    st.html(
        markup.heading(_("Chỉ số trùng nhau"))
        + markup.paragraph(
            _(
                "Nghĩa là gì: hai chỉ số gần như luôn cùng cao cùng thấp (|r| từ 0,9) có thể đang đo cùng một điều. "
                "Nên làm gì: đọc lại định nghĩa; nếu trùng thì gộp lại hoặc giảm điểm một bên."
            )
        )
        + (_related(doubled) if doubled else _none(_("Không có cặp chỉ số nào trùng nhau.")))
        + markup.paragraph(_chance(known), "page-remark")
        + markup.fold(_("Mọi cặp chỉ số trong từng trụ cột, mạnh nhất trước"), _related(rows))
    )


def _chance(known: Sequence[Row]) -> str:
    """How many pairs pass, and how many would where nothing is related."""
    _, language = session.current_words(), session.current_language()
    return _(
        "Tính được {known} cặp; {passed} cặp vượt ngưỡng. Dù không có liên hệ nào thật, vẫn có khoảng {chance} cặp (5 %) "
        "vượt ngưỡng do ngẫu nhiên; thư viện mạnh thường mạnh ở nhiều mặt nên đa số cặp cùng chiều. Một cặp vượt ngưỡng "
        "chưa phải là bằng chứng."
    ).format(
        known=len(known),
        passed=sum(bool(row["passes"]) for row in known),
        chance=format_number(ERROR * len(known), language, decimals=0),
    )


def _related(rows: Sequence[Row]) -> str:
    _ = session.current_words()
    cells = [
        (
            _named(row["first"], row["first_label"]),
            _named(row["second"], row["second_label"]),
            markup.text(_measured(row)),
        )
        for row in rows
    ]
    return markup.table([_("Chỉ số"), _("Với"), _("Tương quan")], cells)


def _measured(row: Row) -> str:
    """r with the value beside it that it must pass at this n."""
    _, language = session.current_words(), session.current_language()
    if row["r"] != row["r"]:
        return _("không tính được (n = {n})").format(n=row["n"])
    return _("r = {r}; ngưỡng với n = {n}: {critical}").format(
        r=_signed(row["r"]), n=row["n"], critical=format_fixed(row["critical"], language, decimals=3)
    )


def _signed(r: float) -> str:
    shown = format_fixed(abs(r), session.current_language(), decimals=2)
    return f"−{shown}" if r < 0 and any(digit in "123456789" for digit in shown) else shown


def show_against(report: RoundReport) -> None:
    """Indicators that go down where the rest of their dimension goes up."""
    _, language = session.current_words(), session.current_language()
    rows = self_check.against_the_rest(report, language=language).to_dict("records")
    st.html(
        markup.heading(_("Chỉ số đi ngược trụ cột của mình"))
        + markup.paragraph(
            _(
                "Nghĩa là gì: thư viện cao ở phần còn lại của trụ cột lại thấp ở chỉ số này (r dưới 0). Nên làm gì: xem "
                "câu hỏi có bị hiểu sai hay thuộc trụ cột khác không; r chưa vượt ngưỡng thì chỉ theo dõi thêm."
            )
        )
        + (_related(rows) if rows else _none(_("Không có chỉ số nào đi ngược trụ cột của mình.")))
    )


def show_ends(report: RoundReport) -> None:
    """Indicators at one end of which nearly all libraries stand."""
    _, language = session.current_words(), session.current_language()
    rows = self_check.crowded_ends(report, language=language).to_dict("records")
    tops, bottoms = ([row for row in rows if row[end]] for end in ("at_top", "at_bottom"))
    st.html(
        markup.heading(_("Chỉ số không còn phân biệt"))
        + markup.paragraph(
            _(
                "Nghĩa là gì: từ 80 % thư viện đã trả lời cùng đạt điểm tối đa (đụng trần) hoặc cùng 0 điểm (chạm sàn), nên "
                "chỉ số không còn cho thấy ai hơn ai. Nên làm gì: đụng trần thì nâng chỉ tiêu hoặc giảm điểm; "
                "chạm sàn thì thêm bước trung gian, hoặc hỗ trợ chung cho cả Liên hiệp."
            )
        )
        + _end(_("Đụng trần"), tops, "top")
        + _end(_("Chạm sàn"), bottoms, "bottom")
    )


def _end(title: str, rows: Sequence[Row], end: str) -> str:
    _, language = session.current_words(), session.current_language()
    if not rows:
        return _none(f"{title}: " + _("không có chỉ số nào."))
    cells = [
        (
            _named(row["indicator"], row["label"]),
            markup.text(f"{row[end]}/{row['n']} ({format_percent(row[end] / row['n'], language)})"),
        )
        for row in rows
    ]
    return markup.table([title, _("Số thư viện / đã trả lời")], cells, numeric=(1,))


def show_influences(report: RoundReport) -> None:
    """What part of the differences between totals each dimension and indicator makes."""
    _, language = session.current_words(), session.current_language()
    dimensions, indicators = self_check.influences(report, language=language)
    st.html(
        markup.heading(_("Ảnh hưởng thật so với điểm đã định"))
        + markup.paragraph(
            _(
                "Nghĩa là gì: trong chênh lệch tổng điểm giữa các thư viện, bao nhiêu phần do trụ cột hay chỉ số này "
                "(cộng lại đúng 100 %; câu bỏ ngỏ tính 0 điểm). Nên làm gì: tỷ số xa 1 nghĩa là nó quyết định thứ tự "
                "nhiều hơn hoặc ít hơn số điểm đã định; xem lại điểm hoặc thang tính."
            )
        )
        + _pulls(dimensions.to_dict("records"), _("Trụ cột"))
        + markup.fold(
            _("Từng chỉ số, mạnh hơn điểm đã định nhất trước"),
            _pulls(indicators.to_dict("records"), _("Chỉ số")),
        )
    )


def _pulls(rows: Sequence[Row], name: str) -> str:
    _, language = session.current_words(), session.current_language()
    head = [name, _("Ảnh hưởng thật"), _("Phần điểm đã định"), _("Tỷ số")]
    cells = [
        (
            _named(row["name"], row["label"]),
            markup.text(_or_unknown(row["share"], format_percent(row["share"], language, decimals=1))),
            markup.text(format_percent(row["stated"], language, decimals=1)),
            markup.text(_or_unknown(row["ratio"], format_fixed(row["ratio"], language, decimals=2))),
        )
        for row in rows
    ]
    return markup.table(head, cells, numeric=(1, 2, 3))


def _or_unknown(value: float, words: str) -> str:
    return words if value == value else session.current_words()("không tính được")


def _named(name: str, label: str) -> str:
    return f"<strong>{sources.code(name)}</strong> {markup.text(label)}"


def _none(words: str) -> str:
    return f"<p>{markup.badge(words, 'good', mark='✓')}</p>"
