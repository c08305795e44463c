"""What the indicators say about themselves: worked by hand, adding up, and computed a second time."""

import math
import random
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from test_pace_table import MEMBERS, made
from test_scoring_cases import answers_of, framework_of
from test_scoring_properties import FIXED, a_framework, a_library

from report.round_report import RoundReport
from report.tables import self_check as tables
from scoring.answering_time import Saved, times
from scoring.matrix import Floats, build_matrix
from scoring.scorecard import Scorecard, score
from scoring.self_check import (
    Correlation,
    Ends,
    by_dimension,
    correlation,
    critical_value,
    ends,
    influences,
    pairs,
    pulls,
    with_the_rest,
)
from survey.framework import Framework
from survey.response import Answer, AnswerState, SavedAnswer
from survey.store import Store
from ui.self_check_questions import OFTEN

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases/self_check/self_check.yaml").read_text(encoding="utf-8")
)
SMALL = framework_of(CASES["framework"])
NONE = math.nan


def number(written: object) -> float:
    return NONE if written == "none" else float(Fraction(str(written)))


def column(written: list[object]) -> Floats:
    return np.array([number(one) for one in written])


def of(part: str) -> Any:  # noqa: ANN401 - what pytest's decorator makes
    return pytest.mark.parametrize("case", CASES[part], ids=lambda case: case.get("name", str(case.get("n"))))


@of("correlations")
def test_a_correlation_worked_by_hand(case: dict[str, Any]):
    n, r = correlation(column(case["x"]), column(case["y"]))
    expect = case["expect"]
    assert n == expect["n"]
    assert r == pytest.approx(number(expect["r"]), abs=1e-9, nan_ok=True)
    assert critical_value(n) == pytest.approx(number(expect["critical"]), abs=5e-5, nan_ok=True)
    related = Correlation("A", "A1", "A2", n, r, critical_value(n))
    assert related.doubled == expect["doubled"]
    assert related.passes == expect.get("passes", related.passes)


@of("passing")
def test_what_passes_the_critical_value(case: dict[str, Any]):
    found = Correlation("A", "A1", "A2", case["n"], number(case["r"]), critical_value(case["n"]))
    assert {"passes": found.passes, "doubled": found.doubled} == case["expect"]


@of("critical")
def test_a_critical_value_from_the_table(case: dict[str, Any]):
    by_table = case["t"] / math.sqrt(case["t"] ** 2 + case["n"] - 2)
    assert critical_value(case["n"]) == pytest.approx(by_table, abs=1e-4)
    assert round(critical_value(case["n"]), 3) == case["expect"]


@of("influences")
def test_an_influence_worked_by_hand(case: dict[str, Any]):
    found = pulls(np.array(case["points"], dtype=float))
    assert found == pytest.approx(column(case["expect"]), abs=1e-12, nan_ok=True)


@of("ends")
def test_ends_worked_by_hand(case: dict[str, Any]):
    s = column(case["s"])
    known = s[~np.isnan(s)]
    found = Ends("A1", len(known), int((known == 1).sum()), int((known == 0).sum()))
    assert {name: getattr(found, name) for name in case["expect"]} == case["expect"]


@of("times")
def test_times_worked_by_hand(case: dict[str, Any]):
    found = times(
        Saved(library, question, by, minute * 60.0) for library, by, question, minute in case["saves"]
    )
    assert {name: [taken.seconds, taken.count] for name, taken in found.items()} == case["expect"]


def sent(libraries: list[dict[str, Any]]) -> RoundReport:
    """A round that these libraries sent, the members in their order."""
    day = date(2024, 12, 31)
    names = (member.id for member in MEMBERS.valid_on(day))
    given_by = {
        name: answers_of(SMALL, {"answers": given}) for name, given in zip(names, libraries, strict=False)
    }
    return made({day: given_by}, SMALL)[0]


