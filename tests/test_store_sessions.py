"""A session is a secret that expires, and that ends when it should."""

from datetime import timedelta
from pathlib import Path

import pytest
from conftest import Clock
from sqlalchemy import text

from survey.access import Person, Role
from survey.store import Store

pytestmark = pytest.mark.usefixtures("quick_hashing")


@pytest.fixture
def lan(store: Store) -> Person:
    return store.accounts.add("lan", "Lan", Role.DIRECTOR, "ca_mau", "một câu dễ nhớ", by="admin")


def last_seen(store: Store) -> object:
    with store._database.reading() as connection:
        return connection.execute(text("SELECT last_seen FROM session")).scalar_one()


def test_a_token_tells_who_is_signed_in(store: Store, lan: Person):
    token = store.sessions.start(lan.id)
    assert store.sessions.person(token) == lan
    assert len(token) >= 43
    assert token != store.sessions.start(lan.id)


@pytest.mark.parametrize("token", ["", "made up", "\x00", "\ud800", "x" * 10_000])
def test_another_token_tells_nobody(store: Store, lan: Person, token: str):
    store.sessions.start(lan.id)
    assert store.sessions.person(token) is None


def test_a_session_left_for_forty_five_minutes_is_over(store: Store, lan: Person, clock: Clock):
    token = store.sessions.start(lan.id)
    clock.forward(minutes=44, seconds=59)
    assert store.sessions.person(token) == lan
    clock.forward(minutes=45)
    assert store.sessions.person(token) is None


def test_a_session_in_use_lasts_twelve_hours_and_no_longer(store: Store, lan: Person, clock: Clock):
    token = store.sessions.start(lan.id)
    for _ in range(12 * 3 - 1):
        clock.forward(minutes=20)
        assert store.sessions.person(token) == lan
    clock.forward(minutes=20)
    assert store.sessions.person(token) is None


def test_a_clock_set_back_ends_no_session(store: Store, lan: Person, clock: Clock):
    token = store.sessions.start(lan.id)
    clock.forward(hours=-1)
    assert store.sessions.person(token) == lan


def test_the_limits_can_be_chosen(sqlite_path: Path, clock: Clock):
    store = Store.open(
        f"sqlite:///{sqlite_path}", clock=clock, idle=timedelta(minutes=5), absolute=timedelta(minutes=8)
    )
    person = store.accounts.add("lan", "Lan", Role.CHAIR, None, "một câu dễ nhớ", by="admin")
    token = store.sessions.start(person.id)
    assert store.sessions.person(token, clock.now + timedelta(minutes=4)) == person
    assert store.sessions.person(token, clock.now + timedelta(minutes=8)) is None
    store.close()


def test_a_rerun_within_a_minute_writes_nothing(store: Store, lan: Person, clock: Clock):
    token = store.sessions.start(lan.id)
    began = last_seen(store)
    clock.forward(seconds=59)
    store.sessions.person(token)
    assert last_seen(store) == began
    clock.forward(seconds=1)
    store.sessions.person(token)
    assert last_seen(store) != began


def test_signing_out_ends_that_session_and_no_other(store: Store, lan: Person):
    one, other = store.sessions.start(lan.id), store.sessions.start(lan.id)
    store.sessions.end(one)
    store.sessions.end(one)
    assert store.sessions.person(one) is None
    assert store.sessions.person(other) == lan


def test_all_sessions_of_a_person_end_together(store: Store, lan: Person):
    minh = store.accounts.add("minh", "Minh", Role.CHAIR, None, "một câu dễ nhớ", by="admin")
    tokens = [store.sessions.start(lan.id) for _ in range(3)]
    other = store.sessions.start(minh.id)
    store.sessions.end_all(lan.id)
    assert [store.sessions.person(token) for token in tokens] == [None] * 3
    assert store.sessions.person(other) == minh


def test_sessions_past_all_use_are_swept_out(store: Store, lan: Person, clock: Clock):
    store.sessions.start(lan.id)
    clock.forward(hours=24, seconds=1)
    store.sessions.start(lan.id)
    with store._database.reading() as connection:
        assert len(connection.execute(text("SELECT 1 FROM session")).all()) == 1


def test_a_change_of_the_person_shows_at_the_next_click(store: Store, lan: Person):
    token = store.sessions.start(lan.id)
    store.accounts.set_language(lan.id, "en")
    person = store.sessions.person(token)
    assert person is not None
    assert person.language == "en"


def test_a_person_sees_the_own_live_sessions_and_which_one_asks(store: Store, lan: Person, clock: Clock):
    minh = store.accounts.add("minh", "Minh", Role.CHAIR, None, "một câu dễ nhớ", by="admin")
    store.sessions.start(minh.id, device="Safari · iPhone")
    forgotten = store.sessions.start(lan.id, device="Edge · Windows")
    clock.forward(minutes=40)
    here = store.sessions.start(lan.id, device="Chrome · Windows")
    seen = store.sessions.of_person(lan.id, here)
    assert [(one.device, one.here) for one in seen] == [("Chrome · Windows", True), ("Edge · Windows", False)]
    clock.forward(minutes=5)
    assert [one.device for one in store.sessions.of_person(lan.id, here)] == ["Chrome · Windows"]
    assert store.sessions.person(forgotten) is None


def test_one_session_or_all_others_are_ended_from_here(store: Store, lan: Person):
    here, *others = (store.sessions.start(lan.id) for _ in range(4))
    handles = [one.handle for one in store.sessions.of_person(lan.id, here) if not one.here]
    store.sessions.end_own(lan.id, handles[0])
    assert sum(store.sessions.person(token) is not None for token in others) == 2
    store.sessions.end_others(lan.id, here)
    assert [store.sessions.person(token) for token in others] == [None] * 3
    assert store.sessions.person(here) == lan


def test_another_persons_session_cannot_be_ended_by_its_handle(store: Store, lan: Person):
    minh = store.accounts.add("minh", "Minh", Role.CHAIR, None, "một câu dễ nhớ", by="admin")
    token = store.sessions.start(minh.id)
    [other] = store.sessions.of_person(minh.id, token)
    store.sessions.end_own(lan.id, other.handle)
    assert store.sessions.person(token) == minh


def test_the_handle_of_a_session_opens_nothing(store: Store, lan: Person):
    token = store.sessions.start(lan.id)
    [one] = store.sessions.of_person(lan.id, token)
    assert store.sessions.person(one.handle) is None


def test_asking_how_long_it_lives_is_no_click(store: Store, lan: Person, clock: Clock):
    token = store.sessions.start(lan.id)
    clock.forward(minutes=43)
    left = store.sessions.remaining(token)
    assert (left.idle, left.absolute) == (timedelta(minutes=2), timedelta(hours=11, minutes=17))
    clock.forward(minutes=2)
    assert store.sessions.remaining(token) is None
    assert store.sessions.remaining("made up") is None


def test_an_expired_session_still_has_its_holder_and_gives_no_rights(store: Store, lan: Person, clock: Clock):
    token = store.sessions.start(lan.id)
    clock.forward(hours=2)
    assert store.sessions.holder(token) == lan.id
    assert store.sessions.person(token) is None
    store.sessions.end(token)
    assert store.sessions.holder(token) is None
