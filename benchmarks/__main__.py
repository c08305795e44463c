"""Run the benchmarks: python -m benchmarks [a b c d e]"""

import argparse
from collections.abc import Callable
from time import perf_counter

from benchmarks import federation, saving, scoring, weight, workbook_file
from benchmarks.machine import described
from benchmarks.table import Row, markdown

CASES: dict[str, tuple[str, Callable[[], list[Row]]]] = {
    "a": ("one saved answer", saving.run),
    "b": ("the federation's page", federation.run),
    "c": ("scoring", scoring.run),
    "d": ("the Excel summary", workbook_file.run),
    "e": ("bytes of a visit and of a saved answer", weight.run),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="a, b, c, d, e; all of them by default")
    wanted = parser.parse_args().cases or list(CASES)
    if unknown := set(wanted) - set(CASES):
        parser.error(f"there is no case {', '.join(sorted(unknown))}")
    print(described(), flush=True)
    rows: list[Row] = []
    for name in wanted:
        title, run = CASES[name]
        begun = perf_counter()
        rows += run()
        print(f"({name}) {title}: {perf_counter() - begun:.0f} s", flush=True)
    print(f"{described()}\n\n{markdown(rows)}")


if __name__ == "__main__":
    main()
