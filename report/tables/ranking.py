"""The order of libraries as far as it can be told: groups with intervals instead of bare ranks."""

import numpy as np
import pandas as pd

from report import labels
from report.round_report import SELF, RoundReport
from scoring.ranking import Ranking, drivers, rank
from survey.text import Language


def groups(report: RoundReport, *, basis: str = SELF, language: Language = "vi") -> pd.DataFrame:
    """One row for each ranked library, best group first, in the report's order inside a group.

    Columns: group (int from 1), library (id), name, short (province), median, low, high (ranks, 5
    to 95 % of draws), interval (words), top (share of draws among the best three, 0-1).
    """
    found = rank(report.card(basis), report.framework)
    rows = []
    for number, group in enumerate(found.groups, start=1):
        for library in _in_order(report, group):
            at = found.libraries.index(library)
            rows.append(
                {
                    "group": number,
                    "library": library,
                    "name": report.member(library).name.to(language),
                    "short": report.member(library).short.to(language),
                    "median": int(found.median[at]),
                    "low": int(found.low[at]),
                    "high": int(found.high[at]),
                    "interval": labels.ranks(int(found.low[at]), int(found.high[at]), language),
                    "top": float(found.top[at]),
                }
            )
    columns = ["group", "library", "name", "short", "median", "low", "high", "interval", "top"]
    return pd.DataFrame(rows, columns=columns)


def above(report: RoundReport, *, basis: str = SELF, language: Language = "vi") -> pd.DataFrame:
    """Share of draws (0-1) in which the row's library scores above the column's.

    Rows and columns by the short names of ranked libraries, in the order of `groups`; NaN where a
    library meets itself.
    """
    found = rank(report.card(basis), report.framework)
    order = _by_group(report, found)
    at = [found.libraries.index(library) for library in order]
    names = [report.member(library).short.to(language) for library in order]
    shares = pd.DataFrame(found.above[at][:, at], index=names, columns=names)
    return shares.mask(np.eye(len(at), dtype=np.bool_))


def sources(report: RoundReport, *, basis: str = SELF, language: Language = "vi") -> pd.DataFrame:
    """What the order depends on, most first.

    Columns: source (id), label, shift (places, mean), share (of all shifts, 0-1).
    """
    rows = [
        {
            "source": one.source.value,
            "label": labels.rank_source(one.source, language),
            "shift": one.shift,
            "share": one.share,
        }
        for one in drivers(report.card(basis), report.framework)
    ]
    return pd.DataFrame(rows).sort_values("share", ascending=False, kind="stable", ignore_index=True)


def _by_group(report: RoundReport, found: Ranking) -> list[str]:
    return [library for group in found.groups for library in _in_order(report, group)]


def _in_order(report: RoundReport, group: tuple[str, ...]) -> list[str]:
    return [member.id for member in report.members if member.id in group]
