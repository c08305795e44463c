"""Two acts of the review cycle at the same moment: no silent overwrite, and the loser is told with both values."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import combinations
from threading import Barrier

import pytest
from anew import begin_anew

from survey.access import Person, Role
from survey.errors import NotAllowedError, SurveyError
from survey.response import EDITABLE, Answer, AnswerState, Recorded, Response, ResponseState
from survey.review import Decision, Ruling, Verdict
from survey.store import (
    ActionNotAllowedError,
    Indicator,
    RefusedActionError,
    Sending,
    Sent,
    StaleDecisionError,
    Store,
)

pytestmark = pytest.mark.usefixtures("quick_hashing", "open_round")

TRIES = 5
PASSWORD = "mat-khau-thu-nghiem"
SENDING = Sending("Nguyễn Văn Minh", "Tôi xác nhận", after=0)
AGAIN = replace(SENDING, after=1)
MORE = Ruling(Verdict.MORE, "unclear", "Đề nghị nói rõ.")
MET = Ruling(Verdict.MET)


def answered(value: float) -> Answer:
    return Answer(state=AnswerState.ANSWERED, value=value)


@dataclass(frozen=True)
class Scene:
    """One response with its people, and everything that can be done to it."""

    store: Store
    director: Person
    reviewer: Person
    chair: Person

    def save(self, value: float = 7, revision: int = 1) -> Recorded:
        return self.store.answers.save(
            "2026", "ca_mau", "A1", answered(value), opened_revision=revision, by="minh"
        )

    def submit(self, sending: Sending = SENDING) -> Sent:
        return self.store.cycle.submit("2026", "ca_mau", self.director, sending)

    def withdraw(self) -> Response:
        return self.store.cycle.withdraw("2026", "ca_mau", self.director)

    def start(self) -> Response:
        return self.store.cycle.start_review("2026", "ca_mau", self.reviewer)

    def decide(self, ruling: Ruling = MET, who: Person | None = None, number: int = 0) -> Decision:
        about = Indicator("2026", "ca_mau", "A1", 1, number)
        return self.store.cycle.decide(about, ruling, who or self.reviewer)

    def give_back(self) -> Response:
        return self.store.cycle.return_("2026", "ca_mau", self.chair, "Xem lại", everything=True)

    def reply(self) -> object:
        return self.store.cycle.reply("2026", "ca_mau", "A1", "Đã đếm lại", self.director)

    def accept(self) -> Response:
        return self.store.cycle.accept("2026", "ca_mau", self.chair)

    def reopen(self) -> Response:
        return self.store.cycle.reopen("2026", "ca_mau", self.chair)

    def now(self) -> Response:
        return self.store.answers.response("2026", "ca_mau")

    def begin(self, state: ResponseState) -> None:
        """Begin anew with one answer, and bring the response to a state."""
        begin_anew(self.store)
        self.save(1, 0)
        if state is ResponseState.DRAFT:
            return
        self.submit()
        if state is ResponseState.UNDER_REVIEW:
            self.start()
        if state is ResponseState.RETURNED:
            self.give_back()
        if state is ResponseState.ACCEPTED:
            self.accept()

    @property
    def acts(self) -> dict[str, Callable[[], object]]:
        """Everything that anybody may do, each as it comes from a page that was opened just now."""
        seen = replace(SENDING, after=self.sent)
        return {
            "save": self.save,
            "submit": lambda: self.submit(seen),
            "withdraw": self.withdraw,
            "start": self.start,
            "decide": lambda: self.decide(MORE),
            "return": self.give_back,
            "reply": self.reply,
            "accept": self.accept,
            "reopen": self.reopen,
        }

    @property
    def sent(self) -> int:
        return len(self.store.cycle.submissions("2026", "ca_mau"))


@pytest.fixture
def scene(store: Store) -> Scene:
    def add(login: str, role: Role, library: str | None = None) -> Person:
        return store.accounts.add(login, login, role, library, PASSWORD, by="tests")

    made = Scene(
        store, add("minh", Role.DIRECTOR, "ca_mau"), add("tham", Role.REVIEWER), add("chu", Role.CHAIR)
    )
    store.cycle.assign("2026", "ca_mau", made.reviewer.id, made.chair)
    return made


def at_once(*actions: Callable[[], object]) -> list[object]:
    start = Barrier(len(actions))

    def run(action: Callable[[], object]) -> object:
        start.wait()
        try:
            return action()
        except SurveyError as error:
            return error

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_twenty_sendings_at_once_are_one_with_one_receipt(scene: Scene):
    scene.begin(ResponseState.DRAFT)
    results = at_once(*[scene.submit] * 20)
    receipts = {
        result.submission.receipt for result in results if isinstance(result, Sent) and result.submission
    }
    assert (len(results), receipts) == (20, {"001/2026"})
    assert all(isinstance(result, Sent) for result in results)
    assert scene.sent == 1


@pytest.mark.parametrize("attempt", range(TRIES))
def test_a_save_meeting_the_sending_is_in_it_or_is_told(scene: Scene, attempt: int):
    scene.begin(ResponseState.DRAFT)
    saved, sent = at_once(lambda: scene.save(attempt + 10), scene.submit)
    assert isinstance(sent, Sent)
    if isinstance(saved, Recorded):
        assert scene.now().answer("A1") == sent.response.answer("A1") == answered(attempt + 10)
    else:
        assert isinstance(saved, RefusedActionError)
        assert scene.now().answer("A1") == answered(1)


@pytest.mark.parametrize("attempt", range(TRIES))
def test_a_sending_meeting_the_return_leaves_one_receipt_for_each_sending(scene: Scene, attempt: int):
    scene.begin(ResponseState.RETURNED)
    sent, returned = at_once(lambda: scene.submit(AGAIN), scene.give_back)
    assert isinstance(sent, Sent)
    assert scene.sent == 2
    # Before the sending there was nothing to return; after it, the return is legal.
    expected = ResponseState.RETURNED if isinstance(returned, Response) else ResponseState.UNDER_REVIEW
    assert scene.now().state is expected, attempt


@pytest.mark.parametrize("attempt", range(TRIES))
def test_a_decision_meeting_an_edit_never_holds_for_the_newer_answer(scene: Scene, attempt: int):
    scene.begin(ResponseState.UNDER_REVIEW)

    def edit() -> Recorded:
        scene.give_back()
        saved = scene.save(attempt + 10)
        scene.submit(AGAIN)
        return saved

    decided, edited = at_once(scene.decide, edit)
    assert isinstance(edited, Recorded)
    assert not scene.now().entry("A1").verified
    if isinstance(decided, StaleDecisionError):
        assert decided.current.answer == answered(attempt + 10)
    else:
        assert isinstance(decided, Decision | RefusedActionError)


@pytest.mark.parametrize("attempt", range(TRIES))
def test_of_two_reviewers_one_decides_and_the_other_sees_what_was_decided(scene: Scene, attempt: int):
    scene.begin(ResponseState.UNDER_REVIEW)
    results = at_once(lambda: scene.decide(MET), lambda: scene.decide(MORE, scene.chair))
    [won] = [result for result in results if isinstance(result, Decision)]
    [lost] = [result for result in results if isinstance(result, StaleDecisionError)]
    assert lost.decision == won, attempt
    assert lost.current.answer == answered(1)


@pytest.mark.parametrize("attempt", range(TRIES))
def test_an_assignment_taken_off_in_the_middle_comes_before_or_after_the_decision(scene: Scene, attempt: int):
    scene.begin(ResponseState.UNDER_REVIEW)
    decided, _ = at_once(
        scene.decide,
        lambda: scene.store.cycle.unassign("2026", "ca_mau", scene.reviewer.id, scene.chair),
    )
    assert isinstance(decided, Decision | ActionNotAllowedError), attempt
    with pytest.raises(NotAllowedError):
        scene.decide(MORE, number=1)


@pytest.mark.parametrize("attempt", range(TRIES))
def test_an_account_disabled_in_the_middle_acts_before_or_not_at_all(scene: Scene, attempt: int):
    scene.begin(ResponseState.DRAFT)
    sent, _ = at_once(
        scene.submit, lambda: scene.store.accounts.set_active(scene.director.id, active=False, by="tests")
    )
    assert isinstance(sent, Sent) == (scene.now().state is ResponseState.SUBMITTED), attempt
    with pytest.raises(ActionNotAllowedError):
        scene.withdraw()


@pytest.mark.parametrize("state", ResponseState)
def test_two_acts_in_either_order_or_at_once_end_as_one_after_the_other(scene: Scene, state: ResponseState):
    scene.begin(state)
    for first, second in combinations(scene.acts, 2):
        ends = set()
        for order in ((first, second), (second, first)):
            scene.begin(state)
            acts = scene.acts
            for name in order:
                at_once(acts[name])
            ends.add(_standing(scene))
        scene.begin(state)
        acts = scene.acts
        results = at_once(acts[first], acts[second])
        assert _standing(scene) in ends, (state, first, second, results)


def _standing(scene: Scene) -> tuple[object, ...]:
    """All that must agree: the state, the answer, how often it was sent, what was decided and written."""
    now = scene.now()
    file = scene.store.cycle.file("2026", "ca_mau")
    assert (now.submitted_at is None) is (now.state is ResponseState.DRAFT)
    assert now.opened is None or now.state in EDITABLE
    return (
        now.state,
        now.entry("A1").revision,
        now.entry("A1").verified,
        scene.sent,
        len(file.decisions.get("A1", ())),
        file.thread("A1"),
    )
