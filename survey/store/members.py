"""The members of the Federation as the administrator last put them."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from survey.members import Member
from survey.store.audit import write_audit
from survey.store.engine import Database
from survey.store.schema import member, round_

_ALL = select(member.c.content).order_by(member.c.position)
_ADD = insert(member).inline()
_REMOVE_ALL = delete(member)
_TOUCH_ROUNDS = update(round_).values(data_version=round_.c.data_version + 1)
_PURPOSE = 7_103


class Members:
    """Every member there is or was, in their order."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Member, ...]:
        with self._database.reading() as connection:
            return tuple(map(Member.model_validate_json, connection.execute(_ALL).scalars()))

    def replace_all(self, members: Sequence[Member], by: str) -> None:
        """Put `members` in the place of those that were there; what each round shows may change."""
        rows = [_to_row(entry, position) for position, entry in enumerate(members)]
        with self._database.writing_alone(_PURPOSE) as connection:
            old = list(connection.execute(_ALL).scalars())
            new = [row["content"] for row in rows]
            if old == new:
                return
            connection.execute(_REMOVE_ALL)
            if rows:
                connection.execute(_ADD, rows)
            connection.execute(_TOUCH_ROUNDS)
            write_audit(
                connection,
                "members.replace",
                "members",
                by=by,
                at=self._clock(),
                old={"members": [json.loads(text) for text in old]},
                new={"members": [json.loads(text) for text in new]},
            )


def _to_row(entry: Member, position: int) -> dict[str, Any]:
    return {
        "id": entry.id,
        "position": position,
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
        "content": json.dumps(entry.model_dump(mode="json"), ensure_ascii=False),
    }
