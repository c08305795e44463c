"""Ranks over many draws: a case worked by hand, a second implementation, and what holds for all answers."""

import random
from collections.abc import Mapping
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given
from reference_ranking import Choices, Reported, groups, ranks, score_of
from test_scoring_properties import (
    FIXED,
    REAL,
    SMALL,
    a_framework,
    a_library,
    a_value,
    better,
    chances,
    full_marks,
    score_all,
)

from scoring import ranking
from scoring.draws import STEPS, Draws, Source, make_draws
from scoring.goalposts import goalposts
from scoring.matrix import build_matrix, indicator_value
from scoring.ranges import answer_ranges
from scoring.ranking import Ranking, drivers, fragilities, rank
from scoring.scorecard import Scorecard, score
from scoring.simulation import simulate
from survey.framework import Framework
from survey.response import Answer, AnswerState

Libraries = dict[str, Reported]
UNKNOWN, NOT_APPLICABLE = Answer(state=AnswerState.UNKNOWN), Answer(state=AnswerState.NOT_APPLICABLE)
FEW = 300


def ratio(numerator: float, denominator: float) -> Answer:
    return Answer(state=AnswerState.ANSWERED, numerator=numerator, denominator=denominator)


def value(x: float) -> Answer:
    return Answer(state=AnswerState.ANSWERED, value=x)


def items(*names: str) -> Answer:
    return Answer(state=AnswerState.ANSWERED, items=names)


def card_of(framework: Framework, libraries: Mapping[str, Reported]) -> Scorecard:
    matrix = build_matrix(
        {name: own.answers for name, own in libraries.items()},
        framework,
        verified={name: own.verified for name, own in libraries.items()},
    )
    confirmed = np.full(matrix.value.shape, np.nan)
    for row, own in enumerate(libraries.values()):
        for name, answer in own.lowered.items():
            x = indicator_value(framework.indicators[name], answer)
            confirmed[row, matrix.indicators.index(name)] = np.nan if x is None else x
    return score(replace(matrix, confirmed=confirmed), framework)


