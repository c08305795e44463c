"""Answering: every answer is in the database the moment it is given, whatever its kind."""

import pytest

from pages.places import Place, Tab
from survey.access import Page
from survey.response import AnswerState
from survey.rounds import RoundState

LIBRARY, LOGIN = "dien_bien", "dienbien"


@pytest.fixture
def tab(place: Place) -> Tab:
    """A library that has not begun, in front of the first section."""
    return place.sign_in(LOGIN).open(Page.ANSWER)


def test_the_two_counts_of_a_ratio_are_saved_as_they_are_typed(place: Place, tab: Tab):
    tab.give("A1.numerator", "10")
    assert place.answer(LIBRARY, "A1").numerator == 10
    assert place.answer(LIBRARY, "A1").denominator is None
    tab.give("A1.denominator", "12")
    assert (place.answer(LIBRARY, "A1").numerator, place.answer(LIBRARY, "A1").denominator) == (10, 12)
    assert place.entry(LIBRARY, "A1").saved_by == LOGIN


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.375", 1375), ("0", 0), ("12", 12), ("1 375", 1375), ("７", 7)],
    ids=["point groups thousands", "nought", "plain", "space groups", "full width"],
)
def test_a_number_is_read_the_vietnamese_way(place: Place, tab: Tab, typed: str, value: float):
    tab.give("A2.value", typed)
    answer = place.answer(LIBRARY, "A2")
    assert (answer.state, answer.value) == (AnswerState.ANSWERED, value)


def test_a_decimal_comma_is_read_and_shown_the_vietnamese_way(place: Place, tab: Tab):
    tab.open(Page.ANSWER, muc="D").give("D6.value", "7,5")
    assert place.answer(LIBRARY, "D6").value == 7.5
    again = place.sign_in(LOGIN).open(Page.ANSWER, muc="D")
    assert again.field("D6.value").value == "7,5"


def test_thousands_are_shown_with_points_when_the_page_comes_back(place: Place, tab: Tab):
    tab.open(Page.ANSWER, muc="G").give("G2.value", "141375")
    again = place.sign_in(LOGIN).open(Page.ANSWER, muc="G")
    assert again.field("G2.value").value == "141.375"


def test_nought_is_an_answer_and_counts(place: Place, tab: Tab):
    assert "0/51 câu đã trả lời" in tab.words
    tab.give("A2.value", "0")
    assert "1/51 câu đã trả lời" in tab.words
    assert place.answer(LIBRARY, "A2").state is AnswerState.ANSWERED


def test_a_level_is_chosen_by_its_statement(place: Place, tab: Tab):
    assert len(tab.field("A5.value").options) == 6
    tab.give("A5.value", 0)
    assert place.answer(LIBRARY, "A5").value == 0
    tab.give("A5.value", 3)
    assert place.answer(LIBRARY, "A5").value == 3


@pytest.mark.parametrize("value", [1, 0], ids=["yes", "no"])
def test_yes_and_no_are_both_answers(place: Place, tab: Tab, value: int):
    tab.open(Page.ANSWER, muc="B").give("B9.value", value)
    answer = place.answer(LIBRARY, "B9")
    assert (answer.state, answer.value) == (AnswerState.ANSWERED, value)


def test_a_checklist_is_saved_item_by_item(place: Place, tab: Tab):
    tab.give("A6.A6.2", True)
    tab.give("A6.A6.4", True)
    assert place.answer(LIBRARY, "A6").items == ("A6.2", "A6.4")
    tab.give("A6.A6.2", False)
    assert place.answer(LIBRARY, "A6").items == ("A6.4",)


def test_having_nothing_on_a_checklist_is_an_answer_of_its_own(place: Place, tab: Tab):
    tab.press("none:A6")
    answer = place.answer(LIBRARY, "A6")
    assert (answer.state, answer.items) == (AnswerState.ANSWERED, ())


def test_choices_and_the_note_beside_them_are_kept_together(place: Place, tab: Tab):
    tab.open(Page.ANSWER, muc="G").give("G11.G11.1", True)
    tab.give("G11.words", "  Tự phát triển  ")
    answer = place.answer(LIBRARY, "G11")
    assert (answer.items, answer.words) == (("G11.1",), "Tự phát triển")


def test_free_text_is_saved_and_taken_back(place: Place, tab: Tab):
    tab.open(Page.ANSWER, muc="G").give("G13.words", "Đề nghị <b>tập huấn</b> & hỗ trợ")
    assert place.answer(LIBRARY, "G13").words == "Đề nghị <b>tập huấn</b> & hỗ trợ"
    tab.give("G13.words", "")
    assert place.answer(LIBRARY, "G13").state is AnswerState.UNANSWERED


