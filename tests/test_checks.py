"""Checks on answers and what stands before sending, with the sentences people read; and how answers are entered."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from survey.checks import (
    HARD,
    SOFT,
    Problem,
    find_problems,
    problems_beside,
    question_problems,
    sound_answers,
)
from survey.entry import as_last_round, with_items, with_state, with_typed, with_value, with_words
from survey.figures import all_figures, figure_named, figures
from survey.framework import Framework, load_framework
from survey.response import NO_ANSWER, Answer, AnswerState, Document, Recorded, Response
from survey.sending import Lack, find_obstacles, progress

PROJECT = Path(__file__).resolve().parents[1]
REAL = load_framework(PROJECT / "data/frameworks/qd206.yaml").framework
SMALL = load_framework(PROJECT / "tests/frameworks/reading_rooms.yaml").framework
UNKNOWN, NOT_APPLICABLE = AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE


def answered(**fields: object) -> Answer:
    return Answer(state=AnswerState.ANSWERED, **fields)


def ratio(numerator: float, denominator: float, **fields: object) -> Answer:
    return answered(numerator=float(numerator), denominator=float(denominator), **fields)


def number(value: float, **fields: object) -> Answer:
    return answered(value=float(value), **fields)


def response(answers: Mapping[str, Answer]) -> Response:
    return Response(
        "2026", "cao_bang", recorded={name: Recorded(one, revision=1) for name, one in answers.items()}
    )


def problems(
    framework: Framework, answers: Mapping[str, Answer], before: Mapping[str, Answer] | None = None
) -> list[Problem]:
    return find_problems(framework, response(answers), None if before is None else response(before))


def only(
    framework: Framework, answers: Mapping[str, Answer], before: Mapping[str, Answer] | None = None
) -> Problem:
    found = problems(framework, answers, before)
    assert len(found) == 1, found
    return found[0]


# ---- hard ----

HARD_CHECKS = {
    "what cannot be read is explained": (
        {"X1": answered(denominator=10.0, typed={"numerator": "3 vạn"})},
        "unreadable-numerator",
        "«Số phòng có đèn»: Hãy viết đủ chữ số thay cho «vạn» (1 vạn = 10.000). Ví dụ: gõ 30.000 thay cho «3 vạn».",
        "“Rooms with lamps”: Write out the digits instead of “vạn” (1 vạn = 10,000). "
        "For example type 30,000 instead of “3 vạn”.",
    ),
    "what was unreadable in English only is asked again": (
        {"X2": answered(typed={"value": "1.000"})},
        "unreadable-value",
        "«Số giờ chờ»: «1.000» chưa đọc được. Hãy nhập lại con số này.",
        "“Hours of waiting”: “1.000” could not be read. Enter it again.",
    ),
    "half a ratio lacks the other half": (
        {"X1": answered(numerator=3.0)},
        "missing-denominator",
        "Còn thiếu «Tổng số phòng». Hãy nhập số này.",
        "“All rooms” is missing. Enter it.",
    ),
    "a count is not negative": (
        {"Z1": number(-1375)},
        "negative-value",
        "«Số phòng» (-1.375) không thể nhỏ hơn 0. Hãy nhập lại.",
        "“Rooms” (-1,375) cannot be below 0. Enter it again.",
    ),
    "a count is whole": (
        {"X1": ratio(1.375, 10)},
        "whole-numerator",
        "«Số phòng có đèn» (1,375) phải là số nguyên. Nếu dấu phẩy dùng để ngăn hàng nghìn, hãy gõ dấu chấm, ví dụ 1.375.",
        "“Rooms with lamps” (1.375) must be a whole number. If the point was meant to group thousands, type a comma, "
        "for example 1,375.",
    ),
    "a part is not above its whole": (
        {"X1": ratio(1200, 1000)},
        "part-above-whole",
        "«Số phòng có đèn» (1.200) không thể lớn hơn «Tổng số phòng» (1.000). Hãy sửa một trong hai số.",
        "“Rooms with lamps” (1,200) cannot exceed “All rooms” (1,000). Correct one of the two.",
    ),
    "a part of nothing is a fault": (
        {"X1": ratio(5, 0)},
        "part-above-whole",
        "«Số phòng có đèn» (5) không thể lớn hơn «Tổng số phòng» (0). Hãy sửa một trong hai số.",
        "“Rooms with lamps” (5) cannot exceed “All rooms” (0). Correct one of the two.",
    ),
    "nothing of nothing is a fault where the question always applies": (
        {"X1": ratio(0, 0)},
        "nothing-to-count",
        "0/0 nghĩa là không có đối tượng, nhưng câu này phải có. Hãy kiểm tra số ở mẫu số.",
        "0 of 0 means that there is nothing to count, but this question must have it. Check the total.",
    ),
    "a level that the rubric does not have": (
        {"Y1": number(6)},
        "level",
        "Hãy chọn một mức từ 0 đến 5.",
        "Choose a level from 0 to 5.",
    ),
    "half a level": (
        {"Y1": number(2.5)},
        "level",
        "Hãy chọn một mức từ 0 đến 5.",
        "Choose a level from 0 to 5.",
    ),
    "no level chosen": (
        {"Y1": answered()},
        "level",
        "Hãy chọn một mức từ 0 đến 5.",
        "Choose a level from 0 to 5.",
    ),
    "neither yes nor no": ({"Y3": number(2)}, "yes-no", "Hãy chọn «có» hoặc «không».", "Choose yes or no."),
    "neither yes nor no in the information section": (
        {"Z2": answered()},
        "yes-no",
        "Hãy chọn «có» hoặc «không».",
        "Choose yes or no.",
    ),
    "items that the question does not have": (
        {"Y2": answered(items=("Y2.1", "Y2.9", "X1.1"))},
        "items",
        "Câu hỏi không có nội dung X1.1, Y2.9. Hãy chọn lại.",
        "The question has no item X1.1, Y2.9. Choose again.",
    ),
    "choices that the question does not have": (
        {"Z3": answered(items=("Z3.7",))},
        "items",
        "Câu hỏi không có nội dung Z3.7. Hãy chọn lại.",
        "The question has no item Z3.7. Choose again.",
    ),
    "not applicable where the target holds for every library": (
        {"X1": Answer(state=NOT_APPLICABLE, reason="không có phòng")},
        "must-apply",
        "Câu này không được chọn «không áp dụng» vì chỉ tiêu áp dụng cho mọi thư viện tỉnh. "
        "Hãy trả lời, hoặc chọn «không có số liệu».",
        "This question cannot be “not applicable”, since its target holds for every provincial library. "
        "Answer it, or choose “no data”.",
    ),
    "two figures that must be equal": (
        {"X1": ratio(5, 12), "Z1": number(13)},
        "X1-rooms",
        "Tổng số phòng ở câu X1 (12) phải bằng số phòng ở câu Z1 (13). Hãy sửa một trong hai số.",
        "The rooms of X1 (12) must equal the rooms of Z1 (13). Correct one of them.",
    ),
}


@pytest.mark.parametrize("name", HARD_CHECKS)
def test_a_hard_check_says_what_is_wrong_in_both_languages(name: str):
    answers, code, vietnamese, english = HARD_CHECKS[name]
    problem = only(SMALL, answers)
    assert (problem.severity, problem.code) == (HARD, code)
    assert problem.question_id == next(iter(answers))
    assert problem.message.vi == vietnamese
    assert problem.message.en == english
    assert problem.is_open


def test_a_hard_fault_cannot_be_explained_away():
    problem = only(SMALL, {"X1": ratio(3, 2, confirmed={"part-above-whole": "đúng vậy"})})
    assert problem.is_open


def test_every_fault_of_an_answer_is_named():
    found = problems(SMALL, {"X1": answered(numerator=-1.5, typed={"denominator": "mười"})})
    assert [problem.code for problem in found] == ["negative-numerator", "unreadable-denominator"]


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({}, id="nothing answered"),
        pytest.param({"X1": ratio(0, 12), "Z1": number(12)}, id="zero of twelve"),
        pytest.param({"X2": number(7.5)}, id="decimals where they are allowed"),
        pytest.param({"X2": number(0)}, id="zero"),
        pytest.param({"Y1": number(0)}, id="level 0"),
        pytest.param({"Y2": answered()}, id="no item met"),
        pytest.param({"Y3": number(0), "Z2": number(0)}, id="no"),
        pytest.param({"Z3": answered(), "Z4": answered()}, id="nothing chosen and nothing written"),
        pytest.param({"X1": Answer(state=UNKNOWN, reason="chưa đếm")}, id="don't know"),
        pytest.param({"Y1": Answer(state=NOT_APPLICABLE, reason="không có")}, id="not applicable"),
        pytest.param({"X1": ratio(5, 12), "Z1": Answer(state=UNKNOWN)}, id="the other figure is not known"),
    ],
)
def test_a_sound_answer_raises_nothing(answers: dict[str, Answer]):
    assert problems(SMALL, answers) == []


def test_nothing_of_nothing_is_sound_where_the_question_need_not_apply():
    assert problems(REAL, {"B3": ratio(0, 0)}) == []


def test_staff_counts_must_agree_with_the_general_information():
    found = problems(REAL, {"D2": ratio(20, 24), "A1": ratio(20, 26), "G1": number(25)})
    assert [(one.question_id, one.severity, one.code) for one in found] == [
        ("A1", HARD, "staff-computers"),
        ("D2", HARD, "staff-trained"),
    ]
    assert found[1].message.vi.startswith(
        "Tổng số người làm công tác thư viện ở câu D2 (24) khác với câu G1 (25)."
    )
    assert found[0].message.en.startswith("The number of library workers in A1 (26) differs from G1 (25).")


# ---- soft ----

SOFT_CHECKS = {
    "a figure outside the usual range": (
        {"X1": ratio(5, 50), "Z1": number(50)},
        None,
        "range-denominator",
        "«Tổng số phòng» là 50, ngoài khoảng thường gặp 1 – 40. Đúng thì xác nhận và nêu lý do.",
        "“All rooms” is 50, outside the usual range 1 – 40. If it is right, confirm and say why.",
    ),
    "a stock that falls": (
        {"Z1": number(1374)},
        {"Z1": number(1375)},
        "fall-value",
        "«Số phòng» giảm từ 1.375 xuống 1.374. Đúng thì xác nhận và nêu lý do.",
        "“Rooms” fell from 1,375 to 1,374. If it is right, confirm and say why.",
    ),
    "a figure that trebles and more": (
        {"X2": number(30.5)},
        {"X2": number(10)},
        "jump-value",
        "«Số giờ chờ» đổi từ 10 thành 30,5 so với kỳ trước (hơn 3 lần). Đúng thì xác nhận và nêu lý do.",
        "“Hours of waiting” went from 10 to 30.5 since the last round (more than threefold). "
        "If it is right, confirm and say why.",
    ),
    "a figure that shrinks to less than a third": (
        {"X2": number(3)},
        {"X2": number(10)},
        "jump-value",
        "«Số giờ chờ» đổi từ 10 thành 3 so với kỳ trước (hơn 3 lần). Đúng thì xác nhận và nêu lý do.",
        "“Hours of waiting” went from 10 to 3 since the last round (more than threefold). "
        "If it is right, confirm and say why.",
    ),
    "a figure that falls to nothing": (
        {"X2": number(0)},
        {"X2": number(10)},
        "jump-value",
        "«Số giờ chờ» đổi từ 10 thành 0 so với kỳ trước (hơn 3 lần). Đúng thì xác nhận và nêu lý do.",
        "“Hours of waiting” went from 10 to 0 since the last round (more than threefold). "
        "If it is right, confirm and say why.",
    ),
    "every figure of a dimension as last time": (
        {"X1": ratio(5, 12), "X2": number(10)},
        {"X1": ratio(5, 12), "X2": number(10)},
        "copied-X",
        "Mọi con số của trụ cột «Phòng đọc» giống hệt kỳ trước. Nếu đã kiểm tra lại, hãy xác nhận và nêu lý do.",
        "Every figure of “Reading rooms” is the same as in the last round. If you checked them again, confirm and say why.",
    ),
}


@pytest.mark.parametrize("name", SOFT_CHECKS)
def test_a_soft_check_asks_for_a_reason_in_both_languages(name: str):
    answers, before, code, vietnamese, english = SOFT_CHECKS[name]
    problem = only(SMALL, answers, before)
    assert (problem.severity, problem.code) == (SOFT, code)
    assert problem.message.vi == vietnamese
    assert problem.message.en == english
    assert problem.is_open


@pytest.mark.parametrize("name", SOFT_CHECKS)
def test_a_reason_closes_a_soft_check(name: str):
    answers, before, code, *_ = SOFT_CHECKS[name]
    first = next(iter(answers))
    confirmed = {**answers, first: replace(answers[first], confirmed={code: "đã kiểm tra lại"})}
    problem = only(SMALL, confirmed, before)
    assert problem.reason == "đã kiểm tra lại"
    assert not problem.is_open


@pytest.mark.parametrize(
    ("answers", "before"),
    [
        pytest.param({"X1": ratio(5, 40)}, None, id="at the end of the range"),
        pytest.param({"X1": ratio(1, 1)}, None, id="at the beginning of the range"),
        pytest.param({"X2": number(30)}, {"X2": number(10)}, id="exactly three times"),
        pytest.param({"X2": number(4)}, {"X2": number(12)}, id="exactly a third"),
        pytest.param({"X2": number(10)}, {"X2": number(0)}, id="from nothing"),
        pytest.param({"X2": number(10)}, {"X2": Answer(state=UNKNOWN)}, id="not known last time"),
        pytest.param({"X2": number(10)}, {}, id="not answered last time"),
        pytest.param({"Z1": number(1375)}, {"Z1": number(1375)}, id="a stock that stays"),
        pytest.param({"X1": ratio(4, 12)}, {"X1": ratio(5, 12)}, id="a figure that is no stock may fall"),
        pytest.param(
            {"X1": ratio(5, 12), "X2": number(10)},
            {"X1": ratio(5, 12), "X2": number(11)},
            id="one figure of the dimension differs",
        ),
        pytest.param(
            {"X1": ratio(5, 12), "X2": number(10)},
            {"X1": ratio(5, 12)},
            id="one figure of the dimension was missing last time",
        ),
        pytest.param(
            {"X1": ratio(5, 12)}, {"X1": ratio(5, 12)}, id="one figure of the dimension is missing now"
        ),
        pytest.param(
            {"Y1": number(3), "Y2": answered(items=("Y2.1",)), "Y3": number(1)},
            {"Y1": number(3), "Y2": answered(items=("Y2.1",)), "Y3": number(1)},
            id="a dimension without figures may stay as it was",
        ),
    ],
)
def test_a_usual_answer_asks_nothing(answers: dict[str, Answer], before: dict[str, Answer] | None):
    assert problems(SMALL, answers, before) == []


def test_a_fault_silences_the_questions_about_the_same_answer():
    assert [one.severity for one in problems(SMALL, {"X1": ratio(60, 50)}, {"X1": ratio(1, 2)})] == [HARD]


def test_a_stock_that_falls_to_less_than_a_third_is_asked_about_once():
    assert only(SMALL, {"Z1": number(10)}, {"Z1": number(100)}).code == "fall-value"


def test_the_relations_between_the_general_figures_are_asked_about():
    books = {"G2": number(100_000), "G3": number(120_000), "G4": number(130_000), "G5": number(1_300_000)}
    found = {one.code: one for one in problems(REAL, books) if not one.code.startswith("range")}
    assert set(found) == {"titles-copies", "digital-titles", "pages-per-document"}
    assert {one.severity for one in found.values()} == {SOFT}
    assert found["titles-copies"].message.vi.startswith(
        "Số đầu sách ở câu G3 (120.000) lớn hơn số bản sách ở câu G2 (100.000)."
    )
    assert found["digital-titles"].message.en.startswith(
        "The digital documents of G4 (130,000) exceed the titles of G3 (120,000)."
    )
    assert "nằm ngoài khoảng 20 đến 600 trang" in found["pages-per-document"].message.vi
    assert found["pages-per-document"].question_id == "G5"


@pytest.mark.parametrize(
    ("pages", "asked"), [(19_999, True), (20_000, False), (600_000, False), (600_001, True)]
)
def test_pages_per_document_are_asked_about_outside_20_to_600(pages: int, asked: bool):
    found = problems(REAL, {"G4": number(1000), "G5": number(pages)})
    assert [one.code for one in found] == (["pages-per-document"] if asked else [])


def test_pages_without_a_document_do_not_divide_by_zero():
    assert problems(REAL, {"G4": number(0), "G5": number(500)}) == []


def test_a_soft_relation_is_closed_by_a_reason_and_a_hard_one_is_not():
    books = {"G2": number(100_000), "G3": number(120_000, confirmed={"titles-copies": "kiểm kê lại"})}
    assert not only(REAL, books).is_open
    rooms = {"X1": ratio(5, 12, confirmed={"X1-rooms": "có lý do"}), "Z1": number(13)}
    assert only(SMALL, rooms).is_open


def test_problems_stand_in_the_order_of_the_questionnaire_faults_first():
    answers = {"Z1": number(-1), "Y1": number(9), "X2": number(40), "X1": ratio(5, 50)}
    found = problems(SMALL, answers, {"X2": number(1)})
    assert [(one.question_id, one.severity) for one in found] == [
        ("X1", HARD),
        ("X1", SOFT),
        ("X2", SOFT),
        ("Y1", HARD),
        ("Z1", HARD),
    ]


def test_only_answers_without_a_fault_of_their_own_can_be_scored():
    answers = {"X1": ratio(3, 2), "X2": number(5), "Y1": Answer(state=UNKNOWN), "Z1": number(99)}
    sound = sound_answers(SMALL, response(answers))
    assert sound == {"X2", "Y1", "Y2", "Y3", "Z1", "Z2", "Z3", "Z4"}


def test_one_question_can_be_checked_by_itself():
    question = SMALL.questions["X1"]
    assert question_problems(question, NO_ANSWER) == []
    assert [one.code for one in question_problems(question, ratio(3, 2))] == ["part-above-whole"]


def test_what_stands_beside_a_question_is_what_the_whole_list_says_of_it():
    answers = {
        "X1": ratio(5, 50),
        "X2": number(40),
        "Y1": number(9),
        "Z1": number(10),
        "Y2": answered(items=("Y2.7",)),
    }
    copied = {"X1": ratio(5, 12), "X2": number(10)}
    for now, before in (
        (answers, {"X2": number(1), "Z1": number(99)}),
        (copied, copied),
        ({}, {}),
        (answers, None),
    ):
        earlier = None if before is None else response(before)
        whole = find_problems(SMALL, response(now), earlier)
        for name in SMALL.questions:
            beside = problems_beside(SMALL, response(now), name, earlier)
            assert beside == [problem for problem in whole if problem.question_id == name]


# ---- before sending ----

PAPER = (Document(number="12/KH-UBND"),)


def lacks(
    answers: Mapping[str, Answer], before: Mapping[str, Answer] | None = None
) -> list[tuple[str, Lack]]:
    found = find_obstacles(SMALL, response(answers), None if before is None else response(before))
    return [(one.question_id, one.lack) for one in found if one.lack is not Lack.UNANSWERED]


def test_an_empty_response_lacks_every_answer_and_yet_may_be_sent():
    found = find_obstacles(SMALL, response({}))
    assert [one.question_id for one in found] == list(SMALL.questions)
    assert not any(one.stops for one in found)
    assert found[0].message.vi == "Chưa trả lời. Nếu không có số liệu, hãy chọn «không có số liệu»."
    assert found[0].message.en == "Not answered. If there is no figure, choose “no data”."


def test_a_complete_response_lacks_nothing():
    complete = {
        "X1": ratio(5, 12, evidence=PAPER),
        "X2": number(10),
        "Y1": number(3),
        "Y2": answered(items=("Y2.1",)),
        "Y3": Answer(state=NOT_APPLICABLE, reason="không có quầy"),
        "Z1": number(12),
        "Z2": Answer(state=UNKNOWN, reason="chưa có"),
        "Z3": answered(),
        "Z4": answered(words="Không."),
    }
    assert find_obstacles(SMALL, response(complete)) == []


@pytest.mark.parametrize("state", [UNKNOWN, NOT_APPLICABLE])
@pytest.mark.parametrize("reason", ["", "   "])
def test_no_figure_and_not_applicable_need_a_reason(state: AnswerState, reason: str):
    found = find_obstacles(SMALL, response({"X2": Answer(state=state, reason=reason)}))
    obstacle = next(one for one in found if one.question_id == "X2")
    assert (obstacle.lack, obstacle.stops) == (Lack.UNEXPLAINED, True)
    assert obstacle.message.vi == "Chưa nêu lý do. Hãy ghi một câu giải thích."
    assert obstacle.message.en == "No reason is given. Write one sentence."
    assert lacks({"X2": Answer(state=state, reason="chưa thống kê")}) == []


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        pytest.param(ratio(5, 12), True, id="nothing"),
        pytest.param(ratio(5, 12, evidence=(Document(),)), True, id="a blank document"),
        pytest.param(ratio(5, 12, explanation="  "), True, id="a blank explanation"),
        pytest.param(ratio(5, 12, evidence=PAPER), False, id="a document"),
        pytest.param(ratio(5, 12, evidence=(Document(link="https://a.vn"),)), False, id="a link"),
        pytest.param(ratio(5, 12, explanation="Theo sổ kiểm kê."), False, id="an explanation"),
        pytest.param(Answer(state=UNKNOWN, reason="chưa đếm"), False, id="nothing to prove"),
    ],
)
def test_evidence_or_an_explanation_is_needed_where_the_question_says_so(answer: Answer, missing: bool):
    assert lacks({"X1": answer}) == ([("X1", Lack.NO_EVIDENCE)] if missing else [])


def test_missing_evidence_is_said_in_both_languages():
    found = find_obstacles(SMALL, response({"X1": ratio(5, 12)}))
    assert found[0].message.vi == (
        "Chưa có tài liệu kiểm chứng. Hãy ghi một văn bản, một đường dẫn hoặc một lời giải trình."
    )
    assert found[0].message.en == "There is no evidence. Enter a document, a link or an explanation."
    assert found[0].stops


def test_a_question_without_the_mark_needs_no_evidence():
    assert lacks({"X2": number(10)}) == []


def test_a_fault_and_an_open_question_stop_the_sending_and_a_reason_lets_it_pass():
    jump = {"X2": number(10)}
    assert lacks({"X2": number(40)}, jump) == [("X2", Lack.UNEXPLAINED)]
    assert lacks({"X2": number(40, confirmed={"jump-value": "mở thêm phòng"})}, jump) == []
    assert lacks({"Y1": number(9)}) == [("Y1", Lack.WRONG)]


def test_everything_at_one_question_is_listed():
    found = lacks({"X1": ratio(5, 50)})
    assert found == [("X1", Lack.UNEXPLAINED), ("X1", Lack.NO_EVIDENCE)]


def test_a_fault_of_two_questions_is_listed_once():
    assert lacks({"X1": ratio(5, 12, evidence=PAPER), "Z1": number(13)}) == [("X1", Lack.WRONG)]


def test_not_applicable_where_it_cannot_be_is_wrong_with_or_without_a_reason():
    assert lacks({"X1": Answer(state=NOT_APPLICABLE, reason="không có")}) == [("X1", Lack.WRONG)]


def test_progress_counts_what_is_done_by_section():
    assert progress(SMALL, response({})) == {"X": (0, 2), "Y": (0, 3), "Z": (0, 4)}
    answers = {
        "X1": ratio(3, 2),
        "Y1": Answer(state=UNKNOWN),
        "Y2": Answer(state=NOT_APPLICABLE),
        "Y3": NO_ANSWER,
        "Z3": answered(),
    }
    assert progress(SMALL, response(answers)) == {"X": (1, 2), "Y": (2, 3), "Z": (1, 4)}
    asked = {section: count for section, (_, count) in progress(REAL, response({})).items()}
    assert asked == {"A": 11, "B": 10, "C": 11, "D": 6, "G": 13}


# ---- entry ----


def test_typed_figures_become_an_answer():
    typed = with_typed(NO_ANSWER, SMALL.questions["X1"], {"numerator": "1.375", "denominator": "2.000"}, "vi")
    assert typed == ratio(1375, 2000)
    assert with_typed(NO_ANSWER, SMALL.questions["X2"], {"value": "7.5"}, "en") == number(7.5)


def test_what_cannot_be_read_is_kept_as_typed_and_the_rest_is_read():
    kept = with_typed(NO_ANSWER, SMALL.questions["X1"], {"numerator": " ba vạn ", "denominator": "12"}, "vi")
    assert kept.state is AnswerState.ANSWERED
    assert (kept.numerator, kept.denominator) == (None, 12)
    assert dict(kept.typed) == {"numerator": "ba vạn"}
    mended = with_typed(kept, SMALL.questions["X1"], {"numerator": "3", "denominator": "12"}, "vi")
    assert mended == ratio(3, 12)


def test_zero_is_an_answer_and_blank_is_none():
    question = SMALL.questions["X1"]
    zero = with_typed(NO_ANSWER, question, {"numerator": "0", "denominator": "0"}, "vi")
    assert (zero.state, zero.numerator, zero.denominator) == (AnswerState.ANSWERED, 0, 0)
    blank = with_typed(zero, question, {"numerator": " ", "denominator": ""}, "vi")
    assert blank == NO_ANSWER
    assert with_typed(zero, question, {}, "vi") == NO_ANSWER


def test_typing_a_figure_ends_not_knowing_and_its_reason():
    unknown = Answer(state=UNKNOWN, reason="chưa đếm", explanation="sổ cũ", evidence=PAPER)
    now = with_typed(unknown, SMALL.questions["X2"], {"value": "7"}, "vi")
    assert (now.state, now.value, now.reason) == (AnswerState.ANSWERED, 7, "")
    assert (now.explanation, now.evidence) == ("sổ cũ", PAPER)


def test_a_chosen_value_items_and_words_become_answers():
    unknown = Answer(state=UNKNOWN, reason="chưa rõ")
    assert with_value(unknown, 0.0) == number(0)
    assert with_value(number(3), None).state is AnswerState.UNANSWERED
    assert with_items(unknown, ()) == answered()
    assert with_items(NO_ANSWER, ("Y2.1",)) == answered(items=("Y2.1",))
    assert with_words(NO_ANSWER, "  Koha 23  ") == answered(words="Koha 23")
    assert with_words(answered(words="a"), " ").state is AnswerState.UNANSWERED
    assert with_words(answered(items=("Z3.1",), words="a"), " ") == answered(items=("Z3.1",))


def test_a_state_that_is_no_answer_drops_the_figures_and_keeps_the_papers():
    full = ratio(
        3, 4, items=("a",), typed={"numerator": "x"}, confirmed={"c": "d"}, explanation="vì", evidence=PAPER
    )
    for state in (UNKNOWN, NOT_APPLICABLE, AnswerState.UNANSWERED):
        assert with_state(full, state) == Answer(state=state, explanation="vì", evidence=PAPER)


def test_going_back_to_answering_drops_the_reason():
    unknown = Answer(state=UNKNOWN, reason="chưa đếm", evidence=PAPER)
    assert with_state(unknown, AnswerState.ANSWERED) == answered(evidence=PAPER)


def test_keeping_last_rounds_answer_takes_its_figures_and_asks_for_confirmations_anew():
    before = ratio(3, 4, explanation="cũ", evidence=PAPER, confirmed={"range-numerator": "đúng"})
    kept = as_last_round(before, NO_ANSWER)
    assert kept == replace(before, confirmed=MappingProxyType({}))
    now = Answer(explanation="mới", evidence=(Document(number="mới"),))
    kept = as_last_round(before, now)
    assert (kept.numerator, kept.denominator) == (3, 4)
    assert (kept.explanation, kept.evidence) == ("mới", (Document(number="mới"),))


def test_keeping_last_rounds_state_keeps_its_reason():
    before = Answer(state=NOT_APPLICABLE, reason="không có thư viện cấp xã")
    assert as_last_round(before, number(3)) == before


# ---- figures ----


def test_the_figures_of_a_questionnaire_have_names():
    assert [figure.name for figure in all_figures(SMALL)] == ["X1.numerator", "X1.denominator", "X2", "Z1"]
    assert all(figure_named(SMALL, figure.name) == figure for figure in all_figures(SMALL))
    assert figures(SMALL.questions["Y1"]) == ()
    assert figure_named(SMALL, "Z1").stock
    assert not figure_named(SMALL, "X2").whole


def test_a_figure_is_read_from_answers_only():
    figure = figure_named(SMALL, "X1.denominator")
    assert figure.of(ratio(3, 4)) == 4
    assert figure.of(NO_ANSWER) is None
    assert figure.of(replace(ratio(3, 4), state=UNKNOWN)) is None
