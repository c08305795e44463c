"""An account's row as a person."""

from collections.abc import Sequence
from typing import Any

from survey.access import Person, Role
from survey.store.columns import clean_text
from survey.store.schema import account

# In the order that `to_person` takes.
PERSON = (
    account.c.id,
    account.c.login,
    account.c.name,
    account.c.role,
    account.c.library_id,
    account.c.language,
)


def to_person(fields: Sequence[Any]) -> Person:
    number, login, name, role, library_id, language = fields
    return Person(number, login, name, Role(role), library_id, language)


def clean_login(login: str) -> str:
    """Logins differ neither by case nor by blanks around them."""
    return clean_text(login).strip().lower()
