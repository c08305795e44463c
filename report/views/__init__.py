"""Every chart with its title, its table and its words, by name: for a page, a picture or a file."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from report.round_report import RoundReport
from report.views import by_indicator, one_library, over_rounds, side_by_side
from report.views.view import BY_NAME, BY_SCORE, Asked, View
from survey.text import Language
from survey.translation import words

__all__ = [
    "BY_NAME",
    "BY_SCORE",
    "DRAWERS",
    "OF_ONE_LIBRARY",
    "OVER_ROUNDS",
    "WITHOUT_NAMES",
    "Asked",
    "View",
    "draw",
    "sent_words",
]

Draw = Callable[[Sequence[RoundReport], Asked], View]
DRAWERS: dict[str, Draw] = {
    "tru-cot": one_library.dimension_radar,
    "hai-chi-tieu": one_library.target_bars,
    "thang-diem": one_library.score_bar,
    "diem-theo-tru-cot": side_by_side.stacked_points,
    "ma-tran": by_indicator.heat_map,
    "so-sanh": side_by_side.radar_compare,
    "khoang-cach": by_indicator.target_distance,
    "qua-cac-dot": over_rounds.trend_lines,
    "ban-do": side_by_side.tile_map,
    "chi-tieu-206": side_by_side.head_counts,
}

OF_ONE_LIBRARY = frozenset({"tru-cot", "hai-chi-tieu", "thang-diem"})
OVER_ROUNDS = frozenset({"qua-cac-dot"})
# What may be shown while the others have no names: a place on a map or a row of answers would tell.
WITHOUT_NAMES = ("chi-tieu-206", "diem-theo-tru-cot", "khoang-cach")


def draw(name: str, reports: Sequence[RoundReport], asked: Asked) -> View:
    """Draw the chart `name` of the newest of `reports`; a trend uses them all, oldest first.

    Raises:
        KeyError: there is no such chart.
    """
    view = DRAWERS[name](reports, asked)
    return view if name in OF_ONE_LIBRARY else replace(view, counted=sent_words(reports[-1], asked.language))


def sent_words(report: RoundReport, language: Language) -> str:
    """How many of the round's libraries have sent."""
    sent = sum(not response.editable for response in report.responses.values())
    _ = words(language)
    return _("n = {sent}/{all} thư viện đã gửi").format(sent=sent, all=len(report.responses))
