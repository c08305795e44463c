"""Exceptions from a round's last day: one library, a later day, a reason, and by whom."""

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from survey.review import LateException
from survey.store.audit import write_audit
from survey.store.schema import late_exception as table

_KEY = (table.c.round_id == bindparam("of_round"), table.c.library_id == bindparam("of_library"))
_LAST_DAY = select(table.c.last_day).where(*_KEY)
_ALL = (
    select(table.c.library_id, table.c.last_day, table.c.reason, table.c.granted_by, table.c.granted_at)
    .where(table.c.round_id == bindparam("of_round"))
    .order_by(table.c.library_id)
)
_DROP = delete(table).where(*_KEY)
_ADD = insert(table).inline()


def read_last_day(connection: Connection, round_id: str, library_id: str) -> date | None:
    """The last day of a library's own exception, if it has one."""
    return connection.execute(
        _LAST_DAY, {"of_round": round_id, "of_library": library_id}
    ).scalar_one_or_none()


def read_exceptions(connection: Connection, round_id: str) -> dict[str, LateException]:
    rows = connection.execute(_ALL, {"of_round": round_id})
    return {row[0]: LateException(*row) for row in rows}


def grant_exception(
    connection: Connection,
    round_id: str,
    library_id: str,
    last_day: date,
    reason: str,
    *,
    by: str,
    at: datetime,
) -> LateException:
    """Put the exception in place of an earlier one; the audit trail keeps both."""
    key = {"of_round": round_id, "of_library": library_id}
    before = read_last_day(connection, round_id, library_id)
    connection.execute(_DROP, key)
    row = {"last_day": last_day, "reason": reason, "granted_by": by, "granted_at": at}
    connection.execute(_ADD, {"round_id": round_id, "library_id": library_id, **row})
    write_audit(
        connection,
        "late.grant",
        f"response:{round_id}/{library_id}",
        by=by,
        at=at,
        old=None if before is None else {"last_day": str(before)},
        new={"last_day": str(last_day), "reason": reason},
    )
    return LateException(library_id, last_day, reason, by, at)
