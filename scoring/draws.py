"""The random choices of a study of ranks: drawn once from a seed, the same for every library."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scoring.goalposts import Goalposts
from scoring.matrix import Flags, Floats

COUNT = 5_000
SEED = 206
ITEM_WEIGHT = (0.75, 1.25)
DIMENSION_CONCENTRATION = 30.0
SPACINGS = (0.7, 1.0, 1.4)
# Numbers between 0 and 1 in the middle of so many equal steps: as fine as an answer needs, four to a random word.
STEPS = 2**16


class Source(StrEnum):
    """What is varied."""

    ITEM_WEIGHTS = "item_weights"
    DIMENSION_WEIGHTS = "dimension_weights"
    AGGREGATION = "aggregation"
    SPACING = "spacing"
    UNKNOWNS = "unknowns"
    ANSWER_ERROR = "answer_error"


@dataclass(frozen=True, eq=False)
class Draws:
    """One column for each draw.

    item: (indicators, draws), factors on the maxima. dimension: (dimensions, draws), weights that
    add up to 1. geometric: (draws,), dimensions are combined by the geometric mean. spacing:
    (draws,), exponent of rubrics. cells: (uncertain answers, draws), where between its ends an
    answer lies: the step, 0 to `STEPS` - 1; answers in order of library, then indicator.
    """

    item: Floats
    dimension: Floats
    geometric: Flags
    spacing: Floats
    cells: NDArray[np.uint16]

    def varying(self, sources: Collection[Source], posts: Goalposts) -> "Draws":
        """The same draws with every choice outside of `sources` as the official score makes it.

        What concerns answers is held by `Ranges.fixed`.
        """
        if set(sources) == set(Source):
            return self
        still = dimension_weights(posts)[:, np.newaxis]
        official = {
            Source.ITEM_WEIGHTS: ("item", np.ones_like(self.item)),
            Source.DIMENSION_WEIGHTS: ("dimension", np.broadcast_to(still, self.dimension.shape)),
            Source.AGGREGATION: ("geometric", np.zeros_like(self.geometric)),
            Source.SPACING: ("spacing", np.ones_like(self.spacing)),
        }
        held = dict(pair for source, pair in official.items() if source not in sources)
        return replace(self, **held)  # type: ignore[arg-type]


def dimension_weights(posts: Goalposts) -> Floats:
    """(dimensions,), each dimension's part of all points."""
    points = posts.maximum @ posts.membership
    return np.asarray(points / points.sum())


def make_draws(posts: Goalposts, *, uncertain: int, seed: int = SEED, count: int = COUNT) -> Draws:
    """Draw everything that is varied together.

    uncertain: how many answers lie between two ends. Draws have no order, so those of one form
    and one spacing are put next to each other, where they are computed in one step.

    Source:
        the Federation's proposal of a method, "Rank uncertainty": item weights x U(0.75,
        1.25), dimension weights Dirichlet(30 W), arithmetic or geometric aggregation, rubric
        spacing s^g with g in {0.7, 1, 1.4}; forms and spacings equally likely.
    """
    return _drawn(posts.maximum.size, tuple(dimension_weights(posts).tolist()), uncertain, seed, count)


@lru_cache(maxsize=4)
def _drawn(indicators: int, of_dimensions: tuple[float, ...], uncertain: int, seed: int, count: int) -> Draws:
    """The draws of one seed, made once: they know nothing of any answer but how many are uncertain."""
    chance = np.random.default_rng(seed)
    item = chance.uniform(*ITEM_WEIGHT, size=(indicators, count))
    dimension = chance.dirichlet(DIMENSION_CONCENTRATION * np.array(of_dimensions), size=count)
    kind = np.sort(chance.integers(0, 2 * len(SPACINGS), size=count))
    draws = Draws(
        item=item,
        dimension=np.ascontiguousarray(dimension.T),
        geometric=kind % 2 == 1,
        spacing=np.array(SPACINGS)[kind // 2],
        cells=chance.integers(0, STEPS, size=(uncertain, count), dtype=np.uint16),
    )
    for field in fields(draws):
        getattr(draws, field.name).flags.writeable = False
    return draws
