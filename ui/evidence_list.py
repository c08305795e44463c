"""The lists of a library's evidence; each line leads to its question."""

import streamlit as st

from report.round_report import RoundReport
from survey.papers import OLD_AFTER_YEARS, Paper, look_through
from survey.response import Response
from survey.rounds import Round
from survey.store import EvidenceFile
from survey.text import format_moment, format_number
from ui import markup, obstacles, papers, session
from ui.application import application


def show(round_: Round, library_id: str) -> None:
    """What is missing first, then every document with where it stands, then the rest of the shelf."""
    _ = session.current_words()
    report = session.blank_report(round_)
    response = application().store.answers.response(round_.id, library_id)
    shelf = application().store.evidence.all(library_id)
    found = look_through(report.framework, response, (file.sha256 for file in shelf), round_.reference_date)
    _show_missing(report, found.missing)
    old = [paper for paper in found.cited if paper.old]
    if old:
        words = _("{n} văn bản ban hành trước ngày chốt số liệu quá {years} năm. Hãy xem còn hiệu lực không.")
        sentence = words.format(n=len(old), years=OLD_AFTER_YEARS)
        st.html(markup.notice(markup.paragraph(sentence), "warn"))
    _show_cited(report, response, found.cited)
    _show_unused([file for file in shelf if file.sha256 in found.unused])


def _show_missing(report: RoundReport, missing: tuple[str, ...]) -> None:
    _, language = session.current_words(), session.current_language()
    if not missing:
        words = _("Mọi câu đã trả lời mà cần tài liệu kiểm chứng đều đã có tài liệu hoặc giải trình.")
        st.html(markup.notice(markup.paragraph(words), "good"))
        return
    st.html(f"<h2>{markup.text(_('Còn thiếu tài liệu kiểm chứng'))}</h2>")
    rows = [
        (
            _question_link(report, name),
            markup.text(report.framework.questions[name].label.to(language)),
            markup.link(_("Tải tệp lên"), papers.upload_address(name)),
        )
        for name in missing
    ]
    st.html(markup.table([_("Câu"), _("Chỉ số"), _("Việc cần làm")], rows))


def _show_cited(report: RoundReport, response: Response, cited: tuple[Paper, ...]) -> None:
    _ = session.current_words()
    st.html(f"<h2>{markup.text(_('Tài liệu đang dùng'))}</h2>")
    if not cited:
        st.html(markup.paragraph(_("Chưa câu nào có tài liệu."), "page-remark"))
        return
    rows = [
        (
            papers.cited(paper.document, response),
            session.day(paper.issued) if paper.issued else "–",
            markup.badge(_("hơn {n} năm").format(n=OLD_AFTER_YEARS), "warn", mark="!") if paper.old else "",
            " ".join(_question_link(report, name) for name in paper.question_ids),
        )
        for paper in cited
    ]
    st.html(markup.table([_("Tài liệu"), _("Ngày ban hành"), _("Lưu ý"), _("Dùng ở câu")], rows))


def _show_unused(files: list[EvidenceFile]) -> None:
    _, language = session.current_words(), session.current_language()
    if not files:
        return
    st.html(f"<h2>{markup.text(_('Tệp trong kho, chưa dùng ở câu nào'))}</h2>")
    rows = [
        (
            markup.text(file.name),
            markup.text(f"{format_number(max(file.size / 1024, 1), language)} KB"),
            markup.text(format_moment(file.given_at, language)),
            markup.text(file.given_by),
        )
        for file in files
    ]
    st.html(markup.table([_("Tệp"), _("Dung lượng"), _("Tải lên lúc"), _("Người tải")], rows, numeric=(1,)))


def _question_link(report: RoundReport, name: str) -> str:
    return markup.link(name, obstacles.address_of(report.framework, name))
