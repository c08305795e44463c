"""Codes of an authenticator app, recovery codes, and that neither can be guessed or used twice."""

from datetime import UTC, datetime

import pyotp
import pytest
from conftest import Clock
from sqlalchemy import text

from survey.access import Person, Role
from survey.errors import SurveyError
from survey.second_factor import PERIOD, is_key, key_address, new_key, new_recovery_codes, step_of
from survey.store import NeedsCode, Store, TooManyAttemptsError

PASSWORD = "một câu dễ nhớ"
# RFC 6238, appendix B (SHA-1, the last six of its eight digits).
RFC_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]

pytestmark = pytest.mark.usefixtures("quick_hashing")


@pytest.fixture
def lan(store: Store) -> Person:
    return store.accounts.add("lan", "Lan", Role.DIRECTOR, "son_la", PASSWORD, by="admin")


@pytest.fixture
def key(store: Store, lan: Person, clock: Clock) -> str:
    """The key of Lan's app, set up an hour ago."""
    made = new_key()
    store.second_factor.turn_on(lan.id, made, code_of(made, clock.now))
    clock.forward(hours=1)
    return made


def code_of(key: str, now: datetime) -> str:
    return pyotp.TOTP(key).at(now)


def begin(store: Store) -> str:
    """Give the password and return the secret of the second step."""
    answer = store.accounts.check_password("lan", PASSWORD, "x")
    assert isinstance(answer, NeedsCode)
    return store.second_factor.begin(answer.person.id)


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES)
def test_codes_are_those_of_the_standard(seconds: int, code: str):
    now = datetime.fromtimestamp(seconds, UTC)
    assert step_of(RFC_KEY, code, now) == seconds // PERIOD
    assert step_of(RFC_KEY, f" {code[:3]} {code[3:]}", now) == seconds // PERIOD


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "²²²²²²", "-12345"])
def test_what_is_no_code_is_refused(code: str):
    assert step_of(RFC_KEY, code, datetime.fromtimestamp(59, UTC)) is None


def test_a_neighbouring_code_is_taken_and_an_older_one_is_not():
    key, now = new_key(), datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    present = int(now.timestamp()) // PERIOD
    codes = pyotp.TOTP(key)
    for step in (present - 1, present, present + 1):
        assert step_of(key, codes.generate_otp(step), now) == step
    for step in (present - 2, present + 2):
        assert step_of(key, codes.generate_otp(step), now) is None


def test_the_address_names_the_tool_and_the_login():
    address = key_address(RFC_KEY, "lan")
    assert address.startswith("otpauth://totp/")
    assert f"secret={RFC_KEY}" in address
    assert "issuer=Th%C6%B0%E1%BB%9Bc%20S%E1%BB%91" in address


def test_keys_and_recovery_codes_are_never_alike():
    assert is_key(new_key())
    assert new_key() != new_key()
    assert not is_key("a" * 32)
    assert len(set(new_recovery_codes())) == 10


def test_a_password_alone_does_not_sign_in_where_a_second_factor_is_on(
    store: Store, lan: Person, key: str, clock: Clock
):
    assert store.accounts.check_password("lan", PASSWORD, "x") == NeedsCode(lan)
    assert store.second_factor.finish(begin(store), code_of(key, clock.now), "x") == lan
    assert store.audit.newest(1)[0].action == "account.sign_in"


def test_turning_it_on_needs_a_code_of_the_key(store: Store, lan: Person, clock: Clock):
    for key, code in (
        (new_key(), "000000"),
        ("made up", "123456"),
        (new_key(), code_of(new_key(), clock.now)),
    ):
        with pytest.raises(SurveyError, match="Mã không khớp"):
            store.second_factor.turn_on(lan.id, key, code)
    assert not store.second_factor.is_on(lan.id)


