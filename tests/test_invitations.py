"""One-time links: for a new account and for a new password."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from conftest import Clock
from sqlalchemy import text

from survey.access import Person, Role
from survey.errors import SurveyError
from survey.store import LinkState, Store, TooManyAttemptsError

PASSWORD = "một câu dễ nhớ"
NEW = "một câu khác hẳn"

pytestmark = pytest.mark.usefixtures("quick_hashing")


@pytest.fixture
def lan(store: Store) -> Person:
    return store.accounts.add("lan", "Nguyễn Thị Lan", Role.DIRECTOR, "son_la", PASSWORD, by="admin")


@pytest.fixture
def token(store: Store) -> str:
    return store.invitations.invite("Trần Văn Minh", " Minh@SonLa.vn ", Role.ENTRY, "son_la", "admin")


def test_an_invited_person_makes_the_account_that_was_meant(store: Store, token: str):
    person = store.invitations.accept(token, "Minh", "Trần Văn Minh", PASSWORD)
    assert (person.login, person.name, person.role, person.library_id, person.email) == (
        "minh", "Trần Văn Minh", Role.ENTRY, "son_la", "minh@sonla.vn",
    )  # fmt: skip
    assert store.accounts.check_password("minh", PASSWORD, "x") == person
    assert store.accounts.check_password(" Minh@sonla.vn", PASSWORD, "x") == person
    made = next(entry for entry in store.audit.newest() if entry.action == "account.add")
    assert (made.by, made.object) == ("admin", f"account:{person.id}")


def test_a_link_works_once(store: Store, token: str):
    store.invitations.accept(token, "minh", "Minh", PASSWORD)
    assert store.invitations.state(token) is LinkState.USED
    with pytest.raises(SurveyError, match="đã được dùng"):
        store.invitations.accept(token, "minh2", "Minh", PASSWORD)
    assert [one.login for one in store.accounts.all()] == ["minh"]
    assert store.invitations.waiting() == ()


def test_a_used_link_keeps_no_name_and_no_address(store: Store, token: str):
    store.invitations.accept(token, "minh", "Minh", PASSWORD)
    with store._database.reading() as connection:
        kept = str(connection.execute(text("SELECT * FROM invitation")).all())
    assert "minh@sonla.vn" not in kept
    assert "Minh" not in kept
    assert token not in kept


def test_a_link_works_once_for_twenty_people_at_once(store: Store, token: str):
    start = Barrier(20)

    def one(number: int) -> object:
        start.wait()
        try:
            return store.invitations.accept(token, f"minh{number}", "Minh", PASSWORD)
        except SurveyError as error:
            return error

    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(one, range(20)))
    assert sum(isinstance(result, Person) for result in results) == 1
    assert len(store.accounts.all()) == 1


def test_an_invitation_ends_after_seven_days(store: Store, token: str, clock: Clock):
    assert store.invitations.state(token, clock.now + timedelta(days=7, seconds=-1)) is LinkState.VALID
    clock.forward(days=7)
    assert store.invitations.state(token) is LinkState.EXPIRED
    with pytest.raises(SurveyError, match="hết hạn"):
        store.invitations.accept(token, "minh", "Minh", PASSWORD)
    assert [one.name for one in store.invitations.waiting()] == ["Trần Văn Minh"]


def test_a_renewed_invitation_replaces_the_old_link(store: Store, token: str, clock: Clock):
    clock.forward(days=8)
    renewed = store.invitations.renew(store.invitations.waiting()[0].handle, "admin")
    assert store.invitations.state(token) is LinkState.UNKNOWN
    assert store.invitations.state(renewed) is LinkState.VALID
    assert store.invitations.accept(renewed, "minh", "Minh", PASSWORD).email == "minh@sonla.vn"
    with pytest.raises(SurveyError, match="liên kết mới"):
        store.invitations.renew(store.invitations.find(renewed).handle, "admin")
    with pytest.raises(SurveyError, match="liên kết mới"):
        store.invitations.renew("made up", "admin")


def test_a_withdrawn_invitation_is_unknown_and_a_used_one_stays_used(store: Store, token: str):
    handle = store.invitations.find(token).handle
    store.invitations.withdraw(handle, "admin")
    assert store.invitations.state(token) is LinkState.UNKNOWN
    other = store.invitations.invite("Hoa", "", Role.CHAIR, None, "admin")
    store.invitations.accept(other, "hoa", "Hoa", PASSWORD)
    store.invitations.withdraw(store.invitations.find(other).handle, "admin")
    assert store.invitations.state(other) is LinkState.USED
    assert [entry.action for entry in store.audit.newest()].count("invitation.withdraw") == 1


@pytest.mark.parametrize("handle", ["", "made up", "\x00", "\ud800", "x" * 5000])
@pytest.mark.usefixtures("token")
def test_another_token_opens_nothing(store: Store, handle: str):
    assert store.invitations.find(handle) is None
    assert store.invitations.state(handle) is LinkState.UNKNOWN


def test_the_handle_of_a_link_does_not_open_it(store: Store, token: str):
    assert store.invitations.state(store.invitations.find(token).handle) is LinkState.UNKNOWN


@pytest.mark.parametrize(
    ("name", "email", "role", "library", "reason"),
    [
        pytest.param(" ", "", Role.CHAIR, None, "họ tên", id="no name"),
        pytest.param("Lan", "lan", Role.CHAIR, None, "không phải địa chỉ", id="no address"),
        pytest.param("Lan", "lan@a b.vn", Role.CHAIR, None, "không phải địa chỉ", id="a blank"),
        pytest.param("Lan", "Lan <lan@a.vn>", Role.CHAIR, None, "không phải địa chỉ", id="a header"),
        pytest.param("Lan", "lan@a.vn\nBcc: x@y.vn", Role.CHAIR, None, "không phải địa chỉ", id="two lines"),
        pytest.param("Lan", "x" * 250 + "@a.vn", Role.CHAIR, None, "không phải địa chỉ", id="too long"),
        pytest.param("Lan", "", Role.ENTRY, None, "phải thuộc một thư viện", id="no library"),
        pytest.param("Lan", "", Role.CHAIR, "son_la", "phải thuộc một thư viện", id="one too many"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_words(
    store: Store, name: str, email: str, role: Role, library: str | None, reason: str
):
    with pytest.raises(SurveyError, match=reason):
        store.invitations.invite(name, email, role, library, "admin")
    assert store.invitations.waiting() == ()


def test_an_address_in_use_is_refused_before_and_after_the_invitation(store: Store, lan: Person, token: str):
    store.accounts.set_email(lan.id, "minh@sonla.vn", "lan")
    with pytest.raises(SurveyError, match="đã thuộc một tài khoản khác"):
        store.invitations.invite("Minh", "MINH@sonla.vn", Role.CHAIR, None, "admin")
    with pytest.raises(SurveyError, match="đã thuộc một tài khoản khác"):
        store.invitations.accept(token, "minh", "Minh", PASSWORD)
    assert store.invitations.state(token) is LinkState.VALID


@pytest.mark.usefixtures("lan")
def test_what_is_refused_does_not_use_up_the_link(store: Store, token: str):
    for login, password, reason in (
        ("minh", "short", "từ 10"), ("lan", PASSWORD, "đã có người dùng"), (" ", PASSWORD, "còn trống")
    ):  # fmt: skip
        with pytest.raises(SurveyError, match=reason):
            store.invitations.accept(token, login, "Minh", password)
    assert store.invitations.state(token) is LinkState.VALID


def test_a_reset_leaves_everything_as_it_is_until_it_is_used(store: Store, lan: Person):
    session = store.sessions.start(lan.id)
    token = store.invitations.reset(lan.id, "admin")
    assert store.accounts.check_password("lan", PASSWORD, "x") == lan
    assert store.sessions.person(session) == lan
    assert store.invitations.use_reset(token, NEW) == lan
    assert store.sessions.person(session) is None
    assert store.accounts.check_password("lan", PASSWORD, "x") is None
    assert store.accounts.check_password("lan", NEW, "x") == lan
    with pytest.raises(SurveyError, match="đã được dùng"):
        store.invitations.use_reset(token, PASSWORD)


def test_a_reset_opens_a_locked_account(store: Store, lan: Person):
    for _ in range(5):
        store.accounts.check_password("lan", "wrong guess", "x")
    with pytest.raises(TooManyAttemptsError):
        store.accounts.check_password("lan", PASSWORD, "x")
    store.invitations.use_reset(store.invitations.reset(lan.id, "admin"), NEW)
    assert store.accounts.check_password("lan", NEW, "x") == lan


def test_a_reset_ends_after_a_day_and_with_the_next_one(store: Store, lan: Person, clock: Clock):
    first, second = store.invitations.reset(lan.id, "a"), store.invitations.reset(lan.id, "a")
    assert store.invitations.state(first) is LinkState.UNKNOWN
    clock.forward(hours=24)
    assert store.invitations.state(second) is LinkState.EXPIRED
    with pytest.raises(SurveyError, match="hết hạn"):
        store.invitations.use_reset(second, NEW)


def test_disabling_an_account_ends_its_reset_link(store: Store, lan: Person):
    token = store.invitations.reset(lan.id, "admin")
    store.accounts.set_active(lan.id, False, "admin")
    with pytest.raises(SurveyError, match="đã được thay"):
        store.invitations.use_reset(token, NEW)


def test_a_link_of_one_kind_is_not_taken_for_the_other(store: Store, lan: Person, token: str):
    reset = store.invitations.reset(lan.id, "admin")
    with pytest.raises(SurveyError, match="liên kết mới"):
        store.invitations.use_reset(token, NEW)
    with pytest.raises(SurveyError, match="liên kết mới"):
        store.invitations.accept(reset, "other", "Other", NEW)
    assert [one.name for one in store.invitations.waiting()] == ["Trần Văn Minh"]


def test_a_disabled_account_gets_no_new_password(store: Store, lan: Person):
    token = store.invitations.reset(lan.id, "admin")
    with store._database.writing() as connection:
        connection.execute(text("UPDATE account SET active = false"))
    with pytest.raises(SurveyError, match="liên kết mới"):
        store.invitations.use_reset(token, NEW)
    with pytest.raises(SurveyError, match="đang bị khóa"):
        store.invitations.reset(lan.id, "admin")
