"""What libraries agreed to share about how they work; the last word of a library holds at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from survey.errors import SurveyError
from survey.practice import Practice, clean_words
from survey.store.audit import write_audit
from survey.store.columns import clean_text
from survey.store.engine import Database
from survey.store.reading import read_newest
from survey.store.schema import shared_practice as table

_PURPOSE = 7_113
_KEY = ("round_id", "library_id", "question_id")
_THIS = [table.c[name] == bindparam(f"of_{name}") for name in _KEY]
_STANDS = select(table.c.evidence, table.c.withdrawn_at).where(*_THIS)
_ALL = (
    select(*(table.c[name] for name in (*_KEY, "words", "evidence", "shared_by", "shared_at")))
    .where(table.c.round_id == bindparam("of_round_id"), table.c.withdrawn_at.is_(None))
    .order_by(table.c.library_id, table.c.question_id)
)
_ADD = insert(table)
_CHANGE = update(table).where(*_THIS)


class Practices:
    """Shared practices by round, library and indicator; a withdrawn one is read by nobody."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def of_round(self, round_id: str) -> tuple[Practice, ...]:
        """What is shared now, by library and indicator."""
        with self._database.reading() as connection:
            return tuple(Practice(*row) for row in connection.execute(_ALL, {"of_round_id": round_id}))

    def with_evidence(self, round_id: str, library_id: str) -> frozenset[str]:
        """The indicators of which a library lets the other members open the evidence."""
        return frozenset(
            one.question_id
            for one in self.of_round(round_id)
            if one.library_id == library_id and one.evidence
        )

    def share(self, practice: Practice) -> Practice:
        """Share it in place of what was shared before; the moment is the store's.

        Raises:
            SurveyError: there is no text or too much, or the library gave no answer there.
        """
        words, now = clean_text(clean_words(practice.words)), self._clock()
        shared = replace(practice, words=words, shared_at=now)
        with self._database.writing_alone(_PURPOSE) as connection:
            _require_answered(connection, shared)
            before = _standing(connection, shared)
            row = {
                "words": words,
                "evidence": shared.evidence,
                "shared_by": shared.shared_by,
                "shared_at": now,
                "withdrawn_at": None,
            }
            if before is None:
                connection.execute(_ADD, {**{name: getattr(shared, name) for name in _KEY}, **row})
            else:
                connection.execute(_CHANGE.values(row), _key(shared))
            _tell(connection, "practice.share", shared, by=shared.shared_by, at=now)
        return shared

    def withdraw(self, practice: Practice, by: str) -> None:
        """Take it back, text and evidence, from this moment; a second time changes nothing."""
        with self._database.writing_alone(_PURPOSE) as connection:
            before = _standing(connection, practice)
            if before is None or before[1] is not None:
                return
            now = self._clock()
            connection.execute(_CHANGE.values({"withdrawn_at": now, "words": ""}), _key(practice))
            _tell(connection, "practice.withdraw", practice, by=by, at=now)


def _key(practice: Practice) -> dict[str, str]:
    return {f"of_{name}": getattr(practice, name) for name in _KEY}


def _standing(connection: Connection, practice: Practice) -> tuple[bool, datetime | None] | None:
    row = connection.execute(_STANDS, _key(practice)).first()
    return None if row is None else (row[0], row[1])


def _require_answered(connection: Connection, practice: Practice) -> None:
    key = {name: getattr(practice, name) for name in _KEY}
    if not read_newest(connection, key).revision:
        raise SurveyError(
            vi=f"Thư viện chưa trả lời câu {practice.question_id} trong đợt này nên chưa chia sẻ được cách làm. "
            "Hãy chọn một chỉ số đã trả lời.",
            en=f"The library has not answered question {practice.question_id} in this round, so there is nothing to "
            "share yet. Choose an indicator that was answered.",
        )


def _tell(connection: Connection, action: str, practice: Practice, *, by: str, at: datetime) -> None:
    thing = f"practice:{practice.round_id}/{practice.library_id}/{practice.question_id}"
    write_audit(connection, action, thing, by=by, at=at, new={"evidence": practice.evidence})
