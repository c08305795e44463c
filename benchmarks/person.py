"""A person at a page, speaking what a browser speaks: protobuf over a websocket."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.SessionStatus_pb2 import SessionStatus
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

ANSWER_WITHIN = 60.0  # seconds; a server that is slower than that has failed
# The last message of a run: `session_status_changed` with nothing running.
IDLE = ForwardMsg(session_status_changed=SessionStatus()).SerializeToString()
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
# How the value of each kind of widget travels, and where its first value stands.
STATES = {
    "text_input": "string_value",
    "text_area": "string_value",
    "checkbox": "bool_value",
    "radio": "string_value",
}


class BrokenRunError(RuntimeError):
    """A page that ended otherwise than a page should."""


@dataclass(frozen=True)
class Widget:
    """A field of the page. key: the name that the page gave it; fragment: what a change of it reruns."""

    id: str
    kind: str
    key: str
    fragment: str
    options: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Reply:
    """What came back for one message: how long it took, how much, its HTML and the number of charts."""

    seconds: float
    messages: int
    html: str
    charts: int


async def connected(port: int, cookies: Mapping[str, str], session_id: str = "") -> ClientConnection:
    """Connect as a browser with these cookies does; one that was cut off names its session."""
    protocols = [Subprotocol("streamlit")]
    if session_id:
        protocols += [Subprotocol("PLACEHOLDER"), Subprotocol(session_id)]
    return await connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        origin=Origin(f"http://127.0.0.1:{port}"),
        subprotocols=protocols,
        additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
        compression=None,
        max_size=None,
        ping_interval=None,
        open_timeout=ANSWER_WITHIN,
    )


@dataclass
class Person:
    """One open page. Use as `async with Person(...) as person`."""

    port: int
    page: str = ""
    query: str = ""
    cookies: Mapping[str, str] = field(default_factory=dict)
    widgets: dict[str, Widget] = field(default_factory=dict)
    _values: dict[str, WidgetState] = field(default_factory=dict)
    page_hash: str = ""
    session_id: str = ""
    _socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        self._socket = await connected(self.port, self.cookies)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._socket is not None
        await self._socket.close()

    async def open(self) -> Reply:
        """Draw the page for the first time."""
        return await self._run("")

    async def change(self, widget: Widget, value: object) -> Reply:
        """Put `value` into a field, as leaving it or clicking it does, and wait for the last reply."""
        self._values[widget.id] = _state(widget, value)
        reply = await self._run(widget.fragment)
        self._forget_click(widget)
        return reply

    async def send(self, widget: Widget, value: object) -> None:
        """Put `value` into a field and do not wait: the next click may follow before the reply."""
        assert self._socket is not None
        self._values[widget.id] = _state(widget, value)
        await self._socket.send(self._wish(widget.fragment))
        self._forget_click(widget)

    async def settle(self, quiet: float = 1.0) -> Reply:
        """Take what comes until nothing has come for so many seconds."""
        assert self._socket is not None
        pieces: list[bytes] = []
        begun = perf_counter()
        while True:
            try:
                pieces.append(await asyncio.wait_for(self._socket.recv(decode=False), quiet))
            except TimeoutError:
                break
        html, charts = self._take(pieces, (*FINISHED, ForwardMsg.FINISHED_EARLY_FOR_RERUN))
        return Reply(perf_counter() - begun, len(pieces), html, charts)

    def shown(self, widget: Widget) -> object:
        """What stands in a field; None where nothing was chosen yet."""
        state = self._values[widget.id]
        held = state.WhichOneof("value")
        return getattr(state, held) if held else None

    def named(self, key: str) -> Widget:
        return next(widget for widget in self.widgets.values() if widget.key == key)

    def _forget_click(self, widget: Widget) -> None:
        if widget.kind == "button":
            del self._values[widget.id]  # a click is told once

    def labelled(self, words: str) -> Widget:
        return next(widget for widget in self.widgets.values() if widget.label == words)

    def _wish(self, fragment: str) -> bytes:
        wish = ClientState(
            query_string=self.query,
            page_name=self.page,
            page_script_hash=self.page_hash,
            fragment_id=fragment,
        )
        wish.widget_states.widgets.extend(self._values.values())
        sent: bytes = BackMsg(rerun_script=wish).SerializeToString()
        return sent

    async def _run(self, fragment: str) -> Reply:
        socket = self._socket
        assert socket is not None
        sent = self._wish(fragment)
        pieces: list[bytes] = []
        begun = perf_counter()
        await socket.send(sent)
        while True:
            piece = await socket.recv(decode=False)
            pieces.append(piece)
            if piece == IDLE:
                break
        seconds = perf_counter() - begun
        html, charts = self._take(pieces)
        return Reply(seconds, len(pieces), html, charts)

    def _take(self, pieces: list[bytes], ended: tuple[int, ...] = FINISHED) -> tuple[str, int]:
        """Do what a browser does with the replies: remember fields and their values."""
        html, charts = [], 0
        for message in map(ForwardMsg.FromString, pieces):
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished not in ended:
                raise BrokenRunError(f"the page ended with {message.script_finished}")
            if kind == "new_session":
                self.session_id = message.new_session.initialize.session_id
            if kind == "navigation":
                self.page_hash = message.navigation.page_script_hash
            if kind == "delta" and message.delta.HasField("new_element"):
                element = message.delta.new_element
                html.append(element.html.body)
                charts += element.HasField("plotly_chart")
                self._remember(element, message.delta.fragment_id)
        return "".join(html), charts

    def _remember(self, element: Any, fragment: str) -> None:  # noqa: ANN401
        kind = element.WhichOneof("type")
        drawn = getattr(element, kind)
        if kind == "exception":
            raise BrokenRunError(drawn.message)
        if not getattr(drawn, "id", ""):
            return
        key = drawn.id.split("-", 2)[-1]
        options = tuple(str(option) for option in getattr(drawn, "options", ()) if isinstance(option, str))
        widget = Widget(drawn.id, kind, key, fragment, options, getattr(drawn, "label", ""))
        fresh = drawn.id not in self.widgets
        self.widgets[drawn.id] = widget
        if kind in STATES and (fresh or drawn.set_value):
            self._values[drawn.id] = _state(widget, _shown(drawn, kind))


def _shown(drawn: Any, kind: str) -> object:  # noqa: ANN401
    """The value that a field shows when it is drawn."""
    if kind == "radio":
        return drawn.raw_value or None
    return drawn.value if drawn.set_value else drawn.default


def _state(widget: Widget, value: object) -> WidgetState:
    if widget.kind == "button":
        return WidgetState(id=widget.id, trigger_value=True)
    if value is None:
        return WidgetState(id=widget.id)
    return WidgetState(id=widget.id, **{STATES[widget.kind]: value})  # type: ignore[arg-type]
