"""A real run with its log as JSON: every line can be read by a program, errors carry the id that the person saw,
and nothing that opens a door or was typed is in it."""

import json
import re
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from running import Server, copied

from browser.visits import Visit

pytestmark = pytest.mark.browser
TYPED = "GIẢI-TRÌNH-BÍ-MẬT-7301"
FIGURE = "730173"
IN_ADDRESS = "bi-mat-trong-dia-chi"


@pytest.fixture(scope="module")
def server(browser: Browser, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    assert browser
    file = copied(prepared, tmp_path_factory.mktemp("logs") / "sample.db")
    running = Server(
        file, settings={"THUOC_SO_LOG": "json", "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true"}
    ).start()
    yield running
    running.stop()


def lines(server: Server) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.words().splitlines()]


def test_a_run_with_sign_in_answers_and_errors_leaves_no_trace_of_them(
    arrive: Callable[..., Visit], server: Server
):
    visit = arrive()
    visit.page.goto(f"{server.url}/dang-nhap")
    visit.page.fill("#username", "laichau")
    visit.page.fill("#password", f"{TYPED} sai")
    visit.page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(visit.page.get_by_role("alert")).to_be_visible()
    visit.sign_in("laichau").open(f"/tra-loi?muc=C&la={IN_ADDRESS}")
    visit.give("C9.numerator", FIGURE)
    visit.see_saved("C9")
    session = next(one["value"] for one in visit.context.cookies() if one["name"] == "thuoc_so")

    for path in (f"/thiet-lap?ma={IN_ADDRESS}", f"/tai/2024.xlsx?{IN_ADDRESS}=1", f"/khong-co?{IN_ADDRESS}"):
        visit.page.request.get(f"{server.url}{path}")
    # Another program holds the database for longer than a save waits: an error with words of its own.
    holder = sqlite3.connect(server.file)
    holder.execute("BEGIN EXCLUSIVE")
    visit.give("C9.denominator", FIGURE + "9")
    expect(visit.card("C9").get_by_text("CHƯA lưu được")).to_be_visible(timeout=30_000)
    holder.close()
    # A row that nobody could foresee: the person gets an id, and the log the place in the code but not the row.
    with sqlite3.connect(server.file) as broken:
        before = broken.execute("SELECT id, state FROM round").fetchall()
        broken.execute("UPDATE round SET state = ?", (TYPED,))
    answer = visit.page.request.get(f"{server.url}/tai/2024.csv?{IN_ADDRESS}=2")
    with sqlite3.connect(server.file) as mended:
        mended.executemany("UPDATE round SET state = ? WHERE id = ?", [(state, id_) for id_, state in before])
    assert answer.status == 500
    number = re.search(r'class="error-id">([0-9a-f]{8})<', answer.text())
    assert number is not None

    written = lines(server)
    assert all({"time", "level", "source", "message"} <= set(line) for line in written)
    errors = [line for line in written if line["level"] in ("ERROR", "CRITICAL")]
    assert errors
    assert all(re.fullmatch(r"[0-9a-f]{8}", line["id"]) for line in errors)
    (of_person,) = [line for line in errors if line["id"] == number[1]]
    assert of_person["error"] == ["ValueError"]
    assert any("survey/store/rounds.py" in place for place in of_person["trace"])
    words = server.words()
    for secret in (TYPED, FIGURE, IN_ADDRESS, session, session[:12], "thuoc-so-2026", "INSERT", "SELECT"):
        assert secret not in words, secret
    streamlit_sessions = re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", words)
    assert not streamlit_sessions


def test_the_set_up_link_goes_into_a_file_for_its_owner_alone(tmp_path: Path):
    file = tmp_path / "lien-ket.txt"
    settings = {
        "THUOC_SO_LOG": "json", "THUOC_SO_SETUP_FILE": str(file), "THUOC_SO_HOST": "thuoc-so.example",
        "THUOC_SO_HTTPS": "1",
    }  # fmt: skip
    server = Server(tmp_path / "empty.db", sample=False, settings=settings).start()
    try:
        link = file.read_text("utf-8").strip()
        assert re.fullmatch(r"https://thuoc-so\.example/thiet-lap\?ma=[\w-]{40,}", link)
        assert file.stat().st_mode & 0o777 == 0o600
        token = link.partition("=")[2]
        with urllib.request.urlopen(f"{server.url}/thiet-lap?ma={token}", timeout=20) as page:
            assert page.status == 200
        with pytest.raises(urllib.error.HTTPError, match="421"):
            urllib.request.urlopen(
                urllib.request.Request(f"{server.url}/dang-nhap", headers={"Host": "example.org"}), timeout=20
            )
        assert token not in server.words()
        assert str(file) in server.words()
    finally:
        server.stop()
