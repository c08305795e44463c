"""The steps of a question worked by hand (tests/cases/steps/*.yaml), and what stands once they are taken."""

import math
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from test_scoring_cases import answer_of, framework_of

from scoring.matrix import AnswerMatrix, State, build_matrix
from scoring.steps import Step, after, far_end, possible_steps
from survey.framework import Framework

SMALL = "tests/frameworks/reading_rooms.yaml"
CASES = yaml.safe_load((Path(__file__).parent / "cases/steps/steps.yaml").read_text(encoding="utf-8"))
LIBRARY = "son_la"


def changed(framework: Framework, name: str, changes: dict[str, Any]) -> Framework:
    """The framework with another zero point, other targets or another kind of figure for one question."""
    content = framework.model_dump()
    [one] = [one for part in content["dimensions"] for one in part["indicators"] if one["id"] == name]
    one["zero"] = changes.get("zero", one["zero"])
    for target, value in zip(one["targets"], changes.get("targets", []), strict=False):
        target["value"] = value
    if "whole" in changes:
        one["whole"] = changes["whole"]
    if changes.get("decimals"):
        one["numerator"]["whole"] = False
    if "programme" in changes:
        conditions = [{"indicator": name, "at_least": changes["programme"]}]
        content["programme_targets"] = [{**content["programme_targets"][0], "conditions": conditions}]
    return Framework.model_validate(content)


def matrix_of(framework: Framework, given: dict[str, object], verified: tuple[str, ...] = ()) -> AnswerMatrix:
    answers = {name: answer_of(framework.indicators[name], words) for name, words in given.items()}
    return build_matrix({LIBRARY: answers}, framework, verified={LIBRARY: frozenset(verified)})


def chain_of(framework: Framework, name: str, words: object, **costs: float) -> tuple[Step, ...]:
    chains = possible_steps(matrix_of(framework, {name: words}), framework, costs=costs)
    return chains[list(framework.indicators).index(name)]


def stands(step: Step, words: object) -> None:
    """What stands after a step: 19 of 40, 28 % of nobody knows what, or a number."""
    if isinstance(words, str) and " of " in words:
        numerator, denominator = (float(part) for part in words.split(" of "))
        assert (step.numerator, step.denominator) == (pytest.approx(numerator), denominator)
        assert step.x == pytest.approx(100 * numerator / denominator)
        return
    assert math.isnan(step.numerator)
    assert math.isnan(step.denominator)
    assert step.x == pytest.approx(float(str(words).removesuffix(" %")))


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_the_steps_of_a_question_worked_by_hand(case: dict[str, Any]):
    framework = changed(framework_of(CASES["framework"]), case["question"], case.get("changes", {}))
    chain = chain_of(framework, case["question"], case["answer"])
    assert len(chain) == len(case["stands"])
    for step, words in zip(chain, case["stands"], strict=True):
        stands(step, words)
    adds = [math.nan if words == "?" else float(words) for words in case["adds"]]
    assert [step.added for step in chain] == pytest.approx(adds, nan_ok=True)
    brings = [float(Fraction(str(words))) for words in case["brings"]]
    assert [step.gain for step in chain] == pytest.approx(brings, abs=1e-9)
    assert all(step.gain >= 0 for step in chain)
    assert [step.number for step in chain] == list(range(1, len(chain) + 1))
    assert {step.indicator for step in chain} <= {case["question"]}
    first_answers = case["answer"] in ("not answered", "don't know")
    assert [step.answers for step in chain] == [first_answers and n == 0 for n in range(len(chain))]


def test_every_case_of_steps_has_a_name_of_its_own_and_shows_its_work():
    known = {"name", "work", "question", "changes", "answer", "stands", "adds", "brings"}
    assert len({case["name"] for case in CASES["cases"]}) == len(CASES["cases"])
    assert all(set(case) <= known and case["work"] for case in CASES["cases"])


# ---- effort ----


def test_a_step_costs_what_was_said_of_its_question_and_else_1():
    framework = framework_of(SMALL)
    chains = possible_steps(matrix_of(framework, {"Y1": 3}), framework, costs={"Y1": 0.5, "Y2": 400.0})
    by_name = {
        name: {step.cost for step in chain} for name, chain in zip(framework.indicators, chains, strict=True)
    }
    assert by_name == {"X1": {1.0}, "X2": {1.0}, "Y1": {0.5}, "Y2": {400.0}, "Y3": {1.0}}


