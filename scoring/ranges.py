"""What each answer could be worth: between which ends the truth of an indicator lies."""

from dataclasses import dataclass, replace

import numpy as np

from scoring.goalposts import Goalposts, distance_to_target
from scoring.matrix import AnswerMatrix, Flags, Floats, State
from survey.framework import Framework, LevelIndicator

# The method gives no size: a tenth of the way to the target is half a level of a rubric of five.
UNVERIFIED_ERROR = 0.1


@dataclass(frozen=True, eq=False)
class Ranges:
    """Ends of s, the share of an indicator's maximum; all (libraries, indicators) but `levels`.

    low, high: the ends, 0 to 1, equal where nothing is uncertain. nominal: s as the official
    score counts it. unknown: the answer is "don't know". applies: all but "not applicable".
    levels: (indicators,), answered by a rubric of levels.
    """

    low: Floats
    high: Floats
    nominal: Floats
    unknown: Flags
    applies: Flags
    levels: Flags

    @property
    def uncertain(self) -> Flags:
        return np.asarray(self.high > self.low)

    def fixed(self, where: Flags) -> "Ranges":
        """The same ranges with s as the official score counts it `where` told."""
        return replace(
            self,
            low=np.where(where, self.nominal, self.low),
            high=np.where(where, self.nominal, self.high),
        )

    def spaced(self, spacing: float) -> "Ranges":
        """The same ranges where a rubric's level earns s to the power of `spacing`.

        The ends move, and what is drawn lies evenly between the moved ends. "Don't know" reaches
        from 0 to 1 on any spacing.
        """
        if spacing == 1:
            return self
        low, high = self.low.copy(), self.high.copy()
        low[:, self.levels] **= spacing
        high[:, self.levels] **= spacing
        return replace(self, low=low, high=high)


def answer_ranges(matrix: AnswerMatrix, posts: Goalposts, framework: Framework) -> Ranges:
    """The ends of every answer of `matrix`.

    "Don't know" could be worth anything from 0 to 1. An answer nobody verified may be off by
    `UNVERIFIED_ERROR` of the way from the zero point to the target, before it is bounded. A
    verified one stands; where the reviewer lowered it, the truth lies between both figures. What
    was not answered is worth 0, as in the official score.

    Source:
        the Federation's proposal of a method, "Rank uncertainty": don't-know ~ U(0, 1),
        answer error by verification.
    """
    answered, unknown = matrix.state == State.ANSWERED, matrix.state == State.UNKNOWN
    come = distance_to_target(matrix.value, zero=posts.zero, target=posts.targets[posts.last])
    error = np.where(matrix.verified, 0.0, UNVERIFIED_ERROR)
    confirmed = come if matrix.confirmed is None else _come(matrix.confirmed, come, posts)
    least, most = np.minimum(come - error, confirmed), np.maximum(come + error, confirmed)
    return Ranges(
        low=np.where(answered, np.clip(least, 0.0, 1.0), 0.0),
        high=np.where(answered, np.clip(most, 0.0, 1.0), unknown.astype(np.float64)),
        nominal=np.where(answered, np.clip(come, 0.0, 1.0), 0.0),
        unknown=unknown,
        applies=matrix.state != State.NOT_APPLICABLE,
        levels=np.array([isinstance(one, LevelIndicator) for one in framework.indicators.values()]),
    )


def _come(confirmed: Floats, own: Floats, posts: Goalposts) -> Floats:
    """How far the confirmed values have come; the own answer where no reviewer lowered it."""
    come = distance_to_target(confirmed, zero=posts.zero, target=posts.targets[posts.last])
    return np.where(np.isnan(come), own, come)
