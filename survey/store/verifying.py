"""Whether the audit trail is the one that was written: every row, its order, and its end."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select

from survey.store.chain import ERASED, FIRST, Link, digest_of, mark_of
from survey.store.schema import audit, audit_head

_ROWS = select(
    audit.c.sequence,
    audit.c.at,
    audit.c.by,
    audit.c.action,
    audit.c.object,
    audit.c.old,
    audit.c.new,
    audit.c.salt,
    audit.c.mark,
    audit.c.previous,
    audit.c.digest,
).order_by(audit.c.sequence)
_HEAD = select(audit_head.c.count, audit_head.c.digest)


class Tampering(StrEnum):
    """What can have happened to a trail."""

    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CUT = "cut"
    OTHER_PAST = "other past"


@dataclass(frozen=True)
class Fault:
    """One fault and the number of the row where it shows; 0 is the end of the trail."""

    kind: Tampering
    sequence: int = 0


@dataclass(frozen=True)
class Anchor:
    """The trail's length and newest digest, as kept outside the database."""

    count: int
    digest: str

    def __str__(self) -> str:
        return f"{self.count}-{self.digest}"


@dataclass(frozen=True)
class Verdict:
    """head: what the database says of the trail's end, to be kept as an anchor."""

    head: Anchor
    faults: tuple[Fault, ...]


def verify_trail(connection: Connection, anchor: Anchor | None = None) -> Verdict:
    """Compare every row with its digest, and follow the chain from its head back to the first row.

    Whoever can rewrite the whole database can also rewrite the whole chain: only `anchor`, kept
    elsewhere since an earlier verification, tells such a past from the one that was written.
    """
    count, digest = connection.execute(_HEAD).one()
    rows = list(connection.execute(_ROWS))
    walk = _walk(rows, digest)
    faults = [
        *_foreign(rows, walk),
        *_unlike_their_digest(rows, walk),
        *_gaps(rows, walk, count),
        *_out_of_order(rows, walk),
    ]
    if anchor is not None and not _is_past(anchor, rows):
        faults.append(Fault(Tampering.OTHER_PAST))
    return Verdict(Anchor(count, digest), tuple(sorted(faults, key=lambda fault: fault.sequence)))


@dataclass(frozen=True)
class _Walk:
    """The way back from the head, as positions of rows. gaps: where the row before was not to be found."""

    chain: list[int]
    gaps: list[int]

    @property
    def met(self) -> frozenset[int]:
        return frozenset(self.chain)


NO_ROW = -1  # the gap between the head and the last row


def _walk(rows: Sequence[Any], head: str) -> _Walk:
    place = {row.digest: position for position, row in enumerate(rows)}
    chain: list[int] = []
    gaps: list[int] = []
    met: set[int] = set()
    wanted, earlier = head, len(rows) - 1
    while wanted != FIRST:
        position = place.get(wanted, NO_ROW)
        if position == NO_ROW or position in met:
            gaps.append(chain[-1] if chain else NO_ROW)
            earlier = min(earlier, chain[-1] - 1) if chain else earlier
            while earlier in met:
                earlier -= 1
            if earlier < 0:
                break
            position = earlier
        chain.append(position)
        met.add(position)
        wanted = rows[position].previous
    return _Walk(chain, gaps)


def _foreign(rows: Sequence[Any], walk: _Walk) -> Iterator[Fault]:
    met = walk.met
    for position, row in enumerate(rows):
        if position not in met:
            yield Fault(Tampering.INSERTED, row.sequence)


def _unlike_their_digest(rows: Sequence[Any], walk: _Walk) -> Iterator[Fault]:
    pseudonyms = _pseudonyms(rows)
    for row in (rows[position] for position in walk.chain):
        link = Link(row.at, row.mark, row.action, row.object, row.old, row.new)
        erased = not row.salt and row.by in pseudonyms
        named = erased or row.mark == mark_of(row.salt, row.by)
        if not named or row.digest != digest_of(row.previous, link):
            yield Fault(Tampering.CHANGED, row.sequence)


def _pseudonyms(rows: Sequence[Any]) -> frozenset[str]:
    """The names that the trail itself says were put in place of somebody's; any other one hides who it was."""
    given = (
        json.loads(row.new or "{}").get("pseudonym", "") for row in rows if row.action == "account.erase"
    )
    return frozenset(name for name in given if isinstance(name, str) and name.startswith(ERASED))


def _gaps(rows: Sequence[Any], walk: _Walk, count: int) -> Iterator[Fault]:
    """Where rows are missing; with all of them there, one was changed together with its digest."""
    complete = bool(rows) and len(rows) >= count
    for position in walk.gaps:
        at_end = position == NO_ROW
        if complete:
            before = rows[-1 if at_end else max(position - 1, 0)]
            yield Fault(Tampering.CHANGED, before.sequence)
        elif at_end:
            yield Fault(Tampering.CUT)
        else:
            yield Fault(Tampering.DELETED, rows[position].sequence)


def _out_of_order(rows: Sequence[Any], walk: _Walk) -> Iterator[Fault]:
    for later, sooner in pairwise(walk.chain):
        if sooner > later:
            yield Fault(Tampering.REORDERED, rows[sooner].sequence)


def _is_past(anchor: Anchor, rows: Sequence[Any]) -> bool:
    """Whether the trail begins with what the anchor stands for."""
    if anchor.count == 0:
        return anchor.digest == FIRST
    return len(rows) >= anchor.count and bool(rows[anchor.count - 1].digest == anchor.digest)
