"""The order of libraries as far as it can be told: groups first, and what they rest on."""

import streamlit as st

from report.round_report import RoundReport
from report.tables import ranking
from scoring.draws import COUNT
from survey.text import MISSING, format_number, format_percent
from ui import markup, session

FEWEST = 2  # libraries that can be compared at all


def show(report: RoundReport, basis: str) -> None:
    """Groups that cannot be told apart, among the libraries that have sent."""
    _, language = session.current_words(), session.current_language()
    sent = [name for name, response in report.responses.items() if not response.editable]
    if len(sent) < FEWEST:
        return
    shown = report.only(sent)
    rows = ranking.groups(shown, basis=basis, language=language).to_dict("records")
    if len(rows) < FEWEST:
        return
    st.html(markup.heading(_("Những nhóm phân biệt được")))
    st.html(_headline(len(rows), len({row["group"] for row in rows}), len(report.responses)))
    head = [_("Thư viện"), _("Nhóm"), _("Khoảng hạng (5–95 %)"), _("Khả năng ở 3 hạng đầu")]
    cells = [
        (
            markup.text(row["short"]),
            markup.badge(_("Nhóm {n}").format(n=row["group"]), "quiet"),
            markup.text(row["interval"]),
            markup.text(format_percent(row["top"], language)),
        )
        for row in rows
    ]
    st.html(markup.table(head, cells, numeric=(3,)))
    st.html(
        markup.fold(_("Khả năng thư viện ở dòng đứng trên thư viện ở cột"), _above(shown, basis))
        + markup.fold(_("Thứ tự phụ thuộc vào đâu"), _sources(shown, basis))
    )


def _headline(ranked: int, groups: int, everybody: int) -> str:
    _, language = session.current_words(), session.current_language()
    said = _("{ranked} trên {everybody} thư viện so được; chia thành {groups} nhóm.").format(
        ranked=ranked, everybody=everybody, groups=groups
    )
    how = _(
        "Trong một nhóm, thứ tự đổi theo cách chọn trọng số, cách gộp điểm, số liệu chưa có và sai số trả lời "
        "({draws} lần thử), nên không nên đọc thành hạng. Đây là độ nhạy với các lựa chọn, không phải khoảng của "
        "một mẫu khảo sát."
    ).format(draws=format_number(COUNT, language))
    return markup.notice(f"<p><strong>{markup.text(said)}</strong> {markup.text(how)}</p>")


def _above(report: RoundReport, basis: str) -> str:
    _, language = session.current_words(), session.current_language()
    table = ranking.above(report, basis=basis, language=language)
    names = list(table.columns)
    rows = [
        (
            markup.text(name),
            *(markup.text(MISSING if share != share else format_percent(share, language)) for share in row),
        )
        for name, row in zip(names, table.to_numpy().tolist(), strict=True)
    ]
    return markup.table([_("Thư viện"), *names], rows, numeric=range(1, len(names) + 1), style="wide")


def _sources(report: RoundReport, basis: str) -> str:
    _, language = session.current_words(), session.current_language()
    rows = [
        (
            markup.text(row["label"]),
            markup.text(format_number(row["shift"], language, decimals=2)),
            markup.text(format_percent(row["share"], language)),
        )
        for row in ranking.sources(report, basis=basis, language=language).to_dict("records")
    ]
    return markup.table([_("Nguồn"), _("Số hạng bị đổi, trung bình"), _("Phần")], rows, numeric=(1, 2))
