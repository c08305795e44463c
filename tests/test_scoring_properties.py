"""Properties of scoring that hold for every answer, and agreement with a second implementation.

`SCORING_CASES` sets how many random libraries are compared; a nightly run takes a million.
"""

import math
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference import Given, Result, assess

from scoring import adding
from scoring.goalposts import points_of
from scoring.levels import NO_LEVEL
from scoring.matrix import AnswerMatrix, build_matrix
from scoring.reviewed import reviewed_matrix
from scoring.scorecard import Scorecard, score
from survey.framework import AnyIndicator, Framework, load_framework
from survey.framework.faults import find_faults
from survey.response import Answer, AnswerState, Recorded, Response

PROJECT = Path(__file__).resolve().parents[1]
REAL = load_framework(PROJECT / "data/frameworks/qd206.yaml").framework
SMALL = load_framework(PROJECT / "tests/frameworks/reading_rooms.yaml").framework
CASES = int(os.environ.get("SCORING_CASES", "1000"))
SEED = 206
CLOSE = 1e-9
ENOUGH = 1000
FIXED = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=min(100, CASES // 2),
    suppress_health_check=[HealthCheck.too_slow],
)
OPEN = (AnswerState.UNANSWERED, AnswerState.UNKNOWN)


# ---- answers at random ----


def a_value(indicator: AnyIndicator, chance: random.Random) -> Answer:
    """An answer with figures; often exactly at a target, at zero, or far beyond."""
    answered = AnswerState.ANSWERED
    if indicator.kind == "ratio":
        whole = chance.choice([1, 3, 7, 20, 100, 100, 1000, 12_345])
        part = chance.choice([0, whole, chance.randint(0, whole), chance.randint(0, whole)])
        return Answer(state=answered, numerator=float(part), denominator=float(whole))
    if indicator.kind == "number":
        goal = indicator.targets[-1].value
        choices = [0.0, goal, indicator.zero, 3 * goal, float(chance.randint(0, math.ceil(2 * goal)))]
        return Answer(state=answered, value=chance.choice([*choices, chance.randint(0, 400) / 4]))
    if indicator.kind == "level":
        return Answer(state=answered, value=float(chance.randint(0, 5)))
    if indicator.kind == "checklist":
        ids = [item.id for item in indicator.items]
        return Answer(state=answered, items=tuple(chance.sample(ids, chance.randint(0, len(ids)))))
    return Answer(state=answered, value=float(chance.randint(0, 1)))


def an_answer(indicator: AnyIndicator, chance: random.Random, *, gaps: float) -> Answer:
    if chance.random() >= gaps:
        return a_value(indicator, chance)
    kinds = [Answer(), Answer(state=AnswerState.UNKNOWN)]
    if indicator.may_not_apply:
        kinds.append(Answer(state=AnswerState.NOT_APPLICABLE))
        if indicator.kind == "ratio":
            kinds.append(Answer(state=AnswerState.ANSWERED, numerator=0.0, denominator=0.0))
    return chance.choice(kinds)


def a_library(framework: Framework, chance: random.Random) -> tuple[Given, frozenset[str]]:
    """Answers and the indicators verified; from nearly complete to nearly empty."""
    gaps = chance.choice([0.0, 0.05, 0.15, 0.3, 0.9])
    if chance.random() < 0.3:
        # Nearly perfect or nearly empty, since evenly drawn answers always end in the middle.
        answers = dict(full_marks(framework) if chance.random() < 0.7 else {})
        for name in chance.sample(list(framework.indicators), min(4, len(framework.indicators))):
            answers[name] = an_answer(framework.indicators[name], chance, gaps=0.3)
    else:
        answers = {name: an_answer(one, chance, gaps=gaps) for name, one in framework.indicators.items()}
    share = chance.choice([0.0, 0.5, 0.7, 0.9, 1.0])
    return answers, frozenset(name for name in framework.indicators if chance.random() < share)


def checked_of(answers: Given, verified: frozenset[str], framework: Framework) -> AnswerMatrix:
    """What a review lets stand that lowered nothing and met no answer without an explanation."""
    recorded = {
        name: Recorded(replace(answer, explanation="có"), 1, verified=name in verified)
        for name, answer in answers.items()
    }
    return reviewed_matrix({"one": Response("2026", "one", recorded=recorded)}, framework)


