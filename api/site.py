"""What every route and middleware knows of this installation."""

from collections.abc import Callable
from dataclasses import dataclass

from report.rank_study import RankStudy
from report.round_report import RoundReport
from survey.access import Person
from survey.provider import Provider
from survey.store import Store


@dataclass(frozen=True, kw_only=True)
class Site:
    """One installation.

    reports: a round's report by its id, kept by the caller for each version of the data; None where there
    is no such round. rank_study: the study of a round's ranks by its id and the kind of score. sample: the data are invented and
    every page and file says so. secure: people reach the server over TLS only. hosts: the names that it
    answers to, in small letters; none: this machine, and bare numbers. demo: login and name of the accounts
    that anybody may try, in sample mode alone.
    provider: where people may also sign in, if the deployment names an identity provider.
    """

    store: Store
    reports: Callable[[str], RoundReport | None]
    rank_study: Callable[[str, str], RankStudy]
    sample: bool = False
    secure: bool = False
    hosts: frozenset[str] = frozenset()
    demo: tuple[tuple[str, str], ...] = ()
    demo_password: str | None = None
    provider: Provider | None = None

    def is_demo(self, person: Person) -> bool:
        """Whether anybody may sign in as this person, so that its password and second factor stay as they are."""
        return any(person.login == login for login, _ in self.demo)

    def __post_init__(self) -> None:
        if not self.sample and (self.demo or self.demo_password):
            raise ValueError("demo accounts belong to sample mode alone")
