"""`python -m scoring` as other people's scripts call it: a process with files, two streams and an exit code."""

import csv
import io
import random
import re
import subprocess
import sys
import unicodedata
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from scoring.__main__ import main
from scoring.answers_csv import AnswersFileError, read_answers
from scoring.matrix import State
from survey.framework import load_framework

PROJECT = Path(__file__).resolve().parents[1]
REAL = PROJECT / "data/frameworks/qd206.yaml"
SMALL = PROJECT / "tests/frameworks/reading_rooms.yaml"
HEADER = "library,indicator,state,numerator,denominator,value,items"
VERIFIED = f"{HEADER},verified"
COLUMNS = ["library", "scope", "id", "score", "low", "high", "points", "max_points", "coverage", "level"]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def rows(self) -> dict[tuple[str, str, str], dict[str, str]]:
        assert self.code == 0, self.err
        return {(r["library"], r["scope"], r["id"]): r for r in csv.DictReader(io.StringIO(self.out))}

    @property
    def faults(self) -> list[str]:
        """The faults of a refused run, after checking that it was refused as agreed."""
        assert self.code == 1
        assert self.out == ""
        assert "Traceback" not in self.err
        head, *faults = self.err.splitlines()
        assert re.fullmatch(rf".+: {len(faults)} fault\(s\)", head)
        assert all(fault.startswith("  ") for fault in faults)
        return [fault.strip() for fault in faults]


