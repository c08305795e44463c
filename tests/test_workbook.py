"""The Excel files: the tables' own numbers, text that stays text, and pages that can be printed."""

import gc
import io
import math
import os
import random
import shutil
import subprocess
import weakref
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import cycle, product
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from report import explain, explain_federation, verified_words
from report.answers_export import answers_csv
from report.rank_study import RankStudy, study_ranks
from report.round_report import SELF, VERIFIED, RoundReport, round_report
from report.tables import definitions, footing, programme, ranking, rounds, scores
from report.workbook import large, round_workbook, write_large
from report.workbook import streamed as streamed_sheet
from report.workbook.heights import row_points
from scoring.answers_csv import read_answers
from survey.framework import AnyQuestion, Framework, ProvinceTarget, load_framework, load_sources
from survey.framework.loading import DATA
from survey.members import Member, load_members
from survey.response import Answer, AnswerState, Document, Recorded, Response, ResponseState
from survey.rounds import Round, RoundState
from survey.text import HANOI, format_percent, rounded

NOW = datetime(2025, 9, 1, 10, 30, tzinfo=HANOI)
BEFORE_MERGER, AFTER_MERGER = date(2025, 6, 30), date(2025, 12, 31)
SHEETS = [
    "Đọc trước",
    "Tổng hợp",
    "Theo trụ cột",
    "Nhóm phân biệt được",
    "Qua các đợt",
    "Nguyên nhân thay đổi",
    "Trước và sau sắp xếp",
    "Điểm theo chỉ số",
    "Số liệu gốc",
    "Chỉ tiêu 206",
    "Danh mục chỉ số",
    "Phương pháp và căn cứ",
    "Giải thích",
]
OF_SEVERAL = ("Nhóm phân biệt được", "Qua các đợt", "Nguyên nhân thay đổi", "Trước và sau sắp xếp")
TABLES = [*SHEETS[1:9], "Chỉ tiêu 206", "Danh mục chỉ số", "Giải thích"]
MARK = "DỮ LIỆU MINH HỌA"
BEGINNINGS = ["=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠"]
BEFORE = ["", " ", "'", '"', "\ufeff", "\u00a0", "“"]
PAYLOADS = [
    "1+1",
    'HYPERLINK("http://x.example","bấm vào đây")',
    "cmd|' /C calc'!A0",
    "SUM(A1:A9)*2",
    'IMPORTXML("http://x.example","//a")',
]
PLAIN = [
    "#REF!",
    "#N/A",
    "#NAME?",
    "TRUE",
    "1E5",
    "00123",
    "1.375",
    "<b>&amp;</b>",
    "_x0041_",
    "=",
    "-",
    "]]>",
]
HOSTILE = [before + first + rest for before, first, rest in product(BEFORE, BEGINNINGS, PAYLOADS)] + PLAIN
NOT_BEGUN, IN_THE_MIDDLE = 11, 12


def a_round(id_: str = "2025", day: date = BEFORE_MERGER, **fields: object) -> Round:
    usual = {"name": "=Đợt đánh giá 2025 & thử", "state": RoundState.CLOSED, "data_version": 412}
    return Round(id_, framework_id="qd206", framework_version=1, reference_date=day, opens_on=day, closes_on=day,
                 **{**usual, **fields})  # fmt: skip


def an_answer(question: AnyQuestion, chance: random.Random, words: Iterator[str]) -> Answer:
    """Any of the four states, sound figures, and hostile text wherever text can stand."""
    answer = Answer(reason=next(words), evidence=(Document(abstract=next(words)),))
    drawn = chance.random()
    if drawn < 0.05:
        return replace(answer, state=AnswerState.UNKNOWN)
    if drawn < 0.1 and getattr(question, "may_not_apply", True):
        return replace(answer, state=AnswerState.NOT_APPLICABLE)
    if drawn < 0.13:
        return answer
    answer = replace(answer, state=AnswerState.ANSWERED)
    if question.kind == "ratio":
        whole = chance.randint(0 if question.may_not_apply else 1, 3)
        whole *= 731
        return replace(answer, numerator=float(chance.randint(0, whole)), denominator=float(whole))
    if question.kind in ("checklist", "choice"):
        return replace(answer, items=tuple(item.id for item in question.items if chance.random() < 0.6))
    if question.kind == "words":
        return replace(answer, words=next(words))
    top = {"level": 5, "yesno": 1, "flag": 1}.get(question.kind, 300)
    return replace(answer, value=float(chance.randint(0, top)))


def a_report(framework: Framework, round_: Round, *, sample: bool = True, seed: int = 206) -> RoundReport:
    """Thirteen libraries, of which one has not begun and one is in the middle."""
    chance, words = random.Random(seed), cycle(HOSTILE)
    members = load_members().valid_on(round_.reference_date)
    responses = {}
    for place, member in enumerate(members):
        if place == NOT_BEGUN:
            continue
        asked = list(framework.questions.values())
        kept = asked[:25] if place == IN_THE_MIDDLE else asked
        recorded = {
            question.id: Recorded(an_answer(question, chance, words), 1, verified=chance.random() < 0.9)
            for question in kept
        }
        state = ResponseState.DRAFT if place == IN_THE_MIDDLE else ResponseState.SUBMITTED
        responses[member.id] = Response(round_.id, member.id, state, recorded)
    return round_report(round_, framework, members, responses, load_sources(), sample=sample)


def only_answers(report: RoundReport, library: str, answers: dict[str, Answer]) -> RoundReport:
    recorded = {name: Recorded(answer, 1) for name, answer in answers.items()}
    response = Response(report.round.id, library, ResponseState.SUBMITTED, recorded)
    return replace(report, responses={**report.responses, library: response})


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework(DATA / "frameworks" / "qd206.yaml").framework


