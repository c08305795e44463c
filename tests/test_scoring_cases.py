"""Hand-worked cases that a librarian can check with a calculator: tests/cases/*.yaml."""

import csv
import io
import math
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.levels import NO_LEVEL
from scoring.lifting import shortest_lift
from scoring.matrix import build_matrix
from scoring.programme import federation_results, library_results
from scoring.scorecard import Scorecard, score
from scoring.scores_csv import write_scores
from survey.framework import AnyQuestion, Framework, ProvinceTarget, load_framework
from survey.response import Answer, AnswerState

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = Path(__file__).resolve().parent / "cases"
STATES = {
    "don't know": AnswerState.UNKNOWN,
    "not applicable": AnswerState.NOT_APPLICABLE,
    "not answered": AnswerState.UNANSWERED,
}
PUBLISHED = {"score", "low", "high", "points", "coverage", "level"}
GATES = ("weakest", "key", "verified", "floor")
OF_THE_PROGRAMME = ("programme", "binding", "federation", "outcomes", "outlook")
LIBRARY = "library 1"


@cache
def framework_of(path: str) -> Framework:
    return load_framework(PROJECT / path).framework


def all_cases() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for case in content["cases"]:
            yield pytest.param(content["framework"], case, id=f"{file.stem}: {case['name']}")


CASES = list(all_cases())


def answer_of(question: AnyQuestion, given: object) -> Answer:
    """Read an answer as the cases write it: 12 of 24, 3, yes, 3 items, [A6.1], don't know."""
    if isinstance(given, str) and given in STATES:
        return Answer(state=STATES[given])
    answered = AnswerState.ANSWERED
    if question.kind == "ratio":
        numerator, denominator = str(given).split(" of ")
        return Answer(state=answered, numerator=float(numerator), denominator=float(denominator))
    if question.kind == "checklist":
        if isinstance(given, str):
            count = int(given.removesuffix(" items"))
            given = [item.id for item in question.items[:count]]
        return Answer(state=answered, items=tuple(given))
    if question.kind in ("yesno", "flag"):
        assert isinstance(given, bool), f"{question.id} is answered yes or no"
        return Answer(state=answered, value=float(given))
    return Answer(state=answered, value=float(str(given)))


def everything(framework: Framework, words: str) -> dict[str, Answer]:
    """The answers of `everything at 2030`, `everything at 0` and `everything not applicable`."""
    if words == "nothing answered":
        return {}
    if words == "everything not applicable":
        return {name: Answer(state=AnswerState.NOT_APPLICABLE) for name in framework.indicators}
    year = int(words.removeprefix("everything at "))
    answers = {}
    for name, indicator in framework.indicators.items():
        x = indicator.target(year).value if year else indicator.zero
        given: object = x
        if indicator.kind == "ratio":
            given = f"{x} of 100"
        elif indicator.kind == "checklist":
            given = f"{x:.0f} items"
        elif indicator.kind == "yesno":
            given = bool(x)
        answers[name] = answer_of(indicator, given)
    return answers


def answers_of(framework: Framework, library: dict[str, Any]) -> dict[str, Answer]:
    answers = everything(framework, library.get("start", "nothing answered"))
    dimensions = {d.id: d for d in framework.dimensions}
    for name, given in library["answers"].items():
        if name not in dimensions:
            answers[name] = answer_of(framework.questions[name], given)
            continue
        whole = everything(framework, given) if given not in STATES else {}
        for indicator in dimensions[name].indicators:
            answers[indicator.id] = whole.get(indicator.id) or answer_of(indicator, given)
    return answers


