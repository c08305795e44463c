"""Save an answer the moment it is given; a conflict or a failure is kept and shown, never swallowed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType

from survey.access import require_may_answer
from survey.entry import with_items, with_state, with_typed, with_value, with_words
from survey.errors import SurveyError
from survey.figures import figures
from survey.framework import AnyQuestion
from survey.response import Answer, AnswerState, Recorded
from survey.store import StaleAnswerError
from ui import session
from ui.application import application
from ui.mishaps import unsaved

SIGNED_OUT = SurveyError(
    vi="Chưa lưu: phiên đăng nhập đã hết hạn. Nội dung vừa nhập vẫn còn trên màn hình. "
    "Hãy đăng nhập lại ở thẻ mới (liên kết bên dưới), rồi quay lại đây bấm «Lưu lại».",
    en="Not saved: your session has expired. What you typed is still on the screen. "
    "Sign in again in a new tab (link below), then come back and press “Save again”.",
)

# The answer that a state took the place of: a state chosen by mistake must not cost the figures.
ASIDE = "aside"


@dataclass(frozen=True)
class Conflict:
    """Somebody else saved first: what this person gave, and what stands now."""

    mine: Answer
    current: Recorded


def save(question: AnyQuestion, answer: Answer, *, opened_revision: int | None = None) -> None:
    """Save `answer` over the revision that was opened and note how it went."""
    held = session.held_response()
    revision = held.entry(question.id).revision if opened_revision is None else opened_revision
    session.note(question.id, "failure", None)
    session.note(question.id, "conflict", None)
    try:
        who = session.person()
        if who is None:
            _fail(question, answer, SIGNED_OUT)
            return
        require_may_answer(who, held.library_id)
        recorded = application().store.answers.save(
            held.round_id, held.library_id, question.id, answer, opened_revision=revision, by=who.login
        )
    except StaleAnswerError as error:
        session.note(question.id, "conflict", Conflict(answer, error.current))
    except SurveyError as error:
        _fail(question, answer, error)
    except Exception as error:  # whatever it is, nobody may read «Đã lưu» beside what was not saved
        _fail(question, answer, unsaved(error))
    else:
        session.keep_entry(question.id, recorded)
        session.note(question.id, "unsaved", None)


def _fail(question: AnyQuestion, answer: Answer, error: SurveyError) -> None:
    session.note(question.id, "failure", error)
    session.note(question.id, "unsaved", answer)


def current(question: AnyQuestion) -> Answer:
    """The answer to build on: what could not be saved yet, else what is stored."""
    waiting = session.noted(question.id, "unsaved")
    return waiting if isinstance(waiting, Answer) else session.held_response().answer(question.id)


def save_typed(question: AnyQuestion) -> None:
    typed = {figure.field: session.typed(question.id, figure.field) for figure in figures(question)}
    save(question, with_typed(current(question), question, typed, session.current_language()))


def save_choice(question: AnyQuestion) -> None:
    chosen = session.field(question.id, "value")
    save(question, with_value(current(question), None if chosen is None else float(str(chosen))))


def save_items(question: AnyQuestion, item_ids: tuple[str, ...]) -> None:
    met = tuple(item for item in item_ids if session.field(question.id, item))
    save(question, with_items(current(question), met))


def save_words(question: AnyQuestion) -> None:
    save(question, with_words(current(question), session.typed(question.id, "words")))


def save_state(question: AnyQuestion) -> None:
    """Take over "no data" or "not applicable"; taking the choice back brings back what stood there."""
    chosen = session.field(question.id, "state")
    state = AnswerState(str(chosen)) if chosen else AnswerState.UNANSWERED
    before = current(question)
    session.forget_fields(question.id, keep=("state",))
    if before.state in (AnswerState.ANSWERED, AnswerState.UNANSWERED):
        given = before.state is AnswerState.ANSWERED and state is not AnswerState.UNANSWERED
        session.note(question.id, ASIDE, before if given else None)
    aside = session.noted(question.id, ASIDE)
    if chosen or not isinstance(aside, Answer):
        save(question, with_state(before, state))
    else:
        save(question, replace(aside, evidence=before.evidence, explanation=before.explanation))


def save_none_met(question: AnyQuestion) -> None:
    session.forget_fields(question.id)
    save(question, with_items(current(question), ()))


def save_part(question: AnyQuestion, part: str, change: Callable[[Answer, str], Answer]) -> None:
    """Save one text beside the answer, such as a reason."""
    save(question, change(current(question), session.typed(question.id, part).strip()))


def save_whole(question: AnyQuestion, answer: Answer) -> None:
    """Save a whole answer that did not come from the fields, and let the fields follow it."""
    save(question, answer)
    session.forget_fields(question.id)


def try_again(question: AnyQuestion) -> None:
    waiting = session.noted(question.id, "unsaved")
    if isinstance(waiting, Answer):
        save(question, waiting)


def keep_mine(question: AnyQuestion, conflict: Conflict) -> None:
    save(question, conflict.mine, opened_revision=conflict.current.revision)
    session.forget_fields(question.id)


def take_theirs(question: AnyQuestion, conflict: Conflict) -> None:
    session.note(question.id, "conflict", None)
    session.note(question.id, "unsaved", None)
    session.keep_entry(question.id, conflict.current)
    session.forget_fields(question.id)


def with_confirmation(answer: Answer, code: str, reason: str) -> Answer:
    kept = {name: words for name, words in answer.confirmed.items() if name != code}
    return replace(answer, confirmed=MappingProxyType({**kept, **({code: reason} if reason else {})}))
