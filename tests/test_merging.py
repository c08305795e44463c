"""Merged libraries: sums of the parts' figures, what is not known, and the Federation on one footing."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from report import footing_words
from report.rebuilt import parts_of, rebuilt_values
from report.round_report import SELF, RoundReport, round_report
from report.tables import footing, merged, pace
from scoring.merging import rebuild
from survey.framework import load_framework
from survey.framework.loading import DATA
from survey.members import load_members
from survey.response import Answer, AnswerState, Recorded, Response
from survey.sample.reading import read_sample

FRAMEWORK = load_framework(DATA / "frameworks" / "qd206.yaml").framework
MEMBERS = load_members()
BEFORE, AFTER = 2, 3
UNKNOWN, NOT_APPLICABLE = Answer(AnswerState.UNKNOWN), Answer(AnswerState.NOT_APPLICABLE)


def ratio(a: float, b: float) -> Answer:
    return Answer(AnswerState.ANSWERED, numerator=a, denominator=b)


def number(value: float) -> Answer:
    return Answer(AnswerState.ANSWERED, value=value)


@pytest.fixture(scope="module")
def rounds() -> list[RoundReport]:
    return [
        round_report(
            filled.round_,
            FRAMEWORK,
            MEMBERS.valid_on(filled.round_.reference_date),
            {
                library: Response(
                    filled.round_.id,
                    library,
                    state=one.state,
                    recorded={name: Recorded(answer, 1) for name, answer in one.answers.items()},
                )
                for library, one in filled.responses.items()
            },
            {},
        )
        for filled in read_sample()
    ]


def test_a_ratio_is_the_sum_of_numerators_over_the_sum_of_denominators_and_no_mean():
    """90 of 100 and 10 of 900: 100 of 1000 = 10 %; the mean of 90 % and 1.1 % would be 45.6 %."""
    found = rebuild(FRAMEWORK.questions["B3"], {"one": ratio(90, 100), "other": ratio(10, 900)})
    assert found.answer == ratio(100, 1000)


def test_counts_are_summed_and_rates_are_not():
    parts = {"one": number(20), "other": number(14)}
    assert rebuild(FRAMEWORK.questions["A2"], parts).answer == number(34)
    assert rebuild(FRAMEWORK.questions["A3"], parts).answer is None


@pytest.mark.parametrize("name", ["A5", "A6", "B9", "C7", "G3"])
def test_levels_lists_yes_no_and_shared_counts_are_never_combined(name: str):
    given_answer = Answer(AnswerState.ANSWERED, numerator=1, denominator=12, value=1, items=("A6.1",))
    found = rebuild(FRAMEWORK.questions[name], {"one": given_answer, "other": given_answer})
    assert (found.answer, found.missing) == (None, ())


@pytest.mark.parametrize("silent", [None, UNKNOWN, Answer(), Answer(AnswerState.ANSWERED, numerator=3)])
def test_a_part_without_a_figure_leaves_the_sum_unknown_and_is_named(silent: Answer | None):
    found = rebuild(FRAMEWORK.questions["B3"], {"one": ratio(1, 2), "other": silent})
    assert (found.answer, found.missing) == (None, ("other",))


def test_a_part_to_which_a_ratio_does_not_apply_adds_nothing():
    found = rebuild(FRAMEWORK.questions["B3"], {"one": ratio(1, 2), "other": NOT_APPLICABLE})
    assert found.answer == ratio(1, 2)
    assert rebuild(FRAMEWORK.questions["B3"], {"one": NOT_APPLICABLE}).answer is None


def test_a_count_that_does_not_apply_to_a_part_is_not_known():
    found = rebuild(FRAMEWORK.questions["A2"], {"one": number(5), "other": NOT_APPLICABLE})
    assert found.missing == ("other",)


pairs = some.tuples(some.integers(0, 10**6), some.integers(0, 10**6)).map(sorted)


@given(some.lists(pairs, min_size=1, max_size=4))
def test_the_rebuilt_figures_are_the_sums_whatever_the_order_of_the_parts(given_pairs: list[list[int]]):
    question = FRAMEWORK.questions["B1"]
    sums = (sum(a for a, _ in given_pairs), sum(b for _, b in given_pairs))
    for order in permutations(given_pairs):
        parts = {str(place): ratio(a, b) for place, (a, b) in enumerate(order)}
        answer = rebuild(question, parts).answer
        assert answer is not None
        assert (answer.numerator, answer.denominator) == sums


@given(some.lists(pairs.filter(lambda one: one[1] > 0), min_size=2, max_size=4))
def test_the_rebuilt_ratio_lies_between_those_of_the_parts(given_pairs: list[list[int]]):
    parts = {str(place): ratio(a, b) for place, (a, b) in enumerate(given_pairs)}
    answer = rebuild(FRAMEWORK.questions["B1"], parts).answer
    assert answer is not None
    shares = [a / b for a, b in given_pairs]
    together = answer.numerator / answer.denominator
    assert min(shares) - 1e-12 <= together <= max(shares) + 1e-12


def row_of(rounds: list[RoundReport], library: str, question: str) -> dict:
    frame = merged.before_and_after(rounds[AFTER], rounds[BEFORE], library, basis=SELF)
    return frame.set_index("question").loc[question].to_dict()


def test_the_pages_of_lao_cai_fall_while_its_copies_add_up(rounds: list[RoundReport]):
    pages, copies = row_of(rounds, "lao_cai_2025", "G5"), row_of(rounds, "lao_cai_2025", "G2")
    parts = [rounds[BEFORE].responses[name].answer("G5").value for name in ("yen_bai", "lao_cai")]
    assert pages["value_before"] == sum(parts) == 525070
    assert pages["change"] == 515974 - 525070
    assert pages["fallen"] == "Trang tài liệu số: −9.096 trang"
    assert pages["reasons"][0].startswith("Đã xác nhận (thấp hơn tổng các thư viện cũ): Đếm lại")
    assert copies["fallen"] == ""


def test_whatever_is_rebuilt_of_phu_tho_says_what_is_not_in_it_and_has_no_change(rounds: list[RoundReport]):
    frame = merged.before_and_after(rounds[AFTER], rounds[BEFORE], "phu_tho_2025", basis=SELF)
    known = frame[frame["value_before"].notna()]
    assert len(known) > 10
    assert known["before_text"].str.endswith("(chưa gồm Vĩnh Phúc, Phú Thọ cũ)").all()
    assert frame["change"].isna().all()
    assert row_of(rounds, "bac_ninh_2025", "G2")["before_text"].endswith("(chưa gồm Bắc Ninh cũ)")


def test_the_pace_of_a_wholly_known_merged_library_takes_its_parts_for_the_rounds_before(
    rounds: list[RoundReport],
):
    table = pace.by_indicator(rounds, "thai_nguyen_2025").set_index("indicator")
    assert table.loc["B1", "rebuilt"] == AFTER
    assert table.loc["A5", "rebuilt"] == 0
    one, other = (rounds[0].responses[name].answer("B1") for name in ("bac_kan", "thai_nguyen"))
    share = 100 * (one.numerator + other.numerator) / (one.denominator + other.denominator)
    column = list(FRAMEWORK.indicators).index("B1")
    assert rebuilt_values(rounds, "thai_nguyen_2025", FRAMEWORK, SELF)[0, column] == pytest.approx(share)


def test_the_pace_of_a_library_with_unknown_parts_takes_nothing_from_before(rounds: list[RoundReport]):
    assert (pace.by_indicator(rounds, "phu_tho_2025")["rebuilt"] == 0).all()
    assert (pace.by_indicator(rounds, "son_la")["rebuilt"] == 0).all()


def test_the_footing_is_the_territory_that_is_whole_in_both_rounds(rounds: list[RoundReport]):
    shared = footing.find_footing(rounds)
    assert shared is not None
    assert (shared.before, shared.after) == (rounds[BEFORE], rounds[AFTER])
    assert {one.id for one in shared.left_out} == {"phu_tho_2025", "bac_ninh_2025"}
    assert len(shared.compared) == 8


def test_the_pooled_ratio_adds_up_the_same_territory_before_and_after(rounds: list[RoundReport]):
    shared = footing.Footing(rounds[BEFORE], rounds[AFTER])
    row = footing.pooled(shared, basis=SELF).set_index("indicator").loc["B1"].to_dict()
    after = ["cao_bang", "lang_son", "tuyen_quang_2025", "lao_cai_2025", "thai_nguyen_2025"]
    before = ["cao_bang", "lang_son"] + [
        part.id for name in after[2:] for part in parts_of(rounds[BEFORE], name)
    ]
    for time, report, names in (("before", rounds[BEFORE], before), ("after", rounds[AFTER], after)):
        answers = [report.responses[name].answer("B1") for name in names]
        assert row[f"numerator_{time}"] == sum(one.numerator for one in answers)
        assert row[f"denominator_{time}"] == sum(one.denominator for one in answers)
    assert row["libraries"] == 5
    assert row["change"] == pytest.approx(row["after"] - row["before"])


def test_ratios_that_may_not_be_added_up_are_not_pooled(rounds: list[RoundReport]):
    shared = footing.Footing(rounds[BEFORE], rounds[AFTER])
    assert "C7" not in set(footing.pooled(shared, basis=SELF)["indicator"])


def test_headcounts_stand_on_both_numbers_and_the_reason_is_given(rounds: list[RoundReport]):
    shared = footing.Footing(rounds[BEFORE], rounds[AFTER])
    counts = footing.headcounts(shared, basis=SELF)
    assert set(counts["of_before"]) == {13}
    assert set(counts["of_after"]) == {10}
    said = " ".join(footing_words.sentences(shared, basis=SELF))
    assert "Không so trực tiếp điểm trung bình của 13 và 10 thư viện" in said
    assert "Không tính Phú Thọ: số liệu trước sắp xếp chưa gồm Vĩnh Phúc, Phú Thọ cũ." in said


def test_rounds_with_the_same_members_have_no_footing_to_find(rounds: list[RoundReport]):
    assert footing.find_footing(rounds[:AFTER]) is None
    assert footing.find_footing([]) is None
