"""The first administrator's link: once, in time, and with a password worth the name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Clock

from survey.access import Role
from survey.store import Store
from test_api.visiting import Open, alerts, hidden_fields

GOOD = {
    "username": "quan-tri",
    "name": "Nguyễn Thị Lan",
    "password": "mưa rơi trên núi",
    "again": "mưa rơi trên núi",
}


@pytest.fixture
def empty(sqlite_path: Path, clock: Clock) -> Iterator[Store]:
    """A store without accounts."""
    store = Store.open(f"sqlite:///{sqlite_path}", clock=clock)
    yield store
    store.close()


@pytest.fixture
def link(empty: Store) -> str:
    return f"/thiet-lap?ma={empty.accounts.make_setup_token()}"


def test_the_link_makes_the_administrator_and_signs_in(visit: Open, empty: Store, link: str):
    browser = visit(store=empty)
    answer = browser.send("/thiet-lap", link, **GOOD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    person = empty.sessions.person(browser.cookie)
    assert (person.login, person.name, person.role) == ("quan-tri", "Nguyễn Thị Lan", Role.ADMINISTRATOR)


def test_the_page_does_not_tell_its_address_to_anybody(visit: Open, empty: Store, link: str):
    assert visit(store=empty).open(link).headers["referrer-policy"] == "strict-origin"


def test_a_used_link_is_gone(visit: Open, empty: Store, link: str):
    browser = visit(store=empty)
    browser.send("/thiet-lap", link, **GOOD)
    again = visit(store=empty).open(link)
    assert again.status_code == 410
    assert "đã được dùng" in again.text


def test_an_expired_link_says_how_to_get_another(visit: Open, empty: Store, link: str, clock: Clock):
    clock.forward(hours=25)
    answer = visit(store=empty).open(link)
    assert answer.status_code == 404
    assert "khởi động lại máy chủ" in answer.text


def test_a_link_that_expires_while_typing_makes_nobody(visit: Open, empty: Store, link: str, clock: Clock):
    browser = visit(store=empty)
    fields = hidden_fields(browser.open(link).text)
    clock.forward(hours=25)
    assert browser.post("/thiet-lap", **fields, **GOOD).status_code == 404
    assert not empty.accounts.has_accounts()


@pytest.mark.parametrize("address", ["/thiet-lap", "/thiet-lap?ma=", "/thiet-lap?ma=abc"])
def test_a_guessed_link_opens_nothing(visit: Open, empty: Store, address: str):
    assert visit(store=empty).open(address).status_code == 404


def test_the_form_needs_its_token(visit: Open, empty: Store, link: str):
    token = link.partition("=")[2]
    answer = visit(store=empty).post("/thiet-lap", ma=token, **GOOD)
    assert answer.status_code == 403
    assert not empty.accounts.has_accounts()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param({"username": " "}, "Hãy nhập tên đăng nhập.", id="no login"),
        pytest.param({"username": "quan tri"}, "Tên đăng nhập không có dấu cách.", id="blank in the login"),
        pytest.param({"name": ""}, "Hãy nhập họ và tên", id="no name"),
        pytest.param({"password": "mười một ký"}, "ít nhất 12 ký tự", id="too short"),
        pytest.param({"password": "Password1234"}, "quá dễ đoán", id="common"),
        pytest.param({"password": "matkhau 12345"}, "quá dễ đoán", id="common with a blank"),
        pytest.param({"password": "ababababababab"}, "quá dễ đoán", id="two letters"),
        pytest.param({"password": "quan-tri-2026"}, "quá dễ đoán", id="the login itself"),
        pytest.param({"again": "mưa rơi trên đồi"}, "Hai mật khẩu không giống nhau.", id="typed differently"),
    ],
)
def test_a_refused_form_says_why_beside_the_field(
    visit: Open, empty: Store, link: str, typed: dict[str, str], sentence: str
):
    answer = visit(store=empty).send("/thiet-lap", link, **{**GOOD, **typed})
    assert answer.status_code == 422
    assert [words for words in alerts(answer) if sentence in words]
    assert "mưa rơi" not in answer.text
    assert not empty.accounts.has_accounts()


def test_a_refusal_of_the_store_is_shown(visit: Open, empty: Store, link: str):
    long = "a b c d e f g h " * 40
    answer = visit(store=empty).send("/thiet-lap", link, **{**GOOD, "password": long, "again": long})
    assert answer.status_code == 422
    assert "ký tự" in alerts(answer)[0]


def test_it_can_be_done_in_english(visit: Open, empty: Store, link: str):
    browser = visit(store=empty)
    browser.send("/thiet-lap", f"{link}&ngon-ngu=en", **GOOD)
    assert empty.sessions.person(browser.cookie).language == "en"
