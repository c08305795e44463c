"""Named what-ifs of a library; they stand beside its answers and touch none of them."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from survey.access import Person, may_try, require
from survey.response import Answer
from survey.scenario import MOST_SCENARIOS, Scenario, clean_name, read_changes, write_changes
from survey.store.audit import write_audit
from survey.store.columns import clean_text
from survey.store.engine import Database
from survey.store.refusals import no_such_scenario, scenario_name_taken, too_many_scenarios
from survey.store.schema import scenario as table

_COLUMNS = (
    table.c.id,
    table.c.round_id,
    table.c.library_id,
    table.c.name,
    table.c.changes,
    table.c.based_on,
    table.c.made_by,
    table.c.made_at,
)
_OF_LIBRARY = (
    select(*_COLUMNS)
    .where(table.c.round_id == bindparam("the_round"), table.c.library_id == bindparam("the_library"))
    .order_by(table.c.made_at, table.c.id)
)
_COUNT = select(func.count()).select_from(table).where(table.c.library_id == bindparam("the_library"))
_ONE = select(*_COLUMNS).where(table.c.id == bindparam("the_id"))
_SAME_NAME = select(table.c.id).where(
    table.c.round_id == bindparam("the_round"),
    table.c.library_id == bindparam("the_library"),
    table.c.name == bindparam("the_name"),
)
_ADD = insert(table)
_RENAME = update(table).where(table.c.id == bindparam("the_id")).values(name=bindparam("the_name"))
_DELETE = delete(table).where(table.c.id == bindparam("the_id"))
_PURPOSE = 7_113


class Scenarios:
    """Scenarios by round and library, for those who may try changes of that library and for nobody else."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def of(self, who: Person, round_id: str, library_id: str) -> tuple[Scenario, ...]:
        """Return the scenarios of a library in a round, the oldest first.

        Raises:
            NotAllowedError: the person may not try changes of this library.
        """
        require(may_try(who, library_id))
        with self._database.reading() as connection:
            rows = connection.execute(_OF_LIBRARY, {"the_round": round_id, "the_library": library_id}).all()
        return tuple(_scenario(*row) for row in rows)

    def keep(
        self,
        who: Person,
        round_id: str,
        library_id: str,
        name: str,
        changes: Mapping[str, Answer],
        *,
        based_on: str,
    ) -> Scenario:
        """Keep changes under a name of their own.

        Raises:
            NotAllowedError: the person may not try changes of this library.
            SurveyError: the name is blank, too long or taken, or there are as many as there may be.
        """
        require(may_try(who, library_id))
        made = Scenario(
            id=secrets.token_hex(8),
            round_id=round_id,
            library_id=library_id,
            name=clean_text(clean_name(name)),
            changes=dict(changes),
            based_on=based_on,
            made_by=who.login,
            made_at=self._clock(),
        )
        with self._database.writing_alone(_PURPOSE) as connection:
            if connection.execute(_COUNT, {"the_library": library_id}).scalar_one() >= MOST_SCENARIOS:
                raise too_many_scenarios()
            _require_free(connection, made, made.name)
            connection.execute(_ADD, {**vars(made), "changes": write_changes(changes)})
            self._note(connection, "scenario.keep", made, who)
        return made

    def rename(self, who: Person, scenario_id: str, name: str) -> Scenario:
        """Give a scenario another name.

        Raises:
            NotAllowedError: the person may not try changes of its library.
            SurveyError: it is gone, or the name is blank, too long or taken.
        """
        with self._database.writing_alone(_PURPOSE) as connection:
            found = _found(connection, who, scenario_id)
            wanted = clean_text(clean_name(name))
            if wanted != found.name:
                _require_free(connection, found, wanted)
                connection.execute(_RENAME, {"the_id": found.id, "the_name": wanted})
                self._note(connection, "scenario.rename", found, who)
        return Scenario(**{**vars(found), "name": wanted})

    def delete(self, who: Person, scenario_id: str) -> None:
        """Take a scenario away for good.

        Raises:
            NotAllowedError: the person may not try changes of its library.
            SurveyError: it is gone already.
        """
        with self._database.writing_alone(_PURPOSE) as connection:
            found = _found(connection, who, scenario_id)
            connection.execute(_DELETE, {"the_id": found.id})
            self._note(connection, "scenario.delete", found, who)

    def _note(self, connection: Connection, action: str, of: Scenario, who: Person) -> None:
        """Without its name, in which a person may have written anything."""
        new = {"scenario": of.id, "changes": len(of.changes)}
        thing = f"scenario:{of.round_id}/{of.library_id}"
        write_audit(connection, action, thing, by=who.login, at=self._clock(), new=new)


def _scenario(
    scenario_id: str,
    round_id: str,
    library_id: str,
    name: str,
    changes: str,
    based_on: str,
    made_by: str,
    made_at: datetime,
) -> Scenario:
    read = read_changes(changes)
    return Scenario(scenario_id, round_id, library_id, name, read, based_on, made_by, made_at)


def _found(connection: Connection, who: Person, scenario_id: str) -> Scenario:
    row = connection.execute(_ONE, {"the_id": scenario_id}).first()
    if row is None:
        raise no_such_scenario()
    found = _scenario(*row)
    require(may_try(who, found.library_id))
    return found


def _require_free(connection: Connection, of: Scenario, name: str) -> None:
    key = {"the_round": of.round_id, "the_library": of.library_id, "the_name": name}
    if connection.execute(_SAME_NAME, key).first() is not None:
        raise scenario_name_taken(name)
