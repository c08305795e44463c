"""Proposed changes of targets: by whom, why, and what became of them."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from survey.framework import SourceDocument, TargetChange


class ProposalState(StrEnum):
    OPEN = "open"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Proposal:
    """One proposed change. version: the version of the framework that took it in, None until then."""

    number: int
    framework_id: str
    change: TargetChange
    reason: str
    by: str
    at: datetime
    state: ProposalState = ProposalState.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None
    version: int | None = None


def to_text(change: TargetChange) -> str:
    """The change as JSON with sorted keys; a document that came with it stands inside."""
    held = {**asdict(replace(change, added=None)), "checked": str(change.checked)}
    del held["added"]
    if change.added:
        held["added"] = change.added.model_dump(mode="json")
    return json.dumps(held, ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> TargetChange:
    held = json.loads(text)
    added = SourceDocument.model_validate(held["added"]) if "added" in held else None
    return TargetChange(**{**held, "checked": date.fromisoformat(held["checked"]), "added": added})
