"""The form in which a change of a target is proposed, with a document that is not listed yet where it needs one."""

from collections.abc import Mapping
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from report import labels
from report.round_report import RoundReport
from survey.access import may_propose_target, require
from survey.errors import SurveyError
from survey.framework import SourceDocument, SourceKind, TargetChange, typed_document
from survey.numbers import parse_number
from ui import account_desk, markup, session
from ui.application import application
from ui.round_desk import read_day

EVERYBODY, OTHER = "", "khac"
FEDERATION_FIRST = 2
Typed = Mapping[str, str]


def show(report: RoundReport, subjects: Mapping[str, str]) -> None:
    """One change; nothing changes until the chair adopts it. subjects: what may be changed, by id."""
    _, language = session.current_words(), session.current_language()
    documents = {one.id: f"{one.number} · {one.title.to(language)}" for one in report.sources.values()}
    documents[OTHER] = _("Văn bản khác, chưa có trong danh mục …")
    with st.expander(_("Đề xuất đổi một chỉ tiêu")):
        st.caption(
            _(
                "Chỉ tiêu đổi khi Chủ tịch thông qua, và chỉ cho các đợt mở sau đó. Chỉ tiêu riêng của một tỉnh là mức đạt "
                "của thư viện tỉnh ấy; điểm số vẫn theo mốc chung."
            )
        )
        # Outside the form, so that the choice of another document opens its fields at once.
        document = st.selectbox(
            _("Văn bản"), list(documents), format_func=lambda name: documents[name], key="target-document"
        )
        with st.form("target", enter_to_submit=False, border=False):
            typed = _fields(report, subjects, other=document == OTHER)
            pressed = st.form_submit_button(_("Gửi đề xuất"), type="primary")
        if pressed:
            try:
                _propose(report, _change(typed, document), typed["reason"])
            except SurveyError as error:
                st.html(markup.notice(markup.paragraph(error.to(language)), "bad"))


def _fields(report: RoundReport, subjects: Mapping[str, str], *, other: bool) -> Typed:
    """What is typed and chosen, by the name of its field."""
    _, language = session.current_words(), session.current_language()
    libraries = {EVERYBODY: _("Mọi thư viện")} | _members_now()
    kinds = {kind: labels.source_kind(kind, language) for kind in ("national", "province", "federation")}
    given = _document_fields() if other else {}
    first, second = st.columns(2)
    years = list(report.framework.milestones)
    return {
        **given,
        "subject": _choice(first, _("Chỉ số hoặc chỉ tiêu"), subjects),
        "year": str(second.selectbox(_("Năm"), years)),
        "library": _choice(first, _("Áp dụng cho"), libraries),
        "value": second.text_input(_("Giá trị mới (%, mức, số mục hoặc con số)")),
        "kind": _choice(first, _("Ai đặt"), kinds, index=FEDERATION_FIRST),
        "checked": second.text_input(_("Ngày đối chiếu (ngày/tháng/năm)"), placeholder="31/12/2026"),
        "clause": st.text_input(_("Điều, khoản"), max_chars=300),
        "reason": st.text_area(_("Lý do"), max_chars=2_000),
    }


def _members_now() -> dict[str, str]:
    """The members of today: a former library's own target would bind nobody any more."""
    now = {member.id for member in application().members.valid_on(session.today())}
    return {name: short for name, short in account_desk.library_names().items() if name in now}


def _document_fields() -> dict[str, str]:
    """The document as it will stand in the register once the proposal is adopted."""
    _ = session.current_words()
    st.caption(
        _(
            "Ghi đúng như trên văn bản: nó được lưu cùng phiên bản phương pháp khi đề xuất được thông qua và không sửa được nữa."
        )
    )
    first, second = st.columns(2)
    numbered = {
        "number": first.text_input(_("Số hiệu"), placeholder="206/QĐ-TTg"),
        "issued": second.text_input(_("Ngày ban hành (ngày/tháng/năm)"), placeholder="31/12/2026"),
        "title": st.text_input(_("Tên văn bản")),
    }
    first, second = st.columns(2)
    return numbered | {
        "issuer": first.text_input(_("Cơ quan ban hành")),
        "address": second.text_input(_("Địa chỉ trên mạng hoặc tên tệp (nếu có)"), placeholder="https://"),
    }


def _choice(place: DeltaGenerator, label: str, named: Mapping[str, str], index: int = 0) -> str:
    return place.selectbox(label, list(named), index, format_func=lambda name: named[name])


def _change(typed: Typed, document: str) -> TargetChange:
    """The change that was typed.

    Raises:
        SurveyError: a field cannot be read, or the new document lacks something.
    """
    kind = cast(SourceKind, "province" if typed["library"] else typed["kind"])
    value = _value(typed["value"])
    added = _document(typed, kind) if document == OTHER else None
    return TargetChange(
        subject=typed["subject"],
        year=int(typed["year"]),
        value=value,
        kind=kind,
        document=added.id if added else document,
        clause=typed["clause"].strip(),
        checked=read_day(typed["checked"]),
        library=typed["library"],
        added=added,
    )


def _document(typed: Typed, kind: SourceKind) -> SourceDocument:
    return typed_document(
        typed["number"],
        typed["title"],
        typed["issuer"],
        issued=read_day(typed["issued"]),
        checked=read_day(typed["checked"]),
        today=session.today(),
        kind=kind,
        address=typed["address"],
    )


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
