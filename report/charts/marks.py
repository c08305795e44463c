"""How bars and strokes are drawn: filled for what is assured, hatched for what is not."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from report.charts.palette import MARK, Look, mixed


def add_strokes(figure: go.Figure, places: Sequence[tuple[float, float]], *, name: str, size: float) -> None:
    """Upright strokes at (y, x) for the first milestone, on a white rim that keeps them apart from any bar."""
    for part, width, colour in (("rim", 6, "#FFFFFF"), ("line", 3, MARK)):
        figure.add_scatter(
            meta=part,
            x=[None if x != x else x for _y, x in places],
            y=[y for y, _x in places],
            mode="markers",
            marker={"symbol": "line-ns", "size": size, "line": {"width": width, "color": colour}},
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=part == "line",
            name=name,
        )


def patterned(drawn: Look) -> dict[str, Any]:
    """A bar in the colour and the pattern of a look, the pattern fine and light so that it stays calm.

    Only for a whole trace: plotly forgets these colours where each bar has one of its own.
    """
    return {
        "color": drawn.colour,
        "line": {"width": 0},
        "pattern": {
            "shape": drawn.pattern,
            "fillmode": "overlay",
            "bgcolor": drawn.colour,
            "fgcolor": mixed(drawn.colour, "#FFFFFF", 0.5),
            "fgopacity": 1,
            "size": 7,
            "solidity": 0.16,
        },
    }


def filled(colour: str) -> dict[str, Any]:
    """A bar for what is assured."""
    return {"color": colour, "line": {"width": 0}}


def hatched(colour: str) -> dict[str, Any]:
    """A bar for what is not assured: only hatched, with an outline."""
    return {
        "color": "#FFFFFF",
        "line": {"width": 1, "color": colour},
        "pattern": {"shape": "/", "fgcolor": colour, "bgcolor": "#FFFFFF", "size": 6, "solidity": 0.2},
    }
