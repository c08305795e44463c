"""The content policy on every page of every role: nothing of ours is stopped by it, and a foreign script is."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.visits import Visit
from survey.access import PAGES, Page, Role

WATCH = "document.addEventListener('securitypolicyviolation', (event) => console.error(`POLICY ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));"  # noqa: E501
IN_VIEW = """(id) => {
    const place = document.getElementById(id)?.getBoundingClientRect();
    return place && place.top >= 0 && place.top < 200;
}"""
PEOPLE = {
    Role.DIRECTOR: "laocai",
    Role.CHAIR: "chutich",
    Role.OFFICIAL: "coquan",
    Role.ADMINISTRATOR: "quantri",
}


def watched(visit: Visit) -> list[str]:
    """What the browser refuses or complains of from now on."""
    said: list[str] = []
    visit.page.add_init_script(WATCH)
    visit.page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    visit.page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.browser
@pytest.mark.parametrize("role", PEOPLE)
def test_no_page_needs_more_than_the_policy_allows(arrive: Callable[..., Visit], role: Role):
    visit = arrive()
    said = watched(visit)
    visit.sign_in(PEOPLE[role])
    for page in PAGES[role]:
        visit.open("/" if page is Page.HOME else f"/{page}")
    assert not said


@pytest.mark.browser
def test_charts_tips_and_fields_work_under_the_policy(arrive: Callable[..., Visit]):
    visit = arrive()
    said = watched(visit)
    visit.sign_in("chutich").open("/lien-hiep")
    charts = visit.page.locator("[data-testid=stPlotlyChart]")
    expect(charts.first).to_be_visible()
    charts.first.hover()
    visit.open("/dot-danh-gia")
    assert not said


@pytest.mark.browser
def test_a_link_to_a_question_leads_there_and_the_address_keeps_the_place(arrive: Callable[..., Visit]):
    visit = arrive().sign_in("laichau")
    visit.open("/tra-loi?muc=C&cau=C9")
    visit.page.wait_for_function(IN_VIEW, arg="cau-C9")
    visit.card("C7").locator("input").first.focus()
    assert visit.page.url.endswith("/tra-loi?muc=C#cau-C7")
    visit.reload()
    visit.page.wait_for_function(IN_VIEW, arg="cau-C7")


@pytest.mark.browser
@pytest.mark.parametrize(
    "attempt",
    [
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.taken = true'}))",
        "document.body.append(Object.assign(document.createElement('script'), {src: 'https://example.org/x.js'}))",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.taken = true\">')",
        "document.body.append(Object.assign(document.createElement('iframe'), {src: location.origin + '/healthz'}))",
        "document.body.append(Object.assign(document.createElement('img'), {src: 'https://example.org/x.png'}))",
        "fetch('https://example.org/').catch(() => 0)",
        "new Function('window.taken = true')()",
        "document.body.append(Object.assign(document.createElement('base'), {href: 'https://example.org/'}))",
    ],
)
def test_what_is_foreign_is_stopped(arrive: Callable[..., Any], attempt: str):
    visit = arrive()
    said = watched(visit)
    visit.sign_in("coquan")
    visit.page.evaluate(f"() => {{ setTimeout(() => {{ {attempt} }}, 0) }}")
    visit.page.wait_for_timeout(300)
    assert any("POLICY" in line for line in said)
    assert not visit.page.evaluate("window.taken")
