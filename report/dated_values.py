"""What several rounds hold of each library, laid out by day for the arithmetic of paces."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from report.round_report import RoundReport
from scoring.matrix import Flags, Floats, State
from scoring.pace import Days
from scoring.scorecard import Scorecard
from survey.framework import Framework

Read = Callable[[Scorecard], Floats]


@dataclass(frozen=True, eq=False)
class DatedValues:
    """days: (rounds,), rising. libraries: every member of any round. value: (rounds, libraries, columns)."""

    days: Days
    libraries: tuple[str, ...]
    value: Floats


def one_a_day(reports: Sequence[RoundReport]) -> list[RoundReport]:
    """The rounds by reference date; of two for the same day the one that closes later."""
    ordered = sorted(reports, key=lambda report: (report.round.closes_on, report.round.id))
    by_day = {report.round.reference_date: report for report in ordered}
    return [by_day[day] for day in sorted(by_day)]


def dated_values(rounds: Sequence[RoundReport], read: Read, *, basis: str, own: str = "") -> DatedValues:
    """Lay out what `read` finds in each round; NaN where a library is not in it or has not sent its response.

    read: from a scorecard to (libraries, columns). own: the library whose answers count before they
    are sent.
    """
    libraries = dict.fromkeys(member.id for report in rounds for member in report.members)
    rows = {library: row for row, library in enumerate(libraries)}
    found = [(report, read(report.card(basis))) for report in rounds]
    value = np.full((len(rounds), len(rows), found[-1][1].shape[1]), np.nan)
    for place, (report, held) in enumerate(found):
        for library, figures in zip(report.card(basis).libraries, held, strict=True):
            if library == own or not report.responses[library].editable:
                value[place, rows[library]] = figures
    days = np.array([report.round.reference_date for report in rounds], dtype="datetime64[D]")
    return DatedValues(days=days, libraries=tuple(rows), value=value)


def indicator_values(framework: Framework) -> Read:
    """Reads the answers to the indicators of `framework`, in its order; NaN for what a round does not ask."""

    def read(card: Scorecard) -> Floats:
        columns = {name: column for column, name in enumerate(card.matrix.indicators)}
        missing = np.full(len(card.libraries), np.nan)
        found = [
            card.matrix.value[:, columns[name]] if name in columns else missing
            for name in framework.indicators
        ]
        return np.stack(found, axis=1)

    return read


def score_values(card: Scorecard) -> Floats:
    """Reads the score of the whole, in one column."""
    return card.total.score[:, np.newaxis]


def applicable(rounds: Sequence[RoundReport], library: str, framework: Framework) -> Flags:
    """Which indicators of `framework` apply to a library, by the newest round that it is in."""
    card = next(report.self_card for report in reversed(rounds) if library in report.responses)
    state = dict(zip(card.matrix.indicators, card.matrix.state[card.row(library)], strict=True))
    return np.array([state.get(name) != State.NOT_APPLICABLE for name in framework.indicators])
