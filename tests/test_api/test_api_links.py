"""An invited person, and one who forgot the password, with their links in a browser."""

import pytest
from conftest import Clock

from survey.access import Role
from survey.members import load_members
from survey.store import Store
from test_api.visiting import PASSWORD, Open, alerts, hidden_fields

NEW = "mười con cá lội ngược"
FAULTS = [
    pytest.param({"password": "chín chữ."}, "ít nhất 10 ký tự", id="too short"),
    pytest.param({"password": "x" * 257, "again": "x" * 257}, "dài nhất 256", id="too long"),
    pytest.param({"password": "Mật khẩu 123"}, "quá dễ đoán", id="common with marks and a blank"),
    pytest.param({"password": "1234567890"}, "quá dễ đoán", id="common"),
    pytest.param({"password": "hoa.nguyen 99"}, "quá dễ đoán", id="the login in it"),
    pytest.param({"password": "aaaaaaaaaaaaaa"}, "quá dễ đoán", id="one letter"),
    pytest.param({"again": NEW + "!"}, "không giống nhau", id="not twice the same"),
]


@pytest.fixture
def invited(site_store: Store) -> str:
    token = site_store.invitations.invite("Hoa", "hoa.nguyen@sonla.vn", Role.ENTRY, "son_la", "quantri")
    return f"/loi-moi?ma={token}"


@pytest.fixture
def reset(site_store: Store) -> str:
    person = site_store.accounts.by_login("nhap")
    return f"/dat-lai-mat-khau?ma={site_store.invitations.reset(person.id, 'quantri')}"


def test_the_page_of_an_invitation_says_what_it_is_for(visit: Open, site_store: Store, invited: str):
    site_store.members.replace_all(load_members().members, "tests")
    page = visit().open(invited)
    assert page.status_code == 200
    assert "Người nhập số liệu" in page.text
    assert "Sơn La" in page.text
    assert 'value="hoa.nguyen"' in page.text
    assert page.text.count('autocomplete="new-password"') == 2
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text


def test_an_invited_person_sets_a_password_and_is_signed_in(visit: Open, site_store: Store, invited: str):
    browser = visit()
    answer = browser.send(
        "/loi-moi", invited, username="hoa.nguyen", name="Nguyễn Hoa", password=NEW, again=NEW
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    person = site_store.sessions.person(browser.cookie)
    assert (person.login, person.name, person.role, person.library_id) == (
        "hoa.nguyen", "Nguyễn Hoa", Role.ENTRY, "son_la",
    )  # fmt: skip
    assert visit().sign_in("hoa.nguyen@sonla.vn", NEW).status_code == 303


def test_looking_at_a_link_does_not_use_it_up(visit: Open, invited: str):
    assert [visit().open(invited).status_code for _ in range(3)] == [200] * 3


@pytest.mark.parametrize(("typed", "said"), FAULTS)
def test_a_password_that_is_refused_is_explained_and_the_rest_is_kept(
    visit: Open, site_store: Store, invited: str, typed: dict[str, str], said: str
):
    usual = {"username": "hoa.nguyen", "name": "Nguyễn Hoa", "password": NEW, "again": NEW}
    answer = visit().send("/loi-moi", invited, **{**usual, "again": typed.get("password", NEW), **typed})
    assert answer.status_code == 422
    assert said in " ".join(alerts(answer))
    assert 'value="Nguyễn Hoa"' in answer.text
    assert NEW not in answer.text
    assert site_store.accounts.by_login("hoa.nguyen") is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"username": "thuvien"}, "đã có người dùng", id="taken"),
        pytest.param({"username": " "}, "tên đăng nhập", id="none"),
        pytest.param({"username": "hoa@sonla.vn"}, "không chứa @", id="an address"),
        pytest.param({"username": "hoa nguyen"}, "không có dấu cách", id="blank"),
        pytest.param({"username": "h" * 41}, "dài nhất 40", id="too long"),
        pytest.param({"name": ""}, "họ và tên", id="no name"),
    ],
)
def test_a_login_or_name_that_cannot_be_is_explained(
    visit: Open, invited: str, typed: dict[str, str], said: str
):
    usual = {"username": "hoa", "name": "Hoa", "password": NEW, "again": NEW}
    answer = visit().send("/loi-moi", invited, **{**usual, **typed})
    assert answer.status_code == 422
    assert said in " ".join(alerts(answer))


def test_a_used_an_old_and_an_unknown_link_say_what_to_do(
    visit: Open, site_store: Store, invited: str, reset: str, clock: Clock
):
    browser = visit()
    browser.send("/loi-moi", invited, username="hoa", name="Hoa", password=NEW, again=NEW)
    used = visit().open(invited)
    assert used.status_code == 410
    assert "đã được dùng rồi" in used.text
    clock.forward(days=8)
    old = visit().open(reset)
    assert old.status_code == 410
    assert "đã hết hạn" in old.text
    for unknown in ("/loi-moi", "/loi-moi?ma=sai", invited.replace("loi-moi", "dat-lai-mat-khau")):
        answer = visit().open(unknown)
        assert answer.status_code in (404, 410)
        assert "nhờ người quản trị" in answer.text or "Đăng nhập" in answer.text
    assert len(site_store.accounts.all()) == 7


def test_a_link_of_one_kind_at_the_other_address_is_closed(visit: Open, invited: str, reset: str):
    assert visit().open(invited.replace("loi-moi", "dat-lai-mat-khau")).status_code == 410
    assert visit().open(reset.replace("dat-lai-mat-khau", "loi-moi")).status_code == 410


def test_a_form_from_elsewhere_is_not_taken(visit: Open, site_store: Store, invited: str):
    browser = visit()
    fields = {**hidden_fields(browser.open(invited).text), "bieu_mau": "00" * 48}
    answer = browser.post("/loi-moi", **fields, username="hoa", name="Hoa", password=NEW, again=NEW)
    assert answer.status_code == 403
    assert site_store.accounts.by_login("hoa") is None


def test_a_forgotten_password_is_replaced_and_every_old_session_ends(
    visit: Open, site_store: Store, reset: str
):
    old, browser = visit().signed_in("nhap"), visit()
    assert old.open("/").status_code == 200
    answer = browser.send("/dat-lai-mat-khau", reset, password=NEW, again=NEW)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert site_store.sessions.person(browser.cookie).login == "nhap"
    assert old.open("/").status_code == 303
    assert visit().sign_in("nhap", PASSWORD).status_code == 422
    assert visit().sign_in("nhap", NEW).status_code == 303
    assert visit().open(reset).status_code == 410


def test_the_old_login_may_not_be_in_the_new_password(visit: Open, site_store: Store):
    person = site_store.accounts.by_login("thuvien")
    link = f"/dat-lai-mat-khau?ma={site_store.invitations.reset(person.id, 'quantri')}"
    answer = visit().send("/dat-lai-mat-khau", link, password="thuvien của tôi", again="thuvien của tôi")
    assert "quá dễ đoán" in " ".join(alerts(answer))


def test_whoever_is_signed_in_on_the_machine_is_told_and_signed_out(
    visit: Open, site_store: Store, invited: str
):
    browser = visit().signed_in("quantri")
    before = browser.cookie
    assert "đang đăng nhập" in browser.open(invited).text
    browser.send("/loi-moi", invited, username="hoa", name="Hoa", password=NEW, again=NEW)
    assert site_store.sessions.person(before) is None
    held = [cookie.value for cookie in browser.client.cookies.jar if cookie.name == "thuoc_so"]
    people = [site_store.sessions.person(token) for token in held]
    assert [person.login for person in people if person] == ["hoa"]