@pytest.mark.parametrize("cost", [0.0, -1.0, math.inf, math.nan])
def test_an_effort_that_is_not_a_positive_number_is_refused_by_name(cost: float):
    with pytest.raises(ValueError, match=f"Y1 must be a positive number, not {cost}"):
        chain_of(framework_of(SMALL), "Y1", 3, Y1=cost)


def test_two_libraries_have_no_steps_in_common():
    framework = framework_of(SMALL)
    with pytest.raises(ValueError, match="one library, not of 2"):
        possible_steps(build_matrix({"a": {}, "b": {}}, framework), framework)


# ---- the far end ----


def test_a_province_that_asks_for_more_has_steps_up_to_its_own_figure():
    asks = changed(framework_of(SMALL), "Y1", {"targets": [2, 3], "programme": 2})
    own = {
        "library": LIBRARY, "indicator": "Y1", "year": 2026, "value": 4,
        "source": asks.indicators["Y1"].targets[0].source.model_dump(),
    }  # fmt: skip
    framework = Framework.model_validate({**asks.model_dump(), "province_targets": [own]})
    assert [step.x for step in chain_of(framework, "Y1", 2)] == [3, 4]
    assert far_end(framework.indicators["Y1"], framework, "another library") == 3


def test_no_programme_leads_beyond_the_end_of_the_scale():
    framework = changed(framework_of(SMALL), "Y1", {"programme": 7})
    assert [step.x for step in chain_of(framework, "Y1", 4)] == [5]


# ---- what stands afterwards ----

BEFORE: dict[str, object] = {"X1": "1 of 2", "X2": 12, "Y1": 3, "Y2": "don't know", "Y3": False}


def taken(framework: Framework, matrix: AnswerMatrix, **counts: int) -> list[Step]:
    chains = possible_steps(matrix, framework)
    return [
        step
        for name, chain in zip(framework.indicators, chains, strict=True)
        for step in chain[: counts.get(name, 0)]
    ]


def row(values: object) -> list[float]:
    return [float(value) for value in np.asarray(values)[0]]


def test_only_what_is_stepped_on_changes_and_needs_to_be_verified_anew():
    framework = framework_of(SMALL)
    matrix = matrix_of(framework, BEFORE, verified=("X1", "X2", "Y1"))
    found = after(matrix, taken(framework, matrix, X1=1, Y1=1, Y2=2))
    assert row(found.value) == [100, 12, 4, 1, 0]
    assert row(found.numerator) == pytest.approx([2, *[math.nan] * 4], nan_ok=True)
    assert row(found.denominator) == pytest.approx([2, *[math.nan] * 4], nan_ok=True)
    assert row(found.state) == [State.ANSWERED] * 5
    assert row(found.verified) == [False, True, False, False, False]
    assert found.confirmed is None


def test_the_highest_step_counts_in_whatever_order_they_come():
    framework = framework_of(SMALL)
    matrix = matrix_of(framework, BEFORE)
    steps = taken(framework, matrix, Y1=2, Y2=3)
    assert row(after(matrix, steps[::-1]).value)[2:4] == [5, 2]


def test_what_a_reviewer_lowered_stays_lowered_until_it_changes():
    framework = framework_of(SMALL)
    matrix = matrix_of(framework, BEFORE, verified=("X1", "Y1"))
    lowered = np.array([[40.0, np.nan, 2.0, np.nan, np.nan]])
    matrix = replace(matrix, confirmed=lowered)
    steps = taken(framework, matrix, Y1=1)
    confirmed = after(matrix, steps).confirmed
    assert confirmed is not None
    assert row(confirmed) == pytest.approx([40, *[math.nan] * 4], nan_ok=True)
    assert row(lowered)[2] == 2
    assert after(matrix, steps, reviewed=True).confirmed is None


def test_a_review_that_accepts_everything_accepts_what_is_answered():
    framework = framework_of(SMALL)
    matrix = matrix_of(framework, BEFORE)
    assert row(after(matrix, (), reviewed=True).verified) == [True, True, True, False, True]
    assert not after(matrix, ()).verified.any()


def test_a_known_ratio_that_is_not_stepped_on_keeps_its_figures():
    framework = framework_of(SMALL)
    found = after(matrix_of(framework, BEFORE), ())
    assert (found.numerator[0, 0], found.denominator[0, 0]) == (1, 2)
