"""What the Federation's page shows, and to whom."""

from urllib.parse import urlencode

import streamlit as st

from report import explain_federation
from report.tables import programme, scores
from report.views import OVER_ROUNDS, WITHOUT_NAMES, Asked
from survey.access import Page, Person, may_open_page, sees_names
from survey.rounds import Round, RoundState
from ui import (
    bridge_part,
    chart,
    charted,
    choices,
    footing_part,
    markup,
    progress_table,
    ranking_part,
    session,
    sources,
)
from ui.choices import Part

PARTS = {
    Part.OVERVIEW: ("chi-tieu-206", "diem-theo-tru-cot", "ban-do"),
    Part.INDICATORS: ("ma-tran", "khoang-cach"),
    Part.COMPARISON: ("so-sanh", "qua-cac-dot"),
}
NAMED = tuple(name for names in PARTS.values() for name in names)


def charts_of(part: Part, *, named: bool) -> tuple[str, ...]:
    """The charts of a part, those left out that would tell who the unnamed libraries are."""
    names = PARTS.get(part, NAMED)
    return names if named else tuple(name for name in names if name in WITHOUT_NAMES)


def show_state(round_: Round) -> None:
    """How many have sent, always in sight; a library that has not is never a 0."""
    _ = session.current_words()
    report = session.report(round_.id)
    frame = scores.totals(report, language=session.current_language())
    sent = int(frame["sent"].sum())
    words = _("n = {sent}/{all} thư viện đã gửi").format(sent=sent, all=len(frame))
    st.html(markup.meter(sent / len(frame) if len(frame) else 0.0, words, style="whole"))


def show_way_to_self_check(person: Person, round_: Round) -> None:
    """The chair's way to what the answers say about the indicators themselves."""
    if may_open_page(person, Page.SELF_CHECK):
        _ = session.current_words()
        address = f"/{Page.SELF_CHECK}?{urlencode({choices.ROUND: round_.id})}"
        st.html(f"<p class='page-remark'>{markup.link(_('Bộ chỉ số tự soi sau đợt này'), address)}</p>")


def show_charts(person: Person, round_: Round, part: Part, wish: Asked) -> None:
    """The charts of a part that this person may see; unnamed others before publication."""
    _ = session.current_words()
    named = sees_names(person, round_)
    if not named:
        words = (
            _("Tài khoản này dành cho một tỉnh: thư viện của tỉnh được nêu tên, các thư viện khác thì không.")
            if person.of_one_province
            else _(
                "Đợt này chưa công bố: thư viện của bạn được nêu tên, các thư viện khác thì không. "
                "Sau khi công bố, mọi thư viện được nêu tên."
            )
        )
        st.html(markup.notice(markup.paragraph(words)))
    elif round_.state is RoundState.OPEN and part in (Part.OVERVIEW, Part.ALL):
        with st.expander(_("Ai đã trả lời đến đâu")):
            progress_table.show(session.report(round_.id))
    if named and part in (Part.COMPARISON, Part.ALL):
        if not wish.method:
            ranking_part.show(session.report(round_.id), wish.basis)
        *_earlier, before, now = [None, None, *session.rounds_until(round_)]
        if before is not None and now is not None:
            bridge_part.show_all(session.report(now.id, wish.method), session.report(before.id), wish.basis)
        footing_part.show(session.rounds_until(round_), wish.basis)
    hidden_for = "" if named else person.library_id or ""
    for name in charts_of(part, named=named):
        rounds = session.rounds_until(round_) if name in OVER_ROUNDS else (round_,)
        said = _programme_sentences(round_, wish, hidden_for) if name == "chi-tieu-206" else ()
        chart.show(name, rounds, wish, hidden_for=hidden_for, said=said)
        if name == "chi-tieu-206":
            _explain_programme(round_, wish, hidden_for)


def _explain_programme(round_: Round, wish: Asked, hidden_for: str) -> None:
    """How each of the Federation's figures comes about; no library's own part where names are hidden."""
    _ = session.current_words()
    (report,) = charted.reports([round_.id], hidden_for, wish.method)
    told = [
        f"<h4>{sources.code(target.id)} · {markup.text(target.label.to(wish.language))}</h4>"
        + markup.lines(
            explain_federation.target(
                report, target.id, basis=wish.basis, named=not hidden_for, language=wish.language
            )
        )
        for target in report.framework.programme_targets
    ]
    st.html(markup.fold(_("Giải thích các con số này"), "".join(told)))


def _programme_sentences(round_: Round, wish: Asked, hidden_for: str) -> list[str]:
    (report,) = charted.reports([round_.id], hidden_for, wish.method)
    return programme.sentences(report, basis=wish.basis, language=wish.language)
