"""The paces of the sample's libraries in a table: worked by hand for some, the same figures as the rounds', in both languages."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from report import pace_words
from report.round_report import VERIFIED, RoundReport, round_report
from report.tables import pace, rounds, scores
from scoring.pace import Basis, PaceClass
from survey.framework import (
    ChecklistIndicator,
    Framework,
    RatioIndicator,
    YesNoIndicator,
    load_framework,
    load_sources,
    parse_framework,
)
from survey.framework.loading import DATA
from survey.members import load_members
from survey.response import Answer, AnswerState, Recorded, Response, ResponseState
from survey.rounds import Round
from survey.sample.reading import read_sample
from survey.text import MISSING

LOADED = load_framework(DATA / "frameworks" / "qd206.yaml")
FRAMEWORK = LOADED.framework
SMALL = load_framework(DATA.parent / "tests/frameworks/reading_rooms.yaml").framework
MEMBERS = load_members()
SON_LA, LAI_CHAU, LANG_SON, MERGED = "son_la", "lai_chau", "lang_son", "thai_nguyen_2025"
YEAR = 365.2425


def report_of(
    round_: Round, responses: Mapping[str, Response], framework: Framework = FRAMEWORK
) -> RoundReport:
    return round_report(round_, framework, MEMBERS.valid_on(round_.reference_date), responses, {})


@pytest.fixture(scope="module")
def sample() -> list[RoundReport]:
    return [
        report_of(
            filled.round_,
            {
                library: Response(
                    filled.round_.id,
                    library,
                    state=response.state,
                    recorded={
                        name: Recorded(answer, 1, verified=name in response.verified)
                        for name, answer in response.answers.items()
                    },
                )
                for library, response in filled.responses.items()
            },
        )
        for filled in read_sample()
    ]


def made(
    given: Mapping[date, Mapping[str, Mapping[str, Answer]]], framework: Framework = FRAMEWORK
) -> list[RoundReport]:
    """Rounds with responses that were sent: by day, library and indicator."""
    reports = []
    for day, libraries in given.items():
        round_ = Round(f"r{day:%Y%m%d}", "Đợt", framework.id, 1, day, day, day)
        responses = {
            library: Response(
                round_.id,
                library,
                state=ResponseState.SUBMITTED,
                recorded={name: Recorded(answer, 1) for name, answer in answers.items()},
            )
            for library, answers in libraries.items()
        }
        reports.append(report_of(round_, responses, framework))
    return reports


def ratio(a: float, b: float = 100) -> Answer:
    return Answer(AnswerState.ANSWERED, numerator=a, denominator=b)


def value(x: float) -> Answer:
    return Answer(AnswerState.ANSWERED, value=x)


def row(table: pd.DataFrame, indicator: str) -> dict[str, object]:
    return {str(k): v for k, v in table.set_index("indicator").loc[indicator].to_dict().items()}


def test_one_indicator_over_three_rounds_by_hand():
    """30, 40 and 52 % over 731 days; 48 in the 1826 days from 31/12/2025."""
    days = [date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)]
    found = row(
        pace.by_indicator(
            made({day: {SON_LA: {"B1": ratio(x)}} for day, x in zip(days, (30, 40, 52), strict=True)}), SON_LA
        ),
        "B1",
    )
    assert (found["value"], found["target"], found["last_day"]) == (52, 100, date(2025, 12, 31))
    assert found["needed"] == pytest.approx(48 / 1826 * YEAR)
    assert found["own"] == found["best"] == pytest.approx(22 / 731 * YEAR)
    assert found["ratio"] == pytest.approx(22 / 731 * 1826 / 48)
    assert found["feasibility"] == pytest.approx(48 / 1826 * 731 / 22)
    assert (found["class"], found["class_words"], found["basis"]) == ("on_pace", "Đúng tiến độ", 3)
    # 48 / (22 / 731) = 1594.9 days after 31/12/2025 is 14/5/2030; by 12 in 365 days 1460 and by 10 in 366 days 1756.8.
    assert found["arrival_text"] == "2030 (2029–2030)"
    assert found["projected"] == pytest.approx(52 + 22 / 731 * 1826)
    assert [found[f"{name}_text"] for name in ("value", "target", "needed", "own", "best")] == [
        "52\u00a0%",
        "100\u00a0%",
        "+9,6 điểm phần trăm/năm",
        "+10,99 điểm phần trăm/năm",
        "+10,99 điểm phần trăm/năm",
    ]


def test_every_row_of_the_sample_says_what_its_rounds_say(sample: list[RoundReport]):
    table = pace.by_indicator(sample, LANG_SON)
    now = scores.by_indicator(sample[-1].only([LANG_SON]))
    assert table["indicator"].tolist() == now["indicator"].tolist() == list(FRAMEWORK.indicators)
    np.testing.assert_array_equal(table["target"], now["target_last"])
    answered = now["state"] == AnswerState.ANSWERED
    assert answered.sum() > 30
    np.testing.assert_array_equal(table["value"][answered], now["value"][answered])
    assert (table["value_text"][answered] == now["value_text"][answered]).all()
    reached = table["class"] == "reached"
    assert reached[answered].equals(now["uncapped"][answered] >= 1 - 1e-9)
    assert table.loc[reached, "needed"].eq(0).all()
    assert set(table["class"]) >= {"reached", "on_pace", "slow", "standing"}


def test_a_merged_library_with_a_part_outside_begins_anew_and_learns_from_the_others(
    sample: list[RoundReport],
):
    table = pace.by_indicator(sample, "bac_ninh_2025")
    assert set(table["basis"]) <= {0, 1}
    assert table["own"].isna().all()
    assert table["best"].notna().all()
    assert set(table["arrival_text"]) == {MISSING}


def test_a_merged_library_goes_on_from_the_sums_of_its_parts_where_they_may_be_added_up(
    sample: list[RoundReport],
):
    table = pace.by_indicator(sample, MERGED).set_index("indicator")
    assert table.loc["B1", ["rebuilt", "basis"]].tolist() == [3, 3]
    apart = table[table["rebuilt"] == 0]
    assert {"A3", "A5", "B9", "C1", "C7"} <= set(apart.index)
    assert apart["own"].isna().all()


def test_a_part_of_a_merged_library_keeps_its_own_history(sample: list[RoundReport]):
    table = pace.by_indicator(sample, "thai_nguyen")
    assert set(table["last_day"].dropna()) <= {report.round.reference_date for report in sample[:3]}
    assert (table["basis"] == 3).sum() > 30


def test_every_library_sees_the_same_best_pace(sample: list[RoundReport]):
    seen = {
        library: pace.by_indicator(sample, library)["best"]
        for library in (SON_LA, LAI_CHAU, LANG_SON, MERGED)
    }
    for best in seen.values():
        pd.testing.assert_series_equal(best, seen[MERGED])


def test_the_order_of_the_rounds_says_nothing(sample: list[RoundReport]):
    pd.testing.assert_frame_equal(
        pace.by_indicator(sample[::-1], LANG_SON), pace.by_indicator(sample, LANG_SON)
    )


def test_the_best_pace_counts_merged_libraries_with_their_parts(sample: list[RoundReport]):
    found = pace.by_indicator(sample, MERGED)
    going = found[(found["rebuilt"] >= 2) & found["best"].notna() & (found["own"] * found["best"] > 0)]
    assert len(going) > 0
    assert (going["own"].abs() <= going["best"].abs() + 1e-9).all()


def test_a_pace_that_nobody_has_towards_the_target_is_none():
    falling = {date(2023 + n, 12, 31): {SON_LA: {"D2": ratio(90 - 5 * n)}} for n in range(3)}
    [row] = [r for r in pace.by_indicator(made(falling), SON_LA).to_dict("records") if r["indicator"] == "D2"]
    assert (row["own_text"][0], row["best_text"]) == ("−", MISSING)


def test_a_change_of_method_is_no_pace_of_the_score():
    content = LOADED.text.replace("value: 40\n", "value: 30\n")
    easier = parse_framework(content, name="qd206", cited=load_sources())
    assert easier != FRAMEWORK
    answers = {
        name: Answer(AnswerState.ANSWERED, value=1.0 if isinstance(one, YesNoIndicator) else 2.0)
        if not isinstance(one, RatioIndicator | ChecklistIndicator)
        else ratio(40)
        if isinstance(one, RatioIndicator)
        else Answer(AnswerState.ANSWERED, items=(one.items[0].id,))
        for name, one in FRAMEWORK.indicators.items()
    }
    days = [date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)]
    *before, newest = made({day: {SON_LA: answers} for day in days})
    rows = pace.of_score([*before, replace(newest, framework=easier)]).set_index("library")
    assert rows.loc[SON_LA, "own"] == pytest.approx(0, abs=1e-9)
    assert rows.loc[SON_LA, "anew"] == 2


def test_two_rounds_are_marked_and_one_asks_only_what_is_needed(sample: list[RoundReport]):
    two = pace.by_indicator(sample[:2], LANG_SON)
    moving = two[~two["class"].isin(["reached", "unknown"])]
    assert moving["class_words"].str.endswith("(chỉ 2 thời điểm)").all()
    assert moving["arrival"].isna().all()
    assert two["best"].isna().all()
    alone = pace.by_indicator(sample[:1], LANG_SON)
    assert alone["own"].isna().all()
    assert alone["needed"].notna().any()


def test_a_draft_counts_for_its_own_library_only(sample: list[RoundReport]):
    newest = sample[-1]
    draft = replace(
        newest.responses[LANG_SON],
        state=ResponseState.DRAFT,
        recorded={**newest.responses[LANG_SON].recorded, "A2": Recorded(value(9_000), 2)},
    )
    changed = [*sample[:-1], replace(newest, responses={**newest.responses, LANG_SON: draft})]
    assert row(pace.by_indicator(changed, LANG_SON), "A2")["value"] == 9_000
    assert row(pace.by_indicator(changed, LAI_CHAU), "A2")["best"] < 9
    own = pace.of_score(changed).set_index("library").loc[LANG_SON]
    assert (own["sent"], own["last_day"]) == (False, sample[-2].round.reference_date)


def test_what_does_not_apply_now_has_no_pace():
    days = [date(2024, 12, 31), date(2025, 12, 31)]
    none = Answer(AnswerState.NOT_APPLICABLE, reason="không có")
    reports = made(
        {
            days[0]: {SON_LA: {"B3": ratio(30), "B1": ratio(30)}},
            days[1]: {SON_LA: {"B3": none, "B1": Answer(AnswerState.UNKNOWN)}},
        }
    )
    table = pace.by_indicator(reports, SON_LA)
    left_out, unknown = row(table, "B3"), row(table, "B1")
    assert (left_out["applies"], left_out["class_words"]) == (False, "Không áp dụng")
    assert math.isnan(left_out["value"])
    assert left_out["last_day"] is None or pd.isna(left_out["last_day"])
    assert (unknown["applies"], unknown["value"], unknown["last_day"]) == (True, 30, days[0])


def test_an_indicator_that_earlier_rounds_did_not_ask_begins_with_the_newest():
    old = made({date(2024, 12, 31): {SON_LA: {"X1": ratio(60)}}}, SMALL)
    new = made({date(2025, 12, 31): {SON_LA: {"A2": value(20)}}})
    found = row(pace.by_indicator([*old, *new], SON_LA), "A2")
    assert (found["value"], found["basis"], found["own_text"]) == (20, 1, MISSING)


def test_where_fewer_is_better_a_fall_is_progress_with_a_long_minus():
    given = {
        date(year, 12, 31): {SON_LA: {"X2": value(x)}} for year, x in ((2023, 48), (2024, 42), (2025, 36))
    }
    found = row(pace.by_indicator(made(given, SMALL), SON_LA), "X2")
    assert found["class"] == "slow"
    assert str(found["own_text"]).startswith("−6 ")
    assert str(found["needed_text"]).startswith("−8 ")


def test_of_two_rounds_for_one_day_the_later_one_counts():
    first = made({date(2025, 12, 31): {SON_LA: {"A2": value(10)}}})[0]
    again = made({date(2025, 12, 31): {SON_LA: {"A2": value(12)}}})[0]
    later = replace(again, round=replace(again.round, id="again", closes_on=date(2026, 3, 1)))
    for reports in ([first, later], [later, first]):
        assert row(pace.by_indicator(reports, SON_LA), "A2")["value"] == 12


def test_the_scores_are_those_of_the_trend(sample: list[RoundReport]):
    table = pace.of_score(sample).set_index("library")
    trend = rounds.trend(sample)
    newest = trend[trend["round"] == sample[-1].round.id].set_index("library")
    assert table.index.tolist() == [member.id for member in sample[-1].members]
    sent = newest.index[newest["sent"] & newest["score"].notna()]
    assert len(sent) >= 4
    pd.testing.assert_series_equal(table.loc[sent, "value"], newest.loc[sent, "score"], check_names=False)
    assert table["target"].eq(100).all()
    assert table.loc[MERGED, "class_words"] == "Mới có 1 thời điểm"


def test_verified_answers_have_paces_of_their_own(sample: list[RoundReport]):
    own, checked = (pace.by_indicator(sample, LANG_SON, basis=basis) for basis in ("self", VERIFIED))
    # The newest response has not been reviewed yet, so that what was verified is older.
    assert own["last_day"].eq(date(2025, 12, 31)).all()
    assert checked["last_day"].lt(date(2025, 12, 31)).all()
    assert (checked["basis"] <= own["basis"]).all()


@pytest.mark.parametrize(
    ("found", "basis", "overdue", "said"),
    [
        (PaceClass.GOING_BACK, Basis.THREE, False, "Lùi"),
        (PaceClass.STANDING, Basis.TWO, False, "Dậm chân (chỉ 2 thời điểm)"),
        (PaceClass.SLOW, Basis.THREE, False, "Chậm"),
        (PaceClass.REACHED, Basis.TWO, False, "Đã đạt"),
        (PaceClass.UNKNOWN, Basis.NOTHING, False, "Chưa có số liệu"),
        (PaceClass.UNKNOWN, Basis.ONE, False, "Mới có 1 thời điểm"),
        (PaceClass.UNKNOWN, Basis.TWO, True, "Hết hạn, chưa đạt"),
    ],
)
def test_the_words_of_a_class(found: PaceClass, basis: Basis, overdue: bool, said: str):
    assert pace_words.pace_class(found, basis, "vi", overdue=overdue) == said


@pytest.mark.parametrize(
    ("found", "basis", "years", "said"),
    [
        (PaceClass.SLOW, Basis.THREE, (2033, 2031, 2040), "2033 (2031–2040)"),
        (PaceClass.SLOW, Basis.THREE, (2033, 2033, 2033), "2033"),
        (PaceClass.SLOW, Basis.THREE, (2033, 2031, math.nan), "2033 (sớm nhất 2031)"),
        (PaceClass.STANDING, Basis.THREE, (math.nan, 2031, math.nan), "Không tới được với nhịp hiện nay"),
        (PaceClass.SLOW, Basis.TWO, (math.nan,) * 3, MISSING),
        (PaceClass.REACHED, Basis.THREE, (math.nan,) * 3, MISSING),
    ],
)
def test_the_words_of_an_arrival(
    found: PaceClass, basis: Basis, years: tuple[float, float, float], said: str
):
    arrival, earliest, latest = years
    assert (
        pace_words.arrival_text(
            found, basis, arrival=arrival, earliest=earliest, latest=latest, language="vi"
        )
        == said
    )


def test_english_words_stand_in_the_english_table(sample: list[RoundReport]):
    table = pace.by_indicator(sample, LANG_SON, language="en")
    assert set(table["class_words"]) >= {"Met", "On pace", "Slow", "Standing still"}
    assert row(table, "B1")["needed_text"].endswith(" percentage points a year")
