"""Rounding a sum and its parts for print so that what is printed adds up too."""

from collections.abc import Sequence
from itertools import cycle, islice
from math import floor

from survey.text import rounded


def printed_parts(start: float, parts: Sequence[float], end: float, *, decimals: int = 1) -> list[float]:
    """The parts of `end - start`, rounded so that they add up to the printed difference.

    Each part is rounded down, and what is left over in units of the last place goes to the parts that
    were cut most (largest remainder); a part that is nothing stays nothing.

    >>> printed_parts(0.0, [0.04, 0.04, 0.04], 0.12)
    [0.1, 0.0, 0.0]
    """
    unit = 10**decimals
    wanted = int((rounded(end, decimals) - rounded(start, decimals)) * unit)
    floors = [floor(part * unit) for part in parts]
    left = wanted - sum(floors)
    moved = [place for place, part in enumerate(parts) if part]
    most_cut = sorted(moved, key=lambda place: floors[place] - parts[place] * unit, reverse=left < 0)
    for place in islice(cycle(most_cut), abs(left)):
        floors[place] += 1 if left > 0 else -1
    return [value / unit for value in floors]
