"""A database of the release before keeps its accounts and sessions."""

from datetime import UTC, datetime

import pytest
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from survey.access import Role
from survey.store import NeedsCode, Store, migrating
from survey.store.engine import Database

BEFORE = "0003"
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("quick_hashing")


def _build(url: str, revision: str) -> None:
    """Make the tables of an earlier release."""
    scripts = ScriptDirectory(str(migrating.FOLDER), version_locations=[str(migrating.FOLDER)])
    database = Database(url)
    with (
        database.writing() as connection,
        EnvironmentContext(
            Config(), scripts, fn=lambda now, _: scripts._upgrade_revs(revision, now)
        ) as environment,
    ):
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
    database.close()


def test_accounts_and_sessions_of_the_release_before_go_on(database_url: str):
    _build(database_url, BEFORE)
    database = Database(database_url)
    with database.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO account (id, login, name, role, library_id, language, active, password_hash) "
                "VALUES (7, 'lan', 'Lan', 'director', 'son_la', 'vi', true, 'x')"
            )
        )
        connection.execute(
            text("INSERT INTO session VALUES ('abc', 7, :now, :now)"),
            {"now": NOW.isoformat(timespec="microseconds") if database.is_sqlite else NOW},
        )
    database.close()
    store = Store.open(database_url, clock=lambda: NOW)
    lan = store.accounts.by_login("lan")
    assert (lan.id, lan.role, lan.library_id, lan.email) == (7, Role.DIRECTOR, "son_la", None)
    [session] = store.sessions.of_person(7, "another")
    assert (session.handle, session.device) == ("abc", "")
    store.accounts.set_password(7, "một câu dễ nhớ", "lan")
    assert store.accounts.check_password("lan", "một câu dễ nhớ", "x") == lan
    store.accounts.set_email(7, "lan@sonla.vn", "lan")
    assert not isinstance(store.accounts.check_password("lan@sonla.vn", "một câu dễ nhớ", "x"), NeedsCode)
    store.close()
