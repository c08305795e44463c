"""Decide about one indicator, and reply to a decision: each change with its post in the thread."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from survey.response import AnswerState, Recorded
from survey.review import Decision, Post, Ruling, Side, ThreadState, Verdict
from survey.rounds import Round
from survey.store.answer_rows import clean_answer
from survey.store.audit import write_audit
from survey.store.columns import clean_text
from survey.store.decisions import (
    NO_NUMBER,
    add_decision,
    read_newest_decision,
    to_plain_decision,
)
from survey.store.reading import read_newest
from survey.store.refusals import (
    StaleDecisionError,
    nothing_to_judge,
    reason_missing,
    thread_not_open,
    value_missing,
    words_missing,
)
from survey.store.rounds import lock_round
from survey.store.steps import Actor, change_state, read_standing, require_person, require_step
from survey.store.threads import add_post, read_thread
from survey.workflow import TAKES_REPLIES, THREADS, Action


@dataclass(frozen=True)
class Indicator:
    """One indicator of one library in a round, and what the reviewer saw of it.

    opened_revision: the library's answer that was looked at; opened_decision: the number of the
    newest decision then, 0 for none.
    """

    round_id: str
    library_id: str
    question_id: str
    opened_revision: int = 0
    opened_decision: int = NO_NUMBER

    @property
    def key(self) -> dict[str, str]:
        return {"round_id": self.round_id, "library_id": self.library_id, "question_id": self.question_id}

    @property
    def place(self) -> str:
        return f"answer:{self.round_id}/{self.library_id}/{self.question_id}"


def decide(connection: Connection, about: Indicator, ruling: Ruling, actor: Actor) -> Decision:
    """Add a decision beside the library's own answer; a second click changes nothing.

    Raises:
        StaleDecisionError: the answer or the decision about it is newer than what was looked at.
        SurveyError: it is not possible now or for this person, or the ruling lacks something.
    """
    require_person(Action.DECIDE, actor.capacity)
    ruling = _clean(ruling)
    round_ = lock_round(connection, about.round_id)
    current, last = read_newest(connection, about.key), read_newest_decision(connection, about.key)
    if last is not None and _is_replay(about, ruling, actor, last):
        connection.rollback()
        return last
    found = read_standing(connection, about.round_id, about.library_id)
    to = require_step(Action.DECIDE, found, actor.capacity, round_)
    number = last.number if last else NO_NUMBER
    if (current.revision, number) != (about.opened_revision, about.opened_decision):
        raise StaleDecisionError(current, last)
    _require_whole(about, ruling, current)
    made = Decision(about.question_id, number + 1, current.revision, ruling, actor.by, actor.at)
    add_decision(connection, about.key, made)
    old, new = to_plain_decision(last), to_plain_decision(made)
    write_audit(connection, "review.decide", about.place, by=actor.by, at=actor.at, old=old, new=new)
    _post_decision(connection, about, ruling, actor)
    if to is not found.state:
        change_state(connection, found, to, actor, sent_at=found.submitted_at)
    return made


def reply(connection: Connection, about: Indicator, words: str, actor: Actor) -> Post:
    """Add the library's explanation to a thread that is not closed; a second click changes nothing.

    Raises:
        SurveyError: nothing was written, the thread is closed, or it is not this person's.
    """
    require_person(Action.REPLY, actor.capacity)
    words = clean_text(words).strip()
    if not words:
        raise words_missing()
    round_: Round = lock_round(connection, about.round_id)
    found = read_standing(connection, about.round_id, about.library_id)
    posts = read_thread(connection, about.round_id, about.library_id, about.question_id)
    if posts and (posts[-1].side, posts[-1].words, posts[-1].by) == (Side.LIBRARY, words, actor.by):
        connection.rollback()
        return posts[-1]
    require_step(Action.REPLY, found, actor.capacity, round_)
    if not posts or posts[-1].state not in TAKES_REPLIES:
        raise thread_not_open(about.question_id)
    return _add(connection, about, posts, Side.LIBRARY, words, ThreadState.ANSWERED, actor)


def _clean(ruling: Ruling) -> Ruling:
    return replace(
        ruling,
        reason="" if ruling.verdict is Verdict.MET else clean_text(ruling.reason).strip(),
        words=clean_text(ruling.words).strip(),
        value=clean_answer(ruling.value)
        if ruling.value is not None and ruling.verdict is Verdict.REDUCED
        else None,
    )


def _is_replay(about: Indicator, ruling: Ruling, actor: Actor, last: Decision) -> bool:
    return (last.number, last.revision, last.ruling, last.by) == (
        about.opened_decision + 1,
        about.opened_revision,
        ruling,
        actor.by,
    )


def _require_whole(about: Indicator, ruling: Ruling, current: Recorded) -> None:
    if ruling.verdict is not Verdict.MET and not (ruling.reason and ruling.words):
        raise reason_missing()
    if ruling.verdict is not Verdict.MORE and not current.revision:
        raise nothing_to_judge(about.question_id)
    if ruling.verdict is Verdict.REDUCED:
        value = ruling.value
        if value is None or value.state is not AnswerState.ANSWERED or value.same_figures(current.answer):
            raise value_missing()


def _post_decision(connection: Connection, about: Indicator, ruling: Ruling, actor: Actor) -> None:
    posts = read_thread(connection, about.round_id, about.library_id, about.question_id)
    before = posts[-1].state if posts else None
    after = THREADS[before, ruling.verdict]
    if after is not None:
        _add(connection, about, posts, Side.REVIEW, ruling.words, after, actor)


def _add(
    connection: Connection,
    about: Indicator,
    posts: tuple[Post, ...],
    side: Side,
    words: str,
    state: ThreadState,
    actor: Actor,
) -> Post:
    at: datetime = actor.at
    return add_post(
        connection,
        about.round_id,
        about.library_id,
        about.question_id,
        posts,
        side=side,
        words=words,
        state=state,
        by=actor.by,
        at=at,
    )
