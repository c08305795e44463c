"""What a browser fetched: every file with its bytes on the line and unpacked, and the websocket's frames."""

import base64
import gzip
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession


@dataclass
class File:
    """One answer over HTTP. sent: bytes on the line with headers; plain: bytes after unpacking."""

    address: str
    sent: float = 0
    plain: float = 0
    kept: bool = False  # the browser had it already

    @property
    def name(self) -> str:
        return self.address.split("?")[0].rsplit("/", 1)[-1] or "/"

    @property
    def is_script(self) -> bool:
        return self.name.endswith(".js")


@dataclass
class Traffic:
    """Listens to one page of the browser; `clear` begins anew."""

    files: dict[str, File] = field(default_factory=dict)
    down: list[bytes] = field(default_factory=list)
    up: list[bytes] = field(default_factory=list)

    def listen(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.dataReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.requestServedFromCache", self._had)
        session.on("Network.webSocketFrameReceived", lambda event: self.down.append(_payload(event)))
        session.on("Network.webSocketFrameSent", lambda event: self.up.append(_payload(event)))
        session.send("Network.enable")

    def clear(self) -> None:
        self.files.clear()
        self.down.clear()
        self.up.clear()

    @property
    def fetched(self) -> list[File]:
        return [file for file in self.files.values() if not file.kept and file.sent]

    @property
    def sent(self) -> float:
        return sum(file.sent for file in self.fetched)

    @property
    def plain(self) -> float:
        return sum(file.plain for file in self.fetched)

    def _asked(self, event: dict[str, Any]) -> None:
        address = event["request"]["url"]
        if address.startswith("http"):
            self.files[event["requestId"]] = File(address)

    def _received(self, event: dict[str, Any]) -> None:
        if file := self.files.get(event["requestId"]):
            file.plain += event["dataLength"]

    def _finished(self, event: dict[str, Any]) -> None:
        if file := self.files.get(event["requestId"]):
            file.sent += event["encodedDataLength"]

    def _had(self, event: dict[str, Any]) -> None:
        if file := self.files.get(event["requestId"]):
            file.kept = True


def size(frames: list[bytes]) -> int:
    return sum(map(len, frames))


def packed(frames: list[bytes]) -> int:
    """What the frames would be as one compressed stream; Streamlit sends them as they are."""
    return len(gzip.compress(b"".join(frames), 6))


def _payload(event: dict[str, Any]) -> bytes:
    response = event["response"]
    data: str = response["payloadData"]
    return base64.b64decode(data) if response["opcode"] == 2 else data.encode()
