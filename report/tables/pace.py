"""How fast libraries move towards their targets over the rounds, beside the best pace that any has sustained."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from report import labels, pace_words
from report.dated_values import (
    DatedValues,
    applicable,
    dated_values,
    indicator_values,
    one_a_day,
    score_values,
)
from report.rebuilt import rebuilt_values
from report.round_report import SELF, RoundReport
from scoring.matrix import Floats
from scoring.pace import Basis, Days, Goal, Pace, PaceClass, end_of, measure_pace
from scoring.projection import find_arrival, project, year_of
from survey.framework import AnyIndicator, Framework
from survey.response import AnswerState
from survey.text import Language

# On the scale of the score every target of the last milestone is met here.
FULL_SCORE = 100.0


def by_indicator(
    reports: Sequence[RoundReport], library: str, *, basis: str = SELF, language: Language = "vi"
) -> pd.DataFrame:
    """One row for each scored indicator of one library, against the target of the last milestone.

    reports: one or more rounds in any order, with the libraries' own ids; where names are hidden, ids
    change from round to round and nothing can be followed. The newest says which indicators and targets
    there are. library: a member in at least one of them; its answers count as they stand. In rounds before the
    merger that made it the sum of its parts counts, where every part is known on the basis. The best pace is
    that of answers that were sent, of merged libraries too with what was rebuilt for them. What does not
    apply to it in its newest round has no pace.

    Columns: dimension, indicator (ids), label, applies (bool), series (the values that it rests on, pairs of
    day and value, oldest first), rebuilt (rounds in which the parts stand for it); value (the last, NaN
    without one),
    target, needed, own, best (own scale, per year and signed) and for each a text, value_text and so
    on; and those of `of_score` from last_day on. NaN is what cannot be stated.
    """
    rounds = one_a_day(reports)
    framework = rounds[-1].framework
    read, goal = indicator_values(framework), _goal(framework, library)
    sent, held = (dated_values(rounds, read, basis=basis, own=own) for own in ("", library))
    row, applies = held.libraries.index(library), applicable(rounds, library, framework)
    history = rebuilt_values(rounds, library, framework, basis)[:, np.newaxis]
    from_parts = ~np.isnan(history)
    own = np.where(applies, np.where(from_parts, history, held.value[:, [row]]), np.nan)
    everybody = _with_rebuilt(sent, rounds, framework, basis)
    best = measure_pace(sent.days, everybody, _goal(framework)).best[[row]]
    figures = _figures(measure_pace(held.days, own, goal, best=best))
    return pd.DataFrame(
        [
            {
                "dimension": framework.dimension_of[name].id,
                "indicator": name,
                "label": indicator.label.to(language),
                "applies": bool(applies[column]),
                "series": _series(held.days, own[:, 0, column]),
                "rebuilt": int(from_parts[:, 0, column].sum()),
                **_in_words(indicator, _cell(figures, 0, column), language),
                **_told(_cell(figures, 0, column), language, applies=bool(applies[column])),
            }
            for column, (name, indicator) in enumerate(framework.indicators.items())
        ]
    )


def of_score(
    reports: Sequence[RoundReport], *, basis: str = SELF, language: Language = "vi", own: str = ""
) -> pd.DataFrame:
    """One row for each library of the newest round, in its order: the pace of its score towards 100.

    reports: as in `by_indicator`; all are scored by the newest one's version of the method, or a change of
    method would pass for a pace. A score counts where it can be stated and its response was sent. own: the
    library whose score counts before its response is sent.

    Columns: library, short, sent (bool: in the newest round), series (as in `by_indicator`), anew (rounds that
    were scored by another version before), value (the
    last score), target, needed, own, best (points per year); last_day (date, None without a value), ratio, feasibility, class
    (`PaceClass` name, lower case), class_words, basis (`Basis`), slow, fast, confidence (the band of
    own), projected, projected_slow, projected_fast (on the target's day), arrival, earliest, latest
    (calendar years), arrival_text. NaN is what cannot be stated.
    """
    as_scored = one_a_day(reports)
    newest, rounds = as_scored[-1], by_one_method(as_scored)
    anew = sum(old is not again for old, again in zip(as_scored, rounds, strict=True))
    held = dated_values(rounds, score_values, basis=basis, own=own)
    goal = Goal(np.zeros(1), np.full(1, FULL_SCORE), end_of(newest.framework.last_milestone))
    figures = _figures(measure_pace(held.days, held.value, goal))
    cells = {library: _cell(figures, row, 0) for row, library in enumerate(held.libraries)}
    return pd.DataFrame(
        [
            {
                "library": member.id,
                "short": member.short.to(language),
                "sent": not newest.responses[member.id].editable,
                "series": _series(held.days, held.value[:, held.libraries.index(member.id), 0]),
                "anew": anew,
                **{name: cells[member.id][name] for name in OWN_SCALE},
                **_told(cells[member.id], language, applies=True),
            }
            for member in newest.members
        ]
    )


def by_one_method(rounds: Sequence[RoundReport]) -> list[RoundReport]:
    """The rounds, each scored by the newest one's framework."""
    framework = rounds[-1].framework
    return [
        report if report.framework is framework else replace(report, framework=framework) for report in rounds
    ]


def _with_rebuilt(
    held: DatedValues, rounds: Sequence[RoundReport], framework: Framework, basis: str
) -> Floats:
    """The values with those that the parts of merged libraries stand for."""
    value = held.value.copy()
    for row, library in enumerate(held.libraries):
        history = rebuilt_values(rounds, library, framework, basis)
        value[:, row] = np.where(np.isnan(history), value[:, row], history)
    return value


OWN_SCALE = ("value", "target", "needed", "own", "best")
PACES = ("needed", "own", "best")


def _series(days: Days, values: Floats) -> tuple[tuple[date, float], ...]:
    return tuple(
        (day, float(value)) for day, value in zip(days.tolist(), values, strict=True) if value == value
    )


def _goal(framework: Framework, library: str = "") -> Goal:
    """The targets of the last milestone; of one library with those that its province set itself."""
    indicators, year = list(framework.indicators.values()), framework.last_milestone
    own = [framework.province_target(library, one.id, year) for one in indicators]
    common = [one.target(year).value for one in indicators]
    return Goal(
        zero=np.array([float(one.zero) for one in indicators]),
        target=np.array([float(o.value if o else c) for o, c in zip(own, common, strict=True)]),
        day=end_of(year),
    )


def _figures(pace: Pace) -> dict[str, Any]:
    """The columns that need no words, each (libraries, columns)."""
    led, arrival = project(pace, pace.goal.day), find_arrival(pace)
    return {
        "value": pace.last,
        "target": np.broadcast_to(pace.goal.target, pace.last.shape),
        **{name: getattr(pace, name) for name in ("needed", "own")},
        "best": np.where(pace.best * pace.goal.span > 0, pace.best, np.nan),  # nobody came nearer: none
        "last_day": pace.last_day,
        **{name: getattr(pace, name) for name in ("ratio", "feasibility", "slow", "fast", "confidence")},
        "class": pace.classes,
        "basis": pace.basis,
        "overdue": pace.overdue,
        "projected": led.value,
        "projected_slow": led.slow,
        "projected_fast": led.fast,
        "arrival": year_of(arrival.day),
        "earliest": year_of(arrival.earliest),
        "latest": year_of(arrival.latest),
    }


def _cell(figures: Mapping[str, Floats], row: int, column: int) -> dict[str, Any]:
    return {name: values[row, column].item() for name, values in figures.items()}


def _in_words(indicator: AnyIndicator, cell: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """What is in the indicator's own scale, and how it is printed."""
    texts = {name: labels.value_text(indicator, cell[name], language) for name in ("value", "target")}
    texts |= {name: pace_words.pace_text(indicator, cell[name], language) for name in PACES}
    own = {name: cell[name] for name in OWN_SCALE}
    return {**own, **{f"{name}_text": text for name, text in texts.items()}}


def _told(cell: Mapping[str, Any], language: Language, *, applies: bool) -> dict[str, Any]:
    """What is on the same scale everywhere, with the words for it."""
    found, basis = PaceClass(cell["class"]), Basis(cell["basis"])
    said = pace_words.pace_class(found, basis, language, overdue=cell["overdue"])
    years = {name: cell[name] for name in ("arrival", "earliest", "latest")}
    return {
        **{name: value for name, value in cell.items() if name not in (*OWN_SCALE, "overdue")},
        "class": found.name.lower(),
        "class_words": said if applies else labels.answer_state(AnswerState.NOT_APPLICABLE, language),
        "arrival_text": pace_words.arrival_text(found, basis, **years, language=language),
    }
