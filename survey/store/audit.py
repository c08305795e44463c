"""Who changed what and when: rows that are only ever added, each inside the change it tells of."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from survey.store.chain import Link, digest_of, mark_of
from survey.store.columns import clean_text
from survey.store.engine import Database
from survey.store.schema import audit, audit_head
from survey.store.verifying import Anchor, Verdict, verify_trail

SALT_BYTES = 16
_ADD = insert(audit).inline()
_COLUMNS = (
    audit.c.sequence,
    audit.c.at,
    audit.c.by,
    audit.c.action,
    audit.c.object,
    audit.c.old,
    audit.c.new,
)
_NEWEST = select(*_COLUMNS).order_by(audit.c.sequence.desc()).limit(bindparam("limit"))
# Whoever adds a row holds the head until the end of the transaction, so the rows have one order.
_HEAD = select(audit_head.c.count, audit_head.c.digest).with_for_update()
_MOVE_HEAD = update(audit_head).values(count=bindparam("to_count"), digest=bindparam("to_digest"))


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


@dataclass(frozen=True)
class Wanted:
    """Which entries to read; an empty word or None asks for all. until: the first moment not wanted."""

    by: str = ""
    action: str = ""
    thing: str = ""
    since: datetime | None = None
    until: datetime | None = None


class Audit:
    """The trail, for reading; parts of the store write to it in their own transactions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, limit: int = 100) -> tuple[Entry, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(_NEWEST, {"limit": limit}).all()
        return tuple(map(_to_entry, rows))

    def find(self, wanted: Wanted, *, limit: int, skip: int = 0) -> tuple[Entry, ...]:
        """Return the newest entries that are wanted, after leaving out the first `skip` of them.

        `action` and `thing` match from their beginning; `by` is a login.
        """
        statement = select(*_COLUMNS).order_by(audit.c.sequence.desc()).limit(limit).offset(skip)
        if wanted.by:
            statement = statement.where(audit.c.by == wanted.by)
        if wanted.action:
            statement = statement.where(audit.c.action.startswith(wanted.action, autoescape=True))
        if wanted.thing:
            statement = statement.where(audit.c.object.startswith(wanted.thing, autoescape=True))
        if wanted.since is not None:
            statement = statement.where(audit.c.at >= wanted.since)
        if wanted.until is not None:
            statement = statement.where(audit.c.at < wanted.until)
        with self._database.reading() as connection:
            return tuple(map(_to_entry, connection.execute(statement)))

    def verify(self, anchor: Anchor | None = None) -> Verdict:
        """Check the whole trail; see `verifying`."""
        with self._database.reading() as connection:
            return verify_trail(connection, anchor)


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
    """Add one entry behind the newest; call it last, since others wait for the head."""
    by, salt = clean_text(by), secrets.token_hex(SALT_BYTES)
    link = Link(at, mark_of(salt, by), clean_text(action), clean_text(thing), _write(old), _write(new))
    count, previous = connection.execute(_HEAD).one()
    digest = digest_of(previous, link)
    connection.execute(
        _ADD,
        {
            "at": link.at,
            "by": by,
            "action": link.action,
            "object": link.object,
            "old": link.old,
            "new": link.new,
            "salt": salt,
            "mark": link.mark,
            "previous": previous,
            "digest": digest,
        },
    )
    connection.execute(_MOVE_HEAD, {"to_count": count + 1, "to_digest": digest})


def _to_entry(row: Any) -> Entry:  # noqa: ANN401
    number, at, by, action, thing, old, new = row
    return Entry(number, at, by, action, thing, _read(old), _read(new))


def _write(content: Mapping[str, Any] | None) -> str | None:
    return None if content is None else clean_text(json.dumps(content, ensure_ascii=False))


def _read(content: str | None) -> Mapping[str, Any] | None:
    return None if content is None else dict(json.loads(content))
