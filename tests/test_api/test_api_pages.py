"""Every role against every address."""

import pytest

from survey.access import PAGES, Page, Role
from survey.store import Store
from test_api.visiting import ACCOUNTS, Open

ROLES = [pytest.param(login, role, id=role) for login, (role, _) in ACCOUNTS.items()]
NOT_THERE = [
    "/khong-co",
    "/trang-chu/them",
    "/lien-hiep/x",
    "/.env",
    "/manifest.json",
    "/favicon.png",
    "/tai",
    "/Tien-Do",
    "/%2e%2e/etc/passwd",
]


@pytest.mark.parametrize("page", Page)
@pytest.mark.parametrize(("login", "role"), ROLES)
def test_a_page_is_given_to_whoever_may_open_it_and_is_not_there_for_others(
    visit: Open, login: str, role: Role, page: Page
):
    browser = visit().signed_in(login)
    answer = browser.open("/" if page is Page.HOME else f"/{page}")
    if page in PAGES[role]:
        assert answer.status_code == 200
        assert '<div id="root">' in answer.text
    else:
        missing = browser.open("/khong-co")
        assert answer.status_code == missing.status_code == 404
        assert _without_token(answer.text) == _without_token(missing.text)


@pytest.mark.parametrize("path", NOT_THERE)
@pytest.mark.parametrize(("login", "role"), ROLES)
def test_what_is_not_there_is_told_calmly(visit: Open, login: str, role: Role, path: str):  # noqa: ARG001
    answer = visit().signed_in(login).open(path)
    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize("path", ["/", *(f"/{page}" for page in Page), *NOT_THERE, "/?x=1"])
def test_a_stranger_is_led_to_the_sign_in_page_whatever_the_address(visit: Open, path: str):
    answer = visit().open(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/dang-nhap")


def test_the_address_with_its_filters_is_kept_over_the_sign_in(visit: Open):
    browser = visit()
    to_sign_in = browser.open("/lien-hiep?dot=2025&tru-cot=A").headers["location"]
    assert browser.sign_in("chutich", page=to_sign_in).headers["location"] == "/lien-hiep?dot=2025&tru-cot=A"


@pytest.mark.parametrize(
    ("typed", "proper"),
    [("/trang-chu?dot=1", "/?dot=1"), ("/lien-hiep/?dot=1", "/lien-hiep?dot=1"), ("/trang-chu/", "/")],
)
def test_other_spellings_lead_to_the_page(visit: Open, typed: str, proper: str):
    answer = visit().signed_in("chutich").open(typed)
    assert (answer.status_code, answer.headers["location"]) == (303, proper)


def test_signing_out_elsewhere_closes_the_pages(visit: Open, site_store: Store):
    browser = visit().signed_in("chutich")
    site_store.sessions.end(browser.cookie)
    assert browser.open("/tien-do").status_code == 303


def test_a_forged_cookie_opens_nothing(visit: Open):
    browser = visit()
    browser.client.cookies.set("thuoc_so", "abc")
    assert browser.open("/").status_code == 303


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_pages_can_only_be_read(visit: Open, method: str):
    assert visit().client.request(method, "/tien-do").status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/_stcore/khong-co",
     "/static/js/khong-co.js", "/static/khong-co", "/tien-do/_stcore/health"],
)  # fmt: skip
@pytest.mark.parametrize("signed_in", [False, True])
def test_streamlit_s_page_is_not_behind_its_other_addresses(visit: Open, path: str, signed_in: bool):
    browser = visit().signed_in("chutich") if signed_in else visit()
    answer = browser.open(path)
    assert answer.status_code == 404
    assert answer.text == ""


def _without_token(html: str) -> list[str]:
    return [line for line in html.splitlines() if "bieu_mau" not in line]
