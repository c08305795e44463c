"""Medians and other points of a row of times."""

import statistics
from collections.abc import Callable, Sequence
from time import perf_counter

median = statistics.median


def p95(times: Sequence[float]) -> float:
    """The time that 95 of 100 stayed within."""
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def seconds_of(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def side_by_side(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median seconds of each, one round of all after the other, so that a busy moment hits them alike."""
    for work in works:
        work()
    times = [[seconds_of(work) for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*times, strict=True)]
