"""Write a scorecard as CSV in full float precision. The columns are a public contract."""

import csv
import math
from collections.abc import Iterator
from typing import TextIO

from scoring.levels import NO_LEVEL
from scoring.matrix import State
from scoring.scorecard import Scorecard
from survey.framework import Framework

COLUMNS = (
    "library",
    "scope",
    "id",
    "score",
    "low",
    "high",
    "points",
    "max_points",
    "coverage",
    "level",
)


def write_scores(card: Scorecard, framework: Framework, out: TextIO) -> None:
    """One row for each library and indicator, dimension and the whole (scope `total`)."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row, library in enumerate(card.libraries):
        writer.writerows((library, *cells) for cells in _library(card, framework, row))


def _library(card: Scorecard, framework: Framework, row: int) -> Iterator[tuple[str, ...]]:
    for column, name in enumerate(card.matrix.indicators):
        yield ("indicator", name, *_indicator(card, row, column))
    for column, dimension in enumerate(framework.dimensions):
        sums = card.dimensions
        level = card.dimension_levels[row, column]
        figures = (
            sums.score[row, column],
            sums.low[row, column],
            sums.high[row, column],
            sums.earned[row, column],
            sums.applicable[row, column],
            sums.coverage[row, column],
        )
        yield ("dimension", dimension.id, *map(_number, figures), _level(level))
    total = card.total
    figures = (
        total.score[row],
        total.low[row],
        total.high[row],
        total.earned[row],
        total.applicable[row],
        total.coverage[row],
    )
    yield ("total", "total", *map(_number, figures), _level(card.level.level[row]))


def _indicator(card: Scorecard, row: int, column: int) -> tuple[str, ...]:
    state = card.matrix.state[row, column]
    if state == State.NOT_APPLICABLE:
        return ("", "", "", "", "0.0", "", "")
    maximum = _number(card.posts.maximum[column])
    if state == State.ANSWERED:
        score = _number(100 * card.share[row, column])
        return (score, score, score, _number(card.points[row, column]), maximum, "1.0", "")
    return ("", "0.0", "100.0", "0.0", maximum, "0.0", "")


def _number(value: float) -> str:
    return "" if math.isnan(value) else repr(float(value))


def _level(level: int) -> str:
    return "" if level == NO_LEVEL else str(int(level))
