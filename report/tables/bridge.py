"""What moved a score from one round to the next: real change, method, coverage, verification."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from report.adding_up import printed_parts
from report.round_report import SELF, RoundReport
from report.tables import rounds
from scoring.bridge import PARTS, Bridge, Standing, bridge
from survey.text import Language


def of_libraries(
    now: RoundReport, before: RoundReport, *, basis: str = SELF, language: Language = "vi"
) -> pd.DataFrame:
    """One row for each library that answered in both rounds and has a lower bound in each, in the order of `now`.

    Columns: library, short, sent (bool: in both), before, after (lower bounds, 0-100), the parts `PARTS`
    (points of 100; they add up to after less before), and each with `_shown`, rounded to one decimal so
    that what is printed adds up.
    """
    names = _in_both(now, before)
    rows = []
    found = _bridge(now, before, names, basis)
    for row, library in enumerate(names):
        start, end = float(found.before[row]), float(found.after[row])
        parts = [float(found.total(part)[row]) for part in PARTS]
        if start != start or end != end:
            continue
        rows.append(
            {
                "library": library,
                "short": now.member(library).short.to(language),
                "sent": library in now.sent_libraries and library in before.sent_libraries,
                "before": start,
                "after": end,
                **dict(zip(PARTS, parts, strict=True)),
                **dict(zip(SHOWN, printed_parts(start, parts, end), strict=True)),
            }
        )
    return pd.DataFrame(rows, columns=["library", "short", "sent", "before", "after", *PARTS, *SHOWN])


SHOWN = tuple(f"{part}_shown" for part in PARTS)


def by_indicator(
    now: RoundReport, before: RoundReport, library: str, *, basis: str = SELF, language: Language = "vi"
) -> pd.DataFrame:
    """One row for each indicator of now, in its order; the parts add up to the library's, but for what is gone.

    Columns: indicator, label, compared (bool: answered in both rounds), value_before, value_now (text), the
    parts `PARTS` and total (points of 100).
    """
    found = _bridge(now, before, [library], basis)
    told = rounds.change(now, before, library, language=language).set_index("indicator")
    frame = pd.DataFrame({part: np.asarray(getattr(found, part))[0] for part in PARTS})
    frame.insert(0, "indicator", list(found.indicators))
    indicators = now.framework.indicators
    frame.insert(1, "label", [indicators[name].label.to(language) for name in found.indicators])
    compared = told["difference"].notna()
    frame.insert(2, "compared", [bool(compared.get(name, False)) for name in found.indicators])
    for column in ("value_before", "value_now"):
        frame[column] = [told[column].get(name, "–") for name in found.indicators]
    frame["total"] = frame[list(PARTS)].sum(axis=1)
    return frame


def _in_both(now: RoundReport, before: RoundReport) -> list[str]:
    return [
        member.id
        for member in now.members
        if member.id in before.responses
        and before.responses[member.id].begun
        and now.responses[member.id].begun
    ]


def _bridge(now: RoundReport, before: RoundReport, names: Sequence[str], basis: str) -> Bridge:
    same = before.framework is now.framework  # what the round has worked out already serves again
    anew = before if same else replace(before.only(names), framework=now.framework)
    return bridge(
        before.card(basis).matrix.rows(names),
        before.framework,
        _standing(anew, names, basis),
        _standing(now, names, basis),
        now.framework,
    )


def _standing(report: RoundReport, names: Sequence[str], basis: str) -> Standing:
    return Standing(report.matrix.rows(names), report.card(basis).matrix.rows(names))
