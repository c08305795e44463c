"""The charts in which libraries stand side by side."""

from collections.abc import Sequence

from report.charts import alternatives, headcounts, points, radar, tiles
from report.round_report import RoundReport
from report.tables import programme, scores
from report.views.cells import dimension_head, dimension_rows, totals_head, totals_rows
from report.views.view import Asked, View, ordered, scale_of
from survey.translation import words


def stacked_points(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = reports[-1]
    frame = ordered(scores.by_dimension(report, basis=asked.basis, language=asked.language), report, asked)
    total = ordered(scores.totals(report, basis=asked.basis, language=asked.language), report, asked)
    scale = scale_of(report, asked)
    return View(
        title=words(asked.language)("Điểm của từng thư viện theo trụ cột"),
        figure=points.stacked_points(frame, scale, own=asked.own),
        alternative=alternatives.stacked_points(frame, scale),
        head=totals_head(report, asked.language),
        rows=totals_rows(report, total, asked.language),
        numeric=(2, 3, 4, 5, 7),
    )


def tile_map(reports: Sequence[RoundReport], asked: Asked) -> View:
    report, scale = reports[-1], scale_of(reports[-1], asked)
    frame = scores.totals(report, basis=asked.basis, language=asked.language)
    places = {member.id: member.tile for member in report.members}
    return View(
        title=words(asked.language)("Bản đồ ô các tỉnh"),
        figure=tiles.tile_map(frame, places, scale, own=asked.own),
        alternative=alternatives.tile_map(frame, scale),
        head=totals_head(report, asked.language),
        rows=totals_rows(report, frame, asked.language),
        numeric=(2, 3, 4, 5, 7),
    )


def radar_compare(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = reports[-1]
    chosen = [name for name in asked.chosen if name in report.responses] or [report.members[0].id]
    some = report.only(chosen)
    frame, scale = (
        scores.by_dimension(some, basis=asked.basis, language=asked.language),
        scale_of(some, asked),
    )
    return View(
        title=words(asked.language)("So sánh các thư viện đã chọn"),
        figure=radar.radar_compare(frame, scale, own=asked.own),
        alternative=alternatives.radar_compare(frame, scale),
        head=dimension_head(some, asked.language),
        rows=dimension_rows(some, frame, asked.language),
        numeric=(2, 3, 4, 5, 6),
    )


def head_counts(reports: Sequence[RoundReport], asked: Asked) -> View:
    report, scale = reports[-1], scale_of(reports[-1], asked)
    frame = programme.of_federation(report, basis=asked.basis, language=asked.language)
    _ = words(asked.language)
    return View(
        title=_("Chỉ tiêu của chương trình trong toàn Liên hiệp"),
        figure=headcounts.headcounts(frame, scale),
        alternative=alternatives.headcounts(frame, scale),
        head=[_("Mã"), _("Chỉ tiêu"), _("Kết quả"), _("Gần đạt nhất")],
        rows=[
            (
                row["target"],
                row["label"],
                headcounts.note({str(key): value for key, value in row.items()}, scale),
                row["nearest"] or "–",
            )
            for row in frame.to_dict("records")
        ],
    )
