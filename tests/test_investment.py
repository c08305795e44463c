"""A measure bought together: worked by hand for two libraries, and never less than before for any."""

import math
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_scoring_cases import answer_of, framework_of, number
from test_scoring_properties import a_framework, an_answer

from report.round_report import RoundReport, round_report
from report.tables import investment as table
from report.what_if import changed_together
from scoring.investment import Lift, cost_per_point, invest, lifted
from scoring.matrix import build_matrix
from scoring.scorecard import score
from survey.framework import Framework, load_framework
from survey.framework.loading import DATA
from survey.members import load_members
from survey.response import Answer, AnswerState, Recorded, Response, ResponseState
from survey.rounds import Round

REAL = load_framework(DATA / "frameworks" / "qd206.yaml").framework
GIVEN = AnswerState.ANSWERED
DAY = date(2025, 12, 31)
MEMBERS = load_members().valid_on(DAY)
CASES = yaml.safe_load(
    (Path(__file__).parent / "cases/investment/investment.yaml").read_text(encoding="utf-8")
)


def ratio(a: float, b: float) -> Answer:
    return Answer(state=GIVEN, numerator=a, denominator=b)


def value(x: float) -> Answer:
    return Answer(state=GIVEN, value=x)


def lift_of(name: str, brings: dict[str, Any]) -> Lift:
    return Lift(name, **{key: tuple(one) if key == "items" else float(one) for key, one in brings.items()})


def sent(libraries: dict[str, dict[str, Any]]) -> RoundReport:
    """A round of the ten members that these libraries have sent; the others have not begun."""
    responses = {
        library: Response(
            "r",
            library,
            ResponseState.SUBMITTED,
            recorded={name: Recorded(answer_of(REAL.indicators[name], one), 1) for name, one in own.items()},
        )
        for library, own in libraries.items()
    }
    return round_report(Round("r", "Đợt", "qd206", 1, DAY, DAY, DAY), REAL, MEMBERS, responses, {})


@pytest.mark.parametrize("case", CASES["lifts"], ids=lambda case: case["name"])
def test_what_a_measure_makes_of_an_answer(case: dict[str, Any]):
    framework = framework_of(case.get("framework", CASES["framework"]))
    indicator = framework.indicators[case["question"]]
    before, after = (answer_of(indicator, case[time]) for time in ("before", "after"))
    assert lifted(indicator, before, lift_of(case["question"], case["brings"]), framework).same_figures(after)


@pytest.mark.parametrize("case", CASES["measures"], ids=lambda case: case["name"])
def test_a_measure_worked_by_hand(case: dict[str, Any]):
    expect, before = case["expect"], sent(case["libraries"])
    answers = {library: response.answers for library, response in before.responses.items()}
    lifts = [lift_of(name, brings) for name, brings in case["lifts"].items()]
    taking_part = case.get("takes_part", list(case["libraries"]))
    found = invest(answers, REAL, lifts, taking_part)
    after = changed_together(before, found.changes)
    rows = {row["library"]: row for row in table.by_library(before, after, taking_part).to_dict("records")}
    points = {library: [row["before"], row["after"]] for library, row in rows.items()}
    assert points == {
        library: pytest.approx([number(one) for one in pair]) for library, pair in expect["points"].items()
    }
    for library, gained in expect.get("gained", {}).items():
        assert rows[library]["gained"] == gained
    for library, kept in expect.get("stays", {}).items():
        assert after.self_card.total.earned[after.self_card.row(library)] == pytest.approx(kept)
    if "cost_per_point" in expect:
        price = cost_per_point(case["cost"], sum(row["gain"] for row in rows.values()))
        assert price == pytest.approx(number(expect["cost_per_point"]), nan_ok=True)
    assert [" ".join(one) for one in found.without_effect] == expect.get("without_effect", [])
    federation = table.of_federation(before, after).set_index("target")
    for target, fields in expect.get("federation", {}).items():
        assert federation.loc[target, list(fields)].to_dict() == pytest.approx(fields)


def test_every_case_has_a_name_of_its_own_and_shows_its_work():
    for cases in (CASES["lifts"], CASES["measures"]):
        assert len({case["name"] for case in cases}) == len(cases) >= 10
        assert all(case["work"] for case in cases)


