"""The servers that are compared, each a process of its own on 127.0.0.1 with a database of its own."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import URLError

from survey.opening import open_store
from survey.response import ResponseState
from survey.rounds import RoundState

PROJECT = Path(__file__).resolve().parents[1]
START_WITHIN = 90.0  # seconds
STREAMLIT = ("-m", "streamlit", "run")
# How each is started; all of them read the product's .streamlit/config.toml.
COMMANDS = {
    "product": ("-m", "benchmarks.product"),
    "one text": (*STREAMLIT, "benchmarks/one_text/app.py"),
    "as installed": ("-m", "benchmarks.as_installed"),
}


@dataclass
class Server:
    """One server; use as `with Server(kind, folder) as server`."""

    kind: str
    folder: Path
    port: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> Path:
        return self.folder / f"{self.kind.replace(' ', '-')}.db"

    def __enter__(self) -> Self:
        if self.kind != "one text":
            _copy(self.folder / "sample.db", self.database)
        self.port = free_port()
        self._process = subprocess.Popen(
            [sys.executable, *COMMANDS[self.kind], "--server.port", str(self.port)],
            cwd=PROJECT,
            env={**os.environ, "THUOC_SO_SAMPLE": "1", "THUOC_SO_SAMPLE_FILE": str(self.database)},
            stdout=(self.folder / f"{self.database.stem}.log").open("wb"),
            stderr=subprocess.STDOUT,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def process_id(self) -> int:
        assert self._process is not None
        return self._process.pid

    def wait(self) -> None:
        """Return when the server answers.

        Raises:
            RuntimeError: it ended, or is not there in time; its log says why.
        """
        assert self._process is not None
        until = time.monotonic() + START_WITHIN
        while time.monotonic() < until and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=5).close()
                return
            except (URLError, OSError):
                time.sleep(0.2)
        log = self.folder / f"{self.database.stem}.log"
        raise RuntimeError(
            f"the server «{self.kind}» did not start:\n{log.read_text(errors='replace')[-2000:]}"
        )

    def processor_seconds(self) -> float | None:
        """The processor time that the server has used; None where the system does not tell."""
        record = Path(f"/proc/{self.process_id}/stat")
        if not record.is_file():
            return None
        user, system = record.read_text().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def make_sample(folder: Path) -> str:
    """Fill a database with the sample, let every library answer, and return the open round's id."""
    path = folder / "sample.db"
    store = open_store({"THUOC_SO_SAMPLE": "1", "THUOC_SO_SAMPLE_FILE": str(path)}).store
    round_id = next(entry.id for entry in store.rounds.all() if entry.state is RoundState.OPEN)
    for library, response in store.answers.responses(round_id).items():
        if response.state is ResponseState.RETURNED:
            # Sent and returned again, so that all questions are open and not only those asked about.
            store.answers.submit(round_id, library, "chutich")
        if response.state is not ResponseState.DRAFT:
            store.answers.review(round_id, library, ResponseState.RETURNED, "benchmark", "chutich")
    store.close()
    return round_id


def _copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as given, sqlite3.connect(target) as taken:
        given.backup(taken)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
