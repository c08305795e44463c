"""What an administrator changes of an account, and the tries that lock one."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from conftest import Clock

from survey.access import Person, Role
from survey.errors import SurveyError
from survey.store import Store, TooManyAttemptsError
from survey.store.attempts import ACCOUNT_LIMIT, ADDRESS_LIMIT

PASSWORD = "một câu dễ nhớ"

pytestmark = pytest.mark.usefixtures("quick_hashing")


@pytest.fixture
def lan(store: Store) -> Person:
    return store.accounts.add("lan", "Lan", Role.ENTRY, "son_la", PASSWORD, by="admin")


def guess(store: Store, password: str = "wrong guess", login: str = "lan", address: str = "x") -> object:
    try:
        return store.accounts.check_password(login, password, address)
    except TooManyAttemptsError:
        return "refused"


def change(store: Store, person: Person, **changes: object) -> Person:
    kept = {"name": person.name, "role": person.role, "library_id": person.library_id, "email": ""}
    return store.accounts.change(person.id, by="admin", **{**kept, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"role": Role.DIRECTOR}, id="role"),
        pytest.param({"library_id": "lai_chau"}, id="library"),
        pytest.param({"role": Role.CHAIR, "library_id": None}, id="both"),
    ],
)
def test_with_another_role_or_library_every_session_ends(
    store: Store, lan: Person, changes: dict[str, object]
):
    token = store.sessions.start(lan.id)
    change(store, lan, **changes)
    assert store.sessions.person(token) is None
    assert store.sessions.holder(token) is None


def test_a_new_name_and_address_end_no_session(store: Store, lan: Person):
    token = store.sessions.start(lan.id)
    changed = change(store, lan, name=" Nguyễn Thị Lan ", email="Lan@SonLa.vn")
    assert (changed.name, changed.email) == ("Nguyễn Thị Lan", "lan@sonla.vn")
    assert store.sessions.person(token) == changed
    assert store.accounts.by_email(" LAN@sonla.vn ") == changed
    entry = store.audit.newest(1)[0]
    assert (entry.action, entry.by, entry.object) == ("account.change", "admin", f"account:{lan.id}")
    # Names and addresses are personal data, which the trail could never let go of.
    assert "sonla.vn" not in str(entry)
    assert "Nguyễn Thị Lan" not in str(entry)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"name": " "}, "họ tên", id="no name"),
        pytest.param({"email": "lan"}, "không phải địa chỉ", id="no address"),
        pytest.param({"library_id": None}, "phải thuộc một thư viện", id="no library"),
        pytest.param({"role": Role.CHAIR}, "phải thuộc một thư viện", id="one too many"),
        pytest.param({"email": "minh@sonla.vn"}, "đã thuộc một tài khoản khác", id="taken"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_changes_nothing(
    store: Store, lan: Person, changes: dict[str, object], reason: str
):
    minh = store.accounts.add("minh", "Minh", Role.CHAIR, None, PASSWORD, by="admin")
    store.accounts.set_email(minh.id, "minh@sonla.vn", "minh")
    with pytest.raises(SurveyError, match=reason):
        change(store, lan, **changes)
    assert store.accounts.by_login("lan") == lan
    with pytest.raises(SurveyError, match="đã thuộc một tài khoản khác"):
        store.accounts.set_email(lan.id, "Minh@sonla.vn", "lan")


def test_the_last_administrator_keeps_the_role(store: Store):
    one = store.accounts.add("one", "Một", Role.ADMINISTRATOR, None, PASSWORD, by="x")
    with pytest.raises(SurveyError, match="người quản trị duy nhất"):
        change(store, one, role=Role.CHAIR)
    assert change(store, one, name="Số một").role is Role.ADMINISTRATOR


def test_an_address_can_be_taken_away_and_a_disabled_account_has_none(store: Store, lan: Person):
    store.accounts.set_email(lan.id, "lan@sonla.vn", "lan")
    store.accounts.set_active(lan.id, False, "admin")
    assert store.accounts.by_email("lan@sonla.vn") is None
    store.accounts.set_email(lan.id, " ", "lan")
    assert store.accounts.by_login("lan").email is None
    assert store.accounts.by_email("") is None


def test_login_and_address_share_one_count(store: Store, lan: Person):
    store.accounts.set_email(lan.id, "lan@sonla.vn", "lan")
    tried = [guess(store, login=("lan", "lan@sonla.vn", "LAN@SonLa.vn")[number % 3]) for number in range(7)]
    assert tried == [None] * ACCOUNT_LIMIT + ["refused"] * 2


def test_the_administrator_sees_who_must_wait_and_lets_them_in(store: Store, lan: Person, clock: Clock):
    assert store.accounts.locked() == frozenset()
    for _ in range(ACCOUNT_LIMIT):
        guess(store)
        guess(store, login="nobody", address="y")
    assert store.accounts.locked() == {lan.id}
    assert guess(store, PASSWORD) == "refused"
    store.accounts.unlock(lan.id, "admin")
    assert store.accounts.locked() == frozenset()
    assert store.audit.newest(1)[0].action == "account.unlock"
    assert guess(store, PASSWORD) == lan
    for _ in range(ACCOUNT_LIMIT):
        guess(store)
    clock.forward(minutes=15)
    assert store.accounts.locked() == frozenset()


def test_the_own_password_is_confirmed_and_guesses_at_it_are_counted(store: Store, lan: Person):
    for _ in range(8):
        assert store.accounts.confirm_password(lan, PASSWORD, "x")
    for _ in range(ACCOUNT_LIMIT):
        assert not store.accounts.confirm_password(lan, "wrong guess", "x")
    with pytest.raises(TooManyAttemptsError):
        store.accounts.confirm_password(lan, PASSWORD, "x")


@pytest.mark.parametrize("tries", [20, 45, 200])
def test_of_many_guesses_at_once_exactly_five_are_looked_at(store: Store, lan: Person, tries: int):
    results = _at_once(tries, lambda number: guess(store, address=f"203.0.113.{number}"))
    assert results == {None: ACCOUNT_LIMIT, "refused": tries - ACCOUNT_LIMIT}
    assert store.accounts.locked() == {lan.id}
    locked = [entry for entry in store.audit.newest() if entry.action == "account.locked"]
    assert len(locked) == 1


@pytest.mark.parametrize("tries", [45, 200])
def test_of_many_guesses_from_one_address_exactly_thirty_are_looked_at(store: Store, tries: int):
    results = _at_once(tries, lambda number: guess(store, login=f"person{number}"))
    assert results == {None: ADDRESS_LIMIT, "refused": tries - ADDRESS_LIMIT}


def _at_once(count: int, do) -> Counter:  # noqa: ANN001
    start = Barrier(count)

    def one(number: int) -> object:
        start.wait()
        return do(number)

    with ThreadPoolExecutor(count) as pool:
        return Counter(pool.map(one, range(count)))
