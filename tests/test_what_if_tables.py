"""A library beside itself with other answers: the figures, the words of a path, and a report that stays as it was."""

import math
from dataclasses import replace
from datetime import date

import pytest

from report import path_words
from report.round_report import RoundReport, round_report
from report.tables import path, what_if
from report.what_if import base_digest, changed, fault_of
from scoring.demands import Goal
from scoring.path import Obstacle, Plan, cheapest_path
from scoring.planned_answers import planned_answers
from scoring.scorecard import score
from scoring.steps import possible_steps
from survey.framework import load_framework
from survey.framework.loading import DATA
from survey.members import load_members
from survey.response import Answer, AnswerState, Recorded, Response
from survey.rounds import Round
from survey.sample.reading import read_sample

REAL = load_framework(DATA / "frameworks" / "qd206.yaml").framework
SMALL = load_framework(DATA.parent / "tests/frameworks/reading_rooms.yaml").framework
GIVEN = AnswerState.ANSWERED
SON_LA, LAI_CHAU = "son_la", "lai_chau"


def ratio(a: float, b: float) -> Answer:
    return Answer(state=GIVEN, numerator=a, denominator=b)


def value(x: float) -> Answer:
    return Answer(state=GIVEN, value=x)


@pytest.fixture(scope="module")
def rounds() -> list[RoundReport]:
    return [
        round_report(
            filled.round_,
            REAL,
            load_members().valid_on(filled.round_.reference_date),
            {
                library: Response(
                    filled.round_.id,
                    library,
                    state=response.state,
                    recorded={
                        name: Recorded(answer, 1, verified=name in response.verified)
                        for name, answer in response.answers.items()
                    },
                )
                for library, response in filled.responses.items()
            },
            {},
        )
        for filled in read_sample()
    ]


@pytest.fixture(scope="module")
def newest(rounds: list[RoundReport]) -> RoundReport:
    return next(report for report in rounds if report.round.id == "2025-sau-sap-nhap")


@pytest.fixture(scope="module")
def son_la(newest: RoundReport) -> RoundReport:
    return newest.only([SON_LA])


def only(framework: object, answers: dict[str, Answer]) -> RoundReport:
    day = date(2025, 12, 31)
    recorded = {name: Recorded(answer, 1) for name, answer in answers.items()}
    response = {SON_LA: Response("r", SON_LA, recorded=recorded)}
    made = round_report(
        Round("r", "Đợt", "f", 1, day, day, day),
        framework,
        load_members().valid_on(day),
        response,
        {},  # type: ignore[arg-type]
    )
    return made.only([SON_LA])


def test_points_score_target_and_dimension_move_by_what_the_answer_brings(son_la: RoundReport):
    after = changed(son_la, SON_LA, {"B3": ratio(315, 450)})
    gain = (315 - 195) / 450 * 50
    whole = what_if.of_whole(son_la, after).set_index("figure")
    assert whole.loc["low", "difference"] == pytest.approx(100 * gain / son_la.self_card.total.applicable[0])
    dimensions = what_if.by_dimension(son_la, after).set_index("dimension")
    assert dimensions["difference"].tolist() == pytest.approx([0, gain, 0, 0], abs=1e-9)
    targets = what_if.by_target(son_la, after).set_index("target")
    assert targets["gained"].to_dict() == {"T1": False, "T2": False, "T3": True, "T5": False, "T6": False}
    back = what_if.by_target(after, son_la).set_index("target")
    assert back["lost"].to_dict() == targets["gained"].to_dict()
    [change] = what_if.by_change(son_la, after, {"B3": ratio(315, 450)}).to_dict("records")
    assert (change["before_text"], change["after_text"], change["difference_text"]) == (
        "195/450 (43,3\u00a0%)",
        "315/450 (70\u00a0%)",
        "+13,3",
    )


