"""The chain of the audit trail: each row's digest covers its content and the digest before it.

Nothing here touches the database, so that whoever checks a trail and whoever writes one agree.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST = ""  # what stands before the first row
# What an erased person is called; the rows of that person have no salt any more.
ERASED = "nguoi-dung-da-xoa-"


@dataclass(frozen=True)
class Link:
    """One row as the chain covers it. mark: the salted digest of who did it, instead of the name."""

    at: datetime
    mark: str
    action: str
    object: str
    old: str | None
    new: str | None


def mark_of(salt: str, by: str) -> str:
    """Return what stands for a person in the chain; without the salt nobody can tell who it was."""
    return _digest([salt, by])


def digest_of(previous: str, link: Link) -> str:
    """Return the digest of a row that follows the row with the digest `previous`."""
    at = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    return _digest([previous, at, link.mark, link.action, link.object, link.old, link.new])


def _digest(parts: list[str | None]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
