"""From the last question to the accepted response: checking, sending, reading, accepting, returning."""

from datetime import timedelta

import pytest

from pages.places import OPEN, Place, Tab
from survey.access import Page
from survey.checks import find_problems
from survey.response import Answer, AnswerState, Document, ResponseState
from survey.sending import find_obstacles

LAI_CHAU, PHU_THO = "lai_chau", "phu_tho_2025"


@pytest.fixture
def middle(place: Place) -> Tab:
    """A library in the middle of its response, with things left to do."""
    return place.sign_in("laichau")


@pytest.fixture
def gaps(place: Place) -> Tab:
    """A library that left five questions open and nothing else to do."""
    return place.sign_in("phutho")


def _left(place: Place, library: str) -> list[str]:
    """Questions that stop the sending, by the rules themselves."""
    framework = place.application.framework(place.round())
    before = place.response(library, "2025-truoc-sap-nhap")
    against = place.application.comparison(place.round(), library)
    found = find_obstacles(framework, place.response(library), before if before.begun else None, against)
    return [obstacle.question_id for obstacle in found if obstacle.stops]


def test_whatever_stops_the_sending_is_listed_with_a_link_to_its_place(place: Place, middle: Tab):
    middle.open(Page.CHECK)
    stopping = _left(place, LAI_CHAU)
    assert stopping
    for question in stopping:
        assert f"/tra-loi?muc={question[0]}&amp;cau={question}" in middle.html
    assert f"Còn {len(stopping)} việc phải làm trước khi gửi" in middle.words
    assert "Gửi phiếu" not in middle.buttons()


def test_what_is_missing_is_listed_apart_from_what_is_wrong(middle: Tab):
    words = middle.open(Page.CHECK).words
    for group in ("Chưa trả lời", "Thiếu tài liệu kiểm chứng", "Cần"):
        assert group in words


def test_a_response_with_gaps_is_sent_only_when_the_gaps_are_known(place: Place, gaps: Tab):
    assert _left(place, PHU_THO) == []
    gaps.open(Page.CHECK)
    [button] = [one for one in gaps.app.button if one.label == "Gửi phiếu"]
    assert button.disabled
    gaps.give("send with gaps", True).give("certified", True).press("Gửi phiếu")
    assert place.response(PHU_THO).state is ResponseState.SUBMITTED
    assert place.response(PHU_THO).submitted_at == place.clock()


def test_after_sending_the_response_can_be_read_whole_and_changed_nowhere(place: Place, gaps: Tab):
    gaps.open(Page.CHECK).give("send with gaps", True).give("certified", True).press("Gửi phiếu")
    framework = place.application.framework(place.round())
    for page in (Page.ANSWER, Page.CHECK):
        gaps.open(page)
        assert "Phiếu đã khóa; có thể đọc và in" in gaps.words
        for question in framework.questions.values():
            assert question.label.vi in gaps.words
        assert not gaps.app.text_input
        assert gaps.buttons() == ["Thu hồi phiếu"]


def test_evidence_and_reasons_are_part_of_what_was_sent(place: Place):
    entry = place.response("cao_bang").answer("A8")
    words = place.sign_in("caobang").open(Page.ANSWER).words
    assert entry.evidence[0].number in words
    assert place.response("cao_bang").answer("C9").reason in words


def test_after_the_last_day_sending_is_refused_in_a_sentence_and_nothing_is_lost(place: Place, gaps: Tab):
    place.store.rounds.change_closing(OPEN, place.clock().date() - timedelta(days=2), "chutich")
    gaps.open(Page.CHECK).give("send with gaps", True).give("certified", True).press("Gửi phiếu")
    assert place.response(PHU_THO).state is ResponseState.DRAFT
    assert "21/11/2026" in gaps.words


def test_an_answer_spoilt_by_a_colleague_stops_the_sending(place: Place, gaps: Tab):
    gaps.open(Page.CHECK).give("send with gaps", True).give("certified", True)
    revision = place.entry(PHU_THO, "A2").revision
    wrong = Answer(state=AnswerState.ANSWERED, typed={"value": "mấy chục"})
    place.store.answers.save(OPEN, PHU_THO, "A2", wrong, opened_revision=revision, by="phutho2")
    next(one for one in gaps.app.button if one.label == "Gửi phiếu").click()
    gaps.run()
    assert place.response(PHU_THO).state is ResponseState.DRAFT
    assert "A2" in gaps.words
    assert "Còn 1 việc phải làm trước khi gửi" in gaps.words