def test_a_changed_answer_is_verified_by_nobody_and_the_report_stays_as_it_was(newest: RoundReport):
    matrix, responses = newest.matrix, dict(newest.responses)
    after = changed(newest, SON_LA, {name: value(5) for name in ("A5", "A8", "C2", "D1")})
    for name in ("A5", "A8", "C2", "D1"):
        assert not after.responses[SON_LA].entry(name).verified
    assert newest.matrix is matrix
    assert dict(newest.responses) == responses
    assert base_digest(newest, SON_LA) == base_digest(changed(newest, SON_LA, {}), SON_LA)
    assert base_digest(newest, SON_LA) != base_digest(after, SON_LA)


def test_a_better_answer_arrives_sooner(rounds: list[RoundReport], son_la: RoundReport):
    earlier = [
        report
        for report in rounds
        if report.round.reference_date < son_la.round.reference_date and SON_LA in report.responses
    ]
    better = {"B9": value(1), "B3": ratio(450, 450), "D1": value(5), "C2": value(5)}
    row = (
        what_if.of_whole(son_la, changed(son_la, SON_LA, better), earlier=earlier)
        .set_index("figure")
        .loc["arrival"]
    )
    assert row["after"] < row["before"]
    assert row["difference_text"].startswith("−")


def test_without_earlier_rounds_the_year_of_arrival_says_why_there_is_none(son_la: RoundReport):
    row = what_if.of_whole(son_la, son_la).set_index("figure").loc["arrival"]
    assert math.isnan(row["after"])
    assert row["after_text"] == "Mới có 1 thời điểm"


def test_the_list_begins_with_most_points_and_leaves_out_what_does_not_apply(newest: RoundReport):
    rows = what_if.by_gain(newest.only([LAI_CHAU])).to_dict("records")
    missing = [row["missing"] for row in rows]
    assert missing == sorted(missing, reverse=True)
    assert all(row["state"] != "not_applicable" for row in rows)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(ratio(500, 450), "không thể lớn hơn", id="more than there are"),
        pytest.param(ratio(-1, 450), "không thể nhỏ hơn 0", id="negative"),
        pytest.param(ratio(1.5, 450), "phải là số nguyên", id="a part of a document"),
        pytest.param(Answer(state=GIVEN, numerator=5.0), "Còn thiếu", id="half given"),
        pytest.param(ratio(315, 450), None, id="sound"),
    ],
)
def test_a_fault_is_told_in_one_sentence(son_la: RoundReport, answer: Answer, words: str | None):
    found = fault_of(REAL, son_la.responses[SON_LA], {}, "B3", answer)
    assert (found is None) if words is None else (found is not None and words in found.vi)


def test_a_contradiction_that_was_there_before_stops_nobody():
    wrong = {"G1": value(20), "D2": ratio(10, 18)}
    response = only(REAL, wrong).responses[SON_LA]
    assert fault_of(REAL, response, {}, "D2", ratio(18, 18)) is None
    right = only(REAL, {**wrong, "D2": ratio(10, 20)}).responses[SON_LA]
    assert fault_of(REAL, right, {}, "D2", ratio(18, 18)) is not None


# ---- the path in words ----


def plan_of(report: RoundReport, goal: Goal, **choices: object) -> Plan:
    found = cheapest_path(report.matrix, report.framework, goal, **choices)  # type: ignore[arg-type]
    assert isinstance(found, Plan)
    return found


def test_the_rows_of_a_path_add_up_to_its_cost_and_its_points(newest: RoundReport):
    for library in (SON_LA, LAI_CHAU):
        report = newest.only([library])
        plan = plan_of(report, Goal(level=3 if library == LAI_CHAU else 4), reviewed=True)
        frame = path.of_plan(report, library, plan)
        assert frame["cost"].sum() == pytest.approx(plan.cost)
        gained = plan.card.total.earned[0] - report.self_card.total.earned[0]
        assert frame["gain"].sum() == pytest.approx(gained)
        assert frame["steps"].sum() == len(plan.steps)
        assert [row["dimension"] for row in path.by_dimension(report, library, plan)] == list("ABCD")
        for said in (path_words.summary(plan, REAL, "vi"), *frame["what"]):
            assert said
        assert ("60\u00a0%" in path_words.review_needed(plan, "vi")) is (library == SON_LA)


