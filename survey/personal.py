"""python -m survey person: hand out what is kept of a person, or take the person out."""

import argparse
import json
import os
import sys
from pathlib import Path

from survey.errors import SurveyError
from survey.opening import open_store

BY = "survey-person"  # who did it, in the audit trail: whoever may run commands on the server


def take_person(command: argparse.ArgumentParser) -> None:
    """person export LOGIN | remove LOGIN: a person's data."""
    parts = command.add_subparsers(title="what to do", metavar="WHAT", required=True)
    export = parts.add_parser("export", help="write what is kept of a person as JSON")
    export.add_argument("login", metavar="LOGIN")
    export.add_argument("--out", type=Path, metavar="FILE", help="standard output where it is missing")
    export.set_defaults(run=export_person)
    remove = parts.add_parser("remove", help="put a pseudonym in place of a person and close the account")
    remove.add_argument("login", metavar="LOGIN")
    remove.add_argument("--yes", action="store_true", help="really do it; it cannot be undone")
    remove.set_defaults(run=remove_person)


def export_person(options: argparse.Namespace) -> int:
    store = open_store(os.environ).store
    try:
        found = store.personal.export(options.login)
    finally:
        store.close()
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if options.out is None:
        sys.stdout.write(text)
        return 0
    try:
        _write_for_owner(options.out, text)
    except OSError as error:
        raise SurveyError(
            vi=f"Không ghi được tệp {options.out}: tệp đã có, hoặc thư mục không cho ghi. Hãy chọn tên khác cho --out.",
            en=f"The file {options.out} was not written: it exists, or the folder takes none. Choose another --out.",
        ) from error
    print(f"Đã ghi {options.out}. (Written.)")
    return 0


def _write_for_owner(path: Path, text: str) -> None:
    """A new file that only its owner can read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def remove_person(options: argparse.Namespace) -> int:
    store = open_store(os.environ).store
    try:
        if not options.yes:
            found = store.personal.export(options.login)
            rows = sum(len(part) for name, part in found.items() if name != "account")
            print(
                f"Sẽ thay tên «{options.login}» bằng một bí danh ở {rows} dòng và khóa hẳn tài khoản; "
                "không hoàn tác được. Thêm --yes để làm. (Nothing was changed; add --yes to do it.)"
            )
            return 1
        pseudonym = store.personal.erase(options.login, by=BY)
        verdict = store.audit.verify()
    finally:
        store.close()
    print(f"Đã xóa thông tin của «{options.login}»; từ nay ghi là «{pseudonym}». (Removed.)")
    print(
        "Các bản sao lưu cũ vẫn còn tên này: hãy hủy chúng khi hết hạn lưu. (Older backups still hold the name.)"
    )
    print(
        "OK: nhật ký nguyên vẹn. (The trail is whole.)" if not verdict.faults else "NHẬT KÝ KHÔNG NGUYÊN VẸN."
    )
    return 1 if verdict.faults else 0