def test_a_fault_between_two_questions_stands_beside_the_answer(place: Place):
    tab = place.sign_in("dienbien").open(Page.ANSWER, muc="G")
    tab.give("G1.value", "20").open(Page.ANSWER, muc="D")
    tab.give("D2.numerator", "5").give("D2.denominator", "30")
    assert "khác với câu G1 (20)" in tab.words


def test_a_question_between_two_answers_can_be_confirmed_where_it_stands(place: Place):
    tab = place.sign_in("dienbien").open(Page.ANSWER, muc="G")
    tab.give("G2.value", "150.000").give("G3.value", "160.000")
    for key in [one.key for one in tab.app.text_input if one.key.startswith("G3.confirm.")]:
        tab.give(key, "Đã đếm lại hai lần")
    framework = place.application.framework(place.round())
    before = place.response("dien_bien", "2025-truoc-sap-nhap")
    open_ones = [
        problem.code
        for problem in find_problems(framework, place.response("dien_bien"), before)
        if problem.question_id == "G3" and problem.is_open
    ]
    assert open_ones == []


def test_everything_on_the_list_can_be_done_on_the_page_it_leads_to(place: Place, middle: Tab):
    """The journey of every library: work the list off from top to bottom, then send."""
    for question in dict.fromkeys(_left(place, LAI_CHAU)):
        _settle(place, middle, question)
    assert _left(place, LAI_CHAU) == []
    middle.open(Page.CHECK).give("send with gaps", True).give("certified", True).press("Gửi phiếu")
    assert place.response(LAI_CHAU).state is ResponseState.SUBMITTED


def _settle(place: Place, tab: Tab, question: str) -> None:
    """Do at one question what the list asks for, with the fields that are there."""
    tab.open(Page.ANSWER, muc=question[0], cau=question)
    before = place.response(LAI_CHAU, "2025-truoc-sap-nhap")
    framework = place.application.framework(place.round())
    hard = [
        problem
        for problem in find_problems(framework, place.response(LAI_CHAU), before)
        if problem.question_id == question and problem.severity == "hard"
    ]
    if hard and question == "A1":
        tab.give("A1.denominator", f"{place.answer(LAI_CHAU, 'G1').value:.0f}")
        if place.answer(LAI_CHAU, "A1").numerator > place.answer(LAI_CHAU, "A1").denominator:
            tab.give("A1.numerator", tab.field("A1.denominator").value)
    for key in [one.key for one in tab.app.text_input if one.key.startswith(f"{question}.confirm.")]:
        tab.give(key, "Đã kiểm tra lại, số liệu đúng")
    if tab.has(f"{question}.reason") and not place.answer(LAI_CHAU, question).reason:
        tab.give(f"{question}.reason", "Chưa thống kê")
    if tab.has(f"evidence:{question}") or not place.answer(LAI_CHAU, question).has_evidence:
        tab.unfold(f"evidence:{question}")
        if tab.has(f"{question}.explanation") and not tab.field(f"{question}.explanation").value:
            tab.give(f"{question}.explanation", "Sẽ bổ sung văn bản")


def test_a_returned_response_shows_the_remark_above_everything_and_is_open_again(place: Place):
    tab = place.sign_in("sonla")
    remark = place.response("son_la").remark
    for page in (Page.HOME, Page.ANSWER, Page.CHECK):
        assert " ".join(remark.split()) in tab.open(page).words
    tab.open(Page.ANSWER).give("A8.value", 3)
    assert place.answer("son_la", "A8").value == 3


def test_the_chair_accepts_a_whole_response(place: Place):
    chair = place.sign_in("chutich").open(Page.REVIEW, dot=OPEN, thu_vien="cao_bang")
    assert "Duyệt phiếu" in chair.buttons()
    chair.press("Duyệt phiếu")
    response = place.response("cao_bang")
    assert response.state is ResponseState.ACCEPTED
    assert all(
        entry.verified for entry in response.recorded.values() if entry.answer.state is AnswerState.ANSWERED
    )
    assert "Duyệt phiếu" not in chair.buttons()


def test_the_chair_returns_a_response_with_a_remark_that_the_library_reads(place: Place):
    chair = place.sign_in("chutich").open(Page.REVIEW, dot=OPEN, thu_vien="lang_son")
    chair.give("remark", "Đề nghị đếm lại câu B7 <gấp>").press("Trả lại để chỉnh sửa, bổ sung")
    assert place.response("lang_son").state is ResponseState.RETURNED
    library = place.sign_in("langson").open(Page.ANSWER)
    assert "Đề nghị đếm lại câu B7 <gấp>" in library.words
    library.give("A2.value", "77")
    assert place.answer("lang_son", "A2").value == 77


