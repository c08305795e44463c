"""Sums over indicators: what is assured, what is possible, and how much of it was answered."""

from dataclasses import dataclass, fields

import numpy as np

from scoring.matrix import Flags, Floats


@dataclass(frozen=True, eq=False)
class Aggregate:
    """A score with everything that says how sure it is; arrays of one shape.

    earned: assured points. applicable: points that could be had, so without "not applicable".
    low, high: bounds of the score, 0 to 100; NaN where nothing applies. coverage: share of
    applicable points that were answered, NaN likewise. score: low where coverage reaches the
    threshold, else NaN. line: the first milestone's targets, summed over the same indicators.
    """

    earned: Floats
    applicable: Floats
    low: Floats
    high: Floats
    coverage: Floats
    score: Floats
    line: Floats


@dataclass(frozen=True, eq=False)
class Sums:
    """Points summed by dimension, (libraries, dimensions), or over everything, (libraries,).

    earned: assured points. open: points that an answer not given or not known could still bring.
    applicable: maxima of what applies. answered: maxima of what was answered. line: points of
    the first milestone's targets where the indicator applies.
    """

    earned: Floats
    open: Floats
    applicable: Floats
    answered: Floats
    line: Floats

    def whole(self) -> "Sums":
        """The sums over all dimensions."""
        ones = np.ones(self.earned.shape[1])
        return Sums(**{field.name: getattr(self, field.name) @ ones for field in fields(self)})


CLOSE = 1e-9


def at_least(value: Floats, bound: Floats | float) -> Flags:
    """Whether a value reaches a bound, forgiving the last digits of floating-point sums.

    Comparison is unrounded: only what exact arithmetic would call equal is let through.
    """
    return np.asarray(value >= np.asarray(bound) - CLOSE)


def aggregate(sums: Sums, *, threshold: float) -> Aggregate:
    """Bounds, coverage and score of what was summed.

    Source:
        framework.md of the Federation's proposal, "Arithmetic, exactly": low = 100 sum(w s) /
        sum(w), coverage = sum(w answered) / sum(w), both over applicable indicators.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        low = 100 * sums.earned / sums.applicable
        high = 100 * (sums.earned + sums.open) / sums.applicable
        coverage = sums.answered / sums.applicable
        line = 100 * sums.line / sums.applicable
    return Aggregate(
        earned=sums.earned,
        applicable=sums.applicable,
        low=low,
        high=high,
        coverage=coverage,
        score=np.where(at_least(coverage, threshold), low, np.nan),
        line=line,
    )
