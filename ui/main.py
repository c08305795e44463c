"""The script behind every page: who is there, what that person may open, then the page itself."""

import streamlit as st

from survey.access import Page
from survey.errors import DefinitionError, SurveyError
from ui import frame, markup, session
from ui.mishaps import broken_definition

SCRIPTS = {
    Page.HOME: "pages/home.py",
    Page.ANSWER: "pages/answer.py",
    Page.EVIDENCE: "pages/evidence.py",
    Page.CHECK: "pages/check.py",
    Page.RESULT: "pages/result.py",
    Page.WHAT_IF: "pages/what_if.py",
    Page.FEDERATION: "pages/federation.py",
    Page.SELF_CHECK: "pages/self_check.py",
    Page.PROGRESS: "pages/progress.py",
    Page.REVIEW: "pages/review.py",
    Page.APPRAISAL: "pages/appraisal.py",
    Page.ROUNDS: "pages/rounds.py",
    Page.METHOD: "pages/method.py",
    Page.TARGETS: "pages/targets.py",
    Page.DOWNLOADS: "pages/downloads.py",
    Page.ACCOUNTS: "pages/accounts.py",
    Page.TRAIL: "pages/trail.py",
    Page.MINE: "pages/mine.py",
}

st.set_page_config(page_title="Thước Số", layout="wide", initial_sidebar_state="collapsed")
person = session.person()
if person is None:
    _ = session.current_words()
    st.html(
        markup.notice(
            f"<p data-signed-out>{markup.text(_('Phiên đăng nhập đã kết thúc. Mọi câu đã báo «Đã lưu» vẫn còn nguyên.'))}</p>"
            f"<p>{markup.link(_('Đăng nhập lại'), '/dang-nhap', style='button')}</p>"
        )
    )
    st.stop()

session.begin(person)
_ = session.current_words()
pages = [
    st.Page(
        script,
        title=frame.page_title(page, _),
        url_path=page.value,
        default=page is Page.HOME,
        visibility="visible" if session.is_shown(page, person) else "hidden",
    )
    for page, script in SCRIPTS.items()
]
session.keep_pages(dict(zip(SCRIPTS, pages, strict=True)))
current = st.navigation(pages, position="top")
frame.show_header(person)
try:
    session.require_page(Page(current.url_path or Page.HOME.value), person)
    current.run()
except (SurveyError, DefinitionError) as error:
    said = broken_definition(error) if isinstance(error, DefinitionError) else error
    st.html(markup.notice(markup.paragraph(said.to(session.current_language())), "bad"))
