"""Rounds: set up, opened with a frozen framework, closed, published."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from survey.rounds import NEXT_STATES, Round, RoundState
from survey.store.audit import write_audit
from survey.store.engine import Database
from survey.store.frameworks import keep_framework
from survey.store.refusals import (
    dates_reversed,
    framework_changed,
    round_exists,
    round_not_found,
    round_step_refused,
)
from survey.store.schema import round_ as table

_ALL = select(table).order_by(table.c.reference_date.desc(), table.c.id.desc())
_ONE = select(table).where(table.c.id == bindparam("round_id"))
_VERSION = select(table.c.data_version).where(table.c.id == bindparam("round_id"))
_ADD = insert(table)
_IN_ROUND = table.c.id == bindparam("round_id")
_TOUCH = (
    update(table).where(_IN_ROUND).values(data_version=table.c.data_version + 1).returning(*table.columns)
)
_CHANGE_STATE = (
    update(table)
    .where(_IN_ROUND)
    .values(state=bindparam("to"), checksum=bindparam("frozen"), framework_version=bindparam("of_version"))
)
_CHANGE_CLOSING = update(table).where(_IN_ROUND).values(closes_on=bindparam("last_day"))


class Rounds:
    """The rounds of the Federation."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def add(self, round_: Round, by: str) -> Round:
        """Add a round as it is given.

        Raises:
            SurveyError: its id is taken, or it closes before it opens.
        """
        if round_.closes_on < round_.opens_on:
            raise dates_reversed()
        row = {**asdict(round_), "state": round_.state.value}
        try:
            with self._database.writing() as connection:
                connection.execute(_ADD, row)
                self._audit(connection, "round.add", round_.id, by, new=_readable(round_))
        except IntegrityError as error:
            raise round_exists(round_.id) from error
        return round_

    def get(self, round_id: str) -> Round | None:
        with self._database.reading() as connection:
            row = connection.execute(_ONE, {"round_id": round_id}).first()
        return None if row is None else _to_round(row)

    def all(self) -> tuple[Round, ...]:
        """Return every round, the newest reference date first."""
        with self._database.reading() as connection:
            return tuple(map(_to_round, connection.execute(_ALL)))

    def change_state(
        self,
        round_id: str,
        to: RoundState,
        by: str,
        *,
        checksum: str | None = None,
        framework_text: str | None = None,
        framework_version: int | None = None,
    ) -> Round:
        """Move a round on by one of the steps of `NEXT_STATES`.

        The first opening freezes the framework: it needs `checksum` and `framework_text`, and
        every later opening keeps them. framework_version: of that text, where it is another than the
        one that the round was set up with.

        Raises:
            SurveyError: the round does not stand where this step begins, or another framework
                was frozen.
            ValueError: the first opening came without a framework.
        """
        with self._database.writing() as connection:
            round_ = lock_round(connection, round_id)
            if to not in NEXT_STATES[round_.state]:
                raise round_step_refused(round_.name, round_.state, to)
            frozen, version = round_.checksum, round_.framework_version
            if to is RoundState.OPEN:
                version = version if round_.checksum else framework_version or version
                frozen = _freeze(connection, round_, checksum, framework_text, version)
            values = {"round_id": round_id, "to": to.value, "frozen": frozen, "of_version": version}
            connection.execute(_CHANGE_STATE, values)
            old, new = {"state": round_.state.value}, {"state": to.value, "checksum": frozen}
            self._audit(connection, "round.state", round_id, by, old=old, new=new)
            return _to_round(connection.execute(_ONE, {"round_id": round_id}).one())

    def change_closing(self, round_id: str, closes_on: date, by: str) -> Round:
        """Move the last day of a round that is not published.

        Raises:
            SurveyError: the round is published, or would close before it opens.
        """
        with self._database.writing() as connection:
            round_ = lock_round(connection, round_id)
            if round_.state is RoundState.PUBLISHED:
                raise round_step_refused(round_.name, round_.state, RoundState.OPEN)
            if closes_on < round_.opens_on:
                raise dates_reversed()
            connection.execute(_CHANGE_CLOSING, {"round_id": round_id, "last_day": closes_on})
            old, new = {"closes_on": str(round_.closes_on)}, {"closes_on": str(closes_on)}
            self._audit(connection, "round.closing", round_id, by, old=old, new=new)
            return _to_round(connection.execute(_ONE, {"round_id": round_id}).one())

    def _audit(
        self,
        connection: Connection,
        action: str,
        round_id: str,
        by: str,
        *,
        old: Mapping[str, Any] | None = None,
        new: Mapping[str, Any] | None = None,
    ) -> None:
        write_audit(connection, action, f"round:{round_id}", by=by, at=self._clock(), old=old, new=new)


def lock_round(connection: Connection, round_id: str) -> Round:
    """Return the round with its data version raised, and keep every other change of it waiting.

    Saving, submitting, reviewing and closing all begin here, so two of them never overlap.

    Raises:
        SurveyError: there is no such round.
    """
    row = connection.execute(_TOUCH, {"round_id": round_id}).first()
    if row is None:
        raise round_not_found(round_id)
    return _to_round(row)


def read_version(connection: Connection, round_id: str) -> int:
    version = connection.execute(_VERSION, {"round_id": round_id}).scalar_one_or_none()
    if version is None:
        raise round_not_found(round_id)
    return int(version)


def _freeze(
    connection: Connection, round_: Round, checksum: str | None, text: str | None, version: int
) -> str:
    if round_.checksum:
        if checksum not in (None, round_.checksum):
            raise framework_changed(round_.name)
        return round_.checksum
    if checksum is None or text is None:
        raise ValueError(f"round {round_.id} cannot open without the text of its framework")
    keep_framework(connection, round_.framework_id, version, checksum, text)
    return checksum


def _to_round(row: Row[Any]) -> Round:
    fields = dict(row._mapping)
    return Round(**{**fields, "state": RoundState(fields["state"])})


def _readable(round_: Round) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in asdict(round_).items()}
