"""What must never come of a meeting: judged by what both people were told and by what stands afterwards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.faults.acts import (
    DRAFT,
    LIBRARY,
    QUESTION,
    Actor,
)
from survey.errors import StorageError, SurveyError
from survey.response import EDITABLE, Recorded, Response
from survey.review import Decision, Post, Submission
from survey.store import (
    ActionNotAllowedError,
    Sent,
    StaleAnswerError,
    StaleDecisionError,
    Store,
)

STALE = (StaleAnswerError, StaleDecisionError)


@dataclass(frozen=True)
class Meeting:
    """Two people at one response: who, what each did, and what each was answered."""

    people: tuple[Actor, Actor]
    names: tuple[str, str]
    results: tuple[object, object]

    @property
    def round_id(self) -> str:
        return self.people[0].round_id

    def all(self) -> Iterable[tuple[Actor, str, object]]:
        return zip(self.people, self.names, self.results, strict=True)

    def told(self, kind: type) -> list[object]:
        return [result for result in self.results if isinstance(result, kind)]


@dataclass(frozen=True)
class Stood:
    """What the store gives back of a response after a meeting."""

    response: Response
    history: tuple[Recorded, ...]
    decisions: tuple[Decision, ...]
    posts: tuple[Post, ...]
    sendings: tuple[Submission, ...]

    @classmethod
    def read(cls, store: Store, round_id: str) -> "Stood":
        file = store.cycle.file(round_id, LIBRARY)
        return cls(
            store.answers.response(round_id, LIBRARY),
            store.answers.history(round_id, LIBRARY, QUESTION),
            file.decisions.get(QUESTION, ()),
            file.posts.get(QUESTION, ()),
            store.cycle.submissions(round_id, LIBRARY),
        )

    def holds(self, answer: Recorded) -> bool:
        """Whether an answer is among the revisions, whatever was decided about it since."""
        return any(
            (kept.revision, kept.answer, kept.saved_by) == (answer.revision, answer.answer, answer.saved_by)
            for kept in self.history
        )


def faults_of(meeting: Meeting, before: Stood, after: Stood) -> Iterator[str]:
    """Each fault in words, from what was told and what stands."""
    yield from _of_numbers(meeting, before, after)
    for actor, name, result in meeting.all():
        yield from _of_result(actor, name, result, after)
        if isinstance(result, SurveyError):
            yield from _of_refusal(actor, name, result, after)
    response = after.response
    if (response.submitted_at is None) is not (response.state is DRAFT):
        yield "a moment of sending without a sending"
    if response.opened is not None and response.state not in EDITABLE:
        yield "questions open while the response is locked"


def _of_numbers(meeting: Meeting, before: Stood, after: Stood) -> Iterator[str]:
    numbers = {
        "revisions": [entry.revision for entry in after.history],
        "decisions": [decision.number for decision in after.decisions],
        "posts": [post.number for post in after.posts],
        "sendings": [sending.number for sending in after.sendings],
    }
    for what, found in numbers.items():
        if found != list(range(1, len(found) + 1)):
            yield f"{what} with a gap"
    if len(after.history) != len(before.history) + len(meeting.told(Recorded)):
        yield "more or fewer revisions than acknowledged saves"
    if len(after.decisions) != len(before.decisions) + len(meeting.told(Decision)):
        yield "more or fewer decisions than acknowledged ones"


def _of_result(actor: Actor, name: str, result: object, after: Stood) -> Iterator[str]:
    match result:
        case Recorded():
            yield from _of_save(actor, result, after)
        case Decision():
            yield from _of_decision(actor, result, after)
        case Sent():
            yield from _of_sending(actor, result, after)
        case Post() if result not in after.posts:
            yield "an acknowledged reply is not there"
        case Response() if name == "withdraw" and not any(sent.withdrawn_at for sent in after.sendings):
            yield "an acknowledged withdrawal is not there"
        case Post() | Response() | SurveyError():
            pass
        case _:
            yield f"{name} ended with {result!r}"


def _of_save(actor: Actor, result: Recorded, after: Stood) -> Iterator[str]:
    if not after.holds(result):
        yield "an acknowledged save is not there"
    if result.revision != actor.at.revision + 1:
        yield "a save went over a value that its person had not seen"


def _of_decision(actor: Actor, result: Decision, after: Stood) -> Iterator[str]:
    if result not in after.decisions:
        yield "an acknowledged decision is not there"
    if (result.revision, result.number) != (actor.at.revision, actor.at.decision + 1):
        yield "a decision went over something that its person had not seen"


def _of_sending(actor: Actor, result: Sent, after: Stood) -> Iterator[str]:
    receipts = {sent.number: sent.receipt for sent in after.sendings}
    made = result.submission
    if made is None or receipts.get(made.number) != made.receipt:
        yield "an acknowledged receipt is not there"
    elif made.number != actor.at.sendings + 1:
        yield "the receipt of another sending"


def _of_refusal(actor: Actor, name: str, error: SurveyError, after: Stood) -> Iterator[str]:
    if not (error.text.vi and error.text.en):
        yield "a refusal without words"
    if isinstance(error, StorageError):
        yield f"the database did not take it: {error.text.en}"
    if isinstance(error, ActionNotAllowedError):
        yield f"{actor.person.role} may {name}, and was told never to"
    if isinstance(error, StaleAnswerError) and (
        name != "save" or not after.holds(error.current) or error.current.revision <= actor.at.revision
    ):
        yield "the loser of two saves was not shown what stood there"
    if isinstance(error, StaleDecisionError) and not _shows_what_stood(error, actor, after):
        yield "the loser of two decisions was not shown what stood there"


def _shows_what_stood(error: StaleDecisionError, actor: Actor, after: Stood) -> bool:
    number = error.decision.number if error.decision else 0
    shown, seen = (error.current.revision, number), (actor.at.revision, actor.at.decision)
    is_there = error.decision is None or error.decision in after.decisions
    newer = shown != seen and shown[0] >= seen[0] and shown[1] >= seen[1]
    return is_there and after.holds(error.current) and newer
