"""Programme targets beyond the hand-worked cases: how outcomes combine, head-counts, and what is shown beside them."""

import math
from fractions import Fraction
from pathlib import Path

import pytest

from scoring.matrix import build_matrix
from scoring.programme import LibraryResult, Outcome, federation_results, heads_needed, library_results
from scoring.reviewed import reviewed_matrix
from scoring.scorecard import score
from survey.framework import load_framework
from survey.response import Answer, AnswerState, Recorded, Response

REAL = load_framework(Path(__file__).resolve().parents[1] / "data/frameworks/qd206.yaml").framework
STATES = {
    Outcome.NO_DATA: Answer(state=AnswerState.UNKNOWN),
    Outcome.NOT_APPLICABLE: Answer(state=AnswerState.NOT_APPLICABLE),
}


def yes_no(outcome: Outcome) -> Answer:
    if outcome in STATES:
        return STATES[outcome]
    return Answer(state=AnswerState.ANSWERED, value=float(outcome is Outcome.MET))


def items(outcome: Outcome) -> Answer:
    if outcome in STATES:
        return STATES[outcome]
    return Answer(state=AnswerState.ANSWERED, items=("C5.1",) if outcome is Outcome.MET else ())


def results(answers: dict[str, dict[str, Answer]]) -> list[LibraryResult]:
    return library_results(score(build_matrix(answers, REAL), REAL), REAL)


def t2(first: Outcome, second: Outcome) -> Outcome:
    found = results({"one": {"C5": items(first), "B9": yes_no(second)}})
    return next(one.outcome for one in found if one.target == "T2")


@pytest.mark.parametrize("first", Outcome)
@pytest.mark.parametrize("second", Outcome)
def test_one_failure_decides_then_missing_data_then_nothing_to_apply(first: Outcome, second: Outcome):
    both = {first, second}
    if Outcome.NOT_MET in both:
        expected = Outcome.NOT_MET
    elif Outcome.NO_DATA in both:
        expected = Outcome.NO_DATA
    elif Outcome.MET in both:
        expected = Outcome.MET
    else:
        expected = Outcome.NOT_APPLICABLE
    assert t2(first, second) is expected


def test_an_unanswered_condition_is_missing_data():
    found = {one.target: one.outcome for one in results({"one": {"C5": items(Outcome.MET)}})}
    assert found["T2"] is Outcome.NO_DATA


@pytest.mark.parametrize(
    ("goal", "libraries", "heads"),
    [
        (60, 13, 8),
        (60, 10, 6),
        (60, 5, 3),
        (60, 12, 8),
        (60, 1, 1),
        (60, 0, 0),
        (100, 13, 13),
        (70, 10, 7),
        (70, 13, 10),
    ],
)
def test_a_share_asks_for_whole_libraries(goal: float, libraries: int, heads: int):
    assert heads_needed(goal, libraries) == heads


def test_heads_are_rounded_up_exactly_for_every_share_and_number_of_libraries():
    for goal in range(1, 101):
        for libraries in range(120):
            assert heads_needed(goal, libraries) == math.ceil(Fraction(goal * libraries, 100))


def test_every_library_has_a_result_for_every_target_in_order():
    found = results({"one": {}, "two": {}})
    assert [(one.target, one.library) for one in found] == [
        (target, library) for target in ("T1", "T2", "T3", "T5", "T6") for library in ("one", "two")
    ]


def test_the_value_that_decides_is_shown_where_one_figure_decides():
    trained = Answer(state=AnswerState.ANSWERED, numerator=18.0, denominator=24.0)
    found = {one.target: one.value for one in results({"one": {"D2": trained, "C10": yes_no(Outcome.MET)}})}
    assert found == {"T1": None, "T2": None, "T3": None, "T5": 75.0, "T6": 1.0}


def test_a_target_with_a_condition_binds_only_those_it_names():
    card = score(build_matrix({"one": {}, "two": {}}, REAL), REAL)
    found = library_results(card, REAL, binding={"T3": frozenset({"two"})})
    assert {(one.target, one.library) for one in found if not one.binding} == {("T3", "one")}


def test_a_ratio_at_its_target_is_met_also_where_the_division_is_not_exact():
    for whole in range(1, 400):
        part = Answer(state=AnswerState.ANSWERED, numerator=float(whole * 7), denominator=float(whole * 10))
        found = {one.target: one.outcome for one in results({"one": {"B3": part}})}
        assert found["T3"] is Outcome.MET, whole


def test_nobody_at_all_gives_a_federation_without_figures():
    card = score(build_matrix({}, REAL), REAL)
    found = {one.target: one for one in federation_results(library_results(card, REAL), card, REAL)}
    assert {(one.met, one.counted, one.reported, one.needed) for one in found.values()} == {(0, 0, 0, 0)}
    assert all(math.isnan(one.share) for one in found.values())
    assert (found["T5"].numerator, found["T5"].denominator) == (0, 0)
    assert (found["T6"].numerator, found["T6"].denominator) == (None, None)


def test_verified_figures_alone_can_be_added_up_too():
    figures = {"one": (10, 10), "two": (5, 20)}
    answers = {
        name: Answer(
            state=AnswerState.ANSWERED, numerator=float(a), denominator=float(b), explanation="Danh sách lớp"
        )
        for name, (a, b) in figures.items()
    }
    responses = {
        name: Response("2026", name, recorded={"D2": Recorded(answer, 1, verified=name == "two")})
        for name, answer in answers.items()
    }
    card = score(reviewed_matrix(responses, REAL), REAL)
    found = {one.target: one for one in federation_results(library_results(card, REAL), card, REAL)}
    assert (found["T5"].numerator, found["T5"].denominator, found["T5"].share) == (5, 20, 25)
    assert (found["T5"].met, found["T5"].counted, found["T5"].reported) == (0, 2, 1)


def test_what_was_not_sent_counts_among_the_libraries_but_not_among_the_figures():
    answered = AnswerState.ANSWERED
    answers = {
        "sent": {
            "D2": Answer(state=answered, numerator=10.0, denominator=40.0),
            "C10": Answer(state=answered, value=1.0),
        },
        "draft": {
            "D2": Answer(state=answered, numerator=20.0, denominator=20.0),
            "C10": Answer(state=answered, value=1.0),
        },
    }
    card = score(build_matrix(answers, REAL), REAL)
    results = library_results(card, REAL)
    found = {one.target: one for one in federation_results(results, card, REAL, sent={"sent"})}
    assert (found["T5"].numerator, found["T5"].denominator, found["T5"].share) == (10, 40, 25)
    assert (found["T6"].met, found["T6"].counted, found["T6"].reported) == (1, 2, 1)
    assert found["T6"].needed == heads_needed(60, 2)