def a_complete_library(framework: Framework, chance: random.Random, *, verified: float = 0.5) -> Reported:
    """Nearly everything answered, some of it unknown, verified or lowered by a reviewer."""
    answers = {name: a_value(one, chance) for name, one in framework.indicators.items()}
    names = list(answers)
    for name in chance.sample(names, max(1, len(names) // 8)):
        answers[name] = chance.choice([UNKNOWN, Answer()])
    for name in chance.sample(names, max(1, len(names) // 10)):
        if framework.indicators[name].may_not_apply:
            answers[name] = NOT_APPLICABLE
    seen = frozenset(name for name in names if chance.random() < verified)
    measured = [name for name in names if name in seen and answers[name].state is AnswerState.ANSWERED]
    lowered = {
        name: a_value(framework.indicators[name], chance) for name in measured if chance.random() < 0.2
    }
    return Reported(answers, seen, lowered)


def some_libraries(framework: Framework, chance: random.Random, count: int = 8) -> Libraries:
    return {
        f"library {n}": a_complete_library(framework, chance, verified=chance.random()) for n in range(count)
    }


# ---- a case worked by hand ----

# X1 30 points from 20 % to 100 %; X2 30 from 48 hours down to 12; Y1 20, levels to 5; Y2 10, two items; Y3 10, yes.
SEEN = frozenset(SMALL.indicators)
AN = Reported(
    {"X1": ratio(60, 100), "X2": value(12), "Y1": value(5), "Y2": items("Y2.1", "Y2.2"), "Y3": value(1)}, SEEN
)
BA = Reported(
    {"X1": ratio(100, 100), "X2": value(12), "Y1": value(0), "Y2": items("Y2.1"), "Y3": value(1)}, SEEN
)
CHI = Reported(
    {"X1": ratio(60, 100), "X2": value(30), "Y1": UNKNOWN, "Y2": NOT_APPLICABLE, "Y3": value(1)}, SEEN
)
THREE = {"an": AN, "ba": BA, "chi": CHI}


def by_hand() -> Draws:
    """Three draws; of the answers only Y1 of chi is uncertain."""
    return Draws(
        item=np.array([[1, 1, 1], [1, 1, 1], [1, 1.25, 1], [1, 0.75, 1], [1, 0.75, 1]]),
        dimension=np.array([[0.6, 0.6, 0.5], [0.4, 0.4, 0.5]]),
        geometric=np.array([False, False, True]),
        spacing=np.array([1.0, 1.0, 1.0]),
        cells=np.array([[0, STEPS // 2, STEPS // 4]], dtype=np.uint16),
    )


def test_three_libraries_in_three_draws_worked_by_hand():
    card = card_of(SMALL, THREE)
    posts, ranges = card.posts, answer_ranges(card.matrix, card.posts, SMALL)
    assert np.argwhere(ranges.uncertain).tolist() == [[2, 2]]
    found = simulate(ranges, by_hand(), posts, uncertain=ranges.uncertain)
    u = [(step + 0.5) / STEPS for step in (0, STEPS // 2, STEPS // 4)]
    # Draw 1, official weights. an: 15 + 30 + 20 + 10 + 10 = 85. ba: 30 + 30 + 0 + 5 + 10 = 75.
    # chi: 15 + 15 + 20 u + 10 = 40 + 20 u of 90.
    # Draw 2, Y1 weighs 25 and Y2, Y3 7.5 each, together still 40. an: 85. ba: 60 + 3.75 + 7.5 = 71.25.
    # chi: 30 + 25 u + 7.5 of 92.5.
    # Draw 3, both dimensions 0.5, geometric. an: X 0.75, Y 1. ba: X 1, Y 15 / 40 = 0.375.
    # chi: X 0.5, Y (20 u + 10) / 30 with three quarters of its 0.5 applicable, so 0.5 against 0.375.
    chi = 100 * (0.5**0.5 * ((20 * u[2] + 10) / 30) ** 0.375) ** (1 / 0.875)
    expected = [
        [85, 85, 100 * 0.75**0.5],
        [75, 71.25, 100 * 0.375**0.5],
        [100 * (40 + 20 * u[0]) / 90, 100 * (37.5 + 25 * u[1]) / 92.5, chi],
    ]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_the_order_of_the_case_worked_by_hand():
    # an is 10 points before ba and at least 18 before chi, so an leads; ba and chi overlap.
    found = rank(card_of(SMALL, THREE), SMALL)
    assert found.libraries == ("an", "ba", "chi")
    assert found.official.tolist() == [1, 2, 3]
    assert found.above[0, 2] == 1
    assert found.groups[0][0] == "an"
    assert found.top.tolist() == [1, 1, 1]


def test_what_can_be_left_out_in_the_case_worked_by_hand():
    # Officially an 85, ba 75, chi 40 of 90. Without Y1: an 65 / 80, ba 75 / 80, so they change places;
    # nothing moves chi: at best 30 of 60 without X1 or X2 against 45 of 70 and more.
    found = fragilities(card_of(SMALL, THREE))
    assert [astuple(one) for one in found] == [("an", "Y1", -1), ("ba", "Y1", 1), ("chi", None, 0)]


# ---- a second implementation ----


def the_draws(framework: Framework, card: Scorecard, count: int = FEW) -> tuple[Draws, np.ndarray]:
    ranges = answer_ranges(card.matrix, card.posts, framework)
    draws = make_draws(card.posts, uncertain=int(ranges.uncertain.sum()), count=count, seed=7)
    return draws, ranges.uncertain


def choices_of(draws: Draws, at: int, framework: Framework) -> Choices:
    return Choices(
        item=dict(zip(framework.indicators, draws.item[:, at].tolist(), strict=True)),
        dimension=dict(
            zip([d.id for d in framework.dimensions], draws.dimension[:, at].tolist(), strict=True)
        ),
        geometric=bool(draws.geometric[at]),
        spacing=float(draws.spacing[at]),
    )


def places_of(draws: Draws, at: int, uncertain: np.ndarray, framework: Framework) -> list[dict[str, float]]:
    steps, names = iter(draws.cells[:, at].tolist()), list(framework.indicators)
    return [
        {names[column]: (next(steps) + 0.5) / 2**16 for column in np.flatnonzero(row)} for row in uncertain
    ]


def slow_scores(
    framework: Framework, libraries: Libraries, draws: Draws, uncertain: np.ndarray
) -> list[dict[str, float]]:
    found = []
    for at in range(draws.spacing.size):
        choices, places = choices_of(draws, at, framework), places_of(draws, at, uncertain, framework)
        found.append(
            {
                name: score_of(replace(own, places=own_places), choices, framework)
                for (name, own), own_places in zip(libraries.items(), places, strict=True)
            }
        )
    return found


def compare_with_slow(framework: Framework, libraries: Libraries, count: int) -> None:
    card = card_of(framework, libraries)
    draws, uncertain = the_draws(framework, card, count)
    ranges = answer_ranges(card.matrix, card.posts, framework)
    fast = simulate(ranges, draws, card.posts, uncertain=uncertain)
    slow = slow_scores(framework, libraries, draws, uncertain)
    np.testing.assert_allclose(fast, np.array([list(one.values()) for one in slow]).T, rtol=1e-10, atol=1e-9)
    fast_ranks = ranking.ranks_of(ranking.is_above(fast))
    assert fast_ranks.T.tolist() == [list(ranks(one).values()) for one in slow]


@pytest.mark.parametrize("framework", [REAL, SMALL], ids=lambda framework: framework.id)
def test_a_second_implementation_agrees_on_scores_and_ranks(framework: Framework):
    compare_with_slow(framework, some_libraries(framework, random.Random(206)), FEW)


def test_the_second_implementation_agrees_on_questionnaires_made_up_at_random():
    chance = random.Random(206)
    for _ in range(40):
        framework = a_framework(chance)
        libraries = {
            name: own
            for name, own in some_libraries(framework, chance, 4).items()
            if any(answer.state is not AnswerState.NOT_APPLICABLE for answer in own.answers.values())
        }
        compare_with_slow(framework, libraries, 12)


def test_the_draws_agree_with_what_is_told_of_them():
    """Shares, medians, ends and groups counted by hand from the second implementation's ranks."""
    libraries = dict(sorted(some_libraries(REAL, random.Random(3)).items()))
    card = card_of(REAL, libraries)
    libraries = {
        name: own for name, own in libraries.items() if not np.isnan(card.total.score[card.row(name)])
    }
    card = card_of(REAL, libraries)
    draws, uncertain = the_draws(REAL, card)
    slow = slow_scores(REAL, libraries, draws, uncertain)
    found = rank(card, REAL, seed=7, count=FEW)
    assert found.libraries == tuple(libraries)
    ranked = [ranks(one) for one in slow]
    wins = {
        (one, other): sum(1 for draw in slow if draw[one] > draw[other] + 1e-9)
        for one in libraries
        for other in libraries
    }
    for row, name in enumerate(libraries):
        own = sorted(draw[name] for draw in ranked)
        assert found.low[row] == own[FEW * 5 // 100 - 1]
        assert found.median[row] == own[FEW // 2 - 1]
        assert found.high[row] == own[FEW * 95 // 100 - 1]
        assert found.top[row] == pytest.approx(sum(1 for one in own if one <= 3) / FEW)
        assert found.above[row].tolist() == [wins[name, other] / FEW for other in libraries]
    order = sorted(
        libraries,
        key=lambda name: (found.median[found.libraries.index(name)], sum(one[name] for one in ranked), name),
    )
    assert [list(group) for group in found.groups] == groups(order, wins, FEW)


# ---- what holds for all answers ----


def assert_same(one: Ranking, other: Ranking) -> None:
    for own, theirs in zip(astuple(one), astuple(other), strict=True):
        if isinstance(own, np.ndarray):
            np.testing.assert_array_equal(own, theirs, strict=True)
        else:
            assert own == theirs


def ranked(libraries: Mapping[str, Reported], framework: Framework = REAL, **options: int) -> Ranking:
    return rank(card_of(framework, libraries), framework, **{"count": FEW, **options})


@FIXED
@given(chance=chances)
def test_shares_of_above_below_and_equal_add_up(chance: random.Random):
    found = ranked(some_libraries(SMALL, chance), SMALL)
    np.testing.assert_array_less(found.above + found.above.T, 1 + 1e-12)
    np.testing.assert_array_equal(found.above.diagonal(), 0)
    np.testing.assert_allclose(found.shares.sum(axis=1), 1)
    assert sorted(name for group in found.groups for name in group) == list(found.libraries)


def test_two_libraries_are_above_below_or_equal_in_every_draw():
    scores = np.array([[3.0, 2.0, 1.0], [1.0, 2.0 + 1e-12, 1.5]])
    above = ranking.is_above(scores)
    assert above[0, 1].tolist() == [True, False, False]
    assert above[1, 0].tolist() == [False, False, True]
    assert ranking.ranks_of(above).tolist() == [[1, 1, 2], [2, 1, 1]]


@FIXED
@given(chance=chances)
def test_a_library_better_on_every_answer_is_never_below(chance: random.Random):
    framework = chance.choice([REAL, SMALL])
    everything = frozenset(framework.indicators)
    worse = {name: a_value(one, chance) for name, one in framework.indicators.items()}
    improved = {name: better(framework.indicators[name], own, chance) for name, own in worse.items()}
    libraries = {
        "a worse": Reported(worse, everything),
        "better": Reported(improved, everything),
        **some_libraries(framework, chance, 3),
    }
    found = ranked(libraries, framework)
    low, high = found.libraries.index("a worse"), found.libraries.index("better")
    assert found.above[low, high] == 0
    assert found.median[high] <= found.median[low]


@pytest.mark.parametrize("verified", [0.0, 1.0])
def test_identical_libraries_fall_into_one_group(verified: float):
    chance = random.Random(5)
    own = a_complete_library(REAL, chance, verified=verified)
    own = replace(own, lowered={})
    found = ranked({f"library {n}": own for n in range(6)}, count=2_000)
    assert len(found.groups) == 1


def test_identical_libraries_without_doubt_share_the_first_rank_in_every_draw():
    own = Reported(full_marks(REAL), frozenset(REAL.indicators))
    found = ranked({f"library {n}": own for n in range(7)})
    assert found.above.max() == 0
    assert found.shares[:, 0].tolist() == [1] * 7
    assert found.high.tolist() == [1] * 7


@FIXED
@given(chance=chances)
def test_nine_draws_of_ten_lie_between_the_ends(chance: random.Random):
    found = ranked(some_libraries(SMALL, chance), SMALL)
    for row in range(len(found.libraries)):
        inside = found.shares[row, found.low[row] - 1 : found.high[row]].sum()
        assert inside >= 0.9 - 1e-9
        assert found.low[row] <= found.median[row] <= found.high[row]


def test_with_nothing_varied_every_draw_is_the_official_order():
    card = card_of(REAL, some_libraries(REAL, random.Random(9)))
    study = ranking._study(card, REAL, seed=1, count=20)
    found, _ = study.ranks(())
    np.testing.assert_array_equal(found, np.repeat(study.official[:, np.newaxis], 20, axis=1))
    posts = goalposts(REAL)
    still = study.draws.varying((), posts)
    fixed = study.ranges.fixed(np.ones_like(study.uncertain))
    scores = simulate(fixed, still, posts, uncertain=study.uncertain)
    official = [card.total.score[card.row(name)] for name in study.libraries]
    np.testing.assert_allclose(scores[:, 0], official, rtol=1e-12)


def test_the_order_in_which_libraries_are_given_changes_nothing():
    libraries = some_libraries(REAL, random.Random(206), 13)
    names = list(libraries)
    first = ranked(libraries)
    for seed in range(5):
        random.Random(seed).shuffle(names)
        card = card_of(REAL, {name: libraries[name] for name in names})
        assert_same(rank(card, REAL, count=FEW), first)
        assert drivers(card, REAL, count=50) == drivers(card_of(REAL, libraries), REAL, count=50)
        assert fragilities(card) == fragilities(card_of(REAL, libraries))


def test_one_seed_gives_one_result_and_another_seed_another():
    libraries = some_libraries(REAL, random.Random(206), 13)
    assert_same(ranked(libraries), ranked(libraries))
    assert not np.array_equal(ranked(libraries).above, ranked(libraries, seed=1).above)


def test_a_library_without_enough_coverage_is_not_ranked_and_moves_nobody():
    libraries = some_libraries(REAL, random.Random(206), 6)
    silent = {"a silent one": Reported({}), "half": Reported(dict(list(full_marks(REAL).items())[:20]))}
    found = ranked({**silent, **libraries})
    before = ranked(libraries)
    assert found.unranked == tuple(sorted((*silent, *before.unranked)))
    assert_same(replace(found, unranked=before.unranked), before)


def test_nobody_to_rank():
    card = card_of(REAL, {"a silent one": Reported({})})
    found = rank(card, REAL, count=10)
    assert (found.libraries, found.groups, found.unranked) == ((), (), ("a silent one",))
    assert [one.share for one in drivers(card, REAL, count=10)] == [0] * len(Source)
    assert fragilities(card) == ()


# ---- what is drawn ----


def test_the_draws_are_distributed_as_the_method_says():
    draws = make_draws(goalposts(REAL), uncertain=4, count=20_000)
    assert draws.item.min() >= 0.75
    assert draws.item.max() < 1.25
    assert draws.item.mean() == pytest.approx(1, abs=0.002)
    np.testing.assert_allclose(draws.dimension.sum(axis=0), 1)
    weights = np.array([0.28, 0.28, 0.28, 0.16])
    np.testing.assert_allclose(draws.dimension.mean(axis=1), weights, atol=0.003)
    np.testing.assert_allclose(draws.dimension.var(axis=1), weights * (1 - weights) / 31, rtol=0.05)
    assert draws.geometric.mean() == pytest.approx(0.5, abs=0.02)
    for spacing in (0.7, 1.0, 1.4):
        for form in (False, True):
            share = ((draws.spacing == spacing) & (draws.geometric == form)).mean()
            assert share == pytest.approx(1 / 6, abs=0.02)
    assert ((draws.cells + 0.5) / STEPS).mean() == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    ("answer", "verified", "ends"),
    [
        pytest.param(value(20), True, (0.5, 0.5), id="verified stands"),
        pytest.param(value(20), False, (0.4, 0.6), id="not verified: a tenth each way"),
        pytest.param(value(0), False, (0, 0.1), id="0 is an answer"),
        pytest.param(value(41), False, (0.925, 1), id="bounded by the target"),
        pytest.param(value(60), False, (1, 1), id="far beyond the target there is no doubt"),
        pytest.param(UNKNOWN, False, (0, 1), id="unknown could be anything"),
        pytest.param(Answer(), False, (0, 0), id="not answered earns nothing"),
        pytest.param(NOT_APPLICABLE, False, (0, 0), id="not applicable"),
    ],
)
def test_what_an_answer_could_be_worth(answer: Answer, verified: bool, ends: tuple[float, float]):
    # A2 counts devices, 40 of them in 2030.
    seen = frozenset({"A2"} if verified else ())
    card = card_of(REAL, {"one": Reported({"A2": answer}, seen)})
    ranges = answer_ranges(card.matrix, card.posts, REAL)
    assert (ranges.low[0, 1], ranges.high[0, 1]) == pytest.approx(ends)


def test_a_lowered_answer_lies_between_both_figures():
    card = card_of(REAL, {"one": Reported({"A2": value(30)}, frozenset({"A2"}), {"A2": value(10)})})
    ranges = answer_ranges(card.matrix, card.posts, REAL)
    assert (ranges.low[0, 1], ranges.high[0, 1]) == (0.25, 0.75)


def test_a_matrix_without_lowered_answers_is_read_as_it_stands():
    card = score_all(REAL, {"one": a_library(REAL, random.Random(1))})
    assert card.matrix.confirmed is None
    assert answer_ranges(card.matrix, card.posts, REAL).low.shape == (1, 38)


# ---- what drives the order, and single indicators ----


def test_the_shares_of_the_sources_add_up():
    found = drivers(card_of(REAL, some_libraries(REAL, random.Random(1), 10)), REAL, count=FEW)
    assert [one.source for one in found] == list(Source)
    assert sum(one.share for one in found) == pytest.approx(1)
    assert all(one.shift > 0 for one in found)


def test_where_everything_is_verified_and_known_answers_drive_nothing():
    chance = random.Random(4)
    libraries = {
        f"library {n}": Reported(
            {name: a_value(one, chance) for name, one in REAL.indicators.items()}, frozenset(REAL.indicators)
        )
        for n in range(6)
    }
    found = {one.source: one.shift for one in drivers(card_of(REAL, libraries), REAL, count=FEW)}
    assert found[Source.UNKNOWNS] == found[Source.ANSWER_ERROR] == 0
    assert found[Source.DIMENSION_WEIGHTS] > 0


def test_leaving_an_indicator_out_is_scoring_without_it():
    libraries = some_libraries(REAL, random.Random(206), 8)
    card = card_of(REAL, libraries)
    rows = [row for row in range(8) if not np.isnan(card.total.score[row])]
    official = ranks({card.libraries[row]: float(card.total.low[row]) for row in rows})
    largest = dict.fromkeys(official, 0)
    for left_out in REAL.indicators:
        scores = {}
        for name in official:
            answers = libraries[name].answers
            answers = {**answers, left_out: NOT_APPLICABLE}
            scores[name] = float(card_of(REAL, {name: Reported(answers)}).total.low[0])
        for name, now in ranks(scores).items():
            largest[name] = max(largest[name], abs(official[name] - now))
    assert {one.library: abs(one.change) for one in fragilities(card)} == largest
    assert max(largest.values()) > 0


def test_a_library_that_nothing_else_applies_to_keeps_its_rank():
    only = dict.fromkeys(SMALL.indicators, NOT_APPLICABLE) | {"X1": ratio(50, 100)}
    found = fragilities(card_of(SMALL, {"only": Reported(only), "other": Reported(full_marks(SMALL))}))
    assert [astuple(one) for one in found] == [("only", None, 0), ("other", None, 0)]
