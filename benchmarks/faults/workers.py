"""Start workers quickly, listen to what they acknowledge, and kill them at a chosen moment."""

import json
import multiprocessing
import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from benchmarks.faults.working import BEGUN, Job, work

START_WITHIN = 120.0  # seconds
Told = dict[str, Any]


def processes() -> Any:  # noqa: ANN401 - the contexts have no common public type
    """Where it exists, a process that has everything loaded and makes copies of itself in milliseconds."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.faults.working"])
    return context


class Worker:
    """One process at work, and every line it got out before it ended."""

    def __init__(self, job: Job) -> None:
        context = processes()
        self._pipe, far = context.Pipe(duplex=False)
        self._process: BaseProcess = context.Process(target=work, args=(job, far), daemon=True)
        self._process.start()
        far.close()
        self._rest = b""
        self.told: list[Told] = []

    def wait_until_begun(self) -> None:
        until = time.monotonic() + START_WITHIN
        while not any(line["act"] == BEGUN for line in self.told):
            if time.monotonic() > until or not self._process.is_alive():
                raise RuntimeError("the worker did not begin")
            self.listen(0.01)

    def listen(self, seconds: float) -> None:
        """Take in what is told for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self._read(left):
                return

    def listen_for(self, acts: Sequence[str], *, after: int) -> None:
        """Wait until one of `acts` was acknowledged after so many lines."""
        until = time.monotonic() + START_WITHIN
        while not any(line["act"] in acts for line in self.told[after:]):
            if time.monotonic() > until:
                raise RuntimeError(f"the worker did not get that far: {self.told[-1]}")
            self.listen(0.005)

    def kill(self) -> None:
        """End the process between two of its instructions, and take in what it had told by then."""
        self._process.kill()
        self._process.join()
        while self._read(0):
            pass
        self._pipe.close()
        self._process.close()

    def freeze(self) -> None:
        """Stop the process where it is; when this returns, it writes no more."""
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGSTOP)
        until = time.monotonic() + START_WITHIN
        while _state_of(self._process.pid) != "T":
            if time.monotonic() > until:
                raise RuntimeError("the worker did not stop")
            time.sleep(0.0002)
        while self._read(0):
            pass

    def thaw(self) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGCONT)

    def _read(self, seconds: float) -> bool:
        """Take in what is there within `seconds`; False when nothing (more) came."""
        pipe: Connection = self._pipe
        if not select.select([pipe], [], [], seconds)[0]:
            return False
        try:
            piece = os.read(pipe.fileno(), 1 << 20)
        except OSError:
            return False
        *lines, self._rest = (self._rest + piece).split(b"\n")
        self.told += map(json.loads, lines)
        return bool(piece)


def _state_of(process_id: int) -> str:
    """R, S, D, T (stopped), as the system lists it."""
    return Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0]
