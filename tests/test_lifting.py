"""The shortest list that lifts a level, against every subset of answers tried one after the other."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from test_scoring_properties import CASES as CASES_AT_RANDOM
from test_scoring_properties import a_framework, a_library

from scoring.lifting import Lift, shortest_lift
from scoring.matrix import AnswerMatrix, State, build_matrix
from scoring.scorecard import score
from survey.framework import Framework

SEED, CASES, MOST = 412, min(4000, 20 * CASES_AT_RANDOM), 7


def bettered(matrix: AnswerMatrix, framework: Framework, names: Iterable[str]) -> AnswerMatrix:
    """Full marks for some answers; an answer that was bettered has to be verified again."""
    taken = np.isin(np.array(matrix.indicators), list(names))[np.newaxis]
    goals = np.array([one.target(framework.last_milestone).value for one in framework.indicators.values()])
    return replace(
        matrix,
        value=np.where(taken, goals, matrix.value),
        state=np.where(taken, np.int8(State.ANSWERED), matrix.state),
        verified=matrix.verified & ~taken,
    )


def level_of(matrix: AnswerMatrix, framework: Framework, verified: Iterable[str] = ()) -> int:
    seen = matrix.verified | np.isin(np.array(matrix.indicators), list(verified))[np.newaxis]
    return int(score(replace(matrix, verified=seen), framework).level.level[0])


def subsets(names: Sequence[str]) -> Iterable[tuple[str, ...]]:
    for size in range(len(names) + 1):
        yield from combinations(names, size)


def fewest_bettered(matrix: AnswerMatrix, framework: Framework, wanted: int) -> int | None:
    """How many answers have to be bettered at least, if everything were verified."""
    may = [n for n, s in zip(matrix.indicators, matrix.state[0], strict=True) if s != State.NOT_APPLICABLE]
    for names in subsets(may):
        if level_of(bettered(matrix, framework, names), framework, matrix.indicators) >= wanted:
            return len(names)
    return None


def fewest_verified(matrix: AnswerMatrix, framework: Framework, wanted: int) -> int | None:
    for names in subsets(matrix.indicators):
        if level_of(matrix, framework, names) >= wanted:
            return len(names)
    return None


def held_back_cases() -> Iterable[tuple[AnswerMatrix, Framework, Lift]]:
    chance = random.Random(SEED)
    for _ in range(CASES):
        framework = a_framework(chance)
        answers, verified = a_library(framework, chance)
        if len(framework.indicators) > MOST:
            continue
        matrix = build_matrix({"library": answers}, framework, verified={"library": verified})
        lift = shortest_lift(score(matrix, framework), framework, "library")
        if lift is not None:
            yield matrix, framework, lift


Found = list[tuple[AnswerMatrix, Framework, Lift]]


@pytest.fixture(scope="module")
def found() -> Found:
    return list(held_back_cases())


def test_enough_libraries_are_held_back(found: Found):
    assert len(found) >= 60
    assert any(lift.answers and lift.verified for _, _, lift in found)


def test_no_shorter_list_of_answers_lifts_the_level(found: Found):
    for matrix, framework, lift in found:
        fewest = fewest_bettered(matrix, framework, lift.level)
        assert len(lift.answers) == fewest


def test_the_list_lifts_the_level_with_as_few_verified_as_can_be(found: Found):
    for matrix, framework, lift in found:
        after = bettered(matrix, framework, [one.indicator for one in lift.answers])
        assert level_of(after, framework, lift.verified) >= lift.level
        assert fewest_verified(after, framework, lift.level) == len(lift.verified)


def test_the_level_is_not_reached_with_one_answer_less(found: Found):
    for matrix, framework, lift in found:
        names = [one.indicator for one in lift.answers]
        for left_out in names:
            after = bettered(matrix, framework, [name for name in names if name != left_out])
            assert level_of(after, framework, matrix.indicators) < lift.level


def test_no_other_list_of_as_few_answers_leaves_fewer_to_verify(found: Found):
    for matrix, framework, lift in found:
        if not (lift.answers and lift.verified):
            continue
        may = [
            n for n, s in zip(matrix.indicators, matrix.state[0], strict=True) if s != State.NOT_APPLICABLE
        ]
        for names in combinations(may, len(lift.answers)):
            after = bettered(matrix, framework, names)
            if level_of(after, framework, matrix.indicators) >= lift.level:
                fewest = fewest_verified(after, framework, lift.level)
                assert fewest is not None
                assert fewest >= len(lift.verified)
