"""A library as it stands beside the same library with other answers."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from report import labels
from report.round_report import RoundReport
from report.tables import pace, programme, scores
from scoring.levels import NO_LEVEL
from scoring.programme import Outcome
from survey.response import Answer, AnswerState
from survey.text import MISSING, Language, format_fixed, format_percent

# What would be printed as 0.
NOTHING = 0.005


def of_whole(
    before: RoundReport,
    after: RoundReport,
    *,
    earlier: Sequence[RoundReport] = (),
    language: Language = "vi",
) -> pd.DataFrame:
    """One row for each figure of the whole: score, low, high, coverage, level, arrival.

    before, after: reports of one library alone. earlier: the rounds before, for the pace.

    Columns: figure, before, after, difference (NaN where one cannot be stated), before_text, after_text,
    difference_text ("" where nothing changes). arrival is the year in which the score reaches 100 if its
    pace goes on.
    """
    [was] = scores.totals(before, language=language).to_dict("records")
    [now] = scores.totals(after, language=language).to_dict("records")
    rows = [_figure(name, was[name], now[name], language) for name in ("score", "low", "high")]
    rows.append(_coverage(was["coverage"], now["coverage"], language))
    rows.append(_level(was, now))
    rows.append(_arrival(_paced(before, earlier, language), _paced(after, earlier, language)))
    return pd.DataFrame(rows)


def by_dimension(before: RoundReport, after: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each dimension.

    Columns: dimension, label, before, after, difference (points), applicable, difference_text, low_before,
    low_after, line (0-100).
    """
    was = scores.by_dimension(before, language=language).to_dict("records")
    now = scores.by_dimension(after, language=language).to_dict("records")
    return pd.DataFrame(
        [
            {
                "dimension": old["dimension"],
                "label": old["dimension_short"],
                "before": old["earned"],
                "after": new["earned"],
                "difference": new["earned"] - old["earned"],
                "difference_text": signed(new["earned"] - old["earned"], language),
                "applicable": new["applicable"],
                "low_before": old["low"],
                "low_after": new["low"],
                "line": new["line"],
            }
            for old, new in zip(was, now, strict=True)
        ]
    )


def by_target(before: RoundReport, after: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each programme target and library.

    Columns: target, label, library, short, before, after (`Outcome` values), before_words, after_words,
    binding, gained, lost (bool: met only after, or only before).
    """
    was = programme.by_library(before, language=language).to_dict("records")
    now = programme.by_library(after, language=language).to_dict("records")
    met = Outcome.MET.value
    columns = ["target", "label", "library", "short", "before", "after", "before_words", "after_words"]
    return pd.DataFrame(
        [
            {
                **{name: old[name] for name in ("target", "label", "library", "short")},
                "before": old["outcome"],
                "after": new["outcome"],
                "before_words": old["outcome_words"],
                "after_words": new["outcome_words"],
                "binding": old["binding"],
                "gained": new["outcome"] == met != old["outcome"],
                "lost": old["outcome"] == met != new["outcome"],
            }
            for old, new in zip(was, now, strict=True)
        ],
        columns=[*columns, "binding", "gained", "lost"],
    )


def by_change(
    before: RoundReport, after: RoundReport, changes: Mapping[str, Answer], *, language: Language = "vi"
) -> pd.DataFrame:
    """One row for each changed indicator, in the order of the questionnaire.

    Columns: indicator, label, before_text, after_text (answers in words), difference (points),
    difference_text.
    """
    [response] = before.responses.values()
    moved = (after.self_card.points - before.self_card.points)[0]
    rows = []
    for column, (name, indicator) in enumerate(before.framework.indicators.items()):
        if name in changes:
            difference = float(moved[column])
            rows.append(
                {
                    "indicator": name,
                    "label": indicator.label.to(language),
                    "before_text": labels.answer_text(indicator, response.answer(name), language),
                    "after_text": labels.answer_text(indicator, changes[name], language),
                    "difference": difference,
                    "difference_text": signed(difference, language) or format_fixed(0.0, language),
                }
            )
    columns = ["indicator", "label", "before_text", "after_text", "difference", "difference_text"]
    return pd.DataFrame(rows, columns=columns)


def by_gain(report: RoundReport, *, language: Language = "vi") -> pd.DataFrame:
    """One row for each indicator that applies to the one library of `report`, most points to gain first.

    Columns as in `scores.by_indicator`.
    """
    frame = scores.by_indicator(report, language=language)
    applies = frame[frame["state"] != AnswerState.NOT_APPLICABLE.value]
    return applies.sort_values("missing", ascending=False, kind="stable")


def signed(difference: float, language: Language, *, decimals: int = 1) -> str:
    """A difference with its sign; "" for what would be printed as 0 or cannot be stated."""
    if difference != difference or abs(difference) < NOTHING:
        return ""
    return f"{'+' if difference > 0 else '−'}{format_fixed(abs(difference), language, decimals=decimals)}"


def _row(figure: str, before: float, after: float, texts: tuple[str, str, str]) -> dict[str, Any]:
    before_text, after_text, difference_text = texts
    return {
        "figure": figure,
        "before": before,
        "after": after,
        "difference": after - before,
        "before_text": before_text,
        "after_text": after_text,
        "difference_text": difference_text,
    }


def _figure(name: str, before: float, after: float, language: Language) -> dict[str, Any]:
    texts = (
        format_fixed(before, language),
        format_fixed(after, language),
        signed(after - before, language),
    )
    return _row(name, before, after, texts)


def _coverage(before: float, after: float, language: Language) -> dict[str, Any]:
    moved = signed(100 * (after - before), language, decimals=0)
    texts = (
        format_percent(before, language),
        format_percent(after, language),
        f"{moved}\u00a0%" if moved else "",
    )
    return _row("coverage", before, after, texts)


def _level(was: Mapping[Any, Any], now: Mapping[Any, Any]) -> dict[str, Any]:
    before, after = (float("nan") if row["level"] == NO_LEVEL else float(row["level"]) for row in (was, now))
    moved = after - before
    sign = f"{'+' if moved > 0 else '−'}{abs(moved):.0f}" if moved == moved and moved else ""
    return _row("level", before, after, (str(was["level_words"]), str(now["level_words"]), sign))


def _paced(report: RoundReport, earlier: Sequence[RoundReport], language: Language) -> Mapping[Any, Any]:
    [library] = report.responses
    rows = pace.of_score([*earlier, report], language=language, own=library).to_dict("records")
    return rows[0]


def _arrival(was: Mapping[Any, Any], now: Mapping[Any, Any]) -> dict[str, Any]:
    before, after = was["arrival"], now["arrival"]
    moved = after - before
    sign = f"{'+' if moved > 0 else '−'}{abs(moved):.0f}" if moved == moved and moved else ""
    texts = tuple(_arrival_words(row) for row in (was, now))
    return _row("arrival", before, after, (texts[0], texts[1], sign))


def _arrival_words(row: Mapping[Any, Any]) -> str:
    """The year, or why there is none."""
    if row["arrival_text"] != MISSING:
        return str(row["arrival_text"])
    return str(row["class_words"])
