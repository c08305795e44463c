"""One's own password and second factor, and the clock of the session."""

import re
from html import unescape

import pyotp
import pytest
from conftest import Clock

from survey.access import Role
from survey.store import Store
from test_api.visiting import PASSWORD, Open, Visit, alerts, hidden_fields

NEW = "mười con cá lội ngược"


def change(browser: Visit, old: str = PASSWORD, new: str = NEW, again: str | None = None):
    return browser.send("/doi-mat-khau", old=old, password=new, again=new if again is None else again)


def turn_on(browser: Visit, clock: Clock) -> tuple[str, list[str]]:
    """Set the second factor up; return its key and the recovery codes."""
    key = hidden_fields(browser.open("/xac-thuc-hai-lop").text)["key"]
    answer = browser.send(
        "/xac-thuc-hai-lop", key=key, code=pyotp.TOTP(key).at(clock.now), password=PASSWORD, viec="bat"
    )
    assert answer.status_code == 200
    clock.forward(seconds=60)
    return key, re.findall(r"<li><code>([a-z0-9-]+)</code>", answer.text)


@pytest.mark.parametrize("path", ["/doi-mat-khau", "/xac-thuc-hai-lop"])
def test_a_stranger_is_led_to_the_sign_in_page_and_back(visit: Open, path: str):
    answer = visit().open(path)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/dang-nhap?tiep=%2F{path[1:]}"
    browser = visit()
    assert browser.sign_in("chutich", page=answer.headers["location"]).headers["location"] == path
    assert visit().post(path, password="x").status_code == 303


def test_a_new_password_ends_other_sessions_and_kills_a_copied_cookie(visit: Open, site_store: Store):
    browser, other, thief = visit().signed_in("chutich"), visit().signed_in("chutich"), visit()
    copied = browser.cookie
    thief.client.cookies.set("thuoc_so", copied, domain="testserver.local", path="/")
    assert thief.open("/").status_code == 200
    answer = change(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tai-khoan-cua-toi?da-doi=mat-khau")
    assert thief.open("/").status_code == 303
    assert other.open("/").status_code == 303
    assert site_store.sessions.person(copied) is None
    assert browser.open("/").status_code == 200
    assert visit().sign_in("chutich").status_code == 422
    assert visit().sign_in("chutich", NEW).status_code == 303


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"old": "không phải"}, "Mật khẩu đang dùng không đúng", id="wrong old one"),
        pytest.param({"new": "ngắn quá"}, "ít nhất 10", id="too short"),
        pytest.param({"new": "vietnam2026"}, "quá dễ đoán", id="common"),
        pytest.param({"new": "chutich chutich"}, "quá dễ đoán", id="the login"),
        pytest.param({"again": "khác hẳn"}, "không giống nhau", id="not twice the same"),
    ],
)
def test_what_is_refused_is_explained_and_changes_nothing(visit: Open, typed: dict[str, str], said: str):
    browser = visit().signed_in("chutich")
    answer = change(browser, **typed)
    assert answer.status_code == 422
    assert said in " ".join(alerts(answer))
    assert browser.open("/").status_code == 200
    assert visit().sign_in("chutich").status_code == 303


def test_guesses_at_the_old_password_are_counted(visit: Open):
    browser = visit().signed_in("chutich")
    assert [change(browser, old=f"sai {number}").status_code for number in range(7)] == [422] * 5 + [429] * 2


def test_a_form_from_elsewhere_changes_nothing(visit: Open, site_store: Store):
    browser = visit().signed_in("chutich")
    for path in ("/doi-mat-khau", "/xac-thuc-hai-lop"):
        answer = browser.post(path, old=PASSWORD, password=PASSWORD, again=NEW, viec="bat")
        assert answer.status_code == 403
    assert visit().sign_in("chutich").status_code == 303
    assert not site_store.second_factor.is_on(site_store.accounts.by_login("chutich").id)


