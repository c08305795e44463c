"""The Excel summary against bare openpyxl, and the streamed one's memory: python -m benchmarks.workbook

Each ratio is of two times of the same run: `round_workbook` with its scoring, styles and charts,
and openpyxl writing the same cells without any style. Memory is the peak of a process of its own
beyond what it held before it began.
"""

import argparse
import io
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook

from report.round_report import RoundReport, round_report
from report.workbook import round_workbook, write_large
from survey.framework import AnyQuestion, Framework, load_framework, load_sources
from survey.framework.loading import DATA
from survey.members import Member, load_members
from survey.response import Answer, AnswerState, Recorded, Response, ResponseState
from survey.rounds import Round
from survey.text import HANOI

Rows = dict[str, list[list[object]]]
DAY = date(2025, 6, 30)
NOW = datetime(2026, 1, 5, 9, 30, tzinfo=HANOI)
ROUND = Round("2025", "Đợt đánh giá năm 2025", "qd206", 1, DAY, DAY, DAY, data_version=7)
SAMPLES = 13
AIM = 1.5


def main() -> int:
    options = _options()
    if options.peak:
        print(_peak(options.peak, options.libraries[0]))
        return 0
    print(
        f"{'libraries':>10} {'way':<22} {'seconds':>8} {'bare':>7} {'ratio':>6} {'write-only':>11} {'peak MB':>8}"
    )
    for size in options.libraries:
        _compare(size, repeats=5 if size <= 100 else 1)
    for size in options.streamed:
        seconds, peak = in_own_process("streamed", size)
        print(
            f"{size:>10} {'write_large, streamed':<22} {seconds:>8.2f} {'':>7} {'':>6} {'':>11} {peak:>8.0f}"
        )
    print(f"Aim: ratio at most {AIM} at 13 libraries; the streamed peak does not grow with the libraries.")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--libraries", type=int, nargs="+", default=[13, 1000])
    parser.add_argument("--streamed", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--peak", choices=("whole", "streamed"), help=argparse.SUPPRESS)
    return parser.parse_args()


def times(size: int, *, repeats: int) -> tuple[float, float]:
    """Processor seconds of our workbook, and of openpyxl writing its cells bare."""
    rows = _rows(round_workbook(_report(size), generated_at=NOW))
    reports = iter([_report(size) for _ in range(repeats)])
    ours = _best(lambda: round_workbook(next(reports), generated_at=NOW), repeats)
    return ours, _best(lambda: _bare(rows, write_only=False), repeats)


def _compare(size: int, *, repeats: int) -> None:
    rows = _rows(round_workbook(_report(size), generated_at=NOW))
    ours, bare = times(size, repeats=repeats)
    streamed = _best(lambda: _bare(rows, write_only=True), repeats)
    _seconds, peak = in_own_process("whole", size)
    print(
        f"{size:>10} {'round_workbook':<22} {ours:>8.2f} {bare:>7.2f} {ours / bare:>6.2f} "
        f"{ours / streamed:>11.2f} {peak:>8.0f}"
    )


def _best(work: Callable[[], object], repeats: int) -> float:
    """Processor seconds of the quickest of several runs: the machine's other work is left out."""
    times = []
    for _ in range(repeats):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def _rows(content: bytes) -> Rows:
    book = load_workbook(io.BytesIO(content), read_only=True)
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
    }


def _bare(rows: Rows, *, write_only: bool) -> bytes:
    book = Workbook(write_only=write_only)
    for title, lines in rows.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def in_own_process(way: str, size: int) -> tuple[float, float]:
    """Seconds and peak megabytes of one run that shares its memory with nothing else."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.workbook", "--peak", way, "--libraries", str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - begun, float(done.stdout)


def _peak(way: str, size: int) -> float:
    if way == "whole":
        report = _report(size)
        before = _held()
        round_workbook(report, generated_at=NOW)
        return _held() - before
    framework, sources, libraries = _framework(), load_sources(), _libraries(size)
    before = _held()
    with tempfile.TemporaryDirectory() as folder:
        write_large(
            Path(folder) / "large.xlsx",
            round_=ROUND,
            framework=framework,
            sources=sources,
            libraries=libraries,
            generated_at=NOW,
        )
    return _held() - before


def _held() -> float:
    """The most memory that this process ever held, in megabytes.

    Linux hands the parent's peak of `getrusage` on to a child, so its own record is read first.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024**2


def _report(size: int) -> RoundReport:
    members, responses = [], {}
    for member, response in _libraries(size):
        members.append(member)
        responses[member.id] = response
    return round_report(ROUND, _framework(), members, responses, load_sources())


def _framework() -> Framework:
    return load_framework(DATA / "frameworks" / "qd206.yaml").framework


def _libraries(size: int) -> Iterator[tuple[Member, Response]]:
    """Libraries with invented answers, one after the other; after the thirteenth they come again."""
    framework, chance = _framework(), random.Random(206)
    members = load_members().valid_on(DAY)
    made = [
        Response(
            ROUND.id,
            member.id,
            ResponseState.SUBMITTED,
            {
                name: Recorded(_answer(question, chance), 1, verified=chance.random() < 0.5)
                for name, question in framework.questions.items()
            },
        )
        for member in members[:SAMPLES]
    ]
    for number in range(size):
        member, response = members[number % len(made)], made[number % len(made)]
        if number >= len(made):
            member = member.model_copy(update={"id": f"{member.id}_{number}"})
        yield member, replace(response, library_id=member.id)


def _answer(question: AnyQuestion, chance: random.Random) -> Answer:
    if chance.random() < 0.1:
        return Answer(AnswerState.UNKNOWN, reason="Chưa thống kê")
    if question.kind == "ratio":
        whole = chance.randint(1, 3000)
        return Answer(
            AnswerState.ANSWERED, numerator=float(chance.randint(0, whole)), denominator=float(whole)
        )
    if question.kind in ("checklist", "choice"):
        kept = tuple(item.id for item in question.items if chance.random() < 0.5)
        return Answer(AnswerState.ANSWERED, items=kept)
    if question.kind == "words":
        return Answer(
            AnswerState.ANSWERED, words="Đề nghị bố trí kinh phí hằng năm cho chuyển đổi số thư viện."
        )
    top = {"level": 5, "yesno": 1, "flag": 1}.get(question.kind, 300)
    return Answer(AnswerState.ANSWERED, value=float(chance.randint(0, top)))


if __name__ == "__main__":
    raise SystemExit(main())