@pytest.mark.parametrize(
    ("question", "state"),
    [("A2", AnswerState.UNKNOWN), ("A11", AnswerState.UNKNOWN), ("A11", AnswerState.NOT_APPLICABLE)],
    ids=["no figure for a number", "no figure for a ratio", "nothing to count"],
)
def test_no_figure_and_not_applicable_are_states_with_a_reason(
    place: Place, tab: Tab, question: str, state: AnswerState
):
    tab.give(f"{question}.state", state)
    assert place.answer(LIBRARY, question).state is state
    assert not tab.has(f"{question}.value")
    assert not tab.has(f"{question}.numerator")
    tab.give(f"{question}.reason", "Chưa thống kê riêng")
    assert place.answer(LIBRARY, question).reason == "Chưa thống kê riêng"


def test_taking_a_state_back_opens_the_fields_again(place: Place, tab: Tab):
    tab.give("A2.state", AnswerState.UNKNOWN).give("A2.state", None)
    assert place.answer(LIBRARY, "A2").state is AnswerState.UNANSWERED
    tab.give("A2.value", "5")
    assert place.answer(LIBRARY, "A2").value == 5


def test_an_answer_that_every_province_must_give_cannot_be_not_applicable(tab: Tab):
    tab.open(Page.ANSWER, muc="D")
    assert tab.field("D2.state").options == ["Không có số liệu"]
    assert tab.field("D4.state").options == ["Không có số liệu", "Không áp dụng"]


def test_emptying_a_number_makes_the_question_unanswered_again(place: Place, tab: Tab):
    tab.give("A2.value", "5").give("A2.value", "")
    assert place.answer(LIBRARY, "A2").state is AnswerState.UNANSWERED
    assert "0/51 câu đã trả lời" in tab.words


def test_a_chosen_level_can_be_taken_back(place: Place, tab: Tab):
    tab.give("A5.value", 2).give("A5.state", AnswerState.UNANSWERED)
    assert place.answer(LIBRARY, "A5").state is AnswerState.UNANSWERED


def test_evidence_and_explanation_are_saved_field_by_field(place: Place, tab: Tab):
    tab.give("A5.value", 3)
    tab.unfold("evidence:A5")
    tab.give("A5.document0.number", "12/QĐ-TVT")
    tab.give("A5.document0.issued", "05/03/2025")
    tab.give("A5.explanation", "Đang trình phê duyệt")
    answer = place.answer(LIBRARY, "A5")
    assert [(one.number, one.issued) for one in answer.evidence] == [("12/QĐ-TVT", "05/03/2025")]
    assert answer.explanation == "Đang trình phê duyệt"
    assert answer.value == 3
    tab.give("A5.document1.link", "https://example.vn/van-ban")
    assert [one.link for one in place.answer(LIBRARY, "A5").evidence] == ["", "https://example.vn/van-ban"]
    tab.give("A5.document0.number", "").give("A5.document0.issued", "")
    assert [one.link for one in place.answer(LIBRARY, "A5").evidence] == ["https://example.vn/van-ban"]
    assert tab.field("A5.document0.link").value == "https://example.vn/van-ban"


def test_an_unusual_change_asks_for_a_reason_and_is_then_content(place: Place, tab: Tab):
    tab.give("A2.value", "99999")
    assert "cần xác nhận" in tab.words
    keys = [one.key for one in tab.app.text_input if one.key.startswith("A2.confirm.")]
    assert keys
    for key in keys:
        tab.give(key, "Tỉnh vừa đầu tư phòng máy mới")
    assert set(place.answer(LIBRARY, "A2").confirmed.values()) == {"Tỉnh vừa đầu tư phòng máy mới"}
    assert "cần xác nhận" not in tab.words
    assert place.answer(LIBRARY, "A2").value == 99999


def test_last_rounds_answer_is_taken_over_with_one_click(place: Place, tab: Tab):
    before = place.response(LIBRARY, "2025-truoc-sap-nhap").answer("A1")
    tab.press("keep:A1")
    now = place.answer(LIBRARY, "A1")
    assert now.same_figures(before)
    assert now.evidence == before.evidence
    assert tab.field("A1.numerator").value == f"{before.numerator:.0f}"
    assert not tab.has("keep:A1")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3 vạn", "1 vạn = 10.000"),
        ("3 triệu", "1 triệu = 1.000.000"),
        ("12a", "«12a» không phải là một con số"),
        ("1.2345,6,7", "Chưa rõ «1.2345,6,7» là số nào"),
        ("12%", "«12%» là tỷ lệ phần trăm"),
        ("-", "«-» không phải là một con số"),
    ],
)
def test_an_unreadable_number_keeps_what_was_typed_with_the_reason_beside_it(
    place: Place, tab: Tab, typed: str, said: str
):
    tab.give("A2.value", typed)
    assert tab.field("A2.value").value == typed
    assert said in tab.words
    assert "cần sửa" in tab.words
    again = place.sign_in(LOGIN).open(Page.ANSWER)
    assert again.field("A2.value").value == typed
    assert place.answer(LIBRARY, "A2").value is None


