"""Things that happen at the same moment end as if they had happened one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from survey.errors import SurveyError
from survey.response import Answer, AnswerState, Recorded, Response, ResponseState
from survey.rounds import Round, RoundState
from survey.store import StaleAnswerError, Store

pytestmark = pytest.mark.usefixtures("open_round")


def answered(value: float) -> Answer:
    return Answer(state=AnswerState.ANSWERED, value=value)


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Run all actions together; each gives its result or the error it ended in."""
    start = Barrier(len(actions))

    def run(action: Callable[[], object]) -> object:
        start.wait()
        try:
            return action()
        except SurveyError as error:
            return error

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_of_many_people_saving_one_question_at_once_exactly_one_wins(store: Store):
    def save(person: int) -> Callable[[], Recorded]:
        return lambda: store.answers.save(
            "2026", "ca_mau", "A1", answered(person), opened_revision=0, by=f"p{person}"
        )

    results = at_once(*map(save, range(8)))
    won = [result for result in results if isinstance(result, Recorded)]
    lost = [result for result in results if isinstance(result, StaleAnswerError)]
    assert (len(won), len(lost)) == (1, 7)
    assert all(error.current == won[0] for error in lost)
    assert store.answers.history("2026", "ca_mau", "A1") == tuple(won)


def test_different_questions_saved_at_once_are_all_kept(store: Store):
    version = store.answers.version("2026")

    def save(number: int) -> Callable[[], Recorded]:
        return lambda: store.answers.save(
            "2026", f"l{number % 3}", f"q{number}", answered(number), opened_revision=0, by="lan"
        )

    results = at_once(*map(save, range(24)))
    assert all(isinstance(result, Recorded) for result in results)
    kept = [entry for response in store.answers.responses("2026").values() for entry in response.answers]
    assert len(kept) == 24
    assert store.answers.version("2026") == version + 24


def test_a_double_click_saves_once(store: Store):
    results = at_once(
        *[lambda: store.answers.save("2026", "ca_mau", "A1", answered(1), opened_revision=0, by="lan")] * 6
    )
    assert results == [results[0]] * 6
    assert len(store.answers.history("2026", "ca_mau", "A1")) == 1


def test_submitting_twenty_times_at_once_is_one_submission(store: Store):
    results = at_once(*[lambda: store.answers.submit("2026", "ca_mau", "lan")] * 20)
    assert results == [results[0]] * 20
    submissions = [entry for entry in store.audit.newest() if entry.action == "response.state"]
    assert len(submissions) == 1


@pytest.mark.parametrize("attempt", range(5))
def test_a_save_meeting_the_submission_is_either_in_it_or_refused(store: Store, attempt: int):
    saved, submitted = at_once(
        lambda: store.answers.save("2026", "ca_mau", "A1", answered(attempt), opened_revision=0, by="lan"),
        lambda: store.answers.submit("2026", "ca_mau", "minh"),
    )
    response = store.answers.response("2026", "ca_mau")
    assert isinstance(submitted, Response)
    assert response.state is ResponseState.SUBMITTED
    assert isinstance(saved, Recorded) == ("A1" in submitted.recorded) == ("A1" in response.recorded)


@pytest.mark.parametrize("attempt", range(5))
def test_a_save_meeting_the_closing_is_either_before_it_or_refused(store: Store, attempt: int):
    saved, closed = at_once(
        lambda: store.answers.save("2026", "ca_mau", "A1", answered(attempt), opened_revision=0, by="lan"),
        lambda: store.rounds.change_state("2026", RoundState.CLOSED, "chair"),
    )
    assert isinstance(closed, Round)
    assert isinstance(saved, Recorded) == bool(store.answers.history("2026", "ca_mau", "A1"))


@pytest.mark.parametrize("attempt", range(5))
def test_accepting_and_returning_at_once_ends_in_a_state_that_one_of_them_chose(store: Store, attempt: int):
    store.answers.save("2026", "ca_mau", "A1", answered(attempt), opened_revision=0, by="lan")
    store.answers.submit("2026", "ca_mau", "lan")
    accepted, returned = at_once(
        lambda: store.answers.review("2026", "ca_mau", ResponseState.ACCEPTED, "", "chair"),
        lambda: store.answers.review("2026", "ca_mau", ResponseState.RETURNED, "Sửa A1", "deputy"),
    )
    # An accepted response may be returned, a returned one cannot be accepted.
    assert isinstance(returned, Response)
    assert isinstance(accepted, Response | SurveyError)
    response = store.answers.response("2026", "ca_mau")
    assert response.state is ResponseState.RETURNED
    assert response.entry("A1").verified is isinstance(accepted, Response)
