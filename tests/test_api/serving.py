"""A running server for tests: `streamlit run` of the small app, on a free port."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).parents[2]
SMALL = Path(__file__).with_name("small")
PATIENCE = 60.0  # seconds for a start on a machine that is busy with other tests


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class SmallServer:
    """One process at a time, in a folder of its own; ended by its own process id alone."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def set_up(self, database: Path) -> "SmallServer":
        shutil.copytree(SMALL, self.folder, dirs_exist_ok=True)
        shutil.copytree(PROJECT / ".streamlit", self.folder / ".streamlit")
        shutil.copy(database, self.folder / "server.db")
        return self

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)],
            cwd=self.folder,
            env={
                **os.environ,
                "PYTHONPATH": str(PROJECT),
                "DATABASE_URL": f"sqlite:///{self.folder / 'server.db'}",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + PATIENCE
        while not self._is_well():
            assert self.process.poll() is None, "the server ended while it was starting"
            assert time.monotonic() < until, f"the server did not answer within {PATIENCE:.0f} s"
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def _is_well(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False
