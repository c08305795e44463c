"""Figures against the other libraries and against the parts of a merged one: hand-worked edges and what is told."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from survey.checks import find_problems, problems_beside, question_problems
from survey.comparing import comparison_for
from survey.comparison import Comparison
from survey.framework import AnyQuestion, RatioIndicator, load_framework
from survey.outliers import spread_of
from survey.response import Answer, AnswerState, Recorded, Response, ResponseState
from survey.sending import Lack, find_obstacles
from survey.text import Text

PROJECT = Path(__file__).resolve().parents[1]
FILE = yaml.safe_load((PROJECT / "tests/cases/checks/compared.yaml").read_text(encoding="utf-8"))
REAL = load_framework(PROJECT / FILE["framework"]).framework


def answer(given: object) -> Answer:
    """`12 of 24` is a ratio, a number a number, null no answer."""
    if given is None:
        return Answer()
    if isinstance(given, str):
        a, _, b = given.partition(" of ")
        return Answer(AnswerState.ANSWERED, numerator=float(a), denominator=float(b))
    return Answer(AnswerState.ANSWERED, value=float(str(given)))


def responses(question: str, given: list[Any], state: ResponseState) -> dict[str, Response]:
    return {
        f"other_{place}": Response(
            "now", f"other_{place}", state=state, recorded={question: Recorded(answer(one), revision=1)}
        )
        for place, one in enumerate(given)
    }


def comparison(question: str, others: list[Any], parts: list[Any]) -> Comparison:
    former = responses(question, parts, ResponseState.ACCEPTED)
    return comparison_for(
        REAL,
        "own",
        responses(question, others, ResponseState.SUBMITTED),
        parts=former,
        names={name: Text(vi=f"Tên {name}", en=f"Name {name}") for name in former},
    )


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["name"])
def test_a_hand_worked_figure_is_asked_about_just_where_the_calculator_says(case: dict[str, Any]):
    name = case["question"]
    question: AnyQuestion = REAL.questions[name]
    before = answer(case["last"]) if "last" in case else None
    against = comparison(name, case.get("others", []), case.get("parts", []))
    found = question_problems(question, answer(case["answer"]), before, against)
    assert [one.code for one in found] == case["asks"]
    assert {one.severity for one in found} <= {"soft"}


@pytest.fixture
def far() -> Comparison:
    return comparison("A2", [20, 21, 22, 23, 25], [])


def own(given: float, **confirmed: str) -> Response:
    entry = answer(given)
    kept = Answer(entry.state, value=entry.value, confirmed=confirmed)
    return Response("now", "own", recorded={"A2": Recorded(kept, revision=1)})


def test_the_question_tells_the_median_and_the_range_of_the_others_and_no_name(far: Comparison):
    [problem] = find_problems(REAL, own(150), None, far)
    assert problem.message.vi == (
        "«Thiết bị truy cập phục vụ bạn đọc» là 150, khác xa 5 thư viện khác đã gửi (ở giữa 22, từ 20 đến 25). "
        "Đúng thì xác nhận và nêu lý do."
    )
    assert "far from the 5 other libraries" in problem.message.en
    assert "other_" not in problem.message.vi


def test_a_reason_settles_the_question_beside_the_answer_and_before_sending(far: Comparison):
    response = own(150, **{"far-from-others": "Đã kiểm kê"})
    [problem] = problems_beside(REAL, response, "A2", None, far)
    assert (problem.reason, problem.is_open) == ("Đã kiểm kê", False)
    stopping = [one for one in find_obstacles(REAL, response, None, far) if one.stops]
    assert stopping == []


def test_without_a_reason_the_response_waits(far: Comparison):
    stopping = [one for one in find_obstacles(REAL, own(150), None, far) if one.stops]
    assert [(one.question_id, one.lack) for one in stopping] == [("A2", Lack.UNEXPLAINED)]


def test_an_answer_that_may_not_be_changed_is_not_asked_for_a_reason(far: Comparison):
    returned = replace(own(150), state=ResponseState.RETURNED, opened=frozenset({"A8"}))
    assert not [one for one in find_obstacles(REAL, returned, None, far) if one.stops]
    opened = replace(returned, opened=frozenset({"A2"}))
    assert [one.question_id for one in find_obstacles(REAL, opened, None, far) if one.stops] == ["A2"]


def test_drafts_and_the_librarys_own_response_are_not_compared_with():
    given = {
        **responses("A2", [20, 21, 22, 23], ResponseState.ACCEPTED),
        "own": Response(
            "now", "own", state=ResponseState.SUBMITTED, recorded={"A2": Recorded(answer(24), revision=1)}
        ),
        "late": Response("now", "late", recorded={"A2": Recorded(answer(24), revision=1)}),
    }
    assert comparison_for(REAL, "own", given, parts={}, names={}).others == {}
    assert comparison_for(REAL, "late", given, parts={}, names={}).others["A2"].count == 5


def test_a_faulty_answer_of_another_library_is_not_compared_with():
    found = comparison("A2", [20, 21, 22, 23, -5], [])
    assert found.others == {}


def test_the_order_of_the_parts_changes_nothing():
    sums = {
        comparison("G2", [], list(order)).parts["G2"].value for order in permutations([70000, 50000, 31000])
    }
    assert sums == {151000}


def test_the_sentence_names_whose_figures_were_added_up():
    against = comparison("G2", [], [100000, 80000])
    [problem] = question_problems(REAL.questions["G2"], answer(150000), None, against)
    assert problem.message.vi == (
        "«Bản sách» là 150.000, thấp hơn tổng 180.000 mà các thư viện cũ (Tên other_0 + Tên other_1) báo cáo ở kỳ cuối "
        "trước sắp xếp. Đúng thì xác nhận và nêu lý do."
    )


def test_fewer_than_five_values_have_no_spread():
    assert spread_of([1.0, 2.0, 3.0, 4.0]) is None


def test_only_what_the_framework_calls_a_count_is_added_up():
    summed = [name for name, one in REAL.questions.items() if getattr(one, "summed", False)]
    numbers = [name for name in summed if not isinstance(REAL.questions[name], RatioIndicator)]
    assert numbers == ["A2", "B5", "D3", "D6", "G1", "G2", "G4", "G5", "G6", "G7", "G8", "G9"]
    assert "C7" not in summed
