"""What each role finds first: its rounds, their state, and one next step."""

from collections.abc import Iterable

import streamlit as st

from report import labels
from report.round_report import RoundReport
from report.tables import scores
from survey.access import Page, Person, may_compare, may_export
from survey.reminders import DAY_BEFORE, WEEK_BEFORE, with_last_day
from survey.response import Response, ResponseState
from survey.review import ReviewFile, ThreadState
from survey.rounds import Round, RoundState
from survey.text import MISSING, decimals_apart, format_fixed
from ui import downloads, frame, markup, obstacles, progress, session, sources
from ui.application import application

WHOLE = 100  # a band from 0 to here says nothing, and its 0 would read as a score


def show_for_library(person: Person) -> None:
    """The open response with its next step, then the results of earlier rounds."""
    _ = session.current_words()
    assert person.library_id is not None
    round_ = session.open_round()
    if round_ is None or person.library_id not in session.members_of(round_):
        st.html(
            markup.notice(markup.paragraph(_("Hiện không có đợt đánh giá nào đang mở cho thư viện của bạn.")))
        )
    else:
        _show_open_response(round_, person.library_id)
    _show_second_reading(person)
    _show_results(person.library_id)


def _show_second_reading(person: Person) -> None:
    """For somebody who was also named to read other libraries' responses."""
    assigned = application().store.cycle.assigned(person.id)
    if assigned:
        _ = session.current_words()
        count = sum(map(len, assigned.values()))
        words = _("Bạn được phân công thẩm định {n} phiếu của thư viện khác.").format(n=count)
        st.html(markup.notice(markup.paragraph(words)))
        st.page_link(session.page(Page.APPRAISAL), label=_("Mở bàn thẩm định"))


def _show_open_response(round_: Round, library_id: str) -> None:
    _, language = session.current_words(), session.current_language()
    report = session.blank_report(round_)
    response = session.opened_response(round_, library_id, report.framework)
    granted = application().store.cycle.late_exceptions(round_.id).get(library_id)
    due = deadline(with_last_day(round_, granted.last_day if granted else None), pressing=response.editable)
    if granted is not None:
        due += " " + markup.badge(_("gia hạn riêng"), "quiet")
    state = markup.badge(labels.response_state(response, language), "quiet")
    st.html(f"<h2>{markup.text(round_.name)}</h2><p class='page-remark'>{due} {state}</p>")
    frame.show_remark_of_chair(response)
    st.html(progress.bars(report.framework, response))
    file = application().store.cycle.file(round_.id, library_id)
    if not response.editable:
        _show_sent(file)
        return
    step, target, label = _returned_step(response, file) or _next_step(round_, report, response)
    with st.container(border=True, key="next-step"):
        st.html(f"<p class='next-step'>{markup.text(step)}</p>")
        st.page_link(session.page(target), label=label)


def _show_sent(file: ReviewFile) -> None:
    """A response that is with the reviewers, and whether they wait for a word from the library."""
    _ = session.current_words()
    asked = sum(file.thread(name) is ThreadState.OPEN for name in file.posts)
    if asked:
        words = _("{n} ý kiến thẩm định chờ thư viện giải trình.").format(n=asked)
        st.html(markup.notice(markup.paragraph(words), "warn"))
    else:
        words = _("Phiếu đã gửi. Có thể đọc, in phiếu và xem kết quả.")
        st.html(markup.notice(markup.paragraph(words), "good"))
    st.page_link(session.page(Page.ANSWER), label=_("Đọc và giải trình") if asked else _("Xem phiếu đã gửi"))


Step = tuple[str, Page, str]


def _returned_step(response: Response, file: ReviewFile) -> Step | None:
    """What was asked for in the review and neither changed nor explained yet."""
    left = [name for name in file.asked_for_more if _is_waiting(response, file, name)]
    if response.state is not ResponseState.RETURNED or not left:
        return None
    _ = session.current_words()
    step = _("Bước tiếp theo: sửa hoặc giải trình {n} câu được trả lại.").format(n=len(left))
    return step, Page.ANSWER, _("Xem các câu được trả lại")


