"""Explanations carry the number's own values, worked by hand; what they say adds up to what is shown."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from report import (
    explain,
    explain_federation,
    explain_level,
    explain_pace,
    explain_ranks,
    explain_targets,
)
from report.rank_study import study_ranks
from report.round_report import SELF, VERIFIED, RoundReport, round_report
from report.tables import pace
from survey.framework import load_framework, load_sources
from survey.framework.loading import DATA
from survey.members import load_members
from survey.response import Answer, AnswerState, Document, Recorded, Response, ResponseState
from survey.rounds import Round

LOADED = load_framework(DATA / "frameworks" / "qd206.yaml")
FRAMEWORK, SOURCES = LOADED.framework, load_sources()
SON_LA, LAI_CHAU, CAO_BANG = "son_la", "lai_chau", "cao_bang"
LIBRARIES = (SON_LA, LAI_CHAU, CAO_BANG)
WHEN = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)  # already 2 March in Hà Nội


def answered(value: float) -> Answer:
    return Answer(AnswerState.ANSWERED, value=value)


def ratio(a: float, b: float) -> Answer:
    return Answer(AnswerState.ANSWERED, numerator=a, denominator=b)


def plain(lines: list[str]) -> list[str]:
    """With usual spaces, as the cases write them."""
    return [line.replace("\u00a0", " ") for line in lines]


def a_round(year: int) -> Round:
    day = date(year, 12, 31)
    return Round(str(year), f"Đợt {year}", "qd206", 1, day, day, date(year + 1, 1, 31))


def a_report(
    answers: dict[str, dict[str, Recorded]], year: int = 2025, waiting: tuple[str, ...] = ()
) -> RoundReport:
    members = [member for member in load_members().members if member.id in LIBRARIES]
    responses = {
        library: Response(
            str(year),
            library,
            ResponseState.DRAFT if library in waiting else ResponseState.ACCEPTED,
            recorded=given,
        )
        for library, given in answers.items()
    }
    return round_report(a_round(year), FRAMEWORK, members, responses, SOURCES)


def given(answers: dict[str, Answer]) -> dict[str, Recorded]:
    return {name: Recorded(answer, 1) for name, answer in answers.items()}


def everything() -> dict[str, Answer]:
    """Full marks for each indicator."""
    full = {}
    for name, one in FRAMEWORK.indicators.items():
        goal = one.target(2030).value
        if one.kind == "ratio":
            full[name] = ratio(goal, 100)
        elif one.kind == "checklist":
            full[name] = Answer(AnswerState.ANSWERED, items=tuple(item.id for item in one.items))
        else:
            full[name] = answered(goal)
    return full


def test_an_indicator_says_its_formula_weight_targets_and_that_nobody_verified_it():
    lines = plain(explain.indicator(a_report({SON_LA: given({"A2": answered(20)})}), SON_LA, "A2"))
    assert lines[0].startswith("x = 20 ")
    assert lines[1] == "s = (x − 0) / (40 − 0) = 0,5, giới hạn từ 0 đến 1: s = 0,5"
    assert lines[2] == "Điểm = s × điểm tối đa = 0,5 × 25 = 12,50"
    assert lines[3] == "Trọng số: 25 trên 1.000 điểm = 2,5 %"
    assert "2025" in lines[4]
    assert "2030" in lines[5]
    assert lines[-1] == "Chưa thẩm định."


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        pytest.param(
            Recorded(answered(20), 1, verified=True), "Thẩm định: đạt; duyệt cùng cả phiếu.", id="accepted"
        ),
        pytest.param(
            Recorded(answered(20), 1, verified=True, verified_by="thamdinh", verified_at=WHEN),
            "Thẩm định: đạt; thamdinh, ngày 02/03/2026.",
            id="decided",
        ),
        pytest.param(
            Recorded(
                answered(20), 1, verified=True, reduced=answered(10), verified_by="lan", verified_at=WHEN
            ),
            "Thẩm định: giảm còn 10 máy; lan, ngày 02/03/2026.",
            id="lowered",
        ),
    ],
)
def test_an_indicator_says_who_verified_it_and_when(entry: Recorded, told: str):
    assert explain.indicator(a_report({SON_LA: {"A2": entry}}), SON_LA, "A2")[-1] == told


def test_a_mandatory_item_without_proof_says_why_it_counts_nothing():
    entry = Recorded(answered(4), 1, verified=True)
    report = a_report({SON_LA: {"D1": entry}})
    said = "Mục bắt buộc, không có tài liệu kiểm chứng và không có giải trình: điểm thẩm định tính 0."
    assert explain.indicator(report, SON_LA, "D1")[0] == f"{said} Điểm tự chấm không đổi."
    lines = explain.indicator(report, SON_LA, "D1", basis=VERIFIED)
    assert lines[0] == said
    assert any(line.endswith("× 35 = 0,00") for line in lines)
    proven = replace(entry, answer=replace(entry.answer, evidence=(Document(number="12/KH"),)))
    assert said not in explain.indicator(a_report({SON_LA: {"D1": proven}}), SON_LA, "D1", basis=VERIFIED)


def test_a_level_that_is_held_back_says_the_shortest_way_up():
    report = a_report({SON_LA: given({**everything(), "D1": answered(0)})})
    assert explain_level.shortest_way(report, SON_LA, SELF, "vi") == [
        "Con đường ngắn nhất để lên mức 3 · Hình thành: đạt đủ điểm ở D1 (chỉ số điều kiện)"
    ]
    weak = {**everything(), **{name: answered(0) for name in ("D1", "D3", "D6")}}
    weak |= {"D2": ratio(0, 20), "D4": ratio(0, 100), "D5": Answer(AnswerState.ANSWERED)}
    [line] = explain_level.shortest_way(a_report({SON_LA: given(weak)}), SON_LA, SELF, "vi")
    assert line.endswith("đạt đủ điểm ở D2 (trụ cột D, nhiều nhất được thêm 40 điểm)")


def test_a_level_that_only_verification_holds_back_lists_what_to_have_verified():
    [line] = explain_level.shortest_way(a_report({SON_LA: given(everything())}), SON_LA, SELF, "vi")
    assert "đưa 19 câu ra thẩm định: B3, A8, B4, C5, D2, B1" in line


def test_a_pooled_target_adds_counts_and_names_who_has_not_sent():
    answers = {
        SON_LA: given({"D2": ratio(14, 26)}),
        LAI_CHAU: given({"D2": ratio(10, 10)}),
        CAO_BANG: given({"D2": ratio(6, 14)}),
    }
    report = a_report(answers, waiting=(LAI_CHAU,))
    lines = plain(explain_federation.target(report, "T5"))
    assert lines[0] == "Cộng số liệu gốc, không lấy trung bình các tỷ lệ: 100 × 20 / 40 = 50 %"
    assert lines[1] == "Gồm: Sơn La 14/26; Cao Bằng 6/14"
    assert "Chưa đạt: 2 (Sơn La, Cao Bằng)" in lines
    assert "Chưa gửi: 1 (Lai Châu)" in lines
    unnamed = explain_federation.target(report, "T5", named=False)
    assert not any(word in line for line in unnamed for word in ("Sơn La", "Gồm"))


def test_a_head_count_says_how_many_are_needed():
    answers = {library: given({"C10": answered(library == SON_LA)}) for library in LIBRARIES}
    lines = plain(explain_federation.target(a_report(answers), "T6"))
    assert "Đạt: 1 (Sơn La)" in lines
    assert "Cần đạt: 60 % của 3 = 2 thư viện (làm tròn lên); hiện có 1" in lines


def test_a_pace_says_its_values_slopes_and_the_years_that_are_left():
    rounds = [
        a_report({SON_LA: given({"A2": answered(value)})}, year)
        for year, value in ((2023, 10), (2024, 12), (2025, 16))
    ]
    row = next(
        row for row in pace.by_indicator(rounds, SON_LA).to_dict("records") if row["indicator"] == "A2"
    )
    lines = explain_pace.of_indicator(row, FRAMEWORK.indicators["A2"], 2030, "vi")
    assert lines[0] == "Các giá trị: 31/12/2023: 10 máy; 31/12/2024: 12 máy; 31/12/2025: 16 máy"
    # (40 - 16) / 4.99942 years = 4.8 a year; slopes 2 (of a year of 366 days), 3 (two years) and 4.
    assert lines[1] == (
        "Nhịp cần = (40 máy − 16 máy) ÷ 4,9994 năm còn lại đến 31/12/2030 (1.826 ngày ÷ 365,2425) = +4,8 máy/năm"
    )
    assert lines[2].startswith("Nhịp hiện nay = độ dốc ở giữa của 3 cặp đợt (")
    assert lines[2].endswith("= +3 máy/năm")
    assert lines[3] == "r = nhịp hiện nay ÷ nhịp cần = 0,62: Chậm"


def test_a_target_that_is_reached_needs_no_pace():
    rounds = [
        a_report({SON_LA: given({"A2": answered(value)})}, year) for year, value in ((2024, 30), (2025, 63))
    ]
    row = pace.by_indicator(rounds, SON_LA).to_dict("records")[1]
    lines = explain_pace.of_indicator(row, FRAMEWORK.indicators["A2"], 2030, "vi")
    assert lines[1:] == ["Đã đạt chỉ tiêu 40 máy, không cần thêm nhịp nào."]


def test_one_round_has_a_needed_pace_and_nothing_else():
    row = pace.by_indicator([a_report({SON_LA: given({"A2": answered(16)})})], SON_LA).to_dict("records")[1]
    lines = explain_pace.of_indicator(row, FRAMEWORK.indicators["A2"], 2030, "vi")
    assert len(lines) == 2
    assert explain_pace.of_indicator({**row, "series": ()}, FRAMEWORK.indicators["A2"], 2030, "vi") == [
        "Chưa có giá trị nào, nên chưa có nhịp độ."
    ]


def test_a_place_says_in_how_many_draws_of_5000():
    answers = {
        SON_LA: given(everything()),
        LAI_CHAU: given({name: a if name < "C" else answered(0) for name, a in everything().items()}),
        CAO_BANG: given({}),
    }
    report = a_report({library: answers[library] for library in (SON_LA, LAI_CHAU)})
    study = study_ranks(report)
    lines = plain(explain_ranks.place(report, study, SON_LA, "vi"))
    assert "Đứng trên Lai Châu: 5.000 trên 5.000 lần thử = 100 %" in lines
    assert lines[-1].endswith("ít nhất 90 % lần thử.")
    assert explain_ranks.place(report, study, CAO_BANG, "vi") == [
        "Chưa gửi hoặc chưa đủ dữ liệu nên chưa so được."
    ]


def test_what_nobody_verified_is_told_so_in_the_verified_score():
    answers = {"C5": Answer(AnswerState.ANSWERED, items=("C5.1",)), "B9": Answer(AnswerState.UNKNOWN)}
    report = a_report({SON_LA: given(answers)})
    target = next(one for one in FRAMEWORK.programme_targets if one.id == "T2")
    assert explain_targets.programme(report, SON_LA, target, basis=VERIFIED) == [
        "Chỉ số C5: hiện chưa thẩm định; cần 1/8",
        "Chỉ số B9: hiện không có số liệu; cần có",
    ]
    assert explain.indicator(report, SON_LA, "C5", basis=VERIFIED) == [
        "Chưa thẩm định nên chưa tính: cận dưới 0 điểm, cận trên 40 điểm."
    ]
    assert explain.indicator(report, SON_LA, "B9", basis=VERIFIED) == [
        "Chưa có câu trả lời bằng số: cận dưới 0 điểm, cận trên 25 điểm."
    ]
