"""Rows of a table, one at a time."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

Record = dict[str, Any]


def records(table: pd.DataFrame) -> list[Record]:
    """The rows as dictionaries by column."""
    return [{str(column): value for column, value in row.items()} for row in table.to_dict("records")]


def groups(table: pd.DataFrame, column: str) -> list[tuple[str, list[Record]]]:
    """The rows that share a value of `column`, in the order in which the values first come."""
    found: dict[str, list[Record]] = {}
    for row in records(table):
        found.setdefault(str(row[column]), []).append(row)
    return list(found.items())


def numbers(values: Sequence[float]) -> list[float | None]:
    """Numbers for plotly: what is missing is None, so nothing is drawn; never 0."""
    return [None if value != value else float(value) for value in values]