def run(*arguments: str | Path) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "scoring", *map(str, arguments)], cwd=PROJECT, capture_output=True, check=False
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def run_here(*arguments: str | Path) -> Ran:
    """The same command inside this process: quicker, for what needs no process of its own."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = main([*map(str, arguments)])
    for stream in (out, err):
        stream.flush()
    return Ran(code, *(stream.buffer.getvalue().decode("utf-8") for stream in (out, err)))


def written(folder: Path, content: str | bytes) -> Path:
    answers = folder / "answers.csv"
    answers.write_bytes(content.encode() if isinstance(content, str) else content)
    return answers


def score(folder: Path, content: str | bytes, framework: Path = SMALL) -> Ran:
    return run("--framework", framework, "--answers", written(folder, content))


def score_here(folder: Path, content: str | bytes, framework: Path = SMALL) -> Ran:
    return run_here("--framework", framework, "--answers", written(folder, content))


def lines(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


FULL = (
    "Phòng 1,X1,answered,60,100,,",
    "Phòng 1,X2,answered,,,30,",
    "Phòng 1,Y1,answered,,,3,",
    "Phòng 1,Y2,answered,,,,Y2.1",
    "Phòng 1,Y3,answered,,,1,",
)


def test_the_columns_and_the_order_of_rows_are_as_agreed(tmp_path: Path):
    ran = score(tmp_path, lines(*FULL, "Phòng 2,Y3,answered,,,0,"))
    read = list(csv.reader(io.StringIO(ran.out)))
    assert read[0] == COLUMNS
    indicators = [("indicator", name) for name in ("X1", "X2", "Y1", "Y2", "Y3")]
    one = [*indicators, ("dimension", "X"), ("dimension", "Y"), ("total", "total")]
    assert [tuple(row[1:3]) for row in read[1:]] == one * 2
    assert [row[0] for row in read[1:]] == ["Phòng 1"] * 8 + ["Phòng 2"] * 8
    assert all(len(row) == len(COLUMNS) for row in read)
    assert ran.err == ""
    assert "\r" not in ran.out


def test_the_four_states_are_written_as_agreed(tmp_path: Path):
    ran = score(
        tmp_path,
        lines("A,X1,answered,0,100,,", "A,X2,unknown,,,,", "A,Y1,not_applicable,,,,", "A,Y2,unanswered,,,,"),
    )
    cells = {
        name: list(ran.rows["A", "indicator", name].values())[3:] for name in ("X1", "X2", "Y1", "Y2", "Y3")
    }
    assert cells == {
        "X1": ["0.0", "0.0", "0.0", "0.0", "30.0", "1.0", ""],
        "X2": ["", "0.0", "100.0", "0.0", "30.0", "0.0", ""],
        "Y1": ["", "", "", "", "0.0", "", ""],
        "Y2": ["", "0.0", "100.0", "0.0", "10.0", "0.0", ""],
        "Y3": ["", "0.0", "100.0", "0.0", "10.0", "0.0", ""],
    }


def test_dimension_and_total_carry_points_bounds_coverage_and_level(tmp_path: Path):
    ran = score_here(tmp_path, lines(*FULL))
    # X1 15 + X2 15 of 60; Y1 12 + Y2 5 + Y3 10 of 40.
    assert list(ran.rows["Phòng 1", "dimension", "X"].values())[3:] == [
        "50.0",
        "50.0",
        "50.0",
        "30.0",
        "60.0",
        "1.0",
        "1",
    ]
    assert list(ran.rows["Phòng 1", "dimension", "Y"].values())[3:] == [
        "67.5",
        "67.5",
        "67.5",
        "27.0",
        "40.0",
        "1.0",
        "1",
    ]
    assert list(ran.rows["Phòng 1", "total", "total"].values())[3:] == [
        "57.0",
        "57.0",
        "57.0",
        "57.0",
        "100.0",
        "1.0",
        "1",
    ]


def test_below_the_thresholds_score_and_level_are_empty_and_the_bounds_stay(tmp_path: Path):
    ran = score_here(tmp_path, lines("A,Y2,answered,,,,Y2.1;Y2.2"))
    assert list(ran.rows["A", "dimension", "Y"].values())[3:] == [
        "",
        "25.0",
        "100.0",
        "10.0",
        "40.0",
        "0.25",
        "",
    ]
    assert list(ran.rows["A", "total", "total"].values())[3:] == [
        "",
        "10.0",
        "100.0",
        "10.0",
        "100.0",
        "0.1",
        "",
    ]


def test_where_nothing_applies_the_figures_are_empty_and_the_points_zero(tmp_path: Path):
    ran = score_here(
        tmp_path, lines("A,Y1,not_applicable,,,,", "A,Y2,not_applicable,,,,", "A,Y3,not_applicable,,,,")
    )
    assert list(ran.rows["A", "dimension", "Y"].values())[3:] == ["", "", "", "0.0", "0.0", "", ""]


def test_figures_keep_their_full_precision(tmp_path: Path):
    ran = score_here(
        tmp_path, lines("A,C11,answered,,,,C11.1", "A,A3,answered,,,62.5,", "A,B1,answered,1,7,,"), REAL
    )
    assert ran.rows["A", "indicator", "C11"]["score"] == repr(100 * (1 / 3))
    assert ran.rows["A", "indicator", "A3"]["points"] == repr(62.5 / 300 * 25)
    figures = [cell for row in ran.rows.values() for cell in list(row.values())[3:9] if cell]
    assert len(figures) > 100
    assert all(repr(float(cell)) == cell for cell in figures)


def test_the_real_framework_scores_an_indicator_of_every_kind(tmp_path: Path):
    rows = (
        "A,A1,answered,12,24,,",
        "A,A2,answered,,,20,",
        "A,A5,answered,,,3,",
        "A,A6,answered,,,,A6.1;A6.3;A6.5",
        "A,C4,answered,,,1,",
    )
    ran = score(tmp_path, lines(*rows), REAL)
    points = {
        name: float(ran.rows["A", "indicator", name]["points"]) for name in ("A1", "A2", "A5", "A6", "C4")
    }
    assert points == {"A1": 12.5, "A2": 12.5, "A5": 18.0, "A6": 18.0, "C4": 20.0}
    assert float(ran.rows["A", "total", "total"]["max_points"]) == 1000.0


def test_what_was_verified_opens_the_level_and_an_absent_column_means_nothing_was(tmp_path: Path):
    full = []
    for line in (PROJECT / "data/frameworks/qd206.yaml").read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"      - id: ([A-D]\d+)", line):
            full.append(found[1])
    assert len(full) == 38
    best = {"C4": "1", "B9": "1", "C10": "1"} | dict.fromkeys(("A5", "A8", "A10", "B10", "C2", "D1"), "5")
    best |= {"A2": "40", "A3": "300", "B5": "15000", "D3": "2", "D6": "12"}
    counts = {"A6": 5, "A7": 5, "A9": 5, "C1": 8, "C3": 4, "C5": 8, "C6": 4, "C11": 3, "D5": 5}

    def row(name: str, mark: str) -> str:
        items = ";".join(f"{name}.{n}" for n in range(1, counts[name] + 1)) if name in counts else ""
        ratio = "1,1" if name not in best and name not in counts else ","
        return f"A,{name},answered,{ratio},{best.get(name, '')},{items}{mark}"

    without = score_here(tmp_path, lines(*(row(name, "") for name in full)), REAL)
    assert without.rows["A", "total", "total"]["score"] == "100.0"
    assert without.rows["A", "total", "total"]["level"] == "3"
    with_marks = score_here(tmp_path, lines(*(row(name, ",1") for name in full), header=VERIFIED), REAL)
    assert with_marks.rows["A", "total", "total"]["level"] == "5"
    blank = score_here(tmp_path, lines(*(row(name, ",") for name in full), header=VERIFIED), REAL)
    assert blank.out == without.out


def test_an_indicator_without_a_row_is_unanswered(tmp_path: Path):
    given = score_here(tmp_path, lines("A,Y3,answered,,,1,"))
    spelled_out = score_here(
        tmp_path,
        lines(
            "A,X1,unanswered,,,,",
            "A,X2,unanswered,,,,",
            "A,Y1,unanswered,,,,",
            "A,Y2,unanswered,,,,",
            "A,Y3,answered,,,1,",
        ),
    )
    assert given.out == spelled_out.out


def test_a_bom_windows_line_ends_remarks_blank_lines_and_columns_in_another_order_change_nothing(
    tmp_path: Path,
):
    plain = score(tmp_path, lines(*FULL))
    header = "state,items,library,indicator,value,denominator,numerator"
    moved = [
        "answered,,Phòng 1,X1,,100,60",
        "answered,,Phòng 1,X2,30,,",
        "answered,,Phòng 1,Y1,3,,",
        'answered,"Y2.1;",Phòng 1,Y2,,,',
        "answered,, Phòng 1 , Y3 , 1 ,,",
    ]
    remarks = [
        '# DỮ LIỆU MINH HỌA, "bịa" để thử,"chưa đóng',
        "",
        "  # dòng thứ hai",
        '"# dòng mà Excel đã lưu lại, nên có ngoặc kép"',
    ]
    text = "\r\n".join([*remarks, header, "", *moved, ",,,,,,", ""])
    dressed = score(tmp_path, b"\xef\xbb\xbf" + text.encode())
    assert dressed.err == ""
    assert dressed.out == plain.out


def test_names_with_commas_quotes_and_line_ends_come_back_whole(tmp_path: Path):
    ran = score_here(tmp_path, lines('"Thư viện ""A"", cơ sở\n2",Y3,answered,,,1,'))
    assert ('Thư viện "A", cơ sở\n2', "total", "total") in ran.rows


def test_line_numbers_count_remarks_and_quoted_line_ends(tmp_path: Path):
    text = "# một\n# hai\n" + lines(
        '"Thư\nviện",Y3,answered,,,1,', "B,Y3,answered,,,2,", "B,Y9,answered,,,1,"
    )
    assert score_here(tmp_path, text).faults == [
        "line 6: B, Y3: value 2 is not one of 0, 1",
        "line 7: indicator 'Y9' is not in framework reading-rooms",
    ]


FAULTY = [
    ("A,X1,answered,101,100,,", ["A, X1: numerator 101 is greater than denominator 100"]),
    ("A2,X1,answered,5,0,,", ["A2, X1: denominator is 0 while numerator is 5"]),
    ("A3,X1,answered,0,0,,", ["A3, X1: 0 of 0: this indicator cannot be not_applicable"]),
    ("A4,X1,answered,,100,,", ["A4, X1: numerator is missing"]),
    ("A5,X1,answered,,,,", ["A5, X1: numerator is missing", "A5, X1: denominator is missing"]),
    ("A6,X1,answered,1,2,3,", ["A6, X1: value does not belong to this question (ratio)"]),
    ("A7,X1,not_applicable,,,,", ["A7, X1: this indicator cannot be not_applicable"]),
    ("A8,X2,answered,,,,", ["A8, X2: value is missing"]),
    ("A9,X2,answered,,,-1,", ["A9, X2: value -1 is negative"]),
    ("B1,X2,answered,,,NaN,", ["B1, X2: value 'NaN' is not a number"]),
    ("B2,X2,answered,,,inf,", ["B2, X2: value 'inf' is not a number"]),
    ("B3,X2,answered,,,1e400,", ["B3, X2: value '1e400' is not a number"]),
    (
        "E1,X1,answered,1e307,1e308,,",
        [
            "E1, X1: numerator 1e307 is too large, at most 1e+15 is accepted",
            "E1, X1: denominator 1e308 is too large, at most 1e+15 is accepted",
        ],
    ),
    ("B4,X2,answered,,,1.234.567,", ["B4, X2: value '1.234.567' is not a number"]),
    ("B5,X2,answered,,,0x10,", ["B5, X2: value '0x10' is not a number"]),
    ("B6,X2,answered,,,1_000,", ["B6, X2: value '1_000' is not a number"]),
    ("B7,X2,unknown,,,3,", ["B7, X2: state unknown goes with no figures, found value"]),
    ("B8,Y2,unanswered,,,,Y2.1", ["B8, Y2: state unanswered goes with no figures, found items"]),
    ("B9,Y1,answered,,,6,", ["B9, Y1: value 6 is not one of 0, 1, 2, 3, 4, 5"]),
    ("C1,Y1,answered,,,2.5,", ["C1, Y1: value 2.5 is not one of 0, 1, 2, 3, 4, 5"]),
    ("C2,Y3,answered,,,2,", ["C2, Y3: value 2 is not one of 0, 1"]),
    ("C3,Y3,answered,,,yes,", ["C3, Y3: value 'yes' is not a number"]),
    ("C4,Y2,answered,,,,Y2.1;Y2.9", ["C4, Y2: item 'Y2.9' is not one of Y2.1, Y2.2"]),
    ("C5,Y2,answered,,,,Y2.1;Y2.1", ["C5, Y2: item 'Y2.1' stands more than once"]),
    ("C6,Y2,answered,,,2,", ["C6, Y2: value does not belong to this question (checklist)"]),
    (
        "C7,Y3,maybe,,,1,",
        ["C7, Y3: state 'maybe' is not one of answered, unknown, not_applicable, unanswered"],
    ),
    ("C8,Y3,,,,1,", ["C8, Y3: state '' is not one of answered, unknown, not_applicable, unanswered"]),
    ("C9,Q1,answered,,,1,", ["indicator 'Q1' is not in framework reading-rooms"]),
    ("D1,,answered,,,1,", ["indicator '' is not in framework reading-rooms"]),
    (",Y3,answered,,,1,", ["column library is empty"]),
    ("D2,Y3,answered,,,1", ["6 cells where the header has 7"]),
    ("D3,Y3,answered,,,1,,", ["8 cells where the header has 7"]),
    ("A,X1,answered,1,2,,", ["A already answers X1 on line 2"]),
    ("D4,X1,answered,-1,-2,,", ["D4, X1: numerator -1 is negative", "D4, X1: denominator -2 is negative"]),
]


def test_every_faulty_row_is_named_with_its_line_all_at_once(tmp_path: Path):
    ran = score(tmp_path, lines(*(row for row, _ in FAULTY), "Z,Y3,answered,,,1,"))
    assert ran.faults == [
        f"line {number}: {fault}" for number, (_, faults) in enumerate(FAULTY, start=2) for fault in faults
    ]


def test_a_mark_of_verification_is_1_or_0(tmp_path: Path):
    rows = ["A,Y3,answered,,,1,,yes", "A,Y2,answered,,,,Y2.1,2", "A,Y1,answered,,,1,,1"]
    assert score_here(tmp_path, lines(*rows, header=VERIFIED)).faults == [
        "line 2: A, Y3: verified is 'yes', expected 1 or 0",
        "line 3: A, Y2: verified is '2', expected 1 or 0",
    ]


@pytest.mark.parametrize(
    ("header", "faults"),
    [
        pytest.param(
            "library,indicator,state,numerator,value",
            ["line 1: column 'denominator' is missing", "line 1: column 'items' is missing"],
            id="two missing",
        ),
        pytest.param(f"{HEADER},colour", ["line 1: column 'colour' is not known"], id="one unknown"),
        pytest.param(f"{HEADER},value", ["line 1: column 'value' stands twice"] * 2, id="one twice"),
    ],
)
def test_a_header_that_is_not_the_agreed_one_is_refused(tmp_path: Path, header: str, faults: list[str]):
    assert score_here(tmp_path, f"{header}\nA,Y3,answered,,,1,\n").faults == faults


@pytest.mark.parametrize(
    ("sign", "word"),
    [pytest.param(";", "semicolons", id="semicolon"), pytest.param("\t", "tabs", id="tab")],
)
def test_a_file_of_an_excel_that_writes_other_separators_is_told_so(tmp_path: Path, sign: str, word: str):
    text = lines(*FULL).replace(";", "").replace(",", sign)
    assert score_here(tmp_path, text).faults == [
        f"line 1: the columns are separated by {word}; save the file as CSV with commas"
    ]


def test_a_name_with_its_accents_apart_is_the_same_library(tmp_path: Path):
    apart = unicodedata.normalize("NFD", "Cao Bằng")
    assert score_here(tmp_path, lines("Cao Bằng,Y3,answered,,,1,", f"{apart},Y3,answered,,,1,")).faults == [
        "line 3: Cao Bằng already answers Y3 on line 2"
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(b"", "line 1: the file is empty: a header line is expected", id="empty"),
        pytest.param(
            b"# only a remark\n\n", "line 1: the file is empty: a header line is expected", id="remark"
        ),
        pytest.param(b"\0\0\0", "the file holds a NUL character: it is not a CSV text file", id="binary"),
        pytest.param(
            lines('"A,Y3,answered,,,1,').encode(), "line 2: not CSV (unexpected end of data)", id="quote"
        ),
        pytest.param(lines("Thư viện").encode("utf-16"), "byte 0: not UTF-8 text", id="utf-16"),
        pytest.param(
            lines().encode() + b"Cao B\xe0ng", f"byte {len(lines()) + 5}: not UTF-8 text", id="windows-1258"
        ),
    ],
)
def test_a_file_that_is_no_csv_is_refused_in_one_sentence(tmp_path: Path, content: bytes, fault: str):
    assert score_here(tmp_path, content).faults == [fault]


def test_a_header_alone_scores_nobody(tmp_path: Path):
    ran = score_here(tmp_path, lines())
    assert ran.code == 0
    assert ran.out == ",".join(COLUMNS) + "\n"


def test_a_missing_file_is_named(tmp_path: Path):
    ran = run("--framework", SMALL, "--answers", tmp_path / "nowhere.csv")
    assert ran.faults == ["cannot be read: No such file or directory"]
    assert ran.err.startswith("nowhere.csv: ")
    assert run("--framework", SMALL, "--answers", tmp_path).faults == ["cannot be read: Is a directory"]
    assert run("--framework", tmp_path / "no.yaml", "--answers", tmp_path / "no.csv").err.startswith(
        "no.yaml: "
    )


def test_a_broken_framework_is_refused_with_its_faults(tmp_path: Path):
    broken = tmp_path / "broken.yaml"
    text = (
        SMALL.read_text(encoding="utf-8")
        .replace("total_points: 100", "total_points: 90")
        .replace("goal: 100", "goal: 0")
    )
    broken.write_text(text, encoding="utf-8")
    (tmp_path / "sources.yaml").write_bytes(SMALL.with_name("sources.yaml").read_bytes())
    assert score(tmp_path, lines(*FULL), broken).faults == [
        "total_points: the maxima add up to 100, the file declares 90",
        "programme_targets > P1 > goal: 0 is not a percentage above 0 and up to 100",
    ]


def test_a_call_without_its_two_files_explains_itself():
    ran = run("--framework", SMALL)
    assert ran.code == 2
    assert ran.out == ""
    assert "--answers" in ran.err


def test_questions_that_are_not_scored_may_stand_in_the_file(tmp_path: Path):
    rows = ["A,Z1,answered,,,12,", "A,Z2,answered,,,1,", "A,Z3,answered,,,,Z3.1;Z3.2", "A,Z4,answered,,,,"]
    ran = score_here(tmp_path, lines(*rows, *FULL))
    assert ran.rows["Phòng 1", "total", "total"]["score"] == "57.0"
    assert not any(row["id"].startswith("Z") for row in ran.rows.values())


def test_no_damaged_file_ends_in_anything_but_its_faults():
    """Files with bytes changed, cut, doubled and moved are read or refused; never a traceback."""
    chance = random.Random(206)
    sound = lines(*(f"{row},1" for row in FULL), *(f"{row}," for row, _ in FAULTY[:20]), header=VERIFIED)
    pieces = [
        *'",;\n\r\t#\0 \ufeff',
        "1e9",
        "-",
        "NaN",
        "X1",
        "answered",
        "𝟏",
        "٣",
        "'",
        "\u2028",
        '"\n"',
        "9" * 400,
    ]
    framework = load_framework(SMALL).framework
    outcomes = set()
    for _ in range(1500):
        text = sound if chance.random() < 0.7 else lines(*FULL)
        for _ in range(chance.randint(1, 4)):
            at, until = sorted(chance.sample(range(len(text) + 1), 2))
            cut = chance.choice([text[at:until], "", chance.choice(pieces), text[at:until][::-1]])
            text = text[:at] + cut + text[chance.choice([at, until]) :]
        try:
            read = read_answers(text, framework)
        except AnswersFileError as error:
            outcomes.add("refused" if error.faults else "refused without a word")
            continue
        matrix = read.matrix(framework)
        assert np.isfinite(matrix.value[matrix.state == State.ANSWERED]).all()
        outcomes.add("read")
    assert outcomes == {"read", "refused"}
