"""A merged library and the Federation around a merger on what reviewers let stand, worked by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from test_scoring_cases import answer_of

from report import footing_words, verified_words
from report.rebuilt import rebuilt, rebuilt_values
from report.round_report import SELF, VERIFIED, RoundReport, round_report
from report.tables import footing, merged, programme
from survey.framework import load_framework
from survey.framework.loading import DATA
from survey.members import load_members
from survey.response import Answer, AnswerState, Recorded, Response, ResponseState
from survey.rounds import Round

FRAMEWORK = load_framework(DATA / "frameworks" / "qd206.yaml").framework
MEMBERS = load_members()
CASES = yaml.safe_load((Path(__file__).parent / "cases/merged/verified.yaml").read_text(encoding="utf-8"))[
    "cases"
]
MERGED, SON_LA = "thai_nguyen_2025", "son_la"
UNKNOWN = "chưa thẩm định"
BEFORE = Round("2024", "Đợt trước", "qd206", 1, date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 31))
AFTER = Round("2025", "Đợt sau", "qd206", 1, date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31))


def recorded(question: str, given: dict[str, Any]) -> Recorded:
    """What a library answered and what a review made of it, as the store hands it out."""
    asked, review = FRAMEWORK.questions[question], given["review"]
    answer = replace(answer_of(asked, given["answer"]), explanation=given.get("explanation", ""))
    reduced = answer_of(asked, given["to"]) if review == "reduced" else None
    return Recorded(answer, 1, verified=review in ("met", "reduced"), reduced=reduced)


def a_report(round_: Round, answers: dict[str, dict[str, Recorded]]) -> RoundReport:
    responses = {
        library: Response(round_.id, library, state=ResponseState.UNDER_REVIEW, recorded=entries)
        for library, entries in answers.items()
    }
    return round_report(round_, FRAMEWORK, MEMBERS.valid_on(round_.reference_date), responses, {})


def before_the_merger(case: dict[str, Any]) -> RoundReport:
    """The round in which the parts of the case, and no others, were merged into one later."""
    answers = {
        part: {case["question"]: recorded(case["question"], given)} for part, given in case["parts"].items()
    }
    report = a_report(BEFORE, answers)
    members = tuple(
        member.model_copy(update={"successor": MERGED if member.id in case["parts"] else None})
        for member in report.members
    )
    return replace(report, members=members)


def figures(answer: Answer | None) -> tuple[float | None, ...] | None:
    return None if answer is None else (answer.numerator, answer.denominator, answer.value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_sum_by_hand(case: dict[str, Any]):
    report, asked = before_the_merger(case), FRAMEWORK.questions[case["question"]]
    expect = case["expect"]
    for basis in (SELF, VERIFIED):
        known = None if expect[basis] == "none" else answer_of(asked, expect[basis])
        assert figures(rebuilt(report, MERGED, asked, basis).answer) == figures(known)
    assert list(rebuilt(report, MERGED, asked, VERIFIED).missing) == expect.get("missing", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_history_behind_the_pace_holds_the_same_sums(case: dict[str, Any]):
    now = a_report(AFTER, {})
    column = list(FRAMEWORK.indicators).index(case["question"])
    for basis in (SELF, VERIFIED):
        report = before_the_merger(case)
        (x, _now) = rebuilt_values([report, now], MERGED, FRAMEWORK, basis)[:, column]
        answer = rebuilt(report, MERGED, FRAMEWORK.questions[case["question"]], basis).answer
        if answer is None:
            assert np.isnan(x)
        else:
            known = answer.value if answer.value is not None else 100 * answer.numerator / answer.denominator
            assert x == pytest.approx(known)


def ratio(
    a: float, b: float, *, reduced: tuple[float, float] | None = None, verified: bool = True
) -> Recorded:
    made = (
        None
        if reduced is None
        else Answer(AnswerState.ANSWERED, numerator=reduced[0], denominator=reduced[1])
    )
    return Recorded(
        Answer(AnswerState.ANSWERED, numerator=a, denominator=b), 1, verified=verified, reduced=made
    )


def around(bac_kan: Recorded, thai_nguyen: Recorded, now: Recorded, **others: Recorded) -> footing.Footing:
    """B1 in both rounds; others: Sơn La's, before and after."""
    first = {"bac_kan": {"B1": bac_kan}, "thai_nguyen": {"B1": thai_nguyen}}
    second = {MERGED: {"B1": now}}
    if others:
        first[SON_LA], second[SON_LA] = {"B1": others["then"]}, {"B1": others["later"]}
    return footing.Footing(a_report(BEFORE, first), a_report(AFTER, second))


def pooled(shared: footing.Footing, basis: str) -> dict[str, Any]:
    return footing.pooled(shared, basis=basis).set_index("indicator").loc["B1"].to_dict()


def row_of(shared: footing.Footing, basis: str) -> dict[str, Any]:
    frame = merged.before_and_after(shared.after, shared.before, MERGED, basis=basis)
    return frame.set_index("question").loc["B1"].to_dict()


CORRECTED = around(
    ratio(80, 100, reduced=(60, 100)), ratio(50, 200), ratio(270, 300, reduced=(210, 300)),
    then=ratio(90, 100), later=ratio(95, 100, verified=False),
)  # fmt: skip


