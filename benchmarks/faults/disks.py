"""Small disks that can be filled, and databases that others hold or that may not be written."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_NOBODY = 65_534


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[bool]:
    """A disk of `size` bytes at `folder`; False where none can be mounted, and it is a plain folder."""
    folder.mkdir()
    mounted = sys.platform.startswith("linux") and os.geteuid() == 0 and _mount(folder, size)
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", folder], check=True)


def _mount(folder: Path, size: int) -> bool:
    options = f"size={size},mode=755"
    command: list[str | Path] = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def fill(disk: Path) -> None:
    """Leave not one byte."""
    with (disk / "filler").open("wb", buffering=0) as file:
        for piece in (b"x" * 4096, b"x"):
            try:
                while file.write(piece):
                    pass
            except OSError:
                continue


def empty(disk: Path) -> None:
    (disk / "filler").unlink()


class Lock:
    """Another program that holds the SQLite file for writing, for so many seconds."""

    def __init__(self, file: Path, seconds: float) -> None:
        self._file, self._seconds = file, seconds
        self._held = threading.Event()
        self._thread: threading.Thread | None = None

    def take(self) -> None:
        self._thread = threading.Thread(target=self._hold)
        self._thread.start()
        self._held.wait()

    def wait(self) -> None:
        """Return when it has let go."""
        assert self._thread is not None
        self._thread.join()

    def _hold(self) -> None:
        connection = sqlite3.connect(self._file, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        self._held.set()
        time.sleep(self._seconds)
        connection.execute("ROLLBACK")
        connection.close()


class RowLock:
    """Another program that holds the round's row on a PostgreSQL server."""

    def __init__(self, url: str, round_id: str) -> None:
        self._url, self._round_id = url, round_id
        self._connection: psycopg.Connection | None = None

    def take(self) -> None:
        self._connection = psycopg.connect(self._url)
        self._connection.execute("SELECT 1 FROM round WHERE id = %s FOR UPDATE", [self._round_id])

    def release(self) -> None:
        assert self._connection is not None
        self._connection.close()


def set_read_only(url: str, *, on: bool) -> None:
    """Let the PostgreSQL database refuse to write, as a standby does; open connections end."""
    name = url.rpartition("/")[2]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE")
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {on}".encode())
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        )


def become_nobody() -> None:
    """Give up the rights of root, for whom no file is read-only."""
    if os.geteuid() == 0:
        os.seteuid(_NOBODY)


def become_root() -> None:
    if os.getuid() == 0:
        os.seteuid(0)
