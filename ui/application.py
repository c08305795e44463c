"""What the running server shares with every session: the store, and each round's report once."""

import hashlib
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from report.rank_study import RankStudy, from_text, study_ranks, to_text
from report.round_report import RoundReport, round_report
from survey.comparing import comparison_for
from survey.comparison import Comparison
from survey.errors import StorageError
from survey.framework import (
    Framework,
    FrameworkFile,
    SourceDocument,
    TargetChange,
    change_target,
    load_framework,
    load_sources,
    parse_framework,
)
from survey.framework.loading import DATA
from survey.framework.yaml_file import read_file
from survey.letters import SendMail
from survey.members import Members
from survey.response import Response
from survey.rounds import Round
from survey.store import Store
from survey.store.frameworks import KeptFramework
from survey.text import name_order

LOGGER = logging.getLogger("thuoc_so")
SYSTEM = "system"
FRAMEWORKS = DATA / "frameworks"


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class ShownStudy:
    """A study of ranks. kept_at, digest: when it was kept with its round; None and "" where the round goes on."""

    study: RankStudy
    kept_at: datetime | None = None
    digest: str = ""


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
    _studies: dict[tuple[str, str], tuple[int, ShownStudy]] = field(default_factory=dict)
    _comparisons: dict[tuple[str, str], tuple[object, Comparison]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.sources: dict[str, SourceDocument] = load_sources()

    def framework(self, round_: Round) -> Framework:
        """The framework of a round: the frozen text once it was opened, the newest one before that."""
        if round_.checksum:
            return self.framework_of(round_.checksum, round_.framework_id)
        return self.newest_framework(round_.framework_id).framework

    def framework_of(self, checksum: str, framework_id: str) -> Framework:
        """The framework of a kept text.

        Raises:
            StorageError: no such text is kept.
        """
        if checksum not in self._frameworks:
            text = self.store.frameworks.text(checksum)
            self._frameworks[checksum] = parse_framework(text, name=framework_id, cited=self.sources)
        return self._frameworks[checksum]

    def newest_framework(self, framework_id: str) -> FrameworkFile:
        """What a round is opened with: the highest adopted version where it is above the file's, else the file."""
        file = self.shipped_framework(framework_id)
        kept = self.store.frameworks.newest(framework_id)
        if kept is None or kept[0].version <= file.framework.version:
            return file
        return FrameworkFile(self.framework_of(kept[0].checksum, framework_id), kept[1])

    def shipped_framework(self, framework_id: str) -> FrameworkFile:
        """The framework's file as it is now; parsed once for each of its texts."""
        path = framework_path(framework_id)
        text = read_file(path)
        checksum = hashlib.sha256(text.encode()).hexdigest()
        if checksum not in self._frameworks:
            self._frameworks[checksum] = load_framework(path).framework
        return FrameworkFile(self._frameworks[checksum], text)

    def require_sound(self, framework_id: str, change: TargetChange) -> None:
        """Raises SurveyError: with this change the newest framework would be faulty."""
        change_target(self.newest_framework(framework_id), change, self.sources)

    def methods(self, framework_id: str) -> tuple[KeptFramework, ...]:
        """The versions that are kept, newest first; of two texts with one number both are there."""
        kept = [one for one in self.store.frameworks.kept() if one.id == framework_id]
        return tuple(sorted(kept, key=lambda one: one.version, reverse=True))

    def report_under(self, round_id: str, checksum: str) -> RoundReport | None:
        """A round scored by another kept version of its framework; computed once for each version of its data."""
        official = self.report(round_id)
        if official is None or checksum == official.round.checksum:
            return official
        key = f"{round_id} {checksum}"
        version, state = official.round.data_version, official.round.state
        held = self._reports.get(key)
        if held is None or held[:2] != (version, state):
            framework = self.framework_of(checksum, official.round.framework_id)
            held = (version, state, replace(official, framework=framework))
            self._reports[key] = held
        return held[2]

    def report(self, round_id: str) -> RoundReport | None:
        """Everything about a round, computed once for each version of its data."""
        round_ = self.store.rounds.get(round_id)
        if round_ is None:
            return None
        # The framework of a draft changes, too, with each target that is adopted.
        version, state, framework = round_.data_version, round_.state, self.framework(round_)
        held = self._reports.get(round_id)
        if held is None or held[:2] != (version, state) or held[2].framework is not framework:
            with self._lock:
                held = self._reports.get(round_id)
                if held is None or held[:2] != (version, state) or held[2].framework is not framework:
                    held = (version, state, self.report_with(round_, self.store.answers.responses(round_.id)))
                    self._reports[round_id] = held
        return held[2]

    def comparison(self, round_: Round, library: str) -> Comparison:
        """What a library's answers are compared with, computed once until another library sends or takes back.

        Saving a draft is no reason to: only what was sent is compared with.
        """
        before = self._last_before(library)
        version = (self.store.answers.sent(round_.id), before)
        held = self._comparisons.get((round_.id, library))
        if held is None or held[0] != version:
            held = (version, self._comparison(round_, library, before))
            self._comparisons[round_.id, library] = held
        return held[1]

    def _comparison(self, round_: Round, library: str, before: Round | None) -> Comparison:
        parts = self.members.predecessors_of(library)
        report, earlier = self.report(round_.id), self.report(before.id) if before else None
        assert report is not None
        told = earlier.responses if earlier else {}
        return comparison_for(
            report.framework,
            library,
            report.responses,
            parts={part.id: told[part.id] for part in parts if part.id in told},
            names={part.id: part.short for part in parts},
        )

    def _last_before(self, library: str) -> Round | None:
        """The last round before the merger that made a library; None for one that no merger made."""
        member = self.members.by_id.get(library)
        if member is None or member.valid_from is None or not self.members.predecessors_of(library):
            return None
        first = member.valid_from
        earlier = [one for one in self.store.rounds.all() if one.reference_date < first]
        return max(earlier, key=lambda one: one.reference_date, default=None)

    def rank_study(self, round_id: str, basis: str, *, by: str = SYSTEM) -> ShownStudy:
        """The study of ranks of a round: the kept one of a closed round, which is made once and never again.

        by: who has closed the round, for the trail.
        """
        report = self.report(round_id)
        assert report is not None
        version = report.round.data_version
        held = self._studies.get((round_id, basis))
        if held is None or held[0] != version:
            held = (version, self._study(report, basis, by))
            self._studies[round_id, basis] = held
        return held[1]

    def _study(self, report: RoundReport, basis: str, by: str) -> ShownStudy:
        round_, studies = report.round, self.store.rank_studies
        if not round_.is_final:
            return ShownStudy(study_ranks(report, basis=basis))
        kept = studies.get(round_.id, basis, round_.data_version)
        if kept is None:
            study = study_ranks(report, basis=basis)
            try:
                kept = studies.keep(round_.id, basis, round_.data_version, to_text(study), by)
            except StorageError:
                LOGGER.exception("the study of ranks of round %s could not be kept", round_.id)
                return ShownStudy(study)
        if not kept.is_whole:
            LOGGER.error("the kept study of ranks of round %s is not what was kept", round_.id)
            return ShownStudy(study_ranks(report, basis=basis))
        return ShownStudy(from_text(kept.text), kept.made_at, kept.digest)

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