def _is_waiting(response: Response, file: ReviewFile, name: str) -> bool:
    decision = file.decision(name)
    unchanged = decision is not None and decision.revision == response.entry(name).revision
    return unchanged and file.thread(name) is ThreadState.OPEN


def _next_step(round_: Round, report: RoundReport, response: Response) -> Step:
    _ = session.current_words()
    found = obstacles.find(round_, report.framework, response)
    stopping = [obstacle for obstacle in found if obstacle.stops]
    left = len(found) - len(stopping)
    if not response.begun:
        return _("Bước tiếp theo: bắt đầu trả lời."), Page.ANSWER, _("Bắt đầu trả lời")
    if left:
        words = _("Bước tiếp theo: trả lời {n} câu còn lại.").format(n=left)
        return words, Page.ANSWER, _("Trả lời tiếp")
    if stopping:
        words = _("Bước tiếp theo: làm xong {n} việc trước khi gửi.").format(n=len(stopping))
        return words, Page.CHECK, _("Xem việc cần làm")
    return _("Bước tiếp theo: gửi phiếu."), Page.CHECK, _("Kiểm tra và gửi")


def deadline(round_: Round, *, pressing: bool = False) -> str:
    """How long the round stays open, as HTML; it stands out when little time is left for what is `pressing`."""
    _ = session.current_words()
    left = round_.days_left(session.today())
    day = session.day(round_.closes_on)
    if left < 0:
        words = _("Hạn gửi {day} đã qua {n} ngày.").format(day=day, n=-left)
    elif left == 0:
        words = _("Hạn gửi là hôm nay, {day}.").format(day=day)
    else:
        words = _("Hạn gửi {day}, còn {n} ngày.").format(day=day, n=left)
    if not pressing or left > WEEK_BEFORE:
        return markup.text(words)
    return markup.badge(words, "bad" if left <= DAY_BEFORE else "warn", mark="!")


def _show_results(library_id: str) -> None:
    _ = session.current_words()
    own = [
        session.own_report(entry, library_id)
        for entry in session.rounds()
        if library_id in session.members_of(entry)
    ]
    done = [report for report in own if report.responses[library_id].begun]
    if not done:
        return
    st.html(f"<h2>{markup.text(_('Kết quả các kỳ'))}</h2>")
    rows = [_result_row(report, library_id) for report in done]
    head = [
        _("Đợt"),
        _("Trạng thái phiếu"),
        _("Điểm tự chấm"),
        _("Mốc {year}").format(year=done[0].framework.first_milestone),
        _("Mức"),
        _("Độ phủ"),
    ]
    way = markup.link(_("Chỉ tiêu từ đâu"), sources.register_address())
    st.html(markup.table(head, rows, numeric=(2, 3, 5)) + way)
    st.page_link(session.page(Page.RESULT), label=_("Xem kết quả chi tiết"))


def _result_row(report: RoundReport, library_id: str) -> tuple[str, ...]:
    language = session.current_language()
    row = scores.totals(report.only([library_id]), language=language).iloc[0]
    return (
        markup.text(report.round.name),
        markup.text(row["state"]),
        markup.text(score_words(row["score"], row["low"], row["high"])),
        markup.text(format_fixed(row["line"], language)),
        markup.text(row["level_words"]),
        markup.text(
            labels.share_text(row["coverage"], [report.framework.thresholds.total_coverage], language)
        ),
    )


def score_words(score: float, low: float, high: float, cuts: Iterable[float] = ()) -> str:
    """A stated score, or its bounds where too little was answered.

    cuts: scores at which a level begins; one that is missed is not printed like it.
    """
    language = session.current_language()
    if score == score:
        return format_fixed(score, language, decimals=decimals_apart(score, cuts, 1))
    if low != low:
        return MISSING
    if low <= 0 and high >= WHOLE:
        return session.current_words()("chưa có số liệu")
    return f"{format_fixed(low, language)} – {format_fixed(high, language)}"


