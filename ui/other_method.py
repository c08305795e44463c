"""The time machine: a closed round scored again by another kept version of its framework, and never as the result."""

import streamlit as st

from survey.rounds import Round
from survey.store.frameworks import KeptFramework
from ui import addressed, markup, session
from ui.application import application

PARAMETER = "phuong-phap"
SHORT_CHECKSUM = 12


def show_choice(round_: Round) -> str:
    """Offer the other versions where there are any; the checksum of the chosen one, "" for the official."""
    _ = session.current_words()
    others = _others(round_)
    if not others:
        return ""
    names = {"": _("Phiên bản {version}, chính thức").format(version=round_.framework_version)}
    names |= {
        one.checksum[:SHORT_CHECKSUM]: _("Chấm lại theo phiên bản {version}").format(version=one.version)
        for one in others
    }
    named = st.query_params.get(PARAMETER, "")
    with st.columns([4, 7])[0]:
        addressed.select(_("Phương pháp"), names, named if named in names else "", PARAMETER)
    chosen = next((one for one in others if one.checksum[:SHORT_CHECKSUM] == named), None)
    if chosen is None:
        return ""
    _show_notice(round_, chosen)
    return chosen.checksum


def _others(round_: Round) -> list[KeptFramework]:
    if not round_.is_final:
        return []
    return [one for one in application().methods(round_.framework_id) if one.checksum != round_.checksum]


def _show_notice(round_: Round, chosen: KeptFramework) -> None:
    """What is shown is not the result, which both texts can be checked for."""
    _ = session.current_words()
    said = _(
        "Không phải kết quả chính thức: đợt này được chấm lại theo phương pháp phiên bản {version}, chỉ để so sánh. "
        "Không có gì được lưu."
    ).format(version=chosen.version)
    codes = _(
        "Mã kiểm tra của phiên bản {version}: {chosen}…; của phiên bản chính thức: {official}…."
    ).format(
        version=chosen.version,
        chosen=chosen.checksum[:SHORT_CHECKSUM],
        official=round_.checksum[:SHORT_CHECKSUM],
    )
    st.html(
        markup.notice(
            f"<p><strong>{markup.text(said)}</strong></p>" + markup.paragraph(codes, "page-remark"), "warn"
        )
    )
