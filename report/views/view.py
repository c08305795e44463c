"""What a chart is asked to show, and what it is with everything around it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from report.charts.scale import Scale
from report.charts.theme import Room
from report.round_report import SELF, RoundReport
from survey.text import Language

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


def scale_of(report: RoundReport, asked: Asked) -> Scale:
    return Scale.of(report.framework, language=asked.language, room=asked.room)


def ordered(frame: pd.DataFrame, report: RoundReport, asked: Asked) -> pd.DataFrame:
    """Rows by library, by name or from the highest assured score down; ties keep the order of names."""
    if asked.order != BY_SCORE:
        return frame
    card = report.card(asked.basis)
    low = {name: -float(value) for name, value in zip(card.libraries, card.total.low, strict=True)}
    keys = frame["library"].map(lambda name: low[name] if low[name] == low[name] else 0.0)
    return frame.iloc[keys.argsort(kind="stable")]
