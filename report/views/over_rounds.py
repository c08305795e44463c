"""The chart of all rounds."""

from collections.abc import Sequence

from report.charts import alternatives, trend
from report.round_report import RoundReport
from report.tables import rounds
from report.views.view import Asked, View, scale_of
from survey.text import format_fixed, format_percent
from survey.translation import words


def trend_lines(reports: Sequence[RoundReport], asked: Asked) -> View:
    frame = rounds.trend(reports, basis=asked.basis, language=asked.language)
    scale, merger = scale_of(reports[-1], asked), _merger(reports)
    _ = words(asked.language)
    return View(
        title=_("Điểm qua các đợt"),
        figure=trend.trend_lines(frame, scale, own=asked.own, chosen=asked.chosen, merger=merger),
        alternative=alternatives.trend_lines(frame, scale, own=asked.own, merger=merger),
        head=[_("Đợt"), _("Thư viện"), _("Điểm"), _("Cận dưới"), _("Cận trên"), _("Độ phủ")],
        rows=[
            (
                row["round_name"],
                row["short"],
                format_fixed(row["score"], asked.language),
                format_fixed(row["low"], asked.language),
                format_fixed(row["high"], asked.language),
                format_percent(row["coverage"], asked.language),
            )
            for row in frame.to_dict("records")
        ],
        numeric=(2, 3, 4, 5),
    )


def _merger(reports: Sequence[RoundReport]) -> trend.Merger:
    """What was merged into members of the newest round, and since when."""
    now = {member.id: member for member in reports[-1].members}
    parts = {
        member.id: member.successor
        for report in reports
        for member in report.members
        if member.successor in now
    }
    days = [now[name].valid_from for name in parts.values()]
    return trend.Merger(on=max((day for day in days if day), default=None), parts=parts)
