"""Hand-worked paths that a librarian can check with a calculator: tests/cases/paths/*.yaml."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_scoring_cases import LIBRARY, answers_of, framework_of, number, verified_of

from scoring.demands import Goal
from scoring.matrix import build_matrix
from scoring.path import Obstacle, Plan, cheapest_path
from scoring.scorecard import score

FOLDER = Path(__file__).resolve().parent / "cases" / "paths"


def all_cases() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for case in content["cases"]:
            yield pytest.param(content["framework"], case, id=case["name"])


CASES = list(all_cases())


def goal_of(written: dict[str, Any]) -> Goal:
    targets = (written["target"],) if "target" in written else ()
    return Goal(level=written.get("level"), score=written.get("score"), targets=targets)


@pytest.mark.parametrize(("path", "case"), CASES)
def test_a_hand_worked_path(path: str, case: dict[str, Any]):
    framework = framework_of(path)
    matrix = build_matrix(
        {LIBRARY: answers_of(framework, case)},
        framework,
        verified={LIBRARY: verified_of(framework, case.get("verified", []))},
    )
    found = cheapest_path(
        matrix,
        framework,
        goal_of(case["goal"]),
        costs=case.get("costs"),
        reviewed=case.get("reviewed", False),
    )
    expected = case["expect"]
    if "obstacle" in expected:
        assert found == Obstacle(expected["obstacle"])
        return
    assert isinstance(found, Plan)
    assert found.cost == pytest.approx(expected["cost"], abs=1e-9)
    anew = score(found.matrix, framework)
    if "points" in expected:
        assert anew.total.earned[0] == pytest.approx(number(expected["points"]), abs=1e-9)
    if "level" in expected:
        assert anew.level.level[0] == expected["level"]
    if "steps" in expected:
        assert Counter(step.indicator for step in found.steps) == expected["steps"]
    for name, figures in expected.get("last", {}).items():
        last = [step for step in found.steps if step.indicator == name][-1]
        assert f"{last.numerator:.0f} of {last.denominator:.0f}" == figures
    for name, x in expected.get("reached", {}).items():
        assert [step for step in found.steps if step.indicator == name][-1].x == x


def test_every_path_has_a_name_of_its_own_and_shows_its_work():
    cases = [param.values[1] for param in CASES]
    assert len({case["name"] for case in cases}) == len(cases)
    known = {"name", "work", "start", "answers", "verified", "costs", "reviewed", "goal", "expect"}
    assert all(set(case) <= known and case["work"] for case in cases)
