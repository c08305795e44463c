"""The server as it is really started, `streamlit run app.py`, to be killed and started again."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import URLError

from benchmarks.servers import PROJECT, START_WITHIN, free_port, make_sample

OURS = ("THUOC_SO_", "DATABASE_URL", "STREAMLIT_")


@dataclass
class RealServer:
    """One server on one database; use as `with RealServer(place, log) as server`."""

    place: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(signal.SIGTERM)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start, and return when the server says that it is well.

        Raises:
            RuntimeError: it ended, or is not there in time; its log says why.
        """
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)],
                cwd=PROJECT,
                env={**clean, **self.place, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + START_WITHIN
        while time.monotonic() < until and self.is_alive:
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
                return
            except (URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError(f"the server did not start:\n{self.words()[-2000:]}")

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def words(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def resident_mb(self) -> float | None:
        """How much memory the server holds; None where the system does not tell."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status")
        if not status.is_file():
            return None
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(number)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def sample_server(folder: Path) -> tuple[RealServer, Path, str]:
    """A server of the sample, not started yet, its database, and the id of the open round."""
    round_id = make_sample(folder)
    file = folder / "sample.db"
    place = {"THUOC_SO_SAMPLE": "1", "THUOC_SO_SAMPLE_FILE": str(file)}
    return RealServer(place, folder / "server.log"), file, round_id
