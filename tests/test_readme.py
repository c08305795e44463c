"""What the documents promise: commands run, variables are read, links lead somewhere, examples add up."""

import ast
import csv
import io
import math
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import start
from scoring.answers_csv import OPTIONAL, REQUIRED, read_answers
from scoring.programme import Outcome, heads_needed, library_results
from scoring.scorecard import Scorecard, score
from scoring.scores_csv import COLUMNS
from survey.framework import Framework, load_framework, load_sources
from survey.members import load_members
from survey.opening import REAL_FILE, SAMPLE_FILE, open_store
from survey.response import AnswerState
from survey.sample.accounts import DEMO_PASSWORD, demo_accounts
from survey.store import Store
from ui.application import Application

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
METHOD = (PROJECT / "docs" / "phuong-phap.md").read_text(encoding="utf-8")
OPERATION = (PROJECT / "docs" / "van-hanh.md").read_text(encoding="utf-8")
GUIDE = (PROJECT / "docs" / "cai-dat-may-chu.md").read_text(encoding="utf-8")
ACCOUNTS = (PROJECT / "docs" / "tai-khoan.md").read_text(encoding="utf-8")
DOCUMENTS = {"README.md": README, "phuong-phap.md": METHOD, "van-hanh.md": OPERATION}
EXAMPLE = (PROJECT / "docs" / "vi-du.csv").read_text(encoding="utf-8")
PRODUCT = ("app.py", "start.py", "survey", "scoring", "report", "ui", "api")
# The rows of the table "Nếu câu trả lời khác đi", by what they change in the example.
CHANGES = {
    "D1: mức 0, chưa có kế hoạch": {"D1": "answered,,,0,"},
    "C5: chưa có dịch vụ nào": {"C5": "answered,,,,"},
    "D4: 45 / 1.500 triệu đồng": {"D4": "answered,45,1500,,"},
    "D4: không áp dụng": {"D4": "not_applicable,,,,"},
    "D2, D3: không có số liệu": {"D2": "unknown,,,,", "D3": "unknown,,,,"},
    "B9: có": {"B9": "answered,,,1,"},
}
OUTCOMES = {
    Outcome.MET: "đạt",
    Outcome.NOT_MET: "chưa đạt",
    Outcome.NOT_APPLICABLE: "không áp dụng",
    Outcome.NO_DATA: "chưa có số liệu",
}


