"""Foreign names and foreign pages get nothing, over HTTP and over the live connection."""

import pytest
from starlette.testclient import WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from api.own_origin import is_own_host
from survey.store import Store
from test_api.visiting import Open

STREAM = "/_stcore/stream"
NAMED = frozenset({"thuoc-so.example"})
FOREIGN_HOSTS = (
    "example.org", "testserver.example.org", "example.org:80", "testserver@example.org", "testserver:x", "testserver/x",
    "testserver?x", "", " testserver", "192.0.2.7", "[::1", "[2001:db8::1]",
)  # fmt: skip
FOREIGN_ORIGINS = (
    "https://example.org", "http://testserver.example.org", "http://testserver:8080", "null", "http://", "testserver",
    "http://example.org/testserver",
)  # fmt: skip


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
@pytest.mark.parametrize("path", ["/", "/dang-nhap", "/healthz", "/static/js/x.js", "/_stcore/health"])
def test_a_foreign_name_reaches_nothing(visit: Open, host: str, path: str):
    answer = visit().signed_in("chutich").open(path, host=host)
    assert answer.status_code == 421
    assert answer.text.startswith("Máy chủ không nhận tên miền trong địa chỉ này.")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "host", ["testserver", "TESTSERVER:8501", "testserver.", "localhost:1", "127.0.0.1", "[::1]:8"]
)
def test_the_names_of_the_server_and_the_machine_itself_are_answered(visit: Open, host: str):
    assert visit().open("/healthz", host=host).status_code == 200


def test_without_a_name_bare_numbers_are_answered_and_names_are_not():
    assert all(is_own_host(host, ()) for host in ("localhost", "192.0.2.7:8501", "[2001:db8::1]:8501"))
    assert not any(
        is_own_host(host, ()) for host in ("example.org", "192.0.2.7.example.org", "3221226219.", "0x7f.1")
    )


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_foreign_page_posts_nothing(visit: Open, site_store: Store, origin: str):
    browser = visit().signed_in("chutich")
    for path in ("/dang-nhap", "/dang-xuat", "/ngon-ngu", "/thiet-lap", "/_stcore/upload_file/a/b"):
        answer = browser.client.post(path, data={"tiep": "/"}, headers={"origin": origin})
        assert answer.status_code == 403, path
    assert site_store.sessions.person(browser.cookie)


def test_our_own_page_posts_with_and_without_its_address(visit: Open):
    browser = visit().signed_in("chutich")
    for said in ({"origin": "http://testserver"}, {"origin": "null", "sec-fetch-site": "same-origin"}, {}):
        answer = browser.client.post("/dang-xuat", headers=said)
        assert "Đăng xuất" in answer.text  # no token: asked again, but by our own page


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_foreign_page_opens_no_live_connection(visit: Open, origin: str):
    client = visit().signed_in("chutich").client
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect(STREAM, headers={"origin": origin}),
    ):
        pass
    assert refused.value.code == 1008


@pytest.mark.parametrize("host", [host for host in FOREIGN_HOSTS if host])
def test_a_foreign_name_opens_no_live_connection(visit: Open, host: str):
    said = {"host": host, "origin": f"http://{host}"}
    client = visit().signed_in("chutich").client
    with (
        pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)),
        client.websocket_connect(STREAM, headers=said),
    ):
        pass


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp",
     "/_stcore/agent/interact", "/_stcore/script-health-check"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS"])
def test_what_tells_of_the_server_is_not_there_for_anybody(visit: Open, path: str, method: str):
    answer = visit().signed_in("quantri").client.request(method, path)
    assert answer.status_code == 404


class TestHeaders:
    def test_pages_files_and_routes_carry_what_they_must(self, visit: Open):
        browser = visit(secure=True).signed_in("chutich")
        for path in (
            "/",
            "/dang-nhap",
            "/dang-xuat",
            "/healthz",
            "/static/js/khong-co.js",
            "/khong-co",
        ):
            headers = browser.open(path).headers
            assert headers["x-content-type-options"] == "nosniff", path
            assert headers["x-frame-options"] == "DENY"
            assert headers["referrer-policy"] == "same-origin"
            assert headers["strict-transport-security"] == "max-age=15768000"

    def test_pages_and_forms_take_scripts_from_this_server_alone_and_stand_in_no_frame(self, visit: Open):
        browser = visit().signed_in("chutich")
        page, form = (browser.open(path).headers["content-security-policy"] for path in ("/", "/dang-xuat"))
        assert "script-src 'self' 'wasm-unsafe-eval';" in page
        assert "script-src" not in form
        for policy in (page, form):
            assert policy.startswith("default-src 'none'")
            assert "frame-ancestors 'none'" in policy
            assert "form-action 'self'" in policy
            assert "base-uri 'none'" in policy
            assert " 'unsafe-eval'" not in policy
            assert "http" not in policy

    def test_the_page_has_no_script_inside_it(self, visit: Open):
        text = visit().signed_in("chutich").open("/").text
        assert text.count("<script") == text.count("<script ") == text.count(" src=") > 1

    def test_without_tls_nothing_binds_the_browser_to_tls(self, visit: Open):
        assert "strict-transport-security" not in visit().open("/dang-nhap").headers


def test_who_names_two_origins_is_believed_in_neither(visit: Open):
    two = [("origin", "http://testserver"), ("origin", "https://example.org")]
    assert visit().client.post("/dang-xuat", headers=two).status_code == 403


def test_starting_and_stopping_pass_untouched(visit: Open):
    with visit().client as client:
        assert client.get("/healthz").status_code == 200
