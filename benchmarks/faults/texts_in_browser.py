"""(b1) Awkward texts in a real browser: typed into a field and read again, and no script of theirs has run."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, TimeoutError, sync_playwright

from benchmarks.faults.awkward import MARK
from benchmarks.faults.real_server import RealServer
from benchmarks.faults.slots import Slot, as_kept
from benchmarks.faults.table import NotRun, Row, exactly
from benchmarks.visitors import sign_in

CASE = "b1"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LOGIN, FIELD, SECTION = "laichau", "G13.words", "G"
TYPED, PAGES, FEW_TYPED, FEW_PAGES = 40, 40, 4, 4
PATIENCE = 30_000  # milliseconds
SETTLED = """() => {
    const app = document.querySelector("[data-testid=stApp]");
    return app?.dataset.testConnectionState === "CONNECTED" && app.dataset.testScriptState === "notRunning"
        && document.querySelector("h1") && !document.querySelector("[data-testid=stSkeleton], [data-stale=true]");
}"""
# The page keeps what was typed until it knows that the server has it.
ARRIVED = "() => (sessionStorage.getItem('chua-luu') ?? '{}') === '{}'"
ARRIVES_WITHIN = 5_000  # milliseconds
FOREIGN = """() => document.querySelectorAll(
    "[data-testid=stHtml] :is(script, img, iframe, object, embed, form, style, video, math, base, meta, link, template)"
).length"""


def rows(
    server: RealServer, chair: Mapping[str, str], slots: Sequence[Slot], *, few: bool
) -> list[Row | NotRun]:
    if not os.path.exists(CHROMIUM):
        return [NotRun(CASE, "in a real browser", "no Chromium was found")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        shown = _look_at(browser, server, chair, slots, FEW_PAGES if few else PAGES)
        typed = _type(browser, server, slots, FEW_TYPED if few else TYPED)
        browser.close()
    return [*shown, *typed]


def _look_at(
    browser: Browser, server: RealServer, chair: Mapping[str, str], slots: Sequence[Slot], most: int
) -> list[Row]:
    pages = list(dict.fromkeys((slot.round_id, slot.library) for slot in slots))
    chosen = pages[:: max(1, len(pages) // most)][:most]
    context = browser.new_context()
    context.add_cookies(
        [{"name": name, "value": value, "url": server.address} for name, value in chair.items()]
    )
    page, dialogs = _watched(context)
    ran = foreign = 0
    for round_id, library in chosen:
        _open(page, f"{server.address}/xem-phieu?dot={round_id}&thu-vien={library}")
        ran += bool(page.evaluate(f"window.{MARK} === 1"))
        foreign += page.evaluate(FOREIGN)
    context.close()
    what = f"real browser, {len(chosen)} pages of texts"
    return [
        exactly(CASE, f"{what}: scripts that ran, dialogs", ran + len(dialogs), 0),
        exactly(CASE, f"{what}: elements that came out of a text", foreign, 0),
    ]


def _type(browser: Browser, server: RealServer, slots: Sequence[Slot], most: int) -> list[Row]:
    """Type, leave the field, reload, and read the field again."""
    texts = [slot.text for slot in slots if _can_be_typed(slot.text)]
    chosen = texts[:: max(1, len(texts) // most)][:most]
    context = browser.new_context()
    cookies = sign_in(server.port, LOGIN)
    context.add_cookies(
        [{"name": name, "value": value, "url": server.address} for name, value in cookies.items()]
    )
    page, dialogs = _watched(context)
    unlike = ran = 0
    address = f"{server.address}/tra-loi?muc={SECTION}"
    _open(page, address)
    for text in chosen:
        field = page.locator(f".st-key-{FIELD.replace('.', '-')} textarea").first
        field.fill(text)
        field.blur()
        page.locator(f".st-key-card-{FIELD.partition('.')[0]}").get_by_text("Đã lưu").wait_for()
        page.wait_for_function(SETTLED)
        with suppress(TimeoutError):  # then the page asks before it is left, which is counted
            page.wait_for_function(ARRIVED, timeout=ARRIVES_WITHIN)
        _open(page, address)
        unlike += _in_a_field(field.input_value()) != _in_a_field(as_kept(text)).strip()
        ran += bool(page.evaluate(f"window.{MARK} === 1"))
    context.close()
    what = f"real browser, {len(chosen)} texts typed"
    asked = dialogs.count("beforeunload")
    return [
        exactly(CASE, f"{what}: unlike the text after a reload", unlike, 0),
        exactly(CASE, f"{what}: saved, and taken for unsaved by the page", asked, 0),
        exactly(CASE, f"{what}: scripts that ran, dialogs", ran + len(dialogs) - asked, 0),
    ]


def _watched(context: BrowserContext) -> tuple[Page, list[str]]:
    context.set_default_timeout(PATIENCE)
    page, dialogs = context.new_page(), list[str]()

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        if dialog.type == "beforeunload":
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", note)
    return page, dialogs


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function(SETTLED)


def _can_be_typed(text: str) -> bool:
    """What a browser's field takes: not longer than the field, and something that is left to be saved."""
    return (
        bool(as_kept(text).strip())
        and len(text) < 4000
        and as_kept(text) == as_kept(text).replace("\ufffd", "")
    )


def _in_a_field(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
