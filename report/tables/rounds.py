"""The same figures over several rounds."""

from collections.abc import Sequence

import pandas as pd

from report.round_report import SELF, RoundReport
from report.tables import scores
from survey.text import Language


def trend(reports: Sequence[RoundReport], *, basis: str = SELF, language: Language = "vi") -> pd.DataFrame:
    """Scores over the rounds, oldest first: one row for each round and library.

    Columns: round, round_name, reference_date, library, short, score, low, high, line, coverage,
    level.
    """
    frames = []
    for report in sorted(reports, key=lambda entry: entry.round.reference_date):
        frame = scores.totals(report, basis=basis, language=language)
        frame = frame[["library", "short", "score", "low", "high", "line", "coverage", "level"]].copy()
        frame.insert(0, "round", report.round.id)
        frame.insert(1, "round_name", report.round.name)
        frame.insert(2, "reference_date", report.round.reference_date)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def change(now: RoundReport, before: RoundReport, library: str, *, language: Language = "vi") -> pd.DataFrame:
    """One library's points by indicator, this round and the last, where both rounds ask it.

    Columns: indicator, label, points_before, points_now, difference, value_before, value_now (text).
    """
    current = scores.by_indicator(now.only([library]), language=language).set_index("indicator")
    earlier = scores.by_indicator(before.only([library]), language=language).set_index("indicator")
    both = [name for name in current.index if name in earlier.index]
    return pd.DataFrame(
        {
            "indicator": both,
            "label": current.loc[both, "label"].to_numpy(),
            "points_before": earlier.loc[both, "points"].to_numpy(),
            "points_now": current.loc[both, "points"].to_numpy(),
            "difference": (current.loc[both, "points"] - earlier.loc[both, "points"]).to_numpy(),
            "value_before": earlier.loc[both, "value_text"].to_numpy(),
            "value_now": current.loc[both, "value_text"].to_numpy(),
        }
    )
