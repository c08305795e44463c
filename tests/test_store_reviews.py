"""A response is submitted, accepted or returned; accepting verifies what stands then."""

from dataclasses import replace
from itertools import product

import pytest
from conftest import Clock

from survey.errors import SurveyError
from survey.response import EDITABLE, Answer, AnswerState, Response, ResponseState
from survey.rounds import RoundState
from survey.store import Store

HALF = Answer(state=AnswerState.ANSWERED, numerator=350, denominator=700)
# What the chair may make of a whole response, by its state.
REVIEW_STEPS = {
    ResponseState.SUBMITTED: (ResponseState.ACCEPTED, ResponseState.RETURNED),
    ResponseState.UNDER_REVIEW: (ResponseState.ACCEPTED, ResponseState.RETURNED),
    ResponseState.ACCEPTED: (ResponseState.RETURNED,),
}

pytestmark = pytest.mark.usefixtures("open_round")


def save(store: Store, question: str, answer: Answer, opened_revision: int = 0) -> None:
    store.answers.save("2026", "ca_mau", question, answer, opened_revision=opened_revision, by="lan")


def review(store: Store, decision: ResponseState, remark: str = "") -> Response:
    return store.answers.review("2026", "ca_mau", decision, remark, "chair")


def put_in(store: Store, state: ResponseState) -> None:
    store.answers.import_answers("2026", {"ca_mau": {"A1": HALF}}, by="lan", states={"ca_mau": state})


def test_a_submitted_response_takes_no_more_answers(store: Store, clock: Clock):
    save(store, "A1", HALF)
    submitted = store.answers.submit("2026", "ca_mau", "lan")
    assert (submitted.state, submitted.submitted_at) == (ResponseState.SUBMITTED, clock.now)
    with pytest.raises(SurveyError, match="phiếu đã nộp"):
        save(store, "A2", HALF)
    assert store.answers.response("2026", "ca_mau") == submitted


def test_submitting_again_changes_nothing(store: Store, clock: Clock):
    first = store.answers.submit("2026", "ca_mau", "lan")
    version = store.answers.version("2026")
    clock.forward(days=1)
    assert store.answers.submit("2026", "ca_mau", "lan") == first
    store.rounds.change_state("2026", RoundState.CLOSED, "chair")
    assert store.answers.submit("2026", "ca_mau", "lan") == first
    assert store.answers.version("2026") == version + 1


def test_nothing_is_submitted_to_a_closed_round(store: Store):
    save(store, "A1", HALF)
    store.rounds.change_state("2026", RoundState.CLOSED, "chair")
    with pytest.raises(SurveyError, match="đã đóng"):
        store.answers.submit("2026", "ca_mau", "lan")
    assert store.answers.response("2026", "ca_mau").state is ResponseState.DRAFT


def test_a_returned_response_can_be_corrected_and_submitted_again(store: Store, clock: Clock):
    save(store, "A1", HALF)
    store.answers.submit("2026", "ca_mau", "lan")
    returned = review(store, ResponseState.RETURNED, "  Kiểm tra lại A1  ")
    assert (returned.state, returned.remark) == (ResponseState.RETURNED, "Kiểm tra lại A1")
    save(store, "A1", replace(HALF, numerator=351), opened_revision=1)
    again = clock.forward(hours=1)
    submitted = store.answers.submit("2026", "ca_mau", "lan")
    assert (submitted.submitted_at, submitted.remark) == (again, "Kiểm tra lại A1")


def test_returning_needs_a_remark(store: Store):
    store.answers.submit("2026", "ca_mau", "lan")
    with pytest.raises(SurveyError, match="ghi rõ"):
        review(store, ResponseState.RETURNED, " \x00 ")
    assert store.answers.response("2026", "ca_mau").state is ResponseState.SUBMITTED


@pytest.mark.parametrize(("now", "to"), list(product(ResponseState, ResponseState)))
def test_a_review_takes_the_allowed_steps_and_no_other(store: Store, now: ResponseState, to: ResponseState):
    put_in(store, now)
    if to in REVIEW_STEPS.get(now, ()):
        assert review(store, to, "Lý do").state is to
        return
    with pytest.raises(SurveyError, match="không chuyển được sang"):
        review(store, to, "Lý do")
    assert store.answers.response("2026", "ca_mau").state is now


@pytest.mark.parametrize("state", ResponseState)
def test_answers_are_taken_exactly_in_the_states_that_can_be_edited(store: Store, state: ResponseState):
    put_in(store, state)
    if state in EDITABLE:
        save(store, "A2", HALF)
    else:
        with pytest.raises(SurveyError, match="không sửa được nữa"):
            save(store, "A2", HALF)
    assert ("A2" in store.answers.response("2026", "ca_mau").answers) is (state in EDITABLE)


def test_a_second_click_on_a_decision_changes_nothing(store: Store):
    store.answers.submit("2026", "ca_mau", "lan")
    first = review(store, ResponseState.RETURNED, "Sửa A1")
    version = store.answers.version("2026")
    assert review(store, ResponseState.RETURNED, "Sửa A1") == first
    assert store.answers.version("2026") == version


def test_accepting_verifies_the_answers_as_they_stand(store: Store):
    save(store, "A1", HALF)
    save(store, "A1", replace(HALF, numerator=1), opened_revision=1)
    save(store, "A2", Answer(state=AnswerState.UNKNOWN, reason="Mất sổ"))
    store.answers.submit("2026", "ca_mau", "lan")
    accepted = review(store, ResponseState.ACCEPTED)
    assert {key: entry.verified for key, entry in accepted.recorded.items()} == {"A1": True, "A2": False}
    assert [entry.verified for entry in store.answers.history("2026", "ca_mau", "A1")] == [False, True]


def test_an_answer_saved_after_acceptance_is_not_verified(store: Store):
    for question in ("A1", "A2"):
        save(store, question, HALF)
    store.answers.submit("2026", "ca_mau", "lan")
    review(store, ResponseState.ACCEPTED)
    review(store, ResponseState.RETURNED, "Sửa A1")
    save(store, "A1", replace(HALF, numerator=1), opened_revision=1)
    response = store.answers.response("2026", "ca_mau")
    assert (response.entry("A1").verified, response.entry("A2").verified) == (False, True)
    store.answers.submit("2026", "ca_mau", "lan")
    accepted = review(store, ResponseState.ACCEPTED)
    assert all(entry.verified for entry in accepted.recorded.values())


def test_only_the_library_reviewed_is_verified(store: Store):
    store.answers.save("2026", "an_giang", "A1", HALF, opened_revision=0, by="an")
    save(store, "A1", HALF)
    store.answers.submit("2026", "ca_mau", "lan")
    review(store, ResponseState.ACCEPTED)
    responses = store.answers.responses("2026")
    assert responses["ca_mau"].entry("A1").verified
    assert not responses["an_giang"].entry("A1").verified


def test_a_closed_round_can_be_reviewed_and_a_published_one_cannot(store: Store):
    store.answers.submit("2026", "ca_mau", "lan")
    store.rounds.change_state("2026", RoundState.CLOSED, "chair")
    review(store, ResponseState.ACCEPTED)
    store.rounds.change_state("2026", RoundState.PUBLISHED, "chair")
    with pytest.raises(SurveyError, match="đã công bố"):
        review(store, ResponseState.RETURNED, "Sửa")
    assert store.answers.response("2026", "ca_mau").state is ResponseState.ACCEPTED
