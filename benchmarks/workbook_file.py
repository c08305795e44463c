"""(d) The Excel summary: what `benchmarks.workbook` measures, as rows of the one table."""

from benchmarks.table import Aim, Row
from benchmarks.workbook import in_own_process, times

CASE = "d"
LIBRARIES, REPEATS = 13, 5
FEW, MANY = 200, 2_000  # the memory of ten times the rows; 10,000 take minutes: see workbook.py


def run() -> list[Row]:
    ours, bare = times(LIBRARIES, repeats=REPEATS)
    _seconds, peak = in_own_process("whole", LIBRARIES)
    _seconds, few = in_own_process("streamed", FEW)
    _seconds, many = in_own_process("streamed", MANY)
    return [
        Row(
            CASE,
            f"{LIBRARIES} libraries, processor time",
            f"{ours:.3f} s, peak {peak:.0f} MB",
            f"openpyxl, the same cells bare {bare:.3f} s",
            ours / bare,
            Aim(most=1.5),
        ),
        Row(
            CASE,
            f"streamed, {MANY:,} libraries, peak memory",
            f"{many:.0f} MB",
            f"{FEW:,} libraries {few:.0f} MB",
            many / few,
            Aim(most=1.1),
        ),
    ]
