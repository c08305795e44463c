"""Backups: whole while people write, the same in either database, and refused when anything is off."""

import json
import os
import stat
import threading
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from conftest import BACKENDS, Clock
from sqlalchemy import select, text

from survey import upkeep
from survey.__main__ import main
from survey.access import Role
from survey.errors import StorageError, SurveyError
from survey.members import load_members
from survey.response import Answer, AnswerState, Document, ResponseState
from survey.sample.loading import load_sample
from survey.store import NewerSchemaError, Store
from survey.store.archive import open_archive
from survey.store.backup import OF_THE_MOMENT
from survey.store.schema import metadata

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
PASSWORD = "một câu dễ nhớ"


@pytest.fixture
def busy(store: Store, open_in: Callable[[Store], object], quick_hashing: None) -> Store:  # noqa: ARG001
    """A store with something in every table that a backup keeps."""
    store.members.replace_all(load_members().members, "system")
    open_in(store)
    store.settings.put("purpose", "real")
    person = store.accounts.add("lan", "Chị Lan", Role.DIRECTOR, "son_la", PASSWORD, by="admin")
    store.sessions.start(person.id)
    document = Document(number="12/QĐ-TVT", abstract="=1+1 «Ô Lâu» \U0001f4da")
    for revision in range(3):
        answer = Answer(
            state=AnswerState.ANSWERED, numerator=0.1 + revision, denominator=7.0, evidence=(document,)
        )
        store.answers.save("2026", "son_la", "B3", answer, opened_revision=revision, by="lan")
    store.answers.submit("2026", "son_la", by="lan")
    store.answers.review("2026", "son_la", ResponseState.ACCEPTED, "", by="chair")
    return store


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    folder = tmp_path / "tai-lieu"
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / "abcdef").write_bytes(b"%PDF-1.7 " + bytes(range(256)) * 50)
    return folder


@pytest.fixture
def file(busy: Store, evidence: Path, tmp_path: Path) -> Path:
    path = tmp_path / "sao-luu.zip"
    busy.backup(path, evidence=evidence, now=NOW)
    return path


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store._database.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
            if table.name not in OF_THE_MOMENT
        }


def restore(url: str, path: Path, evidence: Path, *, force: bool = False, sample: bool = False) -> None:
    Store.restore(url, path, evidence=evidence, force=force, sample=sample)


@pytest.mark.parametrize("target", BACKENDS)
def test_a_backup_of_either_database_is_the_same_in_either(
    request: pytest.FixtureRequest, busy: Store, file: Path, target: str, tmp_path: Path
):
    expected = content(busy)
    # On PostgreSQL the tests share one schema, so what was there is replaced.
    url = f"sqlite:///{tmp_path / 'new.db'}"
    if target == "postgresql":
        busy.close()
        url = request.getfixturevalue("postgresql_schema")
    restore(url, file, tmp_path / "other", force=target == "postgresql")
    back = Store.open(url)
    try:
        assert content(back) == expected
        assert all(
            expected[name] for name in ("account", "answer", "verification", "member", "framework", "audit")
        )
        assert back.audit.verify().faults == ()
        assert (tmp_path / "other" / "ab" / "abcdef").read_bytes().startswith(b"%PDF-1.7")
        assert back.accounts.check_password("lan", PASSWORD, "127.0.0.1") is not None
        # It goes on counting where it was.
        assert back.accounts.add("hoa", "Hoa", Role.CHAIR, None, PASSWORD, by="lan").id > 1
        assert back.audit.verify().faults == ()
    finally:
        back.close()


def test_a_restored_backup_lets_nobody_in(busy: Store, file: Path, tmp_path: Path):
    token = busy.sessions.start(busy.accounts.by_login("lan").id)
    assert busy.sessions.person(token) is not None
    restore(f"sqlite:///{tmp_path / 'new.db'}", file, tmp_path / "other")
    back = Store.open(f"sqlite:///{tmp_path / 'new.db'}")
    assert back.sessions.person(token) is None
    back.close()


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_unfinished(file: Path):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir() if "unfinished" in path.name] == []


def test_a_backup_that_cannot_be_written_is_told_and_the_old_one_stays(busy: Store, tmp_path: Path):
    with pytest.raises(StorageError, match="Không ghi được bản sao lưu"):
        busy.backup(tmp_path / "no" / "folder.zip", evidence=tmp_path, now=NOW)


def test_backups_during_writes_are_whole(store: Store, open_in: Callable[[Store], object], tmp_path: Path):
    open_in(store)
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            answer = Answer(state=AnswerState.ANSWERED, value=float(number))
            store.answers.save("2026", "son_la", f"Q{number}", answer, opened_revision=0, by="lan")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            path = tmp_path / f"{number}.zip"
            manifest = store.backup(path, evidence=tmp_path / "none", now=NOW)
            rows = {part.name: part.rows for part in manifest.parts}
            assert int(manifest.anchor.partition("-")[0]) == rows["tables/audit.jsonl"]
            url = f"sqlite:///{tmp_path / f'{number}.db'}"
            restore(url, path, tmp_path / "none")
            back = Store.open(url)
            saved = len(back.answers.response("2026", "son_la").recorded)
            assert saved == rows["tables/answer.jsonl"] == rows["tables/audit.jsonl"] - 2
            back.close()
    finally:
        stop.set()
        writer.join()


