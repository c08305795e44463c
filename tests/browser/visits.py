"""A person in front of a real browser: signing in, waiting for a page, filling in a field."""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Response, expect
from running import Server

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
# What a page looks like when nothing more is coming: connected, not running, no part still loading.
SETTLED = """() => {
    const app = document.querySelector("[data-testid=stApp]");
    return app?.dataset.testConnectionState === "CONNECTED"
        && app.dataset.testScriptState === "notRunning"
        && document.querySelector("h1, .notice")
        && !document.querySelector("[data-testid=stSkeleton], [data-stale=true]")
        && [...document.querySelectorAll("[data-testid=stPlotlyChart]")]
            .every((chart) => chart.querySelector(".main-svg"));
}"""
SAVED = re.compile(r"Đã lưu \d\d:\d\d:\d\d")


class Visit:
    """One device of one person; `page` is its first tab."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.context = context
        self.server = server
        self.page = context.new_page()

    def sign_in(self, login: str) -> "Visit":
        """Click an account of the sample."""
        self.page.goto(f"{self.server.url}/dang-nhap")
        self.page.locator(f"button[value='{login}']").click()
        return self.settle()

    def open(self, address: str) -> "Visit":
        self.page.goto(f"{self.server.url}{address}")
        return self.settle()

    def ask(self, address: str) -> Response:
        """Type an address that may lead nowhere."""
        answer = self.page.goto(f"{self.server.url}{address}")
        assert answer is not None
        return answer

    def reload(self) -> "Visit":
        self.page.reload()
        return self.settle()

    def settle(self) -> "Visit":
        self.page.wait_for_function(SETTLED)
        return self

    def words(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    def part(self, key: str) -> Locator:
        """A keyed part of the page."""
        return self.page.locator(f".st-key-{re.sub(r'[^a-zA-Z0-9_-]', '-', key)}")

    def card(self, question: str) -> Locator:
        return self.part(f"card-{question}")

    def field(self, key: str) -> Locator:
        return self.part(key).locator("input, textarea").first

    def give(self, key: str, words: str) -> None:
        """Type into a field and leave it."""
        field = self.field(key)
        field.fill(words)
        field.press("Tab")

    def see_saved(self, question: str) -> None:
        expect(self.card(question).get_by_text(SAVED)).to_be_visible()

    def tick(self, key: str) -> None:
        """Tick a box by its words, as one does."""
        self.part(key).locator("label").first.click()
        expect(self.part(key).get_by_role("checkbox")).to_be_checked()

    def choose(self, key: str, words: str) -> None:
        """Click one of the options of a field."""
        self.part(key).get_by_text(words).first.click()


def text_of(pdf: Path) -> str:
    """The words of a printed page."""
    return subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
