"""A province's own target is the pass mark of its library and the end of its pace; the score keeps the common goalposts."""

from dataclasses import replace
from datetime import date

import pytest
from test_explain import a_report, given, ratio

from report import explain_targets
from report.hidden_names import hide_names
from report.round_report import RoundReport
from report.tables import pace, programme
from scoring.demands import Goal
from scoring.matrix import build_matrix
from scoring.path import Plan, cheapest_path
from survey.errors import DefinitionError
from survey.framework import Framework, ProvinceTarget, load_framework, load_sources, parse_framework
from survey.framework.loading import DATA
from survey.framework.yaml_file import read_yaml, write_yaml

SOURCES = load_sources()
FILE = load_framework(DATA / "frameworks" / "qd206.yaml")
DOCUMENT = next(name for name, source in SOURCES.items() if source.kind == "province")
SON_LA, LAI_CHAU = "son_la", "lai_chau"
OWN = {
    "library": SON_LA,
    "indicator": "B3",
    "year": 2025,
    "value": 80,
    "source": {
        "kind": "province",
        "document": DOCUMENT,
        "clause": {"vi": "Mục thử nghiệm", "en": "Trial clause"},
        "checked": date(2026, 11, 26),
    },
}


def framework_with(*own: dict[str, object]) -> Framework:
    content = read_yaml(FILE.text, name="qd206")
    assert isinstance(content, dict)
    content["province_targets"] = list(own)
    return parse_framework(write_yaml(content), name="qd206", cited=SOURCES)


def report_with(digitised: float, *own: dict[str, object]) -> RoundReport:
    answers = {library: given({"B3": ratio(round(10 * digitised), 1000)}) for library in (SON_LA, LAI_CHAU)}
    return replace(a_report(answers), framework=framework_with(*own))


def row_of(report: RoundReport, library: str, target: str = "T3") -> dict[str, object]:
    rows = programme.by_library(report).to_dict("records")
    found = next(row for row in rows if row["library"] == library and row["target"] == target)
    return {str(key): value for key, value in found.items()}


@pytest.mark.parametrize(
    ("digitised", "own", "common"),
    [
        pytest.param(69.9, "not_met", "not_met", id="below both"),
        pytest.param(70, "not_met", "met", id="at the common mark"),
        pytest.param(79.9, "not_met", "met", id="just below the own mark"),
        pytest.param(80, "met", "met", id="at the own mark"),
    ],
)
def test_the_own_figure_decides_for_its_library_alone(digitised: float, own: str, common: str):
    report = report_with(digitised, OWN)
    assert row_of(report, SON_LA)["outcome"] == own
    assert row_of(report, LAI_CHAU)["outcome"] == common
    assert (row_of(report, SON_LA)["own"], row_of(report, LAI_CHAU)["own"]) == (True, False)


def test_a_lower_own_figure_overrides_too():
    assert row_of(report_with(60, {**OWN, "value": 50}), SON_LA)["outcome"] == "met"


@pytest.mark.parametrize(
    ("own", "steps"),
    [
        # 195 of 450 documents, a tenth of the other 255 is 25.5: 221 are 49.1 %, 246 are 54.7 %.
        pytest.param(50, 2, id="less than the programme's 70 %"),
        # 195 + 6 x 25.5 = 348 are 77.3 %, 195 + 7 x 25.5 = 374 are 83.1 %.
        pytest.param(80, 7, id="more than the programme's 70 %"),
    ],
)
def test_the_path_to_the_target_leads_to_the_own_figure(own: float, steps: int):
    framework = framework_with({**OWN, "value": own})
    answers = {SON_LA: {"B3": ratio(195, 450)}}
    found = cheapest_path(build_matrix(answers, framework), framework, Goal(targets=("T3",)))
    assert isinstance(found, Plan)
    assert [step.indicator for step in found.steps] == ["B3"] * steps


def test_the_own_figure_binds_where_the_national_one_is_a_reference():
    report = report_with(75, OWN)
    assert row_of(report, SON_LA)["binding"] is True
    assert row_of(report, LAI_CHAU)["binding"] is False


