"""What a goal asks of one small library, each sum worked by hand.

The library of most tests, in points (100 in all, X 60 and Y 40):
  X1 1 of 2 rooms: 50 %, (50 - 20) / 80 x 30 = 11.25; one step more brings the other 18.75
  X2 12 hours: all 30
  Y1 level 3 of 5: 12 of 20; two steps of 4
  Y2 not known: 0 of 10; an answer, then two steps of 5
  Y3 no: 0 of 10; one step of 10
So 53.25 are earned, 90 of 100 are answered.
"""

from typing import Any

import numpy as np
import pytest
from test_scoring_cases import framework_of
from test_steps import BEFORE, LIBRARY, SMALL, matrix_of

from scoring.demands import Demand, Goal, Situation, is_met
from scoring.scorecard import score
from scoring.steps import possible_steps
from survey.framework import Framework

Asked = tuple[dict[str, float], float]
NOTHING: Asked = ({}, 0.0)
NEVER: Asked = ({}, 1.0)
EVERY_GAIN = {"X1.1": 18.75, "Y1.1": 4.0, "Y1.2": 4.0, "Y2.2": 5.0, "Y2.3": 5.0, "Y3.1": 10.0}
GAINS_OF_Y = {name: gain for name, gain in EVERY_GAIN.items() if name != "X1.1"}
COVERAGE: Asked = ({"Y2.1": 10.0}, 75.0 - 90.0)


def reading_rooms(
    *, gates: dict[str, Any] | None = None, targets: list[dict[str, Any]] | None = None
) -> Framework:
    """The small questionnaire with other gates or other programme targets."""
    content = framework_of(SMALL).model_dump()
    content["gates"].update(gates or {})
    if targets is not None:
        usual = {**content["programme_targets"][0], "conditions": []}
        content["programme_targets"] = [{**usual, **target} for target in targets]
    return Framework.model_validate(content)


def situation(
    framework: Framework, verified: tuple[str, ...] = (), *, reviewed: bool = False, **other: object
) -> Situation:
    matrix = matrix_of(framework, {**BEFORE, **other}, verified)
    return Situation(score(matrix, framework), possible_steps(matrix, framework), framework, reviewed)


def by_step(of: Situation, demand: Demand) -> tuple[object, object]:
    """The weights that are not 0, by question and number of the step, and the least sum."""
    assert demand.weight.shape == (len(of.steps),)
    names = [f"{step.indicator}.{step.number}" for step in of.steps]
    weights = {name: float(one) for name, one in zip(names, demand.weight, strict=True) if one != 0}
    return pytest.approx(weights, abs=1e-9), pytest.approx(demand.least, abs=1e-9)


def asked(of: Situation, goal: Goal) -> list[tuple[object, object]] | None:
    demands = of.demands(goal)
    return None if demands is None else [by_step(of, demand) for demand in demands]


# ---- a score ----


def test_a_score_asks_for_the_points_that_are_missing_and_for_enough_answers():
    of = situation(framework_of(SMALL))
    assert asked(of, Goal(score=60)) == [(EVERY_GAIN, 6.75), COVERAGE]


def test_a_score_is_taken_of_what_applies():
    of = situation(framework_of(SMALL), Y3="not applicable")
    without_y3 = {name: gain for name, gain in EVERY_GAIN.items() if name != "Y3.1"}
    # 60 % of 90 points are 54; 80 of 90 are answered, 75 % of 90 are 67.5.
    assert asked(of, Goal(score=60)) == [(without_y3, 54 - 53.25), ({"Y2.1": 10.0}, 67.5 - 80)]


def test_where_nothing_applies_a_score_asks_for_nothing_that_could_be_answered():
    of = situation(framework_of(SMALL), **dict.fromkeys(BEFORE, "not applicable"))
    assert asked(of, Goal(score=60)) == [({}, 0.0), ({}, 0.0)]


def test_a_level_and_a_score_are_both_asked_for():
    of = situation(framework_of(SMALL))
    assert asked(of, Goal(level=1, score=60)) == [
        (EVERY_GAIN, 40 - 53.25),
        COVERAGE,
        (EVERY_GAIN, 6.75),
        COVERAGE,
    ]


# ---- a level and its gates ----


def test_level_2_asks_for_80_points_for_level_1_in_both_dimensions_and_for_the_key_question():
    of = situation(framework_of(SMALL))
    # Level 1 is 40 %: X 24 of 60 points and has 41.25, Y 16 of 40 and has 12. X1, the key question, earns points.
    assert asked(of, Goal(level=2)) == [
        (EVERY_GAIN, 80 - 53.25),
        COVERAGE,
        ({"X1.1": 18.75}, 24 - 41.25),
        (GAINS_OF_Y, 16 - 12),
        NOTHING,
    ]


def test_a_dimension_that_does_not_apply_is_not_asked_for():
    of = situation(framework_of(SMALL), **dict.fromkeys(("Y1", "Y2", "Y3"), "not applicable"))
    assert asked(of, Goal(level=2)) == [
        ({"X1.1": 18.75}, 48 - 41.25),
        ({}, 45.0 - 60.0),
        ({"X1.1": 18.75}, 24 - 41.25),
        NOTHING,
    ]


