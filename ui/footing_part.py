"""The Federation before and after the merger, on one footing."""

from collections.abc import Sequence

import streamlit as st

from report import footing_words, verified_words
from report.pace_words import signed
from report.round_report import RoundReport
from report.tables import footing
from report.tables.footing import Footing
from survey.rounds import Round
from survey.text import Language, format_fixed, format_number
from survey.translation import words
from ui import markup, session, sources


def show(rounds: Sequence[Round], basis: str) -> None:
    """Nothing where no merger lies between two of the rounds."""
    versions = tuple((entry.id, entry.data_version, entry.state) for entry in rounds)
    for part in _parts(versions, basis, session.current_language()):
        st.html(part)


@st.cache_resource(max_entries=40, show_spinner=False)
def _parts(versions: tuple[tuple[str, int, str], ...], basis: str, language: Language) -> tuple[str, ...]:
    """What stands on the page, once for each version of the data."""
    _ = words(language)
    shared = footing.find_footing([session.report(entry[0]) for entry in versions])
    if shared is None:
        return ()
    said = footing_words.sentences(shared, basis=basis, language=language)
    return (
        markup.heading(_("Liên hiệp trước và sau sắp xếp, trên cùng địa bàn")),
        markup.notice("".join(map(markup.paragraph, said))),
        _headcounts(shared, basis),
        markup.fold(_("Tỷ lệ gộp của từng chỉ số, trước và sau"), _ratios(shared, basis)),
    )


def _headcounts(shared: Footing, basis: str) -> str:
    _, language = session.current_words(), session.current_language()
    rows = [
        (
            f"<strong>{sources.code(row['target'])}</strong> {markup.text(row['label'])}",
            markup.text(row["text_before"]),
            markup.text(row["text_after"]),
        )
        for row in footing.headcounts(shared, basis=basis, language=language).to_dict("records")
    ]
    head = [_("Số thư viện đạt chỉ tiêu, trên mọi thành viên của mỗi đợt"), _("Trước"), _("Sau")]
    return markup.table(head, rows, numeric=(1, 2))


def _ratios(shared: Footing, basis: str) -> str:
    _, language = session.current_words(), session.current_language()
    rows = [
        (
            f"<strong>{markup.text(row['indicator'])}</strong> {markup.text(row['label'])}",
            markup.text(format_number(row["libraries"], language)),
            markup.text(_percent(row["before"], shared.before, basis)),
            markup.text(_percent(row["after"], shared.after, basis)),
            markup.text(signed(row["change"], _("điểm phần trăm"), language)),
        )
        for row in footing.pooled(shared, basis=basis, language=language).to_dict("records")
    ]
    head = [_("Chỉ số"), _("Địa bàn so được"), _("Trước"), _("Sau"), _("Thay đổi")]
    return markup.table(head, rows, numeric=(1, 2, 3, 4))


def _percent(value: float, report: RoundReport, basis: str) -> str:
    language = session.current_language()
    if value != value:
        return verified_words.no_figure(report, basis, language)
    return f"{format_fixed(value, language)} %"