def test_the_score_keeps_the_common_goalposts():
    with_own, without = report_with(75, OWN).self_card, report_with(75).self_card
    assert (with_own.points == without.points).all()
    assert (with_own.total.line == without.total.line).all()


def test_the_explanation_names_the_provinces_document():
    report = report_with(75, OWN)
    target = next(one for one in report.framework.programme_targets if one.id == "T3")
    lines = explain_targets.programme(report, SON_LA, target)
    assert "cần 80" in lines[0]
    assert lines[1] == (
        f"Mức đạt là chỉ tiêu của tỉnh: {SOURCES[DOCUMENT].number}, Mục thử nghiệm. Điểm số vẫn theo mốc chung."
    )
    assert len(explain_targets.programme(report, LAI_CHAU, target)) == 1


def test_the_pace_runs_to_the_own_target_of_2030():
    report = report_with(60, {**OWN, "year": 2030, "value": 90})
    rows = {
        library: next(
            row for row in pace.by_indicator([report], library).to_dict("records") if row["indicator"] == "B3"
        )
        for library in (SON_LA, LAI_CHAU)
    }
    assert (rows[SON_LA]["target"], rows[LAI_CHAU]["target"]) == (90, 100)
    # 30 points of a hundred in 1,826 days of 365.2425: 6.0007 a year; 40 for the other.
    assert rows[SON_LA]["needed"] == pytest.approx(30 / (1826 / 365.2425))
    assert rows[LAI_CHAU]["needed"] == pytest.approx(40 / (1826 / 365.2425))


@pytest.mark.parametrize(
    ("own", "fault"),
    [
        ([{**OWN, "indicator": "Z9"}], "'Z9' is no indicator"),
        ([{**OWN, "year": 2027}], "2027 is none of the milestones"),
        ([{**OWN, "value": 101}], "101 cannot be reached"),
        ([{**OWN, "value": 0}], "0 does not lie beyond the zero point 0"),
        ([OWN, {**OWN, "value": 90}], "'son_la B3 2025' stands 2 times"),
        ([{**OWN, "source": {**OWN["source"], "kind": "federation"}}], "has a source of kind province"),
        ([{**OWN, "source": {**OWN["source"], "document": "QD-206-2021"}}], "cannot back a province target"),
    ],
)
def test_a_faulty_own_target_is_refused_with_its_place(own: list[dict[str, object]], fault: str):
    with pytest.raises(DefinitionError) as error:
        framework_with(*own)
    assert any("province_targets" in line and fault in line for line in error.value.faults)


def test_without_names_the_same_libraries_pass():
    report = report_with(75, OWN)
    met = {target.target: target.met for target in report.federation()}
    for own in (SON_LA, LAI_CHAU):
        hidden = {target.target: target.met for target in hide_names(report, own).federation()}
        assert hidden == met
    assert met["T3"] == 1


def test_targets_of_other_libraries_years_and_indicators_are_not_taken():
    framework = framework_with(OWN)
    found = framework.province_target(SON_LA, "B3", 2025)
    assert isinstance(found, ProvinceTarget)
    assert framework.province_target(LAI_CHAU, "B3", 2025) is None
    assert framework.province_target(SON_LA, "B3", 2030) is None
    assert framework.province_target(SON_LA, "B4", 2025) is None


@pytest.mark.parametrize(
    ("now", "own", "steps"),
    [
        # B3 goes from where it is to 100 % in ten steps: from 0, to 50 % five, to 70 % seven, to 80 % eight.
        pytest.param(0, 50, 5, id="a lower own figure is nearer"),
        pytest.param(0, 80, 8, id="a higher own figure is further"),
        pytest.param(72, 80, 3, id="the common mark is passed, the own one is not: 74,8 - 77,6 - 80,4"),
        pytest.param(55, 50, 0, id="the own figure is reached already"),
    ],
)
def test_the_cheapest_path_to_a_target_goes_to_the_own_figure(now: float, own: float, steps: int):
    report = report_with(now, {**OWN, "value": own})
    found = cheapest_path(report.only([SON_LA]).matrix, report.framework, Goal(targets=("T3",)))
    assert isinstance(found, Plan)
    assert (len(found.steps), found.cost) == (steps, steps)
