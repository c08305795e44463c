"""Hand-worked verified scores that a librarian can check with a calculator: tests/cases/reviewed/."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_reviewed_scores import FRAMEWORK, SON_LA, report_of
from test_scoring_cases import answer_of, everything, number, verified_of

from report.round_report import SELF, VERIFIED, RoundReport
from survey.response import Document, Recorded

FILE = Path(__file__).parent / "cases/reviewed/verified_score.yaml"
CASES = yaml.safe_load(FILE.read_text(encoding="utf-8"))["cases"]
DECIDED = ("met", "reduced")


def recorded(name: str, given: dict[str, Any]) -> Recorded:
    question = FRAMEWORK.questions[name]
    papers = (Document(number=given["document"]),) if "document" in given else ()
    answer = replace(
        answer_of(question, given["answer"]), explanation=given.get("explained", ""), evidence=papers
    )
    reduced = answer_of(question, given["to"]) if given["review"] == "reduced" else None
    return Recorded(answer, 1, verified=given["review"] in DECIDED, reduced=reduced)


def entries(case: dict[str, Any]) -> dict[str, Recorded]:
    start = everything(FRAMEWORK, case.get("start", "nothing answered"))
    found = {
        name: Recorded(replace(answer, explanation="Có sổ"), 1, verified=True)
        for name, answer in start.items()
    }
    found |= {name: recorded(name, given) for name, given in case.get("answers", {}).items()}
    for names, review in case.get("reviews", {}).items():
        for name in verified_of(FRAMEWORK, [names]):
            found[name] = replace(found[name], verified=review in DECIDED)
    return found


def found_in(report: RoundReport, basis: str, field: str) -> float:
    card = report.card(basis)
    row = card.row(SON_LA)
    if field == "level":
        return float(card.level.level[row])
    if field in FRAMEWORK.indicators:
        return float(card.points[row, card.matrix.indicators.index(field)])
    return float(getattr(card.total, field)[row])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_verified_score_by_hand(case: dict[str, Any]):
    report, expect = report_of(entries(case)), case["expect"]
    for basis in (SELF, VERIFIED):
        for field, written in expect.get(basis, {}).items():
            found = found_in(report, basis, field)
            assert found == pytest.approx(number(written), abs=1e-9, rel=0, nan_ok=True), f"{basis} {field}"
    share = report.self_card.verified_share[report.self_card.row(SON_LA)]
    assert share == pytest.approx(number(expect["share"]), abs=1e-9, rel=0)
