"""What libraries agree to share: kept, changed, taken back at once, and told in the trail without the words."""

from datetime import UTC, datetime

import pytest

from survey.access import Role
from survey.errors import SurveyError
from survey.practice import LONGEST, Practice
from survey.response import Answer, AnswerState
from survey.store import Store

pytestmark = pytest.mark.usefixtures("open_round")
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def practice(words: str = "Làm từng bước.", *, evidence: bool = False, question: str = "A1") -> Practice:
    return Practice("2026", "son_la", question, words, evidence, "an", NEVER)


@pytest.fixture
def answered(store: Store) -> Store:
    answer = Answer(AnswerState.ANSWERED, value=1.0)
    for question in ("A1", "A2"):
        store.answers.save("2026", "son_la", question, answer, opened_revision=0, by="an")
    return store


def trail(store: Store) -> list[tuple[str, str, str, object]]:
    found = [entry for entry in store.audit.newest(20) if entry.action.startswith("practice.")]
    return [(one.action, one.by, one.object, one.new) for one in found]


def test_what_is_shared_is_read_again_with_the_moment_of_the_store(answered: Store, clock: object):
    shared = answered.practices.share(practice("  Làm từng bước.  "))
    assert (shared.words, shared.shared_at) == ("Làm từng bước.", clock())  # type: ignore[operator]
    assert answered.practices.of_round("2026") == (shared,)
    assert answered.practices.of_round("2025") == ()


def test_sharing_again_takes_the_place_of_what_stood(answered: Store):
    answered.practices.share(practice(evidence=True))
    answered.practices.share(practice("Nói cách khác."))
    assert [one.words for one in answered.practices.of_round("2026")] == ["Nói cách khác."]
    assert answered.practices.with_evidence("2026", "son_la") == frozenset()


def test_evidence_is_agreed_to_for_one_indicator_of_one_library(answered: Store):
    answered.practices.share(practice(evidence=True))
    answered.practices.share(practice(question="A2"))
    assert answered.practices.with_evidence("2026", "son_la") == {"A1"}
    assert answered.practices.with_evidence("2026", "lai_chau") == frozenset()
    assert answered.practices.with_evidence("2025", "son_la") == frozenset()


def test_what_is_taken_back_is_gone_at_once_and_may_be_shared_again(answered: Store):
    shared = answered.practices.share(practice(evidence=True))
    answered.practices.withdraw(shared, by="binh")
    assert answered.practices.of_round("2026") == ()
    assert answered.practices.with_evidence("2026", "son_la") == frozenset()
    answered.practices.withdraw(shared, by="binh")
    answered.practices.withdraw(practice(question="A2"), by="binh")
    place = "practice:2026/son_la/A1"
    assert trail(answered) == [
        ("practice.withdraw", "binh", place, {"evidence": True}),
        ("practice.share", "an", place, {"evidence": True}),
    ]
    answered.practices.share(practice("Lần nữa."))
    assert [one.words for one in answered.practices.of_round("2026")] == ["Lần nữa."]


@pytest.mark.parametrize(
    ("wished", "said"),
    [
        (practice("  "), "chưa có nội dung"),
        (practice("a" * (LONGEST + 1)), "2001 ký tự"),
        (practice(question="A3"), "chưa trả lời câu A3"),
    ],
    ids=["nothing", "too long", "no answer"],
)
def test_what_cannot_be_shared_is_told_and_nothing_is_kept(answered: Store, wished: Practice, said: str):
    with pytest.raises(SurveyError) as refused:
        answered.practices.share(wished)
    assert said in refused.value.to("vi")
    assert answered.practices.of_round("2026") == ()
    assert trail(answered) == []


def test_the_longest_text_is_taken(answered: Store):
    assert len(answered.practices.share(practice("ư" * LONGEST)).words) == LONGEST


def test_whoever_is_erased_is_not_named_under_a_practice(answered: Store):
    answered.accounts.add("an", "An", Role.ENTRY, "son_la", "một câu dài hơn", by="tests")
    answered.practices.share(practice())
    assert len(answered.personal.export("an")["shared_practice"]) == 1
    pseudonym = answered.personal.erase("an", by="tests")
    assert [one.shared_by for one in answered.practices.of_round("2026")] == [pseudonym]