def full_marks(framework: Framework) -> Given:
    return {name: best(one) for name, one in framework.indicators.items()}


def best(indicator: AnyIndicator) -> Answer:
    goal = indicator.targets[-1].value
    answered = AnswerState.ANSWERED
    if indicator.kind == "ratio":
        return Answer(state=answered, numerator=goal, denominator=100.0)
    if indicator.kind == "checklist":
        return Answer(state=answered, items=tuple(item.id for item in indicator.items))
    return Answer(state=answered, value=goal)


def a_framework(chance: random.Random) -> Framework:
    """A questionnaire with weights, targets, levels and gates at random, sound by the rules of the loader."""
    words = {"vi": "chữ", "en": "words"}
    source = {"kind": "federation", "document": "TEST-1", "clause": words, "checked": "2026-01-15"}
    numbers = iter(range(1, 100))
    dimensions = [
        _a_dimension(name, chance, words, source, numbers) for name in "PQRS"[: chance.randint(1, 4)]
    ]
    cuts = sorted(chance.sample(range(5, 100), chance.randint(1, 5)))
    count = len(cuts) + 1
    content = {
        "id": "random",
        "version": 1,
        "label": words,
        "note": words,
        "total_points": sum(d["points"] for d in dimensions),
        "milestones": [2025, 2030],
        "thresholds": {
            "dimension_coverage": chance.choice([0.5, 0.65, 0.7, 1.0]),
            "total_coverage": chance.choice([0.6, 0.8, 0.95]),
        },
        "levels": [
            {"level": level, "at_least": cut, "label": words, "meaning": words}
            for level, cut in enumerate([0, *cuts])
        ],
        "gates": {
            "above_weakest": chance.randint(0, 2),
            "key_indicators_from": chance.randrange(1, count),
            "verified": [
                {"level": level, "share": chance.choice([0.3, 0.6, 0.8])}
                for level in chance.sample(range(1, count), min(count - 1, chance.randint(0, 2)))
            ],
            "floor": {"level": chance.randrange(1, count), "dimension_level": chance.randrange(1, count)}
            if chance.random() < 0.5
            else None,
        },
        "dimensions": dimensions,
        "information": {"id": "G", "label": words, "short": words},
    }
    return Framework.model_validate(content)


Words = dict[str, str]


def _a_dimension(
    name: str, chance: random.Random, words: Words, source: dict[str, Any], numbers: Iterator[int]
) -> dict[str, Any]:
    indicators = [
        _an_indicator(f"{name}{next(numbers)}", chance, words, source) for _ in range(chance.randint(1, 7))
    ]
    points = sum(one["maximum"] for one in indicators)
    return {"id": name, "label": words, "short": words, "points": points, "indicators": indicators}


