"""Who changed what and when: rows that are only ever added, each inside the change it tells of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from survey.store.engine import Database
from survey.store.schema import audit

_ADD = insert(audit).inline()
_NEWEST = select(audit).order_by(audit.c.sequence.desc()).limit(bindparam("limit"))


@dataclass(frozen=True)
class Entry:
    """One change. sequence: the order of changes, whatever the clock said; gaps are possible."""

    sequence: int
    at: datetime
    by: str
    action: str
    object: str
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None


class Audit:
    """The trail, for reading; parts of the store write to it in their own transactions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, limit: int = 100) -> tuple[Entry, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(_NEWEST, {"limit": limit}).all()
        return tuple(
            Entry(number, at, by, action, thing, _read(old), _read(new))
            for number, at, by, action, thing, old, new in rows
        )


def write_audit(
    connection: Connection,
    action: str,
    thing: str,
    *,
    by: str,
    at: datetime,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
) -> None:
    connection.execute(
        _ADD, {"at": at, "by": by, "action": action, "object": thing, "old": _write(old), "new": _write(new)}
    )


def _write(content: Mapping[str, Any] | None) -> str | None:
    return None if content is None else json.dumps(content, ensure_ascii=False)


def _read(content: str | None) -> Mapping[str, Any] | None:
    return None if content is None else dict(json.loads(content))
