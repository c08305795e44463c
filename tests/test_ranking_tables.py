"""The tables of groups, pairs and sources, on the sample."""

import numpy as np
import pytest

from report.round_report import RoundReport, round_report
from report.tables import ranking
from scoring.ranking import rank
from survey.framework import load_framework
from survey.framework.loading import DATA
from survey.members import load_members
from survey.response import Recorded, Response
from survey.sample.reading import read_sample


@pytest.fixture(scope="module")
def report() -> RoundReport:
    framework = load_framework(DATA / "frameworks/qd206.yaml").framework
    filled = read_sample()[-1]
    members = [member for member in load_members().members if member.id in filled.responses]
    responses = {
        library: Response(
            filled.round_.id,
            library,
            recorded={name: Recorded(answer, 1) for name, answer in own.answers.items()},
        )
        for library, own in filled.responses.items()
    }
    return round_report(filled.round_, framework, members, responses, {}, sample=True)


def test_every_ranked_library_stands_once_in_order_of_name_inside_its_group(report: RoundReport):
    table, found = ranking.groups(report), rank(report.self_card, report.framework)
    assert len(table) >= 3
    assert sorted(table["library"]) == list(found.libraries)
    assert table["group"].is_monotonic_increasing
    names = [member.id for member in report.members]
    for number, group in enumerate(found.groups, start=1):
        own = table.loc[table["group"] == number, "library"].tolist()
        assert sorted(own) == sorted(group)
        assert own == sorted(own, key=names.index)


def test_the_interval_holds_the_median_and_is_told_in_both_languages(report: RoundReport):
    table, english = ranking.groups(report), ranking.groups(report, language="en")
    assert (table["low"] <= table["median"]).all()
    assert (table["median"] <= table["high"]).all()
    assert table["top"].between(0, 1).all()
    for vietnamese, own in zip(table.to_dict("records"), english.to_dict("records"), strict=True):
        low, high = own["low"], own["high"]
        assert own["interval"] == (f"rank {low}" if low == high else f"ranks {low} to {high}")
        assert vietnamese["interval"] == (f"hạng {low}" if low == high else f"hạng {low} đến {high}")


def test_pairs_stand_in_the_order_of_the_groups(report: RoundReport):
    table, shares = ranking.groups(report), ranking.above(report)
    found = rank(report.self_card, report.framework)
    assert shares.index.tolist() == shares.columns.tolist() == table["short"].tolist()
    assert np.isnan(shares.to_numpy().diagonal()).all()
    first, last = (found.libraries.index(table["library"].iloc[at]) for at in (0, -1))
    assert shares.iloc[0, -1] == found.above[first, last]


def test_sources_stand_with_the_strongest_first(report: RoundReport):
    table = ranking.sources(report, language="en")
    assert len(table) == 6
    assert table["share"].is_monotonic_decreasing
    assert table["share"].sum() == pytest.approx(1)
    assert "Weights of the dimensions" in set(table["label"])


def test_a_round_without_answers_has_empty_tables(report: RoundReport):
    empty = round_report(report.round, report.framework, report.members, {}, {})
    assert ranking.groups(empty).empty
    assert ranking.above(empty).empty
    assert ranking.sources(empty)["share"].sum() == 0
