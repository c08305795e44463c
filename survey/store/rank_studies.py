"""The study of ranks of a closed round, kept as it was made so that it can be shown and checked for ever."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from survey.store.audit import write_audit
from survey.store.engine import Database
from survey.store.schema import rank_study as table

_WHICH = [table.c[name] == bindparam(f"the_{name}") for name in ("round_id", "basis", "data_version")]
_GET = select(table.c.content, table.c.digest, table.c.made_at).where(*_WHICH)
_ADD = insert(table)
_PURPOSE = 7_112


@dataclass(frozen=True)
class KeptStudy:
    """A kept text with the SHA-256 that was taken of it when it was kept."""

    text: str
    digest: str
    made_at: datetime

    @property
    def is_whole(self) -> bool:
        return digest_of(self.text) == self.digest


class RankStudies:
    """Texts by round, kind of score and version of the round's data; what is kept is never changed."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def get(self, round_id: str, basis: str, data_version: int) -> KeptStudy | None:
        with self._database.reading() as connection:
            row = connection.execute(_GET, _wanted(round_id, basis, data_version)).first()
        return None if row is None else KeptStudy(*row)

    def keep(self, round_id: str, basis: str, data_version: int, text: str, by: str) -> KeptStudy:
        """Keep `text` unless one is kept already; return the one that is kept."""
        digest, now = digest_of(text), self._clock()
        with self._database.writing_alone(_PURPOSE) as connection:
            row = connection.execute(_GET, _wanted(round_id, basis, data_version)).first()
            if row is not None:
                return KeptStudy(*row)
            key = {"round_id": round_id, "basis": basis, "data_version": data_version}
            connection.execute(_ADD, {**key, "content": text, "digest": digest, "made_at": now})
            new = {"basis": basis, "checksum": digest}
            write_audit(connection, "round.ranks", f"round:{round_id}", by=by, at=now, new=new)
        return KeptStudy(text, digest, now)


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _wanted(round_id: str, basis: str, data_version: int) -> dict[str, object]:
    return {"the_round_id": round_id, "the_basis": basis, "the_data_version": data_version}