def test_a_truncated_or_altered_backup_is_refused_wherever_it_was_hurt(file: Path, tmp_path: Path):
    whole, dice = file.read_bytes(), Random(20261125)
    target = f"sqlite:///{tmp_path / 'new.db'}"
    hurt = tmp_path / "hurt.zip"
    for _ in range(40):
        hurt.write_bytes(whole[: dice.randrange(len(whole))])
        with pytest.raises(StorageError, match="không phải là bản sao lưu còn nguyên vẹn"):
            restore(target, hurt, tmp_path / "other")
    refused = 0
    for _ in range(80):
        place = dice.randrange(len(whole))
        hurt.write_bytes(
            whole[:place] + bytes([whole[place] ^ (1 << dice.randrange(8))]) + whole[place + 1 :]
        )
        try:
            with open_archive(hurt) as (archive, _manifest), open_archive(file) as (original, _other):
                # A bit that no reader looks at, such as a time in a header, does no harm.
                assert all(archive.read(name) == original.read(name) for name in original.namelist())
        except StorageError:
            refused += 1
    assert refused > 60
    assert not (tmp_path / "other").exists()


def test_a_part_exchanged_together_with_its_manifest_is_told_by_the_chain(file: Path, tmp_path: Path):
    """Somebody who writes the digests anew still cannot make the audit trail fit."""
    import hashlib

    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(file) as given, zipfile.ZipFile(forged, "w") as made:
        parts = {name: given.read(name) for name in given.namelist()}
        parts["tables/audit.jsonl"] = parts["tables/audit.jsonl"].replace(b"answer.save", b"answer.seen")
        manifest = json.loads(parts.pop("manifest.json"))
        for part in manifest["parts"]:
            part["sha256"] = hashlib.sha256(parts[part["name"]]).hexdigest()
            part["size"] = len(parts[part["name"]])
        for name, bytes_of in parts.items():
            made.writestr(name, bytes_of)
        told = json.dumps(manifest).encode()
        made.writestr("manifest.json", told)
        made.comment = hashlib.sha256(told).hexdigest().encode()
    with pytest.raises(StorageError, match="nguyên vẹn"):
        restore(f"sqlite:///{tmp_path / 'new.db'}", forged, tmp_path / "other")


def test_a_database_that_holds_something_is_replaced_only_when_told_so(
    busy: Store, file: Path, evidence: Path, tmp_path: Path
):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    other = Store.open(url)
    other.accounts.add("khac", "Người khác", Role.CHAIR, None, PASSWORD, by="t")
    other.close()
    with pytest.raises(StorageError, match="--force"):
        restore(url, file, evidence)
    kept = Store.open(url)
    assert [person.login for person in kept.accounts.all()] == ["khac"]
    kept.close()
    restore(url, file, evidence, force=True)
    replaced = Store.open(url)
    assert content(replaced) == content(busy)
    replaced.close()


def test_a_backup_of_a_newer_release_is_refused(
    file: Path, evidence: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("survey.store.backup.schema_version", lambda _database: "9999")
    source = Store.open(f"sqlite:///{tmp_path / 'source.db'}")
    newer = tmp_path / "newer.zip"
    source.backup(newer, evidence=evidence, now=NOW)
    source.close()
    with pytest.raises(NewerSchemaError):
        restore(f"sqlite:///{tmp_path / 'new.db'}", newer, evidence)
    assert file.is_file()


def test_sample_data_never_become_real_data(file: Path, evidence: Path, tmp_path: Path):
    with pytest.raises(StorageError, match="khác loại"):
        restore(f"sqlite:///{tmp_path / 'new.db'}", file, evidence, sample=True)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    database = tmp_path / "real.db"
    monkeypatch.delenv("THUOC_SO_SAMPLE", raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("THUOC_SO_EVIDENCE", str(tmp_path / "tai-lieu"))
    return database


@pytest.mark.usefixtures("evidence", "quick_hashing")
def test_the_commands_verify_back_up_and_restore(
    environment: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    store = Store.open(f"sqlite:///{environment}", clock=Clock())
    load_sample(store)
    store.settings.put("purpose", "real")
    store.close()
    file = tmp_path / "dem.zip"
    assert main(["verify"]) == 0
    anchor = capsys.readouterr().out.splitlines()[1].removeprefix("mốc (anchor): ")
    assert main(["verify", "--anchor", anchor]) == 0
    assert main(["evidence"]) == 0
    assert main(["backup", str(file)]) == 0
    assert "1 tệp tài liệu" in capsys.readouterr().out
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    monkeypatch.setenv("THUOC_SO_EVIDENCE", str(tmp_path / "khac"))
    assert main(["restore", str(file)]) == 0
    assert main(["restore", str(file)]) == 1
    assert "--force" in capsys.readouterr().err
    assert main(["verify", "--anchor", anchor]) == 0
    assert (tmp_path / "khac" / "ab" / "abcdef").is_file()
    tampered = Store.open(os.environ["DATABASE_URL"])
    with tampered._database.writing() as connection:
        connection.execute(text("DROP TRIGGER audit_keeps_delete"))
        connection.execute(text("DELETE FROM audit WHERE sequence = 2"))
    tampered.close()
    capsys.readouterr()
    assert main(["verify"]) == 1
    said = capsys.readouterr().out
    assert "NHẬT KÝ KHÔNG NGUYÊN VẸN: 1 chỗ" in said
    assert "bị xóa ngay trước dòng 3" in said
    assert main(["restore", str(tmp_path / "khong-co.zip")]) == 1


@pytest.mark.parametrize("words", ["", "x-1", "3", "3-abc", "-"])
def test_what_is_no_anchor_is_refused(words: str):
    with pytest.raises(SurveyError, match="mốc"):
        upkeep.read_anchor(words)
