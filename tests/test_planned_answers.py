"""Steps as answers of the questionnaire, each checked by hand."""

from dataclasses import replace

import pytest
from test_scoring_cases import framework_of
from test_steps import BEFORE, SMALL, matrix_of

from scoring.planned_answers import planned_answers
from scoring.steps import Step, possible_steps
from survey.response import Answer, AnswerState

ROOMS = framework_of(SMALL)
REAL = framework_of("data/frameworks/qd206.yaml")
GIVEN = AnswerState.ANSWERED


def chains() -> dict[str, tuple[Step, ...]]:
    return dict(zip(ROOMS.indicators, possible_steps(matrix_of(ROOMS, BEFORE), ROOMS), strict=True))


def planned(name: str, count: int, now: dict[str, Answer] | None = None) -> Answer:
    """The answer to one question after so many steps, handed over in the wrong order."""
    found = planned_answers(chains()[name][:count][::-1], now or {}, ROOMS)
    assert list(found.answers) == [name]
    assert found.assumed == ()
    return found.answers[name]


def test_the_last_step_of_each_question_is_what_is_answered():
    assert planned("Y1", 2) == Answer(state=GIVEN, value=5)
    assert planned("Y3", 1) == Answer(state=GIVEN, value=1)
    assert planned("X1", 1) == Answer(state=GIVEN, numerator=2, denominator=2)


def test_an_answer_alone_ticks_nothing():
    assert planned("Y2", 1) == Answer(state=GIVEN, items=())
    assert planned("Y2", 2) == Answer(state=GIVEN, items=("Y2.1",))
    assert planned("Y2", 3) == Answer(state=GIVEN, items=("Y2.1", "Y2.2"))


def test_items_that_are_met_stay_and_the_first_missing_one_is_added():
    now = {"A6": Answer(state=GIVEN, items=("A6.4",))}
    step = Step("A6", 1, False, 2.0, float("nan"), float("nan"), 1.0, 5.0, 1.0)
    found = planned_answers([step], now, REAL)
    assert found.answers["A6"].items == ("A6.1", "A6.4")


@pytest.mark.parametrize(
    ("percent", "numerator", "denominator"),
    [
        pytest.param(28, 28, 100, id="whole percent"),
        pytest.param(8.5, 85, 1000, id="a decimal"),
        pytest.param(0.07, 7, 10_000, id="two decimals"),
        pytest.param(100 / 3, 333_334, 1_000_000, id="never less than it is, and no finer than a millionth"),
    ],
)
def test_a_percentage_of_nobody_knows_how_many_is_written_in_round_parts(
    percent: float, numerator: float, denominator: float
):
    nothing = float("nan")
    step = replace(chains()["X1"][0], x=percent, numerator=nothing, denominator=nothing)
    found = planned_answers([step], {}, ROOMS)
    assert found.answers["X1"] == Answer(state=GIVEN, numerator=numerator, denominator=denominator)
    assert found.assumed == ("X1",)
