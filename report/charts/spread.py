"""How the libraries lie on each indicator or dimension: lowest, median, highest; a table for one figure."""

import pandas as pd

from report.charts.records import Record, groups
from report.charts.scale import Scale
from survey.response import AnswerState

COLUMNS = ("dimension", "id", "label", "line", "stated", "lowest", "median", "highest", "own", "own_state")


def indicator_spread(table: pd.DataFrame, scale: Scale, *, own: str = "") -> pd.DataFrame:
    """One row for each indicator, from `tables.scores.by_indicator`.

    Columns: dimension, id, label; line (where the first milestone's target lies), lowest, median,
    highest, own: percent of the way to the last target; stated: libraries with an answer;
    own_state: the words for the own library's state. NaN where nothing is stated.
    """
    found = []
    for indicator, rows in groups(table, "indicator"):
        values = {row["library"]: 100 * row["share"] for row in rows if row["state"] == AnswerState.ANSWERED}
        mine = next((row["state_words"] for row in rows if row["library"] == own), "")
        found.append(_row(rows[0], indicator, rows[0]["label"], scale.lines[indicator], values, own, mine))
    return pd.DataFrame(found, columns=list(COLUMNS))


def dimension_spread(table: pd.DataFrame, scale: Scale, *, own: str = "") -> pd.DataFrame:
    """One row for each dimension, from `tables.scores.by_dimension`; columns as in `indicator_spread`, scores."""
    found = []
    for dimension, rows in groups(table, "dimension"):
        values = {row["library"]: row["score"] for row in rows if row["score"] == row["score"]}
        line = scale.dimension_lines[dimension]
        found.append(_row(rows[0], dimension, rows[0]["label"], line, values, own, ""))
    return pd.DataFrame(found, columns=list(COLUMNS))


def _row(
    first: Record, name: str, label: str, line: float, values: dict[str, float], own: str, own_state: str
) -> Record:
    series = pd.Series(list(values.values()), dtype=float)
    return {
        "dimension": first["dimension"],
        "id": name,
        "label": label,
        "line": line,
        "stated": len(values),
        "lowest": series.min(),
        "median": series.median(),
        "highest": series.max(),
        "own": values.get(own, float("nan")),
        "own_state": own_state,
    }
