"""Signing in through an identity provider that this test starts."""

import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from httpx2 import Response
from joserfc.jwk import RSAKey

from survey.errors import SurveyError
from survey.provider import Provider, find_provider
from survey.store import Store
from test_api.identity import CLIENT, SECRET, IdentityProvider
from test_api.visiting import Open, Visit

EMAIL = "chutich@lienhiep.vn"
BACK = "http://testserver/oauth2callback"


@pytest.fixture
def identity() -> Iterator[IdentityProvider]:
    started = IdentityProvider(claims={"email": EMAIL, "email_verified": True}).start()
    yield started
    started.stop()


@pytest.fixture
def settings(identity: IdentityProvider, site_store: Store) -> Provider:
    """A deployment with the provider, where the chair's e-mail is known."""
    site_store.accounts.set_email(site_store.accounts.by_login("chutich").id, EMAIL, "quantri")
    return Provider(
        metadata=f"{identity.url}/.well-known/openid-configuration",
        client_id=CLIENT,
        client_secret=SECRET,
        redirect=BACK,
        name="Sở Văn hóa",
    )


def travel(browser: Visit, begin: str = "/dang-nhap/co-quan") -> Response:
    """Go to the provider and come back."""
    leaving = browser.open(begin)
    assert leaving.status_code == 303, leaving.text
    with httpx2.Client() as elsewhere:
        sent_back = elsewhere.get(leaving.headers["location"])
    return browser.open(sent_back.headers["location"].removeprefix("http://testserver"))


def test_without_a_provider_there_is_no_way_to_one(visit: Open):
    browser = visit()
    assert "co-quan" not in browser.open("/dang-nhap").text
    assert "dang-nhap?" in browser.open("/oauth2callback?code=x&state=y").headers["location"] + "?"
    assert browser.open("/dang-nhap/co-quan").status_code == 303


def test_the_sign_in_page_offers_it_by_name(visit: Open, settings: Provider):
    page = visit(provider=settings).open("/dang-nhap?tiep=%2Flien-hiep").text
    assert 'href="/dang-nhap/co-quan?tiep=%2Flien-hiep"' in page
    assert "Đăng nhập qua Sở Văn hóa" in page


def test_a_verified_address_opens_the_account_that_has_it(visit: Open, site_store: Store, settings: Provider):
    browser = visit(provider=settings)
    answer = travel(browser, "/dang-nhap/co-quan?tiep=%2Flien-hiep%3Fdot%3D2025")
    assert (answer.status_code, answer.headers["location"]) == (303, "/lien-hiep?dot=2025")
    assert site_store.sessions.person(browser.cookie).login == "chutich"
    assert site_store.audit.newest(1)[0].action == "account.sign_in"
    browser.send("/dang-xuat")
    assert browser.open("/").status_code == 303


def test_a_locked_out_password_and_a_second_factor_do_not_stand_in_the_way(
    visit: Open, site_store: Store, settings: Provider
):
    for _ in range(5):
        site_store.accounts.check_password("chutich", "sai", "203.0.113.9")
    assert travel(visit(provider=settings)).headers["location"] == "/"


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"email_verified": False}, id="not verified"),
        pytest.param({"email_verified": None}, id="not said"),
        pytest.param({"email_verified": "true"}, id="said in words"),
        pytest.param({"email": ""}, id="no address"),
        pytest.param({"email": "ai-do@lienhiep.vn"}, id="unknown address"),
        pytest.param({"email": f"{EMAIL}.example.org"}, id="longer address"),
    ],
)
def test_any_other_address_is_refused_in_words(
    visit: Open, identity: IdentityProvider, settings: Provider, claims: dict[str, object]
):
    identity.claims.update(claims)
    browser = visit(provider=settings)
    answer = travel(browser)
    assert answer.status_code == 403
    assert "nhờ người quản trị" in answer.text or "xác minh thư điện tử" in answer.text
    assert browser.cookie is None


def test_a_disabled_account_stays_outside(visit: Open, site_store: Store, settings: Provider):
    site_store.accounts.set_active(site_store.accounts.by_login("chutich").id, False, "quantri")
    assert travel(visit(provider=settings)).status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"iss": "https://example.org"}, id="another issuer"),
        pytest.param({"aud": "another"}, id="for another client"),
        pytest.param({"nonce": "another"}, id="of another sign-in"),
        pytest.param({"exp": 1}, id="long over"),
        pytest.param({"sub": None}, id="of nobody"),
    ],
)
def test_an_identity_token_that_does_not_hold_is_refused(
    visit: Open, identity: IdentityProvider, settings: Provider, claims: dict[str, object]
):
    identity.claims.update(claims)
    browser = visit(provider=settings)
    answer = travel(browser)
    assert answer.status_code == 502
    assert "Hãy thử lại" in answer.text
    assert browser.cookie is None


