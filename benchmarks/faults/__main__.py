"""Make the faults happen and count what was lost: python -m benchmarks.faults [f1 f2 ...]"""

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from time import perf_counter

from benchmarks.faults import (
    access_matrix,
    by_tests,
    doors,
    forged,
    kills,
    meetings,
    outages,
    power,
    submits,
    taken_over,
    tampering,
    texts,
)
from benchmarks.faults.table import NotRun, Row, markdown
from benchmarks.machine import described

Case = Callable[..., Sequence[Row | NotRun]]
CASES: dict[str, tuple[str, Case]] = {
    "f1": ("killed at any moment", kills.run),
    "f2": ("the power goes", power.run),
    "f4": ("sent more than once", submits.run),
    "f5": ("two people at one response", meetings.run),
    "f7": ("the database fails under the server", outages.run),
    "f14": ("the trail is tampered with", tampering.run),
    "b1": ("awkward texts in every field", texts.run),
    "b7": ("forged messages", forged.run),
    "b8": ("everybody at everything", access_matrix.run),
    "s1": ("guesses at once", doors.lockout),
    "s2": ("the time of a guess", doors.timing),
    "s3": ("copied cookies", doors.cookies),
    "s4": ("somebody else's session", taken_over.run),
    **{name: (words, by_tests.case(name)) for name, (words, _files) in by_tests.TESTS.items()},
}
SEED = 206


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help=f"of every random choice ({SEED})")
    parser.add_argument("--quick", action="store_true", help="a few of each, in a minute or two")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"{' '.join(CASES)}; all of them by default")
    options = parser.parse_args()
    wanted = options.cases or list(CASES)
    if unknown := set(wanted) - set(CASES):
        parser.error(f"there is no case {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end with us
    print(described(), flush=True)
    rows: list[Row | NotRun] = []
    for name in wanted:
        title, run = CASES[name]
        begun = perf_counter()
        rows += run(options.seed, quick=options.quick)
        print(f"({name}) {title}, seed {options.seed}: {perf_counter() - begun:.0f} s", flush=True)
    print(f"{described()} · seed {options.seed}\n\n{markdown(rows)}")
    sys.exit(any(isinstance(row, Row) and row.has_aim and not row.met for row in rows))


if __name__ == "__main__":
    main()
