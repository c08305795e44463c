"""The shortest list of answers that would lift what holds a level back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

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

    level: the one that would be reached. answers: the fewest to better, key indicators (anything
    above 0) first, then by dimension those with the most to gain (to full marks). verified: the
    fewest answers to have verified once that is done, those with most points first.
    """

    level: int
    answers: tuple[Raise, ...]
    verified: tuple[str, ...]


def shortest_lift(card: Scorecard, framework: Framework, library: str) -> Lift | None:
    """What would lift the level of one library by one; None where nothing holds it back.

    Each dimension is lifted by its own answers alone, so taking those that lack most gives the
    shortest list; so does having those with most points verified.

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
    return Lift(wanted, tuple(answers), _to_verify(card, framework, row, points, wanted))


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
    maximum, needed = card.posts.maximum, _needed_of_dimensions(framework, wanted)
    cut = next((entry.at_least for entry in framework.levels if entry.level == needed), 0.0)
    goal = cut * maximum[own].sum() / 100
    return _fewest(np.where(own, maximum - points, 0.0), goal - float(points[own].sum()))


def _needed_of_dimensions(framework: Framework, wanted: int) -> int:
    gates = framework.gates
    floor = gates.floor.dimension_level if gates.floor and wanted >= gates.floor.level else 0
    return max(wanted - gates.above_weakest, floor)


def _to_verify(
    card: Scorecard, framework: Framework, row: int, points: Floats, wanted: int
) -> tuple[str, ...]:
    """The fewest answers to have verified, given the points after the betterment."""
    share = max((gate.share for gate in framework.gates.verified if gate.level <= wanted), default=0.0)
    unchanged: Flags = points <= card.points[row]
    held = np.where(unchanged, card.verified_points[row], 0.0)
    needed = share * float(points.sum()) - float(held.sum())
    return tuple(card.matrix.indicators[column] for column in _fewest(points - held, needed))


def _fewest(amounts: Floats, needed: float) -> list[int]:
    """Where the largest amounts stand that together reach what is needed, as few as can be."""
    order = np.argsort(-amounts, kind="stable")
    reached = np.concatenate([[0.0], np.cumsum(amounts[order])])
    return [int(column) for column in order[: at_least(reached, needed).argmax()]]
