"""Bring in many answers at once, in one transaction."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from survey.response import Answer, ResponseState
from survey.store.answer_rows import as_recorded, clean_answer
from survey.store.audit import write_audit
from survey.store.columns import clean_text
from survey.store.reading import read_revisions
from survey.store.rounds import lock_round
from survey.store.saving import new_response, to_row
from survey.store.schema import answer, response, verification
from survey.store.submissions import add_receipts

_ADD_ANSWERS = insert(answer).inline()
_ADD_RESPONSES = insert(response).inline()
_ADD_VERIFICATIONS = insert(verification).inline()
_LIBRARIES = select(response.c.library_id).where(response.c.round_id == bindparam("round_id"))
_OF_LIBRARY = (response.c.round_id == bindparam("of_round"), response.c.library_id == bindparam("of_library"))
_TOUCH = update(response).where(*_OF_LIBRARY).values(last_activity=bindparam("at"))
_CHANGE = (
    update(response)
    .where(*_OF_LIBRARY)
    .values(state=bindparam("to"), submitted_at=bindparam("sent"), last_activity=bindparam("at"))
)


@dataclass(frozen=True)
class Batch:
    """What to bring into one round. verified: the (library, question) pairs that count as verified."""

    round_id: str
    answers: Mapping[str, Mapping[str, Answer]]
    by: str
    at: datetime
    verified: Set[tuple[str, str]]
    states: Mapping[str, ResponseState]

    @property
    def libraries(self) -> list[str]:
        return list(dict.fromkeys(map(clean_text, [*self.answers, *self.states])))


def import_batch(connection: Connection, batch: Batch) -> None:
    """Add every answer as the newest revision of its question, whatever the round's state."""
    lock_round(connection, batch.round_id)
    _write_responses(connection, batch)
    rows = list(_rows(batch, read_revisions(connection, batch.round_id)))
    verified = {(clean_text(library), clean_text(question)) for library, question in batch.verified}
    _add(connection, _ADD_ANSWERS, rows)
    _add(
        connection,
        _ADD_VERIFICATIONS,
        [
            {key: row[key] for key in ("round_id", "library_id", "question_id", "revision")}
            | {"verified_by": batch.by, "verified_at": batch.at}
            for row in rows
            if (row["library_id"], row["question_id"]) in verified
        ],
    )
    write_audit(
        connection,
        "answer.import",
        f"round:{batch.round_id}",
        by=batch.by,
        at=batch.at,
        new={"libraries": len(batch.answers), "answers": len(rows), "verified": len(verified)},
    )


def _rows(batch: Batch, revisions: Mapping[tuple[str, str], int]) -> Iterator[dict[str, Any]]:
    for library, answers in batch.answers.items():
        library = clean_text(library)
        for question, given in answers.items():
            question = clean_text(question)
            newest = revisions.get((library, question), 0)
            recorded = as_recorded(clean_answer(given), revision=newest + 1, by=batch.by, at=batch.at)
            yield to_row(batch.round_id, library, question, recorded)


def _write_responses(connection: Connection, batch: Batch) -> None:
    there = set(connection.execute(_LIBRARIES, {"round_id": batch.round_id}).scalars())
    states = {clean_text(library): state for library, state in batch.states.items()}
    missing = [library for library in batch.libraries if library not in there]
    _add(connection, _ADD_RESPONSES, [new_response(batch.round_id, name, batch.at) for name in missing])
    changes = [
        {
            "of_round": batch.round_id,
            "of_library": library,
            "to": state.value,
            "sent": None if state is ResponseState.DRAFT else batch.at,
            "at": batch.at,
        }
        for library, state in states.items()
    ]
    _add(connection, _CHANGE, changes)
    sent = [library for library, state in states.items() if state is not ResponseState.DRAFT]
    add_receipts(connection, batch.round_id, sent, by=batch.by, at=batch.at)
    touched = [name for name in batch.libraries if name in there and name not in states]
    _add(
        connection,
        _TOUCH,
        [{"of_round": batch.round_id, "of_library": name, "at": batch.at} for name in touched],
    )


def _add(connection: Connection, statement: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401
    if rows:
        connection.execute(statement, rows)
