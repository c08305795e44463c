"""The reports behind a chart, with the others' names hidden where they must be."""

from collections.abc import Sequence

from report.hidden_names import hide_names
from report.round_report import RoundReport
from ui import session


def reports(round_ids: Sequence[str], hidden_for: str, method: str = "") -> list[RoundReport]:
    found = [session.report(round_id, method) for round_id in round_ids]
    return [hide_names(report, hidden_for) for report in found] if hidden_for else found
