"""The bridge from round to round: cases worked by hand, adding up for every answer, and a second computation."""

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from reference import Given, assess
from test_scoring_cases import answer_of, answers_of, framework_of, number, verified_of
from test_scoring_properties import CASES as CASES_AT_RANDOM
from test_scoring_properties import a_framework, a_library, checked_of

from report.adding_up import printed_parts
from scoring.bridge import PARTS, Bridge, Standing, bridge
from scoring.matrix import build_matrix
from scoring.reviewed import reviewed_matrix
from survey.framework import Framework
from survey.response import Answer, AnswerState, Recorded, Response
from survey.text import rounded

CASES = yaml.safe_load((Path(__file__).parent / "cases/bridge/bridge.yaml").read_text(encoding="utf-8"))
SEED, RANDOM_CASES = 77, min(400, CASES_AT_RANDOM)


def standing(given: Given, framework: Framework, verified: frozenset[str] | None) -> Standing:
    own = build_matrix({"library": given}, framework, verified={"library": verified or frozenset()})
    return Standing(own, own if verified is None else checked_of(given, verified, framework))


def as_it_was(framework: Framework, old: dict[str, Any]) -> Framework:
    """The framework with other targets of every milestone, other weights, or other indicators."""
    content = framework.model_dump()
    for dimension in content["dimensions"]:
        own = {one["id"]: one for one in dimension["indicators"]}
        for name, change in old.items():
            if change == "none":
                own.pop(name, None)
            elif change.get("like") in own:
                own[name] = {**own[change["like"]], "id": name}
            elif name in own:
                own[name]["maximum"] = change.get("maximum", own[name]["maximum"])
                for target in own[name]["targets"]:
                    target["value"] = change.get("target", target["value"])
        dimension["indicators"] = list(own.values())
        dimension["points"] = sum(one["maximum"] for one in own.values())
    content["total_points"] = sum(dimension["points"] for dimension in content["dimensions"])
    return Framework.model_validate(content)


def reviewed(case: dict[str, Any], time: str, given: Given, framework: Framework) -> Standing:
    """The answers of one round beside what the review of the case let stand."""
    verified = verified_of(framework, case["verified"][time])
    lowered, unproven = (case.get(what, {}).get(time, {}) for what in ("lowered", "unproven"))
    recorded = {
        name: Recorded(
            replace(answer, explanation="" if name in unproven else "có"),
            1,
            verified=name in verified,
            reduced=answer_of(framework.indicators[name], lowered[name]) if name in lowered else None,
        )
        for name, answer in given.items()
    }
    own = build_matrix({"library": given}, framework, verified={"library": verified})
    responses = {"library": Response("2026", "library", recorded=recorded)}
    return Standing(own, reviewed_matrix(responses, framework))


def built(
    before: Given,
    now: Given,
    old: Framework,
    new: Framework,
    verified: tuple[frozenset[str], frozenset[str]] | None = None,
) -> Bridge:
    first, second = verified or (None, None)
    return bridge(
        standing(before, old, first).counted,
        old,
        standing(before, new, first),
        standing(now, new, second),
        new,
    )


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_a_bridge_worked_by_hand(case: dict[str, Any]):
    new = framework_of(CASES["framework"])
    old = as_it_was(new, case.get("old", {}))
    before, now = (
        answers_of(framework, {"start": case["start"], "answers": case[name]})
        for framework, name in ((old, "before"), (new, "now"))
    )
    if "verified" in case:
        found = bridge(
            reviewed(case, "before", before, old).counted,
            old,
            reviewed(case, "before", before, new),
            reviewed(case, "now", now, new),
            new,
        )
    else:
        found = built(before, now, old, new)
    told = {"before": found.before[0], "after": found.after[0]}
    told |= {part: found.total(part)[0] for part in PARTS}
    assert told == pytest.approx({name: number(value) for name, value in case["expect"].items()}, abs=1e-9)


def random_pairs() -> list[tuple[Given, Given, Framework, Framework, tuple[frozenset[str], frozenset[str]]]]:
    chance, pairs = random.Random(SEED), []
    for _ in range(RANDOM_CASES):
        new = a_framework(chance)
        indicators = {one.id: one for one in new.indicators.values()}
        (before, seen_before), (now, seen_now) = a_library(new, chance), a_library(new, chance)
        for name in indicators:
            if chance.random() < 0.5:
                now[name] = before.get(name, Answer())
        pairs.append((before, now, moved(new, chance), new, (seen_before, seen_now)))
    return pairs