def test_a_token_signed_by_somebody_else_is_refused(
    visit: Open, identity: IdentityProvider, settings: Provider
):
    identity.signing_key = RSAKey.generate_key(2048, {"kid": "one"})
    assert travel(visit(provider=settings)).status_code == 502


def test_keys_that_the_provider_has_changed_are_asked_for_again(
    visit: Open, identity: IdentityProvider, settings: Provider
):
    browser = visit(provider=settings)
    assert travel(browser).status_code == 303
    identity.key = RSAKey.generate_key(2048, {"kid": "one"})
    browser.send("/dang-xuat")
    assert travel(browser).status_code == 303


def test_nobody_comes_back_who_did_not_leave_from_here(
    visit: Open, identity: IdentityProvider, settings: Provider
):
    one, other = visit(provider=settings), visit(provider=settings)
    leaving = one.open("/dang-nhap/co-quan").headers["location"]
    sent = parse_qs(urlsplit(leaving).query)
    assert (sent["code_challenge_method"], sent["response_type"]) == (["S256"], ["code"])
    with httpx2.Client() as elsewhere:
        back = elsewhere.get(leaving).headers["location"].removeprefix("http://testserver")
    # The link of somebody else's sign-in, pushed onto a victim.
    assert other.open(back).status_code == 502
    for broken in (
        "/oauth2callback",
        "/oauth2callback?code=x&state=y",
        "/oauth2callback?error=access_denied",
    ):
        assert one.open(broken).status_code == 502
    assert identity.tokens_given == 0
    assert one.open(back).status_code == 303
    assert one.open(back).status_code == 502  # a code is used once


def test_a_provider_that_does_not_answer_is_told_calmly(
    visit: Open, identity: IdentityProvider, settings: Provider, caplog: pytest.LogCaptureFixture
):
    identity.down = True
    with caplog.at_level(logging.WARNING):
        answer = visit(provider=settings).open("/dang-nhap/co-quan")
    assert answer.status_code == 502
    assert "đăng nhập bằng mật khẩu" in answer.text
    assert "503" not in answer.text
    assert SECRET not in caplog.text
    identity.down = False
    assert travel(visit(provider=settings)).status_code == 303


GIVEN = {
    "THUOC_SO_OIDC_METADATA_URL": "https://id.example.vn/.well-known/openid-configuration",
    "THUOC_SO_OIDC_CLIENT_ID": "thuoc-so",
    "THUOC_SO_OIDC_CLIENT_SECRET": "bí mật",
    "THUOC_SO_OIDC_REDIRECT_URI": "https://thuoc-so.example.vn/oauth2callback",
}


def test_the_environment_names_the_provider(tmp_path: Path):
    found = find_provider({**GIVEN, "THUOC_SO_OIDC_NAME": "Sở"}, tmp_path / "none.toml")
    assert (found.name, found.client_id, found.redirect) == (
        "Sở",
        "thuoc-so",
        GIVEN["THUOC_SO_OIDC_REDIRECT_URI"],
    )
    assert "bí mật" not in repr(found)
    assert find_provider({}, tmp_path / "none.toml") is None


def test_settings_made_for_streamlit_are_understood(tmp_path: Path):
    file = tmp_path / "secrets.toml"
    file.write_text(
        '[auth]\nredirect_uri = "https://x.vn/oauth2callback"\ncookie_secret = "y"\nclient_id = "a"\n'
        'client_secret = "b"\nserver_metadata_url = "https://id.vn/.well-known/openid-configuration"\n'
    )
    assert find_provider({}, file).client_id == "a"
    file.write_text("[other]\nx = 1\n")
    assert find_provider({}, file) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param(
            {"THUOC_SO_OIDC_CLIENT_SECRET": ""}, "THUOC_SO_OIDC_CLIENT_SECRET", id="a part is missing"
        ),
        pytest.param({"THUOC_SO_OIDC_METADATA_URL": "http://id.vn/x"}, "https://", id="not over TLS"),
        pytest.param({"THUOC_SO_OIDC_METADATA_URL": "id.vn"}, "https://", id="no address"),
        pytest.param({"THUOC_SO_OIDC_REDIRECT_URI": "https://x.vn/back"}, "/oauth2callback", id="elsewhere"),
    ],
)
def test_settings_that_cannot_work_stop_the_start(tmp_path: Path, changes: dict[str, str], said: str):
    with pytest.raises(SurveyError, match=said):
        find_provider({**GIVEN, **changes}, tmp_path / "none.toml")


def test_a_broken_file_of_secrets_stops_the_start(tmp_path: Path):
    file = tmp_path / "secrets.toml"
    file.write_text("[auth\n")
    with pytest.raises(SurveyError, match=r"secrets\.toml"):
        find_provider({}, file)
