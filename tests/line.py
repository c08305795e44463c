"""A line between a browser and the server that can be cut, go dead, flap, and come back."""

import contextlib
import socket
import struct
import threading
import time
from dataclasses import dataclass, field

from running import free_port

AT_ONCE = struct.pack("ii", 1, 0)  # close with a reset, as a router does that has lost the connection


@dataclass
class Line:
    """Passes bytes on in both directions, as long as it is whole.

    cut: every connection ends and none is taken. stall: connections stay, and nothing comes through.
    """

    server_port: int
    port: int = field(default_factory=free_port)
    _listener: socket.socket | None = None
    _pairs: list[tuple[socket.socket, socket.socket]] = field(default_factory=list)
    _flowing: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> "Line":
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port), backlog=200)
            threading.Thread(target=self._take, args=(self._listener,), daemon=True).start()
        self._flowing.set()
        return self

    def cut(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for side in (side for pair in pairs for side in pair):
            _reset(side)
        self._flowing.set()

    def stall(self) -> None:
        self._flowing.clear()

    def flap(self, seconds: float, every: float) -> None:
        """Cut and open the line again and again; it is whole at the end."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.cut()
            time.sleep(every)
            self.open()
            time.sleep(every)

    def _take(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.server_port), timeout=5)
                far.settimeout(None)
            except OSError:
                _reset(near)
                continue
            with self._lock:
                self._pairs.append((near, far))
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._flowing.wait()
                target.sendall(data)
        for side in (source, target):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
            side.close()


def _reset(side: socket.socket) -> None:
    with contextlib.suppress(OSError):
        side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        side.shutdown(socket.SHUT_RDWR)
    side.close()
