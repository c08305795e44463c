"""Scores by library, by dimension and by indicator."""

import pandas as pd

from report import labels
from report.round_report import SELF, RoundReport
from scoring.levels import NO_LEVEL
from scoring.matrix import State
from survey.response import AnswerState
from survey.text import Language

STATE_WORDS = {
    State.ANSWERED: AnswerState.ANSWERED,
    State.UNKNOWN: AnswerState.UNKNOWN,
    State.NOT_APPLICABLE: AnswerState.NOT_APPLICABLE,
    State.UNANSWERED: AnswerState.UNANSWERED,
}


def totals(report: RoundReport, *, basis: str = SELF, language: Language = "vi") -> pd.DataFrame:
    """One row for each library, in the report's order.

    Columns: library (id), name, short (province), code, state (words), sent (bool), score, low,
    high, line (float 0-100, NaN when unknown), coverage, verified_share (0-1), earned,
    applicable (points), unknowns (count), level, level_by_score, level_reach (int, -1 for
    none), level_name, level_words (with the level that open answers could still bring), and the caps
    weakest_cap, key_cap, verified_cap, floor_cap.
    """
    card = report.card(basis)
    total, gated = card.total, card.level
    frame = pd.DataFrame(
        {
            "library": list(card.libraries),
            "score": total.score,
            "low": total.low,
            "high": total.high,
            "line": total.line,
            "coverage": total.coverage,
            "verified_share": report.self_card.verified_share,
            "earned": total.earned,
            "applicable": total.applicable,
            "unknowns": card.unknowns.astype(int),
            "level": gated.level.astype(int),
            "level_by_score": gated.by_score.astype(int),
            "level_reach": card.reach.level.astype(int),
            "weakest_cap": gated.weakest_cap.astype(int),
            "key_cap": gated.key_cap.astype(int),
            "verified_cap": gated.verified_cap.astype(int),
            "floor_cap": gated.floor_cap.astype(int),
        }
    )
    responses = [report.responses[library] for library in card.libraries]
    frame.insert(1, "name", [report.member(library).name.to(language) for library in card.libraries])
    frame.insert(2, "short", [report.member(library).short.to(language) for library in card.libraries])
    frame.insert(3, "code", [report.member(library).code for library in card.libraries])
    frame.insert(4, "state", [labels.response_state(response, language) for response in responses])
    frame.insert(5, "sent", [not response.editable for response in responses])
    frame["begun"] = [response.begun for response in responses]
    frame["last_activity"] = [response.last_activity for response in responses]
    frame["level_name"] = [labels.level(report.framework, n, language) for n in frame["level"]]
    frame["level_words"] = [
        labels.level_and_reach(report.framework, level, reach, language)
        for level, reach in zip(frame["level"], frame["level_reach"], strict=True)
    ]
    return frame


def by_dimension(report: RoundReport, *, basis: str = SELF, language: Language = "vi") -> pd.DataFrame:
    """One row for each library and dimension.

    Columns: library, short, state (words), sent, begun, stated (bool; stated: the whole has a
    score), dimension (id), label, score, low,
    high, line (0-100, NaN when unknown), coverage (0-1), earned, applicable (points), level,
    level_reach (int, -1 for none).
    """
    card = report.card(basis)
    sums = card.dimensions
    return pd.DataFrame(
        [
            {
                "library": library,
                "short": report.member(library).short.to(language),
                "state": labels.response_state(report.responses[library], language),
                "sent": not report.responses[library].editable,
                "begun": report.responses[library].begun,
                "stated": bool(card.total.score[row] == card.total.score[row]),
                "dimension": dimension.id,
                "label": dimension.label.to(language),
                "dimension_short": dimension.short.to(language),
                "score": sums.score[row, column],
                "low": sums.low[row, column],
                "high": sums.high[row, column],
                "line": sums.line[row, column],
                "coverage": sums.coverage[row, column],
                "earned": sums.earned[row, column],
                "applicable": sums.applicable[row, column],
                "level": int(card.dimension_levels[row, column]),
                "level_reach": int(card.dimension_reach[row, column]),
            }
            for row, library in enumerate(card.libraries)
            for column, dimension in enumerate(report.framework.dimensions)
        ]
    )


def by_indicator(report: RoundReport, *, basis: str = SELF, language: Language = "vi") -> pd.DataFrame:
    """One row for each library and scored indicator.

    Columns: library, short, state_of_response (words), sent (bool), dimension, indicator (ids),
    label, state (`AnswerState` value), state_words, value (own scale, NaN unless answered), value_text, numerator, denominator,
    share (s, 0-1), uncapped, share_first (attainment of the first milestone, 0-1), points
    (assured), maximum, target_first, target_last (own scale), missing (points still open or not
    earned; 0 where not applicable), verified (bool).
    """
    card = report.card(basis)
    matrix, posts = card.matrix, card.posts
    indicators = list(report.framework.indicators.values())
    return pd.DataFrame(
        [
            {
                "library": library,
                "short": report.member(library).short.to(language),
                "state_of_response": labels.response_state(report.responses[library], language),
                "sent": not report.responses[library].editable,
                "dimension": report.framework.dimension_of[indicator.id].id,
                "indicator": indicator.id,
                "label": indicator.label.to(language),
                "state": STATE_WORDS[State(matrix.state[row, column])].value,
                "state_words": labels.answer_state(STATE_WORDS[State(matrix.state[row, column])], language),
                "value": matrix.value[row, column],
                "value_text": labels.value_text(indicator, matrix.value[row, column], language),
                "numerator": matrix.numerator[row, column],
                "denominator": matrix.denominator[row, column],
                "share": card.share[row, column],
                "uncapped": card.uncapped[row, column],
                "share_first": card.share_first[row, column],
                "points": card.points[row, column],
                "maximum": posts.maximum[column],
                "target_first": posts.targets[posts.first][column],
                "target_last": posts.targets[posts.last][column],
                "missing": 0.0
                if matrix.state[row, column] == State.NOT_APPLICABLE
                else posts.maximum[column] - card.points[row, column],
                "verified": bool(matrix.verified[row, column]),
            }
            for row, library in enumerate(card.libraries)
            for column, indicator in enumerate(indicators)
        ]
    )


def gaps(
    report: RoundReport,
    library: str,
    *,
    most: int = 10,
    basis: str = SELF,
    language: Language = "vi",
) -> pd.DataFrame:
    """The indicators of one library with most points still to earn, largest first.

    Columns as in `by_indicator`; at most `most` rows, none without a gap.
    """
    own = by_indicator(report.only([library]), basis=basis, language=language)
    open_ = own[own["missing"] > 0]
    return open_.sort_values(["missing", "indicator"], ascending=[False, True], kind="stable").head(most)


def has_level(level: int) -> bool:
    return level != NO_LEVEL
