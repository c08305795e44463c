"""Streamlit's page and its files as they leave the server."""

import gzip
import logging
import re
from pathlib import Path

import pytest
import streamlit

from api import assets
from api.index_page import translated
from survey.store import Store
from survey.text import LANGUAGES, Language
from test_api.visiting import Open

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


@pytest.mark.parametrize("language", LANGUAGES)
def test_streamlit_s_page_still_has_everything_that_is_rewritten(
    language: Language, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING):
        page = translated(INDEX.read_text("utf-8"), language)
    assert not caplog.records
    assert f'<html lang="{language}"' in page
    assert "<title>Thước Số</title>" in page
    assert "Streamlit" not in re.sub(r"<!--.*?-->|<link[^>]*>", "", page, flags=re.DOTALL)
    assert "SourceSans" not in page
    assert page.index("tieng-viet.js") < page.index('type="module"')


def test_the_page_speaks_vietnamese_before_any_script_has_run(visit: Open):
    page = visit().signed_in("chutich").open("/").text
    assert "Đang mở Thước Số…" in page
    assert "<noscript><p>Thước Số cần JavaScript." in page
    assert '<meta name="google" content="notranslate">' in page


def test_the_page_follows_the_person_s_language(visit: Open, site_store: Store):
    browser = visit().signed_in("chutich")
    site_store.accounts.set_language(site_store.accounts.by_login("chutich").id, "en")
    assert '<html lang="en"' in browser.open("/").text


def test_a_page_that_was_not_changed_is_not_sent_again(visit: Open):
    browser = visit().signed_in("chutich")
    first = browser.open("/tien-do")
    again = browser.open("/tien-do", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "no-cache"


def test_not_even_an_unchanged_page_is_given_to_a_stranger(visit: Open):
    etag = visit().signed_in("chutich").open("/tien-do").headers["etag"]
    assert visit().open("/tien-do", if_none_match=etag).status_code == 303


def test_a_head_request_has_no_body(visit: Open):
    answer = visit().signed_in("chutich").client.head("/tien-do")
    assert (answer.status_code, answer.content) == (200, b"")


SCRIPT = next(iter(re.findall(r"static/js/index\.[\w-]+\.js", INDEX.read_text("utf-8"))))


def test_scripts_are_compressed_and_may_be_kept_for_a_year(visit: Open):
    browser = visit()
    plain = browser.open(f"/{SCRIPT}", accept_encoding="identity")
    small = browser.open(f"/{SCRIPT}", accept_encoding="gzip, br")
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert small.headers["vary"] == "Accept-Encoding"
    assert small.headers["cache-control"] == plain.headers["cache-control"]
    assert "immutable" in small.headers["cache-control"]
    assert small.headers["content-type"] == plain.headers["content-type"]
    assert small.content == plain.content
    assert int(small.headers["content-length"]) < 0.4 * len(plain.content)


def test_a_script_is_compressed_once_however_many_ask(visit: Open, monkeypatch: pytest.MonkeyPatch):
    sizes = []
    compress = gzip.compress
    monkeypatch.setattr("api.compression.gzip.compress", lambda *a, **k: sizes.append(1) or compress(*a, **k))
    browser = visit()
    for _ in range(3):
        assert browser.open(f"/{SCRIPT}", accept_encoding="gzip").status_code == 200
    assert len(sizes) == 1


def test_a_compressed_script_that_the_browser_has_is_not_sent_again(visit: Open):
    browser = visit()
    etag = browser.open(f"/{SCRIPT}", accept_encoding="gzip").headers["etag"]
    again = browser.open(f"/{SCRIPT}", accept_encoding="gzip", if_none_match=etag)
    assert (again.status_code, again.content) == (304, b"")
    assert "immutable" in again.headers["cache-control"]


@pytest.mark.parametrize("asked", [{"range": "bytes=0-9"}, {}])
def test_what_asks_for_a_part_gets_it_plain(visit: Open, asked: dict[str, str]):
    answer = visit().open(f"/{SCRIPT}", accept_encoding="gzip" if asked else "identity", **asked)
    assert "content-encoding" not in answer.headers
    assert answer.status_code == (206 if asked else 200)


def test_other_spellings_of_a_script_are_not_kept_in_memory(visit: Open):
    answer = visit().open(f"/{SCRIPT.replace('/', '//')}", accept_encoding="gzip")
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers


PROTECTED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
}


@pytest.mark.parametrize(
    "path", ["/", "/dang-nhap", "/dang-xuat", "/khong-co", "/healthz", "/tai/published.csv"]
)
def test_pages_and_routes_tell_the_browser_what_not_to_do(visit: Open, path: str):
    headers = visit().signed_in("chutich").open(path).headers
    assert {name: headers[name] for name in PROTECTED} == PROTECTED
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers


@pytest.mark.parametrize("path", ["/giao-dien.css", f"/{SCRIPT}", "/tieng-viet.js"])
def test_a_style_or_script_says_only_what_applies_to_it(visit: Open, path: str):
    headers = visit().open(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert not {"referrer-policy", "permissions-policy", "content-security-policy"} & set(headers)


def test_a_secure_site_asks_for_tls_from_now_on(visit: Open):
    headers = visit(secure=True, at="https://testserver").open("/dang-nhap").headers
    assert headers["strict-transport-security"].startswith("max-age=")


def test_our_own_pages_run_no_script_and_load_nothing_from_elsewhere(visit: Open):
    policy = visit().open("/dang-nhap").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy


class TestAssets:
    def test_the_style_is_small(self, visit: Open):
        assert len(visit().open("/giao-dien.css").content) < 15_000

    def test_every_address_in_the_sign_in_page_answers(self, visit: Open):
        browser = visit()
        addresses = re.findall(r'(?:href|src)="(/[^"]+)"', browser.open("/dang-nhap").text)
        assert {one.split("?")[0] for one in addresses} >= {"/giao-dien.css", "/bieu-tuong.svg"}
        for address in addresses:
            assert browser.open(address.replace("&amp;", "&")).status_code == 200

    def test_fonts_and_versioned_addresses_may_be_kept_for_a_year(self, visit: Open):
        browser = visit()
        for address in (
            "/phong-chu/be-vietnam-pro-latin-400-normal.woff2",
            *re.findall(r'"(/[^"]+\?v=\w+)"', browser.open("/dang-nhap").text),
        ):
            assert "immutable" in browser.open(address).headers["cache-control"]

    @pytest.mark.parametrize("path", ["/giao-dien.css", "/giao-dien.css?v=old"])
    def test_an_address_without_the_right_version_is_asked_for_again(self, visit: Open, path: str):
        browser = visit()
        first = browser.open(path)
        assert first.headers["cache-control"] == "no-cache"
        assert browser.open(path, if_none_match=first.headers["etag"]).status_code == 304

    @pytest.mark.parametrize("path", ["/phong-chu/OFL.txt", "/phong-chu/../site.css", "/phong-chu/x.woff2"])
    def test_only_listed_files_are_given(self, visit: Open, path: str):
        assert visit().signed_in("chutich").open(path).status_code == 404

    def test_every_font_of_the_theme_is_there(self, visit: Open):
        browser = visit()
        fonts = re.findall(r"url\(([^)]+)\)", browser.open(assets.PAGES_CSS).text)
        assert fonts
        for font in fonts:
            assert browser.open(font).headers["content-type"] == "font/woff2"
