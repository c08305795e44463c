"""(s5 s6 s7) What is proved by tests of the suite, run here again and counted: headers, origins, uploads."""

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.faults.table import NotRun, Row, exactly

PROJECT = Path(__file__).resolve().parents[2]
TESTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "s5": (
        "headers, cookie flags and closed addresses, through nginx and without it",
        ("tests/browser/test_proxy.py", "tests/test_api/test_api_own_origin.py"),
    ),
    "s6": (
        "forms without our token, foreign origins and names, also of the live connection",
        ("tests/test_api/test_api_forms.py", "tests/test_api/test_api_own_origin.py"),
    ),
    "s7": (
        "files by ending, first bytes, zip content, size, count and name",
        ("tests/test_evidence.py", "tests/test_api/test_api_evidence.py"),
    ),
}


def case(name: str) -> Callable[..., Sequence[Row | NotRun]]:
    def run(_seed: int, *, quick: bool) -> list[Row | NotRun]:  # noqa: ARG001 - always all of them
        words, files = TESTS[name]
        counts, said = _counts(files)
        rows: list[Row | NotRun] = [
            Row(name, f"{words}: tests passed", counts.get("passed", 0), least=1),
            exactly(
                name, f"{words}: tests failed{said}", counts.get("failed", 0) + counts.get("error", 0), 0
            ),
        ]
        if counts.get("skipped"):
            rows.append(NotRun(name, f"{counts['skipped']} tests", "skipped: a browser or nginx is missing"))
        return rows

    return run


def _counts(files: Sequence[str]) -> tuple[dict[str, int], str]:
    """How many tests ended how, and the first that failed."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *files]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    last = done.stdout.strip().rpartition("\n")[2]
    failed = re.search(r"^FAILED (\S+)", done.stdout, re.MULTILINE)
    counts = {name: int(number) for number, name in re.findall(r"(\d+) (passed|failed|error|skipped)", last)}
    if not counts:
        counts = {"error": 1}
    return counts, f" ({failed.group(1)})" if failed else ""