@of("rest")
def test_an_indicator_against_its_rest_worked_by_hand(case: dict[str, Any]):
    report, expect = sent(case["libraries"]), case["expect"]
    related = with_the_rest(tables.sent_card(report), SMALL)
    found = next(one for one in related if one.first == case["indicator"])
    assert found.n == expect["n"]
    assert found.r == pytest.approx(number(expect["r"]), abs=1e-9, nan_ok=True)
    assert (case["indicator"] in set(tables.against_the_rest(report)["first"])) == expect["against"]


@of("ratios")
def test_a_pull_beside_the_points_worked_by_hand(case: dict[str, Any]):
    card = tables.sent_card(sent(case["libraries"]))
    found = influences(card)
    told = {one.name: [one.share, one.ratio] for one in [*found, *by_dimension(found, SMALL)]}
    for name, pair in case["expect"].items():
        assert told[name] == pytest.approx([number(one) for one in pair], abs=1e-9), name


@of("questions")
def test_a_question_that_was_hard_to_answer(case: dict[str, Any]):
    open_answers = [{"Y3": "don't know"}] * case["unknown"] + [{}] * case["unanswered"]
    report = sent([*open_answers, *[{"Y3": True}] * (case["sent"] - len(open_answers))])
    begun = datetime(2026, 3, 2, 8, tzinfo=UTC)
    saves = [
        SavedAnswer("son_la", question, f"person {person}", begun + timedelta(minutes=minutes))
        for person in range(case["saves"])
        for question, minutes in (("Y2", 0), ("Y3", 2))
    ]
    row = tables.questions(report, saves).set_index("question").loc["Y3"]
    assert [row["n"], row["unknown"], row["unanswered"]] == [
        case[name] for name in ("sent", "unknown", "unanswered")
    ]
    expect = case["expect"]
    # As the page picks them out.
    assert (row["unknown"] + row["unanswered"] >= OFTEN * row["n"]) == expect["hard"]
    assert row["times"] == expect["times"]
    assert row["seconds"] == pytest.approx(number(expect["seconds"]), nan_ok=True)


def test_full_marks_by_figures_with_decimals_are_at_the_top():
    """D4 0.57 of 5.7 = 10 %, the target of 2030, though a computer makes 9.999999999999998 of it."""
    answer = Answer(AnswerState.ANSWERED, numerator=0.57, denominator=5.7)
    names = [member.id for member in MEMBERS.valid_on(date(2024, 12, 31))][:4]
    report = made({date(2024, 12, 31): {name: {"D4": answer} for name in names}})[0]
    found = next(one for one in ends(tables.sent_card(report)) if one.indicator == "D4")
    assert (found.n, found.top, found.bottom) == (4, 4, 0)


def some_card(seed: int, count: int) -> tuple[Scorecard, Framework]:
    chance = random.Random(seed)
    framework = a_framework(chance)
    answers = {f"library {n}": a_library(framework, chance)[0] for n in range(count)}
    return score(build_matrix(answers, framework), framework), framework


def plain(x: list[float], y: list[float]) -> tuple[int, float]:
    """Pearson's r with exact fractions and no array."""
    both = [(Fraction(a), Fraction(b)) for a, b in zip(x, y, strict=True) if a == a and b == b]
    n = len(both)
    if n < 4:
        return n, NONE
    sums = [sum(column) for column in zip(*[(a, b, a * b, a * a, b * b) for a, b in both], strict=True)]
    up = n * sums[2] - sums[0] * sums[1]
    below = (n * sums[3] - sums[0] ** 2) * (n * sums[4] - sums[1] ** 2)
    return n, float(up) / math.sqrt(below) if below else NONE


SEEDS, SIZES = st.integers(0, 10_000), st.integers(0, 14)


