"""The shipped nginx site in front of the real app: TLS, headers, limits, and a person at work behind it."""

import gzip
import http.client
import json
import re
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from proxy import Proxy, nginx_program
from running import Server, copied
from test_api.visiting import hidden_fields

from browser.visits import Visit

pytestmark = pytest.mark.browser
BLOCKED = (
    "/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent", "/_stcore/agent/", "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp", "/_stcore/script-health-check", "/_stcore//metrics", "/_stcore/x/../metrics", "/_stcore/%6detrics",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    nginx_program()
    settings = {"THUOC_SO_HOST": "localhost", "THUOC_SO_HTTPS": "1", "THUOC_SO_LOG": "json"}
    running = Server(
        copied(prepared, tmp_path_factory.mktemp("app") / "sample.db"), settings=settings
    ).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def proxy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    started = Proxy(tmp_path_factory.mktemp("nginx"), server.port).start()
    yield started
    started.stop()


@pytest.fixture
def ask(proxy: Proxy) -> Callable[..., http.client.HTTPResponse]:
    def send(path: str, method: str = "GET", body: object = None, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPSConnection(
            "localhost", proxy.port, timeout=30, context=proxy.trusting()
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        return connection.getresponse()

    return send


Ask = Callable[..., http.client.HTTPResponse]


def signed_in(ask: Ask, login: str = "chutich", password: str = "thuoc-so-2026") -> http.client.HTTPResponse:
    page = ask("/dang-nhap")
    cookie = page.headers["set-cookie"].split(";")[0]
    fields = {**hidden_fields(page.read().decode()), "username": login, "password": password}
    form = "application/x-www-form-urlencoded"
    return ask("/dang-nhap", "POST", urllib.parse.urlencode(fields), cookie=cookie, content_type=form)


def session_of(answer: http.client.HTTPResponse) -> str:
    return next(
        one.split(";")[0] for one in answer.headers.get_all("set-cookie", []) if one.startswith("thuoc_so=")
    )


def test_signing_in_sets_cookies_that_travel_over_tls_alone_and_no_script_reads(ask: Ask):
    answer = signed_in(ask)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookies = {one.split("=")[0]: one for one in answer.headers.get_all("set-cookie", [])}
    assert re.search(r"; HttpOnly; Path=/; SameSite=lax; Secure$", cookies["thuoc_so"])
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in cookies.values())


def test_streamlit_s_own_cookie_travels_over_tls_alone_too(ask: Ask):
    (cookie,) = ask("/_stcore/health").headers.get_all("set-cookie", [])
    assert cookie.startswith("_streamlit_xsrf=")
    assert cookie.endswith("; Path=/; SameSite=Strict; Secure")


def test_every_answer_carries_the_headers_each_of_them_once(ask: Ask):
    cookie = session_of(signed_in(ask))
    for path in (
        "/",
        "/dang-nhap",
        "/tien-do",
        "/khong-co",
        "/healthz",
        "/static/js/khong-co.js",
    ):
        answer = ask(path, cookie=cookie)
        for name, value in (
            ("strict-transport-security", "max-age=15768000"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("x-frame-options", "DENY"),
        ):
            assert answer.headers.get_all(name) == [value], (path, name)
        (policy,) = answer.headers.get_all("content-security-policy", []) or [""]
        assert "frame-ancestors 'none'" in policy or path.startswith("/static/")
    style = ask("/giao-dien.css", cookie=cookie)
    assert style.headers.get_all("strict-transport-security") == ["max-age=15768000"]
    assert style.headers.get_all("x-content-type-options") == ["nosniff"]
    assert "uvicorn" not in str(ask("/dang-nhap").headers.get("server"))


@pytest.mark.parametrize("path", BLOCKED)
def test_what_tells_of_the_server_is_not_there(ask: Ask, path: str):
    assert ask(path, cookie=session_of(signed_in(ask))).status == 404


def test_static_files_are_compressed_kept_for_a_year_and_taken_from_the_cache(ask: Ask, server: Server):
    page = ask("/", cookie=session_of(signed_in(ask))).read().decode()
    (script,) = re.findall(r'src="\./(static/js/index\.[^"]+)"', page)
    small = ask(f"/{script}", accept_encoding="gzip, deflate, br")
    assert small.headers["content-encoding"] == "gzip"
    assert "max-age=31536000" in small.headers["cache-control"]
    assert "immutable" in small.headers["cache-control"]
    packed = small.read()
    plain = ask(f"/{script}")
    assert plain.headers["content-encoding"] is None
    whole = plain.read()
    assert gzip.decompress(packed) == whole
    assert len(packed) < 0.4 * len(whole)
    server.stop()
    try:
        assert ask(f"/{script}", accept_encoding="gzip").read() == packed
        answer = ask("/dang-nhap")
        assert answer.status == 503
        assert "Máy chủ đang khởi động lại" in answer.read().decode()
        assert answer.headers["cache-control"] == "no-store"
    finally:
        server.start()


def test_a_body_of_13_mb_is_refused_in_words_and_one_of_11_gets_through(ask: Ask):
    cookie = session_of(signed_in(ask))
    path = "/_stcore/upload_file/nobody/file"
    refused = ask(path, "PUT", b"x" * 13_000_000, cookie=cookie, origin="https://localhost")
    assert refused.status == 413
    assert "Tệp quá lớn" in refused.read().decode()
    # The app answers, and to this request without a session: no.
    assert ask(path, "PUT", b"x" * 11_000_000, cookie=cookie).status in (400, 403, 413)


def test_foreign_names_are_dropped_before_the_app_is_asked(ask: Ask, proxy: Proxy):
    with pytest.raises((http.client.HTTPException, OSError)):
        ask("/dang-nhap", host="example.org")
    plain = http.client.HTTPConnection("127.0.0.1", proxy.plain_port, timeout=10)
    plain.request("GET", "/", headers={"Host": "example.org"})
    with pytest.raises((http.client.HTTPException, OSError)):
        plain.getresponse()


def test_plain_http_leads_to_tls(proxy: Proxy):
    plain = http.client.HTTPConnection("localhost", proxy.plain_port, timeout=10)
    plain.request("GET", "/lien-hiep?dot=2024")
    answer = plain.getresponse()
    assert (answer.status, answer.headers["location"]) == (301, "https://localhost/lien-hiep?dot=2024")


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://localhost:{port}", 101),
        ("https://example.org", 403),
        ("https://localhost", 403),
        ("null", 403),
    ],
)
def test_the_live_connection_opens_for_our_own_page_alone(ask: Ask, proxy: Proxy, origin: str, status: int):
    answer = ask(
        "/_stcore/stream",
        cookie=session_of(signed_in(ask)),
        origin=origin.format(port=proxy.port),
        connection="Upgrade",
        upgrade="websocket",
        sec_websocket_version="13",
        sec_websocket_key="dGhlIHNhbXBsZSBub25jZQ==",
        sec_websocket_protocol="streamlit",
    )
    assert answer.status == status
    answer.close()


def test_another_site_s_form_is_refused_whatever_it_carries(ask: Ask):
    cookie = session_of(signed_in(ask))
    for path in ("/dang-xuat", "/ngon-ngu", "/dang-nhap"):
        answer = ask(path, "POST", "a=b", cookie=cookie, origin="https://example.org")
        assert answer.status == 403
    assert ask("/tien-do", cookie=cookie).status == 200


def test_a_person_answers_through_the_proxy_in_a_real_browser(proxy: Proxy, server: Server, browser: Browser):
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1366, "height": 768})
    try:
        visit = Visit(context, server)
        visit.page.goto(f"{proxy.url}/dang-nhap")
        visit.page.locator("button[value=laichau]").click()
        visit.settle()
        visit.page.goto(f"{proxy.url}/tra-loi?muc=A")
        visit.settle()
        visit.give("A2.value", "37")
        visit.see_saved("A2")
        visit.page.reload()
        visit.settle()
        assert visit.field("A2.value").input_value() == "37"
        cookies = {one["name"]: one for one in context.cookies()}
        assert cookies["thuoc_so"]["secure"]
        assert cookies["thuoc_so"]["httpOnly"]
        expect(visit.page.locator("#ket-noi")).to_have_count(0)
    finally:
        context.close()


def test_a_flood_of_tries_to_sign_in_is_slowed_down_and_other_pages_are_not(ask: Ask):
    answers = [ask("/dang-nhap", "POST", "username=a&password=b") for _ in range(60)]
    refused = [answer for answer in answers if answer.status == 429]
    assert len(refused) >= 20
    assert "Xin chờ một chút" in refused[-1].read().decode()
    assert ask("/dang-nhap").status == 200


def test_the_logs_of_all_this_hold_no_query_and_no_cookie(ask: Ask, proxy: Proxy, server: Server):
    secret = "ma-bi-mat-0123456789"
    ask(f"/thiet-lap?ma={secret}")
    lines = (proxy.folder / "thuoc-so.log").read_text("utf-8").splitlines()
    assert {json.loads(line)["status"] for line in lines} >= {101, 200, 303, 403, 404, 413, 429}
    for words in (proxy.words(), server.words()):
        assert secret not in words
        assert "thuoc_so=" not in words
        assert "thuoc-so-2026" not in words
