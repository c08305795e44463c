"""Proposing a change of a target, and what becomes of proposals."""

import streamlit as st

from report import labels
from report.round_report import RoundReport
from survey.access import may_adopt_target, may_propose_target, may_withdraw_target, require
from survey.errors import SurveyError
from survey.framework import SourceKind, TargetChange
from survey.numbers import parse_number
from survey.proposals import Proposal, ProposalState
from survey.text import format_day, format_moment, format_number
from ui import account_desk, markup, session
from ui.application import application
from ui.round_desk import read_day

EVERYBODY = ""
KIND_OF_PROVINCE: SourceKind = "province"
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
    app.store.proposals.adopt(proposal.number, who.login, file=file, cited=app.sources)
    st.rerun()


def _said(report: RoundReport, proposal: Proposal) -> str:
    """The change in a sentence, its source, its reason, and who wishes it."""
    _, language = session.current_words(), session.current_language()
    change = proposal.change
    document = report.sources.get(change.document)
    lines = [
        f"{labels.source_kind(change.kind, language)}; {document.number if document else change.document}, {change.clause}",
        _("Đối chiếu ngày {day}").format(day=format_day(change.checked, language)),
        _("Lý do: {reason}").format(reason=proposal.reason),
        _("{who} đề xuất lúc {when}").format(who=proposal.by, when=format_moment(proposal.at, language)),
    ]
    return f"<strong>{markup.text(_change(report, proposal))}</strong>" + "".join(
        markup.paragraph(line, "page-remark") for line in lines
    )


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
    """A form for one change; nothing changes until the chair adopts it."""
    _, language = session.current_words(), session.current_language()
    framework = report.framework
    names = _subjects(report)
    libraries = {EVERYBODY: _("Mọi thư viện")} | account_desk.library_names()
    documents = {one.id: f"{one.number} · {one.title.to(language)}" for one in report.sources.values()}
    kinds = {kind: labels.source_kind(kind, language) for kind in ("national", "province", "federation")}
    with (
        st.expander(_("Đề xuất đổi một chỉ tiêu")),
        st.form("target", enter_to_submit=False, border=False),
    ):
        st.caption(
            _(
                "Chỉ tiêu đổi khi Chủ tịch thông qua, và chỉ cho các đợt mở sau đó. Chỉ tiêu riêng của một tỉnh là mức đạt "
                "của thư viện tỉnh ấy; điểm số vẫn theo mốc chung."
            )
        )
        first, second = st.columns(2)
        subject = first.selectbox(
            _("Chỉ số hoặc chỉ tiêu"), list(names), format_func=lambda name: names[name]
        )
        year = second.selectbox(_("Năm"), list(framework.milestones))
        library = first.selectbox(_("Áp dụng cho"), list(libraries), format_func=lambda name: libraries[name])
        value = second.text_input(_("Giá trị mới (%, mức, số mục hoặc con số)"))
        kind = first.selectbox(_("Ai đặt"), list(kinds), format_func=lambda name: kinds[name], index=2)
        document = second.selectbox(_("Văn bản"), list(documents), format_func=lambda name: documents[name])
        clause = first.text_input(_("Điều, khoản"), max_chars=300)
        checked = second.text_input(_("Ngày đối chiếu (ngày/tháng/năm)"), placeholder="31/12/2026")
        reason = st.text_area(_("Lý do"), max_chars=2_000)
        pressed = st.form_submit_button(_("Gửi đề xuất"), type="primary")
    if pressed:
        try:
            change = TargetChange(
                subject=subject,
                year=year,
                value=_value(value),
                kind=KIND_OF_PROVINCE if library else kind,  # type: ignore[arg-type]
                document=document,
                clause=clause.strip(),
                checked=read_day(checked),
                library=library,
            )
            _propose(report, change, reason)
        except SurveyError as error:
            st.html(markup.notice(markup.paragraph(error.to(language)), "bad"))


def _value(typed: str) -> float:
    value = parse_number(typed, session.current_language())
    if value is None:
        raise SurveyError(
            vi="Chưa gửi đề xuất: ô «Giá trị mới» để trống. Hãy nhập giá trị của chỉ tiêu.",
            en="The proposal was not sent: the new value is blank. Enter the value of the target.",
        )
    return value


def _propose(report: RoundReport, change: TargetChange, reason: str) -> None:
    """Try the change on the newest version first, so that a faulty one is told to whoever wishes it."""
    app, who = application(), session.current_person()
    require(may_propose_target(who))
    app.require_sound(report.framework.id, change)
    app.store.proposals.propose(report.framework.id, change, reason, who.login)
    st.rerun()
