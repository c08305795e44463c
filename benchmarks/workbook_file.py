"""(d) The Excel summary: `benchmarks.workbook` run as it is, its lines taken into the one table."""

import subprocess
import sys

from benchmarks.table import Aim, Row

CASE = "d"
LIBRARIES = 13
FEW, MANY = 300, 3_000  # the memory of ten times the rows; 10,000 take some minutes: see workbook.py
TIME_AIM, MEMORY_AIM = 1.5, 1.1
LIMIT = 300  # seconds


def run() -> list[Row]:
    sizes = ["--libraries", str(LIBRARIES), "--streamed", str(FEW), str(MANY)]
    command = [sys.executable, "-m", "benchmarks.workbook", *sizes]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=LIMIT)
    lines = [line.split() for line in done.stdout.splitlines()[1:]]
    whole = next(words for words in lines if words[1] == "round_workbook")
    peaks = {int(words[0]): float(words[-1]) for words in lines if words[1] == "write_large,"}
    return [
        Row(
            CASE,
            f"{LIBRARIES} libraries, processor time",
            f"{whole[2]} s, peak {whole[-1]} MB",
            f"openpyxl, the same cells bare {whole[3]} s",
            float(whole[4]),
            Aim(most=TIME_AIM),
        ),
        Row(
            CASE,
            f"streamed, {MANY:,} libraries, peak memory",
            f"{peaks[MANY]:.0f} MB",
            f"{FEW:,} libraries {peaks[FEW]:.0f} MB",
            peaks[MANY] / peaks[FEW],
            Aim(most=MEMORY_AIM),
        ),
    ]
