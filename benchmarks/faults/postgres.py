"""A PostgreSQL server of one's own, to be stopped, killed and started again."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from benchmarks.servers import free_port

LISTENING = "-h 127.0.0.1 -k ''"


class Postgres:
    """Use as `with Postgres() as server`. It writes to the disk as in earnest: nothing is switched off."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="thuoc-so-pg-"))
        self._port = free_port()
        self._databases = 0

    @staticmethod
    def programs() -> Path | None:
        """The folder of the server's programs; None where none is installed."""
        found = shutil.which("initdb")
        packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        return Path(found).parent if found else packaged[-1].parent if packaged else None

    def __enter__(self) -> Self:
        give_to_owner(self._folder)
        self._run("initdb", "-D", self._data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C",
                  "--no-sync")  # fmt: skip
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop_at_once()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        options = f"-p {self._port} {LISTENING} -c max_connections=100 -c shared_buffers=32MB"
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-l", self._folder / "log", "-o", options)

    def stop_at_once(self) -> None:
        """As a crash does: no checkpoint, no good-bye; the next start recovers from the log."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-w", "-D", self._data, "-m", "immediate")

    def restart(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-D", self._data, "-m", "fast")
        self.start()

    def new_database(self, *, tablespace: str = "") -> str:
        """The address of an empty database."""
        self._databases += 1
        name = f"faults{self._databases}"
        self.command(f"CREATE DATABASE {name}" + (f" TABLESPACE {tablespace}" if tablespace else ""))
        return f"{self._server}/{name}"

    def command(self, sentence: str) -> None:
        with psycopg.connect(f"{self._server}/postgres", autocommit=True) as connection:
            connection.execute(sentence.encode())

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _server(self) -> str:
        return f"postgresql://tester@127.0.0.1:{self._port}"

    def _run(self, program: str, *arguments: str | Path) -> None:
        programs, user = self.programs(), owner()
        assert programs is not None
        subprocess.run(
            [programs / program, *arguments],
            cwd=self._folder,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            user=user,
            group=user,
            extra_groups=[] if user else None,
        )


def owner() -> str | None:
    """Whose the server is: PostgreSQL refuses to run as root."""
    return "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None


def give_to_owner(folder: Path) -> None:
    if user := owner():
        shutil.chown(folder, user)
