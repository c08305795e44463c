"""Accounts, the first administrator, and how often a password may be guessed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from unicodedata import normalize

import pytest
from argon2 import PasswordHasher, extract_parameters
from conftest import Clock
from sqlalchemy import text

from survey import passwords
from survey.access import Person, Role
from survey.errors import SurveyError
from survey.store import Store, TooManyAttemptsError

PASSWORD = "một câu dễ nhớ"
ADDRESS = "203.0.113.7"
IN_SERVICE = passwords._HASHER

pytestmark = pytest.mark.usefixtures("quick_hashing")


@pytest.fixture
def lan(store: Store) -> Person:
    return store.accounts.add("lan", "Nguyễn Thị Lan", Role.DIRECTOR, "ca_mau", PASSWORD, by="admin")


def guess(store: Store, password: str = "wrong guess", login: str = "lan", address: str = ADDRESS) -> object:
    try:
        return store.accounts.check_password(login, password, address)
    except TooManyAttemptsError as error:
        return error


def test_an_account_is_found_by_its_login_whatever_the_case(store: Store, lan: Person):
    assert store.accounts.by_login(" LAN ") == lan
    assert store.accounts.by_login("minh") is None
    assert store.accounts.by_login("la\x00\ud800") is None
    assert store.accounts.all() == (lan,)
    assert store.accounts.has_accounts()


@pytest.mark.parametrize("login", ["lan", "LAN", " lan\x00"])
def test_a_login_is_given_once(store: Store, lan: Person, login: str):
    with pytest.raises(SurveyError, match="«lan» đã có người dùng"):
        store.accounts.add(login, "Another", Role.CHAIR, None, PASSWORD, by="admin")
    assert store.accounts.all() == (lan,)


@pytest.mark.parametrize(
    ("login", "role", "library", "password", "reason"),
    [
        pytest.param("lan", Role.DIRECTOR, None, PASSWORD, "phải thuộc một thư viện", id="no library"),
        pytest.param("lan", Role.CHAIR, "ca_mau", PASSWORD, "phải thuộc một thư viện", id="one too many"),
        pytest.param(" \x00", Role.CHAIR, None, PASSWORD, "còn trống", id="no login"),
        pytest.param("lan", Role.CHAIR, None, "123456789", "từ 10 đến 256 ký tự", id="short password"),
        pytest.param("lan", Role.CHAIR, None, "1" * 257, "từ 10 đến 256 ký tự", id="long password"),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_words(
    store: Store, login: str, role: Role, library: str | None, password: str, reason: str
):
    with pytest.raises(SurveyError, match=reason):
        store.accounts.add(login, "Lan", role, library, password, by="admin")
    assert not store.accounts.has_accounts()


def test_the_language_of_a_person_is_remembered(store: Store, lan: Person):
    store.accounts.set_language(lan.id, "en")
    found = store.accounts.by_login("lan")
    assert found is not None
    assert found.language == "en"


def test_the_right_password_gives_the_person(store: Store, lan: Person):
    assert guess(store, PASSWORD) == lan
    assert guess(store, PASSWORD, login=" LAN ") == lan
    assert guess(store, normalize("NFD", PASSWORD)) == lan


@pytest.mark.parametrize(
    "password", ["", "wrong", PASSWORD + " ", PASSWORD.upper(), "\x00", "\ud800", "x" * 100_000]
)
def test_any_other_password_gives_nobody(store: Store, lan: Person, password: str):
    assert guess(store, password, login=lan.login) is None
    assert guess(store, password, login="nobody at all") is None


def test_a_password_as_long_as_allowed_works_and_one_letter_more_does_not(store: Store):
    longest = "ộ" * passwords.MAX_LENGTH
    person = store.accounts.add("lan", "Lan", Role.CHAIR, None, longest, by="admin")
    assert guess(store, longest) == person
    assert guess(store, longest + "ộ") is None


def test_a_disabled_account_cannot_sign_in_and_its_sessions_end(store: Store, lan: Person):
    token = store.sessions.start(lan.id)
    store.accounts.set_active(lan.id, False, by="admin")
    assert guess(store, PASSWORD) is None
    assert store.sessions.person(token) is None
    assert store.accounts.disabled() == {lan.id}
    store.accounts.set_active(lan.id, True, by="admin")
    assert guess(store, PASSWORD) == lan
    assert store.sessions.person(token) is None


def test_the_last_administrator_who_can_sign_in_stays(store: Store):
    first, second = (
        store.accounts.add(name, name, Role.ADMINISTRATOR, None, PASSWORD, by="x") for name in ("one", "two")
    )
    store.accounts.set_active(first.id, False, by="two")
    with pytest.raises(SurveyError, match="người quản trị duy nhất"):
        store.accounts.set_active(second.id, False, by="two")
    assert store.accounts.disabled() == {first.id}


def test_a_new_password_ends_the_sessions_and_opens_a_locked_account(store: Store, lan: Person):
    token = store.sessions.start(lan.id)
    for _ in range(6):
        guess(store)
    store.accounts.set_password(lan.id, "một câu khác hẳn", by="admin")
    assert store.sessions.person(token) is None
    assert guess(store, PASSWORD) is None
    assert guess(store, "một câu khác hẳn") == lan
    assert [entry.action for entry in store.audit.newest(3)] == [
        "account.sign_in",
        "account.password",
        "account.locked",
    ]


@pytest.mark.parametrize("login", [pytest.param("lan", id="known"), pytest.param("nobody", id="unknown")])
def test_after_five_wrong_passwords_even_the_right_one_waits_fifteen_minutes(
    store: Store, lan: Person, clock: Clock, login: str
):
    assert [guess(store, login=login) for _ in range(5)] == [None] * 5
    clock.forward(minutes=14, seconds=59)
    assert isinstance(guess(store, PASSWORD, login=login), TooManyAttemptsError)
    clock.forward(seconds=1)
    assert guess(store, PASSWORD, login=login) == (lan if login == "lan" else None)


def test_the_refusal_is_the_same_for_known_and_unknown_logins(store: Store, lan: Person):
    refusals = []
    for login in (lan.login, "nobody"):
        for _ in range(5):
            guess(store, login=login)
        refusals.append(str(guess(store, login=login)))
    assert refusals[0] == refusals[1]
    assert "15 phút" in refusals[0]


def test_an_unknown_or_disabled_login_takes_the_work_of_a_wrong_password(
    store: Store, lan: Person, monkeypatch: pytest.MonkeyPatch
):
    looked_at: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str, password: bytes) -> bool:
            looked_at.append(hash[:25])
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_HASHER", Watched(time_cost=1, memory_cost=8, parallelism=1))
    assert guess(store, login="nobody") is None
    assert guess(store) is None
    store.accounts.set_active(lan.id, False, by="admin")
    assert guess(store, PASSWORD) is None
    assert len(looked_at) == 3
    assert len(set(looked_at)) == 1  # the same parameters each time


def test_refused_tries_do_not_prolong_the_wait(store: Store, lan: Person, clock: Clock):
    for _ in range(15):
        guess(store)
        clock.forward(minutes=1)
    assert guess(store, PASSWORD) == lan


def test_a_right_password_clears_the_count_of_its_account(store: Store, lan: Person):
    for _ in range(4):
        assert guess(store) is None
    assert guess(store, PASSWORD) == lan
    assert [guess(store) for _ in range(5)] == [None] * 5
    assert isinstance(guess(store), TooManyAttemptsError)


def test_one_address_has_thirty_tries_for_all_accounts_together(store: Store, lan: Person):
    results = [guess(store, login=f"person{number}") for number in range(30)]
    assert results == [None] * 30
    assert isinstance(guess(store, PASSWORD), TooManyAttemptsError)
    assert guess(store, PASSWORD, address="203.0.113.8") == lan


def test_forty_guesses_at_once_are_exactly_five_looked_at(store: Store, lan: Person):
    start = Barrier(40)

    def one(number: int) -> object:
        start.wait()
        return guess(store, address=f"203.0.113.{number}")

    with ThreadPoolExecutor(40) as pool:
        results = list(pool.map(one, range(40)))
    assert results.count(None) == 5
    assert sum(isinstance(result, TooManyAttemptsError) for result in results) == 35
    locked = [entry for entry in store.audit.newest() if entry.action == "account.locked"]
    assert [entry.object for entry in locked] == [f"account:{lan.id}"]


def test_neither_passwords_nor_tokens_nor_guessed_names_are_in_the_database(store: Store, lan: Person):
    session = store.sessions.start(lan.id)
    guess(store, "a wrong guess", login="a secret in the wrong field")
    everything = ""
    with store._database.reading() as connection:
        for table in ("account", "session", "sign_in_attempt", "audit"):
            everything += str(connection.execute(text(f"SELECT * FROM {table}")).all())
    assert "argon2id" in everything
    for secret in (PASSWORD, session, "a wrong guess", "a secret in the wrong field", ADDRESS):
        assert secret not in everything


def test_passwords_are_hashed_with_the_parameters_that_owasp_names():
    made = extract_parameters(IN_SERVICE.hash(PASSWORD))
    assert made.type.name == "ID"
    assert (made.memory_cost, made.time_cost, made.parallelism) == (19_456, 2, 1)


def test_equal_passwords_have_different_hashes():
    assert passwords.hash_password(PASSWORD) != passwords.hash_password(PASSWORD)


def test_a_damaged_hash_is_a_wrong_password():
    assert not passwords.is_right(PASSWORD, "not a hash")


def test_an_old_hash_is_renewed_by_signing_in(store: Store, lan: Person, monkeypatch: pytest.MonkeyPatch):
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", stronger)
    monkeypatch.setattr(passwords, "MIN_LENGTH", 50)  # the rule for new passwords may have grown too
    assert guess(store, PASSWORD) == lan
    with store._database.reading() as connection:
        kept = connection.execute(text("SELECT password_hash FROM account")).scalar_one()
    assert not passwords.needs_rehash(kept)
    assert guess(store, PASSWORD) == lan


def test_the_first_administrator_is_made_with_the_setup_link(store: Store):
    assert not store.accounts.has_accounts()
    token = store.accounts.make_setup_token()
    assert store.accounts.setup_token_valid(token)
    person = store.accounts.use_setup_token(token, "Admin", "Quản trị", PASSWORD)
    assert (person.login, person.role) == ("admin", Role.ADMINISTRATOR)
    assert guess(store, PASSWORD, login="admin") == person


def refused(action: Callable[[], object], reason: str) -> None:
    with pytest.raises(SurveyError, match=reason):
        action()


def test_the_setup_link_works_once(store: Store):
    token = store.accounts.make_setup_token()
    store.accounts.use_setup_token(token, "admin", "", PASSWORD)
    assert not store.accounts.setup_token_valid(token)
    refused(lambda: store.accounts.use_setup_token(token, "other", "", PASSWORD), "đã được dùng")
    refused(store.accounts.make_setup_token, "Đã có tài khoản")
    assert [person.name for person in store.accounts.all()] == ["admin"]


def test_the_setup_link_works_once_for_two_people_at_once(store: Store):
    token = store.accounts.make_setup_token()
    start = Barrier(6)

    def one(number: int) -> object:
        start.wait()
        try:
            return store.accounts.use_setup_token(token, f"admin{number}", "", PASSWORD)
        except SurveyError as error:
            return error

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(one, range(6)))
    assert sum(isinstance(result, Person) for result in results) == 1
    assert len(store.accounts.all()) == 1


def test_the_setup_link_ends_after_a_day(store: Store, clock: Clock):
    token = store.accounts.make_setup_token()
    assert store.accounts.setup_token_valid(token, clock.now + timedelta(hours=23, minutes=59))
    clock.forward(hours=24)
    assert not store.accounts.setup_token_valid(token)
    refused(lambda: store.accounts.use_setup_token(token, "admin", "", PASSWORD), "hết hạn")


def test_a_new_setup_link_replaces_the_old_one(store: Store):
    old, new = store.accounts.make_setup_token(), store.accounts.make_setup_token()
    assert not store.accounts.setup_token_valid(old)
    assert store.accounts.setup_token_valid(new)
    assert not store.accounts.setup_token_valid("")


def test_a_refused_password_does_not_use_up_the_setup_link(store: Store):
    token = store.accounts.make_setup_token()
    refused(lambda: store.accounts.use_setup_token(token, "admin", "", "short"), "từ 10")
    assert store.accounts.setup_token_valid(token)


def test_an_account_made_another_way_ends_the_setup_link(store: Store):
    token = store.accounts.make_setup_token()
    store.accounts.add("chair", "Chair", Role.CHAIR, None, PASSWORD, by="sample")
    assert not store.accounts.setup_token_valid(token)
