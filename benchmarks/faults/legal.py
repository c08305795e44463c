"""What the audit trail may never say: illegal moves, answers taken while locked, refusals that are not noted.

The two tables are written out by hand, so that an error in the product's own table is found.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from benchmarks.faults.acts import (
    ACCEPTED,
    CHAIR,
    DIRECTOR,
    DRAFT,
    ENTRY,
    RETURNED,
    REVIEWER,
    SUBMITTED,
    UNDER_REVIEW,
)
from benchmarks.faults.inspection import Contents, Entry
from benchmarks.faults.judging import Meeting
from survey.access import Role
from survey.errors import SurveyError
from survey.response import Response
from survey.store import ActionNotAllowedError, RefusedActionError

# Where a response may go from each state, and by whom.
MOVES: Mapping[tuple[str, str], tuple[Role, ...]] = {
    (DRAFT, SUBMITTED): (DIRECTOR,),
    (SUBMITTED, DRAFT): (DIRECTOR,),
    (SUBMITTED, UNDER_REVIEW): (REVIEWER, CHAIR),
    (SUBMITTED, RETURNED): (CHAIR,),
    (SUBMITTED, ACCEPTED): (CHAIR,),
    (UNDER_REVIEW, RETURNED): (REVIEWER, CHAIR),
    (UNDER_REVIEW, ACCEPTED): (CHAIR,),
    (RETURNED, UNDER_REVIEW): (DIRECTOR,),
    (ACCEPTED, RETURNED): (CHAIR,),
    (ACCEPTED, UNDER_REVIEW): (CHAIR,),
}
# What is written in which states, and by whom.
WRITES: Mapping[str, tuple[tuple[str, ...], tuple[Role, ...]]] = {
    "answer.save": ((DRAFT, RETURNED), (ENTRY, DIRECTOR)),
    "review.decide": ((SUBMITTED, UNDER_REVIEW), (REVIEWER, CHAIR)),
    "reply": ((UNDER_REVIEW, RETURNED), (ENTRY, DIRECTOR)),
}
NOTED = (RefusedActionError, ActionNotAllowedError)


def faults_of_trail(held: Contents) -> Iterator[str]:
    """The audit trail in its order: only legal moves, and nothing written where it is not taken."""
    states: defaultdict[tuple[str, ...], str] = defaultdict(lambda: DRAFT)
    revisions: Counter[tuple[str, ...]] = Counter()
    for entry in held.audit:
        place, role = entry.place[:2], entry.by.partition(".")[0]
        if entry.action == "response.state":
            move = str(entry.old["state"]), str(entry.new["state"])
            if role not in MOVES.get(move, ()) or states[place] != move[0]:
                yield f"{move[0]} became {move[1]} by {role}"
            states[place] = move[1]
        action = "reply" if entry.new.get("side") == "library" else entry.action
        if action in WRITES:
            taken, who = WRITES[action]
            if states[place] not in taken or role not in who:
                yield f"{action} by {role} was taken while the response was {states[place]}"
        if entry.action == "answer.save":
            revisions[entry.place] += 1
        if entry.action == "review.decide" and entry.new["revision"] != revisions[entry.place]:
            yield "a decision was taken about an answer that was not the newest"


def faults_of_notes(held: Contents, meetings: Iterable[Meeting]) -> Iterator[str]:
    """Whoever was refused has written nothing but the note of it; whoever was not has no such note."""
    written: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in held.audit:
        written[entry.place[0], entry.by].append(entry)
    for meeting in meetings:
        for actor, name, result in meeting.all():
            yield from _of_notes(name, result, written[meeting.round_id, actor.login])


def _of_notes(name: str, result: object, entries: list[Entry]) -> Iterator[str]:
    notes = [entry.new for entry in entries if entry.action == "refused"]
    if isinstance(result, SurveyError) and len(entries) > len(notes):
        yield f"a refused {name} has changed something"
    if isinstance(result, NOTED):
        if notes != [{"action": name, "why": result.text.vi}]:
            yield f"a refused {name} is not noted, or not in its words"
    elif notes:
        yield f"{name} is noted as refused and was not"
    moved = {entry.new["state"] for entry in entries if entry.action == "response.state"}
    # Taken back already by the other director: a second click that changes nothing.
    if isinstance(result, Response) and name != "withdraw" and moved != {result.state}:
        yield f"an acknowledged {name} has left no entry"
