"""Hand-worked cases of paces that a librarian can check with a calculator: tests/cases/over_time/*.yaml."""

import math
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from scoring.pace import DAYS_PER_YEAR, Basis, Days, Goal, Pace, PaceClass, measure_pace
from scoring.projection import find_arrival, project, year_of

FOLDER = Path(__file__).resolve().parent / "cases" / "over_time"
DUE = date(2030, 12, 31)
KNOWN = {"name", "work", "zero", "target", "own_target", "due", "values", "others", "expect"}
PACES = ("needed", "own", "slow", "fast", "best")
DAYS = ("last_day", "arrival", "earliest", "latest")


def all_cases() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]:
            yield pytest.param(case, id=case["name"])


CASES = list(all_cases())


def number(written: object) -> float:
    """A figure of a case; none is what cannot be stated, "10 in 366 days" a pace per year."""
    if written == "none":
        return math.nan
    change, _, days = str(written).removesuffix(" days").partition(" in ")
    return float(Fraction(change)) if not days else float(Fraction(change)) / int(days) * DAYS_PER_YEAR


def pace_of(case: dict[str, Any]) -> Pace:
    """The paces of the case's library, in the first row, and of the others."""
    libraries = [case["values"], *case.get("others", [])]
    rounds = sorted({day for values in libraries for day in values}, reverse=True)
    value = [[[number(values.get(day, "none"))] for values in libraries] for day in rounds]
    common = float(case.get("target", 100))
    targets = [float(case.get("own_target", common)), *[common] * len(libraries[1:])]
    goal = Goal(
        zero=np.array([float(case.get("zero", 0))]),
        target=np.array(targets)[:, np.newaxis],
        day=np.datetime64(case.get("due", DUE), "D"),
    )
    return measure_pace(np.array(rounds, dtype="datetime64[D]"), np.array(value), goal)


def found_days(pace: Pace) -> dict[str, Days]:
    arrival = find_arrival(pace)
    return {
        "last_day": pace.last_day,
        "arrival": arrival.day,
        "earliest": arrival.earliest,
        "latest": arrival.latest,
    }


def found_numbers(pace: Pace) -> dict[str, Any]:
    names = ("last", *PACES, "confidence", "ratio", "feasibility")
    return {
        **{name: getattr(pace, name) for name in names},
        "projected": project(pace, pace.goal.day).value,
        "arrival_year": year_of(find_arrival(pace).day),
    }


@pytest.mark.parametrize("case", CASES)
def test_a_hand_worked_case(case: dict[str, Any]):
    pace = pace_of(case)
    numbers, days = found_numbers(pace), found_days(pace)
    for field, written in case["expect"].items():
        if field == "class":
            assert PaceClass(pace.classes[0, 0]).name == written.upper().replace(" ", "_")
        elif field == "basis":
            assert Basis(pace.basis[0, 0]).name == written.upper()
        elif field == "overdue":
            assert pace.overdue[0, 0] == written
        elif field in days:
            expected = np.datetime64("NaT" if written == "none" else written, "D")
            assert np.array_equal(days[field][0, 0], expected, equal_nan=True), f"{field} {days[field][0, 0]}"
        else:
            found = numbers[field][0, 0]
            assert found == pytest.approx(number(written), abs=1e-9, rel=1e-12, nan_ok=True), field


def test_every_case_has_a_name_of_its_own_and_shows_its_work():
    cases = [param.values[0] for param in CASES]
    assert len({case["name"] for case in cases}) == len(cases) >= 40
    assert all(case["work"] and case["expect"] and set(case) <= KNOWN for case in cases)


def test_the_cases_reach_every_class_every_basis_and_every_figure():
    expected = [param.values[0]["expect"] for param in CASES]
    assert {one["class"] for one in expected if "class" in one} == {
        name.name.lower().replace("_", " ") for name in PaceClass
    }
    assert {one["basis"] for one in expected if "basis" in one} == {name.name.lower() for name in Basis}
    assert {field for one in expected for field in one} >= {
        *PACES,
        *DAYS,
        "ratio",
        "feasibility",
        "projected",
    }


def test_no_pace_is_negative_zero():
    """It would be printed as -0."""
    falling = {"zero": 48, "target": 12}
    ends = [date(year, 12, 31) for year in (2023, 2024, 2025)]
    still = pace_of({**falling, "values": dict.fromkeys(ends, 30)})
    there = pace_of({**falling, "values": {date(2025, 12, 31): 12}})
    for found in (still.own, still.slow, still.fast, still.best, there.needed):
        assert not np.signbit(found).any()


def test_two_rounds_of_one_day_are_refused():
    days = np.array(["2024-12-31", "2025-12-31", "2024-12-31"], dtype="datetime64[D]")
    goal = Goal(np.array([0.0]), np.array([1.0]), np.datetime64(DUE, "D"))
    with pytest.raises(ValueError, match="same reference date"):
        measure_pace(days, np.zeros((3, 1, 1)), goal)


def test_the_best_pace_may_be_that_of_others():
    days = np.array(["2024-12-31", "2025-12-31"], dtype="datetime64[D]")
    value = np.array([[[30.0]], [[30.0]]])
    goal = Goal(np.array([48.0]), np.array([12.0]), np.datetime64(DUE, "D"))
    alone = measure_pace(days, value, goal)
    assert np.isnan(alone.best).all()
    beside = measure_pace(days, value, goal, best=np.array([[2 * alone.needed[0, 0]]]))
    assert beside.feasibility[0, 0] == pytest.approx(0.5)
    assert np.isnan(measure_pace(days, value, goal, best=np.array([[5.0]])).feasibility).all()
