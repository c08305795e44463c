"""One calm look for every figure: type, room, axes that stay still, and no English from plotly."""

from math import ceil
from typing import Any, Literal

import plotly.graph_objects as go
from babel.dates import get_day_names, get_month_names

from report.charts.palette import CLEAR, INK, QUIET, RULE
from survey.text import Language

FONT = '"Be Vietnam Pro", "Noto Sans", "Segoe UI", Arial, sans-serif'
TEXT_SIZE = 14
SMALL = 13  # nothing is smaller: below it Vietnamese marks run together on a telephone

LEGEND_LINE = 21  # pixels of a line of a legend
LEGEND_SIGN = 6.6  # pixels of a letter, wide ones and narrow ones together
LEGEND_MARK = 44  # pixels of the mark before it, with the gaps
Room = Literal["wide", "narrow"]
SURE_WIDTH: dict[Room, int] = {"wide": 860, "narrow": 374}  # pixels that a figure has at least
# The same width in pixels as in tieng-viet.js, which tells the window's in a cookie.
NARROW_BELOW = 700
MOST_DIGITS = 5
SEPARATORS: dict[Language, str] = {"vi": ",.", "en": ".,"}


def blank(
    language: Language, *, height: int, left: int = 8, right: int = 8, top: int = 8, bottom: int = 8
) -> go.Figure:
    """An empty figure with our type, colours and number signs, which does not catch a scrolling finger."""
    return go.Figure(
        layout={
            "template": "none",
            "height": height,
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
            "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
            "separators": SEPARATORS[language],
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": "#FFFFFF",
                "bordercolor": RULE,
                "align": "left",
                "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
            },
            "legend": _legend(1, "top"),
            "legend2": _legend(0, "bottom"),
            "barmode": "overlay",
            "xaxis": quiet_axis(),
            "yaxis": quiet_axis(),
        }
    )


def keep_legends(figure: go.Figure, room: Room) -> go.Figure:
    """Give the legends, above ("legend") and below ("legend2"), the room that their lines will take.

    Plotly would take it from the plot itself, and what was laid out in pixels would shrink.
    """
    sides = figure.layout.margin.l + figure.layout.margin.r
    for legend, side in (("legend", "t"), ("legend2", "b")):
        names = [
            trace.name
            for trace in figure.data
            if trace.name and trace.showlegend is not False and (trace.legend or "legend") == legend
        ]
        if names:
            pixels = LEGEND_LINE * _legend_lines(names, SURE_WIDTH[room] - sides) + 10
            figure.layout.margin[side] += pixels
            figure.layout.height += pixels
    return figure


def _legend_lines(names: list[str], width: int) -> int:
    """The lines that plotly needs: one where all fit the plot's width, else columns as wide as the widest entry."""
    widths = [LEGEND_SIGN * len(name) + LEGEND_MARK for name in names]
    if sum(widths) <= width:
        return 1
    return ceil(len(names) / max(1, width // ceil(max(widths))))


def _legend(y: float, anchor: str) -> dict[str, Any]:
    """A legend along an edge of the figure that does nothing when it is clicked."""
    return {
        "orientation": "h",
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": y,
        "yref": "container",
        "yanchor": anchor,
        "font": {"size": SMALL},
        "itemclick": False,
        "itemdoubleclick": False,
        "traceorder": "normal",
        "bgcolor": CLEAR,
    }


def quiet_axis(**changes: object) -> dict[str, Any]:
    """An axis without lines or ticks, not to be dragged; `changes` as in plotly's own layout."""
    return {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "showticklabels": False,
        "tickfont": {"size": SMALL, "color": QUIET},
        **changes,
    }


def config(language: Language) -> dict[str, Any]:
    """How Streamlit is to show a figure: no bar of buttons (Streamlit's own one there is English), no zooming.

    Pass it as `st.plotly_chart(figure, theme=None, config=config(language), alt=...)`.
    """
    return {
        "displayModeBar": False,
        "displaylogo": False,
        "scrollZoom": False,
        "doubleClick": False,
        "showTips": False,
        "showAxisDragHandles": False,
        "locale": language,
        "locales": {
            language: {
                "dictionary": {},
                "format": {
                    "days": list(get_day_names("wide", locale=language).values()),
                    "shortDays": list(get_day_names("abbreviated", locale=language).values()),
                    "months": list(get_month_names("wide", locale=language).values()),
                    "shortMonths": list(get_month_names("abbreviated", locale=language).values()),
                    "decimal": SEPARATORS[language][0],
                    "thousands": SEPARATORS[language][1],
                },
            }
        },
    }


def room_for(width: str, user_agent: str) -> Room:
    """The room that a browser's window has: by its width in pixels, else by what the browser calls itself.

    >>> room_for("390", "Mozilla/5.0 (X11; Linux x86_64)")
    'narrow'
    >>> room_for("", "Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36")
    'narrow'
    """
    if width.isascii() and width.isdigit() and len(width) <= MOST_DIGITS:
        return "narrow" if int(width) < NARROW_BELOW else "wide"
    return "narrow" if "Mobi" in user_agent else "wide"
