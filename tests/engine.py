"""Which database the tests of pages and routes run on, apart from those of the store, which run on both."""

import os
from datetime import UTC, datetime
from pathlib import Path

from survey.store import Store

# THUOC_SO_TESTS_ON=postgresql runs them on PostgreSQL as well; slower, for a nightly run.
ON_POSTGRESQL = os.environ.get("THUOC_SO_TESTS_ON") == "postgresql"


def backup_of(file: Path) -> Path:
    """The database in a SQLite file as a backup, which any database takes."""
    store = Store.open(f"sqlite:///{file}")
    path = file.with_suffix(".zip")
    store.backup(path, evidence=file.with_name("tai-lieu"), now=datetime.now(UTC))
    store.close()
    return path


def restored(url: str, backup: Path, *, sample: bool) -> str:
    """The database at `url`, filled from a backup."""
    Store.restore(url, backup, evidence=backup.with_name("tai-lieu"), force=True, sample=sample)
    return url
