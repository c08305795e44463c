"""Verified scores follow the reviewers' decisions, worked by hand; self scores do not move."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from report.round_report import VERIFIED, RoundReport, round_report
from report.tables import overclaim, scores
from scoring.reviewed import matrix_of_responses, standing_answer
from survey.errors import DefinitionError
from survey.framework import load_framework
from survey.framework.loading import DATA
from survey.members import load_members
from survey.reasons import load_review_reasons, reasons_for, review_reasons
from survey.response import Answer, AnswerState, Document, Recorded, Response, ResponseState
from survey.review import Verdict
from survey.rounds import Round

FRAMEWORK = load_framework(DATA / "frameworks" / "qd206.yaml").framework
ROUND = Round("2026", "Đợt 2026", "qd206", 1, date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 31))
SON_LA, LAI_CHAU = "son_la", "lai_chau"


def ratio(a: float) -> Answer:
    return Answer(AnswerState.ANSWERED, numerator=a, denominator=100)


# B1: 35 points at 100 %. B2: 20 points at 100 %. A5: 30 points at level 5.
CLAIMED = {
    "B1": Recorded(ratio(80), 1, verified=True, reduced=ratio(60)),  # claimed 28.0, let stand 21.0
    "B2": Recorded(ratio(70), 1, verified=True),  # claimed and let stand 14.0
    "A5": Recorded(Answer(AnswerState.ANSWERED, value=5), 1),  # claimed 30.0, nobody decided
}
UNDECIDED = {name: replace(entry, verified=False, reduced=None) for name, entry in CLAIMED.items()}


def report_of(recorded: dict[str, Recorded]) -> RoundReport:
    members = [member for member in load_members().members if member.id in (SON_LA, LAI_CHAU)]
    return round_report(ROUND, FRAMEWORK, members, {SON_LA: Response("2026", SON_LA, recorded=recorded)}, {})


def points(report: RoundReport, basis: str = "self") -> dict[str, float]:
    frame = scores.by_indicator(report, basis=basis)
    own = frame[(frame["library"] == SON_LA) & (frame["points"] > 0)]
    return dict(zip(own["indicator"], own["points"], strict=True))


def test_points_by_hand():
    report = report_of(CLAIMED)
    assert points(report) == pytest.approx({"B1": 28, "B2": 14, "A5": 30})
    assert points(report, VERIFIED) == pytest.approx({"B1": 21, "B2": 14})


def test_a_faulty_answer_stands_only_as_the_reviewer_lowered_it():
    lowered, accepted = CLAIMED["B1"], CLAIMED["B2"]
    assert standing_answer(FRAMEWORK, "B1", lowered, sound=False) == lowered.reduced
    assert standing_answer(FRAMEWORK, "B2", accepted, sound=False) is None
    assert standing_answer(FRAMEWORK, "B2", accepted, sound=True) == accepted.answer


def test_scores_and_the_share_verified_by_hand():
    report = report_of(CLAIMED)
    row = report.self_card.row(SON_LA)
    assert report.self_card.total.low[row] == pytest.approx(7.2)
    assert report.verified_card.total.low[row] == pytest.approx(3.5)
    assert report.self_card.verified_share[row] == pytest.approx(35 / 72)
    assert report.self_card.verified_share[report.self_card.row(LAI_CHAU)] == 0


def test_decisions_do_not_move_self_scores():
    with_decisions, without = report_of(CLAIMED).self_card, report_of(UNDECIDED).self_card
    assert (with_decisions.total.low == without.total.low).all()
    assert (with_decisions.points == without.points).all()
    assert (with_decisions.dimensions.high == without.dimensions.high).all()


def test_a_value_above_the_own_one_adds_nothing_to_the_share():
    higher = {"B1": replace(CLAIMED["B1"], reduced=ratio(90))}
    report = report_of(higher)
    assert report.self_card.verified_share[report.self_card.row(SON_LA)] == 1


def test_a_faulty_answer_counts_as_the_reviewer_reads_it():
    faulty = {"B1": Recorded(ratio(120), 1, verified=True, reduced=ratio(60))}
    report = report_of(faulty)
    assert points(report) == {}
    assert points(report, VERIFIED) == pytest.approx({"B1": 21})


def test_what_was_lowered_follows_its_library_through_parts_and_choices():
    responses = {
        SON_LA: Response("2026", SON_LA, recorded=CLAIMED),
        LAI_CHAU: Response("2026", LAI_CHAU, recorded=UNDECIDED),
    }
    matrix = matrix_of_responses(responses, FRAMEWORK)
    column = matrix.indicators.index("B1")
    for part in (matrix.part(0, 1), matrix.rows([SON_LA])):
        assert part.confirmed is not None
        assert part.confirmed[0, column] == 60
    nobody = matrix_of_responses({LAI_CHAU: responses[LAI_CHAU]}, FRAMEWORK)
    assert nobody.confirmed is None
    assert nobody.rows([LAI_CHAU]).confirmed is None


# D1: 35 points at level 5, and the programme makes it mandatory with evidence; C7 is mandatory, with no evidence asked.
PLAN = Answer(AnswerState.ANSWERED, value=4)
D1 = Recorded(PLAN, 1, verified=True)


@pytest.mark.parametrize(
    ("entry", "stands"),
    [
        pytest.param(D1, 0, id="neither evidence nor explanation"),
        pytest.param(replace(D1, answer=replace(PLAN, explanation="  ")), 0, id="blank explanation"),
        pytest.param(replace(D1, answer=replace(PLAN, explanation="Đề án số 12")), 28, id="explained"),
        pytest.param(replace(D1, answer=replace(PLAN, evidence=(Document(number="12"),))), 28, id="evidence"),
        pytest.param(replace(D1, answer=replace(PLAN, evidence=(Document(),))), 0, id="blank evidence"),
        pytest.param(replace(D1, reduced=replace(PLAN, value=3)), 0, id="lowered and still unproven"),
    ],
)
def test_a_mandatory_item_without_proof_counts_0_in_the_verified_score_only(entry: Recorded, stands: float):
    report = report_of({"D1": entry})
    assert points(report) == pytest.approx({"D1": 28})
    assert points(report, VERIFIED) == (pytest.approx({"D1": stands}) if stands else {})
    card, row = report.verified_card, report.verified_card.row(SON_LA)
    assert card.total.coverage[row] == pytest.approx(0.035)
    assert card.total.high[row] == pytest.approx(100 - 3.5 + stands / 10)
    assert report.self_card.verified_share[row] == pytest.approx(stands / 28)


def test_a_mandatory_item_that_nobody_decided_about_stays_open_in_the_verified_score():
    report = report_of({"D1": replace(D1, verified=False)})
    row = report.verified_card.row(SON_LA)
    assert report.verified_card.total.coverage[row] == 0
    assert report.verified_card.total.high[row] == 100


def test_an_item_that_needs_no_evidence_or_is_not_mandatory_stands_without_it():
    shared = Answer(AnswerState.ANSWERED, numerator=6, denominator=12)
    entries = {"C7": Recorded(shared, 1, verified=True), "A8": Recorded(PLAN, 1, verified=True)}
    assert points(report_of(entries), VERIFIED) == pytest.approx({"C7": 17.5, "A8": 32})


def test_a_mandatory_share_without_proof_keeps_its_denominator_for_the_federation():
    trained = Answer(AnswerState.ANSWERED, numerator=20, denominator=20)
    report = report_of({"D2": Recorded(trained, 1, verified=True)})
    sent = replace(report.responses[SON_LA], state=ResponseState.UNDER_REVIEW)
    report = replace(report, responses={**report.responses, SON_LA: sent})
    by_basis = {
        basis: next(one for one in report.federation(basis) if one.target == "T5")
        for basis in ("self", VERIFIED)
    }
    assert (by_basis["self"].numerator, by_basis["self"].denominator) == (20, 20)
    assert (by_basis[VERIFIED].numerator, by_basis[VERIFIED].denominator) == (0, 20)


def test_over_claim_by_library_and_indicator():
    report = report_of(CLAIMED)
    (library,) = overclaim.by_library(report).to_dict("records")
    assert (library["library"], library["decided"]) == (SON_LA, 2)
    assert (library["claimed"], library["verified"], library["over"]) == pytest.approx((42, 35, 7))
    assert list(overclaim.by_indicator(report)["indicator"]) == ["B1", "B2"]
    assert list(overclaim.by_indicator(report)["over"]) == pytest.approx([7, 0])
    assert overclaim.by_library(report_of(UNDECIDED)).empty


def test_reasons_are_data_with_words_in_both_languages():
    assert all(reason.label.vi and reason.label.en for reason in review_reasons().values())
    assert set(reasons_for(Verdict.REDUCED)) < set(review_reasons())
    assert "unclear" in reasons_for(Verdict.MORE)
    assert reasons_for(Verdict.MET) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("other:\n  label: {vi: Khác, en: Other}\n  for: [more]\n", "'reduced' has no reason"),
        ("other:\n  label: {vi: Khác, en: Other}\n  for: [less]\n", "other"),
    ],
)
def test_a_faulty_list_of_reasons_is_refused_with_its_place(tmp_path: Path, text: str, words: str):
    file = tmp_path / "reasons.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=words):
        load_review_reasons(file)