def test_returning_without_a_remark_is_refused_with_the_reason(place: Place):
    chair = place.sign_in("chutich").open(Page.REVIEW, dot=OPEN, thu_vien="lang_son")
    chair.press("Trả lại để chỉnh sửa, bổ sung")
    assert place.response("lang_son").state is ResponseState.SUBMITTED
    assert "ý kiến" in chair.words.lower() or "nhận xét" in chair.words.lower()


def test_an_accepted_response_can_still_be_returned(place: Place):
    chair = place.sign_in("chutich").open(Page.REVIEW, dot=OPEN, thu_vien="thai_nguyen_2025")
    assert chair.buttons() == ["Mở lại để thẩm định", "Trả lại để chỉnh sửa, bổ sung"]
    chair.give("remark", "Xin bổ sung").press("Trả lại để chỉnh sửa, bổ sung")
    assert place.response("thai_nguyen_2025").state is ResponseState.RETURNED


def test_the_chair_cannot_decide_on_what_was_not_sent(place: Place):
    chair = place.sign_in("chutich")
    for library in (LAI_CHAU, "son_la", "dien_bien"):
        chair.open(Page.REVIEW, dot=OPEN, thu_vien=library)
        assert chair.buttons() == []
    chair.open(Page.REVIEW, dot="2024", thu_vien=LAI_CHAU)
    assert chair.buttons() == []


def test_progress_tells_the_chair_who_has_come_how_far(place: Place):
    words = place.sign_in("chutich").open(Page.PROGRESS).words
    assert "n = 6/10 thư viện đã gửi" in words
    for state in ("Bản nháp", "Chưa bắt đầu", "Đã gửi", "Đã trả lại", "Đã duyệt"):
        assert state in words


def test_what_was_sent_shows_at_once_in_the_chairs_progress(place: Place, gaps: Tab):
    chair = place.sign_in("chutich").open(Page.PROGRESS)
    gaps.open(Page.CHECK).give("send with gaps", True).give("certified", True).press("Gửi phiếu")
    assert "n = 7/10 thư viện đã gửi" in chair.run().words


def test_names_and_documents_with_signs_of_html_are_shown_as_typed(place: Place, gaps: Tab):
    revision = place.entry(PHU_THO, "A5").revision
    spiked = Answer(
        state=AnswerState.ANSWERED,
        value=1,
        explanation="<script>alert(1)</script>",
        evidence=(Document(number="<img src=x onerror=alert(1)>", link="javascript:alert(1)"),),
    )
    place.store.answers.save(OPEN, PHU_THO, "A5", spiked, opened_revision=revision, by="phutho")
    gaps.open(Page.CHECK).give("send with gaps", True).give("certified", True).press("Gửi phiếu")
    for page in (Page.ANSWER, Page.RESULT):
        html = gaps.open(page).html
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "href='javascript" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_whoever_enters_figures_is_told_that_the_director_sends(place: Place):
    tab = place.sign_in("phutho.nhap").open(Page.CHECK)
    assert "Gửi phiếu" not in tab.buttons()
    assert "Giám đốc thư viện đăng nhập và gửi phiếu" in tab.words


def test_a_reader_of_what_was_sent_sees_which_items_and_what_the_level_says(place: Place):
    framework = place.application.framework(place.round())
    response = place.response("cao_bang")
    words = place.sign_in("caobang").open(Page.ANSWER).words
    backup, level = framework.indicators["A6"], framework.indicators["A8"]
    met = response.answer("A6").items
    assert met
    for item in backup.items:
        assert (item.label.vi in words) == (item.id in met)
    assert level.levels[int(response.answer("A8").value)].vi in words


def test_a_figure_far_from_the_others_waits_for_a_reason_and_names_nobody(gaps: Tab):
    gaps.open(Page.ANSWER, muc="A").give("A2.confirm.far-from-others", "")
    words = gaps.open(Page.CHECK).words
    assert "Còn 1 việc phải làm trước khi gửi" in words
    assert "khác xa 6 thư viện khác đã gửi" in words
    assert "Cao Bằng" not in words


def test_the_reason_for_a_figure_below_the_former_libraries_reaches_whoever_reads_it(place: Place):
    reason = place.response("lao_cai_2025").answer("D6").confirmed["below-parts-value"]
    words = place.sign_in("chutich").open(Page.REVIEW, dot=OPEN, thu_vien="lao_cai_2025").words
    assert f"Đã xác nhận (thấp hơn tổng các thư viện cũ): {reason}" in words
