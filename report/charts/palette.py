"""Colours and looks that people with any colour vision tell apart; none carries a meaning alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

INK = "#1D2B30"
QUIET = "#55666C"
RULE = "#D3DEE1"
TRACK = "#EDF2F3"
GREY = "#A3B1B6"
PALE = "#C9D3D6"
ACCENT = "#0F5C6E"
NOT_YET = "#86B5BF"
SOFT_ACCENT = "#5E93A0"
SHADE = "#E4EEF1"
MARK = "#C04A00"  # the first milestone: Okabe and Ito's vermilion, darkened for thin lines on white
CLEAR = "rgba(0,0,0,0)"
LEVEL_STEPS = ("#EAF1F2", "#CFE0E4", "#A6C8D0", "#6FA3B0", "#2F7386", "#0D4453")
HEAT_STEPS = ((0.0, "#F1F5F4"), (0.5, "#86B5BF"), (1.0, "#0D4453"))


@dataclass(frozen=True)
class Look:
    """What tells a series apart: each of the four would do alone."""

    colour: str
    pattern: str
    symbol: str
    dash: str


# Okabe and Ito (2008), colours that people with any colour vision tell apart; yellow and black left out because
# one is lost on white and the other shouts.
LOOKS = (
    Look("#0072B2", "", "circle", "solid"),
    Look("#E69F00", "/", "square", "dash"),
    Look("#009E73", "x", "diamond", "dot"),
    Look("#CC79A7", "\\", "triangle-up", "dashdot"),
    Look("#56B4E9", "-", "cross", "longdash"),
    Look("#D55E00", "|", "star", "longdashdot"),
)


OTHER = Look(GREY, "", "circle", "solid")
MEDIAN = Look(INK, "", "diamond", "solid")
OWN = Look(ACCENT, "", "circle", "solid")


def looks(libraries: Sequence[str], *, own: str) -> dict[str, Look]:
    """A look for each library of a figure; the own one's takes the first place and the accent."""
    others = [name for name in libraries if name != own]
    first = 1 if own in libraries else 0
    found = {name: look(position) for position, name in enumerate(others, first)}
    return {name: found.get(name, OWN) for name in libraries}


def look(position: int) -> Look:
    """The look of the series at a position; after the sixth they begin again."""
    return LOOKS[position % len(LOOKS)]


def mixed(one: str, other: str, share: float) -> str:
    """The colour that lies `share` (0 to 1) of the way from one colour to the other."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def pale(colour: str) -> str:
    """The colour as a ground for text and bars."""
    return mixed("#FFFFFF", colour, 0.45)


def heat_colour(share: float) -> str:
    """The heat map's colour for a share of 0 to 1."""
    for (start, one), (end, other) in pairwise(HEAT_STEPS):
        if share <= end:
            return mixed(one, other, (share - start) / (end - start))
    return HEAT_STEPS[-1][1]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21.

    Source:
        WCAG 2.2, relative luminance and contrast ratio.

    >>> round(contrast("#FFFFFF", "#000000"))
    21
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(colour: str) -> str:
    """Black or white, whichever reads better on the colour; between ink and white some would fall short of 4.5."""
    return max(("#000000", "#FFFFFF"), key=lambda text: contrast(text, colour))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
