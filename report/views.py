"""Every chart with its title, its table and its words, by name: for a page, a picture or a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from report import labels
from report.charts import (
    alternatives,
    distance,
    headcounts,
    heat,
    library,
    points,
    radar,
    spread,
    tiles,
    trend,
)
from report.charts.scale import Scale
from report.charts.theme import Room
from report.round_report import SELF, RoundReport
from report.tables import programme, rounds, scores
from survey.text import Language, format_fixed, format_number, format_percent
from survey.translation import words

BY_NAME, BY_SCORE = "ten", "diem"


@dataclass(frozen=True)
class Asked:
    """What a chart is asked to show.

    own: the id of the library to bring out, or "". chosen: libraries to compare. order: by name or
    by score. dimension: only this one's indicators, or "" for all.
    """

    language: Language = "vi"
    room: Room = "wide"
    basis: str = SELF
    own: str = ""
    chosen: tuple[str, ...] = ()
    order: str = BY_NAME
    dimension: str = ""


@dataclass(frozen=True)
class View:
    """A chart with everything that stands around it. rows: cells as text, under `head`."""

    title: str
    figure: go.Figure
    alternative: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


Draw = Callable[[Sequence[RoundReport], Asked], View]


def draw(name: str, reports: Sequence[RoundReport], asked: Asked) -> View:
    """Draw the chart `name` of the newest of `reports`; a trend uses them all, oldest first.

    Raises:
        KeyError: there is no such chart.
    """
    return DRAWERS[name](reports, asked)


def _scale(report: RoundReport, asked: Asked) -> Scale:
    return Scale.of(report.framework, language=asked.language, room=asked.room)


def _ordered(frame: pd.DataFrame, report: RoundReport, asked: Asked) -> pd.DataFrame:
    """Rows by library, by name or from the highest assured score down; ties keep the order of names."""
    if asked.order != BY_SCORE:
        return frame
    card = report.card(asked.basis)
    low = {name: -float(value) for name, value in zip(card.libraries, card.total.low, strict=True)}
    keys = frame["library"].map(lambda name: low[name] if low[name] == low[name] else 0.0)
    return frame.iloc[keys.argsort(kind="stable")]


def _own_report(reports: Sequence[RoundReport], asked: Asked) -> RoundReport:
    return reports[-1].only([asked.own])


def _dimension_rows(frame: pd.DataFrame, asked: Asked) -> list[tuple[str, ...]]:
    language = asked.language
    return [
        (
            str(row["short"]),
            f"{row['dimension']} · {row['dimension_short']}",
            format_fixed(row["score"], language),
            format_fixed(row["low"], language),
            format_fixed(row["high"], language),
            format_fixed(row["line"], language),
            format_percent(row["coverage"], language),
        )
        for row in frame.to_dict("records")
    ]


def _dimension_head(report: RoundReport, language: Language) -> list[str]:
    _ = words(language)
    line = _("Mốc {year}").format(year=report.framework.first_milestone)
    return [_("Thư viện"), _("Trụ cột"), _("Điểm"), _("Cận dưới"), _("Cận trên"), line, _("Độ phủ")]


def _own_radar(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = _own_report(reports, asked)
    frame, scale = (
        scores.by_dimension(report, basis=asked.basis, language=asked.language),
        _scale(report, asked),
    )
    return View(
        title=words(asked.language)("Các trụ cột so với chỉ tiêu"),
        figure=radar.dimension_radar(frame, scale),
        alternative=alternatives.dimension_radar(frame, scale),
        head=_dimension_head(report, asked.language),
        rows=_dimension_rows(frame, asked),
    )


def _own_bars(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = _own_report(reports, asked)
    frame, scale = (
        scores.by_indicator(report, basis=asked.basis, language=asked.language),
        _scale(report, asked),
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
                format_fixed(row["points"], asked.language, decimals=2),
                format_number(row["maximum"], asked.language),
            )
            for row in frame.to_dict("records")
        ],
    )


def _own_score(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = _own_report(reports, asked)
    frame, scale = scores.totals(report, basis=asked.basis, language=asked.language), _scale(report, asked)
    _ = words(asked.language)
    return View(
        title=_("Điểm trên thang 100"),
        figure=library.score_bar(frame, scale),
        alternative=alternatives.score_bar(frame, scale),
        head=_totals_head(report, asked.language),
        rows=_totals_rows(frame, report, asked),
    )


def _totals_head(report: RoundReport, language: Language) -> list[str]:
    _ = words(language)
    line = _("Mốc {year}").format(year=report.framework.first_milestone)
    return [
        _("Thư viện"),
        _("Trạng thái"),
        _("Điểm"),
        _("Cận dưới"),
        _("Cận trên"),
        line,
        _("Mức"),
        _("Độ phủ"),
    ]


def _totals_rows(frame: pd.DataFrame, report: RoundReport, asked: Asked) -> list[tuple[str, ...]]:
    language = asked.language
    return [
        (
            row["short"],
            row["state"],
            format_fixed(row["score"], language),
            format_fixed(row["low"], language),
            format_fixed(row["high"], language),
            format_fixed(row["line"], language),
            labels.level(report.framework, row["level"], language),
            format_percent(row["coverage"], language),
        )
        for row in frame.to_dict("records")
    ]


def _points(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = reports[-1]
    frame = _ordered(scores.by_dimension(report, basis=asked.basis, language=asked.language), report, asked)
    total = _ordered(scores.totals(report, basis=asked.basis, language=asked.language), report, asked)
    scale = _scale(report, asked)
    return View(
        title=words(asked.language)("Điểm của từng thư viện theo trụ cột"),
        figure=points.stacked_points(frame, scale, own=asked.own),
        alternative=alternatives.stacked_points(frame, scale),
        head=_totals_head(report, asked.language),
        rows=_totals_rows(total, report, asked),
    )


def _heat(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = reports[-1]
    frame = scores.by_indicator(report, basis=asked.basis, language=asked.language)
    if asked.dimension:
        frame = frame[frame["dimension"] == asked.dimension]
    frame = _ordered(frame, report, asked)
    scale = _scale(report, asked)
    _ = words(asked.language)
    return View(
        title=_("Thư viện và chỉ số: phần đã đi tới chỉ tiêu"),
        figure=heat.heat_map(frame, scale, own=asked.own),
        alternative=alternatives.heat_map(frame, scale),
        head=[_("Thư viện"), _("Mã"), _("Chỉ số"), _("Câu trả lời"), _("So với chỉ tiêu cuối")],
        rows=[
            (
                row["short"],
                row["indicator"],
                row["label"],
                row["value_text"] if row["state"] == "answered" else row["state_words"],
                format_percent(row["share"], asked.language),
            )
            for row in frame.to_dict("records")
        ],
    )


def _compare(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = reports[-1]
    chosen = [name for name in asked.chosen if name in report.responses] or [report.members[0].id]
    some = report.only(chosen)
    frame, scale = scores.by_dimension(some, basis=asked.basis, language=asked.language), _scale(some, asked)
    return View(
        title=words(asked.language)("So sánh các thư viện đã chọn"),
        figure=radar.radar_compare(frame, scale, own=asked.own),
        alternative=alternatives.radar_compare(frame, scale),
        head=_dimension_head(some, asked.language),
        rows=_dimension_rows(frame, asked),
    )


def _distance(reports: Sequence[RoundReport], asked: Asked) -> View:
    report, scale = reports[-1], _scale(reports[-1], asked)
    frame = scores.by_indicator(report, basis=asked.basis, language=asked.language)
    if asked.dimension:
        frame = frame[frame["dimension"] == asked.dimension]
    spreads = spread.indicator_spread(frame, scale, own=asked.own)
    own_name = report.member(asked.own).short.to(asked.language) if asked.own in report.responses else ""
    _ = words(asked.language)
    return View(
        title=_("Khoảng cách tới từng chỉ tiêu"),
        figure=distance.target_distance(spreads, scale, own=own_name),
        alternative=alternatives.target_distance(spreads, scale, own=own_name),
        head=[_("Mã"), _("Chỉ số"), _("Thấp nhất"), _("Trung vị"), _("Cao nhất")],
        rows=[
            (
                row["id"],
                row["label"],
                format_fixed(row["lowest"], asked.language),
                format_fixed(row["median"], asked.language),
                format_fixed(row["highest"], asked.language),
            )
            for row in spreads.to_dict("records")
        ],
    )


def _mergers(reports: Sequence[RoundReport]) -> list[date]:
    """The days, between the first round and the last, on which a member of these rounds began."""
    first, last = (reports[end].round.reference_date for end in (0, -1))
    begun = {member.valid_from for report in reports for member in report.members if member.valid_from}
    return sorted(day for day in begun if first < day <= last)


def _trend(reports: Sequence[RoundReport], asked: Asked) -> View:
    frame = rounds.trend(reports, basis=asked.basis, language=asked.language)
    scale = _scale(reports[-1], asked)
    _ = words(asked.language)
    return View(
        title=_("Điểm qua các đợt"),
        figure=trend.trend_lines(frame, scale, own=asked.own, chosen=asked.chosen, mergers=_mergers(reports)),
        alternative=alternatives.trend_lines(frame, scale, own=asked.own),
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
    )


def _map(reports: Sequence[RoundReport], asked: Asked) -> View:
    report, scale = reports[-1], _scale(reports[-1], asked)
    frame = scores.totals(report, basis=asked.basis, language=asked.language)
    places = {member.id: member.tile for member in report.members}
    return View(
        title=words(asked.language)("Bản đồ ô các tỉnh"),
        figure=tiles.tile_map(frame, places, scale, own=asked.own),
        alternative=alternatives.tile_map(frame, scale),
        head=_totals_head(report, asked.language),
        rows=_totals_rows(frame, report, asked),
    )


def _heads(reports: Sequence[RoundReport], asked: Asked) -> View:
    report, scale = reports[-1], _scale(reports[-1], asked)
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


DRAWERS: dict[str, Draw] = {
    "tru-cot": _own_radar,
    "hai-chi-tieu": _own_bars,
    "thang-diem": _own_score,
    "diem-theo-tru-cot": _points,
    "ma-tran": _heat,
    "so-sanh": _compare,
    "khoang-cach": _distance,
    "qua-cac-dot": _trend,
    "ban-do": _map,
    "chi-tieu-206": _heads,
}

OF_ONE_LIBRARY = frozenset({"tru-cot", "hai-chi-tieu", "thang-diem"})
OVER_ROUNDS = frozenset({"qua-cac-dot"})
# What may be shown while the others have no names: a place on a map or a row of answers would tell.
WITHOUT_NAMES = ("chi-tieu-206", "diem-theo-tru-cot", "khoang-cach")
