"""One study of ranks with all that is shown of it, and as the text that is kept with a closed round."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from report.round_report import SELF, RoundReport
from scoring.draws import COUNT, SEED, Source
from scoring.ranking import Driver, Fragility, Ranking, drivers, fragilities, rank

# Rises when the same answers, draws and seed would give other figures.
PROCEDURE = 1


@dataclass(frozen=True, eq=False)
class RankStudy:
    """Ranks of the libraries that have sent, what moves them, and the indicator each hangs on.

    procedure, seed, count: which draws were made.
    """

    ranking: Ranking
    drivers: tuple[Driver, ...]
    fragilities: tuple[Fragility, ...]
    procedure: int = PROCEDURE
    seed: int = SEED
    count: int = COUNT


def study_ranks(report: RoundReport, *, basis: str = SELF) -> RankStudy:
    """Study the libraries whose response has been sent; the others are no part of it."""
    sent = [name for name, response in report.responses.items() if not response.editable]
    card, framework = report.only(sent).card(basis), report.framework
    return RankStudy(rank(card, framework), drivers(card, framework), fragilities(card))


def to_text(study: RankStudy) -> str:
    """The study as JSON with sorted keys; `from_text` gives back every figure to the last digit."""
    ranking = {
        field.name: value.tolist() if isinstance(value, np.ndarray) else value
        for field in fields(Ranking)
        for value in [getattr(study.ranking, field.name)]
    }
    content = {
        "procedure": study.procedure,
        "seed": study.seed,
        "count": study.count,
        "ranking": ranking,
        "drivers": [[one.source.value, one.shift, one.share] for one in study.drivers],
        "fragilities": [[one.library, one.indicator, one.change] for one in study.fragilities],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> RankStudy:
    """Read what `to_text` wrote.

    Raises:
        ValueError: the text is no study.
    """
    try:
        content = json.loads(text)
        return RankStudy(
            ranking=_ranking(content["ranking"]),
            drivers=tuple(
                Driver(Source(source), shift, share) for source, shift, share in content["drivers"]
            ),
            fragilities=tuple(Fragility(*one) for one in content["fragilities"]),
            procedure=content["procedure"],
            seed=content["seed"],
            count=content["count"],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"this is no study of ranks: {error}") from error


def _ranking(held: Mapping[str, Any]) -> Ranking:
    libraries = tuple(held["libraries"])
    shape = (len(libraries), len(libraries))
    ranks = {
        name: np.array(held[name], dtype=np.int64).reshape(len(libraries))
        for name in ("official", "median", "low", "high")
    }
    return Ranking(
        libraries=libraries,
        unranked=tuple(held["unranked"]),
        **ranks,
        top=np.array(held["top"], dtype=np.float64).reshape(len(libraries)),
        shares=np.array(held["shares"], dtype=np.float64).reshape(shape),
        above=np.array(held["above"], dtype=np.float64).reshape(shape),
        groups=tuple(tuple(group) for group in held["groups"]),
    )
