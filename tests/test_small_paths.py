"""Paths of one small library: what the last digits, nearly equal costs and a province's own figure do to them.

The library stands as in `test_demands`: 53.25 points, and steps X1 18.75, Y1 4 and 4, Y2 0, 5 and 5, Y3 10.
"""

from collections import Counter
from typing import Any

import pytest
from test_demands import VERIFIED, reading_rooms
from test_scoring_cases import framework_of
from test_steps import BEFORE, LIBRARY, SMALL, matrix_of

from scoring import path
from scoring.demands import Goal
from scoring.path import Obstacle, Plan, UnprovenPathError, cheapest_path, needs_verified
from survey.framework import Framework

ROOMS = framework_of(SMALL)


def plan_to(
    goal: Goal, framework: Framework = ROOMS, costs: dict[str, float] | None = None, **other: object
) -> Plan:
    found = cheapest_path(matrix_of(framework, {**BEFORE, **other}), framework, goal, costs=costs)
    assert isinstance(found, Plan)
    return found


def counts(plan: Plan) -> dict[str, int]:
    return dict(Counter(step.indicator for step in plan.steps))


def test_a_plan_says_what_it_costs_and_where_it_leads():
    plan = plan_to(Goal(score=60))
    assert (counts(plan), plan.cost) == ({"X1": 1}, 1)
    assert plan.card.total.earned[0] == 72
    assert (plan.goal, plan.needs_verified) == (Goal(score=60), 0)
    assert plan.matrix.value[0, 0] == 100


def test_at_equal_cost_the_path_with_most_points_is_taken():
    # 60 points are 6.75 away: Y3 brings 10 and X1 18.75, both for 2.
    assert counts(plan_to(Goal(score=60), costs={"X1": 2, "Y3": 2, "Y1": 3, "Y2": 3})) == {"X1": 1}


@pytest.mark.parametrize("dear", [1_000.0, 1_000_000.0, 500_000_000.0])
def test_beside_a_dear_step_small_costs_still_count(dear: float):
    # 85 points are 31.75 away; X1 is needed, since all others bring 28. It brings 18.75, so 13 are missing:
    # Y3 10 and Y1 4 bring 14 for 2, Y3 10 and two steps of Y2 for an answer and 5 bring 15 for 2 as well.
    plan = plan_to(Goal(score=85), costs={"X1": dear, "Y2": 0.5})
    assert (counts(plan), plan.cost) == ({"X1": 1, "Y2": 2, "Y3": 1}, dear + 2)


def test_a_little_dearer_is_dearer_however_many_points_it_brings():
    # Half a đồng in a hundred thousand is less than the solver's own accuracy.
    costs = {"X1": 100_000.5, "Y3": 100_000.0, "Y1": 90_000.0, "Y2": 90_000.0}
    plan = plan_to(Goal(score=60), costs=costs)
    assert (counts(plan), plan.cost) == ({"Y3": 1}, 100_000)


def test_a_choice_that_fails_by_a_hair_is_left_out_and_the_next_is_found():
    # Everything but one level of Y1 and Y3 is there, 86 points; Y3 brings 96, a hair too few, so both are needed.
    full = {"X1": "2 of 2", "Y1": 4, "Y2": "2 items"}
    assert counts(plan_to(Goal(score=96.0000001), **full)) == {"Y1": 1, "Y3": 1}
    assert counts(plan_to(Goal(score=96), **full)) == {"Y3": 1}


def test_where_nothing_is_left_to_do_there_is_nothing_to_pay():
    full = {"X1": "2 of 2", "Y1": 5, "Y2": "2 items", "Y3": True}
    plan = plan_to(Goal(score=100), **full)
    assert (plan.steps, plan.cost) == ((), 0)


def test_without_a_word_about_the_review_it_is_not_expected_to_accept_anything():
    framework = reading_rooms(gates=VERIFIED)
    matrix = matrix_of(framework, BEFORE)
    assert cheapest_path(matrix, framework, Goal(level=1)) is Obstacle.NEEDS_REVIEW
    assert isinstance(cheapest_path(matrix, framework, Goal(level=1), reviewed=True), Plan)


@pytest.mark.parametrize(
    ("goal", "share"),
    [
        pytest.param(Goal(score=90), 0.0, id="no level is asked"),
        pytest.param(Goal(level=0), 0.0, id="below every gate"),
        pytest.param(Goal(level=1), 0.6, id="at the first gate"),
        pytest.param(Goal(level=2), 0.8, id="at the second the larger share counts"),
    ],
)
def test_how_much_must_be_verified_for_a_goal(goal: Goal, share: float):
    assert needs_verified(goal, reading_rooms(gates=VERIFIED)) == share


def test_a_path_to_a_target_leads_no_further_than_the_provinces_own_figure():
    content = reading_rooms(
        targets=[{"id": "P1", "conditions": [{"indicator": "Y1", "at_least": 5}]}]
    ).model_dump()
    source = content["dimensions"][1]["indicators"][0]["targets"][0]["source"]
    own = {"library": LIBRARY, "indicator": "Y1", "year": 2026, "value": 4, "source": source}
    framework = Framework.model_validate({**content, "province_targets": [own]})
    assert counts(plan_to(Goal(targets=("P1",)), reading_rooms())) == {"Y3": 1}
    assert counts(plan_to(Goal(targets=("P1",)), framework)) == {"Y1": 1}


# ---- the solver ----


class Solver:
    """The real solver, which also remembers how it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.real = path.milp

    def __call__(self, **how: object) -> object:
        self.asked.append(how)
        return self.real(**how)


def test_the_solver_is_asked_for_a_proof_and_for_an_end(monkeypatch: pytest.MonkeyPatch):
    solver = Solver()
    monkeypatch.setattr("scoring.path.milp", solver)
    plan_to(Goal(score=60))
    assert [how["options"] for how in solver.asked] == 2 * [{"mip_rel_gap": 0.0, "time_limit": 10.0}]


def test_only_so_many_choices_that_fail_by_a_hair_are_tried(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("scoring.path.MOST_EXCLUDED", 1)
    with pytest.raises(UnprovenPathError, match="1 choices failed by the last digits"):
        plan_to(Goal(score=96.0000001), X1="2 of 2", Y1=4, Y2="2 items")
