"""A site on a real database, with our routes and middleware around Streamlit's own static files."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from engine import ON_POSTGRESQL, backup_of, restored
from starlette.testclient import TestClient

from api import Site
from report.rank_study import study_ranks
from report.round_report import RoundReport, round_report
from survey.framework import Framework, SourceDocument, load_framework, load_sources
from survey.members import Members, load_members
from survey.rounds import Round, RoundState
from survey.store import Store
from test_api.serving import SmallServer
from test_api.visiting import ACCOUNTS, PASSWORD, Visit, app_of

# A small app that a test starts as a server of its own.
collect_ignore = ["small"]
FRAMEWORK = Path(__file__).parents[1] / "frameworks" / "reading_rooms.yaml"
PATH_TO = {
    RoundState.DRAFT: [],
    RoundState.OPEN: [RoundState.OPEN],
    RoundState.CLOSED: [RoundState.OPEN, RoundState.CLOSED],
    RoundState.PUBLISHED: [RoundState.OPEN, RoundState.CLOSED, RoundState.PUBLISHED],
}


@pytest.fixture(scope="session")
def filled_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with an account of each role and a round in each state: made once, passwords being slow."""
    path = tmp_path_factory.mktemp("api") / "filled.db"
    store = Store.open(f"sqlite:///{path}")
    for login, (role, library) in ACCOUNTS.items():
        store.accounts.add(login, f"Người {login}", role, library, PASSWORD, "tests")
    for state in RoundState:
        _add_round(store, state)
    store.close()
    return path


@pytest.fixture(scope="session")
def filled_backup(filled_template: Path) -> Path:
    return backup_of(filled_template)


@pytest.fixture
def site_url(request: pytest.FixtureRequest, filled_template: Path, tmp_path: Path) -> str:
    """A database of the test's own, filled."""
    if not ON_POSTGRESQL:
        return f"sqlite:///{shutil.copy(filled_template, tmp_path / 'api.db')}"
    url: str = request.getfixturevalue("postgresql_with_tables")
    return restored(url, request.getfixturevalue("filled_backup"), sample=False)


@pytest.fixture
def site_store(site_url: str, clock: Callable[[], Any], tmp_path: Path) -> Iterator[Store]:
    store = Store.open(site_url, clock=clock, evidence=tmp_path / "tai-lieu")
    yield store
    store.close()


@pytest.fixture
def site(site_store: Store) -> Site:
    return Site(
        store=site_store,
        reports=lambda round_id: report_of(site_store, round_id),
        rank_study=lambda round_id, basis: study_ranks(report_of(site_store, round_id), basis=basis),
        hosts=frozenset({"testserver"}),
    )


@pytest.fixture
def visit(site: Site) -> Iterator[Callable[..., Visit]]:
    """Opens a browser without cookies on the site, or on one that differs in what a test names."""
    opened: list[TestClient] = []

    def open_browser(*, at: str = "http://testserver", **changes: object) -> Visit:
        client = TestClient(
            app_of(replace(site, **changes)),
            base_url=at,
            follow_redirects=False,
            raise_server_exceptions=False,
        )
        opened.append(client)
        return Visit(client, site.store)

    yield open_browser
    for client in opened:
        client.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, filled_template: Path) -> Iterator[SmallServer]:
    started = SmallServer(tmp_path_factory.mktemp("server")).set_up(filled_template)
    try:
        started.start()
        yield started
    finally:
        started.stop()


def report_of(store: Store, round_id: str) -> RoundReport | None:
    """A report on two members that have not begun."""
    round_ = store.rounds.get(round_id)
    if round_ is None:
        return None
    framework, members, sources = _definitions()
    valid = members.valid_on(round_.reference_date)[:2]
    return round_report(round_, framework, valid, store.answers.responses(round_id), sources)


@cache
def _definitions() -> tuple[Framework, Members, dict[str, SourceDocument]]:
    return load_framework(FRAMEWORK).framework, load_members(), load_sources()


def _add_round(store: Store, state: RoundState) -> None:
    file = load_framework(FRAMEWORK)
    store.rounds.add(
        Round(
            id=state.value,
            name=f"Đợt {state.value}",
            framework_id=file.framework.id,
            framework_version=file.framework.version,
            reference_date=date(2025, 12, 31),
            opens_on=date(2026, 3, 1),
            closes_on=date(2026, 3, 31),
        ),
        by="tests",
    )
    for step in PATH_TO[state]:
        store.rounds.change_state(
            state.value, step, "tests", checksum=file.checksum, framework_text=FRAMEWORK.read_text("utf-8")
        )
