"""(f) Ranks of thirteen libraries over 5,000 draws, against numpy's bare matrix products of the same shapes."""

from itertools import count

import numpy as np

from benchmarks.figures import side_by_side
from benchmarks.scoring import invented
from benchmarks.table import Aim, Row, milliseconds
from scoring.draws import COUNT, SEED, make_draws
from scoring.ranges import answer_ranges
from scoring.ranking import drivers, rank
from scoring.scorecard import Scorecard, score
from scoring.simulation import simulate
from survey.framework import Framework, load_framework
from survey.framework.loading import DATA

CASE = "f"
LIBRARIES = 13
OFFERED = 40  # so many are invented that thirteen have the coverage to be ranked
ROUNDS = 51
MOST = Aim(most=3)


def run() -> list[Row]:
    framework = load_framework(DATA / "frameworks" / "qd206.yaml").framework
    card = _thirteen(framework)
    ranges = answer_ranges(card.matrix, card.posts, framework)
    uncertain, posts = ranges.uncertain, card.posts
    ready = make_draws(posts, uncertain=int(uncertain.sum()))
    seeds = count(SEED + 1)
    chance = np.random.default_rng(SEED)
    shares = chance.random((COUNT, LIBRARIES, posts.maximum.size))
    weights = chance.random((COUNT, *posts.membership.shape))
    one_matrix, one_weight = shares[0].T.copy(), weights[:, :, 0].copy()
    whole, drawing, arithmetic, alone, by_draw, apart = side_by_side(
        (
            lambda: rank(card, framework),
            lambda: make_draws(posts, uncertain=int(uncertain.sum()), seed=next(seeds)),
            lambda: simulate(ranges, ready, posts, uncertain=uncertain),
            lambda: one_weight @ one_matrix,
            lambda: shares @ weights,
            lambda: drivers(card, framework),
        ),
        ROUNDS,
    )
    what = f"{COUNT:,} draws, {LIBRARIES} libraries"
    fixed = f"one product, answers the same in every draw, {milliseconds(alone)}"
    bare = f"the bare product {milliseconds(by_draw)}"
    return [
        Row(CASE, f"{what}, median", milliseconds(whole), bare, whole / by_draw, MOST),
        Row(CASE, f"{what}, median", milliseconds(whole), fixed, whole / alone, MOST),
        Row(CASE, "the random numbers, made once for a seed", milliseconds(drawing), bare, drawing / by_draw),
        Row(CASE, "of it, the scores of all draws", milliseconds(arithmetic), bare, arithmetic / by_draw),
        Row(CASE, "what drives the order, six sources", milliseconds(apart), bare, apart / by_draw),
    ]


def _thirteen(framework: Framework) -> Scorecard:
    matrix = invented(OFFERED, framework)
    total = score(matrix, framework).total.score
    scored = [name for name, own in zip(matrix.libraries, total, strict=True) if not np.isnan(own)]
    return score(matrix.rows(scored[:LIBRARIES]), framework)
