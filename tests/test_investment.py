"""A measure bought together: worked by hand for two libraries, and never less than before for any."""

import math
import random
from datetime import date

import pytest
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
NO_DATA, NOT_APPLICABLE = Answer(state=AnswerState.UNKNOWN), Answer(state=AnswerState.NOT_APPLICABLE)


def ratio(a: float, b: float) -> Answer:
    return Answer(state=GIVEN, numerator=a, denominator=b)


def value(x: float) -> Answer:
    return Answer(state=GIVEN, value=x)


def lift_one(name: str, answer: Answer, **brings: object) -> Answer:
    return lifted(REAL.indicators[name], answer, Lift(name, **brings), REAL)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "before", "brings", "after"),
    [
        pytest.param("A5", value(1), {"at_least": 3}, value(3), id="a level is raised"),
        pytest.param("A5", value(4), {"at_least": 3}, value(4), id="a higher level stays"),
        pytest.param("A5", NO_DATA, {"at_least": 3}, value(3), id="a level that is not known is known then"),
        pytest.param(
            "A5", NOT_APPLICABLE, {"at_least": 3}, NOT_APPLICABLE, id="what does not apply stays so"
        ),
        pytest.param("B9", value(0), {"at_least": 1}, value(1), id="no becomes yes"),
        pytest.param(
            "A6",
            Answer(state=GIVEN, items=("A6.2",)),
            {"items": ("A6.1", "A6.2")},
            Answer(state=GIVEN, items=("A6.1", "A6.2")),
            id="items are put together",
        ),
        pytest.param("B3", ratio(195, 450), {"added": 100}, ratio(295, 450), id="documents are added"),
        pytest.param("B3", ratio(400, 450), {"added": 100}, ratio(450, 450), id="never more than there are"),
        pytest.param(
            "B3", ratio(1, 3), {"at_least": 50}, ratio(2, 3), id="a share is rounded up to whole documents"
        ),
        pytest.param("B3", ratio(3, 3), {"at_least": 50}, ratio(3, 3), id="a higher share stays"),
        pytest.param("B3", NO_DATA, {"added": 100}, NO_DATA, id="nothing is added to what is not known"),
        pytest.param("B5", value(1000), {"added": 500}, value(1500), id="pages are added"),
        pytest.param("B5", NO_DATA, {"added": 500}, NO_DATA, id="no pages to add to"),
        pytest.param("A3", value(80), {"at_least": 300}, value(300), id="a line of so much"),
    ],
)
def test_what_a_measure_makes_of_an_answer(
    name: str, before: Answer, brings: dict[str, object], after: Answer
):
    assert lift_one(name, before, **brings).same_figures(after)


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
