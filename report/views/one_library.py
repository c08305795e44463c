"""The charts of one library."""

from collections.abc import Sequence

from report.charts import alternatives, library, radar
from report.round_report import RoundReport
from report.tables import scores
from report.views.cells import dimension_head, dimension_rows, totals_head, totals_rows
from report.views.view import Asked, View, scale_of
from survey.text import MISSING, format_fixed, format_number, format_percent
from survey.translation import words


def dimension_radar(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = _own_report(reports, asked)
    frame, scale = (
        scores.by_dimension(report, basis=asked.basis, language=asked.language),
        scale_of(report, asked),
    )
    return View(
        title=words(asked.language)("Các trụ cột so với chỉ tiêu"),
        figure=radar.dimension_radar(frame, scale),
        alternative=alternatives.dimension_radar(frame, scale),
        head=dimension_head(report, asked.language),
        rows=dimension_rows(report, frame, asked.language),
        numeric=(2, 3, 4, 5, 6),
    )


def target_bars(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = _own_report(reports, asked)
    frame, scale = (
        scores.by_indicator(report, basis=asked.basis, language=asked.language),
        scale_of(report, asked),
    )
    _ = words(asked.language)
    return View(
        title=_("Từng chỉ số trên đường tới hai chỉ tiêu"),
        figure=library.target_bars(frame, scale),
        alternative=alternatives.target_bars(frame, scale),
        head=[
            _("Mã"),
            _("Chỉ số"),
            _("Hiện nay"),
            _("So với chỉ tiêu cuối"),
            _("Điểm đạt được"),
            _("Điểm tối đa"),
        ],
        rows=[
            (
                row["indicator"],
                row["label"],
                row["value_text"] if row["state"] == "answered" else row["state_words"],
                format_percent(row["share"], asked.language),
                format_fixed(row["points"], asked.language, decimals=2)
                if row["state"] == "answered"
                else MISSING,
                format_number(row["maximum"], asked.language),
            )
            for row in frame.to_dict("records")
        ],
        numeric=(2, 3, 4, 5),
    )


def score_bar(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = _own_report(reports, asked)
    frame, scale = scores.totals(report, basis=asked.basis, language=asked.language), scale_of(report, asked)
    _ = words(asked.language)
    return View(
        title=_("Điểm trên thang 100"),
        figure=library.score_bar(frame, scale),
        alternative=alternatives.score_bar(frame, scale),
        head=totals_head(report, asked.language),
        rows=totals_rows(report, frame, asked.language),
        numeric=(2, 3, 4, 5, 7),
    )


def _own_report(reports: Sequence[RoundReport], asked: Asked) -> RoundReport:
    return reports[-1].only([asked.own])
