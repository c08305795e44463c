"""The shortest list of answers that would lift what holds a level back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from scoring.aggregate import at_least
from scoring.levels import NO_LEVEL
from scoring.matrix import Flags, Floats, State
from scoring.scorecard import Scorecard
from survey.framework import Framework


class Why(StrEnum):
    """What an answer on the list is needed for."""

    KEY = "key"
    DIMENSION = "dimension"


@dataclass(frozen=True)
class Raise:
    """An answer to better. gain: points that full marks would add. dimension: the one it lifts."""

    indicator: str
    dimension: str
    why: Why
    gain: float


@dataclass(frozen=True)
class Lift:
    """How a level that is held back would rise by one.

    level: the one that would be reached. answers: the fewest to bring to full marks, key indicators
    first, then by dimension. verified: the fewest answers to have verified once that is done; among
    lists of as few answers the one that leaves fewest of them, and of these the answers with most to gain.
    """

    level: int
    answers: tuple[Raise, ...]
    verified: tuple[str, ...]


def shortest_lift(card: Scorecard, framework: Framework, library: str) -> Lift | None:
    """What would lift the level of one library by one; None where nothing holds it back.

    Each dimension is lifted by its own answers alone, so taking those that lack most gives the
    shortest list of answers, and having those with most points verified the shortest list for them.
    An answer that changes is no longer verified, though: where some are to be verified, a program in
    whole numbers looks for another list of as many answers that leaves fewer.

    Source:
        the Federation's proposal of a method, "Maturity levels", gates on the level of the whole.
    """
    row = card.row(library)
    by_score, level = int(card.level.by_score[row]), int(card.level.level[row])
    if by_score == NO_LEVEL or level >= by_score:
        return None
    wanted = level + 1
    points = card.points[row].copy()
    answers = _bettered(card, framework, points, _keys(card, framework, row, wanted), Why.KEY)
    for column in range(len(framework.dimensions)):
        lacking = _lacking(card, framework, row, column, points, wanted)
        answers += _bettered(card, framework, points, lacking, Why.DIMENSION)
    lift = Lift(wanted, tuple(answers), _to_verify(card, framework, row, points, wanted))
    if lift.answers and lift.verified:
        return _with_fewer_to_verify(card, framework, row, lift) or lift
    return lift


def _with_fewer_to_verify(card: Scorecard, framework: Framework, row: int, lift: Lift) -> Lift | None:
    """A list of as many answers after which fewer have to be verified; None where there is none."""
    taken = _exchanged(card, framework, row, lift)
    points = card.points[row].copy()
    keys = _keys(card, framework, row, lift.level)
    answers = _bettered(card, framework, points, keys, Why.KEY)
    for dimension in range(len(framework.dimensions)):
        own = [c for c in taken if card.posts.membership[c, dimension] and c not in keys]
        answers += _bettered(card, framework, points, own, Why.DIMENSION)
    lacking = any(
        _lacking(card, framework, row, dimension, points, lift.level)
        for dimension in range(len(framework.dimensions))
    )
    found = Lift(lift.level, tuple(answers), _to_verify(card, framework, row, points, lift.level))
    fewer = len(found.answers) <= len(lift.answers) and len(found.verified) < len(lift.verified)
    return found if fewer and not lacking else None


def _exchanged(card: Scorecard, framework: Framework, row: int, lift: Lift) -> list[int]:
    """The answers to better, as many as in `lift`, that leave fewest to verify; none where the solver gives up.

    Minimise sum(v) over b (bettered), v (verified) and z <= b, v (both) of each indicator, where every
    dimension and key indicator gets what is asked and what is verified reaches its share.
    """
    points, maximum, held = card.points[row], card.posts.maximum, card.verified_points[row]
    size, gain, nothing = points.size, maximum - points, np.zeros(points.size)
    applies = card.matrix.state[row] != State.NOT_APPLICABLE
    share = _share_asked(framework, lift.level)
    rows = [np.concatenate([-np.ones(size), nothing, nothing])]
    least = [-float(len(lift.answers))]
    for dimension in range(len(framework.dimensions)):
        own = (card.posts.membership[:, dimension] > 0) & applies
        rows.append(np.concatenate([gain * own, nothing, nothing]))
        least.append(_goal(framework, lift.level) * float(maximum[own].sum()) - float(points[own].sum()))
    rows.append(np.concatenate([-held - share * gain, points - held, held - points + maximum]))
    least.append(share * float(points.sum()) - float(held.sum()))
    both = np.hstack([np.eye(size), np.zeros((size, size)), -np.eye(size)])
    either = np.hstack([np.zeros((size, size)), np.eye(size), -np.eye(size)])
    low, high = np.zeros(3 * size), np.concatenate([applies, np.ones(2 * size)]).astype(np.float64)
    low[_keys(card, framework, row, lift.level)] = 1.0
    # Far less than one answer to verify: the largest gain, then the order of the framework.
    preferred = np.arange(size) * 1e-7 - 1e-3 * gain / float(maximum.sum())
    found = milp(
        c=np.concatenate([preferred, np.ones(size), nothing]),
        integrality=np.ones(3 * size),
        bounds=Bounds(low, high),
        constraints=LinearConstraint(
            np.vstack([*rows, both, either]), lb=np.concatenate([least, np.zeros(2 * size)])
        ),
        options={"mip_rel_gap": 0.0},
    )
    return [] if found.x is None else np.flatnonzero(found.x[:size] > 0.5).tolist()


def _bettered(
    card: Scorecard, framework: Framework, points: Floats, columns: Sequence[int], why: Why
) -> list[Raise]:
    """Give full marks to some indicators in `points`, and say so."""
    steps = []
    for column in columns:
        gain = float(card.posts.maximum[column] - points[column])
        points[column] = card.posts.maximum[column]
        name = card.matrix.indicators[column]
        steps.append(Raise(name, framework.dimension_of[name].id, why, gain))
    return steps


def _keys(card: Scorecard, framework: Framework, row: int, wanted: int) -> list[int]:
    """Key indicators that are not answered above 0, where the wanted level asks for them."""
    if wanted < framework.gates.key_indicators_from:
        return []
    return np.flatnonzero(card.posts.key & ~(card.points[row] > 0)).tolist()


def _lacking(
    card: Scorecard, framework: Framework, row: int, dimension: int, points: Floats, wanted: int
) -> list[int]:
    """The fewest further indicators of a dimension for the level that the gates ask of it."""
    applies = card.matrix.state[row] != State.NOT_APPLICABLE
    own = (card.posts.membership[:, dimension] > 0) & applies
    maximum = card.posts.maximum
    goal = _goal(framework, wanted) * float(maximum[own].sum())
    return _fewest(np.where(own, maximum - points, 0.0), goal - float(points[own].sum()))


def _goal(framework: Framework, wanted: int) -> float:
    """The share of its points that every dimension needs."""
    needed = _needed_of_dimensions(framework, wanted)
    return next((entry.at_least for entry in framework.levels if entry.level == needed), 0.0) / 100


def _needed_of_dimensions(framework: Framework, wanted: int) -> int:
    gates = framework.gates
    floor = gates.floor.dimension_level if gates.floor and wanted >= gates.floor.level else 0
    return max(wanted - gates.above_weakest, floor)


def _to_verify(
    card: Scorecard, framework: Framework, row: int, points: Floats, wanted: int
) -> tuple[str, ...]:
    """The fewest answers to have verified, given the points after the betterment."""
    share = _share_asked(framework, wanted)
    unchanged: Flags = points <= card.points[row]
    held = np.where(unchanged, card.verified_points[row], 0.0)
    needed = share * float(points.sum()) - float(held.sum())
    return tuple(card.matrix.indicators[column] for column in _fewest(points - held, needed))


def _share_asked(framework: Framework, wanted: int) -> float:
    """The share of its points that must be verified for a level."""
    return max((gate.share for gate in framework.gates.verified if gate.level <= wanted), default=0.0)


def _fewest(amounts: Floats, needed: float) -> list[int]:
    """Where the largest amounts stand that together reach what is needed, as few as can be."""
    order = np.argsort(-amounts, kind="stable")
    reached = np.concatenate([[0.0], np.cumsum(amounts[order])])
    return [int(column) for column in order[: at_least(reached, needed).argmax()]]
