"""Rows under one another, each a title and a track from 0 to 100 percent.

In a wide room the title stands left of its track, in a narrow one above it. The y axis counts
pixels from the top, so the room of each row is known and nothing overlaps.
"""

from typing import Any

import plotly.graph_objects as go

from report.charts import lettering, palette, theme
from report.charts.scale import Scale

LETTER = 18  # pixels of a line of text
TRACK = 16  # pixels of a track
STROKE = 16  # plotly's size of the stroke that marks a target; it draws 1.4 times as many pixels
GAP = {"wide": 12, "narrow": 13}  # pixels between two rows
HEADING = 30
TITLES = 400  # pixels of the column of titles in a wide room
SIGNS = {"wide": 54, "narrow": 48}  # signs of a title's line
SIDE = 12


class Ladder:
    """Collects headings and rows; `figure` lays them out, with the tracks empty."""

    def __init__(self, scale: Scale, *, notes: int = 0) -> None:
        """notes: pixels of the column right of the tracks."""
        self._scale = scale
        self._notes = notes
        self._left = SIDE + (TITLES if scale.room == "wide" else 0)
        self._y = 0.0
        self._annotations: list[dict[str, Any]] = []
        self._tracks: list[float] = []

    def heading(self, text: str) -> None:
        self._y += 6 if self._y else 0
        middle = self._y + HEADING / 2
        self._write(
            f"<b>{lettering.plain(text)}</b>", middle, size=theme.TEXT_SIZE + 1, shift=SIDE - self._left
        )
        self._y += HEADING

    def row(self, title: str, note: str = "") -> float:
        """Add a row, and return the y of the middle of its track."""
        title = lettering.wrapped(title, line=SIGNS[self._scale.room])
        text = LETTER * (title.count("<br>") + 1)
        if self._scale.room == "wide":
            middle = self._y + max(text, TRACK) / 2
            self._write(title, middle, shift=SIDE - self._left)
            self._y += max(text, TRACK)
        else:
            middle = self._y + text + 4 + TRACK / 2
            self._write(title, self._y + text / 2)
            self._y += text + 4 + TRACK
        if note:
            self._write(lettering.wrapped(note, line=self._notes // 7), middle, x=1, shift=10)
        self._tracks.append(middle)
        self._y += GAP[self._scale.room]
        return middle

    def inside(self, text: str, middle: float) -> None:
        """Words in the track itself, where there is nothing to draw."""
        self._write(f"<i>{lettering.plain(text)}</i>", middle, shift=6, colour=palette.QUIET)

    def _write(
        self,
        text: str,
        middle: float,
        *,
        x: float = 0,
        shift: float = 0,
        size: int = theme.SMALL,
        colour: str = palette.INK,
    ) -> None:
        self._annotations.append(
            {
                "text": text,
                "x": x,
                "xref": "paper",
                "xanchor": "left",
                "xshift": shift,
                "y": middle,
                "yanchor": "middle",
                "align": "left",
                "showarrow": False,
                "font": {"size": size, "color": colour},
            }
        )

    def figure(self) -> go.Figure:
        """The figure with its empty tracks."""
        drawn = theme.blank(
            self._scale.language,
            height=int(self._y) + 16,
            left=self._left,
            right=SIDE + self._notes,
        )
        drawn.update_layout(
            annotations=self._annotations,
            xaxis=theme.quiet_axis(range=[0, 100]),
            yaxis=theme.quiet_axis(range=[self._y, 0]),
        )
        drawn.add_bar(
            meta="track",
            orientation="h",
            x=[100.0] * len(self._tracks),
            y=self._tracks,
            width=TRACK,
            marker={"color": palette.TRACK, "line": {"width": 0}},
            hoverinfo="skip",
            showlegend=False,
        )
        return drawn