def moved(framework: Framework, chance: random.Random) -> Framework:
    """The framework with other weights, as an older version might have had."""
    content = framework.model_dump()
    for dimension in content["dimensions"]:
        for one in dimension["indicators"]:
            if chance.random() < 0.4:
                one["maximum"] = chance.choice([2, 9, 15])
        dimension["points"] = sum(one["maximum"] for one in dimension["indicators"])
    content["total_points"] = sum(dimension["points"] for dimension in content["dimensions"])
    return Framework.model_validate(content)


PAIRS = random_pairs()


def test_the_parts_add_up_to_the_change():
    for before, now, old, new, verified in PAIRS:
        for basis in (None, verified):
            found = built(before, now, old, new, basis)
            summed = sum(found.total(part)[0] for part in PARTS)
            change = found.after[0] - found.before[0]
            if change == change:
                assert summed == pytest.approx(change, abs=1e-9)


def test_the_ends_are_the_scores_of_the_two_rounds():
    for before, now, old, new, _verified in PAIRS:
        found = built(before, now, old, new)
        for given, framework, end in ((before, old, found.before), (now, new, found.after)):
            low = assess(framework, given).total.low
            assert end[0] == pytest.approx(float("nan") if low is None else float(low), abs=1e-9, nan_ok=True)
        assert not np.nan_to_num(found.total("verification")).any()


def test_with_one_method_nothing_is_laid_to_method():
    for before, now, _old, new, verified in PAIRS:
        found = built(before, now, new, new, verified)
        assert np.nan_to_num(found.total("method")).tolist() == [0.0]


def test_the_same_answers_under_two_methods_are_method_alone():
    for before, _now, old, new, _verified in PAIRS:
        found = built(before, before, old, new)
        for part in ("coverage", "verification", "real"):
            assert np.nan_to_num(found.total(part))[0] == pytest.approx(0, abs=1e-9)


def plain_real(before: Given, now: Given, framework: Framework) -> Fraction | None:
    """What moved in answers given in both rounds, from the second implementation, in exact fractions."""
    then, today = assess(framework, before), assess(framework, now)
    of = today.total.of
    if of == 0 or then.total.of == 0:
        return None
    both = [
        name
        for name in framework.indicators
        if then.marks[name].state == "answered" == today.marks[name].state
    ]
    return sum(
        (100 * today.marks[n].maximum * (today.marks[n].share - then.marks[n].share) / of for n in both),
        Fraction(0),
    )


def test_real_change_agrees_with_a_second_computation():
    compared = 0
    for before, now, old, new, _verified in PAIRS:
        expected = plain_real(before, now, new)
        if expected is not None:
            found = built(before, now, old, new).total("real")[0]
            assert found == pytest.approx(float(expected), abs=1e-9)
            compared += bool(expected)
    assert compared > RANDOM_CASES / 4


def test_an_indicator_that_is_gone_counts_as_method():
    new = framework_of(CASES["framework"])
    content = new.model_dump()
    dimension = content["dimensions"][-1]
    added = {**dimension["indicators"][-1], "id": "D7"}
    dimension["indicators"] = [*dimension["indicators"], added]
    dimension["points"] += added["maximum"]
    content["total_points"] += added["maximum"]
    old = Framework.model_validate(content)
    answers = {"D7": Answer(AnswerState.ANSWERED, value=12.0), "D6": Answer(AnswerState.ANSWERED, value=12.0)}
    found = built(answers, {"D6": answers["D6"]}, old, new)
    assert found.before[0] == pytest.approx(100 * 40 / 1020)
    assert found.after[0] == pytest.approx(2)
    assert found.total("method")[0] == pytest.approx(2 - 100 * 40 / 1020)
    assert found.total("real")[0] == 0


def test_what_is_printed_adds_up():
    chance = random.Random(SEED)
    for _ in range(2000):
        start = chance.uniform(0, 100)
        parts = [chance.choice([0.0, chance.uniform(-9, 9)]) for _ in PARTS]
        end = start + sum(parts)
        shown = printed_parts(start, parts, end)
        tenths = int((rounded(end, 1) - rounded(start, 1)) * 10)
        assert round(sum(shown) * 10) == tenths if any(parts) else shown == [0.0] * len(parts)
        assert all(abs(one - part) < 0.2 for one, part in zip(shown, parts, strict=True))
        assert all(one == 0 for one, part in zip(shown, parts, strict=True) if part == 0)


def test_replacing_the_dictionary_of_answers_changes_nothing():
    before, now, old, new, _verified = PAIRS[0]
    found = built(before, now, old, new)
    again = built(dict(reversed(before.items())), dict(reversed(now.items())), old, new)
    assert replace(found, before=again.before).real.tolist() == again.real.tolist()
