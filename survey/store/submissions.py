"""Sendings of a response: each has one receipt, whatever happens on the line."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from survey.response import Response
from survey.review import Submission
from survey.store.answer_rows import to_plain
from survey.store.audit import write_audit
from survey.store.columns import clean_text
from survey.store.schema import submission as table

_COLUMNS = (
    table.c.round_id,
    table.c.library_id,
    table.c.number,
    table.c.serial,
    table.c.sent_by,
    table.c.name,
    table.c.certified,
    table.c.digest,
    table.c.sent_at,
    table.c.withdrawn_at,
    table.c.withdrawn_by,
)
_OF_LIBRARY = (table.c.round_id == bindparam("of_round"), table.c.library_id == bindparam("of_library"))
_ALL = select(*_COLUMNS).where(*_OF_LIBRARY).order_by(table.c.number)
_SERIAL = select(func.coalesce(func.max(table.c.serial), 0) + 1).where(
    table.c.round_id == bindparam("of_round")
)
_WITH_RECEIPT = select(table.c.library_id).where(table.c.round_id == bindparam("of_round")).distinct()
_ADD = insert(table).inline()
_WITHDRAW = (
    update(table)
    .where(*_OF_LIBRARY, table.c.number == bindparam("of_number"))
    .values(withdrawn_at=bindparam("at"), withdrawn_by=bindparam("by"))
)


def read_submissions(connection: Connection, round_id: str, library_id: str) -> tuple[Submission, ...]:
    """Every sending, the first one first."""
    rows = connection.execute(_ALL, {"of_round": round_id, "of_library": library_id})
    return tuple(_to_submission(row) for row in rows)


def add_submission(
    connection: Connection, sent: Response, *, by: str, name: str, certified: str, at: datetime
) -> Submission:
    """Record a sending under the next number of the round; the caller holds the round's lock."""
    before = read_submissions(connection, sent.round_id, sent.library_id)
    serial = int(connection.execute(_SERIAL, {"of_round": sent.round_id}).scalar_one())
    made = Submission(
        round_id=sent.round_id,
        library_id=sent.library_id,
        number=len(before) + 1,
        receipt=_receipt(serial, sent.round_id),
        by=by,
        name=clean_text(name).strip() or by,
        certified=clean_text(certified).strip(),
        digest=digest_of(sent),
        at=at,
    )
    connection.execute(
        _ADD,
        {
            "round_id": made.round_id,
            "library_id": made.library_id,
            "number": made.number,
            "serial": serial,
            "sent_by": made.by,
            "name": made.name,
            "certified": made.certified,
            "digest": made.digest,
            "sent_at": made.at,
        },
    )
    write_audit(
        connection,
        "response.receipt",
        f"response:{made.round_id}/{made.library_id}",
        by=by,
        at=at,
        new={"receipt": made.receipt, "number": made.number, "digest": made.digest},
    )
    return made


def add_receipts(
    connection: Connection, round_id: str, libraries: Iterable[str], *, by: str, at: datetime
) -> None:
    """Give responses that came in already sent their receipts, where they have none."""
    there = set(connection.execute(_WITH_RECEIPT, {"of_round": round_id}).scalars())
    serial = int(connection.execute(_SERIAL, {"of_round": round_id}).scalar_one())
    rows = [
        {
            "round_id": round_id,
            "library_id": library,
            "number": 1,
            "serial": serial + place,
            "sent_by": by,
            "name": "",
            "certified": "",
            "digest": "",
            "sent_at": at,
        }
        for place, library in enumerate(library for library in libraries if library not in there)
    ]
    if rows:
        connection.execute(_ADD, rows)


def mark_withdrawn(connection: Connection, sent: Submission, *, by: str, at: datetime) -> None:
    connection.execute(
        _WITHDRAW,
        {
            "of_round": sent.round_id,
            "of_library": sent.library_id,
            "of_number": sent.number,
            "at": at,
            "by": by,
        },
    )


def digest_of(response: Response) -> str:
    """SHA-256 over all answers with their revisions: two sendings of the same answers have the same one."""
    said = "\n".join(
        f"{name}\t{entry.revision}\t{to_plain(entry)}" for name, entry in sorted(response.recorded.items())
    )
    return sha256(said.encode()).hexdigest()


def _receipt(serial: int, round_id: str) -> str:
    """A number as offices write it: 007/2026."""
    return f"{serial:03d}/{round_id}"


def _to_submission(row: Any) -> Submission:  # noqa: ANN401 - a row of SQLAlchemy
    fields = row._mapping
    return Submission(
        round_id=fields["round_id"],
        library_id=fields["library_id"],
        number=fields["number"],
        receipt=_receipt(fields["serial"], fields["round_id"]),
        by=fields["sent_by"],
        name=fields["name"],
        certified=fields["certified"],
        digest=fields["digest"],
        at=fields["sent_at"],
        withdrawn_at=fields["withdrawn_at"],
        withdrawn_by=fields["withdrawn_by"] or "",
    )
