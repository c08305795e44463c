"""Every chart with its title, its table and its words, by name: for a page, a picture or a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

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
from survey.text import MISSING, Language, format_fixed, format_number, format_percent
from survey.translation import words

BY_NAME, BY_SCORE = "ten", "diem"


@dataclass(frozen=True)
class Asked:
    """What a chart is asked to show.

    own: the id of the library to bring out, or "". chosen: libraries to compare. order: by name or
    by score. dimension: only this one's indicators, or "" for all. method: the checksum of the framework
    by which the rounds are scored anew, "" for each round's own.
    """

    language: Language = "vi"
    room: Room = "wide"
    basis: str = SELF
    own: str = ""
    chosen: tuple[str, ...] = ()
    order: str = BY_NAME
    dimension: str = ""
    method: str = ""


@dataclass(frozen=True)
class View:
    """A chart with everything that stands around it.

    rows: cells as text, under `head`. numeric: the columns that hold numbers. counted: how many
    libraries have sent what is drawn, in words; "" where only one library is shown.
    """

    title: str
    figure: go.Figure
    alternative: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: Sequence[int] = ()
    counted: str = ""


Draw = Callable[[Sequence[RoundReport], Asked], View]


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
        numeric=(2, 3, 4, 5, 6),
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
                format_fixed(row["points"], asked.language, decimals=2)
                if row["state"] == "answered"
                else MISSING,
                format_number(row["maximum"], asked.language),
            )
            for row in frame.to_dict("records")
        ],
        numeric=(2, 3, 4, 5),
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
        rows=_totals_rows(frame, asked),
        numeric=(2, 3, 4, 5, 7),
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


def _totals_rows(frame: pd.DataFrame, asked: Asked) -> list[tuple[str, ...]]:
    language = asked.language
    return [
        (
            row["short"],
            row["state"],
            format_fixed(row["score"], language),
            format_fixed(row["low"], language),
            format_fixed(row["high"], language),
            format_fixed(row["line"], language),
            row["level_words"],
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
        rows=_totals_rows(total, asked),
        numeric=(2, 3, 4, 5, 7),
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
        head=[_("Chỉ số"), *frame.drop_duplicates("library")["short"]],
        rows=_matrix(frame, asked.language),
        numeric=range(1, 1 + frame["library"].nunique()),
    )


def _matrix(frame: pd.DataFrame, language: Language) -> list[tuple[str, ...]]:
    """Indicators down, libraries across, as in the figure: the answer, and how far it is on its way."""
    rows: dict[str, list[str]] = {}
    for row in frame.to_dict("records"):
        cells = rows.setdefault(f"{row['indicator']} {row['label']}", [])
        way = format_percent(row["share"], language)
        cells.append(f"{row['value_text']} ({way})" if row["state"] == "answered" else row["state_words"])
    return [(name, *cells) for name, cells in rows.items()]


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
        numeric=(2, 3, 4, 5, 6),
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
        head=[
            _("Mã"),
            _("Chỉ số"),
            _("Thấp nhất"),
            _("Trung vị"),
            _("Cao nhất"),
            *((own_name,) if own_name else ()),
            _("Số thư viện có số liệu"),
        ],
        rows=[
            (
                row["id"],
                row["label"],
                *(
                    format_percent(row[name] / 100, asked.language)
                    for name in ("lowest", "median", "highest")
                ),
                *((format_percent(row["own"] / 100, asked.language),) if own_name else ()),
                str(row["stated"]),
            )
            for row in spreads.to_dict("records")
        ],
        numeric=range(2, 7),
    )


def _trend(reports: Sequence[RoundReport], asked: Asked) -> View:
    frame = rounds.trend(reports, basis=asked.basis, language=asked.language)
    scale, merger = _scale(reports[-1], asked), _merger(reports)
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


def _map(reports: Sequence[RoundReport], asked: Asked) -> View:
    report, scale = reports[-1], _scale(reports[-1], asked)
    frame = scores.totals(report, basis=asked.basis, language=asked.language)
    places = {member.id: member.tile for member in report.members}
    return View(
        title=words(asked.language)("Bản đồ ô các tỉnh"),
        figure=tiles.tile_map(frame, places, scale, own=asked.own),
        alternative=alternatives.tile_map(frame, scale),
        head=_totals_head(report, asked.language),
        rows=_totals_rows(frame, asked),
        numeric=(2, 3, 4, 5, 7),
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
