"""Real databases for the tests: a SQLite file, and a PostgreSQL server started for the occasion."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher

from survey import passwords
from survey.rounds import Round, RoundState
from survey.store import Store
from survey.store.schema import metadata

BACKENDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
FRAMEWORK_TEXT = "id: trial\n"
FRAMEWORK_CHECKSUM = sha256(FRAMEWORK_TEXT.encode()).hexdigest()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long forms of proofs run when they are asked for: `pytest -m slow`."""
    if not config.getoption("-m"):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="a long form, run with -m slow"))


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration: float) -> datetime:
        self.now += timedelta(**duration)
        return self.now


@pytest.fixture(autouse=True)
def _own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit puts the page that it runs in place of the main module, and new processes would begin with it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return empty_schema(request.getfixturevalue("postgresql_url"), "scratch")


@pytest.fixture(params=BACKENDS)
def store(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Store]:
    """A store with tables and nothing in them."""
    opened = Store.open(request.getfixturevalue(f"{request.param}_with_tables"), clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_path(sqlite_template: Path, tmp_path: Path) -> Path:
    """A SQLite file with tables and nothing in them."""
    return Path(shutil.copy(sqlite_template, tmp_path / "thuoc-so.db"))


@pytest.fixture
def sqlite_with_tables(sqlite_path: Path) -> str:
    return f"sqlite:///{sqlite_path}"


@pytest.fixture
def postgresql_with_tables(postgresql_schema: str) -> str:
    """A PostgreSQL database with tables and nothing in them."""
    with psycopg.connect(postgresql_schema, autocommit=True) as connection:
        # What is only ever added refuses to be dropped, but for a test that begins with nothing.
        connection.execute("SET session_replication_role = replica")
        for table in reversed(metadata.sorted_tables):
            connection.execute(f'DELETE FROM "{table.name}"')
        connection.execute("INSERT INTO audit_head VALUES (1, 0, '')")
    return postgresql_schema


@pytest.fixture
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes passwords with next to no work."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
    monkeypatch.setattr(passwords, "_NOBODY", quick.hash("nobody"))


@pytest.fixture
def a_round() -> Callable[..., Round]:
    """Makes rounds that differ in what a test names."""

    def make(round_id: str = "2026", **fields: object) -> Round:
        usual = {
            "name": f"Đợt {round_id}",
            "framework_id": "trial",
            "framework_version": 1,
            "reference_date": date(2025, 12, 31),
            "opens_on": date(2026, 3, 1),
            "closes_on": date(2026, 3, 31),
        }
        return Round(id=round_id, **{**usual, **fields})

    return make


@pytest.fixture
def open_in(a_round: Callable[..., Round]) -> Callable[[Store], Round]:
    """Adds the round 2026 to any store and opens it."""

    def open_round(store: Store) -> Round:
        store.rounds.add(a_round(), by="chair")
        return store.rounds.change_state(
            "2026", RoundState.OPEN, "chair", checksum=FRAMEWORK_CHECKSUM, framework_text=FRAMEWORK_TEXT
        )

    return open_round


@pytest.fixture
def open_round(store: Store, open_in: Callable[[Store], Round]) -> Round:
    """The round 2026, open in `store`."""
    return open_in(store)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgresql_schema(postgresql_url: str) -> str:
    """A schema of this test process with the tables in it."""
    url = empty_schema(postgresql_url, "tables")
    Store.open(url).close()
    return url


def empty_schema(url: str, purpose: str) -> str:
    """A schema of the server at `url` with nothing in it, made anew; its address."""
    # One for each test process, so that they may share a server given by TEST_DATABASE_URL.
    name = f"thuoc_so_{purpose}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{name}"


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The server of TEST_DATABASE_URL, or one that lives as long as the tests."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield given
        return
    programs = _postgresql_programs()
    if programs is None:
        reason = "no PostgreSQL server programs were found, and TEST_DATABASE_URL names no server"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    folder = Path(tempfile.mkdtemp(prefix="thuoc-so-pg-"))
    try:
        yield _start_postgresql(programs, folder)
    finally:
        _run(folder, programs / "pg_ctl", "stop", "-D", folder / "data", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _postgresql_programs() -> Path | None:
    found = shutil.which("initdb")
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).parent if found else packaged[-1].parent if packaged else None


def _start_postgresql(programs: Path, folder: Path) -> str:
    if _server_user():
        shutil.chown(folder, _server_user())
    data, port = folder / "data", _free_port()
    _run(folder, programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C",
         "--no-sync")  # fmt: skip
    options = f"-p {port} -h 127.0.0.1 -k '' -F -c max_connections=200"
    _run(folder, programs / "pg_ctl", "start", "-w", "-D", data, "-l", folder / "log", "-o", options)
    return f"postgresql://tester@127.0.0.1:{port}/postgres"


def _run(folder: Path, *command: str | Path) -> None:
    user = _server_user()
    others = [] if user else None
    subprocess.run(
        command, cwd=folder, check=True, stdout=subprocess.DEVNULL, user=user, group=user, extra_groups=others
    )


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    return "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
