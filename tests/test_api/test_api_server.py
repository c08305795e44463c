"""The same routes in front of a running Streamlit server, asked over the network."""

import gzip
import re
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
import streamlit

from test_api.serving import SmallServer
from test_api.visiting import PASSWORD, hidden_fields


def _ask(port: int, path: str, method: str = "GET", body: str = "", **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(
        method, path, body or None, {name.replace("_", "-"): one for name, one in headers.items()}
    )
    return connection.getresponse()


def _cookies(answer: HTTPResponse) -> str:
    return "; ".join(one.split(";")[0] for one in answer.headers.get_all("set-cookie", []))


@pytest.fixture(scope="session")
def session_cookie(server: SmallServer) -> str:
    page = _ask(server.port, "/dang-nhap")
    fields = {**hidden_fields(page.read().decode()), "username": "chutich", "password": PASSWORD}
    answer = _ask(
        server.port,
        "/dang-nhap",
        "POST",
        urllib.parse.urlencode(fields),
        cookie=_cookies(page),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status == 303
    return _cookies(answer)


def test_a_page_is_given_after_signing_in_alone(server: SmallServer, session_cookie: str):
    assert _ask(server.port, "/tien-do").status == 303
    page = _ask(server.port, "/tien-do", cookie=session_cookie)
    assert page.status == 200
    assert '<html lang="vi"' in page.read().decode()


def test_what_streamlit_would_answer_with_its_page_is_not_there(server: SmallServer, session_cookie: str):
    for path in ("/khong-co", "/_stcore/khong-co", "/static/js/khong-co.js", "/_stcore/metrics"):
        answer = _ask(server.port, path, cookie=session_cookie, accept_encoding="gzip")
        assert answer.status == 404
        assert b"Traceback" not in answer.read()


def test_paths_that_try_to_leave_the_folder_get_nowhere(server: SmallServer, session_cookie: str):
    for path in (
        "/static/../../../etc/passwd",
        "/phong-chu/..%2f..%2fsite.py",
        "//example.org/",
        "/tai/..%2f..%2fx.csv",
    ):
        answer = _ask(server.port, path, cookie=session_cookie)
        assert answer.status in (303, 400, 404)
        assert b"root:" not in answer.read()


@pytest.mark.parametrize(
    ("origin", "status"), [("http://127.0.0.1:{port}", 101), ("https://example.org", 403)]
)
def test_the_live_connection_opens_for_our_own_pages_alone(
    server: SmallServer, session_cookie: str, origin: str, status: int
):
    answer = _ask(
        server.port,
        "/_stcore/stream",
        connection="Upgrade",
        upgrade="websocket",
        sec_websocket_version="13",
        sec_websocket_key="dGhlIHNhbXBsZSBub25jZQ==",
        sec_websocket_protocol="streamlit",
        origin=origin.format(port=server.port),
        cookie=session_cookie,
    )
    assert answer.status == status
    answer.close()


def test_a_first_visit_is_a_third_of_what_streamlit_sends(server: SmallServer, session_cookie: str):
    page = _ask(server.port, "/", cookie=session_cookie).read().decode()
    files = re.findall(r'"\./(static/(?:js|css)/[^"]+)"', page)
    assert len(files) > 30
    plain = sum(len(_ask(server.port, f"/{file}").read()) for file in files)
    small = sum(len(_ask(server.port, f"/{file}", accept_encoding="gzip").read()) for file in files)
    assert small < 0.36 * plain


def test_many_at_once_get_the_same_compressed_file(server: SmallServer):
    scripts = Path(streamlit.__file__).parent / "static" / "static" / "js"
    largest = max(scripts.glob("*.js"), key=lambda file: file.stat().st_size)
    with ThreadPoolExecutor(12) as pool:
        answers = list(
            pool.map(
                lambda _: _ask(server.port, f"/static/js/{largest.name}", accept_encoding="gzip"), range(12)
            )
        )
    assert {answer.status for answer in answers} == {200}
    assert {gzip.decompress(answer.read()) for answer in answers} == {largest.read_bytes()}
