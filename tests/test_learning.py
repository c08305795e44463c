"""From whom to learn: worked by hand, and what holds for every round."""

import math
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from test_scoring_cases import answers_of, framework_of
from test_scoring_cases import number as fraction
from test_scoring_properties import FIXED, a_framework, a_library

from scoring.aggregate import CLOSE
from scoring.learning import MOST_RISERS, examples, weaknesses
from scoring.matrix import State, build_matrix
from scoring.scorecard import score

CASES = yaml.safe_load((Path(__file__).parent / "cases/learning/learning.yaml").read_text(encoding="utf-8"))
THERE = 1 - CLOSE  # the last digits are forgiven, as everywhere
SHARE = st.one_of(st.just(math.nan), st.floats(0, 1), st.just(1.0))


def number(written: object) -> float:
    return math.nan if written == "none" else float(str(written))


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_whom_to_learn_from_worked_by_hand(case: dict[str, Any]):
    columns = zip(*case["libraries"].values(), strict=True)
    now, first, before = (np.array([number(one) for one in column]) for column in columns)
    found = examples(now, first, before, tuple(case["libraries"]), case["own"])
    told = [
        {
            "library": one.library,
            "last": one.reached_last,
            "first": one.reached_first,
            "rise": pytest.approx(one.rise, abs=1e-12, nan_ok=True),
            "riser": one.among_risers,
        }
        for one in found
    ]
    assert told == [{**one, "rise": number(one["rise"])} for one in case["expect"]]


@pytest.mark.parametrize("case", CASES["weak"], ids=lambda case: case["name"])
def test_the_weak_indicators_worked_by_hand(case: dict[str, Any]):
    framework = framework_of(CASES["framework"])
    card = score(build_matrix({"own": answers_of(framework, case)}, framework), framework)
    found = [(one.indicator, pytest.approx(one.missing), one.below) for one in weaknesses(card, "own")]
    assert [(name, fraction(missing), below) for name, (missing, below) in case["expect"].items()] == found


@FIXED
@given(st.lists(st.tuples(SHARE, SHARE, SHARE), max_size=14), st.integers(0, 13))
def test_nobody_is_told_who_is_the_library_itself_or_neither_got_there_nor_rose(
    rows: list[tuple[float, float, float]], own: int
):
    libraries = tuple(f"library {n}" for n in range(len(rows)))
    now, first, before = np.array(rows, dtype=float).reshape(-1, 3).T
    found = examples(now, first, before, libraries, f"library {own}")
    assert f"library {own}" not in {one.library for one in found}
    assert len({one.library for one in found}) == len(found)
    for one in found:
        at = libraries.index(one.library)
        assert now[at] == now[at]
        assert one.reached_last == (now[at] >= THERE)
        assert one.reached_first == (first[at] >= THERE)
        assert one.reached_last or one.reached_first or one.rise > 0
    assert sum(one.among_risers for one in found) <= MOST_RISERS
    reached = {n for n in range(len(rows)) if n != own and now[n] >= THERE}
    assert {libraries[n] for n in reached} <= {one.library for one in found}


@FIXED
@given(st.integers(0, 10_000), st.integers(1, 8))
def test_the_weak_indicators_are_the_most_missed_and_every_one_below_the_line(seed: int, most: int):
    chance = random.Random(seed)
    framework = a_framework(chance)
    card = score(build_matrix({"own": a_library(framework, chance)[0]}, framework), framework)
    found = weaknesses(card, "own", most=most)
    named = {one.indicator: one for one in found}
    missed = []
    for column, name in enumerate(card.matrix.indicators):
        applies = card.matrix.state[0, column] != State.NOT_APPLICABLE
        missing = card.posts.maximum[column] - card.points[0, column] if applies else 0
        below = card.share_first[0, column] < THERE
        if missing > CLOSE:
            missed.append(missing)
            assert name in named or not below
        else:
            assert name not in named
    assert [one.missing for one in found[:most]] == pytest.approx(sorted(missed, reverse=True)[:most])
    assert all(one.below for one in found[most:])
