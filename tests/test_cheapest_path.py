"""The path of least effort against every choice of steps there is, on small questionnaires at random."""

import itertools
import math
import os
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from test_scoring_properties import a_framework, a_library

from scoring.answers_csv import read_answers
from scoring.demands import Goal, is_met
from scoring.levels import NO_LEVEL
from scoring.matrix import AnswerMatrix, State, build_matrix
from scoring.path import Obstacle, Plan, UnprovenPathError, cheapest_path
from scoring.scorecard import score
from scoring.steps import Chains, Step, after, far_end, possible_steps
from survey.framework import Framework, load_framework

PROJECT = Path(__file__).resolve().parents[1]
REAL = load_framework(PROJECT / "data/frameworks/qd206.yaml").framework
SAMPLE = read_answers(
    (PROJECT / "data/sample/2025-sau-sap-nhap.csv").read_text(encoding="utf-8"), REAL
).matrix(REAL)
CASES = int(os.environ.get("PATH_CASES", "150"))
MOST_CHOICES = 3000


def a_small_framework(chance: random.Random) -> Framework:
    """At most five indicators, with targets of the programme over them."""
    while True:
        framework = a_framework(chance)
        if len(framework.indicators) <= 5:
            break
    words = {"vi": "chữ", "en": "words"}
    source = {"kind": "federation", "document": "TEST-1", "clause": words, "checked": "2026-01-15"}
    usual = {
        **dict.fromkeys(("label", "wording", "operational"), words),
        "source": source,
        "federation": "share",
        "goal": 100,
    }
    names = chance.sample(list(framework.indicators), chance.randint(1, min(2, len(framework.indicators))))
    asked = [
        {"indicator": name, "at_least": max(t.value for t in framework.indicators[name].targets)}
        for name in names
        if framework.indicators[name].zero <= framework.indicators[name].targets[-1].value
    ]
    targets = [{"id": "T1", "dimensions": [d.id for d in framework.dimensions][:2], **usual}]
    if asked:
        targets.append({"id": "T2", "conditions": asked, **usual})
    return Framework.model_validate({**framework.model_dump(), "programme_targets": targets})


def a_goal(framework: Framework, chance: random.Random) -> Goal:
    kind = chance.choice(["level", "level", "score", "target", "both"])
    level = chance.randint(1, framework.levels[-1].level) if kind in ("level", "both") else None
    targets = (chance.choice(framework.programme_targets).id,) if kind in ("target", "both") else ()
    return Goal(
        level=level, score=chance.choice([20, 47.5, 80, 100]) if kind == "score" else None, targets=targets
    )


def every_choice(chains: Chains) -> list[tuple[Step, ...]]:
    lengths = [range(len(chain) + 1) for chain in chains]
    return [
        tuple(step for chain, taken in zip(chains, choice, strict=True) for step in chain[:taken])
        for choice in itertools.product(*lengths)
    ]


def least_of_all(
    matrix: AnswerMatrix, framework: Framework, goal: Goal, chains: Chains, *, reviewed: bool
) -> tuple[float, float]:
    """The least cost over every choice there is, and the most points at that cost; infinite without any."""
    best = (math.inf, 0.0)
    for steps in every_choice(chains):
        cost = sum(step.cost for step in steps)
        if cost > best[0] + 1e-9:
            continue
        card = score(after(matrix, steps, reviewed=reviewed), framework)
        if is_met(goal, card, framework):
            points = float(card.total.earned[0])
            best = (
                min(best, (cost, -points)) if abs(cost - best[0]) > 1e-9 else (best[0], min(best[1], -points))
            )
    return best[0], -best[1]


def number_of_choices(chains: Chains) -> int:
    return math.prod(len(chain) + 1 for chain in chains)


