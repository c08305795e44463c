"""Answers and responses of a round: read, saved, submitted, reviewed, imported."""

from collections.abc import Callable, Mapping, Set
from datetime import date, datetime

from survey.response import Answer, Recorded, Response, ResponseState, SavedAnswer
from survey.store.answer_rows import clean_answer
from survey.store.engine import Database
from survey.store.importing import Batch, import_batch
from survey.store.reading import read_history, read_response, read_responses, read_saves, read_sent
from survey.store.refused import refusals_noted
from survey.store.reviewing import Sending, review_response, submit_response
from survey.store.rounds import read_version
from survey.store.saving import Save, save_answer
from survey.store.steps import Actor
from survey.workflow import Action, Capacity


class Answers:
    """Append-only answers; the newest revision of a question is its answer."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def response(self, round_id: str, library_id: str) -> Response:
        """Return the response, or an empty draft where nothing was saved."""
        with self._database.reading() as connection:
            return read_response(connection, round_id, library_id)

    def responses(self, round_id: str) -> dict[str, Response]:
        """Return the responses that exist, by library: three queries however many there are."""
        with self._database.reading() as connection:
            return read_responses(connection, round_id)

    def sent(self, round_id: str) -> frozenset[tuple[str, datetime | None]]:
        """The libraries that have sent, each with the moment: changes when somebody sends or takes back."""
        with self._database.reading() as connection:
            return read_sent(connection, round_id)

    def history(self, round_id: str, library_id: str, question_id: str) -> tuple[Recorded, ...]:
        """Return every revision, the first one first."""
        key = {"round_id": round_id, "library_id": library_id, "question_id": question_id}
        with self._database.reading() as connection:
            return read_history(connection, key)

    def saves(self, round_id: str) -> tuple[SavedAnswer, ...]:
        """Return every save of the round without what was answered, by library in order of time."""
        with self._database.reading() as connection:
            return read_saves(connection, round_id)

    def version(self, round_id: str) -> int:
        """Return a number that rises with every change of the round's data.

        Raises:
            SurveyError: there is no such round.
        """
        with self._database.reading() as connection:
            return read_version(connection, round_id)

    def save(
        self,
        round_id: str,
        library_id: str,
        question_id: str,
        answer: Answer,
        *,
        opened_revision: int,
        by: str,
        today: date | None = None,
    ) -> Recorded:
        """Save one answer on top of the revision that the person opened (0 for none).

        With `today`, the round's last day is enforced too.

        Raises:
            StaleAnswerError: somebody saved the same question since; carries what stands now.
            SurveyError: the round or the response takes no changes.
            StorageError: the database did not take it; nothing was written.
        """
        save = Save(
            round_id, library_id, question_id, clean_answer(answer), opened_revision, by, self._clock()
        )
        thing = f"answer:{round_id}/{library_id}/{question_id}"
        with (
            refusals_noted(self._database, Action.SAVE, thing, by=by, at=save.at),
            self._database.writing() as connection,
        ):
            return save_answer(connection, save, today=today)

    def submit(self, round_id: str, library_id: str, by: str, *, today: date | None = None) -> Response:
        """Send the response as its director; a second time is answered like the first.

        What people do goes through `Cycle.submit`, which also looks at who they are.

        Raises:
            SurveyError: the round is not open, or with `today` its last day is over.
        """
        actor = Actor(by, Capacity.OWN_DIRECTOR, self._clock())
        with (
            refusals_noted(
                self._database, Action.SUBMIT, f"response:{round_id}/{library_id}", by=by, at=actor.at
            ),
            self._database.writing() as connection,
        ):
            sent = submit_response(connection, round_id, library_id, Sending(), actor, today=today)
            return sent.response

    def review(
        self, round_id: str, library_id: str, decision: ResponseState, remark: str, by: str
    ) -> Response:
        """Accept the response, which verifies its answers as they stand, or return it with a remark.

        Raises:
            SurveyError: the response does not stand where this step begins, or the remark is missing.
        """
        actor = Actor(by, Capacity.CHAIR, self._clock())
        action = Action.ACCEPT if decision is ResponseState.ACCEPTED else Action.RETURN
        with (
            refusals_noted(self._database, action, f"response:{round_id}/{library_id}", by=by, at=actor.at),
            self._database.writing() as connection,
        ):
            return review_response(connection, round_id, library_id, decision, remark, actor)

    def import_answers(
        self,
        round_id: str,
        answers: Mapping[str, Mapping[str, Answer]],
        *,
        by: str,
        at: datetime | None = None,
        verified: Set[tuple[str, str]] = frozenset(),
        states: Mapping[str, ResponseState] | None = None,
    ) -> None:
        """Add answers by library and question, all or none, in a round of any state.

        `verified` holds (library, question) pairs; `states` the state of a response afterwards,
        which otherwise stays as it is.

        Raises:
            SurveyError: there is no such round, or a figure is not finite.
        """
        batch = Batch(round_id, answers, by, at or self._clock(), verified, states or {})
        with self._database.writing() as connection:
            import_batch(connection, batch)
