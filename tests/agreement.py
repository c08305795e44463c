"""Compare scoring and paces with their second implementations on as many generated cases as wished.

    python -m tests.agreement              a million libraries and a million series, some ten minutes on two processors
    python -m tests.agreement 20000        fewer

Prints how many figures were compared, the worst difference, and every disagreement; ends with 1 if there is any.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from reference import assess
from test_pace_properties import INDICATORS, LIBRARIES, a_batch, find_differences
from test_scoring_properties import REAL, SMALL, a_framework, a_library, agrees, all_figures, score_all

CHUNK = 1_000
SERIES_A_BATCH = LIBRARIES * INDICATORS
SHARES = {"made up at random": 0.6, "qd206": 0.2, "reading-rooms": 0.2}
AT_ONCE = 20


@dataclass
class Tally:
    """What some cases gave. worst: the largest difference of any two figures, levels among them."""

    cases: int = 0
    figures: int = 0
    worst: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.cases += other.cases
        self.figures += other.figures
        self.worst = max(self.worst, other.worst)
        self.wrong += other.wrong


def compare_libraries(task: tuple[str, int, int]) -> tuple[str, Tally]:
    """Score `count` libraries of one kind of questionnaire, drawn from a seed."""
    kind, seed, count = task
    chance, tally = random.Random(f"{kind} {seed}"), Tally()
    known = {framework.id: framework for framework in (REAL, SMALL)}
    while tally.cases < count:
        framework = known.get(kind) or a_framework(chance)
        size = min(AT_ONCE if kind not in known else CHUNK, count - tally.cases)
        libraries = {f"library {n}": a_library(framework, chance) for n in range(size)}
        card = score_all(framework, libraries)
        for row, (answers, verified) in enumerate(libraries.values()):
            expected = assess(framework, answers, verified)
            for place, found, exact in all_figures(card, row, expected, framework):
                tally.figures += 1
                if exact is not None and found == found:
                    tally.worst = max(tally.worst, abs(float(found) - float(exact)))
                if not agrees(found, exact):
                    tally.wrong.append(f"{kind}, seed {seed}, {place}: {found!r} instead of {exact}")
        tally.cases += size
    return kind, tally


def compare_paces(task: tuple[str, int, int]) -> tuple[str, Tally]:
    """Compare the paces of `count` series; the differences are found relative to the figure's size."""
    kind, seed, count = task
    chance, tally = random.Random(f"{kind} {seed}"), Tally()
    while tally.cases < count:
        tally.wrong += [f"{kind}, seed {seed}: {place}" for place in find_differences(a_batch(chance))]
        tally.cases += SERIES_A_BATCH
    return kind, tally


def run(task: tuple[str, int, int]) -> tuple[str, Tally]:
    return compare_paces(task) if task[0] == "paces" else compare_libraries(task)


def tasks(cases: int) -> Iterable[tuple[str, int, int]]:
    """Chunks with a seed each, the same for the same number of cases."""
    for kind, share in {**SHARES, "paces": 1.0}.items():
        left, seed = round(cases * share), 0
        while left > 0:
            yield kind, seed, min(CHUNK, left)
            left, seed = left - CHUNK, seed + 1


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="?", type=int, default=1_000_000)
    cases = parser.parse_args(arguments).cases
    totals: dict[str, Tally] = {}
    started = time.monotonic()
    with Pool() as pool:
        for kind, tally in pool.imap_unordered(run, list(tasks(cases))):
            totals.setdefault(kind, Tally()).add(tally)
    for kind, tally in totals.items():
        compared = f"{tally.figures:,} figures, worst difference {tally.worst:.2e}, " if tally.figures else ""
        print(f"{kind}: {tally.cases:,} cases, {compared}{len(tally.wrong)} disagreements")
        print("".join(f"  {line}\n" for line in tally.wrong[:20]), end="")
    print(f"{time.monotonic() - started:.0f} s")
    return int(any(tally.wrong for tally in totals.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
