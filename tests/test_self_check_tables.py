"""What the chair's page is made of: only those who sent count, and no time is told from a few saves."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from report.round_report import RoundReport, round_report
from report.tables import learning, self_check
from survey.framework import load_framework
from survey.members import load_members
from survey.response import Answer, AnswerState, Recorded, Response, ResponseState, SavedAnswer
from survey.rounds import Round

FRAMEWORK = load_framework(Path(__file__).resolve().parents[1] / "data/frameworks/qd206.yaml").framework
DAY = date(2025, 6, 30)
MEMBERS = load_members().valid_on(DAY)
BEGUN = datetime(2026, 3, 2, 8, tzinfo=UTC)
SENT, DRAFT = ResponseState.SUBMITTED, ResponseState.DRAFT


def response(library: str, met: float, state: ResponseState = SENT, round_id: str = "now") -> Response:
    """D3 counts people, C4 is yes or no; B1 is not known."""
    answers = {
        "D3": Answer(AnswerState.ANSWERED, value=met),
        "C4": Answer(AnswerState.ANSWERED, value=1.0),
        "B1": Answer(AnswerState.UNKNOWN, reason="chưa đếm"),
    }
    recorded = {name: Recorded(answer, revision=1) for name, answer in answers.items()}
    return Response(round_id, library, state=state, recorded=recorded)


def report(met: dict[str, float], drafts: dict[str, float], round_id: str = "now") -> RoundReport:
    round_ = Round(round_id, round_id, FRAMEWORK.id, FRAMEWORK.version, DAY, DAY, DAY)
    responses = {name: response(name, x, round_id=round_id) for name, x in met.items()}
    responses |= {name: response(name, x, DRAFT, round_id) for name, x in drafts.items()}
    return round_report(round_, FRAMEWORK, MEMBERS, responses, {})


NAMES = [member.id for member in MEMBERS]
FIVE = dict(zip(NAMES, (0.0, 1.0, 2.0, 1.0, 0.0), strict=False))


def test_only_libraries_that_sent_count():
    shown = report(FIVE, {NAMES[5]: 2.0})
    asked = self_check.questions(shown, ()).set_index("question")
    assert set(asked["n"]) == {5}
    assert (asked.loc["B1", "unknown"], asked.loc["B1", "unanswered"]) == (5, 0)
    assert (asked.loc["A1", "unknown"], asked.loc["A1", "unanswered"]) == (0, 5)
    [crowded] = self_check.crowded_ends(shown).to_dict("records")
    assert (crowded["indicator"], crowded["n"], crowded["top"], crowded["at_top"]) == ("C4", 5, 5, True)


def test_the_one_indicator_that_differs_makes_all_the_difference():
    dimensions, indicators = self_check.influences(report(FIVE, {}))
    shares = indicators.set_index("name")["share"]
    assert shares["D3"] == pytest.approx(1)
    assert shares.sum() == pytest.approx(1)
    assert next(iter(indicators["name"])) == "D3"
    assert dimensions.set_index("name")["share"]["D"] == pytest.approx(1)
    assert dimensions["stated"].sum() == pytest.approx(1)


def test_nothing_is_worked_out_from_three_libraries():
    three = report(dict(list(FIVE.items())[:3]), {})
    assert self_check.correlations(three)["r"].isna().all()
    assert self_check.influences(three)[1]["share"].isna().all()
    assert self_check.crowded_ends(three).empty


def saves(times: int) -> Iterator[SavedAnswer]:
    """Each person saves A1, and A2 two minutes later."""
    for person in range(times):
        yield SavedAnswer("son_la", "A1", f"person {person}", BEGUN)
        yield SavedAnswer("son_la", "A2", f"person {person}", BEGUN + timedelta(minutes=2))


@pytest.mark.parametrize(("times", "told"), [(4, False), (5, True)])
def test_a_time_is_told_from_five_saves_on(times: int, told: bool):
    row = self_check.questions(report(FIVE, {}), saves(times)).set_index("question").loc["A2"]
    assert row["times"] == times
    assert row["seconds"] == pytest.approx(120 if told else float("nan"), nan_ok=True)


def test_a_draft_is_no_example_and_the_last_round_tells_who_rose():
    own, rose, draft = NAMES[0], NAMES[1], NAMES[5]
    now = report({own: 0.0, rose: 2.0, NAMES[2]: 1.0}, {draft: 2.0})
    before = report({own: 0.0, rose: 1.0, NAMES[2]: 1.0}, {}, "before")
    found = learning.of_library(now, before, own)
    told = {one.library: one for one in found.examples["D3"]}
    assert own not in told
    assert draft not in told
    assert told[rose].reached_last
    assert told[rose].among_risers
    assert NAMES[2] not in told or not told[NAMES[2]].among_risers
    alone = {one.library: one for one in learning.of_library(now, None, own).examples["D3"]}
    assert alone[rose].rise != alone[rose].rise
    assert not alone[rose].among_risers