def library_groups(case: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the case says of each library, by its name."""
    groups = case.get("libraries") or [{"count": 1, **case}]
    given = [group for group in groups for _ in range(group["count"])]
    return {f"library {number}": group for number, group in enumerate(given, start=1)}


def with_own_figures(framework: Framework, groups: dict[str, dict[str, Any]]) -> Framework:
    """The framework with what the plans of some libraries' provinces ask for by its first milestone."""
    own = tuple(
        ProvinceTarget.model_construct(
            library=library, indicator=name, year=framework.first_milestone, value=value
        )
        for library, group in groups.items()
        for name, value in group.get("province", {}).items()
    )
    return framework.model_copy(update={"province_targets": own}) if own else framework


def verified_of(framework: Framework, names: list[str]) -> frozenset[str]:
    dimensions = {d.id: [i.id for i in d.indicators] for d in framework.dimensions}
    return frozenset(indicator for name in names for indicator in dimensions.get(name, [name]))


def number(written: object) -> float:
    """A figure of a case; none is what cannot be stated."""
    return math.nan if written == "none" else float(Fraction(str(written)))


def published(card: Scorecard, framework: Framework) -> dict[tuple[str, str], dict[str, str]]:
    """The rows of the first library in the CSV that is handed out, by scope and id."""
    out = io.StringIO()
    write_scores(card, framework, out)
    rows = csv.DictReader(io.StringIO(out.getvalue()))
    return {(row["scope"], row["id"]): row for row in rows if row["library"] == LIBRARY}


def beside(card: Scorecard, framework: Framework, name: str) -> dict[str, object]:
    """What the scorecard says of the first library besides the published columns."""
    if name == "total":
        caps = card.level
        allowed = dict(
            zip(GATES, (caps.weakest_cap, caps.key_cap, caps.verified_cap, caps.floor_cap), strict=True)
        )
        return {
            "line": card.total.line[0],
            "by_score": _level(caps.by_score[0]),
            "held_by": [gate for gate in GATES if allowed[gate][0] < caps.by_score[0]],
            "lift": lift_of(card, framework),
            "reach": _level(card.reach.level[0]),
            "verified": card.verified_share[0],
            "open": card.unknowns[0],
        }
    dimensions = [d.id for d in framework.dimensions]
    if name in dimensions:
        column = dimensions.index(name)
        return {
            "line": card.dimensions.line[0, column],
            "reach": _level(card.dimension_reach[0, column]),
        }
    column = card.matrix.indicators.index(name)
    return {"first": card.share_first[0, column], "uncapped": card.uncapped[0, column]}


def lift_of(card: Scorecard, framework: Framework) -> object:
    lift = shortest_lift(card, framework, LIBRARY)
    if lift is None:
        return "none"
    return {
        "level": lift.level,
        "answers": [one.indicator for one in lift.answers],
        "verified": list(lift.verified),
    }


def _level(level: int) -> float:
    return math.nan if level == NO_LEVEL else float(level)


def scope_of(framework: Framework, name: str) -> str:
    if name == "total":
        return "total"
    return "dimension" if name in {d.id for d in framework.dimensions} else "indicator"


def check_figures(card: Scorecard, framework: Framework, name: str, expected: dict[str, Any]) -> None:
    row = published(card, framework)[scope_of(framework, name), name]
    other = beside(card, framework, name)
    for field, written in expected.items():
        if field in ("held_by", "lift"):
            assert other[field] == written, f"{name} {field}"
            continue
        column = "max_points" if field == "of" else field
        found: object = float(row[column] or "nan") if column in {*PUBLISHED, "max_points"} else other[field]
        assert found == pytest.approx(number(written), abs=1e-9, rel=0, nan_ok=True), f"{name} {field}"


def check_programme(
    card: Scorecard, framework: Framework, given: dict[str, Any], case: dict[str, Any]
) -> None:
    expected = case["expect"]
    important = {
        target.id: frozenset(
            library
            for library, answers in given.items()
            if target.national_if and answers.get(target.national_if, Answer()).value == 1
        )
        for target in framework.programme_targets
    }
    results = library_results(card, framework, binding=important)
    first = {result.target: result for result in results if result.library == LIBRARY}
    for target, outcome in expected.get("programme", {}).items():
        assert first[target].outcome == outcome.replace(" ", "_"), target
    for target, force in expected.get("binding", {}).items():
        assert first[target].binding == (force == "national"), target
    assert list(first) == expected.get("outcomes", list(first))
    if "outlook" in expected:
        assert framework.outlook is not None
        assert list(framework.outlook.indicators) == expected["outlook"]
    sent = {library for library, group in library_groups(case).items() if group.get("sent", True)}
    pooled = {result.target: result for result in federation_results(results, card, framework, sent=sent)}
    for target, fields in expected.get("federation", {}).items():
        for field, written in fields.items():
            found = getattr(pooled[target], field)
            assert found == pytest.approx(number(written), abs=1e-9, rel=0, nan_ok=True), f"{target} {field}"


@pytest.mark.parametrize(("path", "case"), CASES)
def test_a_hand_worked_case(path: str, case: dict[str, Any]):
    groups = library_groups(case)
    framework = with_own_figures(framework_of(path), groups)
    given = {name: answers_of(framework, group) for name, group in groups.items()}
    verified = dict.fromkeys(given, verified_of(framework, case.get("verified", [])))
    card = score(build_matrix(given, framework, verified=verified), framework)
    for name, expected in case["expect"].items():
        if name not in OF_THE_PROGRAMME:
            check_figures(card, framework, name, expected)
    check_programme(card, framework, given, case)


def test_every_case_has_a_name_of_its_own_and_shows_its_work():
    cases = [param.values[1] for param in CASES]
    assert len(cases) >= 40
    assert len({case["name"] for case in cases}) == len(cases)
    assert all(case["work"] and case["expect"] for case in cases)
    known = {"name", "work", "start", "answers", "libraries", "verified", "province", "expect"}
    assert all(set(case) <= known for case in cases)


def test_the_cases_use_every_kind_of_question_and_both_frameworks():
    used = {
        framework_of(param.values[0]).questions[name].kind
        for param in CASES
        for name in param.values[1].get("answers", {})
        if name in framework_of(param.values[0]).questions
    }
    assert used >= {"ratio", "number", "level", "checklist", "yesno"}
    assert len({param.values[0] for param in CASES}) == 2
