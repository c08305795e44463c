"""From the last round's score to this one's: what is real, and what is method, coverage or verification."""

from dataclasses import dataclass, replace

import numpy as np

from scoring.matrix import AnswerMatrix, Floats, State
from scoring.scorecard import score
from survey.framework import Framework


@dataclass(frozen=True, eq=False)
class Standing:
    """The answers of some libraries in one round, as given, and as the score that is shown counts them.

    own: what the libraries gave. counted: the same matrix for the self-assessed score, the reviewed
    one for the verified score.
    """

    own: AnswerMatrix
    counted: AnswerMatrix


@dataclass(frozen=True, eq=False)
class Bridge:
    """The way from one lower bound of the score to the next, in points of 100.

    before, after: (libraries,), NaN where nothing applied. The four parts: (libraries, indicators of
    the new framework), what each indicator brought; each row of `after - before` is the sum of its
    parts, with what indicators that are gone had brought in `gone`, (libraries,), a part of method.
    """

    libraries: tuple[str, ...]
    indicators: tuple[str, ...]
    before: Floats
    after: Floats
    method: Floats
    coverage: Floats
    verification: Floats
    real: Floats
    gone: Floats

    def total(self, part: str) -> Floats:
        """(libraries,), one of `PARTS` summed over the indicators."""
        summed: Floats = np.asarray(getattr(self, part)).sum(axis=1)
        return summed + self.gone if part == "method" else summed


PARTS = ("method", "coverage", "verification", "real")


def bridge(first: AnswerMatrix, old: Framework, before: Standing, now: Standing, new: Framework) -> Bridge:
    """Split the change of the score of the libraries that all matrices have, in one order.

    first: the last round's counted answers, laid out for the framework of then. before, now: both
    rounds laid out for the framework of now.

    The steps, each under the method of now but for the first: method is the last round scored anew
    less as it was scored; coverage is taking away what was answered in one round only, and later
    putting in what is answered now only; real is what moved in the answers given in both; and
    verification is the change of the distance between the score shown and the self-assessed one.
    """
    c_first, c_before = _shares(first, old), _shares(before.counted, new)
    c_own, c_now = _shares(before.own, new), _shares(now.own, new)
    c_after = _shares(now.counted, new)
    kept_old, kept_new = _kept(before.own, now.own)
    c_old, c_new = _shares(kept_old, new), _shares(kept_new, new)
    aligned, gone = _aligned(c_first, first.indicators, now.own.indicators)
    return Bridge(
        libraries=now.own.libraries,
        indicators=now.own.indicators,
        before=c_first.sum(axis=1),
        after=c_after.sum(axis=1),
        method=c_before - aligned,
        coverage=(c_old - c_own) + (c_now - c_new),
        verification=(c_after - c_now) - (c_before - c_own),
        real=c_new - c_old,
        gone=-gone,
    )


def _shares(matrix: AnswerMatrix, framework: Framework) -> Floats:
    """What each indicator brings to the lower bound: 100 x points / all points that apply."""
    card = score(matrix, framework)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(100 * card.points / card.total.applicable[:, np.newaxis])


def _kept(before: AnswerMatrix, now: AnswerMatrix) -> tuple[AnswerMatrix, AnswerMatrix]:
    """Both rounds with only what is answered in both; what applies is what applies now."""
    both = (before.state == State.ANSWERED) & (now.state == State.ANSWERED)
    only_now = (now.state == State.ANSWERED) & ~both
    state = np.where(only_now, np.int8(State.UNANSWERED), now.state)
    return tuple(  # type: ignore[return-value]
        replace(now, state=state, value=np.where(both, matrix.value, np.nan)) for matrix in (before, now)
    )


def _aligned(shares: Floats, names: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Columns in the order of another framework, 0 for those that were not there; and what is left over."""
    columns = {name: column for column, name in enumerate(names)}
    aligned = np.zeros((len(shares), len(wanted)))
    for column, name in enumerate(wanted):
        if name in columns:
            aligned[:, column] = shares[:, columns[name]]
    gone = [column for name, column in columns.items() if name not in wanted]
    return aligned, shares[:, gone].sum(axis=1)
