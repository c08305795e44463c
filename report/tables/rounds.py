"""The same figures over several rounds."""

from collections.abc import Sequence

import pandas as pd

from report.round_report import SELF, RoundReport
from report.tables import scores
from survey.response import AnswerState
from survey.text import Language

SHOWN = ("library", "short", "state", "sent", "score", "low", "high", "line", "coverage")


def trend(reports: Sequence[RoundReport], *, basis: str = SELF, language: Language = "vi") -> pd.DataFrame:
    """Scores over the rounds, oldest first: one row for each round and library.

    Columns: round, round_name, reference_date, library, short, state (words), sent (bool), score,
    low, high, line, coverage, level.
    """
    frames = []
    for report in sorted(reports, key=lambda entry: entry.round.reference_date):
        frame = scores.totals(report, basis=basis, language=language)
        frame = frame[[*SHOWN, "level"]].copy()
        frame.insert(0, "round", report.round.id)
        frame.insert(1, "round_name", report.round.name)
        frame.insert(2, "reference_date", report.round.reference_date)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def change(now: RoundReport, before: RoundReport, library: str, *, language: Language = "vi") -> pd.DataFrame:
    """One library's points by indicator, this round and the last, where both rounds ask it.

    Columns: indicator, label, points_before, points_now, difference (NaN unless both rounds have an
    answer: what is missing is no fall), value_before, value_now (text; the state's words where there
    is no answer).
    """
    current = scores.by_indicator(now.only([library]), language=language).set_index("indicator")
    earlier = scores.by_indicator(before.only([library]), language=language).set_index("indicator")
    both = [name for name in current.index if name in earlier.index]
    current, earlier = current.loc[both], earlier.loc[both]
    answered = (current["state"] == AnswerState.ANSWERED) & (earlier["state"] == AnswerState.ANSWERED)
    return pd.DataFrame(
        {
            "indicator": both,
            "label": current["label"].to_numpy(),
            "points_before": earlier["points"].to_numpy(),
            "points_now": current["points"].to_numpy(),
            "difference": (current["points"] - earlier["points"]).where(answered).to_numpy(),
            "value_before": _values(earlier),
            "value_now": _values(current),
        }
    )


def _values(table: pd.DataFrame) -> list[str]:
    """What each answer says, or the words for its state."""
    return [
        str(value if state == AnswerState.ANSWERED else told)
        for value, state, told in zip(table["value_text"], table["state"], table["state_words"], strict=True)
    ]
