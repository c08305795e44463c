"""Where a pace leads: the value on a later day, with its band, and the day on which the target is reached."""

from dataclasses import dataclass

import numpy as np

from scoring.matrix import Floats
from scoring.pace import DAYS_PER_YEAR, NO_DAY, Basis, Day, Days, Pace, years_between

# A straight line says nothing of what lies further ahead: later than this is never.
HORIZON = 100.0
# Days are whole; a hundred-thousandth of a day too many comes from the last digits.
PART_OF_A_DAY = 1e-5


@dataclass(frozen=True, eq=False)
class Projection:
    """Values on one day, not bounded by any scale; arrays of (libraries, indicators).

    value: by the own pace. slow, fast: by the ends of its band. NaN where fewer than three values
    were given, and before the last of them.
    """

    value: Floats
    slow: Floats
    fast: Floats


@dataclass(frozen=True, eq=False)
class Arrival:
    """The first day at the target; arrays of (libraries, indicators), datetime64[D].

    day: by the own pace. earliest, latest: by the ends of its band. NaT where fewer than three
    values were given, where the target is reached already, and where the pace does not lead there
    within a hundred years.
    """

    day: Days
    earliest: Days
    latest: Days


def project(pace: Pace, day: Day) -> Projection:
    """Go on from the last value in a straight line.

    From the last value, as the needed pace does, not along the middle of all values: so a ratio of
    1 or more and an arrival in time are the same.
    """
    years = years_between(pace.last_day, day)
    ahead = np.where((pace.count >= Basis.THREE) & (years >= 0), years, np.nan)
    return Projection(
        value=pace.last + pace.own * ahead,
        slow=pace.last + pace.slow * ahead,
        fast=pace.last + pace.fast * ahead,
    )


def find_arrival(pace: Pace) -> Arrival:
    """The days on which the straight lines of `project` reach the target."""
    return Arrival(
        day=_arrival(pace, pace.own),
        earliest=_arrival(pace, pace.fast),
        latest=_arrival(pace, pace.slow),
    )


def year_of(day: Days) -> Floats:
    """The calendar year of each day, NaN for NaT."""
    year = day.astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(np.isnat(day), np.nan, year)


def _arrival(pace: Pace, speed: Floats) -> Days:
    open_ = ~pace.reached & (pace.count >= Basis.THREE)
    forward = open_ & (speed * np.sign(pace.goal.span) > 0)
    with np.errstate(over="ignore"):
        years = np.divide(pace.goal.target - pace.last, speed, out=np.full_like(speed, np.inf), where=forward)
    near = years <= HORIZON
    days = np.ceil(np.where(near, years, 0.0) * DAYS_PER_YEAR - PART_OF_A_DAY)
    return np.where(near, pace.last_day + days.astype("timedelta64[D]"), NO_DAY)
