"""The review cycle on real databases: receipts, decisions beside the answers, threads, who may, and the trail."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import product

import pytest
from anew import begin_anew
from conftest import Clock
from sqlalchemy import update

from survey.access import Person, Role
from survey.errors import NotAllowedError, SurveyError
from survey.response import Answer, AnswerState, Response, ResponseState
from survey.review import Decision, Ruling, Side, ThreadState, Verdict
from survey.rounds import Round, RoundState
from survey.store import (
    ActionNotAllowedError,
    Indicator,
    RefusedActionError,
    Sending,
    StaleDecisionError,
    Store,
)
from survey.store.schema import round_
from survey.store.steps import require_step
from survey.workflow import Action, Capacity, judge

pytestmark = pytest.mark.usefixtures("quick_hashing", "open_round")

HALF = Answer(state=AnswerState.ANSWERED, numerator=350, denominator=700)
LESS = Answer(state=AnswerState.ANSWERED, numerator=280, denominator=700)
PASSWORD = "mat-khau-thu-nghiem"
SENDING = Sending(name="Nguyễn Văn Minh", certified="Tôi xác nhận số liệu đúng.", after=0)
MORE = Ruling(Verdict.MORE, "no_document", "Đề nghị bổ sung quyết định phê duyệt.")
REDUCED = Ruling(Verdict.REDUCED, "figures_differ", "Theo báo cáo chỉ có 280.", LESS)
MET = Ruling(Verdict.MET)


@dataclass(frozen=True)
class People:
    entry: Person
    director: Person
    reviewer: Person
    chair: Person
    other: Person

    def of(self, capacity: Capacity) -> Person:
        return {
            Capacity.OWN_ENTRY: self.entry,
            Capacity.OWN_DIRECTOR: self.director,
            Capacity.REVIEWER: self.reviewer,
            Capacity.CHAIR: self.chair,
            Capacity.NOBODY: self.other,
        }[capacity]


@pytest.fixture
def people(store: Store) -> People:
    def add(login: str, role: Role, library: str | None = None) -> Person:
        return store.accounts.add(login, login.title(), role, library, PASSWORD, by="tests")

    chair = add("chu", Role.CHAIR)
    made = People(
        entry=add("lan", Role.ENTRY, "ca_mau"),
        director=add("minh", Role.DIRECTOR, "ca_mau"),
        reviewer=add("tham", Role.REVIEWER),
        chair=chair,
        other=add("khac", Role.DIRECTOR, "an_giang"),
    )
    store.cycle.assign("2026", "ca_mau", made.reviewer.id, chair)
    return made


def save(store: Store, question: str, answer: Answer = HALF, opened_revision: int = 0) -> None:
    store.answers.save("2026", "ca_mau", question, answer, opened_revision=opened_revision, by="lan")


def sent(store: Store, people: People, *questions: str) -> None:
    for question in questions or ("A1", "A2"):
        save(store, question)
    store.cycle.submit("2026", "ca_mau", people.director, SENDING)


def about(question: str = "A1", revision: int = 1, decision: int = 0) -> Indicator:
    return Indicator("2026", "ca_mau", question, revision, decision)


def state(store: Store) -> ResponseState:
    return store.answers.response("2026", "ca_mau").state


def refusals(store: Store) -> list[str]:
    return [
        str((entry.new or {})["action"]) for entry in store.audit.newest(10_000) if entry.action == "refused"
    ]


# Sending


def test_a_sending_has_a_receipt_with_name_certification_and_a_digest(
    store: Store, people: People, clock: Clock
):
    save(store, "A1")
    made = store.cycle.submit("2026", "ca_mau", people.director, SENDING)
    receipt = made.submission
    assert receipt is not None
    assert (receipt.receipt, receipt.number, receipt.at) == ("001/2026", 1, clock.now)
    assert (receipt.name, receipt.certified, receipt.by) == (SENDING.name, SENDING.certified, "minh")
    assert len(receipt.digest) == 64
    assert store.cycle.submissions("2026", "ca_mau") == (receipt,)
    assert made.response.state is ResponseState.SUBMITTED


def test_the_same_answers_have_the_same_digest_and_others_another(store: Store, people: People):
    sent(store, people)
    store.cycle.withdraw("2026", "ca_mau", people.director)
    store.cycle.submit("2026", "ca_mau", people.director, replace(SENDING, after=1))
    store.cycle.withdraw("2026", "ca_mau", people.director)
    save(store, "A1", LESS, 1)
    store.cycle.submit("2026", "ca_mau", people.director, replace(SENDING, after=2))
    first, second, third = (entry.digest for entry in store.cycle.submissions("2026", "ca_mau"))
    assert first == second != third


def test_a_replay_gets_the_first_receipt_even_after_the_return_the_next_day(
    store: Store, people: People, clock: Clock
):
    sent(store, people)
    first = store.cycle.submissions("2026", "ca_mau")
    store.cycle.return_("2026", "ca_mau", people.chair, "Xem lại", everything=True)
    clock.forward(days=1)
    again = store.cycle.submit("2026", "ca_mau", people.director, SENDING)
    assert again.submission == first[0]
    assert store.cycle.submissions("2026", "ca_mau") == first
    assert state(store) is ResponseState.RETURNED


def test_a_return_and_a_second_sending_have_a_receipt_of_their_own(store: Store, people: People):
    sent(store, people)
    store.cycle.return_("2026", "ca_mau", people.chair, "Xem lại", everything=True)
    store.cycle.submit("2026", "ca_mau", people.director, replace(SENDING, after=1))
    assert [entry.receipt for entry in store.cycle.submissions("2026", "ca_mau")] == ["001/2026", "002/2026"]
    assert state(store) is ResponseState.UNDER_REVIEW


def test_a_sending_needs_a_name(store: Store, people: People):
    save(store, "A1")
    with pytest.raises(SurveyError, match="họ và tên"):
        store.cycle.submit("2026", "ca_mau", people.director, replace(SENDING, name=" \x00"))
    assert state(store) is ResponseState.DRAFT


def test_somebody_else_gets_no_receipt_by_sending_again(store: Store, people: People):
    sent(store, people)
    for who in (people.entry, people.other, people.chair, people.reviewer):
        with pytest.raises(NotAllowedError):
            store.cycle.submit("2026", "ca_mau", who, SENDING)


def test_withdrawing_opens_the_draft_again_until_the_review_begins(
    store: Store, people: People, clock: Clock
):
    sent(store, people)
    taken = clock.forward(hours=1)
    store.cycle.withdraw("2026", "ca_mau", people.director)
    store.cycle.withdraw("2026", "ca_mau", people.director)
    assert [entry.withdrawn_at for entry in store.cycle.submissions("2026", "ca_mau")] == [taken]
    assert store.answers.response("2026", "ca_mau").submitted_at is None
    save(store, "A1", LESS, 1)
    store.cycle.submit("2026", "ca_mau", people.director, replace(SENDING, after=1))
    store.cycle.start_review("2026", "ca_mau", people.reviewer)
    with pytest.raises(RefusedActionError, match="đang được thẩm định"):
        store.cycle.withdraw("2026", "ca_mau", people.director)


def test_a_named_library_may_be_late_and_no_other(store: Store, people: People):
    save(store, "A1")
    late = date(2026, 4, 5)
    with pytest.raises(RefusedActionError, match="31/03/2026"):
        store.cycle.submit("2026", "ca_mau", people.director, SENDING, today=late)
    granted = store.cycle.grant_late("2026", "ca_mau", date(2026, 4, 10), "Lũ quét", people.chair)
    assert store.cycle.late_exceptions("2026") == {"ca_mau": granted}
    store.answers.save("2026", "ca_mau", "A2", HALF, opened_revision=0, by="lan", today=late)
    with pytest.raises(RefusedActionError, match="31/03/2026"):
        store.cycle.submit("2026", "an_giang", people.other, SENDING, today=late)
    with pytest.raises(RefusedActionError, match="10/04/2026"):
        store.cycle.submit("2026", "ca_mau", people.director, SENDING, today=date(2026, 4, 11))
    store.cycle.submit("2026", "ca_mau", people.director, SENDING, today=late)
    assert state(store) is ResponseState.SUBMITTED


def test_an_exception_needs_a_reason_a_later_day_and_the_chair(store: Store, people: People):
    grant = store.cycle.grant_late
    with pytest.raises(SurveyError, match="lý do"):
        grant("2026", "ca_mau", date(2026, 4, 10), "  ", people.chair)
    with pytest.raises(SurveyError, match="31/03/2026"):
        grant("2026", "ca_mau", date(2026, 3, 31), "Lũ quét", people.chair)
    with pytest.raises(ActionNotAllowedError):
        grant("2026", "ca_mau", date(2026, 4, 10), "Lũ quét", people.director)
    assert store.cycle.late_exceptions("2026") == {}
    grant("2026", "ca_mau", date(2026, 4, 10), "Lũ quét", people.chair)
    assert grant("2026", "ca_mau", date(2026, 4, 12), "Lũ quét", people.chair).last_day == date(2026, 4, 12)
    assert len(store.cycle.late_exceptions("2026")) == 1


def test_what_was_returned_is_corrected_after_the_last_day_too(store: Store, people: People):
    sent(store, people)
    store.cycle.return_("2026", "ca_mau", people.chair, "Xem lại", everything=True)
    later = date(2026, 4, 20)
    store.answers.save("2026", "ca_mau", "A1", LESS, opened_revision=1, by="lan", today=later)
    store.cycle.submit("2026", "ca_mau", people.director, replace(SENDING, after=1), today=later)
    assert state(store) is ResponseState.UNDER_REVIEW


# Decisions


def test_a_decision_stands_beside_the_answer_never_over_it(store: Store, people: People):
    sent(store, people)
    made = store.cycle.decide(about(), REDUCED, people.reviewer)
    response = store.answers.response("2026", "ca_mau")
    entry = response.entry("A1")
    assert (entry.answer, entry.reduced, entry.verified) == (HALF, LESS, True)
    assert store.answers.responses("2026")["ca_mau"] == response
    assert not response.entry("A2").verified
    assert response.state is ResponseState.UNDER_REVIEW
    assert (
        store.cycle.file("2026", "ca_mau").decision("A1")
        == made
        == store.cycle.files("2026")["ca_mau"].decision("A1")
    )


def test_decisions_are_added_and_the_newest_counts(store: Store, people: People):
    sent(store, people)
    store.cycle.decide(about(), REDUCED, people.reviewer)
    store.cycle.decide(about(decision=1), MET, people.reviewer)
    file = store.cycle.file("2026", "ca_mau")
    assert [one.verdict for one in file.decisions["A1"]] == [Verdict.REDUCED, Verdict.MET]
    entry = store.answers.response("2026", "ca_mau").entry("A1")
    assert (entry.verified, entry.reduced) == (True, None)


def test_a_decision_on_an_older_answer_is_refused_and_both_are_there(store: Store, people: People):
    sent(store, people)
    store.cycle.return_("2026", "ca_mau", people.chair, "Xem lại", everything=True)
    save(store, "A1", LESS, 1)
    store.cycle.submit("2026", "ca_mau", people.director, replace(SENDING, after=1))
    with pytest.raises(StaleDecisionError) as caught:
        store.cycle.decide(about(revision=1), MET, people.reviewer)
    assert (caught.value.current.answer, caught.value.current.revision) == (LESS, 2)
    store.cycle.decide(about(revision=2), MET, people.reviewer)


def test_a_decision_on_an_older_decision_is_refused_and_both_are_there(store: Store, people: People):
    sent(store, people)
    first = store.cycle.decide(about(), MET, people.reviewer)
    with pytest.raises(StaleDecisionError) as caught:
        store.cycle.decide(about(), MORE, people.chair)
    assert caught.value.decision == first


def test_a_second_click_on_a_decision_is_one_decision(store: Store, people: People):
    sent(store, people)
    first = store.cycle.decide(about(), MORE, people.reviewer)
    assert store.cycle.decide(about(), MORE, people.reviewer) == first
    assert len(store.cycle.file("2026", "ca_mau").decisions["A1"]) == 1


def test_a_decision_does_not_hold_for_the_answer_after_it(store: Store, people: People):
    sent(store, people)
    store.cycle.decide(about(), MET, people.reviewer)
    store.cycle.return_("2026", "ca_mau", people.chair, "Xem lại", everything=True)
    save(store, "A1", LESS, 1)
    entry = store.answers.response("2026", "ca_mau").entry("A1")
    assert (entry.verified, entry.reduced) == (False, None)


@pytest.mark.parametrize(
    ("ruling", "words"),
    [
        (replace(MORE, reason=""), "chọn lý do"),
        (replace(MORE, words=" "), "ghi ý kiến"),
        (replace(REDUCED, value=None), "nhập giá trị"),
        (replace(REDUCED, value=HALF), "khác với giá trị"),
        (replace(REDUCED, value=Answer(AnswerState.UNKNOWN)), "nhập giá trị"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(store: Store, people: People, ruling: Ruling, words: str):
    sent(store, people)
    with pytest.raises(SurveyError, match=words):
        store.cycle.decide(about(), ruling, people.reviewer)
    assert store.cycle.file("2026", "ca_mau").decision("A1") is None


def test_what_is_not_answered_can_only_be_asked_for(store: Store, people: People):
    sent(store, people)
    with pytest.raises(SurveyError, match="chỉ có thể yêu cầu bổ sung"):
        store.cycle.decide(about("A9", revision=0), MET, people.reviewer)
    store.cycle.decide(about("A9", revision=0), MORE, people.reviewer)
    assert store.cycle.file("2026", "ca_mau").asked_for_more == {"A9"}


# Returning, replying, accepting


def test_a_return_opens_only_what_was_asked_for(store: Store, people: People):
    sent(store, people)
    store.cycle.decide(about("A1"), MORE, people.reviewer)
    store.cycle.decide(about("A2"), MET, people.reviewer)
    returned = store.cycle.return_("2026", "ca_mau", people.reviewer)
    assert returned.opened == {"A1"}
    assert (returned.may_change("A1"), returned.may_change("A2")) == (True, False)
    save(store, "A1", LESS, 1)
    for locked, revision in (("A2", 1), ("A3", 0)):
        with pytest.raises(RefusedActionError, match=f"câu {locked} đang khóa"):
            save(store, locked, LESS, revision)
    store.cycle.submit("2026", "ca_mau", people.director, replace(SENDING, after=1))
    assert store.answers.response("2026", "ca_mau").opened is None
    assert refusals(store) == ["save", "save"]


def test_a_return_can_name_others_and_then_needs_a_remark(store: Store, people: People):
    sent(store, people)
    store.cycle.start_review("2026", "ca_mau", people.reviewer)
    with pytest.raises(SurveyError, match="chưa chỉ số nào"):
        store.cycle.return_("2026", "ca_mau", people.reviewer)
    with pytest.raises(SurveyError, match="ghi rõ"):
        store.cycle.return_("2026", "ca_mau", people.reviewer, opened=["A2"])
    assert store.cycle.return_("2026", "ca_mau", people.reviewer, "Sửa A2", opened=["A2"]).opened == {"A2"}


def test_a_thread_is_open_then_answered_then_closed_and_both_sides_stay(store: Store, people: People):
    sent(store, people)
    store.cycle.decide(about(), REDUCED, people.reviewer)
    assert store.cycle.file("2026", "ca_mau").thread("A1") is ThreadState.OPEN
    store.cycle.reply("2026", "ca_mau", "A1", "Có thêm 70 tài liệu ở kho lưu động.", people.entry)
    store.cycle.reply("2026", "ca_mau", "A1", "Có thêm 70 tài liệu ở kho lưu động.", people.entry)
    assert store.cycle.file("2026", "ca_mau").thread("A1") is ThreadState.ANSWERED
    store.cycle.decide(about(decision=1), replace(REDUCED, words="Kho lưu động không tính."), people.reviewer)
    file = store.cycle.file("2026", "ca_mau")
    assert file.thread("A1") is ThreadState.CLOSED
    assert [(post.side, post.by) for post in file.posts["A1"]] == [
        (Side.REVIEW, "tham"),
        (Side.LIBRARY, "lan"),
        (Side.REVIEW, "tham"),
    ]
    with pytest.raises(RefusedActionError, match="không có yêu cầu nào đang mở"):
        store.cycle.reply("2026", "ca_mau", "A1", "Vẫn chưa rõ", people.entry)


def test_an_empty_reply_and_a_reply_to_nothing_are_refused(store: Store, people: People):
    sent(store, people)
    store.cycle.start_review("2026", "ca_mau", people.reviewer)
    with pytest.raises(SurveyError, match="còn trống"):
        store.cycle.reply("2026", "ca_mau", "A1", " \n", people.entry)
    with pytest.raises(RefusedActionError, match="câu A1"):
        store.cycle.reply("2026", "ca_mau", "A1", "Giải trình", people.entry)


def test_accepting_verifies_what_was_decided_and_the_rest_only_when_said_so(store: Store, people: People):
    sent(store, people, "A1", "A2", "A3")
    store.cycle.decide(about("A1"), REDUCED, people.reviewer)
    store.cycle.decide(about("A2"), MORE, people.reviewer)
    accepted = store.cycle.accept("2026", "ca_mau", people.chair)
    assert [accepted.entry(name).verified for name in ("A1", "A2", "A3")] == [True, False, False]
    file = store.cycle.file("2026", "ca_mau")
    assert {file.thread("A1"), file.thread("A2")} == {ThreadState.CLOSED}
    store.cycle.reopen("2026", "ca_mau", people.chair)
    accepted = store.cycle.accept("2026", "ca_mau", people.chair, rest_met=True)
    assert [accepted.entry(name).verified for name in ("A1", "A2", "A3")] == [True, False, True]


def test_a_reopened_response_goes_on_being_reviewed(store: Store, people: People):
    sent(store, people)
    store.cycle.accept("2026", "ca_mau", people.chair, rest_met=True)
    with pytest.raises(RefusedActionError, match="đã được duyệt"):
        store.cycle.decide(about(), MET, people.reviewer)
    store.cycle.reopen("2026", "ca_mau", people.chair)
    store.cycle.decide(about(), MORE, people.reviewer)
    assert not store.answers.response("2026", "ca_mau").entry("A1").verified


# Who


def test_nobody_reviews_the_own_library_and_offices_do_not_review(store: Store, people: People):
    official = store.accounts.add("quan", "Quan", Role.OFFICIAL, None, PASSWORD, by="tests")
    for who in (people.director, people.entry, people.chair, official):
        with pytest.raises(RefusedActionError, match="CHƯA phân công"):
            store.cycle.assign("2026", "ca_mau", who.id, people.chair)
    with pytest.raises(RefusedActionError):
        store.cycle.assign("2026", "ca_mau", 9_999, people.chair)
    store.cycle.assign("2026", "ca_mau", people.other.id, people.chair)
    store.cycle.assign("2026", "ca_mau", people.other.id, people.chair)
    assert [one.login for one in store.cycle.assignments("2026")] == ["khac", "tham"]
    assert store.cycle.assigned(people.other.id) == {"2026": ("ca_mau",)}
    sent(store, people)
    store.cycle.decide(about(), MET, people.other)


def test_only_the_chair_assigns_and_not_in_a_published_round(store: Store, people: People):
    for who in (people.director, people.reviewer, people.other):
        with pytest.raises(ActionNotAllowedError):
            store.cycle.assign("2026", "an_giang", people.reviewer.id, who)
    store.rounds.change_state("2026", RoundState.CLOSED, "chair")
    store.rounds.change_state("2026", RoundState.PUBLISHED, "chair")
    with pytest.raises(RefusedActionError):
        store.cycle.assign("2026", "an_giang", people.reviewer.id, people.chair)
    assert store.cycle.assigned(people.reviewer.id) == {}


def test_a_reviewer_taken_off_or_disabled_decides_no_more_and_what_was_decided_stays(
    store: Store, people: People
):
    sent(store, people)
    store.cycle.decide(about(), MET, people.reviewer)
    store.cycle.unassign("2026", "ca_mau", people.reviewer.id, people.chair)
    store.cycle.unassign("2026", "ca_mau", people.reviewer.id, people.chair)
    with pytest.raises(ActionNotAllowedError):
        store.cycle.decide(about("A2"), MET, people.reviewer)
    assert store.answers.response("2026", "ca_mau").entry("A1").verified
    store.accounts.set_active(people.director.id, active=False, by="tests")
    with pytest.raises(ActionNotAllowedError):
        store.cycle.reply("2026", "ca_mau", "A1", "Giải trình", people.director)
    assert refusals(store) == ["reply", "decide"]


ACTS: dict[Action, Callable[[Store, Person], object]] = {
    Action.SUBMIT: lambda store, who: store.cycle.submit("2026", "ca_mau", who, replace(SENDING, after=9)),
    Action.WITHDRAW: lambda store, who: store.cycle.withdraw("2026", "ca_mau", who),
    Action.START_REVIEW: lambda store, who: store.cycle.start_review("2026", "ca_mau", who),
    Action.DECIDE: lambda store, who: store.cycle.decide(about("A2"), MORE, who),
    Action.RETURN: lambda store, who: store.cycle.return_("2026", "ca_mau", who, "Sửa", everything=True),
    Action.REPLY: lambda store, who: store.cycle.reply("2026", "ca_mau", "A1", "Giải trình", who),
    Action.ACCEPT: lambda store, who: store.cycle.accept("2026", "ca_mau", who),
    Action.REOPEN: lambda store, who: store.cycle.reopen("2026", "ca_mau", who),
}


def bring_to(store: Store, people: People, wanted: ResponseState) -> None:
    """Bring the response to a state with a thread open at A1 where there can be one."""
    if wanted is ResponseState.DRAFT:
        save(store, "A1")
        return
    sent(store, people)
    if wanted is ResponseState.SUBMITTED:
        return
    store.cycle.decide(about(), MORE, people.reviewer)
    if wanted is ResponseState.RETURNED:
        store.cycle.return_("2026", "ca_mau", people.reviewer)
    if wanted is ResponseState.ACCEPTED:
        store.cycle.accept("2026", "ca_mau", people.chair)


@pytest.mark.parametrize(("before", "closed"), list(product(ResponseState, (False, True))))
def test_the_store_does_what_the_table_says_and_notes_every_refusal(
    store: Store, people: People, before: ResponseState, closed: bool
):
    for action, capacity in product(ACTS, Capacity):
        bring_to(store, people, before)
        round_state = RoundState.OPEN
        if closed:
            store.rounds.change_state("2026", RoundState.CLOSED, "chair")
            round_state = RoundState.CLOSED
        legal = judge(action, before, capacity, round_state)
        noted = len(refusals(store))
        if isinstance(legal, ResponseState):
            ACTS[action](store, people.of(capacity))
            assert state(store) is legal, (action, capacity)
        else:
            with pytest.raises((RefusedActionError, ActionNotAllowedError)):
                ACTS[action](store, people.of(capacity))
            assert state(store) is before, (action, capacity)
            assert len(refusals(store)) == noted + 1
        _begin_anew(store)


def _begin_anew(store: Store) -> None:
    begin_anew(store)
    with store._database.writing() as connection:
        connection.execute(update(round_).values(state="open"))


def test_every_change_writes_its_audit_entry(store: Store, people: People):
    sent(store, people)
    store.cycle.decide(about(), MORE, people.reviewer)
    store.cycle.return_("2026", "ca_mau", people.reviewer)
    store.cycle.reply("2026", "ca_mau", "A1", "Đã bổ sung", people.entry)
    actions = [entry.action for entry in reversed(store.audit.newest())]
    assert [name for name in actions if name.startswith(("response.", "review."))] == [
        "review.assign",
        "response.state",
        "response.receipt",
        "review.decide",
        "review.post",
        "response.state",
        "response.state",
        "review.post",
    ]
    decided = next(entry for entry in store.audit.newest() if entry.action == "review.decide")
    assert (decided.by, decided.object, (decided.new or {})["verdict"]) == (
        "tham",
        "answer:2026/ca_mau/A1",
        "more",
    )


def test_a_reviewers_value_is_in_the_trail(store: Store, people: People):
    sent(store, people)
    store.cycle.decide(about(), REDUCED, people.reviewer)
    made: Decision | None = store.cycle.file("2026", "ca_mau").decision("A1")
    assert made is not None
    assert made.ruling == REDUCED
    decided = next(entry for entry in store.audit.newest() if entry.action == "review.decide")
    assert (decided.new or {})["reviewed"] == {"numerator": 280, "denominator": 700}


def test_what_nobody_began_can_neither_be_withdrawn_nor_reviewed(store: Store, people: People):
    for act in (
        lambda: store.cycle.withdraw("2026", "ca_mau", people.director),
        lambda: store.cycle.start_review("2026", "ca_mau", people.reviewer),
        lambda: store.cycle.return_("2026", "ca_mau", people.chair, "Sửa", everything=True),
    ):
        with pytest.raises(RefusedActionError):
            act()
    assert state(store) is ResponseState.DRAFT


def test_a_step_asks_for_the_person_whoever_calls_it(open_round: Round):
    standing = Response("2026", "ca_mau", ResponseState.SUBMITTED)
    with pytest.raises(ActionNotAllowedError):
        require_step(Action.ACCEPT, standing, Capacity.NOBODY, open_round)


def test_as_what_somebody_meets_a_response_is_read_anew(store: Store, people: People):
    capacity = partial(store.cycle.capacity, "2026", "ca_mau", people.reviewer)
    assert capacity() is Capacity.REVIEWER
    store.cycle.unassign("2026", "ca_mau", people.reviewer.id, people.chair)
    assert capacity() is Capacity.NOBODY


def test_what_happened_before_is_brought_in_under_its_own_time(store: Store, people: People, clock: Clock):
    save(store, "A1")
    earlier = clock() - timedelta(days=30)
    sent = store.cycle.at(earlier).submit("2026", "ca_mau", people.director, SENDING)
    assert sent.submission is not None
    assert sent.submission.at == earlier