@pytest.mark.parametrize("part", range(10))
def test_nothing_costs_less_than_the_path_that_is_found(part: int):
    chance = random.Random(f"paths {part}")
    tried = paths = 0
    while tried < CASES // 10:
        framework = a_small_framework(chance)
        answers, verified = a_library(framework, chance)
        matrix = build_matrix({"l": answers}, framework, verified={"l": verified})
        costs = {
            name: chance.choice([1.0, 1.0, 2.5, 7.0, 0.3, 0.01, 100_000.0])
            for name in framework.indicators
            if chance.random() < 0.6
        }
        chains = possible_steps(matrix, framework, costs=costs)
        if not 1 < number_of_choices(chains) <= MOST_CHOICES:
            continue
        goal, reviewed = a_goal(framework, chance), chance.random() < 0.5
        found = cheapest_path(matrix, framework, goal, costs=costs, reviewed=reviewed)
        cost, points = least_of_all(matrix, framework, goal, chains, reviewed=reviewed)
        tried += 1
        if isinstance(found, Obstacle):
            assert cost == math.inf, (goal, found)
            if found is Obstacle.NEEDS_REVIEW:
                assert isinstance(cheapest_path(matrix, framework, goal, costs=costs, reviewed=True), Plan)
            continue
        paths += 1
        assert found.cost == pytest.approx(cost, abs=1e-9, rel=1e-12), goal
        assert is_met(goal, score(found.matrix, framework), framework)
        if not is_met(goal, score(after(matrix, (), reviewed=reviewed), framework), framework):
            assert found.card.total.earned[0] == pytest.approx(points, abs=1e-6)
    assert paths > tried // 5


@pytest.mark.parametrize("library", SAMPLE.libraries)
@pytest.mark.parametrize("reviewed", [False, True])
def test_a_real_library_gets_the_level_that_it_is_promised(library: str, reviewed: bool):
    matrix = SAMPLE.rows([library])
    for level in range(6):
        goal = Goal(level=level)
        found = cheapest_path(matrix, REAL, goal, reviewed=reviewed)
        if isinstance(found, Obstacle):
            assert (found, reviewed, level >= 4) == (Obstacle.NEEDS_REVIEW, False, True)
            continue
        assert score(found.matrix, REAL).level.level[0] >= level
        assert found.needs_verified == {4: 0.6, 5: 0.8}.get(level, 0.0)


@pytest.mark.parametrize("library", SAMPLE.libraries)
def test_a_path_without_one_of_its_last_steps_does_not_arrive(library: str):
    matrix, goal = SAMPLE.rows([library]), Goal(targets=("T1",))
    found = cheapest_path(matrix, REAL, goal)
    assert isinstance(found, Plan)
    for name in {step.indicator for step in found.steps}:
        last = [step for step in found.steps if step.indicator == name][-1]
        fewer = [step for step in found.steps if step is not last]
        assert not is_met(goal, score(after(matrix, fewer), REAL), REAL)


def test_the_steps_are_in_the_order_of_the_questionnaire_and_none_is_skipped():
    found = cheapest_path(SAMPLE.rows(["lai_chau"]), REAL, Goal(level=3))
    assert isinstance(found, Plan)
    order = [(list(REAL.indicators).index(step.indicator), step.number) for step in found.steps]
    assert order == sorted(order)
    for name in {step.indicator for step in found.steps}:
        numbers = [step.number for step in found.steps if step.indicator == name]
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("library", ["lai_chau", "lao_cai_2025"])
def test_how_dear_the_dear_steps_are_changes_no_points(library: str):
    plans = [
        cheapest_path(
            SAMPLE.rows([library]), REAL, Goal(level=5), costs={"B3": dear, "D1": 2 * dear}, reviewed=True
        )
        for dear in (1e4, 1e6, 5e8)
    ]
    points = [plan.card.total.earned[0] for plan in plans if isinstance(plan, Plan)]
    assert points == pytest.approx([points[0]] * 3, abs=1e-6)


def test_what_was_given_is_not_changed():
    matrix = SAMPLE.rows(["lai_chau"])
    kept = replace(
        matrix, value=matrix.value.copy(), state=matrix.state.copy(), verified=matrix.verified.copy()
    )
    cheapest_path(matrix, REAL, Goal(level=4), reviewed=True)
    np.testing.assert_array_equal(matrix.value, kept.value)
    np.testing.assert_array_equal(matrix.state, kept.state)
    np.testing.assert_array_equal(matrix.verified, kept.verified)


