"""How long a question takes to answer, from when people saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

LONGEST = 15 * 60.0  # seconds; whoever stayed away longer was not at this question all the time


@dataclass(frozen=True)
class Saved:
    """One save of one answer; at: seconds since any moment, the same for all."""

    library: str
    question: str
    by: str
    at: float


@dataclass(frozen=True)
class Taken:
    """The median of the times that a question took, in seconds, and how many there are."""

    seconds: float
    count: int


def times(saves: Iterable[Saved]) -> dict[str, Taken]:
    """By question, the time from a person's save before to the save of this question, in one library.

    Gaps over `LONGEST` are dropped, and those of 0: answers that came from a file all carry one moment.
    """
    by_person: dict[tuple[str, str], list[Saved]] = {}
    for save in saves:
        by_person.setdefault((save.library, save.by), []).append(save)
    gaps: dict[str, list[float]] = {}
    for own in by_person.values():
        for before, save in pairwise(sorted(own, key=lambda one: (one.at, one.question))):
            gap = save.at - before.at
            if 0 < gap <= LONGEST:
                gaps.setdefault(save.question, []).append(gap)
    return {question: Taken(median(found), len(found)) for question, found in gaps.items()}
