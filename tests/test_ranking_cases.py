"""Ranks worked by hand: draws that are given, what is varied, drivers and drop-one: tests/cases/ranking/*.yaml."""

from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from reference_ranking import Reported
from test_ranking import card_of
from test_scoring_cases import answer_of, answers_of, framework_of, number

from scoring import ranking
from scoring.draws import STEPS, Draws, dimension_weights
from scoring.goalposts import goalposts
from scoring.ranges import answer_ranges
from scoring.ranking import drivers, fragilities, rank
from scoring.simulation import simulate

FOLDER = Path(__file__).resolve().parent / "cases" / "ranking"
DRAWS, VARIED = (
    yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")) for name in ("draws.yaml", "scores.yaml")
)
SMALL = framework_of(VARIED["framework"])
NAMES, DIMENSIONS = list(SMALL.indicators), [one.id for one in SMALL.dimensions]


def of(cases: list[dict[str, Any]]) -> Any:  # noqa: ANN401 - what pytest's decorator makes
    return pytest.mark.parametrize("case", cases, ids=lambda case: case["name"])


def library(given: dict[str, Any]) -> Reported:
    lowered = {name: answer_of(SMALL.indicators[name], one) for name, one in given.get("lowered", {}).items()}
    return Reported(
        answers_of(SMALL, given), frozenset(SMALL.indicators) - set(given.get("unverified", [])), lowered
    )


def drawn(rows: list[dict[str, Any]], uncertain: np.ndarray, libraries: list[str]) -> Draws:
    """The draws of a case; an answer lies in the step in which its place is."""
    official = dimension_weights(goalposts(SMALL))
    weights = dict(zip(DIMENSIONS, official.tolist(), strict=True))
    open_answers = [(libraries[row], NAMES[column]) for row, column in np.argwhere(uncertain).tolist()]
    places = [[row.get("places", {})[who][name] for row in rows] for who, name in open_answers]
    steps = np.minimum(np.array(places).reshape(-1, len(rows)) * STEPS, STEPS - 1)
    return Draws(
        item=np.array([[row.get("item", {}).get(name, 1.0) for row in rows] for name in NAMES]),
        dimension=np.array([[row.get("dimension", weights)[name] for row in rows] for name in DIMENSIONS]),
        geometric=np.array([row.get("form") == "geometric" for row in rows]),
        spacing=np.array([float(row.get("spacing", 1)) for row in rows]),
        cells=steps.astype(np.uint16),
    )


@of(DRAWS["cases"])
def test_ranks_of_given_draws(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    names = sorted(case["draws"][0][1])
    scores = np.array([[row[name] for name in names] for times, row in case["draws"] for _ in range(times)]).T
    monkeypatch.setattr(ranking, "simulate", lambda *_args, **_options: scores)
    card = card_of(SMALL, {name: library({"start": "everything at 2028", "answers": {}}) for name in names})
    found, expect = rank(card, SMALL, count=scores.shape[1]), case["expect"]
    for field in ("low", "median", "high", "top"):
        for name, written in expect.get(field, {}).items():
            assert getattr(found, field)[names.index(name)] == pytest.approx(written), (field, name)
    for name, written in expect.get("shares", {}).items():
        assert found.shares[names.index(name)].tolist() == pytest.approx(written)
    for one, others in expect.get("above", {}).items():
        for other, written in others.items():
            assert found.above[names.index(one), names.index(other)] == pytest.approx(written)
    if "groups" in expect:
        assert [list(group) for group in found.groups] == expect["groups"]


@of(VARIED["scores"])
def test_a_score_in_one_draw(case: dict[str, Any]):
    card = card_of(SMALL, {"an": library(case)})
    ranges = answer_ranges(card.matrix, card.posts, SMALL)
    row = {**case, "places": {"an": case.get("places", {})}}
    assert {NAMES[column] for _, column in np.argwhere(ranges.uncertain)} == set(case.get("places", {}))
    found = simulate(ranges, drawn([row], ranges.uncertain, ["an"]), card.posts, uncertain=ranges.uncertain)
    assert found[0, 0] == pytest.approx(number(case["expect"]), abs=1e-3)


@of(VARIED["ends"])
def test_the_ends_of_an_answer(case: dict[str, Any]):
    name, indicator = case["question"], SMALL.indicators[case["question"]]
    lowered = {name: answer_of(indicator, case["lowered"])} if "lowered" in case else {}
    seen = frozenset({name} if case.get("verified") else ())
    card = card_of(SMALL, {"an": Reported({name: answer_of(indicator, case["answer"])}, seen, lowered)})
    ranges = answer_ranges(card.matrix, card.posts, SMALL)
    at = 0, NAMES.index(name)
    assert [ranges.low[at], ranges.high[at]] == pytest.approx(case["expect"], abs=1e-12)


@of(VARIED["drivers"])
def test_what_drives_the_order(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    libraries = {name: library(given) for name, given in case["libraries"].items()}
    card = card_of(SMALL, libraries)
    uncertain = answer_ranges(card.matrix, card.posts, SMALL).uncertain
    made = drawn(case["draws"], uncertain, list(libraries))
    monkeypatch.setattr(ranking, "make_draws", lambda *_args, **_options: made)
    found = {one.source.value: [one.shift, one.share] for one in drivers(card, SMALL)}
    expected = {source: [0.0, 0.0] for source in found}
    expected |= {source: [number(one) for one in pair] for source, pair in case["expect"].items()}
    assert found == {source: pytest.approx(pair) for source, pair in expected.items()}


@of(VARIED["drop_one"])
def test_which_single_indicator_moves_a_rank_most(case: dict[str, Any]):
    card = card_of(SMALL, {name: library(given) for name, given in case["libraries"].items()})
    found = {
        library: [indicator or "none", change]
        for library, indicator, change in map(astuple, fragilities(card))
    }
    assert found == case["expect"]


def test_every_case_has_a_name_of_its_own_and_shows_its_work():
    for parts in (DRAWS, VARIED):
        for cases in (part for part in parts.values() if isinstance(part, list)):
            assert len({case["name"] for case in cases}) == len(cases) >= 5
            assert all(case["work"] for case in cases)