def test_the_key_is_shown_as_a_picture_and_in_groups(visit: Open):
    page = visit().signed_in("chutich").open("/xac-thuc-hai-lop")
    key = hidden_fields(page.text)["key"]
    shown = unescape(re.search(r'<code class="key">([^<]+)</code>', page.text).group(1))
    assert shown.replace(" ", "") == key
    assert "<svg" in page.text
    assert "style=" not in page.text  # which the page's own rules would not let pass
    assert key != hidden_fields(visit().signed_in("chutich").open("/xac-thuc-hai-lop").text)["key"]


def test_with_a_second_factor_signing_in_takes_two_steps(visit: Open, site_store: Store, clock: Clock):
    key, codes = turn_on(visit().signed_in("chutich"), clock)
    assert len(codes) == 10
    browser = visit()
    answer = browser.sign_in("chutich", page="/dang-nhap?tiep=%2Flien-hiep%3Fdot%3D2025")
    assert answer.headers["location"] == "/dang-nhap/ma?tiep=%2Flien-hiep%3Fdot%3D2025"
    assert browser.cookie is None
    assert browser.open("/").status_code == 303
    step = answer.headers["location"]
    wrong = browser.send("/dang-nhap/ma", step, code="000000")
    assert wrong.status_code == 422
    assert "Mã không đúng" in " ".join(alerts(wrong))
    code = pyotp.TOTP(key).at(clock.now)
    right = browser.send("/dang-nhap/ma", step, code=code)
    assert (right.status_code, right.headers["location"]) == (303, "/lien-hiep?dot=2025")
    assert site_store.sessions.person(browser.cookie).login == "chutich"
    replayed = visit()
    replayed.sign_in("chutich")
    assert replayed.send("/dang-nhap/ma", code=code).status_code == 422
    assert replayed.send("/dang-nhap/ma", code=codes[0]).status_code == 303


def test_the_second_step_cannot_be_entered_without_the_first(visit: Open):
    assert visit().open("/dang-nhap/ma").headers["location"] == "/dang-nhap"
    browser = visit()
    fields = hidden_fields(browser.open("/dang-nhap").text)
    assert browser.post("/dang-nhap/ma", **fields, code="123456").headers["location"] == "/dang-nhap"


def test_the_second_step_is_locked_like_a_password(visit: Open, clock: Clock):
    turn_on(visit().signed_in("chutich"), clock)
    browser = visit()
    browser.sign_in("chutich")
    answers = [browser.send("/dang-nhap/ma", code="000000").status_code for _ in range(7)]
    assert answers == [422] * 5 + [429] * 2
    assert browser.post("/dang-nhap/ma", code="1").status_code == 403


def test_turning_it_on_needs_password_and_code_and_signs_other_devices_out(visit: Open, clock: Clock):
    browser, other = visit().signed_in("chutich"), visit().signed_in("chutich")
    key = hidden_fields(browser.open("/xac-thuc-hai-lop").text)["key"]
    code = pyotp.TOTP(key).at(clock.now)
    no_password = browser.send("/xac-thuc-hai-lop", key=key, code=code, password="sai", viec="bat")
    assert "Mật khẩu đang dùng không đúng" in " ".join(alerts(no_password))
    assert hidden_fields(no_password.text)["key"] == key  # or the app would have to be set up again
    no_code = browser.send("/xac-thuc-hai-lop", key=key, code="000000", password=PASSWORD, viec="bat")
    assert "Mã không khớp" in " ".join(alerts(no_code))
    forged = browser.send("/xac-thuc-hai-lop", key="A", code="000000", password=PASSWORD, viec="bat")
    assert forged.status_code == 422
    assert other.open("/").status_code == 200
    answer = browser.send("/xac-thuc-hai-lop", key=key, code=code, password=PASSWORD, viec="bat")
    assert "chỉ hiện một lần" in answer.text
    assert other.open("/").status_code == 303
    assert browser.open("/").status_code == 200
    assert key not in browser.open("/xac-thuc-hai-lop").text


