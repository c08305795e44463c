"""Changes of which only a part is there: a state without its entry or its receipt, an entry without its row."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.faults.inspection import Contents, Entry, is_sending

FIRST_STATE = "draft"
SENT, REVIEWED = "submitted", "under_review"


def halves(held: Contents) -> list[str]:
    """Each of them in words. For a database in which no state was imported."""
    return [
        *_of_states(held),
        *_of_answers(held),
        *_of_receipts(held),
        *_of_numbered(held, "review.decide", {key: row.words for key, row in held.decisions.items()}),
        *_of_numbered(held, "review.post", {key: row.words for key, row in held.posts.items()}),
        *_of_threads(held),
    ]


def _of_states(held: Contents) -> Iterator[str]:
    """Each state follows from the one before; the first decision begins the review in the same change."""
    states: defaultdict[tuple[str, ...], str] = defaultdict(lambda: FIRST_STATE)
    owed: set[tuple[str, ...]] = set()
    for entry in held.audit:
        place = entry.place[:2]
        if entry.action == "review.decide" and states[place] == SENT:
            owed.add(place)
        elif entry.action == "response.state":
            old, new = entry.old.get("state"), str(entry.new.get("state"))
            if states[place] != old:
                yield f"{place} became {new} from {old}, but was {states[place]}"
            if place in owed and new != REVIEWED:
                yield f"{place} was decided about and became {new}"
            owed.discard(place)
            states[place] = new
    yield from (f"{place} was decided about and not taken into review" for place in owed)
    for place, state in held.states.items():
        if states[place] != state:
            yield f"{place} is {state}, its entries say {states[place]}"


def _of_answers(held: Contents) -> Iterator[str]:
    """A row for each entry of a save; of an import as many rows as its entry says."""
    saved = {
        (*entry.place, int(entry.new["revision"])) for entry in held.audit if entry.action == "answer.save"
    }
    batches: Counter[str] = Counter()
    for entry in held.audit:
        if entry.action == "answer.import":
            batches[entry.by] += int(entry.new["answers"])
    kept = Counter(by for key, (_value, by) in held.answers.items() if key not in saved)
    yield from (f"{key} has an entry and no row" for key in saved - held.answers.keys())
    for by in kept | batches:
        if kept[by] != batches[by]:
            yield f"{by}: {kept[by]} rows, {batches[by]} in the entry"


def _of_receipts(held: Contents) -> Iterator[str]:
    """For each move to the reviewers one receipt and its entry; for each withdrawal its mark."""
    entries: dict[Any, int] = {
        (*entry.place, int(entry.new["number"])): _serial(entry)
        for entry in held.audit
        if entry.action == "response.receipt"
    }
    rows: dict[Any, int] = {key: sending.serial for key, sending in held.sendings.items()}
    yield from (f"receipt {key} is {rows.get(key)}, its entry says {entries.get(key)}" for key in rows.keys() | entries.keys()
                if rows.get(key) != entries.get(key))  # fmt: skip
    serials = Counter((key[0], serial) for key, serial in rows.items())
    yield from (f"receipt {key} was given {times} times" for key, times in serials.items() if times > 1)
    moves = Counter(entry.place for entry in held.audit if is_sending(entry))
    yield from _unlike("was sent", moves, Counter(key[:2] for key in rows))
    withdrawals = Counter(entry.place for entry in held.audit if _is_withdrawal(entry))
    marked = Counter(key[:2] for key, sent in held.sendings.items() if sent.withdrawn)
    yield from _unlike("was withdrawn", withdrawals, marked)


def _unlike(what: str, entries: Mapping[Any, int], rows: Mapping[Any, int]) -> Iterator[str]:
    for place in entries.keys() | rows.keys():
        noted, kept = entries.get(place, 0), rows.get(place, 0)
        if noted != kept:
            yield f"{place} {what} {noted} times, and {kept} receipts say so"


def _of_numbered(held: Contents, action: str, rows: Mapping[Any, str]) -> Iterator[str]:
    """The rows of each indicator are numbered without a gap, and each has its entry with the same words."""
    noted: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for entry in held.audit:
        if entry.action == action:
            noted[entry.place].append(str(entry.new["words"]))
    entries = {
        (*place, number): words for place, said in noted.items() for number, words in enumerate(said, 1)
    }
    for key in rows.keys() | entries.keys():
        if rows.get(key) != entries.get(key):
            yield f"{action} {key}: the row says {rows.get(key)!r}, the entry {entries.get(key)!r}"


def _of_threads(held: Contents) -> Iterator[str]:
    """A decision that wants something stands in the thread too."""
    said = {(key[:3], post.words) for key, post in held.posts.items() if post.side == "review"}
    for key, decided in held.decisions.items():
        if decided.verdict != "met" and (key[:3], decided.words) not in said:
            yield f"decision {key} is not in the thread"


def _is_withdrawal(entry: Entry) -> bool:
    move = (entry.old.get("state"), entry.new.get("state"))
    return entry.action == "response.state" and move == (SENT, FIRST_STATE)


def _serial(entry: Entry) -> int:
    return int(str(entry.new["receipt"]).partition("/")[0])
