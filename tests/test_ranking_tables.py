"""The tables of groups, pairs and sources, on the sample."""

from dataclasses import replace

import numpy as np
import pytest

from report.rank_study import RankStudy, from_text, study_ranks, to_text
from report.round_report import RoundReport, round_report
from report.tables import ranking
from scoring.ranking import rank
from survey.framework import load_framework
from survey.framework.loading import DATA
from survey.members import load_members
from survey.response import Recorded, Response, ResponseState
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
            state=ResponseState.SUBMITTED,
            recorded={name: Recorded(answer, 1) for name, answer in own.answers.items()},
        )
        for library, own in filled.responses.items()
    }
    return round_report(filled.round_, framework, members, responses, {}, sample=True)


@pytest.fixture(scope="module")
def study(report: RoundReport) -> RankStudy:
    return study_ranks(report)


def test_every_ranked_library_stands_once_in_order_of_name_inside_its_group(
    report: RoundReport, study: RankStudy
):
    table, found = ranking.groups(report, study), rank(report.self_card, report.framework)
    assert len(table) >= 3
    assert sorted(table["library"]) == list(found.libraries)
    assert table["group"].is_monotonic_increasing
    names = [member.id for member in report.members]
    for number, group in enumerate(found.groups, start=1):
        own = table.loc[table["group"] == number, "library"].tolist()
        assert sorted(own) == sorted(group)
        assert own == sorted(own, key=names.index)


def test_the_interval_holds_the_median_and_is_told_in_both_languages(report: RoundReport, study: RankStudy):
    table, english = ranking.groups(report, study), ranking.groups(report, study, language="en")
    assert (table["low"] <= table["median"]).all()
    assert (table["median"] <= table["high"]).all()
    assert table["top"].between(0, 1).all()
    for vietnamese, own in zip(table.to_dict("records"), english.to_dict("records"), strict=True):
        low, high = own["low"], own["high"]
        assert own["interval"] == (f"rank {low}" if low == high else f"ranks {low} to {high}")
        assert vietnamese["interval"] == (f"hạng {low}" if low == high else f"hạng {low} đến {high}")


def test_pairs_stand_in_the_order_of_the_groups(report: RoundReport, study: RankStudy):
    table, shares = ranking.groups(report, study), ranking.above(report, study)
    found = rank(report.self_card, report.framework)
    assert shares.index.tolist() == shares.columns.tolist() == table["short"].tolist()
    assert np.isnan(shares.to_numpy().diagonal()).all()
    first, last = (found.libraries.index(table["library"].iloc[at]) for at in (0, -1))
    assert shares.iloc[0, -1] == found.above[first, last]


def test_sources_stand_with_the_strongest_first(study: RankStudy):
    table = ranking.sources(study, language="en")
    assert len(table) == 6
    assert table["share"].is_monotonic_decreasing
    assert table["share"].sum() == pytest.approx(1)
    assert "Weights of the dimensions" in set(table["label"])


def test_what_a_rank_hangs_on_stands_with_the_largest_change_first(report: RoundReport, study: RankStudy):
    table = ranking.fragile(report, study)
    assert sorted(table["library"]) == list(study.ranking.libraries)
    assert table["change"].abs().is_monotonic_decreasing
    assert (table["without"] == table["official"] - table["change"]).all()
    assert ((table["indicator"] == "") == (table["change"] == 0)).all()


def test_only_libraries_that_have_sent_are_studied(report: RoundReport):
    first = report.members[0].id
    responses = {
        **report.responses,
        first: replace(report.responses[first], state=ResponseState.DRAFT),
    }
    left = study_ranks(replace(report, responses=responses)).ranking
    assert first not in left.libraries + left.unranked


def test_a_kept_study_comes_back_to_the_last_digit(report: RoundReport, study: RankStudy):
    back = from_text(to_text(study))
    assert to_text(back) == to_text(study)
    assert back.drivers == study.drivers
    assert back.fragilities == study.fragilities
    for name in ("official", "median", "low", "high", "top", "shares", "above"):
        assert np.array_equal(getattr(back.ranking, name), getattr(study.ranking, name)), name
    assert ranking.groups(report, back).equals(ranking.groups(report, study))
    with pytest.raises(ValueError, match="no study"):
        from_text("{}")


def test_a_round_without_answers_has_empty_tables(report: RoundReport):
    empty = round_report(report.round, report.framework, report.members, {}, {})
    study = from_text(to_text(study_ranks(empty)))
    assert ranking.groups(empty, study).empty
    assert ranking.above(empty, study).empty
    assert ranking.fragile(empty, study).empty
    assert ranking.sources(study)["share"].sum() == 0
