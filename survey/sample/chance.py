"""Chance that falls the same way every time: each number hangs on its names alone, not on an order."""

import random
from datetime import date, timedelta

SEED = 206  # the number of the Decision; any other would do


def chance(*names: object) -> float:
    """A number from 0 to 1 that belongs to these names.

    >>> chance("son_la", "A1") == chance("son_la", "A1")
    True
    """
    return random.Random("/".join(map(str, (SEED, *names)))).random()


def varied(value: float, *names: object, within: float) -> float:
    """`value`, moved by at most the share `within` up or down."""
    return value * (1 + within * (2 * chance(*names) - 1))


def working_day(day: date) -> date:
    """The day itself, or the Friday before where it falls on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