def test_it_is_turned_off_and_codes_are_renewed_with_the_password(visit: Open, clock: Clock):
    browser = visit().signed_in("chutich")
    _, codes = turn_on(browser, clock)
    renewed = browser.send("/xac-thuc-hai-lop", password=PASSWORD, viec="ma-moi")
    assert codes[0] not in renewed.text
    assert renewed.text.count("<li><code>") == 10
    again = browser.send("/xac-thuc-hai-lop", password=PASSWORD, viec="bat", key="x", code="x")
    assert (again.status_code, again.headers["location"]) == (303, "/xac-thuc-hai-lop")
    answer = browser.send("/xac-thuc-hai-lop", password=PASSWORD, viec="tat")
    assert answer.headers["location"] == "/tai-khoan-cua-toi?da-doi=tat-hai-lop"
    assert visit().sign_in("chutich").headers["location"] == "/"
    for _ in range(6):
        last = browser.send("/xac-thuc-hai-lop", password="sai", viec="tat")
    assert last.status_code == 429


def test_a_link_for_a_new_password_still_asks_for_the_code(visit: Open, site_store: Store, clock: Clock):
    key, _ = turn_on(visit().signed_in("chutich"), clock)
    person = site_store.accounts.by_login("chutich")
    link = f"/dat-lai-mat-khau?ma={site_store.invitations.reset(person.id, 'quantri')}"
    browser = visit()
    answer = browser.send("/dat-lai-mat-khau", link, password=NEW, again=NEW)
    assert answer.headers["location"] == "/dang-nhap/ma"
    assert browser.cookie is None
    assert browser.send("/dang-nhap/ma", code=pyotp.TOTP(key).at(clock.now)).status_code == 303


def test_the_clock_of_the_session_tells_and_keeps_alive(visit: Open, clock: Clock):
    assert visit().open("/phien").status_code == 401
    browser = visit().signed_in("chutich")
    clock.forward(minutes=43)
    assert browser.open("/phien").json() == {"idle": 120, "absolute": 12 * 3600 - 43 * 60}
    assert browser.open("/phien").json()["idle"] == 120
    assert browser.client.post("/phien").json()["idle"] == 45 * 60
    clock.forward(minutes=45)
    assert browser.open("/phien").status_code == 401
    assert browser.client.post("/phien").status_code == 401


@pytest.mark.parametrize(
    "headers", [{"origin": "https://example.org"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
def test_another_site_keeps_no_session_alive(visit: Open, clock: Clock, headers: dict[str, str]):
    browser = visit().signed_in("chutich")
    clock.forward(minutes=43)
    assert browser.client.post("/phien", headers=headers).status_code == 403
    assert browser.open("/phien").json()["idle"] == 120


@pytest.mark.parametrize("what", ["sign out", "password", "role", "disabled", "idle", "absolute"])
def test_a_copied_cookie_is_dead_at_the_next_click(visit: Open, site_store: Store, clock: Clock, what: str):
    """S3: the row behind the cookie goes, so no copy of it is worth anything."""
    owner, thief = visit().signed_in("nhap"), visit()
    thief.client.cookies.set("thuoc_so", owner.cookie, domain="testserver.local", path="/")
    person = site_store.accounts.by_login("nhap")
    assert thief.open("/").status_code == 200
    if what == "sign out":
        owner.send("/dang-xuat")
    elif what == "password":
        change(owner)
    elif what == "role":
        site_store.accounts.change(
            person.id, name="Người nhập", role=Role.DIRECTOR, library_id="son_la", email="", by="quantri"
        )
    elif what == "disabled":
        site_store.accounts.set_active(person.id, False, "quantri")
    elif what == "idle":
        clock.forward(minutes=45)
    else:
        for _ in range(24):
            clock.forward(minutes=30)
            owner.open("/")
    for path in ("/", "/tra-loi", "/tai-khoan-cua-toi", "/doi-mat-khau", "/tai/published.xlsx"):
        assert thief.open(path).status_code == 303
    assert thief.open("/phien").status_code == 401


def test_the_device_is_named_in_a_few_words(visit: Open, site_store: Store):
    browser = visit()
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36 <script>"
    browser.client.headers["user-agent"] = agent
    browser.sign_in("nhap")
    person = site_store.accounts.by_login("nhap")
    assert site_store.sessions.of_person(person.id, browser.cookie)[0].device == "Chrome · Android"
