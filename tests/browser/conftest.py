"""A real browser before the real server; skipped where no Chromium is installed, a failure in CI."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from running import Server, copied, prepare_sample

from browser.visits import DESK, Visit

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
PATIENCE = 20_000  # milliseconds; much more than a page needs, since tests may share two processors


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = "no Chromium was found (looked for " + ", ".join(NAMES) + " and in CHROMIUM)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in a file, made once."""
    return prepare_sample(tmp_path_factory.mktemp("prepared") / "sample.db")


@pytest.fixture(scope="module")
def server(browser: Browser, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample, served for one file of tests; each test takes libraries of its own."""
    assert browser  # nothing is started where no browser is
    running = Server(copied(prepared, tmp_path_factory.mktemp("server") / "sample.db")).start()
    yield running
    running.stop()


Arrive = Callable[..., Visit]


@pytest.fixture
def arrive(browser: Browser, server: Server) -> Iterator[Arrive]:
    """Opens the browser on one more device."""
    if server.process is None:  # a test that killed the server failed before it started it again
        server.start()
    contexts: list[BrowserContext] = []

    def open_browser(at: Server = server, **wishes: Any) -> Visit:  # noqa: ANN401 - Playwright's own options
        usual = {"viewport": DESK, "locale": "en-US", "timezone_id": "Asia/Ho_Chi_Minh"}
        contexts.append(browser.new_context(**{**usual, **wishes}))
        contexts[-1].set_default_timeout(PATIENCE)
        return Visit(contexts[-1], at)

    yield open_browser
    for context in contexts:
        context.close()
