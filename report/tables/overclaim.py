"""What libraries claimed beyond what reviewers let stand: self score minus verified score."""

import pandas as pd

from report.round_report import VERIFIED, RoundReport
from report.tables import scores
from survey.text import Language


def by_answer(report: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each answer that a reviewer decided about.

    Columns: library, short, indicator, label, claimed, verified, over (points).
    """
    own = scores.by_indicator(report, language=language)
    own["reviewed"] = scores.by_indicator(report, basis=VERIFIED, language=language)["points"]
    decided = own[own["verified"]]
    frame = decided[["library", "short", "indicator", "label"]].copy()
    frame["claimed"] = decided["points"]
    frame["verified"] = decided["reviewed"]
    frame["over"] = frame["claimed"] - frame["verified"]
    return frame.reset_index(drop=True)


def by_library(report: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each library with a decision, the largest over-claim first.

    Columns: library, short, decided (count), claimed, verified, over (points).
    """
    return _summed(by_answer(report, language=language), ["library", "short"])


def by_indicator(report: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each indicator with a decision, the largest over-claim first.

    Columns: indicator, label, decided (count), claimed, verified, over (points).
    """
    return _summed(by_answer(report, language=language), ["indicator", "label"])


def _summed(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    summed = frame.groupby(names, sort=False, as_index=False).agg(
        decided=("over", "size"),
        claimed=("claimed", "sum"),
        verified=("verified", "sum"),
        over=("over", "sum"),
    )
    return summed.sort_values("over", ascending=False, kind="stable", ignore_index=True)
