"""Faults and questions about a questionnaire, worked by hand at their edges: tests/cases/checks/answers.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_scoring_cases import PROJECT, answer_of, framework_of

from survey.checks import HARD, find_problems
from survey.response import Answer, AnswerState, Recorded, Response

FILE = yaml.safe_load((Path(__file__).parent / "cases/checks/answers.yaml").read_text(encoding="utf-8"))
REAL = framework_of(str(PROJECT / FILE["framework"]))


def answer(name: str, given: object) -> Answer:
    """An answer as the cases write it, or what a form could not have given: a text, a yes that is 2."""
    if not isinstance(given, dict):
        return answer_of(REAL.questions[name], given)
    if "unreadable" in given:
        return Answer(AnswerState.ANSWERED, typed={"value": given["unreadable"]})
    return Answer(AnswerState.ANSWERED, value=float(given["value"]))


def response(answers: dict[str, object]) -> Response:
    recorded = {name: Recorded(answer(name, given), revision=1) for name, given in answers.items()}
    return Response("now", "own", recorded=recorded)


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["name"])
def test_what_is_found_at_an_edge(case: dict[str, Any]):
    before = response(case["last"]) if "last" in case else None
    found = [
        f"{'fault' if one.severity == HARD else 'ask'} {one.question_id} {one.code}"
        for one in find_problems(REAL, response(case["answers"]), before)
    ]
    assert found == case["finds"]


def test_every_relation_between_two_answers_is_worked_by_hand():
    found = {line.split()[-1] for case in FILE["cases"] for line in case["finds"]}
    assert {check.id for check in REAL.checks} <= found
    names = [case["name"] for case in FILE["cases"]]
    assert len(set(names)) == len(names)