def show_for_chair() -> None:
    """Who has sent in the open round, then every round."""
    _ = session.current_words()
    round_ = session.open_round()
    if round_ is not None:
        report = session.report(round_.id)
        st.html(f"<h2>{markup.text(round_.name)}</h2><p class='page-remark'>{deadline(round_)}</p>")
        st.html(markup.tiles(_state_tiles(report)))
        with st.container(horizontal=True, key="ways"):
            st.page_link(session.page(Page.PROGRESS), label=_("Xem tiến độ từng thư viện"))
            st.page_link(session.page(Page.APPRAISAL), label=_("Mở bàn thẩm định"))
    _show_rounds(list(session.rounds()))


def _state_tiles(report: RoundReport) -> list[str]:
    _ = session.current_words()
    responses = list(report.responses.values())
    total = len(responses)
    counted = {
        _("Đã gửi"): sum(not response.editable for response in responses),
        _("Đã duyệt"): sum(response.state is ResponseState.ACCEPTED for response in responses),
        _("Đang làm"): sum(response.editable and response.begun for response in responses),
        _("Chưa bắt đầu"): sum(not response.begun for response in responses),
    }
    return [
        markup.figure_tile(name, f"{count}/{total}", markup.text(_("thư viện")))
        for name, count in counted.items()
    ]


def show_for_official() -> None:
    """The published rounds, each with its way to charts and files."""
    _ = session.current_words()
    published = [entry for entry in session.rounds() if may_compare(session.current_person(), entry)]
    if not published:
        st.html(markup.notice(markup.paragraph(_("Chưa có đợt đánh giá nào được công bố."))))
        return
    _show_rounds(published)
    st.page_link(session.page(Page.FEDERATION), label=_("Xem kết quả của Liên hiệp"))


def show_for_administrator() -> None:
    _ = session.current_words()
    st.html(
        markup.notice(
            markup.paragraph(
                _("Tài khoản quản trị xem được các đợt đánh giá và phương pháp, không xem câu trả lời.")
            )
        )
    )
    if len(application().store.accounts.all()) == 1:
        with st.container(border=True, key="next-step"):
            words = _("Bước tiếp theo: thêm tài khoản cho Chủ tịch Liên hiệp và các thư viện.")
            st.html(f"<p class='next-step'>{markup.text(words)}</p>")
            st.page_link(session.page(Page.ACCOUNTS), label=_("Thêm tài khoản"))
    _show_rounds(list(session.rounds()))


def _show_rounds(entries: list[Round]) -> None:
    _, language = session.current_words(), session.current_language()
    person = session.current_person()
    if not entries:
        words = _("Chưa có đợt đánh giá nào. Chủ tịch Liên hiệp lập đợt ở trang «Các đợt đánh giá».")
        st.html(markup.notice(markup.paragraph(words)))
        return
    exporting = any(may_export(person, entry) for entry in entries)
    rows = [
        (
            markup.text(entry.name),
            markup.text(session.day(entry.reference_date)),
            markup.text(f"{session.day(entry.opens_on)} – {session.day(entry.closes_on)}"),
            markup.badge(
                labels.round_state(entry.state, language),
                "good" if entry.state is RoundState.OPEN else "quiet",
            ),
            *((downloads.link_to_excel(entry),) if may_export(person, entry) else ("",) if exporting else ()),
        )
        for entry in entries
    ]
    head = [_("Đợt"), _("Số liệu chốt ngày"), _("Thời gian"), _("Trạng thái")]
    st.html(f"<h2>{markup.text(_('Các đợt đánh giá'))}</h2>")
    st.html(markup.table([*head, _("Bảng tổng hợp")] if exporting else head, rows))
