"""Evidence files: what is taken, what is refused and why, and what the shelf keeps."""

import stat
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from conftest import Clock
from evidence_files import BAD, GOOD, PDF, WORD

from survey.__main__ import main
from survey.errors import StorageError, SurveyError
from survey.evidence import check_file, read_issued
from survey.evidence.names import LONGEST, clean_name
from survey.framework import load_framework
from survey.framework.loading import DATA
from survey.papers import look_through
from survey.response import Answer, AnswerState, Document, Recorded, Response
from survey.store import Store
from survey.store.evidence import MOST_OF_LIBRARY, FileFault


@pytest.mark.parametrize("name", GOOD)
def test_documents_that_offices_use_are_taken(name: str):
    file = check_file(name, GOOD[name])
    assert file.name == name
    assert file.content == GOOD[name]
    assert "/" in file.media_type


@pytest.mark.parametrize(("name", "content", "said"), BAD, ids=[f"{k} {one[0]}" for k, one in enumerate(BAD)])
def test_what_may_harm_or_is_no_document_is_refused_in_a_sentence(name: str, content: bytes, said: str):
    with pytest.raises(SurveyError) as refused:
        check_file(name, content)
    assert said in refused.value.text.vi
    assert "Hãy" in refused.value.text.vi
    assert refused.value.text.en


def test_enough_bad_files_are_tried():
    assert len(BAD) >= 60


def test_files_cut_anywhere_end_in_a_sentence_or_are_whole():
    for content, name in ((WORD, "a.docx"), (GOOD["hinh.PNG"], "a.png"), (PDF, "a.pdf")):
        for end in range(0, len(content) - 8, 7):
            with pytest.raises(SurveyError):
                check_file(name, content[:end])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("bao\u202efdp.exe.pdf", "baofdp.exe.pdf"),
        ("  .pdf ", "pdf"),
        ('a<b>:"|?*.pdf', "ab.pdf"),
        ("Quye\u0302\u0301t.pdf", "Quyết.pdf"),
        ("a\nb\tc.pdf", "abc.pdf"),
    ],
)
def test_names_lose_what_could_lead_astray(given: str, kept: str):
    assert clean_name(given) == kept


def test_long_names_keep_their_ending():
    assert clean_name("ă" * 500 + ".docx") == "ă" * (LONGEST - 5) + ".docx"


@pytest.fixture
def shelf(sqlite_with_tables: str, tmp_path: Path, clock: Clock) -> Store:
    return Store.open(sqlite_with_tables, clock=clock, evidence=tmp_path / "tai-lieu")


def test_a_file_is_kept_once_under_its_digest_for_its_owner_alone(shelf: Store, tmp_path: Path):
    first = shelf.evidence.keep("son_la", check_file("một.pdf", PDF), "lan")
    again = shelf.evidence.keep("son_la", check_file("hai.pdf", PDF), "hoa")
    other = shelf.evidence.keep("lai_chau", check_file("ba.pdf", PDF), "minh")
    assert again == first
    assert (other.name, other.sha256) == ("ba.pdf", first.sha256)
    [path] = [one for one in (tmp_path / "tai-lieu").rglob("*") if one.is_file()]
    assert path.name == first.sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert shelf.evidence.read(first) == PDF
    assert [entry.action for entry in shelf.audit.newest(2)] == ["evidence.keep"] * 2
    assert shelf.evidence.get("dien_bien", first.sha256) is None
    shelf.close()


def test_a_file_that_was_altered_or_lost_is_never_handed_out_and_is_found(shelf: Store, tmp_path: Path):
    file = shelf.evidence.keep("son_la", check_file("một.pdf", PDF), "lan")
    lost = shelf.evidence.keep("son_la", check_file("hai.docx", WORD), "lan")
    assert list(shelf.evidence.faults()) == []
    (tmp_path / "tai-lieu" / file.sha256[:2] / file.sha256).write_bytes(PDF + b"x")
    (tmp_path / "tai-lieu" / lost.sha256[:2] / lost.sha256).unlink()
    for one in (file, lost):
        with pytest.raises(StorageError, match="không còn nguyên vẹn"):
            shelf.evidence.read(one)
    assert {fault for _, fault in shelf.evidence.faults()} == {FileFault.ALTERED, FileFault.MISSING}
    # Given once more, it is there again.
    shelf.evidence.keep("son_la", check_file("hai.docx", WORD), "lan")
    assert shelf.evidence.read(lost) == WORD
    shelf.close()


