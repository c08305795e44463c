"""What moved a score since the last round: real change apart from method, coverage and verification."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import streamlit as st

from report.bridge_words import part_words
from report.round_report import RoundReport
from report.tables import bridge
from report.tables.bridge import SHOWN
from scoring.bridge import PARTS
from survey.text import format_fixed
from ui import markup, session

Row = Mapping[Hashable, Any]
NOTHING = 0.005  # points of 100 that are not shown as a change
ROOM = 1.0  # points of 100 left free at both ends of the drawing


def show(report: RoundReport, library: str, basis: str) -> None:
    """One library's way from the last round's assured score to this one's."""
    _, language = session.current_words(), session.current_language()
    before = session.response_before(report.round, library)
    if before is None:
        return
    earlier = session.report(before.response.round_id)
    rows = bridge.of_libraries(report.only([library]), earlier, basis=basis, language=language)
    st.html(markup.heading(_("Thay đổi so với kỳ trước")))
    if rows.empty:
        st.html(markup.paragraph(_("Một trong hai kỳ chưa có điểm nào để so sánh.")))
        return
    [row] = rows.to_dict("records")
    head = [_("Bước"), _("Điểm đã chắc chắn (thang 100)")]
    st.html(
        markup.paragraph(_how(before.round_name))
        + markup.table(head, _steps(row, before.round_name, report.round.name))
        + markup.fold(_("Xem từng chỉ số thay đổi"), _by_indicator(report, earlier, library, basis))
    )


def show_all(report: RoundReport, earlier: RoundReport, basis: str) -> None:
    """The same for all libraries that sent in both rounds."""
    _, language = session.current_words(), session.current_language()
    frame = bridge.of_libraries(report, earlier, basis=basis, language=language)
    rows = frame[frame["sent"]].to_dict("records")
    if not rows:
        return
    st.html(markup.heading(_("Thay đổi so với kỳ trước, tách theo nguyên nhân")))
    cells = [
        (
            markup.text(row["short"]),
            markup.text(format_fixed(row["before"], language)),
            *(markup.text(signed(row[part])) for part in SHOWN),
            markup.text(format_fixed(row["after"], language)),
        )
        for row in rows
    ]
    names = [words for words, _why in part_words(language).values()]
    head = [_("Thư viện"), _("Kỳ trước"), *names, _("Kỳ này")]
    st.html(
        markup.paragraph(_how(earlier.round.name))
        + markup.table(head, cells, numeric=range(1, len(head)))
        + markup.fold(_("Mỗi cột là gì"), markup.facts(part_words(language).values()))
    )


def _how(round_name: str) -> str:
    _ = session.current_words()
    return _(
        "So với «{round}». Cộng các bước lại đúng bằng chênh lệch giữa hai điểm; chỉ «Thay đổi thực» nói lên "
        "thư viện đã làm được gì."
    ).format(round=round_name)


def _steps(row: Row, before: str, now: str) -> list[tuple[str, str]]:
    """The two scores and the four steps between them, each drawn where it lies."""
    ways = _ways(row)
    ends = [end for way in ways.values() for end in way] + [row["before"], row["after"]]
    bounds = (max(0.0, min(ends) - ROOM), min(100.0, max(ends) + ROOM))
    cells = [(markup.text(before), _whole(row["before"], bounds))]
    for part, shown in zip(PARTS, SHOWN, strict=True):
        name, why = part_words(session.current_language())[part]
        style = "up" if row[shown] > 0 else "down" if row[shown] < 0 else ""
        start, end = ways[part] if row[shown] else (ways[part][0], ways[part][0])
        strip = markup.step_strip(start, end, bounds, signed(row[shown]), style=style)
        cells.append((f"{markup.text(name)}<span class='source'>{markup.text(why)}</span>", strip))
    return [*cells, (markup.text(now), _whole(row["after"], bounds))]


def _ways(row: Row) -> dict[str, tuple[float, float]]:
    """Where each part starts and ends, one after the other."""
    at, ways = float(row["before"]), {}
    for part in PARTS:
        ways[part] = (at, at + float(row[part]))
        at += float(row[part])
    return ways


def _whole(score: float, bounds: tuple[float, float]) -> str:
    words = format_fixed(score, session.current_language())
    return markup.step_strip(score, score, bounds, words, style="end")


def _by_indicator(report: RoundReport, earlier: RoundReport, library: str, basis: str) -> str:
    """The indicators that moved, largest first, with the part that moved each."""
    _, language = session.current_words(), session.current_language()
    frame = bridge.by_indicator(report, earlier, library, basis=basis, language=language)
    alone = _not_compared(frame.loc[~frame["compared"], "indicator"].tolist())
    moved = frame[frame[list(PARTS)].abs().max(axis=1) > NOTHING]
    moved = moved.sort_values("total", key=lambda column: column.abs(), ascending=False, kind="stable")
    rows = [
        (
            f"<strong>{markup.text(row['indicator'])}</strong> {markup.text(row['label'])}",
            markup.text(row["value_before"]),
            markup.text(row["value_now"]),
            *(markup.text(signed(row[part], decimals=2)) for part in PARTS),
            markup.text(signed(row["total"], decimals=2)),
        )
        for row in moved.to_dict("records")
    ]
    if not rows:
        return markup.paragraph(_("Không có chỉ số nào thay đổi.")) + alone
    names = [words for words, _why in part_words(language).values()]
    head = [_("Chỉ số"), _("Kỳ trước"), _("Kỳ này"), *names, _("Cộng")]
    return markup.table(head, rows, numeric=range(1, len(head))) + alone


def _not_compared(names: Sequence[str]) -> str:
    """The indicators that one of the rounds has no answer for: neither a rise nor a fall."""
    if not names:
        return ""
    words = session.current_words()("Chưa so sánh được, vì một trong hai kỳ không có số liệu: {names}.")
    return markup.paragraph(words.format(names=", ".join(names)), "page-remark")


def signed(value: float, *, decimals: int = 1) -> str:
    """A change with its sign; no sign for what is printed as 0."""
    shown = format_fixed(abs(value), session.current_language(), decimals=decimals)
    if not any(digit in "123456789" for digit in shown):
        return shown
    return f"+{shown}" if value > 0 else f"−{shown}"
