"""Opening a database: its address, its schema, and what is said when it cannot be."""

import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from survey.errors import StorageError
from survey.rounds import Round
from survey.store import NewerSchemaError, Store, migrating
from survey.store.engine import Database
from survey.store.schema import metadata

HEAD = ScriptDirectory(str(migrating.FOLDER), version_locations=[str(migrating.FOLDER)]).get_current_head()


def tables_of(url: str) -> set[str]:
    database = Database(url)
    with database.reading() as connection:
        names = set(inspect(connection).get_table_names())
    database.close()
    return names


def test_an_empty_database_gets_its_tables(database_url: str):
    store = Store.open(database_url)
    assert store.schema_version() == HEAD
    assert tables_of(database_url) == {*metadata.tables, "alembic_version"}
    assert store.rounds.all() == ()
    store.close()


def test_the_migrations_build_exactly_the_tables_that_the_code_uses(store: Store):
    with store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_again_keeps_what_was_saved(database_url: str, a_round: Callable[..., Round]):
    first = Store.open(database_url)
    first.rounds.add(a_round(), by="chair")
    first.close()
    second = Store.open(database_url)
    assert second.rounds.all() == (a_round(),)
    second.close()


def test_servers_that_start_together_make_the_tables_once(database_url: str):
    def open_and_close(_: int) -> str:
        store = Store.open(database_url)
        version = store.schema_version()
        store.close()
        return version

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_and_close, range(4))) == [HEAD] * 4


def test_a_start_that_dies_half_way_leaves_the_schema_as_it_was(
    database_url: str, monkeypatch: pytest.MonkeyPatch
):
    upgrade = migrating.upgrade

    def die_after(*arguments: object) -> None:
        upgrade(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(migrating, "upgrade", die_after)
    with pytest.raises(KeyboardInterrupt):
        Store.open(database_url)
    assert tables_of(database_url) == set()
    monkeypatch.undo()
    Store.open(database_url).close()


def test_a_newer_schema_is_refused_and_not_touched(database_url: str):
    Store.open(database_url).close()
    database = Database(database_url)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchemaError, match=f"9999, mới hơn phiên bản {HEAD}"):
        Store.open(database_url)
    assert migrating.schema_version(database) == "9999"
    database.close()


def test_tables_of_another_program_are_not_taken_over(database_url: str):
    database = Database(database_url)
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE answer (id INTEGER)"))
    database.close()
    with pytest.raises(StorageError, match="Không mở được cơ sở dữ liệu"):
        Store.open(database_url)
    assert tables_of(database_url) == {"answer"}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        pytest.param("", "không đúng dạng", id="nothing"),
        pytest.param("thuoc-so.db", "không đúng dạng", id="a bare file name"),
        pytest.param("postgresql://u:s3cret@host:port/db", "không đúng dạng", id="a word for the port"),
        pytest.param("postgresql://u:x@s3cret@host:5432/db", "không đúng dạng", id="@ in the password"),
        pytest.param("postgresql://u:s3cret/x@127.0.0.1:1/db", "«127.0.0.1:1/db»", id="/ in the password"),
        pytest.param("sqlite://", "không đúng dạng", id="a database in memory"),
        pytest.param("sqlite:///:memory:", "không đúng dạng", id="a database in memory by name"),
        pytest.param("mysql://u:s3cret@host/db", "«mysql»", id="another kind"),
        pytest.param("postgresql+asyncpg://u:s3cret@host/db", "asyncpg", id="another driver"),
        pytest.param("postgres://u:s3cret@127.0.0.1:1/db", "«127.0.0.1:1/db»", id="nobody listens"),
        pytest.param("postgresql://u:s3cret@nowhere.invalid/db", "nowhere.invalid", id="no such host"),
        pytest.param(
            "postgresql://u:s3cret@127.0.0.1:1/db?sslmode=x", "Không mở được", id="an option that is none"
        ),
        pytest.param("sqlite:////nowhere/at/all/x.db", "«/nowhere/at/all/x.db»", id="no such folder"),
        pytest.param("sqlite:////dev/null/x.db", "«/dev/null/x.db»", id="a folder that is none"),
        pytest.param("sqlite:////tmp", "«/tmp»", id="a folder for a file"),
    ],
)
def test_an_address_that_leads_nowhere_is_explained_without_its_password(url: str, sentence: str):
    with pytest.raises(StorageError) as told:
        Store.open(url)
    words = told.value.text
    assert sentence in words.vi
    for shown in (words.vi, words.en):
        assert "s3cret" not in shown
        assert "Traceback" not in shown


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path):
    path = tmp_path / "letter.docx"
    path.write_text("Kính gửi " * 200)
    with pytest.raises(StorageError, match=r"letter\.docx"):
        Store.open(f"sqlite:///{path}")
    assert path.read_text() == "Kính gửi " * 200


@pytest.mark.postgres
def test_the_other_spelling_of_postgresql_is_understood(postgresql_schema: str):
    store = Store.open(postgresql_schema.replace("postgresql://", "postgres://"))
    assert store.schema_version() == HEAD
    store.close()


def test_a_new_sqlite_file_and_its_folder_are_made_and_belong_to_the_owner_alone(tmp_path: Path):
    path = tmp_path / "thư mục 100%#" / "số liệu.db"
    Store.open(f"sqlite:///{path}").close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_sqlite_is_set_to_lose_nothing(sqlite_path: Path):
    store = Store.open(f"sqlite:///{sqlite_path}")
    with store._database.reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    store.close()
    with sqlite3.connect(sqlite_path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
