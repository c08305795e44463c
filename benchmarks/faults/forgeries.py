"""Messages that no browser of ours sends, made from what the pages of every role contain."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.person import Widget

FIELDS = ("trigger_value", "bool_value", "double_value", "int_value", "string_value", "string_trigger_value", "json_value",
          "bytes_value", "double_array_value", "int_array_value", "string_array_value", "chat_input_value",
          "json_trigger_value")  # fmt: skip
CONTROLS = ("clear_cache", "stop_script", "load_git_info", "set_run_on_save", "debug_shutdown_runtime",
            "debug_disconnect_websocket", "app_heartbeat")  # fmt: skip
LARGE, TOO_LARGE = 1_900_000, 3_000_000  # bytes, on both sides of what the server takes
Frame = bytes | str


@dataclass(frozen=True)
class Known:
    """What a forger may have seen. pages: by the word in the address, the hash that names its script."""

    widgets: Sequence[Widget]
    pages: Mapping[str, str]
    queries: Sequence[str]


class Forger:
    """Makes one message after the other; the same seed makes the same ones."""

    def __init__(self, known: Known, chance: random.Random) -> None:
        self._known, self._chance = known, chance
        self._ways: Sequence[tuple[int, Callable[[], Frame]]] = (
            (42, self._somebody_elses_widgets),
            (18, self._wrong_kinds),
            (12, self._unknown_widgets),
            (10, self._damaged),
            (8, self._control),
            (6, self._rubbish),
            (3, self._operations),
            (1, self._text),
        )

    def frame(self) -> Frame:
        if self._chance.random() < 0.003:
            return self._oversized()
        weights = [weight for weight, _ in self._ways]
        return self._chance.choices([way for _, way in self._ways], weights)[0]()

    def _somebody_elses_widgets(self) -> bytes:
        """Buttons pressed and fields filled that stand on pages of other roles."""
        chosen = self._chance.sample(self._known.widgets, self._chance.randint(1, 6))
        return self._rerun([self._fitting(widget) for widget in chosen])

    def _wrong_kinds(self) -> bytes:
        chosen = self._chance.sample(self._known.widgets, self._chance.randint(1, 6))
        return self._rerun([self._any(widget.id) for widget in chosen])

    def _unknown_widgets(self) -> bytes:
        names = (
            "",
            "$$ID",
            "$$ID-0-None",
            "x" * 10_000,
            "$$ID-\0-A2.value",
            "A2.value",
            "person",
            "opened",
            "__proto__",
        )
        return self._rerun(
            [self._any(self._chance.choice(names)) for _ in range(self._chance.randint(1, 20))]
        )

    def _damaged(self) -> bytes:
        """A true message with some of its bytes changed."""
        whole = bytearray(self._somebody_elses_widgets())
        for _ in range(self._chance.randint(1, 8)):
            whole[self._chance.randrange(len(whole))] = self._chance.randrange(256)
        return bytes(whole[: self._chance.randint(1, len(whole))] if self._chance.random() < 0.3 else whole)

    def _control(self) -> bytes:
        message = BackMsg()
        setattr(message, self._chance.choice(CONTROLS), True)
        whole: bytes = message.SerializeToString()
        return whole

    def _operations(self) -> bytes:
        message = BackMsg()
        if self._chance.random() < 0.5:
            message.file_urls_request.request_id = "../" * self._chance.randint(0, 50)
            message.file_urls_request.file_names.extend(["../../etc/passwd"] * self._chance.randint(0, 5))
            message.file_urls_request.session_id = "x"
        else:
            message.backend_operation_request.request_id = "1"
        whole: bytes = message.SerializeToString()
        return whole

    def _rubbish(self) -> bytes:
        return self._chance.randbytes(self._chance.choice((0, 1, 7, 100, 5_000)))

    def _text(self) -> str:
        return "rerun"

    def _oversized(self) -> bytes:
        widget = self._chance.choice(self._known.widgets)
        size = self._chance.choice((LARGE, TOO_LARGE))
        return self._rerun([WidgetState(id=widget.id, string_value="x" * size)])

    def _rerun(self, states: Sequence[WidgetState]) -> bytes:
        page, script = self._chance.choice([*self._known.pages.items()])
        wish = ClientState(
            query_string=self._chance.choice(self._known.queries),
            page_name=page
            if self._chance.random() < 0.8
            else self._chance.choice(("../", "x" * 5000, "main")),
            page_script_hash=script if self._chance.random() < 0.8 else "0" * 32,
            fragment_id=self._chance.choice(
                ["", "", "", *(widget.fragment for widget in self._known.widgets[:50])]
            ),
        )
        wish.widget_states.widgets.extend(states)
        whole: bytes = BackMsg(rerun_script=wish).SerializeToString()
        return whole

    def _fitting(self, widget: Widget) -> WidgetState:
        if widget.kind in ("button", "form_submit_button", "download_button"):
            return WidgetState(id=widget.id, trigger_value=True)
        if widget.kind == "checkbox":
            return WidgetState(id=widget.id, bool_value=True)
        if widget.kind in ("text_input", "text_area", "radio", "selectbox"):
            words = ("1", "999", "giả mạo", *widget.options)
            return WidgetState(id=widget.id, string_value=self._chance.choice(words))
        return self._any(widget.id)

    def _any(self, widget_id: str) -> WidgetState:
        state = WidgetState(id=widget_id)
        field = self._chance.choice(FIELDS)
        if field in ("trigger_value", "bool_value"):
            setattr(state, field, True)
        elif field == "double_value":
            state.double_value = self._chance.choice((0.0, -1.0, float("nan"), float("inf"), 1e308))
        elif field == "int_value":
            state.int_value = self._chance.choice((0, 1, -1, 2**62, -(2**62)))
        elif field == "string_value":
            state.string_value = self._chance.choice(("", "0", "giả mạo", "<script>", "x" * 5000))
        elif field == "json_value":
            state.json_value = self._chance.choice(("", "{", "null", "[]", '{"a": 1}', "[" * 2000))
        elif field == "bytes_value":
            state.bytes_value = self._chance.randbytes(50)
        elif field.endswith("array_value"):
            items = {"string": ["x", ""], "int": [0, -1, 2**40], "double": [0.5, float("nan")]}
            getattr(state, field).data.extend(items[field.partition("_")[0]])
        elif field == "string_trigger_value":
            state.string_trigger_value.data = "x"
        elif field == "chat_input_value":
            state.chat_input_value.data = "x"
        else:
            state.json_trigger_value = "{"
        return state