@pytest.mark.parametrize("cost", [0.0, -1.0, math.inf, math.nan])
def test_a_cost_is_a_positive_number(cost: float):
    with pytest.raises(ValueError, match="positive"):
        cheapest_path(SAMPLE.rows(["lai_chau"]), REAL, Goal(level=1), costs={"A1": cost})


def test_steps_are_those_of_one_library():
    with pytest.raises(ValueError, match="one library"):
        possible_steps(SAMPLE, REAL)


def test_a_solver_that_gives_up_is_not_believed(monkeypatch: pytest.MonkeyPatch):
    class GivenUp:
        status, message, x = 1, "Time limit reached", None

    monkeypatch.setattr("scoring.path.milp", lambda **_: GivenUp())
    with pytest.raises(UnprovenPathError, match="Time limit"):
        cheapest_path(SAMPLE.rows(["lai_chau"]), REAL, Goal(level=3))


def test_a_target_beyond_every_step_is_too_far():
    targets = [
        target.model_copy(
            update={"conditions": (target.conditions[0].model_copy(update={"at_least": 150.0}),)}
        )
        if target.id == "T5"
        else target
        for target in REAL.programme_targets
    ]
    framework = REAL.model_copy(update={"programme_targets": tuple(targets)})
    assert cheapest_path(SAMPLE.rows(["son_la"]), framework, Goal(targets=("T5",))) is Obstacle.TOO_FAR


def test_choices_that_fail_by_the_last_digits_are_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("scoring.path.MOST_EXCLUDED", 0)
    with pytest.raises(UnprovenPathError, match="last digits"):
        cheapest_path(SAMPLE.rows(["lai_chau"]), REAL, Goal(level=3))


# ---- steps ----


def test_what_a_reviewer_lowered_is_lowered_no_more_once_it_changes():
    matrix = SAMPLE.rows(["son_la"])
    matrix = replace(matrix, confirmed=np.where(matrix.state == State.ANSWERED, 0.0, np.nan))
    [first] = [chain[0] for chain in possible_steps(matrix, REAL) if chain and chain[0].indicator == "B3"]
    changed = after(matrix, [first])
    column = matrix.indicators.index("B3")
    assert changed.confirmed is not None
    assert np.isnan(changed.confirmed[0, column])
    assert not changed.verified[0, column]
    assert np.isnan(changed.confirmed).sum() == np.isnan(matrix.confirmed).sum() + 1


@pytest.mark.parametrize("seed", range(40))
def test_all_steps_of_an_indicator_together_reach_its_end_and_no_step_loses_points(seed: int):
    chance = random.Random(seed)
    framework = a_framework(chance)
    answers, _ = a_library(framework, chance)
    matrix = build_matrix({"l": answers}, framework)
    before, chains = score(matrix, framework), possible_steps(matrix, framework)
    done = score(after(matrix, [step for chain in chains for step in chain]), framework)
    for column, chain in enumerate(chains):
        assert all(step.gain >= 0 for step in chain)
        gained = done.points[0, column] - before.points[0, column]
        assert sum(step.gain for step in chain) == pytest.approx(gained, abs=1e-9)
        if matrix.state[0, column] == State.NOT_APPLICABLE:
            assert chain == ()
        else:
            assert done.points[0, column] == pytest.approx(done.posts.maximum[column], abs=1e-9)


def test_counts_are_whole_and_never_above_the_whole():
    for library in SAMPLE.libraries:
        for chain in possible_steps(SAMPLE.rows([library]), REAL):
            for step in chain:
                if step.denominator == step.denominator:
                    assert step.numerator == int(step.numerator) <= step.denominator
                    assert step.added >= 1


def test_an_end_is_the_target_or_what_the_programme_asks_beyond_it():
    assert far_end(REAL.indicators["B3"], REAL, "son_la") == 100
    assert far_end(REAL.indicators["A10"], REAL, "son_la") == 4
    assert score(SAMPLE, REAL).level.level.max() > NO_LEVEL
