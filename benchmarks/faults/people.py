"""Accounts for every part in the review cycle, with real rows in the store."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from argon2 import PasswordHasher

from survey import passwords
from survey.access import Person, Role
from survey.store import Store

PASSWORD = "mật khẩu thử nghiệm"
CHAIR, REVIEWER = "chutich", "thamdinh"


@contextmanager
def quick_hashing() -> Iterator[None]:
    """Hash passwords with next to no work."""
    hasher = passwords._HASHER
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    try:
        yield
    finally:
        passwords._HASHER = hasher


def add_person(store: Store, login: str, role: Role, library: str | None = None) -> Person:
    with quick_hashing():
        return store.accounts.add(login, login, role, library, PASSWORD, by="faults")


def add_people(store: Store, round_id: str, libraries: tuple[str, ...]) -> None:
    """One director for each library, one reviewer of them all, and the chair."""
    chair, reviewer = add_person(store, CHAIR, Role.CHAIR), add_person(store, REVIEWER, Role.REVIEWER)
    for library in libraries:
        add_person(store, director_of(library), Role.DIRECTOR, library)
        store.cycle.assign(round_id, library, reviewer.id, chair)


def director_of(library: str) -> str:
    """The login of the library's director."""
    return f"giamdoc.{library}"


def people(store: Store) -> Mapping[str, Person]:
    """Everybody by login."""
    return {person.login: person for person in store.accounts.all()}