def test_a_ratio_is_pooled_over_the_places_that_were_reviewed_both_times():
    """Own: (80 + 50 + 90) of 400 = 55 %, then (270 + 95) of 400 = 91.25 %. Verified without Sơn La:
    110 of 300 = 36.67 %, then 210 of 300 = 70 %."""
    own, verified = pooled(CORRECTED, SELF), pooled(CORRECTED, VERIFIED)
    assert (own["libraries"], own["before"], own["after"]) == (2, 55, 91.25)
    assert verified["libraries"] == 1
    assert (verified["numerator_before"], verified["denominator_before"]) == (110, 300)
    assert verified["before"] == pytest.approx(110 / 3)
    assert (verified["after"], verified["change"]) == (70, pytest.approx(100 / 3))


def test_the_table_of_a_merged_library_says_what_was_corrected_and_by_what():
    own, verified = row_of(CORRECTED, SELF), row_of(CORRECTED, VERIFIED)
    assert own["parts"][0] == ("Bắc Kạn", "80/100 (80\u00a0%)")
    assert verified["parts"][0] == ("Bắc Kạn", "60/100 (60\u00a0%) (thư viện khai 80/100 (80\u00a0%))")
    assert verified["now_text"] == "210/300 (70\u00a0%) (thư viện khai 270/300 (90\u00a0%))"
    assert (own["value_now"], verified["value_now"]) == (90, 70)
    assert (own["change"], verified["change"]) == pytest.approx((90 - 130 / 3, 70 - 110 / 3))


def test_what_nobody_decided_about_is_called_so_and_never_0():
    shared = around(ratio(80, 100), ratio(50, 200, verified=False), ratio(270, 300, verified=False))
    row = row_of(shared, VERIFIED)
    assert dict(row["parts"])["Thái Nguyên"] == UNKNOWN
    assert (row["now_text"], row["missing"]) == (UNKNOWN, "Thái Nguyên")
    assert np.isnan([row["value_before"], row["value_now"], row["change"]]).all()
    assert row_of(shared, SELF)["now_text"] == "270/300 (90\u00a0%)"


def test_a_round_that_nobody_reviewed_has_no_pooled_figure_and_says_why():
    never = around(ratio(80, 100, verified=False), ratio(50, 200, verified=False), ratio(270, 300))
    row, said = pooled(never, VERIFIED), " ".join(footing_words.sentences(never, basis=VERIFIED))
    assert row["libraries"] == 0
    assert np.isnan([row[f"{name}_before"] for name in ("numerator", "denominator")]).all()
    assert verified_words.no_figure(never.before, VERIFIED, "vi") == UNKNOWN
    assert "«Đợt trước» chưa thẩm định: không có con số nào theo điểm thẩm định, chứ không phải là 0." in said
    assert "«Đợt sau» chưa thẩm định" not in said
    assert UNKNOWN not in " ".join(footing_words.sentences(never, basis=SELF))


def test_head_counts_of_a_round_without_a_review_are_not_0():
    yes = Recorded(Answer(AnswerState.ANSWERED, value=1), 1, verified=True)
    shared = footing.Footing(
        a_report(BEFORE, {SON_LA: {"C10": replace(yes, verified=False)}}),
        a_report(AFTER, {SON_LA: {"C10": yes}}),
    )
    own, verified = (
        footing.headcounts(shared, basis=basis).set_index("target").loc["T6"] for basis in (SELF, VERIFIED)
    )
    assert (own["text_before"], own["text_after"]) == ("1 trên 13 (1 có số liệu)", "1 trên 10 (1 có số liệu)")
    assert (verified["text_before"], verified["text_after"]) == (
        UNKNOWN,
        "1 trên 10 (1 có số liệu thẩm định)",
    )


def test_the_targets_of_the_programme_follow_what_reviewers_let_stand():
    """T3 pools B3: given 80 + 50 + 9 = 139 of 310; let stand 60 + 50 = 110 of 300, Sơn La being undecided."""
    report = a_report(
        BEFORE,
        {
            "bac_kan": {"B3": ratio(80, 100, reduced=(60, 100))},
            "thai_nguyen": {"B3": ratio(50, 200)},
            SON_LA: {"B3": ratio(9, 10, verified=False)},
        },
    )
    own, verified = (
        programme.of_federation(report, basis=basis).set_index("target").loc["T3"]
        for basis in (SELF, VERIFIED)
    )
    assert (own["numerator"], own["denominator"], own["reported"]) == (139, 310, 3)
    assert (verified["numerator"], verified["denominator"], verified["reported"]) == (110, 300, 2)
    assert (own["met"], verified["met"]) == (2, 0)


def test_a_target_that_nobody_reviewed_is_said_to_be_so():
    report = a_report(BEFORE, {SON_LA: {"C10": Recorded(Answer(AnswerState.ANSWERED, value=1), 1)}})
    said = programme.sentences(report, basis=VERIFIED)
    assert "T6: chưa thẩm định." in said
    assert verified_words.how_added("vi") in said
    assert any(
        "hiện có 1" in line for line in programme.sentences(report, basis=SELF) if line.startswith("T6")
    )
