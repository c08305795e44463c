"""What the page said was saved, looked up in the database afterwards."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.answering import Given

_REVISIONS = """
    select numerator, denominator, value, items from answer
    where round_id = ? and library_id = ? and question_id = ? order by revision
"""


def count_lost(database: Path, round_id: str, acknowledged: Iterable[Given]) -> int:
    """How many acknowledged answers are not there, in the order in which they were given."""
    by_question = sorted(acknowledged, key=lambda given: (given.library, given.question))
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return sum(
            _missing(list(given), connection.execute(_REVISIONS, (round_id, *key)).fetchall())
            for key, given in groupby(by_question, key=lambda given: (given.library, given.question))
        )


def _missing(acknowledged: Sequence[Given], revisions: Sequence[tuple[Any, ...]]) -> int:
    """Each acknowledged answer needs a revision of its own, later than that of the one before."""
    next_place, missing = 0, 0
    for given in acknowledged:
        places = range(next_place, len(revisions))
        found = next((place for place in places if _holds(revisions[place], given)), None)
        missing += found is None
        next_place = next_place if found is None else found + 1
    return missing


def _holds(row: tuple[Any, ...], given: Given) -> bool:
    numerator, denominator, value, items = row
    figures = {"numerator": numerator, "denominator": denominator, "value": value}
    if given.field in figures:
        return bool(figures[given.field] == given.value)
    return (given.field in items.split(";")) is given.value
