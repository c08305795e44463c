"""Signing in, from a first look at the page to the session's row."""

from typing import ClassVar

import pytest
from conftest import Clock
from httpx2 import Response

from survey.store import Store
from survey.store.attempts import ACCOUNT_LIMIT
from test_api.visiting import ACCOUNTS, PASSWORD, Open, alerts, hidden_fields


def test_the_page_is_vietnamese_and_ready_for_password_managers(visit: Open):
    page = visit().open("/dang-nhap")
    assert page.status_code == 200
    assert '<html lang="vi"' in page.text
    assert '<label for="username">Tên đăng nhập</label>' in page.text
    assert 'autocomplete="username"' in page.text
    assert 'autocomplete="current-password"' in page.text
    assert "<script" not in page.text
    assert not alerts(page)


@pytest.mark.parametrize("login", ACCOUNTS)
def test_the_right_password_opens_a_session(visit: Open, site_store: Store, login: str):
    browser = visit()
    answer = browser.sign_in(login)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert site_store.sessions.person(browser.cookie).login == login


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(visit: Open):
    cookie = _session_cookie(visit().sign_in("chutich"))
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert "Max-Age" not in cookie


@pytest.mark.parametrize(
    ("address", "changes"),
    [
        pytest.param("https://testserver", {}, id="over TLS"),
        pytest.param("https://testserver", {"secure": True}, id="said to be over TLS"),
    ],
)
def test_the_cookie_is_secure_behind_tls(visit: Open, address: str, changes: dict[str, object]):
    assert "Secure" in _session_cookie(visit(at=address, **changes).sign_in("chutich"))


def test_a_secure_site_marks_the_cookie_even_where_the_proxy_tells_nothing(visit: Open):
    browser = visit(secure=True)
    page = browser.open("/dang-nhap")
    form_cookie = page.headers["set-cookie"].split(";")[0]
    answer = browser.client.post(
        "/dang-nhap",
        data={**hidden_fields(page.text), "username": "chutich", "password": PASSWORD},
        headers={"cookie": form_cookie},
    )
    assert "Secure" in _session_cookie(answer)


def test_a_proxy_is_not_believed_by_the_routes_themselves(visit: Open):
    answer = visit().open("/dang-nhap", x_forwarded_proto="https")
    assert "Secure" not in answer.headers["set-cookie"]


def test_an_unknown_login_and_a_wrong_password_read_the_same(visit: Open):
    unknown = visit().sign_in("khong-co", "sai")
    wrong = visit().sign_in("chutich", "sai")
    assert unknown.status_code == wrong.status_code == 422
    assert alerts(unknown) == alerts(wrong)
    assert alerts(wrong) == ["Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra rồi thử lại."]


def test_a_wrong_guess_keeps_the_login_and_never_the_password(visit: Open):
    answer = visit().sign_in("<b>chutich", "bí mật của tôi")
    assert 'value="&lt;b&gt;chutich"' in answer.text
    assert "bí mật của tôi" not in answer.text


def test_an_empty_form_is_no_guess(visit: Open):
    browser = visit()
    for _ in range(ACCOUNT_LIMIT + 1):
        assert alerts(browser.sign_in("chutich", "")) == ["Hãy nhập tên đăng nhập và mật khẩu."]
    assert browser.sign_in("chutich").status_code == 303


def test_too_many_guesses_are_told_to_wait(visit: Open):
    browser = visit()
    for _ in range(ACCOUNT_LIMIT):
        assert browser.sign_in("chutich", "sai").status_code == 422
    answer = browser.sign_in("chutich")
    assert answer.status_code == 429
    assert "Hãy chờ 15 phút" in alerts(answer)[0]
    assert browser.cookie is None


def test_a_form_without_its_token_is_refused_and_says_what_to_do(visit: Open):
    answer = visit().post("/dang-nhap", username="chutich", password=PASSWORD)
    assert answer.status_code == 403
    assert alerts(answer)
    assert "thuoc_so" not in answer.headers.get("set-cookie", "")


def test_a_token_of_another_browser_is_refused(visit: Open):
    stolen = hidden_fields(visit().open("/dang-nhap").text)
    browser = visit()
    browser.open("/dang-nhap")
    assert browser.post("/dang-nhap", **stolen, username="chutich", password=PASSWORD).status_code == 403


