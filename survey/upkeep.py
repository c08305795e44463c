"""Commands for whoever looks after the server: verify the trail, back up, restore."""

import argparse
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from survey.errors import SurveyError
from survey.opening import database_address, evidence_folder, open_store, wants_sample
from survey.store import Anchor, Store, Verdict
from survey.store.evidence import FileFault
from survey.store.verifying import Fault, Tampering

SAID = {
    Tampering.CHANGED: ("dòng {n} đã bị sửa nội dung", "row {n} was changed"),
    Tampering.DELETED: ("có dòng bị xóa ngay trước dòng {n}", "a row before row {n} was deleted"),
    Tampering.INSERTED: ("dòng {n} bị chèn thêm", "row {n} was inserted"),
    Tampering.REORDERED: ("dòng {n} không đúng thứ tự", "row {n} is out of order"),
    Tampering.CUT: ("phần cuối nhật ký bị cắt", "the end of the trail was cut off"),
    Tampering.OTHER_PAST: (
        "nhật ký không nối tiếp mốc đã ghi lại; quá khứ đã bị viết lại",
        "the trail does not continue the anchor; its past was rewritten",
    ),
}

FILE_SAID = {
    FileFault.MISSING: (
        "không còn trên đĩa; hãy khôi phục từ bản sao lưu",
        "is gone; restore it from a backup",
    ),
    FileFault.ALTERED: ("đã bị sửa; hãy khôi phục từ bản sao lưu", "was altered; restore it from a backup"),
}


def take_verify(command: argparse.ArgumentParser) -> None:
    """verify: whether the audit trail is the one that was written."""
    command.add_argument("--anchor", metavar="COUNT-DIGEST", help="what an earlier verify or backup printed")
    command.set_defaults(run=verify)


def verify(options: argparse.Namespace) -> int:
    anchor = read_anchor(options.anchor) if options.anchor else None
    store = open_store(os.environ).store
    try:
        verdict = store.audit.verify(anchor)
    finally:
        store.close()
    for line in _verdict_lines(verdict):
        print(line)
    return 1 if verdict.faults else 0


def read_anchor(words: str) -> Anchor:
    """Read what `verify` printed.

    Raises:
        SurveyError: it is no anchor.
    """
    count, _, digest = words.strip().partition("-")
    if not count.isascii() or not count.isdigit() or len(digest) != (64 if int(count) else 0):
        raise SurveyError(
            vi=f"«{words}» không phải là mốc của nhật ký. Hãy chép nguyên dòng «mốc» mà lệnh verify đã in ra.",
            en=f"“{words}” is no anchor of a trail. Copy what an earlier verify printed.",
        )
    return Anchor(int(count), digest)


def _verdict_lines(verdict: Verdict) -> list[str]:
    if not verdict.faults:
        return [
            f"OK: nhật ký nguyên vẹn, {verdict.head.count} dòng. (The trail is whole.)",
            f"mốc (anchor): {verdict.head}",
        ]
    return [
        f"NHẬT KÝ KHÔNG NGUYÊN VẸN: {len(verdict.faults)} chỗ. (The trail is NOT whole.)",
        *map(_fault_line, verdict.faults),
    ]


def _fault_line(fault: Fault) -> str:
    vi, en = (words.format(n=fault.sequence) for words in SAID[fault.kind])
    return f"  - {vi} ({en})"


def take_evidence(command: argparse.ArgumentParser) -> None:
    """evidence: whether every evidence file is there and is the one that was given."""
    command.set_defaults(run=check_evidence)


def check_evidence(_options: argparse.Namespace) -> int:
    store = open_store(os.environ).store
    try:
        faults = list(store.evidence.faults())
    finally:
        store.close()
    for file, fault in faults:
        vi, en = FILE_SAID[fault]
        print(f"  - {file.library_id}: «{file.name}» ({file.sha256[:12]}): {vi} ({en})")
    if not faults:
        print(
            "OK: mọi tệp tài liệu kiểm chứng còn đủ và còn nguyên. (Every evidence file is there and whole.)"
        )
    return 1 if faults else 0


def take_backup(command: argparse.ArgumentParser) -> None:
    """backup FILE: everything in one file, while the server goes on."""
    command.add_argument("file", type=Path, metavar="FILE")
    command.set_defaults(run=backup)


def backup(options: argparse.Namespace) -> int:
    store = open_store(os.environ).store
    try:
        manifest = store.backup(options.file, evidence=evidence_folder(os.environ), now=datetime.now(UTC))
    finally:
        store.close()
    rows = sum(part.rows or 0 for part in manifest.parts)
    files = sum(part.rows is None for part in manifest.parts)
    print(f"Đã sao lưu vào {options.file}: {rows} dòng dữ liệu, {files} tệp tài liệu. (Backed up.)")
    print(f"mốc (anchor): {manifest.anchor}")
    return 0


def take_restore(command: argparse.ArgumentParser) -> None:
    """restore FILE: bring a backup back, all or nothing."""
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--force", action="store_true", help="replace a database that holds data")
    command.set_defaults(run=restore)


def restore(options: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> int:
    manifest = Store.restore(
        database_address(environment),
        options.file,
        evidence=evidence_folder(environment),
        force=options.force,
        sample=wants_sample(environment),
    )
    print(f"Đã khôi phục bản sao lưu ngày {manifest.created_at}. (Restored.)")
    print("Mọi người phải đăng nhập lại. (Everybody signs in again.)")
    return 0
