"""The shortest list that lifts a level, against every subset of answers tried one after the other."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from test_scoring_properties import CASES as CASES_AT_RANDOM
from test_scoring_properties import SMALL, a_framework, a_library

from scoring.lifting import Lift, Why, shortest_lift
from scoring.matrix import AnswerMatrix, State, build_matrix
from scoring.scorecard import score
from survey.framework import Framework
from survey.framework.rules import VerifiedGate
from survey.response import Answer, AnswerState

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


# X is full and verified, 60 points. Y has 40: Y1 level 2 of 5, 8 points, verified; Y2 0 of 2 items and Y3 no, 10 each.
# Level 1 asks 40 % of every dimension, 16 of Y, so 8 are missing: Y1 would bring 12, Y2 or Y3 10.
@pytest.mark.parametrize(
    ("share", "answers", "verified"),
    [
        # Y1: 80 points, of which X's 60 stay verified, 75 %. Y2: 78, of which 68, 87.2 %: nothing more is to verify.
        pytest.param(0.85, ("Y2",), (), id="the smaller gain keeps what is verified"),
        # 68 of 78 is 87.179 %, so just above it one answer has to be verified either way.
        pytest.param(0.8717, ("Y2",), (), id="just enough"),
        pytest.param(0.8718, ("Y1",), ("Y1",), id="just not enough"),
        # 60 of 80 is 75 %: with the largest gain nothing is to verify.
        pytest.param(0.75, ("Y1",), (), id="the largest gain where nothing is to verify"),
    ],
)
def test_an_answer_that_would_lose_its_verification_is_left_alone_where_another_does(
    share: float, answers: tuple[str, ...], verified: tuple[str, ...]
):
    gates = SMALL.gates.model_copy(
        update={"above_weakest": 0, "verified": (VerifiedGate(level=1, share=share),)}
    )
    framework = SMALL.model_copy(update={"gates": gates})
    given = {
        "X1": Answer(AnswerState.ANSWERED, numerator=10, denominator=10),
        "X2": Answer(AnswerState.ANSWERED, value=12),
        "Y1": Answer(AnswerState.ANSWERED, value=2),
        "Y2": Answer(AnswerState.ANSWERED),
        "Y3": Answer(AnswerState.ANSWERED, value=0),
    }
    matrix = build_matrix({"library": given}, framework, verified={"library": frozenset({"X1", "X2", "Y1"})})
    lift = shortest_lift(score(matrix, framework), framework, "library")
    assert lift is not None
    assert lift.level == 1
    assert tuple(one.indicator for one in lift.answers) == answers
    assert lift.verified == verified
    assert all(one.gain == {"Y1": 12, "Y2": 10}[one.indicator] for one in lift.answers)
    assert all((one.dimension, one.why) == ("Y", Why.DIMENSION) for one in lift.answers)
