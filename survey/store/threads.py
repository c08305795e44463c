"""The exchange about each indicator: posts of both sides, only ever added."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from survey.review import Post, Side, ThreadState
from survey.store.audit import write_audit
from survey.store.schema import post as table

_IN_ROUND = table.c.round_id == bindparam("of_round")
_IN_LIBRARY = table.c.library_id == bindparam("of_library")
_ALL = (
    select(
        table.c.library_id,
        table.c.question_id,
        table.c.number,
        table.c.side,
        table.c.words,
        table.c.state,
        table.c.posted_by,
        table.c.posted_at,
    )
    .where(_IN_ROUND)
    .order_by(table.c.library_id, table.c.question_id, table.c.number)
)
_OF_LIBRARY = _ALL.where(_IN_LIBRARY)
_OF_QUESTION = _OF_LIBRARY.where(table.c.question_id == bindparam("of_question"))
_ADD = insert(table).inline()


def read_posts(
    connection: Connection, round_id: str, library_id: str | None = None
) -> dict[str, dict[str, tuple[Post, ...]]]:
    """Posts by library and question, the first one first; of one library where it is named."""
    statement = _ALL if library_id is None else _OF_LIBRARY
    found: dict[str, dict[str, tuple[Post, ...]]] = {}
    for library, *fields in connection.execute(statement, {"of_round": round_id, "of_library": library_id}):
        made = _to_post(*fields)
        threads = found.setdefault(library, {})
        threads[made.question_id] = (*threads.get(made.question_id, ()), made)
    return found


def read_thread(connection: Connection, round_id: str, library_id: str, question_id: str) -> tuple[Post, ...]:
    key = {"of_round": round_id, "of_library": library_id, "of_question": question_id}
    return tuple(_to_post(*fields) for _, *fields in connection.execute(_OF_QUESTION, key))


def add_post(
    connection: Connection,
    round_id: str,
    library_id: str,
    question_id: str,
    before: tuple[Post, ...],
    *,
    side: Side,
    words: str,
    state: ThreadState,
    by: str,
    at: datetime,
) -> Post:
    """Add a post after those in `before`; the caller holds the round's lock."""
    made = Post(question_id, len(before) + 1, side, words, state, by, at)
    row = {"number": made.number, "side": side.value, "words": words, "state": state.value}
    key = {"round_id": round_id, "library_id": library_id, "question_id": question_id}
    connection.execute(_ADD, {**key, **row, "posted_by": by, "posted_at": at})
    write_audit(
        connection,
        "review.post",
        f"answer:{round_id}/{library_id}/{question_id}",
        by=by,
        at=at,
        old={"thread": before[-1].state.value} if before else None,
        new={"thread": state.value, "side": side.value, "words": words},
    )
    return made


def _to_post(question_id: str, number: int, side: str, words: str, state: str, by: str, at: datetime) -> Post:
    return Post(question_id, number, Side(side), words, ThreadState(state), by, at)
