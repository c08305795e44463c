"""What the running server shares with every session: the store, and each round's report once."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from report.round_report import RoundReport, round_report
from survey.framework import Framework, SourceDocument, load_sources, parse_framework
from survey.framework.loading import DATA
from survey.letters import SendMail
from survey.members import Members
from survey.response import Response
from survey.rounds import Round
from survey.store import Store
from survey.text import name_order

FRAMEWORKS = DATA / "frameworks"


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Application:
    """The store with what is derived from it; safe to use from many threads.

    sample: the data are invented and every page and file says so. mail: how letters leave, None where no mail
    server is configured. provider: people may also sign in through an identity provider. address: what stands
    before the paths in links that are passed on; "" for the one in the reader's own browser.
    """

    store: Store
    members: Members
    sample: bool = False
    mail: SendMail | None = None
    provider: bool = False
    address: str = ""
    clock: Callable[[], datetime] = utc_now
    _reports: dict[str, tuple[int, str, RoundReport]] = field(default_factory=dict)
    _frameworks: dict[str, Framework] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.sources: dict[str, SourceDocument] = load_sources()

    def framework(self, round_: Round) -> Framework:
        """The framework of a round: the frozen text once it was opened, the file before that."""
        key = round_.checksum or f"{round_.framework_id}@{round_.framework_version}"
        if key not in self._frameworks:
            text = (
                self.store.frameworks.text(round_.checksum)
                if round_.checksum
                else framework_path(round_.framework_id).read_text(encoding="utf-8")
            )
            self._frameworks[key] = parse_framework(text, name=round_.framework_id, cited=self.sources)
        return self._frameworks[key]

    def report(self, round_id: str) -> RoundReport | None:
        """Everything about a round, computed once for each version of its data."""
        round_ = self.store.rounds.get(round_id)
        if round_ is None:
            return None
        version, state = round_.data_version, round_.state
        held = self._reports.get(round_id)
        if held is None or held[:2] != (version, state):
            with self._lock:
                held = self._reports.get(round_id)
                if held is None or held[:2] != (version, state):
                    held = (version, state, self.report_with(round_, self.store.answers.responses(round_.id)))
                    self._reports[round_id] = held
        return held[2]

    def report_with(self, round_: Round, responses: Mapping[str, Response]) -> RoundReport:
        """The round with just these responses, for pages that need no others."""
        members = sorted(
            self.members.valid_on(round_.reference_date), key=lambda member: name_order(member.short.vi)
        )
        return round_report(
            round_,
            self.framework(round_),
            members,
            responses,
            self.sources,
            sample=self.sample,
        )


def framework_path(framework_id: str) -> Path:
    return FRAMEWORKS / f"{framework_id}.yaml"


_application: Application | None = None


def configure(application: Application) -> None:
    """Make `application` the one that every session of this process uses."""
    global _application
    _application = application


def application() -> Application:
    """The configured application.

    Raises:
        RuntimeError: the server was not started through `app.py`.
    """
    if _application is None:
        raise RuntimeError("no application is configured: start the server with `streamlit run app.py`")
    return _application
