"""Who asks, and in which language they read."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from api import cookies
from api.site import Site
from survey.access import Person
from survey.text import LANGUAGES, Language

ASKED = "ngon-ngu"


@dataclass(frozen=True)
class Visitor:
    """Somebody at the door; `person` is None until they have signed in."""

    person: Person | None
    language: Language


def find_visitor(connection: HTTPConnection, site: Site) -> Visitor:
    """Look the visitor up; reads the database where there is a cookie.

    Raises:
        StorageError: the database does not answer.
    """
    token = connection.cookies.get(cookies.SESSION)
    person = site.store.sessions.person(token) if token else None
    return Visitor(person, language_of(connection, person))


def stranger(connection: HTTPConnection) -> Visitor:
    """The visitor as far as the database is not needed."""
    return Visitor(None, language_of(connection, None))


def language_of(connection: HTTPConnection, person: Person | None) -> Language:
    """What was asked for in the address, else the account's language, else the browser's last one."""
    return (
        as_language(connection.query_params.get(ASKED))
        or as_language(person.language if person else None)
        or as_language(connection.cookies.get(cookies.LANGUAGE))
        or "vi"
    )


def as_language(text: str | None) -> Language | None:
    return next((language for language in LANGUAGES if language == text), None)


def address_of(connection: HTTPConnection) -> str:
    """Where the visitor's wrong passwords are counted; behind a proxy as uvicorn was told to believe it."""
    return connection.client.host if connection.client else ""
