"""An account's row as a person."""

import re
from collections.abc import Sequence
from typing import Any

from survey.access import Person, Role
from survey.errors import SurveyError
from survey.store.columns import clean_text
from survey.store.schema import account

LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+")

# In the order that `to_person` takes.
PERSON = (
    account.c.id,
    account.c.login,
    account.c.name,
    account.c.role,
    account.c.library_id,
    account.c.language,
    account.c.email,
)


def to_person(fields: Sequence[Any]) -> Person:
    number, login, name, role, library_id, language, email = fields
    return Person(number, login, name, Role(role), library_id, language, email)


def clean_login(login: str) -> str:
    """Logins differ neither by case nor by blanks around them."""
    return clean_text(login).strip().lower()


def clean_email(email: str) -> str | None:
    """Return the address in small letters, None where there is none.

    Raises:
        SurveyError: it is no address.
    """
    text = clean_text(email).strip().lower()
    if not text:
        return None
    if len(text) > LONGEST_EMAIL or not _EMAIL.fullmatch(text):
        raise SurveyError(
            vi=f"«{text[:80]}» không phải địa chỉ thư điện tử. Hãy viết như ten@thuvien.vn.",
            en=f"“{text[:80]}” is no e-mail address. Write it like name@library.vn.",
        )
    return text


def facts(person: Person) -> dict[str, Any]:
    """What the audit trail keeps of an account: no name and no e-mail, which are personal data."""
    return {"role": person.role.value, "library_id": person.library_id}
