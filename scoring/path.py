"""The path of least effort to a goal, found exactly by a program in whole numbers and scored anew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from scoring.demands import Demand, Goal, Situation, is_met
from scoring.matrix import AnswerMatrix, Floats
from scoring.scorecard import Scorecard, score
from scoring.steps import Step, after, possible_steps
from survey.framework import Framework

Taken = NDArray[np.bool_]
# The solver works to a millionth: it is given so much room, and every answer of its is scored exactly.
ROOM = 1e-5
# A real library takes a hundredth of a second as a rule; nobody waits longer than this.
MOST_SECONDS = 10.0
MOST_EXCLUDED = 200
SOLVED, WITHOUT_SOLUTION = 0, 2


class Obstacle(StrEnum):
    """Why there is no path.

    DOES_NOT_APPLY: the goal, or a condition of it, does not apply to the library. TOO_FAR: not even all
    steps together reach it. NEEDS_REVIEW: there is one once the review accepts what is planned.
    """

    DOES_NOT_APPLY = "does_not_apply"
    TOO_FAR = "too_far"
    NEEDS_REVIEW = "needs_review"


@dataclass(frozen=True, eq=False)
class Plan:
    """Steps in the framework's order, their cost, and the library once they are taken.

    matrix, card: one row each. needs_verified: the share of points that the review must have verified for
    the level, 0 where none is asked.
    """

    goal: Goal
    steps: tuple[Step, ...]
    cost: float
    matrix: AnswerMatrix
    card: Scorecard
    needs_verified: float


class UnprovenPathError(Exception):
    """The solver stopped before it could prove that nothing costs less."""


def cheapest_path(
    matrix: AnswerMatrix,
    framework: Framework,
    goal: Goal,
    *,
    costs: Mapping[str, float] | None = None,
    reviewed: bool = False,
) -> Plan | Obstacle:
    """The steps of least total cost after which `scoring.scorecard.score` finds the goal reached.

    Minimise sum(c y) over y in {0, 1} for each step, where step k of an indicator needs step k - 1 and
    every demand of the goal holds: score, coverage, weakest dimension, key indicators, floor of the
    dimensions and share of verified points. Among paths of equal cost the one with most points is taken; the
    solver tells costs apart to a hundred-thousandth of the cheapest step.

    matrix: one library. costs: effort of a step by indicator, 1 where nothing is said. reviewed: the review
    will accept all answers; without it only what is verified today and does not change counts as verified.

    Raises:
        ValueError: a cost is not a positive number, or there is not exactly one library.
        UnprovenPathError: the solver gave up.

    Source:
        Exact by branch and bound (HiGHS through `scipy.optimize.milp`, relative gap 0); each solution is
        scored again and one that fails by the solver's last digits is excluded, so the result is exact.
    """
    chains = possible_steps(matrix, framework, costs=costs)
    situation = Situation(score(after(matrix, (), reviewed=reviewed), framework), chains, framework, reviewed)
    demands = situation.demands(goal)
    if demands is None:
        return Obstacle.DOES_NOT_APPLY
    if not is_met(goal, score(after(matrix, situation.steps, reviewed=True), framework), framework):
        return Obstacle.TOO_FAR
    taken = _least_cost(situation, matrix, goal, demands)
    if taken is None:
        return Obstacle.NEEDS_REVIEW
    steps = tuple(step for step, yes in zip(situation.steps, taken, strict=True) if yes)
    arrived = after(matrix, steps, reviewed=reviewed)
    return Plan(
        goal=goal,
        steps=steps,
        cost=sum(step.cost for step in steps),
        matrix=arrived,
        card=score(arrived, framework),
        needs_verified=needs_verified(goal, framework),
    )


def needs_verified(goal: Goal, framework: Framework) -> float:
    """The share of points that must be verified for the goal's level, 0 where none is asked."""
    if goal.level is None:
        return 0.0
    shares = [gate.share for gate in framework.gates.verified if gate.level <= goal.level]
    return max(shares, default=0.0)


def _least_cost(
    situation: Situation, matrix: AnswerMatrix, goal: Goal, demands: list[Demand]
) -> Taken | None:
    """The steps to take; None where no choice of steps is a solution."""
    if is_met(goal, situation.card, situation.framework):
        return np.zeros(len(situation.steps), dtype=np.bool_)
    if not situation.steps:
        return None
    costs = np.array([step.cost for step in situation.steps])
    rows = [*_one_after_the_other(situation.steps), *demands]
    cheapest = _solve(situation, matrix, goal, rows, costs / costs.min())
    if cheapest is None:
        return None
    spent, least = float(costs @ cheapest), float(costs.min())
    # In units of the cheapest step: as a share of the whole, small costs beside a large one would not count.
    no_more = Demand(-costs / least, -spent / least)
    richest = _solve(situation, matrix, goal, [*rows, no_more], -situation.gains)
    same = richest is not None and float(costs @ richest) <= spent * (1 + 1e-12)
    return richest if same else cheapest


def _one_after_the_other(steps: Sequence[Step]) -> Iterator[Demand]:
    for place, step in enumerate(steps):
        if step.number > 1:
            weight = np.zeros(len(steps))
            weight[place - 1], weight[place] = 1.0, -1.0
            yield Demand(weight, 0.0)


def _solve(
    situation: Situation, matrix: AnswerMatrix, goal: Goal, rows: list[Demand], objective: Floats
) -> Taken | None:
    """The best choice that the scorecard confirms; what it does not confirm is excluded, one by one."""
    excluded: list[Demand] = []
    while len(excluded) < MOST_EXCLUDED:
        found = _program(objective, [*rows, *excluded])
        if found.status == WITHOUT_SOLUTION:
            return None
        if found.status != SOLVED:
            raise UnprovenPathError(str(found.message))
        taken = np.asarray(found.x > 0.5)
        steps = [step for step, yes in zip(situation.steps, taken, strict=True) if yes]
        card = score(after(matrix, steps, reviewed=situation.reviewed), situation.framework)
        if is_met(goal, card, situation.framework):
            return taken
        excluded.append(Demand(np.where(taken, -1.0, 1.0), 1.0 - float(taken.sum())))
    raise UnprovenPathError(f"{MOST_EXCLUDED} choices failed by the last digits")


def _program(objective: Floats, rows: list[Demand]) -> OptimizeResult:
    weights = csr_array(np.stack([row.weight for row in rows]))
    least = np.array([row.least for row in rows])
    return milp(
        c=objective,
        integrality=np.ones(len(objective)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(weights, lb=least - ROOM),
        options={"mip_rel_gap": 0.0, "time_limit": MOST_SECONDS},
    )
