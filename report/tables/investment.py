"""What a measure bought together brings to each library and to the Federation."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from report import labels
from report.round_report import RoundReport
from report.tables import programme, what_if
from survey.text import MISSING, Language, format_number, format_percent


def by_library(
    before: RoundReport, after: RoundReport, libraries: Sequence[str], *, language: Language = "vi"
) -> pd.DataFrame:
    """One row for each library that takes part, the one that gains most points first.

    Columns: library, short, before, after, gain (points), level_before, level_after (int, -1 for none),
    level_before_name, level_after_name, gained, lost (ids of programme targets, text).
    """
    was, now = before.self_card, after.self_card
    targets = what_if.by_target(before, after, language=language).to_dict("records")
    rows = []
    for library in libraries:
        row = was.row(library)
        levels = int(was.level.level[row]), int(now.level.level[row])
        points = float(was.total.earned[row]), float(now.total.earned[row])
        own = [entry for entry in targets if entry["library"] == library]
        rows.append(
            {
                "library": library,
                "short": before.member(library).short.to(language),
                "sent": library in before.sent_libraries,
                "state": labels.response_state(before.responses[library], language),
                "before": points[0],
                "after": points[1],
                "gain": points[1] - points[0],
                "level_before": levels[0],
                "level_after": levels[1],
                "level_before_name": labels.level(before.framework, levels[0], language),
                "level_after_name": labels.level(before.framework, levels[1], language),
                "gained": ", ".join(entry["target"] for entry in own if entry["gained"]),
                "lost": ", ".join(entry["target"] for entry in own if entry["lost"]),
            }
        )
    columns = [
        *("library", "short", "sent", "state", "before", "after", "gain", "level_before", "level_after"),
        *("level_before_name", "level_after_name", "gained", "lost"),
    ]
    return pd.DataFrame(rows, columns=columns).sort_values("gain", ascending=False, kind="stable")


def of_federation(before: RoundReport, after: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each programme target, over all libraries of the round.

    Columns: target, label, before, after (percent, NaN when nothing is counted), difference (percentage
    points), goal, before_text, after_text, met_before, met_after (head-counts), reached_before,
    reached_after (bool).
    """
    was = programme.of_federation(before, language=language).to_dict("records")
    now = programme.of_federation(after, language=language).to_dict("records")
    return pd.DataFrame(
        [
            {
                "target": old["target"],
                "label": old["label"],
                "before": old["share"],
                "after": new["share"],
                "difference": new["share"] - old["share"],
                "goal": old["goal"],
                "before_text": _share_text(old, language),
                "after_text": _share_text(new, language),
                "met_before": old["met"],
                "met_after": new["met"],
                "reached_before": old["reached"],
                "reached_after": new["reached"],
            }
            for old, new in zip(was, now, strict=True)
        ]
    )


def _share_text(row: Mapping[Any, Any], language: Language) -> str:
    """Head-count or pooled figures with their share: 6/13 (46,2 %)."""
    if row["share"] != row["share"]:
        return MISSING
    share = format_percent(row["share"] / 100, language, decimals=1)
    if row["kind"] == "share":
        return f"{row['met']}/{row['counted']} ({share})"
    part, whole = (format_number(row[name], language) for name in ("numerator", "denominator"))
    return f"{part}/{whole} ({share})"
