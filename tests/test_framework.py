"""The questionnaire QĐ 206 against framework.md, value by value; and broken files, each refused in a sentence."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from broken_frameworks import BROKEN, WHOLE_FILES, X1, X2, Y1, Y1_LEVEL_5
from pydantic import BaseModel

from survey.__main__ import main
from survey.errors import DefinitionError
from survey.framework import Framework, LevelIndicator, load_framework, load_sources
from survey.framework.loading import place
from survey.text import Text

PROJECT = Path(__file__).resolve().parents[1]
FILE = PROJECT / "data/frameworks/qd206.yaml"
SMALL = PROJECT / "tests/frameworks/reading_rooms.yaml"
REAL = load_framework(FILE).framework


# ---- what framework.md says ----


@dataclass(frozen=True)
class Row:
    """A line of the tables of framework.md. marks: E evidence, M always applies, K key. national: source of 2025."""

    id: str
    label: str
    kind: str
    first: float
    last: float
    maximum: float
    marks: str = ""
    national: bool = False
    items: int = 0


TRAINED = "Người làm công tác thư viện được đào tạo, bồi dưỡng kỹ năng vận hành thư viện hiện đại"
# Targets of checklists are counts of items, of yes-no questions 1.
TABLE = [
    Row("A1", "Máy tính làm việc cho người làm công tác thư viện", "ratio", 100, 100, 25),
    Row("A2", "Thiết bị truy cập phục vụ bạn đọc", "number", 30, 40, 25),
    Row("A3", "Đường truyền Internet", "number", 100, 300, 25),
    Row("A4", "Wi-Fi miễn phí tại các phòng phục vụ", "ratio", 100, 100, 20),
    Row("A5", "Máy chủ, điện toán đám mây cho hệ thống thư viện", "level", 3, 5, 30, "E"),
    Row("A6", "Sao lưu và khôi phục dữ liệu", "checklist", 3, 5, 30, "E", items=5),
    Row("A7", "Thiết bị số hóa chuyên dụng", "checklist", 3, 5, 25, items=5),
    Row("A8", "Bảo đảm an toàn hệ thống thông tin theo cấp độ (NĐ 85/2016/NĐ-CP)", "level", 4, 5, 40, "E"),
    Row("A9", "Bảo vệ dữ liệu cá nhân của bạn đọc (Luật 91/2025/QH15)", "checklist", 2, 5, 20, items=5),
    Row("A10", "Tự động hóa kho và lưu thông", "level", 2, 4, 15),
    Row("A11", "Hạ tầng của thư viện cấp xã, điểm phục vụ trong mạng lưới", "ratio", 30, 80, 25),
    Row("B1", "Biểu ghi thư mục điện tử", "ratio", 90, 100, 35),
    Row("B2", "Biểu ghi theo khổ mẫu MARC 21", "ratio", 80, 100, 20),
    Row(
        "B3",
        "Số hóa tài liệu cổ, quý hiếm và bộ sưu tập có giá trị đặc biệt",
        "ratio",
        70,
        100,
        50,
        "E",
        national=True,
    ),
    Row("B4", "Số hóa tài liệu địa chí", "ratio", 50, 100, 40, "E"),
    Row("B5", "Trang tài liệu số hóa mới trong năm", "number", 8000, 15000, 20),
    Row("B6", "Siêu dữ liệu cho tài liệu số (Dublin Core, TCVN 7980-2:2024, MARC 21)", "ratio", 80, 100, 25),
    Row("B7", "Tài liệu số đọc được toàn văn trực tuyến", "ratio", 50, 90, 25),
    Row("B8", "Tài liệu số đã xác định tình trạng bản quyền", "ratio", 60, 100, 15),
    Row(
        "B9",
        "Tích hợp với thành phần dữ liệu mở của Hệ tri thức Việt số hóa",
        "yesno",
        1,
        1,
        25,
        "EM",
        national=True,
    ),
    Row("B10", "Bảo quản tài liệu số lâu dài", "level", 2, 4, 25),
    Row("C1", "Phần mềm quản trị thư viện tích hợp", "checklist", 6, 8, 35, "E", items=8),
    Row("C2", "Phần mềm thư viện số", "level", 3, 5, 30),
    Row("C3", "Tích hợp phần mềm quản trị với thư viện số", "checklist", 2, 4, 25, items=4),
    Row("C4", "Tra cứu mục lục trực tuyến (OPAC) trên Internet", "yesno", 1, 1, 20, "E"),
    Row(
        "C5",
        "Trang thông tin điện tử cung cấp dịch vụ trực tuyến",
        "checklist",
        4,
        8,
        40,
        "EMK",
        national=True,
        items=8,
    ),
    Row("C6", "Chuẩn và giao thức liên thông", "checklist", 2, 4, 25, items=4),
    Row("C7", "Liên thông với các thư viện thành viên khác của Liên hiệp", "ratio", 50, 100, 35, "M"),
    Row("C8", "Chia sẻ biểu ghi vào mục lục liên hợp, Thư viện Quốc gia Việt Nam", "ratio", 50, 100, 20),
    Row("C9", "Liên thông với thư viện cấp xã, cơ sở", "ratio", 20, 80, 25),
    Row(
        "C10",
        "Kết nối hệ thống thông tin quản lý của cơ quan quản lý nhà nước",
        "yesno",
        1,
        1,
        15,
        national=True,
    ),
    Row("C11", "Dịch vụ trên thiết bị di động", "checklist", 1, 3, 10, items=3),
    Row("D1", "Đề án, dự án hoặc kế hoạch chuyển đổi số thư viện trên toàn tỉnh", "level", 4, 5, 35, "EMK"),
    Row("D2", TRAINED, "ratio", 100, 100, 40, "EMK", national=True),
    Row("D3", "Nhân lực công nghệ thông tin", "number", 1, 2, 20),
    Row("D4", "Kinh phí cho chuyển đổi số", "ratio", 5, 10, 25),
    Row("D5", "Hợp tác nghiệp vụ trong Liên hiệp", "checklist", 2, 5, 20, items=5),
    Row("D6", "Bồi dưỡng kỹ năng số cho bạn đọc", "number", 6, 12, 20),
]
INFORMATION = {
    **dict.fromkeys(("G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9"), "count"),
    "G10": "flag",
    "G11": "choice",
    "G12": "choice",
    "G13": "words",
}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_an_indicator_is_as_framework_md_has_it(row: Row):
    indicator = REAL.indicators[row.id]
    marks = "".join(
        letter
        for letter, marked in (
            ("E", indicator.evidence),
            ("M", not indicator.may_not_apply),
            ("K", indicator.key),
        )
        if marked
    )
    first, last = indicator.target(2025), indicator.target(2030)
    assert (indicator.label.vi, indicator.kind, indicator.maximum) == (row.label, row.kind, row.maximum)
    assert (first.value, last.value) == (row.first, row.last)
    assert marks == row.marks
    assert indicator.zero == 0
    assert first.source.kind == ("national" if row.national else "federation")
    assert len(getattr(indicator, "items", ())) == row.items
    assert REAL.dimension_of[row.id].id == row.id[0]


def test_there_are_38_indicators_of_1000_points_in_four_dimensions():
    assert list(REAL.indicators) == [row.id for row in TABLE]
    assert len(TABLE) == 38
    assert {d.id: d.points for d in REAL.dimensions} == {"A": 280, "B": 280, "C": 280, "D": 160}
    assert {d.id: sum(i.maximum for i in d.indicators) for d in REAL.dimensions} == {
        "A": 280,
        "B": 280,
        "C": 280,
        "D": 160,
    }
    assert REAL.total_points == 1000
    assert REAL.milestones == (2025, 2030)


def test_a_number_of_2030_is_the_federations_unless_the_decision_asks_100_per_cent_by_2025():
    national = {name for name, one in REAL.indicators.items() if one.target(2030).source.kind == "national"}
    assert national == {"B9", "D2"}


def test_the_general_questions_are_asked_and_not_scored():
    assert {q.id: q.kind for q in REAL.information.questions} == INFORMATION
    software, difficulties = REAL.questions["G11"], REAL.questions["G12"]
    assert [item.label.vi for item in software.items][:7] == [
        "ILIB", "Libol", "KIPOS", "Koha", "DSpace", "VietBiblio", "VTLS"
    ]  # fmt: skip
    assert software.note is not None
    assert len(difficulties.items) == 9


def test_levels_thresholds_and_gates_are_those_of_framework_md():
    names = ["Chưa chuyển đổi số", "Khởi động", "Bắt đầu", "Hình thành", "Nâng cao", "Dẫn dắt"]
    assert [(one.level, one.at_least, one.label.vi) for one in REAL.levels] == list(
        zip(range(6), (0, 10, 30, 50, 70, 90), names, strict=True)
    )
    assert (REAL.thresholds.dimension_coverage, REAL.thresholds.total_coverage) == (0.65, 0.8)
    gates = REAL.gates
    assert (gates.above_weakest, gates.key_indicators_from) == (1, 3)
    assert [(gate.level, gate.share) for gate in gates.verified] == [(4, 0.6), (5, 0.8)]
    assert gates.floor is not None
    assert (gates.floor.level, gates.floor.dimension_level) == (5, 4)
    assert {name for name, one in REAL.indicators.items() if one.key} == {"C5", "D1", "D2"}


def test_the_programme_targets_are_those_of_framework_md():
    found = {
        one.id: (
            one.dimensions,
            [(c.indicator, c.at_least) for c in one.conditions],
            one.federation,
            one.goal,
        )
        for one in REAL.programme_targets
    }
    assert found == {
        "T1": (("A", "B", "C"), [], "share", 100),
        "T2": ((), [("C5", 1), ("B9", 1)], "share", 100),
        "T3": ((), [("B3", 70)], "pooled", 70),
        "T5": ((), [("D2", 100)], "pooled", 100),
        "T6": ((), [("C10", 1)], "share", 60),
    }
    assert {one.id: one.national_if for one in REAL.programme_targets if one.national_if} == {"T3": "G10"}
    assert REAL.outlook is not None
    assert set(REAL.outlook.indicators) == {"C7", "C8", "C9", "C2", "B9", "C5", "C11"}


def test_the_checks_between_answers_are_those_of_framework_md():
    found = {(c.severity, c.relation, c.left, c.right) for c in REAL.checks}
    assert found >= {
        ("hard", "equal", "D2.denominator", "G1"),
        ("hard", "equal", "A1.denominator", "G1"),
        ("soft", "quotient", "G5", "G4"),
        ("soft", "at_most", "G4", "G3"),
    }
    assert sum(c.severity == "hard" for c in REAL.checks) == 2
    pages = next(c for c in REAL.checks if c.relation == "quotient")
    assert (pages.between.low, pages.between.high) == (20, 600)


@pytest.mark.parametrize(
    "indicator", [i for i in REAL.indicators.values() if i.kind == "level"], ids=lambda i: i.id
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_rubric_has_six_different_statements_that_can_be_answered_yes_or_no(
    indicator: LevelIndicator, language: str
):
    statements = [indicator.levels[level].to(language) for level in range(6)]
    assert len(set(statements)) == 6
    assert all(len(words.split()) >= 5 for words in statements)
    assert not re.search(
        r"\b(kém|trung bình|khá|tốt|poor|average|fair|good)\b", " ".join(statements), re.IGNORECASE
    )


def test_items_have_permanent_ids_by_position_and_different_words():
    for question in REAL.questions.values():
        items = getattr(question, "items", ())
        assert [item.id for item in items] == [f"{question.id}.{n}" for n in range(1, len(items) + 1)]
        for language in ("vi", "en"):
            assert len({item.label.to(language) for item in items}) == len(items)


def test_every_cited_document_is_listed_with_the_right_kind():
    sources = load_sources()
    citations = [target.source for one in REAL.indicators.values() for target in one.targets]
    citations += [one.source for one in REAL.programme_targets] + [REAL.outlook.source]
    for citation in citations:
        assert sources[citation.document].kind == citation.kind
    assert {citation.document for citation in citations} == {"QD-206-2021", "LH-DX-2026", "LH-SK-2023"}
    for one in REAL.programme_targets:
        assert one.source.kind == "national"


def texts(model: BaseModel, place: str = "") -> Iterator[tuple[str, Text]]:
    """Every text of a definition with its place."""
    for name, value in model:
        where = f"{place} {getattr(model, 'id', '')} {name}".strip()
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
        for part in parts:
            if isinstance(part, Text):
                yield where, part
            elif isinstance(part, BaseModel):
                yield from texts(part, where)


TEXTS = list(texts(REAL))
# Words that stand in English sentences and are no Vietnamese words; names such as Internet, Dublin Core or Koha are not here.
ENGLISH_WORDS = """the and with from this that which are were was been has have had not for its their any each other least most
    library libraries reader readers document documents data database server servers cloud backup level levels online
    website web software hardware network digital user users update download upload file files link links email
    click page pages record records catalogue catalog metadata report reports plan plans budget staff score scores
    target targets share yes none number numbers year years month day days room rooms service services system systems
    computer computers scanner training trained worker workers security standard standards mobile app item items
    check answer answers question questions count counts enter tick choose"""
ENGLISH = frozenset(ENGLISH_WORDS.split())


def test_no_english_word_is_left_in_vietnamese_text():
    left = [
        (where, word)
        for where, text in TEXTS
        for word in re.findall(r"[A-Za-zÀ-ỹĐđ]+", text.vi)
        if word.lower() in ENGLISH
    ]
    assert left == []


COMMON = frozenset(
    ("the", "of", "a", "an", "in", "and", "is", "are", "for", "to", "or", "on", "be", "at", "by", "with")
)


def test_both_languages_say_something_of_their_own():
    assert len(TEXTS) > 700
    for where, text in TEXTS:
        if len(text.vi.split()) > 4:
            assert text.vi != text.en, where
            assert re.search(r"[À-ỹĐđ]", text.vi), where
        if len(text.en.split()) > 7:
            assert COMMON & set(re.findall("[a-z]+", text.en.lower())), where


def test_numbers_in_the_two_languages_agree():
    """A figure that stands in one language only is a slip of translation."""

    def figures(words: str, group: str) -> set[str]:
        found = re.findall(r"\d+(?:[.,]\d{3})*", words)
        return {figure.replace(group, "") for figure in found if len(figure.replace(group, "")) >= 3}

    for where, text in TEXTS:
        assert figures(text.vi, ".") == figures(text.en, ","), where


def test_the_second_framework_is_different_in_every_respect():
    other = load_framework(SMALL).framework
    assert other.total_points == 100
    assert len(other.indicators) == 5
    assert not set(other.questions) & set(REAL.questions)


def test_the_checksum_is_that_of_the_text_and_the_same_on_every_system(tmp_path: Path):
    unix, windows = tmp_path / "unix.yaml", tmp_path / "windows.yaml"
    text = SMALL.read_text(encoding="utf-8")
    (tmp_path / "sources.yaml").write_bytes(SMALL.with_name("sources.yaml").read_bytes())
    unix.write_bytes(text.encode())
    windows.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_framework(unix).checksum == load_framework(windows).checksum
    changed = tmp_path / "changed.yaml"
    changed.write_text(text + "# a remark\n", encoding="utf-8")
    assert load_framework(changed).checksum != load_framework(unix).checksum


# ---- broken files ----


def check(folder: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and printed text of `python -m survey check`, run in this process."""
    file = folder / "broken.yaml"
    file.write_bytes(content)
    (folder / "sources.yaml").write_bytes(SMALL.with_name("sources.yaml").read_bytes())
    code = main(["check", str(file)])
    return code, capsys.readouterr().out