def commands(text: str) -> list[str]:
    """The lines of the shell blocks of a document, without remarks."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line and not line.startswith("#")]


SHOWN = sorted({command for text in DOCUMENTS.values() for command in commands(text)})
MODULES = [command for command in SHOWN if command.startswith("python -m ")]
STARTS = [command for command in SHOWN if command.startswith("python3 start.py")]


DATABASE_COMMANDS = " (export|verify|backup|restore|evidence|remind|person)"


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework(PROJECT / "data" / "frameworks" / "qd206.yaml").framework


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, subprocess.CompletedProcess[str]]:
    """Every `python -m` command of the documents, run at once in an empty folder on the sample rounds."""
    folder = tmp_path_factory.mktemp("readme")
    sample = {"THUOC_SO_SAMPLE": "1", "THUOC_SO_SAMPLE_FILE": str(folder / "minh-hoa.db")}
    environment = {**os.environ, **sample, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}

    def begin(command: str) -> subprocess.Popen[str]:
        # A backup is brought into a database that is empty, as the document says.
        other = {"THUOC_SO_SAMPLE_FILE": str(folder / "khac.db")} if " restore " in command else {}
        return subprocess.Popen(
            [sys.executable, *map(_in_project, shlex.split(command)[1:])],
            cwd=folder,
            env={**environment, **other},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    done = {}

    def finish(running: dict[str, subprocess.Popen[str]]) -> None:
        for command, process in running.items():
            out, complaints = process.communicate(timeout=120)
            done[command] = subprocess.CompletedProcess(command, process.returncode, out, complaints)

    # Those that need no database run while it is filled; what restores needs the backup first.
    alone = {command: begin(command) for command in MODULES if not re.search(DATABASE_COMMANDS, command)}
    open_store(sample).store.close()
    finish(alone | {one: begin(one) for one in MODULES if one not in alone and " restore " not in one})
    finish({one: begin(one) for one in MODULES if one not in done})
    for command in MODULES:
        if "--out" in command:
            assert (folder / shlex.split(command)[-1]).stat().st_size > 400
    return done


def _in_project(argument: str) -> str:
    file = PROJECT / argument
    return str(file) if file.is_file() else argument


def test_every_command_is_of_a_known_kind() -> None:
    assert sorted(MODULES + STARTS) == SHOWN
    assert len(MODULES) >= 4


@pytest.mark.parametrize("command", MODULES)
def test_public_command_runs(command: str, finished: dict[str, subprocess.CompletedProcess[str]]) -> None:
    done = finished[command]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


@pytest.mark.parametrize("command", STARTS)
def test_start_command_starts_what_it_says(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[list[str], dict[str, str]]] = []
    installed: list[str] = []
    monkeypatch.delenv("THUOC_SO_SAMPLE", raising=False)
    monkeypatch.setattr(start, "_install", lambda wanted: installed.append(wanted) or True)
    monkeypatch.setattr(start, "_run", lambda *given: ran.append(given) or 0)
    assert start.main(command.split()[2:]) == 0
    (started, environment), task = ran[0], command.partition("start.py")[2].strip()
    assert (environment.get("THUOC_SO_SAMPLE") == "1") == (task == "sample")
    assert started[1:3] == (["-m", "pytest"] if task == "test" else ["-m", "streamlit"])
    assert installed == ["requirements-dev.txt" if task == "test" else "requirements.txt"]
    assert f"python3 start.py {task}".strip() in (start.__doc__ or "")


def test_ci_ends_with_the_test_command_of_the_readme() -> None:
    script = PROJECT / ".ci" / "run"
    if not script.is_file():
        pytest.skip("there is no .ci/run here")
    lines = [line.strip() for line in script.read_text(encoding="utf-8").splitlines()]
    last = [line for line in lines if line and not line.startswith("#")][-1]
    assert last.removeprefix("exec ") == "python3 start.py test"


def test_variables_are_those_that_the_code_reads() -> None:
    files = [PROJECT / name for name in PRODUCT]
    code = [path for file in files for path in ([file] if file.is_file() else sorted(file.rglob("*.py")))]
    pattern = re.compile(r"[\"']((?:THUOC_SO|DATABASE)_[A-Z_]*[A-Z])[\"']")
    read = {name for path in code for name in pattern.findall(path.read_text(encoding="utf-8"))}
    told = [
        set(re.findall(r"\b(?:THUOC_SO|DATABASE)_[A-Z_]*[A-Z]\b", text))
        for text in (README, OPERATION, GUIDE, ACCOUNTS)
    ]
    assert set().union(*told) == read
    # The README names all but the families that have a document of their own.
    assert told[0] >= {name for name in read - told[3] if "SMTP" not in name}
    for file in (REAL_FILE, SAMPLE_FILE):
        assert file.relative_to(PROJECT).as_posix() in README


def test_demo_accounts_and_columns_are_as_the_readme_says() -> None:
    accounts = {login for login, *_ in demo_accounts(load_members())}
    shown = [name for row in re.findall(r"^\| (`[a-z].*?) \|", README, re.M) for name in row.split("`")[1::2]]
    assert set(shown) <= accounts
    assert {"chutich", "coquan", "quantri"} <= set(shown)
    assert f"`{DEMO_PASSWORD}`" in README
    assert f"`{','.join(REQUIRED)}`" in README
    assert all(f"`{name}`" in README for name in (*OPTIONAL, *AnswerState))
    assert f"`{','.join(COLUMNS)}`" in README


def test_relative_links_lead_somewhere() -> None:
    own = [path for path in PROJECT.rglob("*.md") if not re.search(r"/(\.|node_modules)", path.as_posix())]
    broken = [
        f"{path.relative_to(PROJECT)}: {target}"
        for path in own
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:|#", target) and not (path.parent / target.partition("#")[0]).exists()
    ]
    assert not broken
    assert PROJECT / "README.md" in own


def test_every_document_cited_is_a_listed_source() -> None:
    numbers = " ".join(f"{source.number} {source.issuer.vi}" for source in load_sources().values())
    cited = {
        number
        for text in DOCUMENTS.values()
        for number in re.findall(r"\d+/(?:\d{4}/)?[A-ZĐ][\w-]+|TCVN \d+(?:-\d)?:\d{4}", text)
    }
    assert "206/QĐ-TTg" in cited
    assert not {number for number in cited if number not in numbers}


def test_sentences_of_the_operation_notes_are_said_by_the_program() -> None:
    said = "\n".join(_texts())
    rows = [row.split("|")[1] for row in _rows(OPERATION.partition("## Những câu thường gặp")[2])]
    parts = [
        part.strip()
        for row in rows
        for sentence in re.findall(r"«(.*?)»", row)
        for part in sentence.split("…")
        if part.strip()
    ]
    assert len(parts) >= 15
    assert not [part for part in parts if part not in said]


def _texts() -> Iterator[str]:
    """Every piece of text in the code and the templates; values put into a sentence part the pieces."""
    for name in PRODUCT:
        place = PROJECT / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value
    for path in (PROJECT / "api" / "templates").glob("*.html"):
        yield path.read_text(encoding="utf-8")


def test_every_indicator_appears_on_the_method_page(
    framework: Framework, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'empty.db'}")
    monkeypatch.setattr("ui.application._application", Application(store=store, members=load_members()))
    page = AppTest.from_string("from ui import method\nmethod.show(None)", default_timeout=20).run()
    store.close()
    assert not page.exception
    shown = "".join(element.proto.body for element in page.get("html"))
    for name, indicator in framework.indicators.items():
        assert f"id='chi-so-{name}'" in shown
        assert indicator.label.vi in shown


def test_method_document_states_the_numbers_of_the_framework(framework: Framework) -> None:
    dimensions = [(d.id, d.label.vi, f"{len(d.indicators)}", f"{d.points:g}") for d in framework.dimensions]
    assert dimensions == [_cells(row) for row in _rows(METHOD) if re.match(r"\| [A-Z] \| \D", row)]
    levels = [(f"{entry.level}", entry.label.vi, f"{entry.at_least:g}") for entry in framework.levels]
    assert levels == [_cells(row) for row in _rows(METHOD) if re.match(r"\| \d \|", row)]
    keys = [name for name, indicator in framework.indicators.items() if indicator.key]
    assert f"chỉ số điều kiện {', '.join(keys)} đều" in METHOD
    limits = framework.thresholds
    assert f"từ **{100 * limits.dimension_coverage:g} %**" in METHOD
    assert f"từ **{100 * limits.total_coverage:g} %**" in METHOD
    assert framework.gates.above_weakest == 1
    for gate in framework.gates.verified:
        assert re.search(rf"[Mm]ức {gate.level} cần ít nhất {100 * gate.share:g} %", METHOD)
    targets = [(target.id, target.label.vi) for target in framework.programme_targets]
    rows = [_cells(row) for row in _rows(METHOD) if re.match(r"\| T\d ", row)]
    assert [f"{name} {label}" for name, label in targets] == [row[0] for row in rows]
    for target, row in zip(framework.programme_targets, rows, strict=True):
        assert row[2].startswith("gộp số liệu" if target.federation == "pooled" else "tỷ lệ thư viện")
        assert row[2].endswith(f"so với {target.goal:g} %")
        assert all(condition.indicator in row[1] for condition in target.conditions)


def test_example_by_indicator_agrees_with_the_command(
    framework: Framework, finished: dict[str, subprocess.CompletedProcess[str]]
) -> None:
    scored = {row["id"]: row for row in _scored(finished) if row["scope"] == "indicator"}
    rows = {row[0]: row for row in map(_cells, _rows(_part("chi-so"))) if row[0] != "Mã"}
    assert list(rows) == list(framework.indicators)
    card = _card(framework, EXAMPLE)
    for column, (name, said, x, goal, s, maximum, points) in enumerate(rows.values()):
        result = scored[name]
        assert _agree(goal, framework.indicators[name].target(framework.last_milestone).value)
        assert _agree(maximum.partition(",")[0], framework.indicators[name].maximum)
        if result["score"]:
            assert _agree(x, float(card.matrix.value[0, column]))
            assert _agree(s, float(result["score"]) / 100)
            assert _agree(points, float(result["points"]))
        elif result["max_points"] == "0.0":
            assert (said, x, s, points) == ("không áp dụng", "–", "–", "–")
        else:
            assert points == f"0 đến {maximum}"


def test_example_by_dimension_agrees_with_the_command(
    framework: Framework, finished: dict[str, subprocess.CompletedProcess[str]]
) -> None:
    card = _card(framework, EXAMPLE)
    lines = [*card.dimensions.line[0], card.total.line[0]]
    scored = [row for row in _scored(finished) if row["scope"] != "indicator"]
    rows = [cells for cells in map(_cells, _rows(_part("tong"))) if cells[0]]
    for row, result, line in zip(rows, scored, lines, strict=True):
        name, points, maximum, low, high, coverage, first, level = row
        assert name == result["id"].replace("total", "Toàn bộ")
        assert _agree(points, float(result["points"]))
        assert _agree(maximum, float(result["max_points"]))
        assert _agree(low, float(result["low"]))
        assert _agree(low, float(result["score"]))
        assert _agree(high, float(result["high"]))
        assert _agree(coverage.removesuffix(" %"), 100 * float(result["coverage"]))
        assert _agree(first, float(line))
        assert level == result["level"]


def test_example_by_programme_target(framework: Framework) -> None:
    results = library_results(_card(framework, EXAMPLE), framework)
    sentence = " ".join(METHOD.partition("- Chỉ tiêu chương trình:")[2].partition("### 10.4")[0].split())
    for result in results:
        assert re.search(rf"{result.target} {OUTCOMES[result.outcome]}\b", sentence)
    assert (heads_needed(60, 13), heads_needed(60, 10)) == (8, 6)
    assert "60 % của 13 là 7,8 nên cần 8 thư viện; 60 % của 10 là 6 thư viện" in METHOD


def test_changed_answers_change_the_example_as_told(framework: Framework) -> None:
    rows = {row[0]: row[1:] for row in map(_cells, _rows(_part("doi"))) if row[0] != "Thay đổi"}
    assert rows.keys() == CHANGES.keys()
    for label, changed in CHANGES.items():
        card = _card(framework, _with(changed))
        low, high, by_score, reached, why = rows[label]
        assert _agree(low, float(card.total.low[0]))
        assert _agree(high, float(card.total.high[0]))
        assert (by_score, reached) == (f"{card.level.by_score[0]}", f"{card.level.level[0]}")
        if "46,9 %" in why:
            assert _agree("46,9", 100 * float(card.dimensions.coverage[0, 3]))
            assert math.isnan(card.dimensions.score[0, 3])


def test_every_sum_in_the_method_document_is_right() -> None:
    """What a director would type into a calculator: `100 × 88 / 160 = 55,0`."""
    sums = re.findall(r"([(\d][\d.,\s+×/()−%]*[+×/−][\d.,\s+×/()−%]*?)\s*=\s*([\d.,]*\d)( %)?", METHOD)
    assert len(sums) >= 18
    for left, right, percent in sums:
        typed = left.replace("%", "").replace(".", "").replace(",", ".").replace("×", "*").replace("−", "-")
        value = eval(compile(ast.parse(typed.strip(), mode="eval"), "sum", "eval"))
        if percent and "%" not in left:
            value *= 100
        assert _agree(right, value), f"{left} = {right}"


def _rows(text: str) -> list[str]:
    """The rows of the tables in a text, without the lines below the heads."""
    return [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|-")]


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))


def _part(name: str) -> str:
    return METHOD.partition(f"<!-- vi-du: {name} -->")[2].partition("<!-- het -->")[0]


def _agree(shown: str, value: float) -> bool:
    """Whether `shown`, written the Vietnamese way, is `value` to its last digit."""
    decimals = len(shown.partition(",")[2])
    return abs(float(shown.replace(".", "").replace(",", ".")) - value) <= 0.5 * 10**-decimals + 1e-9


def _scored(finished: dict[str, subprocess.CompletedProcess[str]]) -> list[dict[str, str]]:
    done = next(result for command, result in finished.items() if "docs/vi-du.csv" in command)
    return list(csv.DictReader(io.StringIO(done.stdout)))


def _with(changed: dict[str, str]) -> str:
    lines = [
        next((f"vi_du,{name},{row}" for name, row in changed.items() if f"vi_du,{name}," in line), line)
        for line in EXAMPLE.splitlines()
    ]
    return "\n".join(lines)


def _card(framework: Framework, answers: str) -> Scorecard:
    return score(read_answers(answers, framework).matrix(framework), framework)