def test_a_form_of_another_site_is_refused_whatever_it_carries(visit: Open):
    browser = visit()
    fields = hidden_fields(browser.open("/dang-nhap").text)
    answer = browser.client.post(
        "/dang-nhap",
        data={**fields, "username": "chutich", "password": PASSWORD},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 403


def test_the_token_looks_different_on_every_page_and_works_each_time(visit: Open):
    browser = visit()
    first, second = (hidden_fields(browser.open("/dang-nhap").text) for _ in range(2))
    assert first["bieu_mau"] != second["bieu_mau"]
    assert browser.post("/dang-nhap", **first, username="chutich", password=PASSWORD).status_code == 303


def test_a_megabyte_is_not_read_as_a_form(visit: Open):
    answer = visit().client.post("/dang-nhap", content=b"username=" + b"a" * 1_000_000)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/lien-hiep?dot=2025", "/lien-hiep?dot=2025"),
        ("/tai/published.xlsx", "/tai/published.xlsx"),
        ("//example.org", "/"),
        ("https://example.org/lien-hiep", "/"),
        ("/\\example.org", "/"),
        ("/lien-hiep\nSet-Cookie: a=b", "/"),
        ("javascript:alert(1)", "/"),
        ("/khong-co", "/"),
        ("/dang-xuat", "/"),
        ("/tra-loi", "/"),  # a page that the chair may not open
    ],
)
def test_one_is_sent_back_to_own_pages_alone(visit: Open, wanted: str, reached: str):
    browser = visit()
    answer = browser.send("/dang-nhap", tiep=wanted, username="chutich", password=PASSWORD)
    assert answer.headers["location"] == reached


def test_the_sign_in_page_leads_whoever_is_signed_in_onwards(visit: Open):
    browser = visit().signed_in("chutich")
    assert browser.open("/dang-nhap?tiep=/tien-do").headers["location"] == "/tien-do"


def test_signing_in_again_gives_another_token_and_the_old_one_stays_dead(
    visit: Open, site_store: Store, clock: Clock
):
    browser = visit()
    browser.sign_in("thuvien")
    token = browser.cookie
    clock.forward(minutes=50)
    browser.sign_in("thuvien")
    assert browser.cookie != token
    assert site_store.sessions.person(browser.cookie).login == "thuvien"
    assert site_store.sessions.person(token) is None
    assert site_store.sessions.holder(token) is None


def test_a_session_of_somebody_else_on_the_same_browser_ends(visit: Open, site_store: Store, clock: Clock):
    browser = visit()
    browser.sign_in("thuvien")
    token = browser.cookie
    clock.forward(minutes=50)
    browser.sign_in("chutich")
    assert browser.cookie != token
    assert site_store.sessions.person(browser.cookie).login == "chutich"


def test_the_page_in_english_makes_the_account_english(visit: Open, site_store: Store):
    browser = visit()
    page = browser.open("/dang-nhap?ngon-ngu=en&tiep=/lien-hiep")
    assert '<html lang="en"' in page.text
    answer = browser.sign_in("chutich", page="/dang-nhap?ngon-ngu=en")
    assert answer.status_code == 303
    assert site_store.sessions.person(browser.cookie).language == "en"
    assert browser.client.cookies["ngon_ngu"] == "en"


def test_the_language_is_remembered_by_the_browser(visit: Open):
    browser = visit()
    browser.open("/dang-nhap?ngon-ngu=en")
    assert '<html lang="en"' in browser.open("/dang-nhap").text


def test_the_account_s_language_wins_over_a_browser_s_old_one(visit: Open):
    browser = visit()
    browser.open("/dang-nhap?ngon-ngu=en")
    browser.sign_in("chutich")
    assert browser.client.cookies["ngon_ngu"] == "vi"


class TestSample:
    """Demo accounts, in sample mode alone."""

    DEMO: ClassVar[dict[str, object]] = {
        "sample": True,
        "demo": (("chutich", "Chủ tịch (minh họa)"),),
        "demo_password": PASSWORD,
    }

    def test_every_account_has_a_button_and_the_page_says_that_data_are_invented(self, visit: Open):
        page = visit(**self.DEMO).open("/dang-nhap").text
        assert "DỮ LIỆU MINH HỌA" in page
        assert '<button type="submit" name="minh_hoa" value="chutich"' in page
        assert PASSWORD in page

    def test_one_click_signs_in(self, visit: Open, site_store: Store):
        browser = visit(**self.DEMO)
        assert browser.send("/dang-nhap", minh_hoa="chutich").status_code == 303
        assert site_store.sessions.person(browser.cookie).login == "chutich"

    def test_the_button_carries_a_token_too(self, visit: Open):
        assert visit(**self.DEMO).post("/dang-nhap", minh_hoa="chutich").status_code == 403

    def test_only_listed_accounts_have_one(self, visit: Open):
        assert visit(**self.DEMO).send("/dang-nhap", minh_hoa="quantri").status_code == 422

    def test_the_click_means_nothing_on_real_data(self, visit: Open):
        assert visit().send("/dang-nhap", minh_hoa="chutich").status_code == 422

    def test_real_data_show_no_demo_account(self, visit: Open):
        page = visit().open("/dang-nhap").text
        assert "MINH HỌA" not in page
        assert "minh_hoa" not in page

    def test_a_real_site_cannot_be_given_demo_accounts(self, visit: Open):
        with pytest.raises(ValueError, match="sample mode"):
            visit(**{**self.DEMO, "sample": False})


def _session_cookie(answer: Response) -> str:
    return next(one for one in answer.headers.get_list("set-cookie") if one.startswith("thuoc_so="))
