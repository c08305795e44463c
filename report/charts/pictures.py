"""Figures as pictures, to be kept and passed on: each says what it shows, of when, and whether it is invented."""

import asyncio
import atexit
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import plotly.graph_objects as go

from report.charts import palette, theme
from report.charts.lettering import wrapped
from survey.errors import SurveyError
from survey.text import Language
from survey.translation import words

WIDTH = 1200
IDLE = 120.0  # seconds after which an unused browser is closed: it holds some 200 MB
LONGEST = 60.0  # seconds for one picture, the browser's start included
LINE = 19  # pixels of a line of the caption
EDGE = 12  # pixels above and below it
BASELINE = 12  # pixels from the top of its first line to the place that plotly calls the top


class PictureError(SurveyError):
    """No picture can be made on this server; the figure and its table are there all the same."""

    def __init__(self) -> None:
        super().__init__(
            vi="Không tạo được hình vì máy chủ không chạy được trình duyệt Chromium. Hãy dùng bảng số liệu hoặc tệp "
            "Excel, hoặc nhờ quản trị viên cài gói chromium.",
            en="The picture cannot be made because the server cannot run the Chromium browser. Use the table or the "
            "Excel file, or ask the administrator to install the package chromium.",
        )


@dataclass(frozen=True)
class Caption:
    """What stands above a figure in its picture. sample: the data are invented, and the picture says so."""

    title: str
    round_name: str
    language: Language = "vi"
    sample: bool = False


def to_png(
    figure: go.Figure,
    caption: Caption,
    *,
    width: int = WIDTH,
    height: int | None = None,
    scale: float = 2,
) -> bytes:
    """The figure as a PNG with its caption.

    height: of the figure without its caption, its own by default.

    Raises:
        PictureError: no browser can be started here.
    """
    framed = captioned(figure, caption, width=width, height=height)
    options = {"format": "png", "width": width, "height": framed.layout.height, "scale": scale}
    return _BROWSER.draw(framed.to_dict(), options)


def captioned(
    figure: go.Figure, caption: Caption, *, width: int = WIDTH, height: int | None = None
) -> go.Figure:
    """A copy on white with title, round and the warning of a sample above; the figure keeps its own room."""
    framed = go.Figure(figure)
    text = _lines(caption, signs=width // 10)
    room = LINE * (text.count("<br>") + 1) + 2 * EDGE
    plot = height or int(framed.layout.height)
    framed.update_layout(
        paper_bgcolor="#FFFFFF",
        height=plot + room,
        title={
            "text": text,
            "font": {"family": theme.FONT, "size": theme.TEXT_SIZE + 1, "color": palette.INK},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1 - (EDGE + BASELINE) / (plot + room),
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": EDGE},
        },
        legend={"y": 1 - room / (plot + room)},
    )
    framed.layout.margin.t += room
    return framed


def _lines(caption: Caption, *, signs: int) -> str:
    title = wrapped(caption.title, line=signs, lines=3).replace("<br>", "</b><br><b>")
    lines = [f"<b>{title}</b>", wrapped(caption.round_name, line=signs)]
    if caption.sample:
        warning = words(caption.language)("DỮ LIỆU MINH HỌA")
        lines.append(f'<b><span style="color:{palette.MARK}">{warning}</span></b>')
    return "<br>".join(line for line in lines if line)


class _Browser:
    """One Chromium for all pictures, in a thread of its own, started at the first and closed when idle."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open: Any = None
        self._closing: asyncio.TimerHandle | None = None

    def draw(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        """One picture at a time; a browser that failed is thrown away, so that the next picture has a new one."""
        with self._lock:
            try:
                return bytes(self._run(self._draw(figure, options)))
            except Exception as error:
                with suppress(Exception):
                    self._run(self._close())
                raise PictureError from error

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - what the work returns
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, name="pictures", daemon=True).start()
        future: Future[Any] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(LONGEST)

    async def _draw(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        if self._closing:
            self._closing.cancel()
        if self._open is None:
            # Imported late, so that a server without kaleido lacks the pictures only. MathJax would be fetched
            # from the network.
            browser = import_module("kaleido").Kaleido(n=1, mathjax=False, timeout=LONGEST)
            await browser.open()
            self._open = browser
        picture: bytes = await self._open.calc_fig(figure, opts=options)
        loop = asyncio.get_running_loop()
        self._closing = loop.call_later(IDLE, lambda: loop.create_task(self._close()))
        return picture

    def close(self) -> None:
        """Close the browser now; the next picture starts another."""
        with self._lock:
            if self._open is not None:
                self._run(self._close())

    async def _close(self) -> None:
        browser, self._open = self._open, None
        if browser is not None:
            await browser.close()


_BROWSER = _Browser()
atexit.register(_BROWSER.close)