@pytest.mark.parametrize("seed", range(60))
def test_no_answer_and_no_library_is_ever_worse_off(seed: int):
    chance = random.Random(f"investment {seed}")
    framework = a_framework(chance)
    answers = {
        library: {name: an_answer(one, chance, gaps=0.2) for name, one in framework.indicators.items()}
        for library in ("l", "m", "n")
    }
    lifts = [a_lift(framework, name, chance) for name in framework.indicators]
    found = invest(answers, framework, lifts, ["l", "m"])
    after = {library: {**own, **found.changes.get(library, {})} for library, own in answers.items()}
    was, now = (score(build_matrix(given, framework), framework) for given in (answers, after))
    assert (now.points >= was.points - 1e-9).all()
    assert (now.total.coverage >= was.total.coverage - 1e-9).all()
    assert after["n"] == answers["n"]
    assert {name for library in ("l", "m") for name in found.changes.get(library, {})} <= set(
        framework.indicators
    )
    for library, name in found.without_effect:
        assert after[library][name] == answers[library][name]


def a_lift(framework: Framework, name: str, chance: random.Random) -> Lift:
    indicator = framework.indicators[name]
    if indicator.kind == "checklist":
        ids = [item.id for item in indicator.items]
        return Lift(name, items=tuple(chance.sample(ids, chance.randint(0, len(ids)))))
    if indicator.kind in ("ratio", "number") and chance.random() < 0.5:
        return Lift(name, added=float(chance.randint(0, 200)))
    top = {"ratio": 100, "number": 500, "level": 5, "yesno": 1}[indicator.kind]
    return Lift(name, at_least=float(chance.randint(0, top)))


def test_a_point_that_is_not_gained_has_no_price():
    assert cost_per_point(900.0, 60.0) == 15.0
    assert math.isnan(cost_per_point(900.0, 0.0))


@pytest.fixture(scope="module")
def two() -> RoundReport:
    """Sơn La: B3 100 of 200, C10 no; Lai Châu: B3 150 of 200, C10 yes; the others have not begun."""
    given = {"son_la": (ratio(100, 200), value(0)), "lai_chau": (ratio(150, 200), value(1))}
    responses = {
        library: Response(
            "r", library, ResponseState.SUBMITTED, recorded={"B3": Recorded(b3, 1), "C10": Recorded(c10, 1)}
        )
        for library, (b3, c10) in given.items()
    }
    return round_report(Round("r", "Đợt", "qd206", 1, DAY, DAY, DAY), REAL, MEMBERS, responses, {})


def test_the_table_is_what_a_calculator_says(two: RoundReport):
    answers = {library: response.answers for library, response in two.responses.items()}
    lifts = [Lift("B3", added=80), Lift("C10", at_least=1)]
    found = invest(answers, REAL, lifts, ["son_la", "lai_chau"])
    after = changed_together(two, found.changes)
    rows = table.by_library(two, after, ["lai_chau", "son_la"]).to_dict("records")
    # Sơn La: B3 100/200 x 50 = 25, then 180/200 x 50 = 45; C10 0, then 15: 35 more, and T3 and T6 are met.
    # Lai Châu: B3 150/200 x 50 = 37.5, then 200/200 x 50 = 50 (80 more would be 230): 12.5 more; T3, T6 were met.
    assert [(row["library"], row["before"], row["after"], row["gain"]) for row in rows] == [
        ("son_la", 25.0, 60.0, 35.0),
        ("lai_chau", 52.5, 65.0, 12.5),
    ]
    assert [(row["gained"], row["lost"]) for row in rows] == [("T3, T6", ""), ("", "")]
    federation = {row["target"]: row for row in table.of_federation(two, after).to_dict("records")}
    # T3 is pooled: 250/400 = 62.5 %, then 380/400 = 95 %; T6 counts all ten members: 1/10, then 2/10.
    assert (federation["T3"]["before"], federation["T3"]["after"]) == (62.5, 95.0)
    assert federation["T3"]["after_text"] == "380/400 (95\u00a0%)"
    assert (federation["T6"]["met_before"], federation["T6"]["met_after"]) == (1, 2)
    assert federation["T6"]["after_text"] == "2/10 (20\u00a0%)"
    assert found.without_effect == (("lai_chau", "C10"),)
    assert two.responses["son_la"].answer("B3") == ratio(100, 200)
