"""Signing out and switching the language."""

import pytest

from survey.store import Store
from test_api.visiting import Open


def test_signing_out_asks_first_and_ends_the_session_s_row(visit: Open, site_store: Store):
    browser = visit().signed_in("chutich")
    token = browser.cookie
    assert "Người chutich" in browser.open("/dang-xuat").text
    answer = browser.send("/dang-xuat")
    assert answer.headers["location"] == "/dang-nhap?da-thoat"
    assert browser.cookie is None
    assert site_store.sessions.person(token) is None
    assert "Bạn đã đăng xuất." in browser.open(answer.headers["location"]).text


def test_nobody_is_signed_out_by_another_site(visit: Open, site_store: Store):
    browser = visit().signed_in("chutich")
    assert browser.post("/dang-xuat").status_code == 403
    assert site_store.sessions.person(browser.cookie)


def test_who_is_not_signed_in_cannot_sign_out(visit: Open):
    assert visit().open("/dang-xuat").headers["location"] == "/dang-nhap"


def test_the_language_is_kept_with_the_account_and_in_the_browser(visit: Open, site_store: Store):
    browser = visit().signed_in("chutich")
    answer = browser.send("/ngon-ngu", **{"ngon-ngu": "en", "tiep": "/tien-do?dot=2025"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/tien-do?dot=2025")
    assert site_store.sessions.person(browser.cookie).language == "en"
    assert browser.client.cookies["ngon_ngu"] == "en"


def test_a_link_on_our_own_page_switches_at_once_and_leads_back(visit: Open, site_store: Store):
    browser = visit().signed_in("chutich")
    answer = browser.open(
        "/ngon-ngu?ngon-ngu=en",
        sec_fetch_site="same-origin",
        referer="http://testserver/lien-hiep?dot=2025",
    )
    assert answer.headers["location"] == "/lien-hiep?dot=2025"
    assert site_store.sessions.person(browser.cookie).language == "en"


def test_a_link_works_without_tls_too(visit: Open, site_store: Store):
    browser = visit().signed_in("chutich")
    answer = browser.open("/ngon-ngu?ngon-ngu=en", referer="http://testserver/tien-do")
    assert answer.headers["location"] == "/tien-do"
    assert site_store.sessions.person(browser.cookie).language == "en"


@pytest.mark.parametrize(
    "said",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"sec_fetch_site": "cross-site", "referer": "http://testserver/tien-do"},
        {"referer": "https://example.org/tien-do"},
        {},
    ],
)
def test_a_link_from_elsewhere_only_asks(visit: Open, site_store: Store, said: dict[str, str]):
    browser = visit().signed_in("chutich")
    answer = browser.open("/ngon-ngu?ngon-ngu=en", **said)
    assert answer.status_code == 200
    assert 'method="post"' in answer.text
    assert site_store.sessions.person(browser.cookie).language == "vi"


@pytest.mark.parametrize("referrer", ["https://example.org/lien-hiep", "http://testserver/dang-xuat", ""])
def test_one_is_led_back_to_own_pages_alone(visit: Open, referrer: str):
    answer = visit().open("/ngon-ngu?ngon-ngu=en", sec_fetch_site="same-origin", referer=referrer)
    assert answer.headers["location"] == "/"


def test_a_switch_without_the_token_changes_nothing(visit: Open, site_store: Store):
    browser = visit().signed_in("chutich")
    assert browser.post("/ngon-ngu", **{"ngon-ngu": "en"}).status_code == 403
    assert site_store.sessions.person(browser.cookie).language == "vi"


def test_an_unknown_language_is_asked_again(visit: Open):
    assert visit().send("/ngon-ngu", **{"ngon-ngu": "fr"}).status_code == 403
