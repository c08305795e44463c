"""Commands for those who run the tool: python -m survey COMMAND --help"""

import argparse
import errno
import os
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from report.answers_export import answers_csv
from report.round_report import SELF, RoundReport
from report.workbook import round_workbook
from survey import upkeep
from survey.errors import DefinitionError, SurveyError
from survey.framework import Framework, load_framework
from survey.members import Members, load_members
from survey.opening import open_store
from survey.personal import take_person
from survey.remind import take_remind
from survey.rounds import Round, RoundState
from survey.text import HANOI
from ui.application import Application

REASONS = {
    errno.ENOENT: "không có thư mục này",
    errno.ENOTDIR: "không có thư mục này",
    errno.EISDIR: "đây là một thư mục",
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
}


def main(arguments: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show Vietnamese gets question marks, not a traceback.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    parser = argparse.ArgumentParser(prog="python -m survey", description=__doc__)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    take_check(commands.add_parser("check", help="check a framework file (YAML)"))
    take_export(
        commands.add_parser("export", help="write the workbook or the answers of a round into a file")
    )
    upkeep.take_verify(commands.add_parser("verify", help="check that nobody altered the audit trail"))
    upkeep.take_evidence(commands.add_parser("evidence", help="check that every evidence file is whole"))
    upkeep.take_backup(commands.add_parser("backup", help="write everything into one file"))
    upkeep.take_restore(commands.add_parser("restore", help="bring a backup back"))
    take_person(commands.add_parser("person", help="hand out or remove what is kept of a person"))
    take_remind(commands.add_parser("remind", help="write to those whose response is due"))
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except SurveyError as error:
        return _fail(f"{error.text.vi}\n{error.text.en}")
    except DefinitionError as error:
        return _fail(str(error))


def take_check(command: argparse.ArgumentParser) -> None:
    """check FILE: whether a framework file can be used, or every fault of it."""
    command.add_argument("file", type=Path, metavar="FILE")
    command.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    try:
        framework = load_framework(options.file).framework
    except DefinitionError as error:
        # The faults are what was asked for, so they go where OK would go.
        print(error)
        return 1
    print(f"OK: {_counts(framework)}")
    return 0


def _counts(framework: Framework) -> str:
    return (
        f"{len(framework.dimensions)} dimensions, {len(framework.indicators)} indicators, "
        f"{len(framework.questions)} questions ({len(framework.information.questions)} of them not scored), "
        f"{framework.total_points:g} points"
    )


def take_export(command: argparse.ArgumentParser) -> None:
    """export: the workbook (xlsx) or the answers (csv) of one round, as the site gives them out."""
    command.add_argument("--round", required=True, metavar="NAME", help="the round's id or its name")
    command.add_argument("--format", required=True, choices=("xlsx", "csv"))
    command.add_argument("--out", required=True, type=Path, metavar="FILE")
    command.set_defaults(run=export)


def export(options: argparse.Namespace) -> int:
    """The database is the one that the server would open: DATABASE_URL, THUOC_SO_SAMPLE."""
    opened = open_store(os.environ)
    try:
        members = Members(federation=load_members().federation, members=opened.store.members.all())
        application = Application(opened.store, members, sample=opened.sample)
        round_ = find_round(opened.store.rounds.all(), options.round)
        content = _file_of(application, round_, options.format)
    finally:
        opened.store.close()
    try:
        write_whole(options.out, content)
    except OSError as error:
        raise SurveyError(
            vi=f"Không ghi được tệp {options.out} ({_reason(error)}). Hãy chọn nơi khác cho --out.",
            en=f"The file {options.out} cannot be written ({error.strerror}). Choose another place for --out.",
        ) from error
    print(f"Đã ghi {options.out}: {round_.name}. (Written.)")
    return 0


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that takes its name only when it is whole; what stood under the name stays until then.

    Raises:
        OSError: it cannot be written.
    """
    place = path.resolve()
    if place.exists() and not place.is_file():
        place.write_bytes(content)  # a pipe, or the error that a folder gives
        return
    unfinished = place.with_name(f".{place.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(place)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    """Why a file cannot be written; the system says it in English."""
    return REASONS.get(error.errno or 0, f"mã lỗi của hệ điều hành: {error.errno}")


def find_round(rounds: Sequence[Round], wanted: str) -> Round:
    """The round with this id, else the only one with this name.

    Raises:
        SurveyError: there is none, or several have the name.
    """
    name = unicodedata.normalize("NFC", wanted).strip()
    found = [round_ for round_ in rounds if round_.id == name] or [
        round_ for round_ in rounds if unicodedata.normalize("NFC", round_.name).strip() == name
    ]
    if len(found) == 1:
        return found[0]
    known = "; ".join(f"{round_.id} ({round_.name})" for round_ in found or rounds)
    if found:
        raise SurveyError(
            vi=f"Nhiều đợt đánh giá cùng có tên «{name}»: {known}. Hãy dùng mã đợt.",
            en=f"Several rounds have the name “{name}”: {known}. Use the id of the round.",
        )
    raise SurveyError(
        vi=f"Không có đợt đánh giá «{name}». Các đợt hiện có: {known or 'chưa có đợt nào'}.",
        en=f"There is no round “{name}”. The rounds are: {known or 'none yet'}.",
    )


def _file_of(application: Application, round_: Round, form: str) -> bytes:
    report = _report(application, round_.id)
    if form == "csv":
        # The mark at the beginning tells Excel that the text is UTF-8.
        return answers_csv(report).removeprefix("\ufeff").encode("utf-8-sig")
    others = [
        _report(application, other.id)
        for other in application.store.rounds.all()
        if other.state is RoundState.PUBLISHED and other.id != round_.id
    ]
    study = application.rank_study(round_.id, SELF).study
    return round_workbook(report, generated_at=datetime.now(HANOI), compare=others, study=study)


def _report(application: Application, round_id: str) -> RoundReport:
    report = application.report(round_id)
    assert report is not None, f"round {round_id} was listed a moment ago"
    return report


def _fail(words: str) -> int:
    print(words, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