@pytest.fixture(scope="module")
def report(framework: Framework) -> RoundReport:
    return a_report(framework, a_round())


@pytest.fixture(scope="module")
def others(framework: Framework) -> list[RoundReport]:
    return [
        a_report(framework, a_round("2025-sau", AFTER_MERGER, name="Sau sáp nhập"), seed=2),
        a_report(framework, a_round("2024", date(2024, 12, 31), name="Năm 2024"), seed=1),
    ]


@pytest.fixture(scope="module")
def study(report: RoundReport) -> RankStudy:
    return study_ranks(report)


@pytest.fixture(scope="module")
def content(report: RoundReport, others: list[RoundReport], study: RankStudy) -> bytes:
    return round_workbook(
        report,
        generated_at=NOW,
        compare=others,
        study=study,
        verified_study=study_ranks(report, basis=VERIFIED),
    )


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return opened(content)


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content), rich_text=False)


def header_row(sheet: Worksheet) -> int:
    return int(sheet.print_title_rows.split(":")[0].strip("$"))


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of a sheet's first table, by the titles of its header."""
    first = header_row(sheet)
    last = int(sheet.auto_filter.ref.split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    titles = [cell.value for cell in sheet[first]]
    return [
        dict(zip(titles, row, strict=True))
        for row in sheet.iter_rows(min_row=first + 1, max_row=last, values_only=True)
    ]


def column(sheet: Worksheet, title: str) -> list[object]:
    return [row[title] for row in table(sheet)]


def numbers(values: object) -> list[float | None]:
    return [None if value != value else float(value) for value in values]


def cells_of(book: Workbook) -> Iterator[Cell]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def test_sheets_come_in_the_order_that_officials_expect(book: Workbook):
    assert book.sheetnames == SHEETS


def test_without_other_rounds_there_is_no_sheet_over_time(framework: Framework):
    report = a_report(framework, a_round(), sample=False)
    names = opened(round_workbook(report, generated_at=NOW)).sheetnames
    assert names == [name for name in SHEETS if name not in OF_SEVERAL]


def test_the_groups_are_those_of_the_page_each_with_its_figures(
    report: RoundReport, book: Workbook, study: RankStudy
):
    sheet, groups = book["Nhóm phân biệt được"], ranking.groups(report, study)
    assert len(groups) >= 2
    for title, name in (
        ("Nhóm", "group"),
        ("Thư viện", "short"),
        ("Hạng tốt nhất (5 % lần thử)", "low"),
        ("Hạng thấp nhất (95 % lần thử)", "high"),
        ("Ở 3 hạng đầu (% lần thử)", "top"),
        ("Hạng theo điểm chính thức", "official"),
    ):
        assert column(sheet, title) == list(groups[name]), title
    above = ranking.above(report, study)
    for name in above.columns:
        assert numbers(above[name]) == column(sheet, f"Đứng trên {name} (% lần thử)")


def test_the_summary_shows_the_numbers_of_the_table_unrounded(report: RoundReport, book: Workbook):
    sheet, totals = book["Tổng hợp"], scores.totals(report)
    assert column(sheet, "Thư viện") == list(totals["short"])
    for title, name in (
        ("Điểm tự chấm (thang 100)", "score"),
        ("Cận dưới (thang 100)", "low"),
        ("Cận trên (thang 100)", "high"),
        ("Mức chỉ tiêu 2025 (thang 100)", "line"),
        ("Đã trả lời (% điểm áp dụng)", "coverage"),
        ("Điểm tối đa áp dụng", "applicable"),
        ("Số câu chưa có số liệu", "unknowns"),
    ):
        assert column(sheet, title) == numbers(totals[name]), title
    verified = scores.totals(report, basis=VERIFIED)
    assert column(sheet, "Điểm thẩm định (thang 100)") == numbers(verified["score"])
    assert column(sheet, "Mức độ") == list(totals["level_name"])


def test_the_dimensions_show_the_numbers_of_the_table_dimension_after_dimension(
    report: RoundReport, book: Workbook
):
    known = scores.by_dimension(report).sort_values("dimension", kind="stable")
    sheet = book["Theo trụ cột"]
    assert column(sheet, "Điểm (thang 100)") == numbers(known["score"])
    assert column(sheet, "Cận trên (thang 100)") == numbers(known["high"])
    assert column(sheet, "Thư viện") == list(known["short"])


def test_the_indicators_show_the_numbers_of_the_table(report: RoundReport, book: Workbook):
    sheet, known = book["Điểm theo chỉ số"], scores.by_indicator(report)
    assert column(sheet, "Giá trị") == numbers(known["value"])
    assert column(sheet, "So với chỉ tiêu 2030 (%)") == numbers(known["share"])
    answered = known["state"] == AnswerState.ANSWERED
    assert column(sheet, "Điểm đạt được") == numbers(known["points"].where(answered))
    assert column(sheet, "Trạng thái") == list(known["state_words"])


def test_the_figures_hold_every_answer_as_recorded_scored_or_not(report: RoundReport, book: Workbook):
    rows = table(book["Số liệu gốc"])
    places = [(member, name) for member in report.members for name in report.framework.questions]
    assert len(rows) == len(places)
    for row, (member, name) in zip(rows, places, strict=True):
        answer = report.responses[member.id].answer(name)
        assert (row["Thư viện"], row["Mã"]) == (member.short.vi, name)
        assert (row["Tử số"], row["Mẫu số"], row["Giá trị"]) == (
            answer.numerator,
            answer.denominator,
            answer.value,
        )
        assert row["Mã nội dung đã chọn"] == ("; ".join(answer.items) or None)


def test_an_answer_with_a_fault_is_shown_as_typed_and_said_not_to_count(report: RoundReport):
    faulty = Answer(AnswerState.ANSWERED, denominator=20.0, typed={"numerator": "hai chục"})
    above = Answer(AnswerState.ANSWERED, numerator=30.0, denominator=20.0)
    changed = only_answers(report, report.members[0].id, {"A1": faulty, "A4": above})
    rows = {
        row["Mã"]: row for row in table(opened(round_workbook(changed, generated_at=NOW))["Số liệu gốc"])[:51]
    }
    assert rows["A1"]["Ghi chú"] == "Có lỗi, không tính điểm: hai chục"
    assert (rows["A4"]["Tử số"], rows["A4"]["Ghi chú"]) == (30, "Có lỗi, không tính điểm")
    assert rows["A5"]["Ghi chú"] is None


def test_the_programme_shows_outcomes_and_figures_of_the_tables(report: RoundReport, book: Workbook):
    sheet, known = book["Chỉ tiêu 206"], programme.by_library(report)
    for target in report.framework.programme_targets:
        outcomes = known[known["target"] == target.id]["outcome_words"]
        assert column(sheet, f"{target.id}. {target.label.vi}") == list(outcomes)
    federation = programme.of_federation(report)
    first = next(row for row in range(1, sheet.max_row) if sheet.cell(row, 1).value == "Toàn Liên hiệp") + 2
    shown = [[cell.value for cell in sheet[first + place]] for place in range(len(federation))]
    assert [row[2] for row in shown] == numbers(federation["share"])
    assert [row[8] for row in shown] == numbers(federation["numerator"])


def test_a_share_of_libraries_is_said_as_a_head_count(report: RoundReport):
    changed = report
    for place, member in enumerate(report.members):
        answer = Answer(AnswerState.ANSWERED, value=float(place < 6))
        changed = only_answers(changed, member.id, {"C10": answer})
    sheet = opened(round_workbook(changed, generated_at=NOW))["Chỉ tiêu 206"]
    said = [cell.value for cell in sheet["L"] if isinstance(cell.value, str)]
    assert any(text.startswith("60 % của 13 = 8 thư viện; hiện có 6; gần đạt nhất: ") for text in said)


def test_every_number_is_explained_in_the_words_of_the_screen(report: RoundReport, book: Workbook):
    rows = {(row["Thư viện"], row["Con số"]): row for row in table(book["Giải thích"])}
    member = report.members[2]
    a5 = report.framework.indicators["A5"]
    own = rows[member.short.vi, f"A5. {a5.label.vi}"]
    assert own["Điểm tự chấm: cách tính"] == "\n".join(explain.indicator(report, member.id, "A5"))
    verified = "\n".join(explain.indicator(report, member.id, "A5", basis=VERIFIED))
    same = verified == own["Điểm tự chấm: cách tính"]
    assert own["Điểm thẩm định: cách tính"] == ("Như điểm tự chấm." if same else verified)
    whole = rows[member.short.vi, "Điểm và mức của toàn bộ"]
    assert whole["Điểm tự chấm: cách tính"] == "\n".join(explain.total(report, member.id))
    pooled = rows["Toàn Liên hiệp", "T5. " + report.framework.programme_targets[3].label.vi]
    assert pooled["Điểm tự chấm: cách tính"] == "\n".join(explain_federation.target(report, "T5"))
    per_library = len(report.framework.indicators) + len(report.framework.dimensions) + 5 + 1
    begun = [member for member in report.members if report.responses[member.id].begun]
    assert len([key for key in rows if key[0] == begun[0].short.vi]) >= per_library + 1


def test_the_causes_of_a_change_add_up_in_print(book: Workbook):
    rows = table(book["Nguyên nhân thay đổi"])
    assert rows
    for row in rows:
        if row["Thư viện"] in (None, "") or row["Tự chấm: cận dưới kỳ trước"] is None:
            continue
        for kind in ("Tự chấm", "Thẩm định"):
            parts = ("Đổi phương pháp", "Độ phủ", "Thẩm định", "Thay đổi thực")
            summed = sum(row[f"{kind}: {part}"] for part in parts)
            ends = [rounded(row[f"{kind}: cận dưới kỳ {which}"], 1) for which in ("này", "trước")]
            assert round(summed, 6) == pytest.approx(float(ends[0] - ends[1]))


def test_a_library_that_has_not_sent_is_named_beside_the_figures_of_the_federation(report: RoundReport):
    changed = report
    for place, member in enumerate(report.members):
        changed = only_answers(changed, member.id, {"C10": Answer(AnswerState.ANSWERED, value=1.0)})
        if place == 0:
            draft = replace(changed.responses[member.id], state=ResponseState.DRAFT)
            changed = replace(changed, responses={**changed.responses, member.id: draft})
    sheet = opened(round_workbook(changed, generated_at=NOW))["Chỉ tiêu 206"]
    said = [cell.value for row in sheet for cell in row if isinstance(cell.value, str)]
    name = report.members[0].short.vi
    assert f"Chưa gửi nên chưa tính vào các con số trên: {name}." in said
    assert any(
        text.startswith("60 % của 13 = 8 thư viện; hiện có 12; mới có số liệu của 12/13") for text in said
    )


def test_the_rounds_stand_side_by_side_with_former_and_new_members_apart(
    report: RoundReport, others: list[RoundReport], book: Workbook
):
    rows = table(book["Qua các đợt"])
    known = rounds.trend([report, *others])
    names = [row["Thư viện"] for row in rows]
    assert len(names) == len(set(names)) == 18
    assert {"Tuyên Quang (đến 30/06/2025)", "Tuyên Quang (từ 01/07/2025)"} <= set(names)
    first = known[(known["round"] == "2024") & (known["library"] == "son_la")]["score"].iat[0]
    row = rows[names.index("Sơn La")]
    assert numbers([row["Năm 2024: điểm (thang 100)"]]) == numbers([first])
    gone = rows[names.index("Hà Giang")]
    assert gone["Sau sáp nhập: điểm (thang 100)"] is None
    assert gone["Sau sáp nhập: mức"] == "Không là thành viên"


def test_an_unknown_score_is_an_empty_cell_with_a_word_beside_it(report: RoundReport, book: Workbook):
    rows = table(book["Tổng hợp"])
    unknown = [row for row in rows if row["Điểm tự chấm (thang 100)"] is None]
    assert [row["Thư viện"] for row in unknown] == [
        report.members[place].short.vi for place in (NOT_BEGUN, IN_THE_MIDDLE)
    ]
    assert {row["Mức độ"] for row in unknown} == {"Chưa đủ dữ liệu"}
    for row in table(book["Điểm theo chỉ số"]):
        assert (row["Điểm đạt được"] is None) == (row["Trạng thái"] != "Đã trả lời")


def test_a_library_that_has_not_begun_has_no_points_rather_than_none_earned(book: Workbook):
    row = table(book["Tổng hợp"])[NOT_BEGUN]
    assert row["Tình trạng phiếu"] == "Chưa bắt đầu"
    assert row["Tổng điểm đạt được"] is None
    assert row["A. Hạ tầng số (điểm)"] is None
    assert (row["Cận dưới (thang 100)"], row["Cận trên (thang 100)"]) == (0, 100)


@pytest.mark.parametrize("name", SHEETS)
def test_each_sheet_says_in_line_and_header_that_a_sample_is_one(book: Workbook, name: str):
    assert str(book[name]["A1"].value).startswith(MARK)
    assert book[name].oddHeader.center.text == MARK


def test_a_real_round_says_nowhere_that_it_is_a_sample(framework: Framework):
    real = opened(round_workbook(a_report(framework, a_round(), sample=False), generated_at=NOW))
    assert not any(MARK in str(cell.value) for cell in cells_of(real))
    assert not any(sheet.oddHeader.center.text for sheet in real)
    assert real["Tổng hợp"]["A1"].value == "Tổng hợp"


@pytest.mark.parametrize("name", SHEETS)
def test_each_sheet_prints_on_a4_landscape_one_page_wide_with_its_header_repeated(book: Workbook, name: str):
    sheet = book[name]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth == 1
    assert all(cell.value for cell in sheet[header_row(sheet)][:2])
    # In a printed header & begins a code, so one that belongs to the name stands twice.
    assert sheet.oddHeader.left.text == "=Đợt đánh giá 2025 && thử"
    assert sheet.oddHeader.right.text == "&A"
    assert sheet.oddFooter.left.text == "Lập bảng lúc 01/09/2025 10:30"
    assert sheet.oddFooter.right.text == "Trang &P/&N"


@pytest.mark.parametrize("name", TABLES)
def test_each_table_can_be_filtered_under_a_header_that_stays_in_sight(book: Workbook, name: str):
    sheet = book[name]
    assert sheet.freeze_panes.endswith(str(header_row(sheet) + 1))
    assert sheet.freeze_panes[0] != "A"
    assert sheet.auto_filter.ref.startswith(f"A{header_row(sheet)}:")


def test_cells_are_numbers_with_formats_and_percentages_are_shares(book: Workbook):
    sheet = book["Tổng hợp"]
    titles = [cell.value for cell in sheet[header_row(sheet)]]
    cells = sheet[header_row(sheet) + 1]
    score, share = cells[2], cells[titles.index("Đã trả lời (% điểm áp dụng)")]
    assert (score.number_format, share.number_format) == ("#,##0.0", "0.0 %")
    assert isinstance(score.value, float)
    assert 0 <= share.value <= 1


def test_wrapped_text_has_rows_that_are_high_enough(book: Workbook):
    sheet = book["Danh mục chỉ số"]
    tall = [row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 5).value).count("\n") >= 6]
    assert tall
    assert all(sheet.row_dimensions[row].height > 7 * 12 for row in tall)
    assert all(sheet.row_dimensions[row].height <= 409 for row in tall)


