"""The charts of all libraries by indicator."""

from collections.abc import Sequence

import pandas as pd

from report.charts import alternatives, distance, heat, spread
from report.round_report import RoundReport
from report.tables import scores
from report.views.view import Asked, View, ordered, scale_of
from survey.text import Language, format_percent
from survey.translation import words


def heat_map(reports: Sequence[RoundReport], asked: Asked) -> View:
    report = reports[-1]
    frame = scores.by_indicator(report, basis=asked.basis, language=asked.language)
    if asked.dimension:
        frame = frame[frame["dimension"] == asked.dimension]
    frame = ordered(frame, report, asked)
    scale = scale_of(report, asked)
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


def target_distance(reports: Sequence[RoundReport], asked: Asked) -> View:
    report, scale = reports[-1], scale_of(reports[-1], asked)
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
            _("Số thư viện đã gửi có số liệu"),
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
