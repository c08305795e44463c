"""How often a response was sent."""

from typing import NamedTuple

from benchmarks.faults.inspection import contents, is_sending


class Times(NamedTuple):
    """How often a response was sent: by its rows, their receipt numbers, their entries, and the moves of its state."""

    rows: int
    numbers: int
    entries: int
    moves: int


ONCE = Times(1, 1, 1, 1)


def sent_times(url: str, round_id: str, library: str) -> Times:
    held, place = contents(url), (round_id, library)
    serials = [sending.serial for key, sending in held.sendings.items() if key[:2] == place]
    own = [entry for entry in held.audit if entry.place == place]
    entries = sum(entry.action == "response.receipt" for entry in own)
    return Times(len(serials), len(set(serials)), entries, sum(map(is_sending, own)))