def test_a_code_is_taken_once(store: Store, key: str, lan: Person, clock: Clock):
    code = code_of(key, clock.now)
    first, second = begin(store), begin(store)
    assert store.second_factor.finish(first, code, "x") == lan
    assert store.second_factor.finish(second, code, "x") is None
    again = begin(store)
    assert store.second_factor.finish(again, code, "x") is None
    clock.forward(seconds=PERIOD)
    assert store.second_factor.finish(again, code_of(key, clock.now), "x") == lan


def test_the_code_that_set_it_up_does_not_sign_in(store: Store, lan: Person, clock: Clock):
    key = new_key()
    code = code_of(key, clock.now)
    store.second_factor.turn_on(lan.id, key, code)
    assert store.second_factor.finish(begin(store), code, "x") is None


def test_a_recovery_code_stands_in_once_however_it_is_typed(store: Store, lan: Person, clock: Clock):
    key = new_key()
    codes = store.second_factor.turn_on(lan.id, key, code_of(key, clock.now))
    assert store.second_factor.codes_left(lan.id) == 10
    assert store.second_factor.finish(begin(store), codes[0].upper().replace("-", " "), "x") == lan
    assert store.second_factor.codes_left(lan.id) == 9
    assert store.second_factor.finish(begin(store), codes[0], "x") is None
    fresh = store.second_factor.new_codes(lan.id)
    assert store.second_factor.finish(begin(store), codes[1], "x") is None
    assert store.second_factor.finish(begin(store), fresh[1], "x") == lan


@pytest.mark.usefixtures("key")
def test_wrong_codes_are_counted_with_wrong_passwords(store: Store):
    store.accounts.check_password("lan", "wrong guess", "x")
    for _ in range(4):
        assert store.second_factor.finish(begin(store), "000000", "x") is None
    assert store.audit.newest(1)[0].action == "account.locked"
    assert store.accounts.locked() == {store.accounts.by_login("lan").id}
    with pytest.raises(TooManyAttemptsError):
        store.accounts.check_password("lan", PASSWORD, "x")


@pytest.mark.usefixtures("key")
def test_knowing_the_password_gives_no_more_than_five_codes(store: Store):
    steps = [begin(store) for _ in range(8)]
    answers = []
    for step in steps:
        try:
            answers.append(store.second_factor.finish(step, "000000", "x"))
        except TooManyAttemptsError:
            answers.append("refused")
    assert answers == [None] * 5 + ["refused"] * 3


def test_the_second_step_ends_after_ten_minutes_and_with_the_account(
    store: Store, lan: Person, key: str, clock: Clock
):
    token = begin(store)
    assert store.second_factor.waiting(token)
    assert not store.second_factor.waiting("made up")
    clock.forward(minutes=10)
    assert not store.second_factor.waiting(token)
    assert store.second_factor.finish(token, code_of(key, clock.now), "x") is None
    other = begin(store)
    store.accounts.set_active(lan.id, False, "admin")
    assert store.second_factor.finish(other, code_of(key, clock.now), "x") is None


@pytest.mark.usefixtures("key")
def test_turned_off_a_password_is_enough_and_old_codes_are_gone(store: Store, lan: Person):
    token = begin(store)
    assert store.accounts.with_second_factor() == {lan.id}
    store.second_factor.turn_off(lan.id, "admin")
    assert store.accounts.with_second_factor() == frozenset()
    assert not store.second_factor.waiting(token)
    assert store.second_factor.codes_left(lan.id) == 0
    assert store.accounts.check_password("lan", PASSWORD, "x") == lan


def test_recovery_codes_are_kept_as_digests(store: Store, lan: Person, clock: Clock):
    key = new_key()
    codes = store.second_factor.turn_on(lan.id, key, code_of(key, clock.now))
    with store._database.reading() as connection:
        kept = str(connection.execute(text("SELECT * FROM recovery_code")).all())
        told = str(connection.execute(text("SELECT * FROM audit")).all())
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert key not in told
