"""(b1) Awkward texts in the files that officials take away: the same text, and never a formula."""

import csv
import io
import re
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import load_workbook

from benchmarks.faults.real_server import RealServer
from benchmarks.faults.slots import Slot
from benchmarks.faults.table import Row, exactly
from benchmarks.faults.texts_on_pages import CONFIRMED
from survey.framework import load_framework
from survey.framework.loading import DATA
from survey.members import load_members

CASE = "b1"
SHEET = "Số liệu gốc"
CODE, SAID, REASONS, DOCUMENTS = "Mã", "Câu trả lời bằng lời", "Lý do, giải trình", "Tài liệu kiểm chứng"
LIBRARY = "Thư viện"
MOST = 32_767  # units that a cell can hold
CUT = "…"
SURE = 60_000  # bytes that stand in the cell even of a text that was cut
# What XML cannot carry; Excel never could show it.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def rows(server: RealServer, chair: Mapping[str, str], slots: Sequence[Slot]) -> list[Row]:
    unlike: list[str] = []
    formulas = lines = 0
    rounds = list(dict.fromkeys(slot.round_id for slot in slots))
    for round_id in rounds:
        sheet = load_workbook(io.BytesIO(_file(server, f"{round_id}.xlsx", chair)))[SHEET]
        found, typed = _read(sheet)
        formulas += typed.count("f")
        for slot in (slot for slot in slots if slot.round_id == round_id):
            unlike += _unlike(slot, found)
        lines += _csv_lines(_file(server, f"{round_id}.csv", chair).decode("utf-8-sig"))
    questions = load_framework(DATA / "frameworks" / "qd206.yaml").framework.questions
    asked = len(questions) * sum(member.valid_to is None for member in load_members().members)
    return [
        exactly(CASE, f"{len(rounds)} workbooks: cells unlike what was written", len(unlike), 0),
        exactly(CASE, f"{len(rounds)} workbooks: cells that are formulas", formulas, 0),
        exactly(
            CASE,
            f"{len(rounds)} CSV files: lines, one for each library and question",
            lines,
            asked * len(rounds),
        ),
    ]


def _file(server: RealServer, name: str, cookies: Mapping[str, str]) -> bytes:
    cookie = "; ".join(f"{key}={value}" for key, value in cookies.items())
    request = urllib.request.Request(f"{server.address}/tai/{name}", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=120) as answer:
        content: bytes = answer.read()
    return content


def _read(sheet: Any) -> tuple[dict[tuple[str, str], dict[str, str]], list[str]]:  # noqa: ANN401
    """The texts of each library and question, in the order of the file, and the kinds of all cells."""
    cells = list(sheet.iter_rows())
    head = next(number for number, row in enumerate(cells) if CODE in [cell.value for cell in row])
    columns = [cell.value for cell in cells[head]]
    found: dict[tuple[str, str], dict[str, str]] = {}
    order: dict[str, int] = {}
    for row in cells[head + 1 :]:
        texts = {name: cell.value for name, cell in zip(columns, row, strict=True)}
        if texts[CODE] is None:
            continue
        order.setdefault(str(texts[LIBRARY]), len(order))
        found[str(texts[LIBRARY]), str(texts[CODE])] = {
            key: _unescaped(value) for key, value in texts.items()
        }
    return found, [cell.data_type for row in cells for cell in row]


def _unlike(slot: Slot, found: Mapping[tuple[str, str], Mapping[str, str]]) -> list[str]:
    names = {member.id: member.short.vi for member in load_members().members}
    row = found[names[slot.library], slot.question]
    kept = slot.kept
    if not kept:
        return []
    wanted = {
        SAID: kept,
        REASONS: "\n".join([kept, kept, f"{CONFIRMED}: {kept}"]),
        DOCUMENTS: ", ".join([kept] * 5),
    }
    return [
        f"{slot.text[:40]!r} in {column}: {row[column][:60]!r}"
        for column, text in wanted.items()
        if not _same(row[column], as_in_cell(text), ends=column == SAID)
    ]


def as_in_cell(text: str) -> str:
    """Without what XML forbids, with line feeds, and no longer than a cell."""
    whole = re.sub("\r\n?", "\n", _FORBIDDEN.sub("", text))
    if _units(whole) <= MOST:
        return whole
    return whole.encode("utf-16-le")[: 2 * (MOST - len(CUT))].decode("utf-16-le", "ignore")


def _same(cell: str, text: str, *, ends: bool) -> bool:
    """Whether the cell holds the text; of one that is too long its beginning, and a mark of ours after it."""
    if _units(text) >= MOST - len(CUT):
        beginning = text.encode("utf-16-le")[:SURE].decode("utf-16-le", "ignore")
        return _units(cell) <= MOST and (cell.startswith(beginning) or (ends and beginning in cell))
    return cell == text or (ends and cell.endswith(text))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _unescaped(value: object) -> str:
    """openpyxl gives the escaped form back as it stands in the file."""
    return "" if value is None else re.sub("_x005F_", "_", str(value))


def _csv_lines(text: str) -> int:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return len(list(csv.DictReader(lines)))
