"""A real server for tests: `streamlit run app.py` on a free port with a database of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from survey.opening import open_store
from survey.rounds import RoundState

PROJECT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0  # seconds for a start on a machine that is busy with other tests
FOREIGN = ("THUOC_SO_", "DATABASE_URL", "STREAMLIT_")


@dataclass
class Server:
    """One server process at a time, on one port and one database; ended by its own process id alone.

    file: the SQLite database. sample: the invented rounds, else a real (perhaps empty) database. settings:
    further variables of its environment.
    """

    file: Path
    sample: bool = True
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.file.with_suffix(".log")

    def start(self) -> "Server":
        """Start and wait until the server says that it is well."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=PROJECT,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()
        return self

    def kill(self) -> None:
        """End the process as a power cut would: nothing is flushed, nobody is told."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def words(self) -> str:
        """What the server has written on its console."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.is_file() else ""

    def _environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        place = (
            {"THUOC_SO_SAMPLE": "1", "THUOC_SO_SAMPLE_FILE": str(self.file)}
            if self.sample
            else {"DATABASE_URL": f"sqlite:///{self.file}"}
        )
        return {**clean, **place, **self.settings, "PYTHONUNBUFFERED": "1"}

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.words()}")
            if self._is_well():
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"the server did not answer within {PATIENCE:.0f} s:\n{self.words()}")

    def _is_well(self) -> bool:
        try:
            with closing(urllib.request.urlopen(f"{self.url}/healthz", timeout=5)) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepare_sample(file: Path) -> Path:
    """Load the sample once; tests copy the file, since loading hashes many passwords.

    The open round is moved so that it is open on whatever day the tests run.
    """
    store = open_store({"THUOC_SO_SAMPLE": "1", "THUOC_SO_SAMPLE_FILE": str(file)}).store
    today = datetime.now(UTC).date()
    for round_ in store.rounds.all():
        if round_.state is RoundState.OPEN:
            store.rounds.change_closing(round_.id, max(today, round_.opens_on) + timedelta(days=60), "tests")
    store.close()
    return file


def copied(prepared: Path, to: Path) -> Path:
    return Path(shutil.copy(prepared, to))