def test_a_command_names_the_files_that_are_not_whole(
    shelf: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    file = shelf.evidence.keep("son_la", check_file("một.pdf", PDF), "lan")
    monkeypatch.delenv("THUOC_SO_SAMPLE", raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'thuoc-so.db'}")
    monkeypatch.setenv("THUOC_SO_EVIDENCE", str(tmp_path / "tai-lieu"))
    assert main(["evidence"]) == 0
    (tmp_path / "tai-lieu" / file.sha256[:2] / file.sha256).unlink()
    assert main(["evidence"]) == 1
    assert "«một.pdf»" in capsys.readouterr().out
    shelf.close()


def test_a_folder_that_takes_nothing_is_told_and_nothing_is_on_the_shelf(
    sqlite_with_tables: str, tmp_path: Path, clock: Clock
):
    (tmp_path / "file").write_text("no folder")
    store = Store.open(sqlite_with_tables, clock=clock, evidence=tmp_path / "file" / "below")
    with pytest.raises(StorageError, match="không ghi được vào kho tài liệu"):
        store.evidence.keep("son_la", check_file("một.pdf", PDF), "lan")
    assert store.evidence.all("son_la") == ()
    store.close()


def test_a_full_shelf_says_so(shelf: Store, monkeypatch: pytest.MonkeyPatch):
    assert MOST_OF_LIBRARY > 100
    monkeypatch.setattr("survey.store.evidence.MOST_OF_LIBRARY", 1)
    shelf.evidence.keep("son_la", check_file("một.pdf", PDF), "lan")
    with pytest.raises(SurveyError, match="không nhận thêm"):
        shelf.evidence.keep("son_la", check_file("hai.docx", WORD), "lan")
    shelf.evidence.keep("son_la", check_file("một.pdf", PDF), "lan")
    shelf.close()


def test_the_same_file_given_by_many_at_once_is_one(store: Store, tmp_path: Path):
    store.evidence._folder = tmp_path / "tai-lieu"
    with ThreadPoolExecutor(8) as pool:
        kept = list(
            pool.map(lambda _: store.evidence.keep("son_la", check_file("a.pdf", PDF), "lan"), range(16))
        )
    assert len({file.sha256 for file in kept}) == 1
    assert len(store.evidence.all("son_la")) == 1


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("09/09/2021", date(2021, 9, 9)),
        ("9-9-2021", date(2021, 9, 9)),
        ("Hà Nội, ngày 05 tháng 3 năm 2024", date(2024, 3, 5)),
        ("2024-02-29", date(2024, 2, 29)),
        ("31/02/2024", None),
        ("năm 2024", None),
        ("", None),
    ],
)
def test_days_are_read_as_offices_write_them(words: str, day: date | None):
    assert read_issued(words) == day


def test_papers_tell_what_is_missing_old_and_unused():
    framework = load_framework(DATA / "frameworks" / "qd206.yaml").framework
    old, new = (
        Document(number="1/KH", issued="30/12/2023"),
        Document(file="abc", file_name="a.pdf", issued="31/12/2023"),
    )
    yes = Answer(state=AnswerState.ANSWERED, value=3.0)
    answers = {
        "A5": Answer(state=AnswerState.ANSWERED, value=3.0, evidence=(old, new)),
        "A8": yes,
        "D1": Answer(state=AnswerState.ANSWERED, value=3.0, explanation="đang chờ ký"),
        "B3": Answer(state=AnswerState.UNKNOWN),
        "A2": Answer(state=AnswerState.ANSWERED, value=3.0, evidence=(new,)),
    }
    response = Response(
        "2025", "son_la", recorded={name: Recorded(answer, 1) for name, answer in answers.items()}
    )
    found = look_through(framework, response, ["abc", "def"], date(2025, 12, 31))
    assert found.missing == ("A8",)
    assert found.unused == ("def",)
    assert {paper.document: (paper.question_ids, paper.old) for paper in found.cited} == {
        old: (("A5",), True),
        new: (("A2", "A5"), False),
    }
    leap = look_through(framework, response, [], date(2024, 2, 29))
    assert not any(paper.old for paper in leap.cited)


def test_a_backup_holds_the_files(shelf: Store, tmp_path: Path, clock: Callable[[], object]):
    file = shelf.evidence.keep("son_la", check_file("một.pdf", PDF), "lan")
    shelf.backup(tmp_path / "b.zip", evidence=tmp_path / "tai-lieu", now=clock())
    with zipfile.ZipFile(BytesIO((tmp_path / "b.zip").read_bytes())) as made:
        assert made.read(f"evidence/{file.sha256[:2]}/{file.sha256}") == PDF
    shelf.close()
