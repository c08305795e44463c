"""How the libraries lie on each indicator or dimension: lowest, median, highest; a table for one figure."""

import pandas as pd

from report.charts.records import Record, groups
from report.charts.scale import Scale
from survey.response import AnswerState

COLUMNS = ("dimension", "id", "label", "line", "stated", "lowest", "median", "highest", "own", "own_state")


def indicator_spread(table: pd.DataFrame, scale: Scale, *, own: str = "") -> pd.DataFrame:
    """One row for each indicator, from `tables.scores.by_indicator`.

    Columns: dimension, id, label; line (where the first milestone's target lies), lowest, median,
    highest, own: percent of the way to the last target; stated: libraries that sent an answer;
    own_state: the words for the own library's state. NaN where nothing is stated. The own answer
    is there before it is sent.
    """
    found = []
    for indicator, rows in groups(table, "indicator"):
        given = [row for row in rows if row["state"] == AnswerState.ANSWERED]
        mine = next((row["state_words"] for row in rows if row["library"] == own), "")
        line = scale.lines[indicator]
        found.append(
            _row(indicator, rows[0], line, [row | {"lies": 100 * row["share"]} for row in given], own, mine)
        )
    return pd.DataFrame(found, columns=list(COLUMNS))


def dimension_spread(table: pd.DataFrame, scale: Scale, *, own: str = "") -> pd.DataFrame:
    """One row for each dimension, from `tables.scores.by_dimension`; columns as in `indicator_spread`, scores."""
    found = []
    for dimension, rows in groups(table, "dimension"):
        given = [row | {"lies": row["score"]} for row in rows if row["score"] == row["score"]]
        found.append(_row(dimension, rows[0], scale.dimension_lines[dimension], given, own, ""))
    return pd.DataFrame(found, columns=list(COLUMNS))


def _row(name: str, first: Record, line: float, given: list[Record], own: str, own_state: str) -> Record:
    """One row of the table. given: the libraries' rows, with `lies`, where each one lies."""
    sent = pd.Series([row["lies"] for row in given if row["sent"]], dtype=float)
    return {
        "dimension": first["dimension"],
        "id": name,
        "label": first["label"],
        "line": line,
        "stated": len(sent),
        "lowest": sent.min(),
        "median": sent.median(),
        "highest": sent.max(),
        "own": next((row["lies"] for row in given if row["library"] == own), float("nan")),
        "own_state": own_state,
    }
