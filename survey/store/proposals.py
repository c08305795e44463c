"""Proposed changes of targets, and their adoption: each adopted one makes the next version of its framework."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from survey.framework import FrameworkFile, SourceDocument, TargetChange, change_target, parse_framework
from survey.proposals import Proposal, ProposalState, from_text, to_text
from survey.store.audit import write_audit
from survey.store.columns import clean_text
from survey.store.engine import Database
from survey.store.frameworks import KEEPING, keep_framework, read_newest
from survey.store.refusals import proposal_checked_later, proposal_decided, proposal_incomplete
from survey.store.schema import target_proposal as table
from survey.text import HANOI

LONGEST_REASON = 2_000
_ALL = select(table).order_by(table.c.number.desc())
_ONE = select(table).where(table.c.number == bindparam("of_number"))
_LAST = select(func.coalesce(func.max(table.c.number), 0))
_ADD = insert(table)
_DECIDE = (
    update(table)
    .where(table.c.number == bindparam("of_number"))
    .values(
        state=bindparam("to"),
        decided_by=bindparam("who"),
        decided_at=bindparam("moment"),
        version=bindparam("made"),
    )
)


class TargetProposals:
    """Proposals by number; one that is decided stays as it is."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Proposal, ...]:
        """Every proposal, the newest first."""
        with self._database.reading() as connection:
            return tuple(map(_to_proposal, connection.execute(_ALL)))

    def propose(self, framework_id: str, change: TargetChange, reason: str, by: str) -> Proposal:
        """Add a proposal.

        Raises:
            SurveyError: it names no clause or no reason, the reason is too long, or the day on which it was
                compared lies in the future.
        """
        reason = clean_text(reason).strip()
        if not reason or len(reason) > LONGEST_REASON or not change.clause.strip():
            raise proposal_incomplete(LONGEST_REASON)
        now = self._clock()
        if change.checked > now.astimezone(HANOI).date():
            raise proposal_checked_later(change.checked)
        with self._database.writing_alone(KEEPING) as connection:
            number = int(connection.execute(_LAST).scalar_one()) + 1
            row = {
                "number": number,
                "framework_id": framework_id,
                "content": to_text(change),
                "reason": reason,
                "proposed_by": by,
                "proposed_at": now,
                "state": ProposalState.OPEN.value,
                "decided_by": "",
                "decided_at": None,
                "version": None,
            }
            connection.execute(_ADD, row)
            _audit(
                connection, "target.propose", number, by, now, {"change": to_text(change), "reason": reason}
            )
        return Proposal(number, framework_id, change, reason, by, now)

    def withdraw(self, number: int, by: str) -> None:
        """Raises SurveyError: the proposal is decided already."""
        now = self._clock()
        with self._database.writing_alone(KEEPING) as connection:
            _require_open(connection, number)
            _decide(connection, number, ProposalState.WITHDRAWN, by, now, None)
            _audit(connection, "target.withdraw", number, by, now, {})

    def adopt(
        self, number: int, by: str, *, file: FrameworkFile, cited: dict[str, SourceDocument]
    ) -> FrameworkFile:
        """Make the next version of the framework with this change, keep it, and return it.

        file: the framework as it was shipped; the newest kept version is taken where that is above it.
        Two adoptions follow one another, so the later one holds both changes.

        Raises:
            SurveyError: the proposal is decided already, or the framework would be faulty.
        """
        now = self._clock()
        with self._database.writing_alone(KEEPING) as connection:
            proposal = _require_open(connection, number)
            kept = read_newest(connection, proposal.framework_id)
            if kept is not None and kept[0].version > file.framework.version:
                file = FrameworkFile(parse_framework(kept[1], name=kept[0].id, cited=cited), kept[1])
            made = change_target(file, proposal.change, cited, adopted=now.astimezone(HANOI).date())
            version = made.framework.version
            keep_framework(connection, proposal.framework_id, version, made.checksum, made.text)
            _decide(connection, number, ProposalState.ADOPTED, by, now, version)
            new = {"version": version, "checksum": made.checksum}
            _audit(connection, "target.adopt", number, by, now, new)
        return made


def _require_open(connection: Connection, number: int) -> Proposal:
    row = connection.execute(_ONE, {"of_number": number}).first()
    if row is None or row.state != ProposalState.OPEN:
        raise proposal_decided(number)
    return _to_proposal(row)


def _decide(
    connection: Connection, number: int, to: ProposalState, by: str, now: datetime, made: int | None
) -> None:
    decided = {"of_number": number, "to": to.value, "who": by, "moment": now, "made": made}
    connection.execute(_DECIDE, decided)


def _audit(
    connection: Connection, action: str, number: int, by: str, now: datetime, new: Mapping[str, Any]
) -> None:
    write_audit(connection, action, f"target:{number}", by=by, at=now, new=dict(new))


def _to_proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        number=row.number,
        framework_id=row.framework_id,
        change=from_text(row.content),
        reason=row.reason,
        by=row.proposed_by,
        at=row.proposed_at,
        state=ProposalState(row.state),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        version=row.version,
    )