@pytest.mark.parametrize("library", [SON_LA, LAI_CHAU, "cao_bang"])
def test_the_planned_answers_score_what_the_plan_promised(newest: RoundReport, library: str):
    report = newest.only([library])
    plan = plan_of(report, Goal(targets=("T1",)))
    planned = planned_answers(plan.steps, report.responses[library].answers, REAL)
    after = changed(report, library, planned.answers)
    assert after.self_card.total.earned[0] >= plan.card.total.earned[0] - 1e-9
    [outcome] = [result.outcome for result in after.programme() if result.target == "T1"]
    assert outcome == "met"


@pytest.mark.parametrize(
    ("before", "steps", "words", "after"),
    [
        pytest.param({"D2": ratio(18, 20)}, ("D2", 2), "thêm 2 người", "20/20 (100\u00a0%)", id="persons"),
        pytest.param({"A5": value(1)}, ("A5", 2), "lên mức 3", "mức 3", id="levels"),
        pytest.param(
            {"A6": Answer(state=GIVEN, items=("A6.2",))}, ("A6", 2), "thêm 2 nội dung", "3/5", id="items"
        ),
        pytest.param({"B9": value(0)}, ("B9", 1), "chuyển câu trả lời thành «có»", "có", id="a yes"),
        pytest.param({}, ("A5", 1), "trả lời câu này", "mức 0", id="an answer alone"),
        pytest.param({}, ("A5", 2), "trả lời câu này, rồi lên mức 1", "mức 1", id="an answer, then a level"),
        pytest.param(
            {},
            ("B3", 2),
            "trả lời câu này, rồi đưa tỷ lệ tới 10\u00a0%",
            "10\u00a0%",
            id="a share of nobody knows what",
        ),
    ],
)
def test_what_is_to_be_done_is_said_in_the_indicators_own_words(
    before: dict[str, Answer], steps: tuple[str, int], words: str, after: str
):
    report, (name, count) = only(REAL, before), steps
    chain = possible_steps(report.matrix, REAL)[list(REAL.indicators).index(name)][:count]
    plan = Plan(Goal(), chain, float(count), report.matrix, score(report.matrix, REAL), 0.0)
    [row] = path.of_plan(report, SON_LA, plan).to_dict("records")
    assert (row["what"], row["after"]) == (words, after)


def test_where_fewer_is_better_the_path_takes_away():
    report = only(SMALL, {"X2": value(40)})
    chain = possible_steps(report.matrix, SMALL)[list(SMALL.indicators).index("X2")]
    assert chain[-1].x == 12
    assert path.what_to_do(SMALL.indicators["X2"], chain, "vi").startswith("bớt 28")


def test_an_unknown_whole_is_written_in_whole_parts():
    report = only(REAL, {})
    chain = possible_steps(report.matrix, REAL)[list(REAL.indicators).index("A11")][:3]
    found = planned_answers(chain, {}, REAL)
    assert found.assumed == ("A11",)
    # Two tenths of the way to 80 % are 16 %.
    assert found.answers["A11"].same_figures(ratio(16, 100))
    finer = [replace(chain[-1], x=8.5)]
    assert planned_answers(finer, {}, REAL).answers["A11"].same_figures(ratio(85, 1000))


def test_words_for_goals_and_obstacles(son_la: RoundReport):
    assert path_words.goal_name(Goal(level=4), REAL, "vi") == "mức 4 · Nâng cao"
    assert path_words.goal_name(Goal(score=65.5), REAL, "vi") == "65,5 điểm"
    assert path_words.goal_name(Goal(targets=("T5",)), REAL, "vi") == "T5 · Đào tạo, bồi dưỡng nhân lực"
    said = [path_words.obstacle(found, Goal(level=4), son_la, SON_LA, "vi") for found in Obstacle]
    assert len(set(said)) == 3
    assert any("60\u00a0%" in words for words in said)
    reached = plan_of(son_la, Goal(level=1))
    assert path_words.summary(reached, REAL, "vi") == "Đã đạt «mức 1 · Khởi động», không cần làm gì thêm."
    assert path_words.review_needed(reached, "vi") == ""