def assert_refused(code: int, out: str) -> list[str]:
    assert code == 1
    head, *faults = out.splitlines()
    assert re.fullmatch(r"broken\.yaml: \d+ fault\(s\)", head)
    assert len(faults) == int(head.split()[1])
    assert "Traceback" not in out
    return [fault.strip() for fault in faults]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_the_place_and_the_rule(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    edit, text = BROKEN[name], SMALL.read_text(encoding="utf-8")
    assert edit.old in text
    faults = assert_refused(*check(tmp_path, text.replace(edit.old, edit.new, edit.times).encode(), capsys))
    for words in edit.says:
        assert any(words in fault for fault in faults), faults
    # Each fault says where: by ids, or by line where YAML itself is at fault.
    assert all(": " in fault for fault in faults)


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_file_that_is_no_framework_at_all_is_refused_in_a_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    content, words = WHOLE_FILES[name]
    faults = assert_refused(*check(tmp_path, content, capsys))
    assert any(words in fault for fault in faults), faults


def test_enough_broken_files_are_tried():
    assert len(BROKEN) + len(WHOLE_FILES) >= 100


def test_all_faults_are_reported_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Faults of shape do not hide faults of meaning, as long as the rest can be understood."""
    text = SMALL.read_text(encoding="utf-8")
    for old, new in (
        ("        zero: 20\n", "        zero: 20\n        zero: 20\n        colour: red\n"),
        ("version: 3\n", "version: 3\nversion: 3\n"),
        ("          en: Rooms with light\n", ""),
        ("total_points: 100", "total_points: 90"),
        ("            value: 24\n", "            value: 48\n"),
        (Y1_LEVEL_5, ""),
        ("document: TEST-1", "document: QD-999"),
        ("    - id: Z4\n", "    - id: Z2\n"),
        ("      - indicator: Y3\n", "      - indicator: Y9\n"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    faults = assert_refused(*check(tmp_path, text.encode(), capsys))
    for words in (
        "line 4: key 'version' was already given on line 3",
        "key 'zero' was already given",
        f"{X1} > label > en: Field required",
        f"{X1} > colour: Extra inputs are not permitted",
        "indicators > Z2: the id stands 2 times",
        "total_points: the maxima add up to 100, the file declares 90",
        f"{X2} > targets > 2026 > value: 48 equals the zero point",
        f"{Y1} > levels: the rubric cannot be reached beyond level 4",
        f"{Y1} > targets > 2028 > value: 5 cannot be reached",
        "programme_targets > P1 > conditions: 'Y9' is no indicator",
        "'QD-999' is not listed in sources.yaml",
    ):
        assert any(words in fault for fault in faults), words
    assert len(faults) == 11


def test_many_faults_of_shape_are_reported_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text = (
        SMALL.read_text(encoding="utf-8")
        .replace("maximum: 30", "maximum: nhiều")
        .replace("checked: 2026-01-15", "checked: mai")
    )
    faults = assert_refused(*check(tmp_path, text.encode(), capsys))
    assert len(faults) == 2 + 11


def test_an_entry_of_the_wrong_kind_does_not_hide_the_faults_of_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    text = SMALL.read_text(encoding="utf-8")
    for old, new in (
        ("        maximum: 30\n", "        maximum: nhiều\n"),
        ("            value: 2\n", "            value: 3\n"),
        ("    points: 40\n", "    points: 45\n"),
        ("    severity: hard\n", "    severity: very\n"),
        ("              document: TEST-1\n", "              document: TEST-9\n"),
    ):
        assert old in text
        text = text.replace(old, new, 1) if "TEST" not in old else new.join(text.rsplit(old, 1))
    assert assert_refused(*check(tmp_path, text.encode(), capsys)) == [
        f"{X1} > maximum: Input should be a valid number",
        "checks > X1-rooms > severity: Input should be 'hard' or 'soft'",
        "dimensions > Y > points: the maxima add up to 40, the file declares 45",
        "dimensions > Y > indicators > Y2 > targets > 2028 > value: 3 cannot be reached on a scale from 0 to 2",
        "indicators > Y3 > targets > 2028 > source > document: 'TEST-9' is not listed in sources.yaml",
    ]


def test_letters_typed_with_accents_apart_are_the_same_letters(tmp_path: Path):
    file = tmp_path / "frameworks.yaml"
    file.write_text(unicodedata.normalize("NFD", FILE.read_text(encoding="utf-8")), encoding="utf-8")
    assert load_framework(file).framework == REAL


@pytest.mark.parametrize("file", [FILE, SMALL], ids=["qd206", "reading rooms"])
def test_a_sound_file_is_counted(file: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["check", str(file)]) == 0
    counted = capsys.readouterr().out
    expected = {
        FILE: "OK: 4 dimensions, 38 indicators, 51 questions (13 of them not scored), 1000 points\n",
        SMALL: "OK: 2 dimensions, 5 indicators, 9 questions (4 of them not scored), 100 points\n",
    }
    assert counted == expected[file]


def test_broken_sources_are_refused_too(tmp_path: Path):
    sources = tmp_path / "sources.yaml"
    text = SMALL.with_name("sources.yaml").read_text(encoding="utf-8")
    sources.write_text(text + text.removeprefix("sources:\n"), encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load_sources(sources)
    assert error.value.faults == ("sources > TEST-1: this id stands more than once",)
    sources.write_text(text.replace("issued: 2026-01-01", "issued: mai"), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"sources > TEST-1 > issued: Input should be a valid date"):
        load_sources(sources)


def test_a_source_beside_the_framework_comes_before_the_projects_own(tmp_path: Path):
    (tmp_path / "frameworks").mkdir()
    file = tmp_path / "frameworks" / "rooms.yaml"
    file.write_bytes(SMALL.read_bytes())
    with pytest.raises(DefinitionError, match="'TEST-1' is not listed"):
        load_framework(file)
    (tmp_path / "sources.yaml").write_bytes(SMALL.with_name("sources.yaml").read_bytes())
    assert isinstance(load_framework(file).framework, Framework)


def test_a_place_is_named_by_ids_where_there_are_ids():
    content = {"levels": [{"level": 2}, {"other": 1}], "list": [1]}
    assert place(content, ("levels", 0, "label", "vi")) == "levels > 2 > label > vi"
    assert place(content, ("levels", 1, "level")) == "levels > entry 2 > level"
    assert place(content, ("list", 0)) == "list > entry 1"
    assert place(content, ("list", 7, "x")) == "list > entry 8 > x"
    assert place(content, ()) == "file"
