"""Bring a database to the schema of this program, once, before anything else is done with it."""

from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from survey.errors import StorageError
from survey.store.engine import Database
from survey.store.outages import NewerSchemaError, cannot_open, newer_schema

FOLDER = Path(__file__).parent / "migrations"
PURPOSE = 7_101  # the advisory lock's number: replicas that start together migrate one after the other


def migrate(database: Database) -> None:
    """Apply the missing versions in one transaction; a killed start leaves the schema as it was.

    Raises:
        StorageError: the schema is newer than this program, or the database does not answer.
    """
    with database.reading() as connection:
        if _version(connection) == _scripts().get_current_head():
            return
    try:
        with database.writing_alone(PURPOSE) as connection:
            require_known(_version(connection))
            upgrade(connection)
    except NewerSchemaError:
        raise
    except StorageError as error:
        raise cannot_open(database.place) from error


def schema_version(database: Database) -> str:
    """Raises StorageError: the database does not answer."""
    with database.reading() as connection:
        return _version(connection) or ""


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER)])


def require_known(version: str | None) -> None:
    """Raises NewerSchemaError: a later release made this schema."""
    scripts = _scripts()
    known = {script.revision for script in scripts.walk_revisions()}
    if version is not None and version not in known:
        raise newer_schema(version, scripts.get_current_head() or "")


def upgrade(connection: Connection, to: str = "head") -> None:
    """Apply the versions up to `to` in the transaction of `connection`."""
    scripts = _scripts()

    def steps(revision: Any, _: MigrationContext) -> Any:  # noqa: ANN401 - Alembic's own types
        return scripts._upgrade_revs(to, revision)

    # Alembic's environment, without the env.py and alembic.ini that would only repeat these lines.
    with EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
