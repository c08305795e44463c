"""Merged libraries worked by hand: sums, what stands side by side, one footing, paces: tests/cases/merged/sums.yaml."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from test_merged_verified import AFTER, BEFORE, a_report, figures
from test_pace_cases import number as pace_number
from test_pace_table import made
from test_scoring_cases import answer_of, framework_of, number

from report.round_report import SELF
from report.tables import footing, merged, pace
from scoring.matrix import indicator_value
from scoring.merging import rebuild
from scoring.pace import Basis
from survey.response import Answer, Recorded

CASES = yaml.safe_load((Path(__file__).parent / "cases/merged/sums.yaml").read_text(encoding="utf-8"))
FRAMEWORK = framework_of(CASES["framework"])
MERGED = "thai_nguyen_2025"


def of(part: str) -> Any:  # noqa: ANN401 - what pytest's decorator makes
    return pytest.mark.parametrize("case", CASES[part], ids=lambda case: case["name"])


def given(question: str, written: object) -> Answer | None:
    return None if written in ("not sent", "none") else answer_of(FRAMEWORK.questions[question], written)


def around(case: dict[str, Any], question: str) -> footing.Footing:
    """The rounds before and after the merger with answers to one question."""
    before, after = (
        a_report(
            round_,
            {library: {question: Recorded(given(question, one), 1)} for library, one in case[time].items()},
        )
        for round_, time in ((BEFORE, "before"), (AFTER, "after"))
    )
    return footing.Footing(before, after)


def assert_row(row: pd.Series, expect: dict[str, Any]) -> None:
    for field, written in expect.items():
        assert row[field] == pytest.approx(number(written), abs=1e-9, nan_ok=True), field


@of("sums")
def test_a_sum_worked_by_hand(case: dict[str, Any]):
    question, expect = case["question"], case["expect"]
    asked = FRAMEWORK.questions[question]
    found = rebuild(asked, {part: given(question, one) for part, one in case["parts"].items()})
    assert figures(found.answer) == figures(given(question, expect["answer"]))
    assert list(found.missing) == expect.get("missing", [])
    if "x" in expect:
        assert found.answer is not None
        assert indicator_value(FRAMEWORK.indicators[question], found.answer) == pytest.approx(
            number(expect["x"])
        )


@of("side_by_side")
def test_the_own_answer_alone_scores(case: dict[str, Any]):
    question, expect = case["question"], dict(case["expect"])
    shared = around({"before": case["before"], "after": {MERGED: case["now"]}}, question)
    frame = merged.before_and_after(shared.after, shared.before, MERGED, basis=SELF)
    row = frame.set_index("question").loc[question]
    card = shared.after.self_card
    points = card.points[card.row(MERGED), card.matrix.indicators.index(question)]
    assert points == pytest.approx(expect.pop("points"))
    if "parts" in expect:
        assert [list(one) for one in row["parts"]] == expect.pop("parts")
    nothing = dict.fromkeys(("value_before", "value_now", "change"), "none")
    assert_row(row, {**nothing, **expect})


@of("footing")
def test_a_footing_worked_by_hand(case: dict[str, Any]):
    frame = footing.pooled(around(case, "B1"), basis=SELF)
    assert_row(frame.set_index("indicator").loc["B1"], case["expect"])


@of("headcounts")
def test_a_headcount_worked_by_hand(case: dict[str, Any]):
    frame = footing.headcounts(around(case, "C10"), basis=SELF)
    assert_row(frame.set_index("target").loc["T6"], case["expect"])


@of("paces")
def test_a_pace_over_a_merger_worked_by_hand(case: dict[str, Any]):
    rounds = {
        day: {library: {"B1": given("B1", one)} for library, one in libraries.items()}
        for day, libraries in case["rounds"].items()
    }
    table = pace.by_indicator(made(rounds), case.get("library", MERGED))
    row = table.set_index("indicator").loc["B1"]
    expect = dict(case["expect"])
    assert Basis(row["basis"]).name == expect.pop("basis").upper()
    assert row["class"] == expect.pop("class", row["class"])
    for field, written in expect.items():
        assert row[field] == pytest.approx(pace_number(written), abs=1e-9, nan_ok=True), field


def test_every_case_has_a_name_of_its_own_and_shows_its_work():
    cases = [case for part in CASES.values() if isinstance(part, list) for case in part]
    assert len({case["name"] for case in cases}) == len(cases) >= 40
    assert all(case["work"] for case in cases)