def test_a_dimension_of_a_single_point_counts_like_any_other():
    content = framework_of(SMALL).model_dump()
    for one, points in zip(content["dimensions"][1]["indicators"], (29, 10, 1), strict=True):
        one["maximum"] = points
    framework = Framework.model_validate(content)
    of = situation(framework, Y1="not applicable", Y2="not applicable")
    # 61 points apply; level 1 in Y asks for 40 % of the one point of Y3.
    assert (asked(of, Goal(level=2)) or [])[3] == ({"Y3.1": 1.0}, 0.4)
    target = {"id": "P1", "dimensions": ["Y"]}
    framework = Framework.model_validate(
        {**content, "programme_targets": [{**content["programme_targets"][0], **target, "conditions": []}]}
    )
    of = situation(framework, Y1="not applicable", Y2="not applicable")
    # The target of 2026 is a yes to Y3, the whole point.
    assert asked(of, Goal(targets=("P1",))) == [({"Y3.1": 1.0}, 1.0)]


@pytest.mark.parametrize(("level", "floors"), [(1, []), (2, [(48 - 41.25), (32 - 12)])])
def test_the_floor_holds_from_its_level_on(level: int, floors: list[float]):
    gates = {"above_weakest": 2, "key_indicators_from": 3, "floor": {"level": 2, "dimension_level": 2}}
    of = situation(reading_rooms(gates=gates))
    # Level 2 is 80 %: 48 of the 60 points of X, 32 of the 40 of Y.
    weights = [{"X1.1": 18.75}, GAINS_OF_Y]
    expected = list(zip(weights, floors, strict=False))
    assert (asked(of, Goal(level=level)) or [])[2:] == expected


def test_a_key_question_without_points_asks_for_its_first_step_that_brings_some():
    of = situation(framework_of(SMALL), X1="1 of 40")
    # 5 of 40 rooms are 12.5 %, under the zero point of 20 %; 9 of 40 are 22.5 % and bring 0.94 points.
    assert (asked(of, Goal(level=2)) or [])[-1] == ({"X1.2": 1.0}, 1.0)


def test_a_key_question_with_less_than_a_point_has_points():
    of = situation(framework_of(SMALL), X1="9 of 40")
    assert (asked(of, Goal(level=2)) or [])[-1] == NOTHING


def test_a_key_question_that_does_not_apply_closes_the_level():
    of = situation(framework_of(SMALL), X1="not applicable")
    assert asked(of, Goal(level=2)) is None
    assert asked(of, Goal(level=1)) is not None


VERIFIED = {
    "above_weakest": 2,
    "key_indicators_from": 3,
    "verified": [{"level": 1, "share": 0.6}, {"level": 2, "share": 0.8}],
}


@pytest.mark.parametrize(
    ("level", "weights", "least"),
    [
        pytest.param(
            1,
            # X1 loses its 11.25 verified points and brings 18.75 of which 60 % would be verified, and so on.
            {"X1.1": -22.5, "Y1.1": -14.4, "Y1.2": -2.4, "Y2.2": -3.0, "Y2.3": -3.0, "Y3.1": -6.0},
            0.6 * 53.25 - 23.25,
            id="60 %",
        ),
        pytest.param(
            2,
            {"X1.1": -26.25, "Y1.1": -15.2, "Y1.2": -3.2, "Y2.2": -4.0, "Y2.3": -4.0, "Y3.1": -8.0},
            0.8 * 53.25 - 23.25,
            id="80 %",
        ),
    ],
)
def test_every_step_makes_the_verified_share_harder(level: int, weights: dict[str, float], least: float):
    """Verified are X1 (11.25 points) and Y1 (12), 23.25 of 53.25; the first step of either loses its own."""
    of = situation(reading_rooms(gates=VERIFIED), ("X1", "Y1"))
    assert (asked(of, Goal(level=level)) or [])[2:] == [(weights, least)]


def test_a_level_below_the_first_verified_gate_asks_for_no_review():
    gates = {**VERIFIED, "verified": [{"level": 2, "share": 0.8}]}
    assert len(asked(situation(reading_rooms(gates=gates)), Goal(level=1)) or []) == 2


def test_a_review_that_will_accept_everything_is_not_asked_for():
    of = situation(reading_rooms(gates=VERIFIED), reviewed=True)
    assert asked(of, Goal(level=1)) == [(EVERY_GAIN, 40 - 53.25), COVERAGE]


# ---- programme targets ----


