"""Proposing a change of a target, and what becomes of proposals."""

import streamlit as st

from report import labels
from report.round_report import RoundReport
from survey.access import may_adopt_target, may_withdraw_target, require
from survey.errors import SurveyError
from survey.framework import SourceDocument, TargetChange
from survey.proposals import Proposal, ProposalState
from survey.text import MISSING, format_day, format_moment, format_number
from ui import account_desk, markup, session, target_form
from ui.application import application

TONES = {ProposalState.OPEN: "warn", ProposalState.ADOPTED: "good", ProposalState.WITHDRAWN: "quiet"}


def show_proposals(report: RoundReport) -> None:
    """Every proposal with who and when; the open ones with what may be done about them."""
    _ = session.current_words()
    proposals = application().store.proposals.all()
    if not proposals:
        return
    st.html(markup.heading(_("Đề xuất đổi chỉ tiêu")))
    open_ = [one for one in proposals if one.state is ProposalState.OPEN]
    for proposal in open_:
        _show_open(report, proposal)
    decided = [one for one in proposals if one.state is not ProposalState.OPEN]
    if decided:
        head = [_("Đề xuất"), _("Kết quả"), _("Ai, khi nào")]
        rows = [_decided_row(report, one) for one in decided]
        st.html(markup.fold(_("Đề xuất đã có kết quả ({n})").format(n=len(rows)), markup.table(head, rows)))


def _show_open(report: RoundReport, proposal: Proposal) -> None:
    _, who = session.current_words(), session.current_person()
    with st.container(border=True, key=f"proposal-{proposal.number}"):
        st.html(_said(report, proposal))
        if not (may_adopt_target(who) or may_withdraw_target(who, proposal.by)):
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            if may_adopt_target(who):
                sure = st.checkbox(_("Liên hiệp đã thông qua"), key=f"adopt-sure-{proposal.number}")
                if st.button(_("Thông qua"), key=f"adopt-{proposal.number}", disabled=not sure):
                    _adopt(report, proposal)
            if may_withdraw_target(who, proposal.by) and st.button(
                _("Rút đề xuất"), key=f"withdraw-{proposal.number}"
            ):
                require(may_withdraw_target(session.current_person(), proposal.by))
                application().store.proposals.withdraw(proposal.number, who.login)
                st.rerun()


def _adopt(report: RoundReport, proposal: Proposal) -> None:
    app, who = application(), session.current_person()
    require(may_adopt_target(who))
    file = app.shipped_framework(report.framework.id)
    try:
        app.store.proposals.adopt(proposal.number, who.login, file=file, cited=app.sources)
    except SurveyError as error:
        st.html(markup.notice(markup.paragraph(error.to(session.current_language())), "bad"))
        return
    st.rerun()


def _said(report: RoundReport, proposal: Proposal) -> str:
    """The change in a sentence, its source, its reason, and who wishes it."""
    _, language = session.current_words(), session.current_language()
    change = proposal.change
    document = change.added or report.sources.get(change.document)
    lines = [
        f"{labels.source_kind(change.kind, language)}; {document.number if document else change.document}, {change.clause}",
        *(_new_document(change.added) if change.added else ()),
        _("Đối chiếu ngày {day}").format(day=format_day(change.checked, language)),
        _("Lý do: {reason}").format(reason=proposal.reason),
        _("{who} đề xuất lúc {when}").format(who=proposal.by, when=format_moment(proposal.at, language)),
    ]
    return f"<strong>{markup.text(_change(report, proposal))}</strong>" + "".join(
        markup.paragraph(line, "page-remark") for line in lines
    )


def _new_document(added: SourceDocument) -> list[str]:
    """The document that would be listed with the adoption."""
    _, language = session.current_words(), session.current_language()
    issued = format_day(added.issued, language) if added.issued else MISSING
    said = _("Văn bản mới: {number} ngày {day}, {issuer}, «{title}»").format(
        number=added.number, day=issued, issuer=added.issuer.to(language), title=added.title.to(language)
    )
    return [said, added.address] if added.address else [said]


def _change(report: RoundReport, proposal: Proposal) -> str:
    """Số 3 · B3, năm 2025, Bắc Ninh: 70 % → 80 %."""
    _, change = session.current_words(), proposal.change
    library = account_desk.library_names().get(change.library, change.library)
    old, new = (_value_text(report, change, value) for value in (_known(report, change), change.value))
    return _("Số {n} · {subject}, năm {year}{library}: {old} → {new}").format(
        n=proposal.number,
        subject=_subjects(report).get(change.subject, change.subject),
        year=change.year,
        library=f", {library}" if change.library else "",
        old=old,
        new=new,
    )


def _subjects(report: RoundReport) -> dict[str, str]:
    """What may be changed, by id: the indicators, then the targets of the programme."""
    language, framework = session.current_language(), report.framework
    named = [*framework.indicators.values(), *framework.programme_targets]
    return {one.id: f"{one.id} {one.label.to(language)}" for one in named}


def _known(report: RoundReport, change: TargetChange) -> float | None:
    """The target as it is now."""
    framework = report.framework
    own = framework.province_target(change.library, change.subject, change.year)
    if own is not None:
        return own.value
    asked = framework.indicators.get(change.subject)
    if asked is not None:
        return asked.target(change.year).value if change.year in framework.milestones else None
    return next((one.goal for one in framework.programme_targets if one.id == change.subject), None)


def _value_text(report: RoundReport, change: TargetChange, value: float | None) -> str:
    language, asked = session.current_language(), report.framework.indicators.get(change.subject)
    if asked is not None:
        return labels.value_text(asked, value, language)
    return f"{format_number(value, language, decimals=1)} %"


def _decided_row(report: RoundReport, proposal: Proposal) -> tuple[str, str, str]:
    _, language = session.current_words(), session.current_language()
    told = {
        ProposalState.ADOPTED: _("đã thông qua, thành phiên bản {version}").format(version=proposal.version),
        ProposalState.WITHDRAWN: _("đã rút"),
    }[proposal.state]
    value = _value_text(report, proposal.change, proposal.change.value)
    name = account_desk.library_names().get(proposal.change.library, "")
    where = f"{proposal.change.subject}, {proposal.change.year}{f', {name}' if name else ''}: {value}"
    when = format_moment(proposal.decided_at, language) if proposal.decided_at else ""
    return (
        f"{markup.text(where)}<span class='source'>{markup.text(proposal.reason)}</span>",
        markup.badge(told, TONES[proposal.state]),
        markup.text(f"{proposal.by} → {proposal.decided_by}, {when}"),
    )


def show_form(report: RoundReport) -> None:
    target_form.show(report, _subjects(report))