def test_a_part_greater_than_the_whole_is_named_with_both_numbers(tab: Tab):
    tab.give("A1.numerator", "1.200").give("A1.denominator", "1.000")
    assert "(1.200) không thể lớn hơn" in tab.words
    assert "(1.000)" in tab.words


def test_a_total_of_nought_is_told_at_once(tab: Tab):
    tab.open(Page.ANSWER, muc="D").give("D2.numerator", "3").give("D2.denominator", "0")
    assert "(3) không thể lớn hơn" in tab.words
    tab.give("D2.numerator", "0")
    assert "0/0 nghĩa là không có đối tượng" in tab.words


def test_the_time_of_saving_is_shown_in_hanoi_time(tab: Tab):
    tab.give("A3.value", "100")
    assert "Đã lưu 09:00:00" in tab.words or "09:00:00, cần xác nhận" in tab.words


def test_an_answer_of_an_earlier_day_names_the_day(place: Place, tab: Tab):
    tab.give("A3.value", "100")
    place.clock.forward(days=1)
    again = place.sign_in(LOGIN).open(Page.ANSWER, muc="A")
    assert "09:00:00 ngày 23/11/2026" in again.words


def test_the_first_half_of_a_ratio_is_no_fault(tab: Tab):
    tab.open(Page.ANSWER, muc="D").give("D2.numerator", "3")
    assert "còn thiếu một số" in tab.words
    assert "cần sửa" not in tab.words


def test_an_emptied_field_does_not_look_like_an_answer(tab: Tab):
    tab.give("A2.value", "12").give("A2.value", "")
    assert "Đã lưu 09:00:00, chưa có câu trả lời" in tab.words


def test_the_address_of_a_question_opens_its_section(place: Place):
    tab = place.sign_in(LOGIN).open(Page.ANSWER, muc="C", cau="C4")
    assert tab.has("C4.value")
    assert not tab.has("A2.value")


def test_a_section_that_does_not_exist_shows_the_first_one(place: Place):
    assert place.sign_in(LOGIN).open(Page.ANSWER, muc="<script>").has("A2.value")


def test_going_to_another_section_and_back_loses_nothing(place: Place, tab: Tab):
    tab.give("A2.value", "41").give("A4.numerator", "3 nghìn")
    tab.give("choice.muc", "D").give("choice.muc", "A")
    assert tab.field("A2.value").value == "41"
    assert tab.field("A4.numerator").value == "3 nghìn"
    assert place.answer(LIBRARY, "A2").value == 41


def test_every_section_is_drawn_with_all_its_questions(place: Place, tab: Tab):
    framework = place.application.framework(place.round())
    for section in ("A", "B", "C", "D", "G"):
        tab.open(Page.ANSWER, muc=section)
        drawn = {name for name in framework.questions if tab.has(f"card-{name}")}
        assert drawn == {name for name in framework.questions if name.startswith(section)}


def test_each_indicator_says_where_both_targets_come_from(place: Place):
    framework = place.application.framework(place.round())
    tab = place.sign_in(LOGIN)
    for dimension in framework.dimensions:
        words = tab.open(Page.ANSWER, muc=dimension.id).words
        assert words.count("2025:") >= len(dimension.indicators)
        assert words.count("2030:") >= len(dimension.indicators)
        for indicator in dimension.indicators:
            for year in framework.milestones:
                assert indicator.target(year).source.clause.vi in words


def test_with_no_open_round_there_is_nothing_to_answer(place: Place):
    place.store.rounds.change_state(place.round().id, RoundState.CLOSED, "chutich")
    for page in (Page.ANSWER, Page.CHECK):
        assert "không có đợt đánh giá nào đang mở" in place.sign_in(LOGIN).open(page).words


def test_a_state_chosen_by_mistake_does_not_cost_the_figures(place: Place, tab: Tab):
    tab.give("A1.numerator", "10").give("A1.denominator", "12")
    tab.give("A1.state", AnswerState.UNKNOWN)
    assert place.answer(LIBRARY, "A1").numerator is None
    tab.give("A1.state", AnswerState.NOT_APPLICABLE).give("A1.state", None)
    answer = place.answer(LIBRARY, "A1")
    assert (answer.state, answer.numerator, answer.denominator) == (AnswerState.ANSWERED, 10, 12)
    assert tab.field("A1.denominator").value == "12"
