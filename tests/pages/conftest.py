"""Pages on a real database with the sample rounds, each test with a copy of its own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from argon2 import PasswordHasher
from conftest import empty_schema
from engine import ON_POSTGRESQL, backup_of, restored
from running import copied, prepare_sample
from streamlit.runtime.context import ContextProxy

from pages.places import CookieJar, LookAt, MakePlace, Moving, Place
from survey import passwords
from survey.access import Role
from survey.framework import Framework
from survey.members import Members, load_members
from survey.store import Store
from ui import application
from ui.application import Application

LOCK_WAIT = 0.2  # seconds for which a save waits in the tests of failures
# Kinds of person of whom the sample has none; they stand in the installation "crowd" alone.
CROWD = (
    ("thamdinh.moi", Role.REVIEWER, None),
    ("so.laichau", Role.OFFICIAL, "lai_chau"),
    ("so.sonla", Role.OFFICIAL, "son_la"),
)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in a file, made once."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(passwords, "_HASHER", quick)
        return prepare_sample(tmp_path_factory.mktemp("prepared") / "sample.db")


@pytest.fixture
def jar(monkeypatch: pytest.MonkeyPatch) -> CookieJar:
    """What `st.context.cookies` reads in place of a browser's cookies."""
    held = CookieJar()
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: dict(held.now)))
    return held


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """Let the many installations of these tests share what they read from `data/`: YAML is slow."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(application, "load_sources", cache(application.load_sources))
        yield


@cache
def _known_members() -> Members:
    return load_members()


FRAMEWORKS: dict[str, Framework] = {}  # by checksum, so that no test can see another one's


NewDatabase = Callable[[Path, bool], str]


@pytest.fixture(scope="session")
def new_database(request: pytest.FixtureRequest, prepared: Path) -> NewDatabase:
    """Gives the address of a database called like a file, with the sample in it or empty."""
    if not ON_POSTGRESQL:
        return lambda file, filled: f"sqlite:///{copied(prepared, file) if filled else file}"
    server, backup = request.getfixturevalue("postgresql_url"), backup_of(prepared)

    def on_the_server(file: Path, filled: bool) -> str:
        url = empty_schema(server, file.stem.replace("-", "_"))
        return restored(url, backup, sample=True) if filled else url

    return on_the_server


def _opened(url: str, clock: Moving, *, sample: bool) -> Application:
    store = Store.open(url, clock=clock, lock_wait=LOCK_WAIT)
    known = _known_members()
    if not store.members.all():
        store.members.replace_all(known.members, "tests")
    members = Members(federation=known.federation, members=store.members.all())
    return Application(store, members, sample=sample, clock=clock, _frameworks=FRAMEWORKS)


def _configured(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages find `app`, with nothing kept of the application before."""
    if application._application is not app:
        # Charts are kept by round and version of the data, which two databases may share.
        st.cache_resource.clear()
    monkeypatch.setattr(application, "_application", app)


@pytest.fixture
def make_place(
    new_database: NewDatabase,
    tmp_path: Path,
    jar: CookieJar,
    clock: Moving,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MakePlace]:
    """Opens an installation: with the sample (said to be invented or not), or empty."""
    opened: list[Application] = []
    clock.now = NOW

    def make(*, sample: bool = True, empty: bool = False) -> Place:
        file = tmp_path / f"place-{len(opened)}.db"
        opened.append(_opened(new_database(file, not empty), clock, sample=sample))
        _configured(opened[-1], monkeypatch)
        return Place(opened[-1].store, jar, opened[-1], clock, file)

    yield make
    for app in opened:
        app.store.close()


@pytest.fixture
def place(make_place: MakePlace) -> Place:
    """The sample, as everybody may try it; each test has its own copy."""
    return make_place()


@pytest.fixture(scope="session")
def shared(
    new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Application]]:
    """Installations that tests only look at."""
    folder = tmp_path_factory.mktemp("shared")
    apps = {
        "sample": _opened(new_database(folder / "sample.db", True), lambda: NOW, sample=True),
        "real": _opened(new_database(folder / "real.db", True), lambda: NOW, sample=False),
        "empty": _opened(new_database(folder / "empty.db", False), lambda: NOW, sample=False),
        "crowd": _opened(new_database(folder / "crowd.db", True), lambda: NOW, sample=True),
    }
    for login, role, library in CROWD:
        apps["crowd"].store.accounts.add(
            login, f"Người {login}", role, library, "một câu dài hơn", by="tests"
        )
    yield apps
    for app in apps.values():
        app.store.close()


@pytest.fixture
def look_at(shared: dict[str, Application], jar: CookieJar, monkeypatch: pytest.MonkeyPatch) -> LookAt:
    """Opens one of the shared installations, which no test may change."""

    def look(which: str) -> Place:
        _configured(shared[which], monkeypatch)
        return Place(shared[which].store, jar, shared[which], lambda: NOW, Path())

    return look
