"""The order of libraries as far as it can be told: groups first, and what they rest on."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import streamlit as st

from report import explain_ranks
from report.rank_study import RankStudy
from report.round_report import RoundReport
from report.tables import ranking
from scoring.draws import COUNT
from survey.text import HANOI, MISSING, format_number, format_percent
from ui import markup, session
from ui.application import ShownStudy, application

FEWEST = 2  # libraries that can be compared at all
SHORT_DIGEST = 12


def show(report: RoundReport, basis: str) -> None:
    """Groups that cannot be told apart, among the libraries that have sent."""
    _, language = session.current_words(), session.current_language()
    shown = application().rank_study(report.round.id, basis)
    rows = ranking.groups(report, shown.study, language=language).to_dict("records")
    if len(rows) < FEWEST:
        return
    st.html(markup.heading(_("Những nhóm phân biệt được")))
    st.html(_headline(len(rows), len({row["group"] for row in rows}), len(report.responses)))
    head = [_("Thư viện"), _("Nhóm"), _("Khoảng hạng (5–95 %)"), _("Khả năng ở 3 hạng đầu")]
    cells = [
        (
            markup.text(row["short"]) + _why(report, shown.study, row["library"]),
            markup.badge(_("Nhóm {n}").format(n=row["group"]), "quiet"),
            markup.place_strip(row["low"], row["high"], row["median"], len(rows), row["interval"]),
            markup.text(format_percent(row["top"], language)),
        )
        for row in rows
    ]
    st.html(markup.table(head, cells, numeric=(3,)))
    st.html(
        markup.fold(_("Khả năng thư viện ở dòng đứng trên thư viện ở cột"), _above(report, shown.study))
        + markup.fold(_("Thứ tự phụ thuộc vào đâu"), _sources(shown.study))
        + markup.fold(_("Hạng của mỗi thư viện dựa vào chỉ số nào nhất"), _fragile(report, shown.study))
        + markup.fold(_("Hạng theo điểm chính thức (chỉ để tra cứu)"), _bare(rows))
        + markup.fold(_("Con số này được lưu thế nào"), _kept(shown))
    )


def _why(report: RoundReport, study: RankStudy, library: str) -> str:
    _, language = session.current_words(), session.current_language()
    told = explain_ranks.place(report, study, library, language)
    return markup.fold(_("Giải thích con số này"), markup.lines(told))


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


def _above(report: RoundReport, study: RankStudy) -> str:
    _, language = session.current_words(), session.current_language()
    table = ranking.above(report, study, language=language)
    names = list(table.columns)
    rows = [
        (
            markup.text(name),
            *(markup.text(MISSING if share != share else format_percent(share, language)) for share in row),
        )
        for name, row in zip(names, table.to_numpy().tolist(), strict=True)
    ]
    return markup.table([_("Thư viện"), *names], rows, numeric=range(1, len(names) + 1), style="wide")


def _sources(study: RankStudy) -> str:
    _, language = session.current_words(), session.current_language()
    rows = [
        (
            markup.text(row["label"]),
            markup.text(format_number(row["shift"], language, decimals=2)),
            markup.text(format_percent(row["share"], language)),
        )
        for row in ranking.sources(study, language=language).to_dict("records")
    ]
    return markup.table([_("Nguồn"), _("Số hạng bị đổi, trung bình"), _("Phần")], rows, numeric=(1, 2))


def _fragile(report: RoundReport, study: RankStudy) -> str:
    """Each library's official rank, and the one indicator without which it would change most."""
    _, language = session.current_words(), session.current_language()
    rows = [
        (
            markup.text(row["short"]),
            markup.text(str(row["official"])),
            markup.text(
                f"{row['indicator']} · {row['label']}" if row["indicator"] else _("không chỉ số nào")
            ),
            markup.text(str(row["without"])),
        )
        for row in ranking.fragile(report, study, language=language).to_dict("records")
    ]
    head = [_("Thư viện"), _("Hạng theo điểm"), _("Bỏ chỉ số"), _("Hạng khi bỏ chỉ số đó")]
    said = _("Bỏ lần lượt từng chỉ số rồi xếp lại; mỗi dòng là chỉ số làm hạng của thư viện đổi nhiều nhất.")
    return markup.paragraph(said) + markup.table(head, rows, numeric=(1, 3))


def _bare(rows: Sequence[Mapping[Hashable, Any]]) -> str:
    """Bare ranks for those who ask, each with the interval that it stands in."""
    _ = session.current_words()
    cells = [
        (markup.text(str(row["official"])), markup.text(row["short"]), markup.text(row["interval"]))
        for row in sorted(rows, key=lambda row: int(row["official"]))
    ]
    said = _(
        "Hạng này chỉ đúng với một cách chọn trọng số và cách gộp điểm. Khi nêu hạng, hãy nêu cả khoảng hạng. Nhóm được "
        "tách theo thư viện đứng đầu nhóm; hai thư viện ở hai nhóm kề nhau vẫn có thể có khoảng hạng giao nhau."
    )
    head = [_("Hạng theo điểm"), _("Thư viện"), _("Khoảng hạng (5–95 %)")]
    return markup.paragraph(said) + markup.table(head, cells, numeric=(0,))


def _kept(shown: ShownStudy) -> str:
    _, language = session.current_words(), session.current_language()
    made = _("{draws} lần thử với hạt giống {seed}, cách tính số {procedure}.").format(
        draws=format_number(shown.study.count, language),
        seed=shown.study.seed,
        procedure=shown.study.procedure,
    )
    if shown.kept_at is None:
        return markup.paragraph(
            made
            + " "
            + _("Đợt chưa đóng nên kết quả được tính lại khi số liệu đổi; khi đóng đợt, kết quả được lưu.")
        )
    kept = _("Kết quả được lưu cùng đợt ngày {day}, mã kiểm tra {digest}; từ đó không tính lại.").format(
        day=session.day(shown.kept_at.astimezone(HANOI).date()), digest=shown.digest[:SHORT_DIGEST]
    )
    return markup.paragraph(f"{made} {kept}")
