"""The same routes in front of a running Streamlit server, asked over the network."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from test_api.visiting import PASSWORD, hidden_fields

PROJECT = Path(__file__).parents[2]
SMALL = Path(__file__).with_name("small")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, filled_template: Path) -> Iterator[int]:
    """The port of a running server."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    shutil.copytree(PROJECT / ".streamlit", folder / ".streamlit")
    file = shutil.copy(filled_template, folder / "server.db")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "DATABASE_URL": f"sqlite:///{file}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended while it was starting"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    pytest.fail("the server did not answer within a minute")


def _ask(port: int, path: str, method: str = "GET", body: str = "", **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(
        method, path, body or None, {name.replace("_", "-"): one for name, one in headers.items()}
    )
    return connection.getresponse()


def _cookies(answer: HTTPResponse) -> str:
    return "; ".join(one.split(";")[0] for one in answer.headers.get_all("set-cookie", []))


@pytest.fixture(scope="session")
def session_cookie(server: int) -> str:
    page = _ask(server, "/dang-nhap")
    fields = {**hidden_fields(page.read().decode()), "username": "chutich", "password": PASSWORD}
    answer = _ask(
        server,
        "/dang-nhap",
        "POST",
        urllib.parse.urlencode(fields),
        cookie=_cookies(page),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status == 303
    return _cookies(answer)


def test_a_page_is_given_after_signing_in_alone(server: int, session_cookie: str):
    assert _ask(server, "/tien-do").status == 303
    page = _ask(server, "/tien-do", cookie=session_cookie)
    assert page.status == 200
    assert '<html lang="vi"' in page.read().decode()


def test_what_streamlit_would_answer_with_its_page_is_not_there(server: int, session_cookie: str):
    for path in ("/khong-co", "/_stcore/khong-co", "/static/js/khong-co.js", "/_stcore/metrics"):
        answer = _ask(server, path, cookie=session_cookie, accept_encoding="gzip")
        assert answer.status == 404
        assert b"Traceback" not in answer.read()


def test_paths_that_try_to_leave_the_folder_get_nowhere(server: int, session_cookie: str):
    for path in (
        "/static/../../../etc/passwd",
        "/phong-chu/..%2f..%2fsite.py",
        "//example.org/",
        "/tai/..%2f..%2fx.csv",
    ):
        answer = _ask(server, path, cookie=session_cookie)
        assert answer.status in (303, 400, 404)
        assert b"root:" not in answer.read()


@pytest.mark.parametrize(
    ("origin", "status"), [("http://127.0.0.1:{port}", 101), ("https://example.org", 403)]
)
def test_the_live_connection_opens_for_our_own_pages_alone(
    server: int, session_cookie: str, origin: str, status: int
):
    answer = _ask(
        server,
        "/_stcore/stream",
        connection="Upgrade",
        upgrade="websocket",
        sec_websocket_version="13",
        sec_websocket_key="dGhlIHNhbXBsZSBub25jZQ==",
        sec_websocket_protocol="streamlit",
        origin=origin.format(port=server),
        cookie=session_cookie,
    )
    assert answer.status == status
    answer.close()


def test_a_first_visit_is_a_third_of_what_streamlit_sends(server: int, session_cookie: str):
    page = _ask(server, "/", cookie=session_cookie).read().decode()
    import re

    files = re.findall(r'"\./(static/(?:js|css)/[^"]+)"', page)
    assert len(files) > 30
    plain = sum(len(_ask(server, f"/{file}").read()) for file in files)
    small = sum(len(_ask(server, f"/{file}", accept_encoding="gzip").read()) for file in files)
    assert small < 0.36 * plain


def test_many_at_once_get_the_same_compressed_file(server: int):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(12) as pool:
        files = list(
            pool.map(lambda _: _ask(server, "/tieng-viet.js", accept_encoding="gzip").read(), range(24))
        )
    assert len(set(files)) == 1
