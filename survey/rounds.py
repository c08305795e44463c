"""A round of assessment ("đợt đánh giá"): which framework, which day's figures, and its state."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RoundState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


NEXT_STATES: dict[RoundState, tuple[RoundState, ...]] = {
    RoundState.DRAFT: (RoundState.OPEN,),
    RoundState.OPEN: (RoundState.CLOSED,),
    RoundState.CLOSED: (RoundState.OPEN, RoundState.PUBLISHED),
    RoundState.PUBLISHED: (),
}


@dataclass(frozen=True)
class Round:
    """One round.

    id: short and permanent, used in addresses and file names. reference_date: "thời điểm chốt số
    liệu". checksum: SHA-256 of the framework's text, frozen when the round opens; empty before.
    data_version: rises with every change of the round's data; a key for caches.
    """

    id: str
    name: str
    framework_id: str
    framework_version: int
    reference_date: date
    opens_on: date
    closes_on: date
    state: RoundState = RoundState.DRAFT
    checksum: str = ""
    data_version: int = 0

    @property
    def is_final(self) -> bool:
        return self.state in (RoundState.CLOSED, RoundState.PUBLISHED)

    def days_left(self, today: date) -> int:
        return (self.closes_on - today).days
