"""What the Federation's page shows, and to whom."""

import streamlit as st

from report.tables import programme, scores
from report.views import WITHOUT_NAMES, Asked
from survey.access import Person, sees_names
from survey.rounds import Round, RoundState
from ui import chart, markup, progress_table, session

NAMED = ("chi-tieu-206", "diem-theo-tru-cot", "ban-do", "ma-tran", "so-sanh", "khoang-cach", "qua-cac-dot")


def show_state(round_: Round) -> None:
    """How many have sent, always in sight; a library that has not is never a 0."""
    _ = session.current_words()
    report = session.report(round_.id)
    frame = scores.totals(report, language=session.current_language())
    sent = int(frame["sent"].sum())
    words = _("n = {sent}/{all} thư viện đã gửi").format(sent=sent, all=len(frame))
    st.html(markup.meter(sent / len(frame) if len(frame) else 0.0, words, style="whole"))


def show_charts(person: Person, round_: Round, wish: Asked) -> None:
    """The charts that this person may see; unnamed others before publication."""
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
    elif round_.state is RoundState.OPEN:
        with st.expander(_("Ai đã trả lời đến đâu")):
            progress_table.show(session.report(round_.id))
    hidden_for = "" if named else person.library_id or ""
    for name in NAMED if named else WITHOUT_NAMES:
        rounds = session.rounds_until(round_) if name == "qua-cac-dot" else (round_,)
        chart.show(name, rounds, wish, hidden_for=hidden_for)
        if name == "chi-tieu-206" and named:
            report = session.report(round_.id)
            said = programme.sentences(report, basis=wish.basis, language=wish.language)
            st.html(
                "<ul class='sentences'>" + "".join(f"<li>{markup.text(line)}</li>" for line in said) + "</ul>"
            )
