"""(e) Bytes of a first visit and of one saved answer, page by page, in a real browser."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.servers import Server, make_sample
from benchmarks.table import Aim, Row, kilobytes
from benchmarks.traffic import Traffic, packed, size
from benchmarks.visitors import sign_in

CASE = "e"
LIBRARY = "caobang"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
SIGN_IN, DRAWN = "/dang-nhap", "[data-test-script-state='notRunning']"
PAGES = {"home": "/", "answer": "/tra-loi?muc=B", "result": "/ket-qua", "federation": "/lien-hiep"}
ENTRY = ("sign-in", "home", "answer")
CHART_CODE = re.compile(r"plotly|vega|altair|echarts|dataframe|arrow|deck|glide", re.IGNORECASE)
FIRST_VISIT, SAVED = 700_000, 20_000  # bytes: proof.md L8
LARGEST = 6
QUIET, PATIENCE = 1.5, 40_000  # seconds of silence that end a visit; milliseconds


def run() -> list[Row]:
    with TemporaryDirectory() as name, sync_playwright() as engine:
        make_sample(Path(name))
        with Server("product", Path(name)) as server:
            server.wait()
            executable = CHROMIUM if os.path.exists(CHROMIUM) else None
            browser = engine.chromium.launch(executable_path=executable, args=list(FLAGS))
            try:
                return [*_visits(browser, server), *_saved_answer(browser, server)]
            finally:
                browser.close()


def _visits(browser: Browser, server: Server) -> Iterator[Row]:
    """Each page as the first one that a browser with an empty cache ever opens here."""
    told: set[str] = set()
    for name, address in {"sign-in": SIGN_IN, **PAGES}.items():
        with _visitor(browser, server, signed_in=name != "sign-in") as (page, traffic):
            _open(page, traffic, server, address)
            yield from _visit_rows(name, traffic, told)


def _visit_rows(name: str, traffic: Traffic, told: set[str]) -> Iterator[Row]:
    scripts = sorted(file.name for file in traffic.fetched if file.is_script)
    charts = [script for script in scripts if CHART_CODE.search(script)]
    fresh = ", ".join(script for script in scripts if script not in told) or "none"
    largest = sorted(traffic.fetched, key=lambda file: -file.sent)[:LARGEST]
    print(f"  {name}: {len(traffic.fetched)} files, {len(scripts)} scripts; not named above: {fresh}")
    print("    largest: " + ", ".join(f"{file.name} {kilobytes(file.sent)}" for file in largest))
    told.update(scripts)
    limit = name in ENTRY
    yield Row(
        CASE,
        f"first visit, {name}, against 700 KB",
        f"{kilobytes(traffic.sent)} sent, {kilobytes(traffic.plain)} unpacked",
        f"{kilobytes(size(traffic.down))} by websocket",
        traffic.sent / FIRST_VISIT,
        Aim(most=1) if limit else None,
    )
    yield Row(
        CASE,
        f"chart code, {name}, files",
        f"{len(charts)} files: {', '.join(charts)}" if charts else "none",
        f"{len(scripts)} scripts",
        len(charts),
        Aim(most=0) if limit else None,
    )


def _saved_answer(browser: Browser, server: Server) -> Iterator[Row]:
    """One figure typed and left, on an answer page that is already there."""
    with _visitor(browser, server, signed_in=True) as (page, traffic):
        _open(page, traffic, server, PAGES["answer"])
        field = page.locator(".st-key-B2-denominator input")
        traffic.clear()
        field.fill("5001")
        field.press("Tab")
        _until_quiet(page, traffic)
        asked = len(traffic.fetched)
        yield Row(
            CASE,
            "one saved answer, down, against 20 KB",
            f"{kilobytes(size(traffic.down))} in {len(traffic.down)} frames, "
            f"{kilobytes(packed(traffic.down))} gzipped",
            f"{kilobytes(size(traffic.up))} up, {asked} files asked for",
            size(traffic.down) / SAVED,
            Aim(most=1),
        )


@contextmanager
def _visitor(browser: Browser, server: Server, *, signed_in: bool) -> Iterator[tuple[Page, Traffic]]:
    """A new profile of the browser: its cookies, but an empty cache and a window of its own."""
    context = browser.new_context()
    if signed_in:
        home = f"http://127.0.0.1:{server.port}"
        cookies = sign_in(server.port, LIBRARY)
        context.add_cookies([{"name": name, "value": value, "url": home} for name, value in cookies.items()])
    page, traffic = context.new_page(), Traffic()
    page.set_default_timeout(PATIENCE)
    traffic.listen(context.new_cdp_session(page))
    try:
        yield page, traffic
    finally:
        context.close()


def _open(page: Page, traffic: Traffic, server: Server, address: str) -> None:
    page.goto(f"http://127.0.0.1:{server.port}{address}")
    if address != SIGN_IN:
        page.wait_for_selector(DRAWN, state="attached")
    _until_quiet(page, traffic)


def _until_quiet(page: Page, traffic: Traffic) -> None:
    """Wait until nothing came for a while."""
    seen, still = -1, 0.0
    while still < QUIET:
        page.wait_for_timeout(250)
        now = len(traffic.files) + len(traffic.down) + int(traffic.plain)
        still = still + 0.25 if now == seen else 0.0
        seen = now
