"""The review cycle as people act in it: who they are is looked up anew within each change."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import Connection

from survey.access import Person
from survey.response import Response
from survey.review import (
    NO_REVIEW,
    Assignment,
    Decision,
    LateException,
    Post,
    ReviewFile,
    Ruling,
    Submission,
)
from survey.rounds import Round, RoundState
from survey.store import reviewing, ruling
from survey.store.assigning import (
    assign,
    capacity_now,
    read_assigned,
    read_assignments,
    unassign,
)
from survey.store.columns import clean_text
from survey.store.decisions import read_decisions
from survey.store.engine import Database
from survey.store.late import grant_exception, read_exceptions
from survey.store.refusals import (
    ActionNotAllowedError,
    exception_too_early,
    name_missing,
    reason_for_exception_missing,
    round_not_open,
)
from survey.store.refused import refusals_noted
from survey.store.reviewing import Sending, Sent
from survey.store.rounds import lock_round
from survey.store.ruling import Indicator
from survey.store.steps import Actor
from survey.store.submissions import read_submissions
from survey.store.threads import read_posts
from survey.text import format_day
from survey.workflow import Action, Capacity


class Cycle:
    """Sending, reviewing, replying and accepting; every refused act is noted in the audit trail."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def at(self, moment: datetime) -> "Cycle":
        """The same cycle with its clock standing at `moment`, for bringing in what happened before."""
        return Cycle(self._database, lambda: moment)

    # The library's side

    def submit(
        self, round_id: str, library_id: str, who: Person, sending: Sending, *, today: date | None = None
    ) -> Sent:
        """Send the response under a name; sent twice, it is sent once and has one receipt.

        Raises:
            SurveyError: it cannot be sent now or by this person, or no name was given.
        """
        if not clean_text(sending.name).strip():
            raise name_missing()
        with self._acting(Action.SUBMIT, round_id, library_id, who) as (connection, actor):
            return reviewing.submit_response(connection, round_id, library_id, sending, actor, today=today)

    def withdraw(self, round_id: str, library_id: str, who: Person) -> Response:
        """Take the response back while nobody has begun to review it."""
        with self._acting(Action.WITHDRAW, round_id, library_id, who) as (connection, actor):
            return reviewing.withdraw_response(connection, round_id, library_id, actor)

    def reply(self, round_id: str, library_id: str, question_id: str, words: str, who: Person) -> Post:
        """Explain an answer to the reviewer."""
        about = Indicator(round_id, library_id, question_id)
        with self._acting(Action.REPLY, round_id, library_id, who, about.place) as (connection, actor):
            return ruling.reply(connection, about, words, actor)

    # The review's side

    def start_review(self, round_id: str, library_id: str, who: Person) -> Response:
        with self._acting(Action.START_REVIEW, round_id, library_id, who) as (connection, actor):
            return reviewing.start_review(connection, round_id, library_id, actor)

    def decide(self, about: Indicator, wished: Ruling, who: Person) -> Decision:
        """Decide about one indicator on the revision that was looked at.

        Raises:
            StaleDecisionError: the answer or the decision changed since; carries both.
            SurveyError: it is not possible now or for this person, or the ruling lacks something.
        """
        with self._acting(Action.DECIDE, about.round_id, about.library_id, who, about.place) as acting:
            return ruling.decide(acting[0], about, wished, acting[1])

    def return_(
        self,
        round_id: str,
        library_id: str,
        who: Person,
        remark: str = "",
        *,
        opened: Collection[str] | None = None,
        everything: bool = False,
    ) -> Response:
        """Give the response back, open where a reviewer asked for more unless `opened` says otherwise."""
        with self._acting(Action.RETURN, round_id, library_id, who) as (connection, actor):
            return reviewing.return_response(
                connection, round_id, library_id, remark, actor, opened=opened, everything=everything
            )

    def accept(self, round_id: str, library_id: str, who: Person, *, rest_met: bool = False) -> Response:
        """Accept the response; with `rest_met` what nobody decided about is verified too."""
        with self._acting(Action.ACCEPT, round_id, library_id, who) as (connection, actor):
            return reviewing.accept_response(connection, round_id, library_id, actor, rest_met=rest_met)

    def reopen(self, round_id: str, library_id: str, who: Person) -> Response:
        """Take an accepted response back into review."""
        with self._acting(Action.REOPEN, round_id, library_id, who) as (connection, actor):
            return reviewing.reopen_response(connection, round_id, library_id, actor)

    # The chair's side

    def assign(self, round_id: str, library_id: str, person_id: int, who: Person) -> None:
        """Name a reviewer, or somebody of another library as second reader.

        Raises:
            SurveyError: the person cannot review this library, or `who` is not the chair.
        """
        with self._as_chair("assign", round_id, library_id, who) as (connection, _, actor):
            assign(connection, round_id, library_id, person_id, by=actor.by, at=actor.at)

    def unassign(self, round_id: str, library_id: str, person_id: int, who: Person) -> None:
        with self._as_chair("unassign", round_id, library_id, who) as (connection, _, actor):
            unassign(connection, round_id, library_id, person_id, by=actor.by, at=actor.at)

    def grant_late(
        self, round_id: str, library_id: str, last_day: date, reason: str, who: Person
    ) -> LateException:
        """Let one library send until a later day.

        Raises:
            SurveyError: the day is not after the round's last day, no reason is given, or `who` is
                not the chair.
        """
        reason = clean_text(reason).strip()
        if not reason:
            raise reason_for_exception_missing()
        with self._as_chair("grant_late", round_id, library_id, who) as (connection, round_, actor):
            if last_day <= round_.closes_on:
                raise exception_too_early(format_day(round_.closes_on, "vi"))
            return grant_exception(
                connection, round_id, library_id, last_day, reason, by=actor.by, at=actor.at
            )

    # Reading

    def submissions(self, round_id: str, library_id: str) -> tuple[Submission, ...]:
        """Every sending of a library, the first one first."""
        with self._database.reading() as connection:
            return read_submissions(connection, round_id, library_id)

    def file(self, round_id: str, library_id: str) -> ReviewFile:
        """What was decided and written about one response."""
        with self._database.reading() as connection:
            return _files(connection, round_id, library_id).get(library_id, NO_REVIEW)

    def files(self, round_id: str) -> Mapping[str, ReviewFile]:
        """What was decided and written in a round, by library: two queries however many there are."""
        with self._database.reading() as connection:
            return _files(connection, round_id)

    def assignments(self, round_id: str) -> tuple[Assignment, ...]:
        with self._database.reading() as connection:
            return read_assignments(connection, round_id)

    def assigned(self, person_id: int) -> Mapping[str, tuple[str, ...]]:
        """By round that is not published, the libraries that a person reviews."""
        with self._database.reading() as connection:
            return read_assigned(connection, person_id)

    def late_exceptions(self, round_id: str) -> Mapping[str, LateException]:
        with self._database.reading() as connection:
            return read_exceptions(connection, round_id)

    def capacity(self, round_id: str, library_id: str, who: Person) -> Capacity:
        """As what the person meets the response now."""
        with self._database.reading() as connection:
            return capacity_now(connection, who.id, round_id, library_id)

    @contextmanager
    def _acting(
        self, action: Action, round_id: str, library_id: str, who: Person, place: str = ""
    ) -> Iterator[tuple[Connection, Actor]]:
        moment, thing = self._clock(), place or f"response:{round_id}/{library_id}"
        with (
            refusals_noted(self._database, action, thing, by=who.login, at=moment),
            self._database.writing() as connection,
        ):
            # The round first: whoever changes an assignment waits until this act is done.
            lock_round(connection, round_id)
            capacity = capacity_now(connection, who.id, round_id, library_id)
            yield connection, Actor(who.login, capacity, moment)

    @contextmanager
    def _as_chair(
        self, action: str, round_id: str, library_id: str, who: Person
    ) -> Iterator[tuple[Connection, Round, Actor]]:
        moment = self._clock()
        with (
            refusals_noted(
                self._database, action, f"response:{round_id}/{library_id}", by=who.login, at=moment
            ),
            self._database.writing() as connection,
        ):
            round_ = lock_round(connection, round_id)
            if capacity_now(connection, who.id, round_id, library_id) is not Capacity.CHAIR:
                raise ActionNotAllowedError(
                    vi="Không tìm thấy nội dung này, hoặc chỉ Chủ tịch Liên hiệp được làm việc này.",
                    en="This was not found, or only the Federation's chair may do it.",
                )
            if round_.state is RoundState.PUBLISHED:
                raise round_not_open(round_.name, round_.state)
            yield connection, round_, Actor(who.login, Capacity.CHAIR, moment)


def _files(connection: Connection, round_id: str, library_id: str | None = None) -> Mapping[str, ReviewFile]:
    decided = read_decisions(connection, round_id, library_id)
    posted = read_posts(connection, round_id, library_id)
    return {
        library: ReviewFile(decided.get(library, {}), posted.get(library, {}))
        for library in decided.keys() | posted.keys()
    }
