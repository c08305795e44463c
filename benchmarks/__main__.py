"""Run the benchmarks: python -m benchmarks [a b c d e f]"""

import argparse
from collections.abc import Callable
from time import perf_counter

from benchmarks import federation, ranking, saving, scoring, weight, workbook_file
from benchmarks.machine import described, go_along, go_first
from benchmarks.table import Row, markdown

CASES: dict[str, tuple[str, Callable[[], list[Row]]]] = {
    "a": ("one saved answer", saving.run),
    "b": ("the federation's page", federation.run),
    "c": ("scoring", scoring.run),
    "d": ("the Excel summary", workbook_file.run),
    "e": ("bytes of a visit and of a saved answer", weight.run),
    "f": ("ranks over many draws", ranking.run),
}

TIMED = "abcf"  # whose times other work on the machine would spoil; the others count bytes and processor time


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--first", action="store_true", help="served before other work on a busy machine (needs rights)"
    )
    parser.add_argument("cases", nargs="*", metavar="CASE", help="a, b, c, d, e, f; all of them by default")
    options = parser.parse_args()
    wanted = options.cases or list(CASES)
    if unknown := set(wanted) - set(CASES):
        parser.error(f"there is no case {', '.join(sorted(unknown))}")
    print(described(), flush=True)
    rows: list[Row] = []
    for name in wanted:
        title, run = CASES[name]
        first = options.first and name in TIMED and go_first()
        begun = perf_counter()
        rows += run()
        if first:
            go_along()
        served = ", served first" if first else ""
        print(f"({name}) {title}: {perf_counter() - begun:.0f} s{served}", flush=True)
    print(f"{described()}\n\n{markdown(rows)}")


if __name__ == "__main__":
    main()
