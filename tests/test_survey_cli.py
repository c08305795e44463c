"""`python -m survey`: check a framework, export a round."""

import io
import os
import resource
import shutil
import signal
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from report.round_report import RoundReport
from scoring.answers_csv import read_answers
from scoring.scorecard import score
from scoring.scores_csv import write_scores
from survey.__main__ import find_round, main, write_whole
from survey.errors import SurveyError
from survey.framework import load_framework
from survey.members import Members, load_members
from survey.opening import open_store
from survey.rounds import Round
from survey.sample.rounds import SAMPLE
from ui.application import Application

PROJECT = Path(__file__).resolve().parents[1]
REAL = PROJECT / "data/frameworks/qd206.yaml"
SMALL = PROJECT / "tests/frameworks/reading_rooms.yaml"
ROUND = "2024"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample rounds."""
    file = tmp_path_factory.mktemp("sample") / "sample.db"
    open_store({"THUOC_SO_SAMPLE": "1", "THUOC_SO_SAMPLE_FILE": str(file)}).store.close()
    return file


@pytest.fixture
def sample(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Commands of this test read the sample rounds."""
    monkeypatch.setenv("THUOC_SO_SAMPLE", "1")
    monkeypatch.setenv("THUOC_SO_SAMPLE_FILE", str(filled))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return filled


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Commands of this test read a new real database."""
    monkeypatch.delenv("THUOC_SO_SAMPLE", raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'real.db'}")
    return tmp_path / "real.db"


def export(name: str, form: str, out: Path) -> int:
    return main(["export", "--round", name, "--format", form, "--out", str(out)])


@pytest.fixture(scope="module")
def report(filled: Path) -> RoundReport:
    """The sample round as the site shows it."""
    opened = open_store({"THUOC_SO_SAMPLE": "1", "THUOC_SO_SAMPLE_FILE": str(filled)})
    try:
        members = Members(federation=load_members().federation, members=opened.store.members.all())
        found = Application(opened.store, members, sample=True).report(ROUND)
        assert found is not None
        return found
    finally:
        opened.store.close()


# ---- the process ----


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "survey", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)


def test_a_sound_framework_is_counted_and_the_process_ends_well():
    done = run("check", str(REAL))
    assert done.returncode == 0
    assert (
        done.stdout.decode()
        == "OK: 4 dimensions, 38 indicators, 51 questions (13 of them not scored), 1000 points\n"
    )
    assert done.stderr == b""


def test_a_broken_framework_is_refused_and_the_process_says_so(tmp_path: Path):
    file = tmp_path / "hỏng.yaml"
    file.write_text(
        SMALL.read_text(encoding="utf-8").replace("total_points: 100", "total_points: 90"), encoding="utf-8"
    )
    shutil.copy(SMALL.with_name("sources.yaml"), tmp_path)
    done = run("check", str(file))
    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == [
        "hỏng.yaml: 1 fault(s)",
        "  total_points: the maxima add up to 100, the file declares 90",
    ]
    assert done.stderr == b""


@pytest.mark.parametrize("arguments", [[], ["check"], ["dance"], ["export", "--round", "2024"]])
def test_a_call_that_is_not_understood_explains_itself(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m survey" in capsys.readouterr().err


def test_another_format_than_the_two_is_refused(tmp_path: Path):
    with pytest.raises(SystemExit) as ended:
        export(ROUND, "pdf", tmp_path / "a.pdf")
    assert ended.value.code == 2


@pytest.mark.parametrize("name", ["nowhere.yaml", "."])
def test_a_file_that_cannot_be_read_is_a_fault(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["check", str(tmp_path / name)]) == 1
    assert "cannot be read: " in capsys.readouterr().out


# ---- export ----


@pytest.mark.usefixtures("sample")
def test_a_round_is_exported_by_its_id_and_by_its_name(
    report: RoundReport, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    round_ = report.round
    spellings = [round_.id, round_.name, f" {round_.name} ", unicodedata.normalize("NFD", round_.name)]
    written = []
    for number, name in enumerate(spellings):
        out = tmp_path / f"{number}.csv"
        assert export(name, "csv", out) == 0
        assert capsys.readouterr().out == f"Đã ghi {out}: {round_.name}. (Written.)\n"
        written.append(out.read_bytes())
    assert len(set(written)) == 1


@pytest.mark.usefixtures("sample")
def test_exported_answers_score_as_the_site_scores_them(report: RoundReport, tmp_path: Path):
    out = tmp_path / "answers.csv"
    assert export(ROUND, "csv", out) == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf# D"), (
        "a mark for Excel, then the remark that the data are invented"
    )
    framework = load_framework(REAL).framework
    again = score(read_answers(out.read_text(encoding="utf-8-sig"), framework).matrix(framework), framework)
    texts = []
    for card in (again, report.self_card):
        text = io.StringIO()
        write_scores(card, framework, text)
        texts.append(sorted(text.getvalue().splitlines()))
    assert texts[0] == texts[1]


@pytest.mark.usefixtures("sample")
def test_the_workbook_opens_and_carries_the_round(report: RoundReport, tmp_path: Path):
    out = tmp_path / "round.xlsx"
    assert export(ROUND, "xlsx", out) == 0
    book = load_workbook(out, read_only=True)
    assert {"Tổng hợp", "Theo trụ cột", "Điểm theo chỉ số", "Số liệu gốc", "Danh mục chỉ số"} <= set(
        book.sheetnames
    )
    words = [
        str(cell.value) for sheet in book for row in sheet.iter_rows(max_row=8) for cell in row if cell.value
    ]
    assert any(report.round.name in text for text in words)
    assert any("DỮ LIỆU MINH HỌA" in text for text in words)


@pytest.mark.usefixtures("sample")
def test_an_existing_file_is_replaced(tmp_path: Path):
    out = tmp_path / "answers.csv"
    out.write_bytes(b"x" * 1_000_000)
    assert export(ROUND, "csv", out) == 0
    assert len(out.read_bytes()) < 200_000


@pytest.mark.usefixtures("sample")
def test_an_unknown_round_is_answered_with_the_rounds_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "answers.csv"
    assert export("Đợt 1999", "csv", out) == 1
    said = capsys.readouterr()
    vietnamese, english = said.err.splitlines()
    assert vietnamese.startswith("Không có đợt đánh giá «Đợt 1999». Các đợt hiện có: ")
    assert english.startswith("There is no round “Đợt 1999”. The rounds are: ")
    for round_id in (folder.stem for folder in SAMPLE.glob("*.csv")):
        assert f"{round_id} (" in vietnamese
        assert f"{round_id} (" in english
    assert said.out == ""
    assert not out.exists()


def test_a_database_without_rounds_says_so(empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert export(ROUND, "csv", tmp_path / "answers.csv") == 1
    vietnamese, english = capsys.readouterr().err.splitlines()
    assert vietnamese == "Không có đợt đánh giá «2024». Các đợt hiện có: chưa có đợt nào."
    assert english == "There is no round “2024”. The rounds are: none yet."
    assert empty.exists()


@pytest.mark.usefixtures("sample")
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for out, reason in (
        (tmp_path / "no such folder" / "a.csv", "không có thư mục này"),
        (tmp_path, "đây là một thư mục"),
    ):
        assert export(ROUND, "csv", out) == 1
        vietnamese, english = capsys.readouterr().err.splitlines()
        assert vietnamese == f"Không ghi được tệp {out} ({reason}). Hãy chọn nơi khác cho --out."
        assert english.startswith(f"The file {out} cannot be written (")


@pytest.mark.parametrize("url", ["nonsense", "mysql://a/b", "sqlite:////no/such/folder/x.db"])
def test_a_database_that_cannot_be_opened_is_explained_in_two_languages(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.delenv("THUOC_SO_SAMPLE", raising=False)
    monkeypatch.setenv("DATABASE_URL", url)
    assert export(ROUND, "csv", tmp_path / "answers.csv") == 1
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 2
    assert "Traceback" not in said.err
    assert said.out == ""


def test_the_sample_is_not_exported_as_real_data(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.delenv("THUOC_SO_SAMPLE")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{sample}")
    assert export(ROUND, "csv", tmp_path / "answers.csv") == 1
    assert "dữ liệu minh họa" in capsys.readouterr().err


def test_a_name_that_several_rounds_have_asks_for_the_id(report: RoundReport):
    one = report.round
    rounds: list[Round] = [one, replace(one, id="2024b"), replace(one, id="x", name="2024b")]
    assert find_round(rounds, "2024b").id == "2024b", "an id comes before a name"
    with pytest.raises(SurveyError) as error:
        find_round(rounds, one.name)
    assert error.value.text.vi == (
        f"Nhiều đợt đánh giá cùng có tên «{one.name}»: 2024 ({one.name}); 2024b ({one.name}). Hãy dùng mã đợt."
    )
    assert error.value.text.en.endswith("Use the id of the round.")


def test_a_file_that_cannot_be_written_whole_leaves_the_older_one(tmp_path: Path):
    out = tmp_path / "answers.csv"
    out.write_text("của tháng trước")
    # The limit of this process for a file takes the place of a full disk.
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(OSError, match="large"):
            write_whole(out, bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert out.read_text() == "của tháng trước"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.usefixtures("sample")
def test_an_export_goes_into_a_pipe_as_well(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_bytes)
        assert export(ROUND, "csv", pipe) == 0
        assert read.result().startswith(b"\xef\xbb\xbf# D")
