"""(c) Scoring many libraries, against a plain loop and against numpy's bare arithmetic."""

import numpy as np

from benchmarks import loop
from benchmarks.figures import side_by_side
from benchmarks.table import Aim, Row, milliseconds
from scoring.goalposts import Goalposts, goalposts
from scoring.matrix import AnswerMatrix, Floats, State
from scoring.scorecard import score
from survey.framework import Framework, load_framework
from survey.framework.loading import DATA

CASE = "c"
SIZES = {13: 101, 1_000: 31, 10_000: 11}  # libraries, and how often each is measured
LARGE = 10_000
SEED = 206


def run() -> list[Row]:
    framework = load_framework(DATA / "frameworks" / "qd206.yaml").framework
    return [row for size, rounds in SIZES.items() for row in _rows(size, rounds, framework)]


def _rows(size: int, rounds: int, framework: Framework) -> list[Row]:
    matrix, posts = invented(size, framework), goalposts(framework)
    lists = matrix.value.tolist(), matrix.state.tolist(), matrix.verified.tolist()
    _require_equal(matrix, loop.score_all(*lists, framework), framework)
    ours, bare, plain = side_by_side(
        (
            lambda: score(matrix, framework),
            lambda: _bare(matrix.value, posts),
            lambda: loop.score_all(*lists, framework),
        ),
        rounds,
    )
    what, large = f"{size:,} libraries, median", size == LARGE
    return [
        Row(
            CASE,
            what,
            milliseconds(ours),
            f"numpy's bare arithmetic {milliseconds(bare)}",
            ours / bare,
            Aim(most=5) if large else None,
        ),
        Row(
            CASE,
            f"{what}, times below",
            milliseconds(ours),
            f"a plain loop {milliseconds(plain)}",
            plain / ours,
            Aim(least=40) if large else None,
        ),
    ]


def _bare(x: Floats, posts: Goalposts) -> tuple[Floats, Floats]:
    """Distance, bounds, weights and sums: no states, no bounds of a score, no levels, no gates."""
    goal = posts.targets[posts.last]
    points = np.clip((x - posts.zero) / (goal - posts.zero), 0.0, 1.0) * posts.maximum
    return points @ posts.membership, points.sum(axis=1)


def invented(size: int, framework: Framework) -> AnswerMatrix:
    """Values from well below the zero point to beyond the target, a fifth of them not given."""
    chance, posts = np.random.default_rng(SEED), goalposts(framework)
    shape = (size, posts.maximum.size)
    kinds = [State.ANSWERED, State.UNANSWERED, State.UNKNOWN, State.NOT_APPLICABLE]
    state = chance.choice(np.array(kinds, dtype=np.int8), size=shape, p=[0.8, 0.08, 0.06, 0.06])
    reach = posts.targets[posts.last] - posts.zero
    value = posts.zero + reach * chance.uniform(-0.2, 1.3, size=shape)
    given = np.where(state == State.ANSWERED, value, np.nan)
    return AnswerMatrix(
        libraries=tuple(f"library-{number}" for number in range(size)),
        indicators=tuple(framework.indicators),
        value=given,
        numerator=np.full(shape, np.nan),
        denominator=np.full(shape, np.nan),
        state=state,
        verified=chance.random(shape) < 0.7,
    )


def _require_equal(matrix: AnswerMatrix, outcomes: list[loop.Outcome], framework: Framework) -> None:
    """Both ways must come to the same results, or their times say nothing."""
    card = score(matrix, framework)
    for name in ("low", "high", "coverage", "score", "line"):
        whole = [getattr(outcome.total, name) for outcome in outcomes]
        parts = [[getattr(part, name) for part in outcome.dimensions] for outcome in outcomes]
        np.testing.assert_allclose(getattr(card.total, name), whole, rtol=1e-9)
        np.testing.assert_allclose(getattr(card.dimensions, name), parts, rtol=1e-9)
    levels = [[part.level for part in outcome.dimensions] for outcome in outcomes]
    np.testing.assert_array_equal(card.dimension_levels, levels)
    np.testing.assert_array_equal(card.level.level, [outcome.level for outcome in outcomes])
    np.testing.assert_array_equal(card.reach.level, [outcome.reach for outcome in outcomes])
    np.testing.assert_allclose(card.verified_share, [outcome.verified_share for outcome in outcomes])