def test_rows_hold_the_taller_typeface_of_a_machine_without_arial():
    noto_sans = 1.362 * 10
    assert all(row_points(lines) >= lines * noto_sans for lines in range(1, 30))


def test_charts_stand_under_the_tables_and_read_their_cells(report: RoundReport, book: Workbook):
    counts = {name: len(book[name]._charts) for name in SHEETS}
    assert {name: n for name, n in counts.items() if n} == {
        "Tổng hợp": 1,
        "Theo trụ cột": 4,
        "Qua các đợt": 2,
    }
    for sheet in book:
        last = (
            int(sheet.auto_filter.ref.split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            if sheet._charts
            else 0
        )
        assert all(chart.anchor._from.row >= last for chart in sheet._charts)
    stacked = book["Tổng hợp"]._charts[0]
    assert stacked.grouping == "stacked"
    first = header_row(book["Tổng hợp"]) + 1
    expected = f"$A${first}:$A${first + len(report.members) - 1}"
    assert stacked.ser[0].cat.strRef.f == f"'Tổng hợp'!{expected}"


def test_a_round_of_very_many_libraries_has_tables_and_no_chart(report: RoundReport):
    many = [
        member.model_copy(update={"id": f"{member.id}_{n}"}) for n in range(4) for member in report.members
    ]
    crowd = replace(report, members=tuple(many), responses={m.id: Response("2025", m.id) for m in many})
    assert not any(
        sheet._charts for sheet in opened(round_workbook(crowd, generated_at=NOW, compare=[report]))
    )


def test_a_target_says_and_shows_what_kind_of_source_it_has(book: Workbook):
    sheet = book["Danh mục chỉ số"]
    cells = {
        sheet.cell(row, 2).value: sheet.cell(row, 9) for row in range(header_row(sheet) + 1, sheet.max_row)
    }
    assert cells["B9"].value.startswith("Chỉ tiêu quốc gia: 206/QĐ-TTg")
    assert "Đề xuất của Liên hiệp, chờ thông qua" in cells["A1"].value
    assert cells["B9"].fill.fgColor.rgb != cells["A1"].fill.fgColor.rgb


def test_the_dictionary_lists_every_question_with_points_and_statements(report: RoundReport, book: Workbook):
    rows = {row["Mã"]: row for row in table(book["Danh mục chỉ số"])}
    known = definitions.indicators(report).set_index("indicator")
    assert set(report.framework.questions) <= set(rows)
    assert all(rows[name]["Điểm tối đa"] == known.loc[name, "maximum"] for name in known.index)
    assert "Mức 5: " in str(rows["A5"]["Cách xác định và tính điểm"])
    assert "A6.5: " in str(rows["A6"]["Cách xác định và tính điểm"])
    assert rows["G1"]["Điểm tối đa"] is None


def test_the_first_sheet_says_who_has_not_sent_and_which_state_of_the_data_this_is(book: Workbook):
    facts = {row[0]: row[1] for row in book["Đọc trước"].iter_rows(values_only=True)}
    assert facts["Thư viện đã gửi phiếu"] == "n = 11/13 đã gửi"
    assert facts["Thư viện chưa gửi"] == "Cao Bằng (chưa bắt đầu); Lạng Sơn (bản nháp)"
    assert facts["Lần cập nhật số liệu (phiên bản)"] == 412
    assert facts["Thời điểm chốt số liệu"] == "30/06/2025"


def test_the_method_says_that_this_is_no_index_of_the_state(report: RoundReport, book: Workbook):
    said = " ".join(str(cell.value) for row in book["Phương pháp và căn cứ"].iter_rows() for cell in row)
    assert "không phải bộ chỉ số của Nhà nước" in said
    assert all(source.number in said for source in report.sources.values())


def test_the_file_names_its_maker_title_and_language(book: Workbook):
    properties = book.properties
    assert (properties.creator, properties.language) == ("Thước Số", "vi-VN")
    assert str(properties.title).endswith("=Đợt đánh giá 2025 & thử")
    assert properties.created == datetime(2025, 9, 1, 3, 30)  # noqa: DTZ001 - the format has no zone, it is UTC


def test_links_lead_to_sheets_that_exist(book: Workbook):
    links = [cell.hyperlink.location for row in book[SHEETS[0]] for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in SHEETS[1:]]
    ways_back = [[cell for cell in sheet[2] if cell.value == "Về đầu"] for sheet in book.worksheets[1:]]
    assert [[cell.hyperlink.location for cell in cells] for cells in ways_back] == [["'Đọc trước'!A1"]] * len(
        ways_back
    )


def linked_cells(book: Workbook, name: str) -> dict[str, tuple[object, object]]:
    """By place: what a cell under the header says, and what stands where it leads; both are there."""
    found = {}
    for row in book[name].iter_rows(min_row=header_row(book[name]) + 1):
        for cell in row:
            if cell.hyperlink:
                sheet, place = cell.hyperlink.location.rsplit("!", 1)
                found[cell.coordinate] = (cell.value, book[sheet.strip("'")][place].value)
    return found


def check_links_of_tables(book: Workbook, framework: Framework) -> None:
    codes = list(linked_cells(book, "Điểm theo chỉ số").values())
    assert {said for said, _there in codes} == set(framework.indicators)
    assert all(said == there for said, there in codes)
    asked = list(linked_cells(book, "Số liệu gốc").values())
    assert {said for said, _there in asked} == set(framework.questions)
    assert all(said == there for said, there in asked)
    dimensions = list(linked_cells(book, "Theo trụ cột").values())
    assert {str(there) for _said, there in dimensions} == {one.id for one in framework.dimensions}
    assert all(str(said).startswith(f"{there}. ") for said, there in dimensions)


def test_each_code_leads_to_the_row_of_the_same_indicator_in_the_dictionary(
    framework: Framework, book: Workbook
):
    check_links_of_tables(book, framework)
    rows = column(book["Danh mục chỉ số"], "Căn cứ của chỉ tiêu 2025")
    assert all("đối chiếu ngày" in str(said) and "·" in str(said) for said in rows if said)


def test_each_target_of_the_programme_leads_to_its_document_and_clause(report: RoundReport, book: Workbook):
    sheet = book["Chỉ tiêu 206"]
    cells = [cell for row in sheet for cell in row if cell.hyperlink and cell.row > 2]
    targets = report.framework.programme_targets
    for cell, target in zip(cells, [*targets, *targets], strict=True):  # by both kinds of score
        name, place = cell.hyperlink.location.rsplit("!", 1)
        there = book[name.strip("'")][place]
        assert cell.value == there.value
        said = str(book[name.strip("'")].cell(there.row, 2).value)
        assert str(cell.value).startswith(f"{target.id}. ")
        for expected in (target.source.clause.vi, report.sources[target.source.document].number):
            assert expected in said
        assert "đối chiếu ngày" in said


@pytest.mark.parametrize("name", ["Tổng hợp", "Theo trụ cột", "Điểm theo chỉ số", "Số liệu gốc"])
def test_the_head_of_a_sheet_with_targets_leads_to_where_they_come_from(book: Workbook, name: str):
    title = 2
    ways = {cell.value: cell.hyperlink.location for cell in book[name][title] if cell.hyperlink}
    assert ways == {"Về đầu": "'Đọc trước'!A1", "Căn cứ của chỉ tiêu": "'Danh mục chỉ số'!A1"}


def test_a_target_of_a_province_stands_beside_the_common_one_with_its_own_source(report: RoundReport):
    library = report.members[0]
    shown = report.framework.indicators["B3"].target(2025)
    source = shown.source.model_copy(update={"kind": "province", "checked": date(2026, 3, 4)})
    own = ProvinceTarget(library=library.id, indicator="B3", year=2025, value=80, source=source)
    changed = replace(report, framework=report.framework.model_copy(update={"province_targets": (own,)}))
    sheet = load_workbook(io.BytesIO(round_workbook(changed, generated_at=NOW)))["Danh mục chỉ số"]
    row = next(row for row in table(sheet) if row["Mã"] == "B3")
    assert f"{library.short.vi}: 80" in str(row["Căn cứ của chỉ tiêu 2025"])
    assert "đối chiếu ngày 04/03/2026" in str(row["Căn cứ của chỉ tiêu 2025"])
    assert library.short.vi not in str(row["Căn cứ của chỉ tiêu 2030"])


def test_no_cell_is_a_formula_or_an_error_whatever_people_wrote(book: Workbook):
    assert {cell.data_type for cell in cells_of(book)} == {"s", "n"}


def test_text_that_begins_like_a_formula_stays_the_text_it_was(book: Workbook):
    assert len(HOSTILE) >= 300
    shown = {
        cell.value: cell for row in book["Số liệu gốc"].iter_rows(min_col=12, max_col=14) for cell in row
    }
    for text in HOSTILE:
        # `_x0041_` would be shown as A; openpyxl does not undo the escape as Excel does.
        cell = shown[text.replace("_x0041_", "_x005F_x0041_")]
        assert cell.data_type == "s"
        if text.strip("\ufeff\u00a0 '\"“")[:1] in BEGINNINGS:
            assert cell.quotePrefix, text


def test_what_xml_or_excel_cannot_hold_is_left_out_and_long_text_ends_with_a_mark(report: RoundReport):
    library, long = report.members[0].id, "dài " * 20_000
    answers = {
        "G13": Answer(AnswerState.ANSWERED, words="a\x00b\x0bc\ud800d\uffffe\r\nf\rg"),
        "A1": Answer(AnswerState.UNKNOWN, reason=long),
        "A2": Answer(AnswerState.UNKNOWN, reason="𠮷" * 20_000),
        "A3": Answer(AnswerState.UNKNOWN, reason="\x01"),
        "A4": Answer(AnswerState.UNKNOWN, reason="x" * 20_000),
    }
    sheet = opened(round_workbook(only_answers(report, library, answers), generated_at=NOW))["Số liệu gốc"]
    rows = {row["Mã"]: row for row in table(sheet)[:51]}
    assert rows["G13"]["Câu trả lời bằng lời"] == "abcde\nf\ng"
    assert rows["A3"]["Lý do, giải trình"] is None
    assert rows["A4"]["Lý do, giải trình"] == "x" * 20_000
    for name in ("A1", "A2"):
        kept = str(rows[name]["Lý do, giải trình"])
        assert kept.endswith("… (còn nữa, xem trong công cụ)")
        assert len(kept.encode("utf-16-le")) <= 2 * 32_767


def test_a_round_may_have_any_name(report: RoundReport, others: list[RoundReport], study: RankStudy):
    named = replace(report, round=replace(report.round, name="\x00'Đợt'\n[1]: *?/\\ & \x1f" + "dài " * 99))
    book = opened(round_workbook(named, generated_at=NOW, compare=others, study=study))
    assert book.sheetnames == SHEETS
    header = str(book["Tổng hợp"].oddHeader.left.text)
    assert header.startswith("'Đợt' [1]: *?/\\ && dài")
    assert len(header) < 200


def test_an_english_workbook_opens_and_speaks_english_where_the_framework_does(report: RoundReport):
    english = opened(round_workbook(report, generated_at=NOW, language="en"))
    said = {cell.value for cell in cells_of(english)}
    assert "Work computers for library workers" in said
    assert english.properties.language == "en-GB"


def test_another_framework_gives_a_workbook_with_no_change_of_code(report: RoundReport):
    folder = Path(__file__).parent / "frameworks"
    other = load_framework(folder / "reading_rooms.yaml").framework
    sources = load_sources(folder / "sources.yaml")
    changed = replace(report, framework=other, sources=sources, responses={
        member.id: Response("2025", member.id) for member in report.members
    })  # fmt: skip
    names = opened(round_workbook(changed, generated_at=NOW)).sheetnames
    assert names[5].startswith("Chỉ tiêu")
    bare = other.model_copy(update={"programme_targets": (), "outlook": None})
    section = bare.information.model_copy(update={"questions": ()})
    empty = replace(
        changed, framework=bare.model_copy(update={"information": section}), members=(), responses={}
    )
    book = opened(round_workbook(empty, generated_at=NOW))
    assert "Bộ chỉ số này không có chỉ tiêu của chương trình." in {cell.value for cell in cells_of(book)}


def test_rules_that_hold_a_level_back_are_named(report: RoundReport):
    full = {
        name: Recorded(_best(question), 1)
        for name, question in report.framework.indicators.items()
        if name != "B9"
    }
    weak = {name: entry for name, entry in full.items() if name[0] != "D" or name == "D1"}
    uneven = {name: entry for name, entry in full.items() if name not in ("D3", "D4", "D5")}
    ids = [member.id for member in report.members]
    changed = replace(
        report,
        responses={
            **report.responses,
            ids[0]: Response("2025", ids[0], recorded=full),
            ids[1]: Response("2025", ids[1], recorded=weak),
            ids[2]: Response("2025", ids[2], recorded=uneven),
        },
    )
    held = column(opened(round_workbook(changed, generated_at=NOW))["Tổng hợp"], "Điều kiện đang giữ mức lại")
    assert held[0] == f"Điểm đã thẩm định dưới {format_percent(0.6, 'vi')}: tối đa mức 3"
    assert "Trụ cột yếu nhất: tối đa mức" in str(held[1])
    assert "Còn chỉ số điều kiện chưa có điểm: tối đa mức 2" in str(held[1])
    assert "Có trụ cột dưới mức 4: tối đa mức 4" in str(held[2])


def _best(question: AnyQuestion) -> Answer:
    answer, goal = Answer(AnswerState.ANSWERED), 100_000.0
    if question.kind == "ratio":
        return replace(answer, numerator=goal, denominator=goal)
    if question.kind == "checklist":
        return replace(answer, items=tuple(item.id for item in question.items))
    return replace(answer, value={"level": 5.0, "yesno": 1.0}.get(question.kind, goal))


def large_file(report: RoundReport, target: Path | io.BytesIO, **fields: object) -> int:
    return write_large(
        target,
        round_=report.round,
        framework=report.framework,
        sources=report.sources,
        libraries=((member, report.responses[member.id]) for member in report.members),
        generated_at=NOW,
        **fields,
    )


def test_the_streamed_file_has_the_cells_of_the_whole_one(
    report: RoundReport, book: Workbook, tmp_path: Path
):
    written = large_file(report, tmp_path / "large.xlsx", sample=True)
    streamed = load_workbook(tmp_path / "large.xlsx")
    assert written == len(report.members)
    assert streamed.sheetnames == [
        name for name in SHEETS if name not in (*OF_SEVERAL, "Chỉ tiêu 206", "Giải thích")
    ]
    for name in ("Tổng hợp", "Theo trụ cột", "Điểm theo chỉ số", "Số liệu gốc", "Danh mục chỉ số"):
        assert table(streamed[name]) == table(book[name]), name
    check_links_of_tables(streamed, report.framework)
    facts = {row[0]: row[1] for row in streamed["Đọc trước"].iter_rows(values_only=True)}
    assert facts["Thư viện đã gửi phiếu"] == "n = 11/13 đã gửi"


def test_a_sheet_of_very_many_rows_holds_no_more_links_than_excel_opens_quickly(
    report: RoundReport, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(streamed_sheet, "MOST_LINKS", 60)
    out = io.BytesIO()
    large_file(report, out)
    streamed = load_workbook(out)
    cells = [cell for row in streamed["Điểm theo chỉ số"] for cell in row]
    assert sum(cell.hyperlink is not None for cell in cells) == 60


def test_a_full_sheet_goes_on_in_another_and_the_first_sheet_names_some_who_are_late(
    report: RoundReport, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(large, "MOST_ROWS", 400)
    monkeypatch.setattr(large, "MOST_NAMED", 1)
    monkeypatch.setattr(large, "AT_ONCE", 5)
    out = io.BytesIO()
    large_file(report, out)
    streamed = load_workbook(out)
    parts = [name for name in streamed.sheetnames if name.startswith("Số liệu gốc")]
    assert parts == ["Số liệu gốc", "Số liệu gốc1"]
    assert sum(len(table(streamed[name])) for name in parts) == 13 * 51
    facts = {row[0]: row[1] for row in streamed["Đọc trước"].iter_rows(values_only=True)}
    assert facts["Thư viện chưa gửi"] == "Cao Bằng (chưa bắt đầu); và 1 thư viện khác"


def test_libraries_are_let_go_while_the_streamed_file_is_written(
    report: RoundReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(large, "AT_ONCE", 8)
    alive: weakref.WeakSet[Response] = weakref.WeakSet()
    most = 0

    def libraries() -> Iterator[tuple[Member, Response]]:
        nonlocal most
        for number in range(4 * large.AT_ONCE):
            member = report.members[0].model_copy(update={"id": f"library_{number}"})
            response = _Watched("2025", member.id)
            alive.add(response)
            if number % large.AT_ONCE == 0:
                gc.collect()
            most = max(most, len(alive))
            yield member, response

    write_large(
        tmp_path / "large.xlsx",
        round_=report.round,
        framework=report.framework,
        sources=report.sources,
        libraries=libraries(),
        generated_at=NOW,
    )
    assert most <= 2 * large.AT_ONCE + 1


class _Watched(Response):
    """A response that can be watched by identity."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__


def test_the_csv_gives_back_every_state_and_figure(report: RoundReport):
    text = answers_csv(report)
    file = read_answers(text, report.framework)
    for member in report.members:
        response = report.responses[member.id]
        for name in report.framework.questions:
            assert file.answers[member.id][name].same_figures(response.answer(name)), (member.id, name)
            assert (name in file.verified.get(member.id, set())) == response.entry(name).verified
    assert (file.matrix(report.framework).state == report.matrix.state).all()


def test_the_csv_begins_with_its_remarks_and_the_columns_of_the_contract(report: RoundReport):
    lines = answers_csv(report).splitlines()
    assert lines[0].startswith(f"# {MARK}")
    assert lines[1].startswith("# round 2025: =Đợt đánh giá 2025 & thử; framework qd206 version 1; ")
    assert lines[2] == "library,indicator,state,numerator,denominator,value,items,verified"
    assert answers_csv(replace(report, sample=False)).startswith("# round 2025")


def test_the_csv_leaves_out_answers_with_a_fault_and_keeps_nothing_of_nothing(report: RoundReport):
    given = Answer(AnswerState.ANSWERED)
    answers = {
        "A1": replace(given, numerator=30.0, denominator=20.0),
        "A4": replace(given, numerator=0.0, denominator=0.0),
        "A5": replace(given, value=7.0),
        "A6": replace(given, items=("A6.1", "A6.1")),
        "A3": replace(given, value=7.1),
        "D1": Answer(AnswerState.NOT_APPLICABLE),
        "B1": replace(given, numerator=1e14, denominator=3e14),
    }
    library = report.members[0].id
    lines = answers_csv(only_answers(report, library, answers)).splitlines()
    shown = dict(line.split(",", 2)[1:] for line in lines if line.startswith(f"{library},"))
    assert shown["A4"] == "answered,0,0,,,0"
    assert shown["A3"] == "answered,,,7.1,,0"
    assert shown["B1"] == "answered,100000000000000,300000000000000,,,0"
    assert {shown[name] for name in ("A1", "A5", "A6", "D1")} == {"unanswered,,,,,0"}


@pytest.fixture(scope="module")
def saved_again(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook as LibreOffice read it and wrote it again."""
    program = shutil.which("soffice")
    if program is None:
        reason = "no LibreOffice (soffice) was found to open the workbook with"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "round.xlsx").write_bytes(content)
    subprocess.run(
        [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", folder / "out", folder / "round.xlsx"], check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return load_workbook(folder / "out" / "round.xlsx")


def test_libreoffice_opens_it_with_no_formula_and_no_error(saved_again: Workbook):
    assert saved_again.sheetnames == SHEETS
    assert {cell.data_type for cell in cells_of(saved_again)} == {"s", "n"}
    wrong = [
        cell.coordinate
        for sheet in saved_again
        if sheet.title != "Số liệu gốc"
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith(("#REF!", "Err:", "#NAME?", "#VALUE!", "#N/A"))
    ]
    assert wrong == []


def test_libreoffice_shows_the_same_text_and_numbers(saved_again: Workbook, book: Workbook):
    for name in ("Tổng hợp", "Điểm theo chỉ số", "Số liệu gốc"):
        for before, after in zip(book[name].iter_rows(), saved_again[name].iter_rows(), strict=False):
            for cell, again in zip(before, after, strict=False):
                if isinstance(cell.value, float):
                    assert math.isclose(again.value, cell.value, rel_tol=1e-12), cell.coordinate
                else:
                    assert again.value == _undone(cell.value), (name, cell.coordinate)


def _undone(value: object) -> object:
    return value.replace("_x005F_", "_") if isinstance(value, str) else value


def test_the_sheet_around_the_merger_holds_the_figures_of_the_page_and_says_why_averages_are_not_compared(
    report: RoundReport, others: list[RoundReport], book: Workbook
):
    shared = footing.find_footing([report, *others])
    assert shared is not None
    sheet = book["Trước và sau sắp xếp"]
    own, verified = blocks_of(sheet, set(footing.pooled(shared, basis=SELF)["indicator"]))
    for rows, basis in ((own, SELF), (verified, VERIFIED)):
        known = footing.pooled(shared, basis=basis).set_index("indicator")
        assert set(rows) == set(known.index)
        for name, row in rows.items():
            figures = known.loc[name]
            assert row[2] == figures["libraries"]
            sums = [figures[f"{part}_before"] for part in ("numerator", "denominator")]
            assert list(row[3:5]) == numbers(sums)
            assert_shown(row[5], figures["before"], shared.before, basis)
            assert_shown(row[8], figures["after"], shared.after, basis)
            assert numbers([float("nan") if row[9] is None else row[9]]) == numbers([figures["change"]])
    said = " ".join(str(cell.value) for cell in sheet["A"] if cell.value)
    assert "Không so trực tiếp điểm trung bình của 13 và 10 thư viện" in said
    assert "số thư viện đạt trước 3 trên 13 (8 có số liệu" in said
    assert verified_words.how_added("vi") in said


def blocks_of(sheet: Worksheet, names: set[str]) -> list[dict[str, tuple[object, ...]]]:
    """The rows before and after the heading of the reviewed figures, by the id in front."""
    blocks: list[dict[str, tuple[object, ...]]] = [{}]
    for row in sheet.iter_rows(values_only=True):
        if row[0] == "Theo điểm thẩm định":
            blocks.append({})
        elif row[0] in names:
            blocks[-1][str(row[0])] = row
    return blocks


def assert_shown(cell: object, share: float, report: RoundReport, basis: str) -> None:
    """A share stands in its cell; without one there is nothing, or that nobody reviewed the round."""
    if share == share:
        assert cell == share
    else:
        told = verified_words.no_figure(report, basis, "vi")
        assert cell == (told if basis == VERIFIED else None)


def test_the_federation_is_added_up_on_either_kind_of_figures(report: RoundReport, book: Workbook):
    sheet = book["Chỉ tiêu 206"]
    first = column_row(sheet, "Toàn Liên hiệp, theo điểm thẩm định") + 2
    known = programme.of_federation(report, basis=VERIFIED).to_dict("records")
    for place, row in enumerate(known):
        cells = [cell.value for cell in sheet[first + place]]
        assert cells[0].startswith(row["target"])
        if row["reported"]:
            assert (cells[2], cells[4], cells[7]) == (row["share"], row["met"], row["reported"])
        else:
            assert (cells[1], cells[2], cells[4]) == ("Chưa thẩm định", None, None)


def column_row(sheet: Worksheet, text: str) -> int:
    return next(row for row in range(1, sheet.max_row) if sheet.cell(row, 1).value == text)
