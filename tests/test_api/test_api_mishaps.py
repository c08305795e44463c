"""What a person sees when something breaks: a sentence, never a traceback."""

import logging
import re
import sqlite3
from pathlib import Path

import pytest
from engine import ON_POSTGRESQL

from survey.store import Store
from test_api.visiting import Open


def lose_the_database(tmp_path: Path) -> None:
    if ON_POSTGRESQL:
        pytest.skip("takes the file of SQLite away")
    for file in tmp_path.glob("api.db*"):
        file.unlink()


@pytest.fixture
def broken_store(site_store: Store, tmp_path: Path) -> Store:
    """The database's file is gone."""
    lose_the_database(tmp_path)
    return site_store


def test_health_tells_the_schema_without_sign_in(visit: Open, site_store: Store):
    answer = visit().open("/healthz")
    assert answer.json() == {"status": "ok", "schema": site_store.schema_version()}
    assert answer.headers["cache-control"] == "no-store"


def test_health_is_503_without_the_database_and_tells_no_more(visit: Open, broken_store: Store):  # noqa: ARG001
    answer = visit().open("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


@pytest.mark.parametrize("path", ["/", "/dang-nhap", "/dang-xuat", "/tai/published.xlsx", "/khong-co"])
@pytest.mark.usefixtures("broken_store")
def test_an_unreachable_database_is_one_clear_sentence(
    visit: Open, path: str, caplog: pytest.LogCaptureFixture
):
    browser = visit()
    browser.client.cookies.set("thuoc_so", "abc")
    with caplog.at_level(logging.ERROR):
        answer = browser.open(path)
    assert answer.status_code == 503
    assert "cơ sở dữ liệu không trả lời" in answer.text
    assert answer.headers["retry-after"] == "60"
    assert "Traceback" not in answer.text
    assert caplog.records


def test_signing_in_without_the_database_says_so(visit: Open, site_store: Store, tmp_path: Path):  # noqa: ARG001
    browser = visit()
    browser.open("/dang-nhap")
    lose_the_database(tmp_path)
    assert browser.sign_in("chutich").status_code == 503


def test_a_fault_of_ours_has_an_id_on_the_page_and_in_the_log(visit: Open, caplog: pytest.LogCaptureFixture):
    def fail(_: str) -> None:
        raise sqlite3.ProgrammingError("secret detail")

    browser = visit(reports=fail).signed_in("chutich")
    with caplog.at_level(logging.ERROR):
        answer = browser.open("/tai/open.csv")
    assert answer.status_code == 500
    error_id = re.search(r'class="error-id">([0-9a-f]{8})<', answer.text).group(1)
    assert "secret detail" not in answer.text
    assert error_id in caplog.text
    assert "secret detail" in caplog.text


def test_the_pages_are_english_for_whoever_reads_english(visit: Open, broken_store: Store):  # noqa: ARG001
    browser = visit()
    browser.client.cookies.set("thuoc_so", "abc")
    browser.client.cookies.set("ngon_ngu", "en")
    assert "does not answer" in browser.open("/").text