@FIXED
@given(SEEDS, SIZES)
def test_every_correlation_agrees_with_a_plain_computation(seed: int, count: int):
    card, framework = some_card(seed, count)
    names = card.matrix.indicators
    found = pairs(card, framework)
    assert len(found) == sum(len(d.indicators) * (len(d.indicators) - 1) // 2 for d in framework.dimensions)
    for one in found:
        x, y = (list(card.share[:, names.index(name)]) for name in (one.first, one.second))
        n, r = plain(x, y)
        assert one.n == n
        # A spread of one rounding step is none; where both have more, they agree.
        if one.known or r != r:
            assert one.r == pytest.approx(r, abs=1e-6, nan_ok=True)


@FIXED
@given(SEEDS, SIZES)
def test_every_indicator_agrees_with_the_rest_of_its_dimension_computed_plainly(seed: int, count: int):
    card, framework = some_card(seed, count)
    names, maximum = list(card.matrix.indicators), card.posts.maximum
    for one in with_the_rest(card, framework):
        inside = [
            names.index(i.id) for d in framework.dimensions if d.id == one.dimension for i in d.indicators
        ]
        own = names.index(one.first)
        rest = []
        for row in card.share:
            known = [other for other in inside if other != own and row[other] == row[other]]
            most = sum(maximum[other] for other in known)
            rest.append(float(sum(row[other] * maximum[other] for other in known) / most) if most else NONE)
        n, r = plain(list(card.share[:, own]), rest)
        assert one.n == n
        if one.known and r == r:
            assert one.r == pytest.approx(r, abs=1e-5)


@FIXED
@given(SEEDS, SIZES)
def test_influences_and_stated_parts_each_add_up_to_one(seed: int, count: int):
    card, framework = some_card(seed, count)
    found = influences(card)
    for told in (found, by_dimension(found, framework)):
        assert sum(one.stated for one in told) == pytest.approx(1, abs=1e-9)
        whole = sum(one.share for one in told)
        assert whole != whole or whole == pytest.approx(1, abs=1e-9)
    totals = card.points.sum(axis=1)
    assert (found[0].share == found[0].share) == (count >= 4 and np.ptp(totals) >= 1e-9)


@FIXED
@given(SEEDS, SIZES, st.randoms(use_true_random=False))
def test_the_order_of_the_libraries_changes_nothing(seed: int, count: int, chance: random.Random):
    card, framework = some_card(seed, count)
    libraries = list(card.libraries)
    chance.shuffle(libraries)
    again = score(card.matrix.rows(libraries), framework)

    def told(of: Scorecard) -> dict[tuple[str, ...], tuple[float, ...]]:
        related = [*pairs(of, framework), *with_the_rest(of, framework)]
        found = {(one.first, one.second): (one.n, one.r, one.critical) for one in related}
        found |= {("end", one.indicator): (one.n, one.top, one.bottom) for one in ends(of)}
        return found | {("pull", one.name): (one.share, one.stated) for one in influences(of)}

    first, second = told(card), told(again)
    assert first.keys() == second.keys()
    for name, values in first.items():
        assert second[name] == pytest.approx(values, abs=1e-9, nan_ok=True)


@pytest.mark.usefixtures("open_round")
def test_every_save_is_told_with_who_and_when_and_without_the_answer(store: Store, clock: Any):  # noqa: ANN401
    answer = Answer(AnswerState.ANSWERED, value=1.0)
    begun = clock.now
    for question, revision, minutes in (("A1", 0, 0), ("A2", 0, 2), ("A1", 1, 5)):
        clock.now = begun + timedelta(minutes=minutes)
        store.answers.save("2026", "son_la", question, answer, opened_revision=revision, by="an")
    saves = store.answers.saves("2026")
    assert [(one.library_id, one.question_id, one.saved_by) for one in saves] == [
        ("son_la", name, "an") for name in ("A1", "A2", "A1")
    ]
    assert [one.saved_at - begun for one in saves] == [timedelta(minutes=m) for m in (0, 2, 5)]
    assert saves[0].saved_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert store.answers.saves("2025") == ()
