"""When the database fails, nothing that was saved is lost, and nobody is told otherwise."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir

import psycopg
import pytest
from sqlalchemy import text

from survey.access import Role
from survey.errors import StorageError
from survey.response import Answer, AnswerState, Recorded
from survey.rounds import Round
from survey.store import Store

YES = Answer(state=AnswerState.ANSWERED, value=1)
LONG = Answer(state=AnswerState.ANSWERED, value=1, explanation="dài " * 20_000)

OpenIn = Callable[[Store], Round]


def save(store: Store, question: str = "A1", answer: Answer = YES) -> Recorded:
    return store.answers.save("2026", "ca_mau", question, answer, opened_revision=0, by="lan")


def saved_questions(store: Store) -> set[str]:
    return set(store.answers.response("2026", "ca_mau").answers)


def require_not_saved(store: Store, reason: str, answer: Answer = YES) -> None:
    with pytest.raises(StorageError) as told:
        save(store, "A2", answer)
    words = told.value.text
    assert words.vi.startswith("CHƯA lưu được: ")
    assert words.en.startswith("NOT saved: ")
    assert reason in words.vi
    assert "vẫn còn trên màn hình" in words.vi


@pytest.fixture
def impatient(sqlite_with_tables: str) -> Iterator[Store]:
    """A SQLite store that waits a tenth of a second for a lock."""
    store = Store.open(sqlite_with_tables, lock_wait=0.1)
    yield store
    store.close()


def test_a_full_disk_is_told_and_loses_nothing(impatient: Store, open_in: OpenIn):
    open_in(impatient)
    save(impatient)
    with impatient._database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    require_not_saved(impatient, "đĩa của máy chủ đã đầy", LONG)
    assert saved_questions(impatient) == {"A1"}
    with impatient._database.reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    save(impatient, "A2", LONG)
    assert saved_questions(impatient) == {"A1", "A2"}


@contextmanager
def ordinary_user(folder: Path) -> Iterator[None]:
    """Give up the rights of root, for whom no file is read-only."""
    if os.geteuid() != 0:
        yield
        return
    for parent in (folder, *folder.parents):
        if parent.is_relative_to(gettempdir()) and parent != Path(gettempdir()):
            parent.chmod(0o755)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_entered_is_told_at_the_start(tmp_path: Path):
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o000)
    with ordinary_user(tmp_path), pytest.raises(StorageError, match="Không mở được"):
        Store.open(f"sqlite:///{closed / 'thuoc-so.db'}")
    closed.chmod(0o700)


def test_a_read_only_file_can_be_read_and_refuses_saves_in_words(
    sqlite_with_tables: str, sqlite_path: Path, open_in: OpenIn
):
    with closing(Store.open(sqlite_with_tables)) as store:
        open_in(store)
        save(store)
        sqlite_path.chmod(0o444)
        # A server of other people keeps the file open, as long as its journal is there.
        for beside in sqlite_path.parent.glob("*.db-*"):
            beside.chmod(0o444)
        with ordinary_user(sqlite_path.parent), closing(Store.open(sqlite_with_tables)) as reader:
            assert saved_questions(reader) == {"A1"}
            require_not_saved(reader, "chế độ chỉ đọc")


def test_a_file_that_may_be_written_again_is_written_without_a_restart(
    sqlite_with_tables: str, sqlite_path: Path, open_in: OpenIn
):
    with closing(Store.open(sqlite_with_tables)) as store:
        open_in(store)
        save(store)
        files = [sqlite_path, *sqlite_path.parent.glob("*.db-*")]
        for path in files:
            path.chmod(0o444)
        with ordinary_user(sqlite_path.parent), closing(Store.open(sqlite_with_tables)) as server:
            require_not_saved(server, "chế độ chỉ đọc")
            assert saved_questions(server) == {"A1"}
            with as_root():
                for path in files:
                    path.chmod(0o666)
            save(server, "A2")
        assert saved_questions(store) == {"A1", "A2"}


@contextmanager
def as_root() -> Iterator[None]:
    """Have the rights of root again for a moment, where they were given up."""
    before = os.geteuid()
    if os.getuid() == 0:
        os.seteuid(0)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.mark.postgres
def test_a_read_only_server_can_be_read_and_refuses_saves_in_words(
    postgresql_with_tables: str, open_in: OpenIn
):
    with closing(Store.open(postgresql_with_tables)) as store:
        open_in(store)
        save(store)
    standby = postgresql_with_tables + "%20-cdefault_transaction_read_only%3Don"
    with closing(Store.open(standby)) as reader:
        assert saved_questions(reader) == {"A1"}
        require_not_saved(reader, "chế độ chỉ đọc")


def test_a_locked_sqlite_file_is_told_and_recovers(impatient: Store, sqlite_path: Path, open_in: OpenIn):
    open_in(impatient)
    save(impatient)
    with closing(sqlite3.connect(sqlite_path)) as other:
        other.execute("BEGIN IMMEDIATE")
        require_not_saved(impatient, "đang bận")
        assert saved_questions(impatient) == {"A1"}
        other.rollback()
    save(impatient, "A2")


@pytest.mark.postgres
def test_a_locked_row_on_a_server_is_told_and_recovers(postgresql_with_tables: str, open_in: OpenIn):
    with closing(Store.open(postgresql_with_tables, lock_wait=0.1)) as store:
        open_in(store)
        with psycopg.connect(postgresql_with_tables) as other:
            other.execute("SELECT 1 FROM round WHERE id = '2026' FOR UPDATE")
            require_not_saved(store, "đang bận")
            other.rollback()
        save(store, "A2")
        assert saved_questions(store) == {"A2"}


@pytest.mark.postgres
def test_a_server_that_was_restarted_is_used_again(postgresql_with_tables: str, open_in: OpenIn):
    with closing(Store.open(postgresql_with_tables)) as store:
        open_in(store)
        save(store)
        with store._database.reading() as connection:
            process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(postgresql_with_tables, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [process])
        save(store, "A2")
        assert saved_questions(store) == {"A1", "A2"}


def test_a_save_that_fails_in_its_last_step_leaves_no_half(store: Store, open_in: OpenIn):
    before = open_in(store)
    with store._database.writing() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO audit_elsewhere"))
    try:
        require_not_saved(store, "không trả lời")
        assert saved_questions(store) == set()
        assert store.answers.responses("2026") == {}
        assert store.answers.version("2026") == before.data_version
    finally:
        with store._database.writing() as connection:
            connection.execute(text("ALTER TABLE audit_elsewhere RENAME TO audit"))


def test_a_file_that_vanished_is_told_and_the_restored_one_is_used(
    impatient: Store, sqlite_path: Path, open_in: OpenIn
):
    open_in(impatient)
    save(impatient)
    impatient._database.close()  # folds the journal into the file, as a backup does
    backup = shutil.copy(sqlite_path, sqlite_path.with_suffix(".backup"))
    save(impatient, "B1")
    for path in sqlite_path.parent.glob("thuoc-so.db*"):
        path.unlink()
    require_not_saved(impatient, "không trả lời")
    with pytest.raises(StorageError, match="Không đọc được"):
        impatient.schema_version()
    assert not sqlite_path.exists()
    shutil.copy(backup, sqlite_path)
    assert saved_questions(impatient) == {"A1"}
    save(impatient, "A2")
    with closing(Store.open(f"sqlite:///{sqlite_path}")) as another:
        assert saved_questions(another) == {"A1", "A2"}


def test_more_people_than_connections_are_told_after_a_while(impatient: Store, open_in: OpenIn):
    open_in(impatient)
    with ExitStack() as held:
        for _ in range(30):
            held.enter_context(impatient._database.reading())
        require_not_saved(impatient, "đang bận")
    save(impatient, "A2")


def test_a_full_disk_signs_nobody_out(impatient: Store, sqlite_path: Path):
    person = impatient.accounts.add("lan", "Lan", Role.CHAIR, None, "một câu dễ nhớ", by="admin")
    token = impatient.sessions.start(person.id)
    with closing(sqlite3.connect(sqlite_path)) as other:
        other.execute("UPDATE session SET last_seen = '2026-01-01T00:00:00+00:00'")
        other.execute("UPDATE session SET started_at = '2026-01-01T00:00:00+00:00'")
        other.commit()
        other.execute("BEGIN IMMEDIATE")
        found = impatient.sessions.person(token, datetime(2026, 1, 1, 0, 10, tzinfo=UTC))
    assert found == person
