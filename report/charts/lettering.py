"""Text inside figures: wrapped, safe against plotly's own mark-up, numbers as the language writes them."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from report.charts import palette, theme
from report.charts.scale import Scale
from survey.text import MISSING, format_fixed, format_number, format_percent
from survey.translation import words

LINE = 52  # signs of a line that still fit a telephone of 390 pixels


def plain(text: str) -> str:
    """The text with nothing in it that plotly would read as mark-up."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrapped(text: str, *, line: int = LINE, lines: int = 2) -> str:
    """The text on at most so many lines, cut with "…" where it is longer; a percent sign stays by its number.

    >>> wrapped("Máy tính làm việc", line=9)
    'Máy tính<br>làm việc'
    """
    found = wrap(
        text.replace(" %", "\u00a0%"), line, max_lines=lines, placeholder=" …", break_on_hyphens=False
    )
    return "<br>".join(plain(part) for part in found)


def score_text(score: float, scale: Scale) -> str:
    return format_fixed(score, scale.language)


def points_text(points: float, scale: Scale) -> str:
    return format_number(points, scale.language, decimals=1)


def whole_text(points: float, scale: Scale) -> str:
    return format_number(points, scale.language)


def band_text(low: float, high: float, scale: Scale) -> str:
    """A band as "41,0 – 68,5"; one number where both ends are the same."""
    if low != low or high - low < 0.05:
        return score_text(low, scale)
    return f"{score_text(low, scale)} – {score_text(high, scale)}"


def stated(score: float, low: float, high: float, scale: Scale) -> str:
    """The score, or the band in brackets with the words for too little data; nothing applicable: a dash."""
    if score == score:
        return score_text(score, scale)
    if low != low:
        return MISSING
    too_little = words(scale.language)("chưa đủ dữ liệu")
    return f"{too_little} ({band_text(low, high, scale)})"


def first_line(scale: Scale) -> str:
    return words(scale.language)("Mốc {year}").format(year=scale.first)


def first_target(scale: Scale) -> str:
    return words(scale.language)("Chỉ tiêu {year}").format(year=scale.first)


def last_target(scale: Scale) -> str:
    return words(scale.language)("Chỉ tiêu {year}").format(year=scale.last)


def percent_text(percent: float, scale: Scale) -> str:
    return format_percent(percent / 100, scale.language, decimals=1)


def way_text(percent: float, scale: Scale) -> str:
    """How far an indicator has come to the last milestone's target, in words."""
    return words(scale.language)("Đã đi được {share} quãng đường tới chỉ tiêu {year}").format(
        share=percent_text(percent, scale), year=scale.last
    )


def hover(title: str, *lines: str) -> str:
    """The words beside a pointer: a bold title and lines, empty ones left out."""
    return "<br>".join([f"<b>{title}</b>", *(line for line in lines if line)])


def library_axis(libraries: Sequence[tuple[str, str, str]], *, own: str) -> dict[str, Any]:
    """A row for each library (id, name, remark) from the top down; the own one's name stands out."""
    return theme.quiet_axis(
        range=[len(libraries) - 0.5, -0.5],
        showticklabels=True,
        tickvals=list(range(len(libraries))),
        ticktext=[owned(name, mine=library == own) + remark_below(said) for library, name, said in libraries],
        tickfont={"size": theme.SMALL, "color": palette.INK},
    )


def remark_below(text: str) -> str:
    """A quiet second line; nothing to say: no line."""
    return f'<br><span style="color:{palette.QUIET}">{plain(text)}</span>' if text else ""


def owned(name: str, *, mine: bool) -> str:
    """A library's name, made to stand out where it is the reader's own."""
    return f'<b><span style="color:{palette.ACCENT}">{plain(name)}</span></b>' if mine else plain(name)
