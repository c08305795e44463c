"""How a pace comes about: its values, its slopes, the years that are left, and the ratio of both paces."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np

from report import labels, pace_words
from scoring.pace import DAYS_PER_YEAR, Basis, PaceClass, end_of, years_between
from survey.framework import AnyIndicator
from survey.text import Language, format_day, format_fixed, format_number, format_percent
from survey.translation import words

Row = Mapping[Hashable, Any]
MOST_SLOPES = 10


def of_score(row: Row, year: int, language: Language) -> list[str]:
    """The pace of the score; `row` of `tables.pace.of_score`."""
    unit = words(language)("điểm/năm")
    return _lines(
        row,
        year,
        value=lambda x: format_fixed(x, language, decimals=2),
        pace=lambda x: pace_words.signed(x, unit, language),
        language=language,
    )


def of_indicator(row: Row, asked: AnyIndicator, year: int, language: Language) -> list[str]:
    """The pace of one indicator; `row` of `tables.pace.by_indicator`."""
    return _lines(
        row,
        year,
        value=lambda x: labels.value_text(asked, x, language),
        pace=lambda x: pace_words.pace_text(asked, x, language),
        language=language,
    )


def _lines(
    row: Row,
    year: int,
    *,
    value: Callable[[float], str],
    pace: Callable[[float], str],
    language: Language,
) -> list[str]:
    _ = words(language)
    series: Sequence[tuple[date, float]] = row["series"]
    if not series:
        return [_("Chưa có giá trị nào, nên chưa có nhịp độ.")]
    told = "; ".join(f"{format_day(day, language)}: {value(x)}" for day, x in series)
    lines = [_("Các giá trị: {values}").format(values=told)]
    if row.get("anew"):
        lines.append(
            _(
                "{n} đợt trước theo phiên bản khác của bộ chỉ số được tính lại theo phiên bản của đợt này."
            ).format(n=row["anew"])
        )
    if row["class"] == PaceClass.REACHED.name.lower():
        return [
            *lines,
            _("Đã đạt chỉ tiêu {target}, không cần thêm nhịp nào.").format(target=value(row["target"])),
        ]
    return [
        *lines,
        *_needed(row, year, series[-1][0], value, pace, language),
        *_own(row, series, pace, language),
        *_compared(row, pace, language),
    ]


def _needed(
    row: Row,
    year: int,
    last: date,
    value: Callable[[float], str],
    pace: Callable[[float], str],
    language: Language,
) -> list[str]:
    """What is still to go, over the years that are left from the last value on."""
    _ = words(language)
    if row["needed"] != row["needed"]:
        return []
    left = float(years_between(np.datetime64(last, "D"), end_of(year)))
    said = _(
        "Nhịp cần = ({target} − {value}) ÷ {years} năm còn lại đến 31/12/{year} ({days} ngày ÷ {length}) "
        "= {needed}"
    )
    return [
        said.format(
            target=value(row["target"]),
            value=value(row["value"]),
            years=format_number(left, language, decimals=4),
            days=format_number(left * DAYS_PER_YEAR, language),
            length=format_number(DAYS_PER_YEAR, language, decimals=4),
            year=year,
            needed=pace(row["needed"]),
        )
    ]


def _compared(row: Row, pace: Callable[[float], str], language: Language) -> list[str]:
    """Both paces against each other, the best one, and where this one leads."""
    _ = words(language)
    lines = []
    if row["ratio"] == row["ratio"]:
        lines.append(
            _("r = nhịp hiện nay ÷ nhịp cần = {ratio}: {told}").format(
                ratio=format_number(row["ratio"], language, decimals=2).replace("-", "−"),
                told=row["class_words"],
            )
        )
    if row["feasibility"] == row["feasibility"]:
        lines.append(
            _(
                "Tính khả thi = nhịp cần ÷ nhịp nhanh nhất mà một thư viện đã giữ được ({best}) = {share}"
            ).format(best=pace(row["best"]), share=format_number(row["feasibility"], language, decimals=2))
        )
    if row["basis"] == Basis.THREE:
        lines.append(
            _("Kéo dài với nhịp ấy, năm tới đích: {year} (dải {confidence})").format(
                year=row["arrival_text"],
                confidence=format_percent(row["confidence"], language, decimals=1),
            )
        )
    return lines


def _own(
    row: Row, series: Sequence[tuple[date, float]], pace: Callable[[float], str], language: Language
) -> list[str]:
    """The slopes between all pairs of rounds, and the middle one."""
    _ = words(language)
    if row["own"] != row["own"]:
        return []
    slopes = sorted(
        (later[1] - first[1]) / ((later[0] - first[0]).days / DAYS_PER_YEAR)
        for first, later in combinations(series, 2)
    )
    listed = "; ".join(pace(slope) for slope in slopes[:MOST_SLOPES])
    if len(slopes) > MOST_SLOPES:
        listed += "; …"
    said = _("Nhịp hiện nay = độ dốc ở giữa của {n} cặp đợt ({slopes}) = {own}")
    return [said.format(n=len(slopes), slopes=listed, own=pace(row["own"]))]
