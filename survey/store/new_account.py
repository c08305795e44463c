"""A new account as a row."""

from typing import Any

from survey.access import Role
from survey.passwords import hash_password
from survey.store.account_rows import clean_login
from survey.store.account_rules import login_missing, require_fitting


def new_row(
    login: str, name: str, role: Role, library_id: str | None, password: str, email: str | None = None
) -> dict[str, Any]:
    """The row of a new account.

    Raises:
        SurveyError: the login is blank, the password too short, or role and library do not go together.
    """
    require_fitting(role, library_id)
    if not clean_login(login):
        raise login_missing()
    return {
        "login": clean_login(login),
        "name": name.strip() or clean_login(login),
        "role": role.value,
        "library_id": library_id,
        "language": "vi",
        "active": True,
        "password_hash": hash_password(password),
        "email": email,
    }
