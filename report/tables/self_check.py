"""What a round's answers say about the indicators themselves, among the libraries that sent."""

from collections.abc import Iterable, Sequence

import pandas as pd

from report.round_report import SELF, RoundReport
from scoring import answering_time, self_check
from scoring.scorecard import Scorecard
from scoring.self_check import Correlation, Influence
from survey.response import AnswerState, SavedAnswer
from survey.text import Language

FEWEST_TIMES = 5
RELATED = [
    "dimension",
    "first",
    "second",
    "first_label",
    "second_label",
    "n",
    "r",
    "critical",
    "passes",
    "doubled",
]


def sent_card(report: RoundReport, basis: str = SELF) -> Scorecard:
    """The scores of the libraries that sent, in the report's order."""
    sent = [library for library in report.responses if library in report.sent_libraries]
    return report.only(sent).card(basis)


def correlations(report: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each pair of indicators of one dimension, strongest first, those without r last.

    Columns: dimension, first, second (ids), first_label, second_label, n, r (-1 to 1), critical (NaN when not to be
    worked out), passes, doubled (bool: among those that still tell libraries apart, since one library that
    differs from all others makes any r).
    """
    frame = _related(report, self_check.pairs(sent_card(report), report.framework), language)
    crowded = crowded_ends(report)["indicator"]
    frame["doubled"] &= ~(frame["first"].isin(crowded) | frame["second"].isin(crowded))
    return frame


def against_the_rest(report: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each indicator that goes against the rest of its dimension (r under 0), lowest first.

    Columns as in `correlations`, with the dimension in place of the second indicator.
    """
    found = self_check.with_the_rest(sent_card(report), report.framework)
    below = sorted((one for one in found if one.against), key=lambda one: one.r)
    return _related(report, below, language)


def crowded_ends(report: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each indicator at one end of which 80 % or more of those who answered stand.

    Columns: indicator, label, n, top, bottom (counts), at_top, at_bottom (bool).
    """
    labels = _labels(report, language)
    rows = [
        {
            "indicator": one.indicator,
            "label": labels[one.indicator],
            "n": one.n,
            "top": one.top,
            "bottom": one.bottom,
            "at_top": one.at_top,
            "at_bottom": one.at_bottom,
        }
        for one in self_check.ends(sent_card(report))
        if one.at_top or one.at_bottom
    ]
    return pd.DataFrame(rows, columns=["indicator", "label", "n", "top", "bottom", "at_top", "at_bottom"])


def influences(report: RoundReport, *, language: Language = "vi") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Dimensions, then indicators, those that pull hardest beyond their points first.

    Columns: name (id), label, share (adds up to 1; NaN when not to be worked out), stated (adds up to 1), ratio.
    """
    found = self_check.influences(sent_card(report))
    dimensions = {one.id: one.label.to(language) for one in report.framework.dimensions}
    return (
        _pulls(self_check.by_dimension(found, report.framework), dimensions),
        _pulls(
            sorted(found, key=lambda one: one.stated - one.share if one.share == one.share else 0.0),
            _labels(report, language),
        ),
    )


def questions(
    report: RoundReport, saves: Iterable[SavedAnswer], *, language: Language = "vi"
) -> pd.DataFrame:
    """One row for each question of the form, in its order.

    Columns: question, label, n (libraries that sent), unknown, unanswered (counts), seconds (median time;
    NaN under `FEWEST_TIMES`), times (how many there are).
    """
    taken = answering_time.times(
        answering_time.Saved(one.library_id, one.question_id, one.saved_by, one.saved_at.timestamp())
        for one in saves
    )
    sent = [response for response in report.responses.values() if not response.editable]
    rows = []
    for name, question in report.framework.questions.items():
        states = [response.answer(name).state for response in sent]
        time = taken.get(name)
        enough = time is not None and time.count >= FEWEST_TIMES
        rows.append(
            {
                "question": name,
                "label": question.label.to(language),
                "n": len(sent),
                "unknown": states.count(AnswerState.UNKNOWN),
                "unanswered": states.count(AnswerState.UNANSWERED),
                "seconds": time.seconds if time is not None and enough else float("nan"),
                "times": time.count if time is not None else 0,
            }
        )
    return pd.DataFrame(rows)


def _related(report: RoundReport, found: Sequence[Correlation], language: Language) -> pd.DataFrame:
    labels = _labels(report, language) | {d.id: d.label.to(language) for d in report.framework.dimensions}
    rows = [
        (one.dimension, one.first, one.second, labels[one.first], labels[one.second],
         one.n, one.r, one.critical, one.passes, one.doubled)
        for one in found
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=RELATED)


def _pulls(found: Sequence[Influence], labels: dict[str, str]) -> pd.DataFrame:
    rows = [(one.name, labels[one.name], one.share, one.stated, one.ratio) for one in found]
    return pd.DataFrame(rows, columns=["name", "label", "share", "stated", "ratio"])


def _labels(report: RoundReport, language: Language) -> dict[str, str]:
    return {name: one.label.to(language) for name, one in report.framework.indicators.items()}
