"""The pace of the score over rounds, worked by hand from the answers on: tests/cases/score_pace/score.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_pace_cases import number as pace
from test_pace_table import SON_LA, made
from test_scoring_cases import answers_of, framework_of

from report.tables.pace import of_score
from scoring.pace import Basis

CONTENT = yaml.safe_load((Path(__file__).parent / "cases/score_pace/score.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CONTENT["cases"], ids=lambda case: case["name"])
def test_a_pace_of_the_score_worked_by_hand(case: dict[str, Any]):
    framework = framework_of(CONTENT["framework"])
    rounds = {day: {SON_LA: answers_of(framework, given)} for day, given in case["rounds"].items()}
    row = of_score(made(rounds)).set_index("library").loc[SON_LA]
    for field, written in case["expect"].items():
        if field == "class":
            assert row[field] == written.replace(" ", "_")
        elif field == "basis":
            assert Basis(row[field]).name == written.upper()
        else:
            assert row[field] == pytest.approx(pace(written), abs=1e-9, nan_ok=True), field
