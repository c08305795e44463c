"""A round's answers as CSV (being written)."""

from report.round_report import RoundReport


def answers_csv(report: RoundReport) -> str:
    raise NotImplementedError
