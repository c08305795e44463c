"""What stands around every page: the name, who is signed in, and that sample data are invented."""

from pathlib import Path

import streamlit as st

from report.labels import round_state
from survey.access import Page, Person, Role
from survey.response import Response, ResponseState
from survey.roles import role_names
from survey.rounds import Round
from survey.translation import Words
from ui import markup, session
from ui.application import application

LOGO = Path(__file__).with_name("logo.svg")


def role_words(role: Role) -> str:
    return role_names()[role].to(session.current_language())


def page_title(page: Page, _: Words) -> str:
    return {
        Page.HOME: _("Trang chủ"),
        Page.ANSWER: _("Trả lời"),
        Page.EVIDENCE: _("Tài liệu"),
        Page.CHECK: _("Kiểm tra và gửi"),
        Page.RESULT: _("Kết quả"),
        Page.WHAT_IF: _("Thử thay đổi"),
        Page.FEDERATION: _("Liên hiệp"),
        Page.SELF_CHECK: _("Bộ chỉ số tự soi"),
        Page.PROGRESS: _("Tiến độ"),
        Page.REVIEW: _("Xem phiếu"),
        Page.APPRAISAL: _("Thẩm định"),
        Page.ROUNDS: _("Các đợt đánh giá"),
        Page.METHOD: _("Phương pháp"),
        Page.TARGETS: _("Sổ chỉ tiêu"),
        Page.DOWNLOADS: _("Tải về"),
        Page.ACCOUNTS: _("Tài khoản"),
        Page.TRAIL: _("Nhật ký"),
        Page.MINE: _("Tài khoản của tôi"),
    }[page]


def show_header(who: Person) -> None:
    """The line above every page."""
    _ = session.current_words()
    st.logo(LOGO, size="large")
    other = ("vi", "Tiếng Việt") if session.current_language() == "en" else ("en", "English")
    warning = markup.text(_("DỮ LIỆU MINH HỌA: mọi số liệu đều là giả định, chỉ để trình diễn"))
    sample = f"<div class='sample-strip' role='note'>{warning}</div>" if application().sample else ""
    st.html(
        f"{sample}<div class='who'><span class='who-name'>{markup.text(who.name)}</span>"
        f"<span class='who-role'>{markup.text(role_words(who.role))}</span>"
        f"<span class='who-links'>{markup.link(other[1], f'/ngon-ngu?ngon-ngu={other[0]}')}"
        f"{markup.link(_('Tài khoản của tôi'), f'/{Page.MINE}')}"
        f"{markup.link(_('Đăng xuất'), '/dang-xuat')}</span></div>"
    )


def show_title(title: str, remark: str = "") -> None:
    st.html(
        f"<div class='page-title'><h1>{markup.text(title)}</h1>"
        f"{markup.paragraph(remark, 'page-remark') if remark else ''}</div>"
    )


def round_remark(round_: Round) -> str:
    _ = session.current_words()
    return _("{round} · số liệu chốt ngày {day} · {state}").format(
        round=round_.name,
        day=session.day(round_.reference_date),
        state=round_state(round_.state, session.current_language()),
    )


def show_remark_of_chair(response: Response) -> None:
    """Why a response came back, above everything else."""
    if response.state is ResponseState.RETURNED and response.remark:
        _ = session.current_words()
        st.html(
            markup.notice(
                f"<strong>{markup.text(_('Phiếu được trả lại để chỉnh sửa, bổ sung'))}</strong>"
                + markup.paragraph(response.remark),
                "warn",
            )
        )
