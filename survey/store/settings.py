"""A few facts about the database itself, by name, such as whether its data are invented."""

from sqlalchemy import bindparam, delete, insert, select

from survey.store.engine import Database
from survey.store.schema import setting

_GET = select(setting.c.value).where(setting.c.name == bindparam("wanted"))
_DROP = delete(setting).where(setting.c.name == bindparam("wanted"))
_ADD = insert(setting)
_PURPOSE = 7_106


class Settings:
    """Values by name; a name that was never put is None."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> str | None:
        with self._database.reading() as connection:
            value = connection.execute(_GET, {"wanted": name}).scalar_one_or_none()
        return None if value is None else str(value)

    def put(self, name: str, value: str) -> None:
        with self._database.writing_alone(_PURPOSE) as connection:
            connection.execute(_DROP, {"wanted": name})
            connection.execute(_ADD, {"name": name, "value": value})