def _an_indicator(name: str, chance: random.Random, words: Words, source: dict[str, Any]) -> dict[str, Any]:
    kind = chance.choice(["ratio", "number", "level", "checklist", "yesno"])
    top = {"ratio": 100, "number": 500, "level": 5, "checklist": 6, "yesno": 1}[kind]
    zero = chance.choice([0, 0, 0, top // 5, top])
    reachable = [x for x in range(top + 1) if x != zero]
    last = chance.choice(reachable)
    between = [x for x in reachable if min(zero, last) <= x <= max(zero, last)]
    first = chance.choice(between)
    figure = {"label": words, "unit": words}
    own = {
        "ratio": {"numerator": figure, "denominator": figure},
        "number": {"unit": words, "whole": False},
        "level": {"levels": {level: {"vi": f"mức {level}", "en": f"level {level}"} for level in range(6)}},
        "checklist": {"items": [{"id": f"{name}.{n}", "label": words} for n in range(1, 7)]},
        "yesno": {},
    }[kind]
    key = chance.random() < 0.2
    return {
        "id": name,
        "kind": kind,
        **dict.fromkeys(("label", "question", "help", "scope"), words),
        **own,
        "maximum": chance.choice([1, 5, 7.5, 20, 33.3]),
        "zero": zero,
        "targets": [
            {"year": 2025, "value": first, "source": source},
            {"year": 2030, "value": last, "source": source},
        ],
        "key": key,
        "may_not_apply": not key and chance.random() < 0.8,
    }


# ---- agreement ----


def agrees(found: float, expected: Fraction | None) -> bool:
    if expected is None:
        return math.isnan(found)
    return abs(found - float(expected)) <= CLOSE


def all_figures(
    card: Scorecard, row: int, expected: Result, framework: Framework
) -> Iterator[tuple[str, float, Fraction | None]]:
    """Every figure of one library: its place, what the product has, what the reference has."""
    for column, (name, own) in enumerate(expected.marks.items()):
        answered = own.state == "answered"
        yield f"{name} share", card.share[row, column], own.share if answered else None
        yield f"{name} uncapped", card.uncapped[row, column], own.uncapped if answered else None
        yield f"{name} first", card.share_first[row, column], own.first if answered else None
        yield f"{name} points", card.points[row, column], own.maximum * own.share
    sums = [
        (d.id, expected.dimensions[d.id], card.dimensions, (row, n))
        for n, d in enumerate(framework.dimensions)
    ]
    for name, own, found, at in [*sums, ("total", expected.total, card.total, row)]:
        for ours, theirs in (("earned", "points"), ("applicable", "of")):
            yield f"{name} {ours}", getattr(found, ours)[at], getattr(own, theirs)
        for field in ("low", "high", "coverage", "score", "line"):
            yield f"{name} {field}", getattr(found, field)[at], getattr(own, field)
    yield "verified", card.verified_share[row], expected.verified_share
    for column, dimension in enumerate(framework.dimensions):
        level = expected.dimension_levels[dimension.id]
        yield f"{dimension.id} level", card.dimension_levels[row, column], _as_figure(level)
    for place, found, level in (
        ("by score", card.level.by_score, expected.by_score),
        ("level", card.level.level, expected.level),
        ("reach", card.reach.level, expected.reach),
    ):
        yield f"{place} level", found[row], _as_figure(level)


def _as_figure(level: int | None) -> Fraction:
    return Fraction(NO_LEVEL if level is None else level)


def find_disagreements(card: Scorecard, row: int, expected: Result, framework: Framework) -> list[str]:
    """Every figure in which the product and the reference differ."""
    return [
        f"{place}: {found!r} instead of {exact}"
        for place, found, exact in all_figures(card, row, expected, framework)
        if not agrees(found, exact)
    ]


def score_all(framework: Framework, libraries: dict[str, tuple[Given, frozenset[str]]]) -> Scorecard:
    answers = {name: own for name, (own, _) in libraries.items()}
    verified = {name: own for name, (_, own) in libraries.items()}
    return score(build_matrix(answers, framework, verified=verified), framework)


def compare_with_reference(framework: Framework, count: int, chance: random.Random) -> Scorecard:
    libraries = {f"library {n}": a_library(framework, chance) for n in range(count)}
    card = score_all(framework, libraries)
    for row, (name, (answers, verified)) in enumerate(libraries.items()):
        wrong = find_disagreements(card, row, assess(framework, answers, verified), framework)
        assert not wrong, f"{name} of {framework.id}: {wrong[:5]}"
    return card


@pytest.mark.parametrize("framework", [REAL, SMALL], ids=lambda framework: framework.id)
def test_a_second_implementation_in_exact_fractions_agrees(framework: Framework):
    card = compare_with_reference(framework, CASES, random.Random(SEED))
    assert len(set(card.level.level.tolist())) >= 4, "the cases reach too few levels to prove anything"
    if CASES >= ENOUGH:
        assert np.any(card.level.held_back), "no gate holds any of the cases back"


def test_the_second_implementation_agrees_on_questionnaires_made_up_at_random():
    chance = random.Random(SEED)
    for _ in range(max(CASES // 10, 60)):
        framework = a_framework(chance)
        faults = [fault for fault in find_faults(framework, {}) if "sources.yaml" not in fault]
        assert faults == []
        compare_with_reference(framework, 8, chance)


# ---- properties ----

frameworks = st.sampled_from([REAL, SMALL])
chances = st.integers(min_value=0, max_value=2**32).map(random.Random)


def one(framework: Framework, answers: Given, verified: frozenset[str] = frozenset()) -> Scorecard:
    return score_all(framework, {"one": (answers, verified)})


def assert_not_lower(found: float, before: float, what: str) -> None:
    """nan stands for what cannot be stated, and says nothing about better or worse."""
    assert math.isnan(found) or math.isnan(before) or found >= before - CLOSE, (
        f"{what} fell from {before} to {found}"
    )


def assert_never_lower(card: Scorecard, before: Scorecard) -> None:
    for name in ("low", "high", "score", "earned"):
        assert_not_lower(getattr(card.total, name)[0], getattr(before.total, name)[0], f"total {name}")
        for now, then in zip(
            getattr(card.dimensions, name)[0], getattr(before.dimensions, name)[0], strict=True
        ):
            assert_not_lower(now, then, f"dimension {name}")
    assert card.level.level[0] >= before.level.level[0], "the level fell"
    assert card.reach.level[0] >= before.reach.level[0], "the level in reach fell"


def better(indicator: AnyIndicator, answer: Answer, chance: random.Random) -> Answer:
    """An answer at least as near to the target, of the same question."""
    if indicator.kind == "ratio":
        missing = answer.denominator - answer.numerator
        return replace(answer, numerator=answer.numerator + missing * chance.choice([0.25, 0.5, 1.0]))
    if indicator.kind == "checklist":
        left = [item.id for item in indicator.items if item.id not in answer.items]
        return replace(answer, items=(*answer.items, *left[: chance.randint(1, max(1, len(left)))]))
    goal = indicator.targets[-1].value
    direction = 1 if goal > indicator.zero else -1
    reachable = {"level": range(6), "yesno": range(2)}.get(indicator.kind)
    steps = [x for x in reachable if (x - answer.value) * direction >= 0] if reachable else []
    step = chance.choice(steps) if steps else answer.value + direction * chance.choice([0.5, 1, 10])
    return replace(answer, value=float(max(step, 0)))


@FIXED
@given(framework=frameworks, chance=chances)
def test_a_better_answer_never_lowers_score_bounds_or_level(framework: Framework, chance: random.Random):
    answers, _ = a_library(framework, chance)
    # With everything verified: a gain that nobody has verified lowers the verified share, and with it
    # the level where that share is a gate.
    verified = frozenset(framework.indicators)
    before = one(framework, answers, verified)
    measurable = [
        name
        for name, answer in answers.items()
        if answer.state is AnswerState.ANSWERED and answer.denominator != 0
    ]
    for name in chance.sample(measurable, min(3, len(measurable))):
        changed = {**answers, name: better(framework.indicators[name], answers[name], chance)}
        assert_never_lower(one(framework, changed, verified), before)


@FIXED
@given(framework=frameworks, chance=chances)
def test_a_better_answer_never_lowers_a_score_whatever_is_verified(
    framework: Framework, chance: random.Random
):
    answers, verified = a_library(framework, chance)
    before = one(framework, answers, verified)
    for name in chance.sample(list(answers), min(2, len(answers))):
        answer = answers[name]
        if answer.state is not AnswerState.ANSWERED or answer.denominator == 0:
            continue
        card = one(framework, {**answers, name: better(framework.indicators[name], answer, chance)}, verified)
        for field in ("low", "high", "score"):
            assert_not_lower(getattr(card.total, field)[0], getattr(before.total, field)[0], field)


@FIXED
@given(framework=frameworks, chance=chances)
def test_answering_an_open_question_never_lowers_what_is_assured_and_never_raises_what_is_possible(
    framework: Framework, chance: random.Random
):
    answers, verified = a_library(framework, chance)
    still_open = [name for name in framework.indicators if answers.get(name, Answer()).state in OPEN]
    before = one(framework, answers, verified)
    for name in still_open[:3]:
        card = one(framework, {**answers, name: a_value(framework.indicators[name], chance)}, verified)
        assert_not_lower(card.total.low[0], before.total.low[0], "low")
        assert_not_lower(before.total.high[0], card.total.high[0], "high")
        assert card.total.coverage[0] > before.total.coverage[0]


@FIXED
@given(framework=frameworks, chance=chances)
def test_every_way_to_complete_the_answers_lies_within_the_bounds(
    framework: Framework, chance: random.Random
):
    answers, verified = a_library(framework, chance)
    before = one(framework, answers, verified)
    for name in framework.indicators:
        if answers.get(name, Answer()).state in OPEN:
            answers[name] = a_value(framework.indicators[name], chance)
    after = one(framework, answers, verified)
    for found, bounds in [(after.total, before.total), (after.dimensions, before.dimensions)]:
        measurable = ~np.isnan(bounds.low)
        score_now = found.low[measurable]
        assert np.all(bounds.low[measurable] <= score_now + CLOSE)
        assert np.all(score_now <= bounds.high[measurable] + CLOSE)


@FIXED
@given(framework=frameworks, chance=chances)
def test_no_completion_that_nobody_verified_passes_the_level_in_reach(
    framework: Framework, chance: random.Random
):
    answers, verified = a_library(framework, chance)
    before = one(framework, answers, verified)
    given_already = {name for name, answer in answers.items() if answer.state not in OPEN}
    for name in framework.indicators:
        if name not in given_already:
            answers[name] = a_value(framework.indicators[name], chance)
    after = one(framework, answers, verified & given_already)
    assert after.level.level[0] <= before.reach.level[0]


@FIXED
@given(framework=frameworks, chance=chances)
def test_the_parts_add_up(framework: Framework, chance: random.Random):
    card = one(framework, *a_library(framework, chance))
    for name in ("earned", "applicable"):
        assert getattr(card.dimensions, name)[0].sum() == pytest.approx(
            getattr(card.total, name)[0], abs=CLOSE
        )
    assert card.points[0].sum() == pytest.approx(card.total.earned[0], abs=CLOSE)
    columns = dict(zip(card.matrix.indicators, card.points[0], strict=True))
    for number, dimension in enumerate(framework.dimensions):
        own = sum(columns[indicator.id] for indicator in dimension.indicators)
        assert own == pytest.approx(card.dimensions.earned[0, number], abs=CLOSE)


@FIXED
@given(framework=frameworks, chance=chances)
def test_bounds_are_in_order_and_within_the_scale(framework: Framework, chance: random.Random):
    card = one(framework, *a_library(framework, chance))
    for sums in (card.total, card.dimensions):
        known = ~np.isnan(sums.low)
        low, high, coverage = sums.low[known], sums.high[known], sums.coverage[known]
        assert np.all((low >= 0) & (low <= high + CLOSE) & (high <= 100 + CLOSE))
        assert np.all((coverage >= 0) & (coverage <= 1 + CLOSE))
        assert np.all(np.isnan(sums.score[known]) | (sums.score[known] == low))
        closed = coverage == 1
        assert high[closed] == pytest.approx(low[closed], abs=CLOSE)
    assert card.level.level[0] <= card.level.by_score[0]
    assert card.level.level[0] <= card.reach.level[0]
    assert (card.level.level[0] == NO_LEVEL) == bool(np.isnan(card.total.score[0]))


def _as_rows(card: Scorecard, library: str) -> list[object]:
    row = card.row(library)
    arrays = [card.share, card.points, card.dimensions.low, card.dimensions.high, card.dimensions.coverage]
    arrays += [card.total.low, card.total.high, card.total.coverage, card.verified_share, card.level.level]
    return [array[row].tolist() for array in arrays]


@FIXED
@given(framework=frameworks, chance=chances)
def test_a_library_scores_the_same_alone_and_among_others(framework: Framework, chance: random.Random):
    libraries = {f"library {n}": a_library(framework, chance) for n in range(5)}
    together = score_all(framework, libraries)
    for name, own in libraries.items():
        alone = score_all(framework, {name: own})
        for one_side, other in zip(_as_rows(alone, name), _as_rows(together, name), strict=True):
            assert one_side == pytest.approx(other, abs=1e-12, nan_ok=True)


@FIXED
@given(framework=frameworks, chance=chances)
def test_the_order_of_libraries_and_of_answers_changes_nothing(framework: Framework, chance: random.Random):
    libraries = {f"library {n}": a_library(framework, chance) for n in range(4)}
    in_order = score_all(framework, libraries)
    shuffled = {
        name: (dict(_mixed(list(libraries[name][0].items()), chance)), libraries[name][1])
        for name in _mixed(list(libraries), chance)
    }
    mixed = score_all(framework, shuffled)
    for name in libraries:
        for one_side, other in zip(_as_rows(in_order, name), _as_rows(mixed, name), strict=True):
            assert one_side == pytest.approx(other, abs=1e-12, nan_ok=True)


def _mixed(things: list[Any], chance: random.Random) -> list[Any]:
    return chance.sample(things, len(things))


@FIXED
@given(framework=frameworks, chance=chances)
def test_verifying_more_never_lowers_the_level(framework: Framework, chance: random.Random):
    answers, verified = a_library(framework, chance)
    more = verified | set(chance.sample(list(framework.indicators), 2))
    before, after = one(framework, answers, verified), one(framework, answers, frozenset(more))
    assert after.level.level[0] >= before.level.level[0]
    assert after.total.low[0] == before.total.low[0] or math.isnan(after.total.low[0])


@FIXED
@given(framework=frameworks, chance=chances)
def test_the_verified_score_never_exceeds_the_self_score(framework: Framework, chance: random.Random):
    answers, verified = a_library(framework, chance)
    matrix = build_matrix({"one": answers}, framework, verified={"one": verified})
    claimed, checked = score(matrix, framework), score(checked_of(answers, verified, framework), framework)
    assert checked.total.earned[0] <= claimed.total.earned[0] + CLOSE
    assert checked.total.applicable[0] == claimed.total.applicable[0]
    share = checked.total.earned[0] / claimed.total.earned[0] if claimed.total.earned[0] else 0.0
    assert share == pytest.approx(claimed.verified_share[0], abs=CLOSE)


figures = st.integers(min_value=0, max_value=10_000)


@FIXED
@given(parts=st.lists(st.tuples(figures, figures), min_size=1, max_size=3), verified=st.booleans())
def test_a_ratio_scores_its_share_and_nothing_of_nothing_does_not_apply(
    parts: list[tuple[int, int]], verified: bool
):
    for a, b in parts:
        part, whole = min(a, b), max(a, b)
        answer = Answer(state=AnswerState.ANSWERED, numerator=float(part), denominator=float(whole))
        card = one(REAL, {"B3": answer}, frozenset(["B3"] if verified else []))
        column = card.matrix.indicators.index("B3")
        if whole == 0:
            assert card.dimensions.applicable[0, 1] == 230
        else:
            assert card.points[0, column] == pytest.approx(50 * part / whole, abs=CLOSE)


def test_scoring_nobody_gives_an_empty_scorecard():
    card = score(build_matrix({}, REAL), REAL)
    assert card.total.low.shape == (0,)
    assert card.level.level.shape == (0,)


def test_the_two_frameworks_hold_every_kind():
    for framework in (REAL, SMALL):
        kinds = {indicator.kind for indicator in framework.indicators.values()}
        assert kinds == {"ratio", "number", "level", "checklist", "yesno"}


def test_libraries_scored_in_parts_come_out_as_those_scored_at_once(monkeypatch: pytest.MonkeyPatch):
    chance = random.Random(SEED)
    libraries = {f"l{number}": a_library(SMALL, chance) for number in range(23)}
    at_once = score_all(SMALL, libraries)
    monkeypatch.setattr(adding, "AT_ONCE", 5)
    in_parts = score_all(SMALL, libraries)
    assert in_parts.libraries == at_once.libraries
    np.testing.assert_array_equal(in_parts.points, at_once.points)
    for part in ("total", "dimensions"):
        for name in ("earned", "applicable", "low", "high"):
            np.testing.assert_array_equal(
                getattr(getattr(in_parts, part), name), getattr(getattr(at_once, part), name)
            )
    np.testing.assert_array_equal(in_parts.level.level, at_once.level.level)


@FIXED
@given(framework=frameworks, chance=chances)
def test_the_points_of_one_answer_are_those_of_the_whole_round(framework: Framework, chance: random.Random):
    answers, _ = a_library(framework, chance)
    card = score(build_matrix({"one": answers}, framework), framework)
    for column, (name, indicator) in enumerate(framework.indicators.items()):
        x = card.matrix.value[0, column]
        if not math.isnan(x):
            assert points_of(indicator, float(x), framework) == pytest.approx(card.points[0, column]), name
