"""The connection to the database: all that differs between SQLite and PostgreSQL but column types."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from survey.errors import StorageError
from survey.store.outages import cannot_open, cannot_read, cannot_write, malformed_url, unsupported_url

LOCK_WAIT = 10.0  # seconds; a save that waits longer is better told than left hanging
CONNECT_WAIT = 5  # seconds
SQLITE_DRIVERS = ("sqlite", "sqlite+pysqlite")
POSTGRESQL_DRIVERS = ("postgres", "postgresql", "postgresql+psycopg")
# One connection for each script thread that saves at the same time; more wait their turn.
POOL = {"pool_size": 10, "max_overflow": 20}


class Database:
    """Transactions that read and transactions that write, with every failure put into words."""

    def __init__(self, url: str, *, lock_wait: float = LOCK_WAIT) -> None:
        """Prepare the connection to `url` without connecting yet.

        Raises:
            StorageError: the address is malformed or names another kind of database.
        """
        parsed = _parsed(url)
        self.is_sqlite = parsed.drivername in SQLITE_DRIVERS
        self.place = _place(parsed)
        engine = _sqlite(parsed, lock_wait) if self.is_sqlite else _postgresql(parsed, lock_wait)
        self._writing = engine.execution_options(writing=True)
        # One snapshot for all queries of a reading transaction; SQLite's are like that already.
        self._reading = (
            engine if self.is_sqlite else engine.execution_options(isolation_level="REPEATABLE READ")
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _explained(cannot_read), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, all or nothing; on SQLite it holds the write lock from its start."""
        with _explained(cannot_write), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def writing_alone(self, purpose: int) -> Iterator[Connection]:
        """A writing transaction of which only one for each `purpose` runs at a time."""
        with self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(select(func.pg_advisory_xact_lock(purpose)))
            yield connection

    def require_reachable(self) -> None:
        """Raises StorageError: the server, the file or its folder is not there."""
        with _explained(lambda _: cannot_open(self.place)), self._writing.connect():
            pass

    def close(self) -> None:
        self._writing.dispose()


@contextmanager
def _explained(sentence: Callable[[str], StorageError]) -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise  # a broken rule of the data, which the caller knows how to explain
    except DBAPIError as error:
        raise sentence(_code(error.orig)) from error
    except PoolTimeoutError as error:
        raise sentence("SQLITE_BUSY") from error


def _code(error: BaseException | None) -> str:
    """The database's own name of a failure: SQLITE_FULL, or a five-letter SQLSTATE."""
    return str(getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or "")


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url.strip())
    except (ArgumentError, ValueError):
        # `from None`: the library's own message may quote a part of the password.
        raise malformed_url() from None
    if parsed.drivername not in SQLITE_DRIVERS + POSTGRESQL_DRIVERS:
        raise unsupported_url(parsed.drivername)
    if parsed.drivername in SQLITE_DRIVERS and parsed.database in (None, "", ":memory:"):
        raise malformed_url()
    if "@" in (parsed.host or ""):
        raise malformed_url()  # an @ of the password, whose rest would be shown as the host
    return parsed


def _place(url: URL) -> str:
    """Where the database is, without who signs in to it."""
    if url.drivername in SQLITE_DRIVERS:
        return str(url.database)
    return f"{url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"


def _sqlite(url: URL, lock_wait: float) -> Engine:
    path = Path(str(url.database)).absolute()
    try:
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.touch(mode=0o600)  # answers and password hashes are for the owner alone
    except OSError as error:
        raise cannot_open(str(url.database)) from error

    def connect() -> sqlite3.Connection:
        # mode=rw: a file that has vanished is reported, never quietly begun anew.
        return sqlite3.connect(
            f"{path.as_uri()}?mode=rw", uri=True, check_same_thread=False, isolation_level=None
        )

    engine = create_engine(
        "sqlite:///file", creator=connect, hide_parameters=True, pool_timeout=lock_wait, **POOL
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, record: Any) -> None:  # noqa: ANN401
        for pragma in (
            f"busy_timeout={int(lock_wait * 1000)}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()
        record.info["file"] = _identity(path)

    @event.listens_for(engine, "checkout")
    def _require_same_file(_: sqlite3.Connection, record: Any, __: Any) -> None:  # noqa: ANN401
        # A file that was moved away or restored under a running server: what is written to the
        # old one would be lost. And a connection that was opened while the file could not be written
        # would refuse to write it for ever.
        if record.info["file"] != _identity(path):
            raise DisconnectionError("the database file is another one, or may be used otherwise")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # IMMEDIATE, since a transaction that reads before it writes may otherwise fail at the write.
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _identity(path: Path) -> tuple[int, int, bool] | None:
    """Which file it is, and whether it may be written."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    by_rights_in_use = os.access in os.supports_effective_ids
    return status.st_dev, status.st_ino, os.access(path, os.W_OK, effective_ids=by_rights_in_use)


def _postgresql(url: URL, lock_wait: float) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        hide_parameters=True,
        pool_timeout=lock_wait,
        connect_args={} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_WAIT},
        **POOL,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: Any) -> None:  # noqa: ANN401
        connection.execute(f"SET lock_timeout = {int(lock_wait * 1000)}")
        connection.commit()

    return engine