def wants(*conditions: tuple[str, float]) -> Framework:
    asks = [{"indicator": name, "at_least": least} for name, least in conditions]
    return reading_rooms(targets=[{"id": "P1", "conditions": asks}])


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(("Y3", 1), ({"Y3.1": 1.0}, 1.0), id="the one step there is"),
        pytest.param(("Y1", 5), ({"Y1.2": 1.0}, 1.0), id="the second step reaches it"),
        pytest.param(("Y1", 4), ({"Y1.1": 1.0}, 1.0), id="the first step reaches it exactly"),
        pytest.param(("Y1", 3), NOTHING, id="it stands there already"),
        pytest.param(("Y2", 1), ({"Y2.2": 1.0}, 1.0), id="an answer comes before it"),
        pytest.param(("Y1", 7), NEVER, id="beyond the scale"),
    ],
)
def test_a_condition_asks_for_the_first_step_that_reaches_it(condition: tuple[str, float], expected: Asked):
    assert asked(situation(wants(condition)), Goal(targets=("P1",))) == [expected]


def test_a_condition_that_does_not_apply_is_passed_over():
    framework = wants(("Y3", 1), ("Y1", 5))
    assert asked(situation(framework, Y3="not applicable"), Goal(targets=("P1",))) == [({"Y1.2": 1.0}, 1.0)]
    nothing_left = situation(framework, Y3="not applicable", Y1="not applicable")
    assert asked(nothing_left, Goal(targets=("P1",))) is None


def test_only_the_targets_of_the_goal_are_asked_for():
    conditions = [[{"indicator": "Y3", "at_least": 1}], [{"indicator": "Y1", "at_least": 5}]]
    framework = reading_rooms(
        targets=[{"id": f"P{n}", "conditions": one} for n, one in enumerate(conditions, start=1)]
    )
    of = situation(framework)
    assert asked(of, Goal(targets=("P2",))) == [({"Y1.2": 1.0}, 1.0)]
    assert asked(of, Goal(targets=("P1", "P2"))) == [({"Y3.1": 1.0}, 1.0), ({"Y1.2": 1.0}, 1.0)]


def test_a_target_of_dimensions_asks_for_each_ones_line():
    """The targets of 2026: X1 15 and X2 20 of 60 points; Y1 12, Y2 5 and Y3 10 of 40."""
    of = situation(reading_rooms(targets=[{"id": "P1", "dimensions": ["Y", "X"]}]))
    assert asked(of, Goal(targets=("P1",))) == [(GAINS_OF_Y, 27 - 12), ({"X1.1": 18.75}, 35 - 41.25)]


def test_a_target_of_dimensions_passes_over_one_that_does_not_apply():
    framework = reading_rooms(targets=[{"id": "P1", "dimensions": ["X", "Y"]}])
    without = dict.fromkeys(("Y1", "Y2", "Y3"), "not applicable")
    of = situation(framework, **without)
    assert asked(of, Goal(targets=("P1",))) == [({"X1.1": 18.75}, 35 - 41.25)]
    assert (
        asked(situation(framework, **dict.fromkeys(BEFORE, "not applicable")), Goal(targets=("P1",))) is None
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(4, ({"Y1.1": 1.0}, 1.0), id="less than the programme"),
        pytest.param(3, NOTHING, id="met already"),
    ],
)
def test_a_province_that_asks_for_its_own_figure_is_asked_for_that(value: float, expected: Asked):
    content = wants(("Y1", 5)).model_dump()
    source = content["dimensions"][1]["indicators"][0]["targets"][0]["source"]
    own = {"library": LIBRARY, "indicator": "Y1", "year": 2026, "value": value, "source": source}
    framework = Framework.model_validate({**content, "province_targets": [own]})
    assert asked(situation(framework), Goal(targets=("P1",))) == [expected]


# ---- reached or not ----


@pytest.mark.parametrize(
    ("goal", "reached"),
    [
        pytest.param(Goal(), True, id="nothing is asked"),
        pytest.param(Goal(level=0), True, id="a level below"),
        pytest.param(Goal(level=1), True, id="this level"),
        pytest.param(Goal(level=2), False, id="the next level"),
        pytest.param(Goal(score=53.25), True, id="this score"),
        pytest.param(Goal(score=53.26), False, id="a little more"),
        pytest.param(Goal(targets=("P1",)), False, id="a target that is not met"),
        pytest.param(Goal(level=1, score=53.25, targets=("P1",)), False, id="all but one hold"),
    ],
)
def test_a_goal_is_reached_when_all_that_is_set_holds(goal: Goal, *, reached: bool):
    framework = framework_of(SMALL)
    assert is_met(goal, situation(framework).card, framework) is reached


def test_without_enough_answers_no_level_is_reached_and_no_score():
    framework = framework_of(SMALL)
    card = situation(framework, X2="don't know").card
    assert card.total.coverage[0] == pytest.approx(0.6)
    assert not is_met(Goal(level=0), card, framework)
    assert not is_met(Goal(score=0), card, framework)


def test_a_yes_meets_the_target_that_asks_for_it():
    framework = framework_of(SMALL)
    assert is_met(Goal(targets=("P1",)), situation(framework, Y3=True).card, framework)


def test_questions_are_found_where_they_stand():
    of = situation(framework_of(SMALL))
    assert [of.column(name) for name in BEFORE] == [0, 1, 2, 3, 4]
    assert of.columns == [0, 2, 2, 3, 3, 3, 4]
    np.testing.assert_allclose(of.gains, [18.75, 4, 4, 0, 5, 5, 10])
