"""The order of libraries as far as it can be told: groups with intervals instead of bare ranks."""

import numpy as np
import pandas as pd

from report import labels
from report.rank_study import RankStudy
from report.round_report import RoundReport
from scoring.ranking import Ranking
from survey.text import Language


def groups(report: RoundReport, study: RankStudy, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each ranked library, best group first, in the report's order inside a group.

    Columns: group (int from 1), library (id), name, short (province), official (rank by the official
    score), median, low, high (ranks, 5 to 95 % of draws), interval (words), top (share of draws among
    the best three, 0-1).
    """
    found = study.ranking
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
                    "official": int(found.official[at]),
                    "median": int(found.median[at]),
                    "low": int(found.low[at]),
                    "high": int(found.high[at]),
                    "interval": labels.ranks(int(found.low[at]), int(found.high[at]), language),
                    "top": float(found.top[at]),
                }
            )
    columns = [
        "group", "library", "name", "short", "official", "median", "low", "high", "interval", "top",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def above(report: RoundReport, study: RankStudy, *, language: Language = "vi") -> pd.DataFrame:
    """Share of draws (0-1) in which the row's library scores above the column's.

    Rows and columns by the short names of ranked libraries, in the order of `groups`; NaN where a
    library meets itself.
    """
    found = study.ranking
    order = _by_group(report, found)
    at = [found.libraries.index(library) for library in order]
    names = [report.member(library).short.to(language) for library in order]
    shares = pd.DataFrame(found.above[at][:, at], index=names, columns=names)
    return shares.mask(np.eye(len(at), dtype=np.bool_))


def sources(study: RankStudy, *, language: Language = "vi") -> pd.DataFrame:
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
        for one in study.drivers
    ]
    return pd.DataFrame(rows).sort_values("share", ascending=False, kind="stable", ignore_index=True)


def fragile(report: RoundReport, study: RankStudy, *, language: Language = "vi") -> pd.DataFrame:
    """What each library's official rank hangs on, the largest change first.

    Columns: library (id), short, official (rank), indicator (id or ""), label, change (places gained
    without the indicator, negative where lost), without (rank without it).
    """
    official = dict(zip(study.ranking.libraries, study.ranking.official.tolist(), strict=True))
    rows = [
        {
            "library": one.library,
            "short": report.member(one.library).short.to(language),
            "official": official[one.library],
            "indicator": one.indicator or "",
            "label": report.framework.indicators[one.indicator].label.to(language) if one.indicator else "",
            "change": one.change,
            "without": official[one.library] - one.change,
        }
        for one in study.fragilities
    ]
    columns = ["library", "short", "official", "indicator", "label", "change", "without"]
    frame = pd.DataFrame(rows, columns=columns)
    order = frame["change"].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def _by_group(report: RoundReport, found: Ranking) -> list[str]:
    return [library for group in found.groups for library in _in_order(report, group)]


def _in_order(report: RoundReport, group: tuple[str, ...]) -> list[str]:
    return [member.id for member in report.members if member.id in group]
