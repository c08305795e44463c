"""Every form of ours carries the browser's token, and no route takes one without it."""

import re
from pathlib import Path

import pytest

from api import Site, addresses, routes
from api.screens import TEMPLATES
from test_api.visiting import PASSWORD, Open, hidden_fields

TOKEN = "token(form_field, form_token)"
FORMS = [
    pytest.param(form, id=f"{file.stem}-{number}")
    for file in sorted(TEMPLATES.glob("*.html"))
    for number, form in enumerate(re.findall(r"<form .*?</form>", file.read_text("utf-8"), re.DOTALL))
]
WRONG = ("", "0" * 96, "zz", "0" * 10_000)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_template_posts_the_token(form: str):
    assert 'method="post"' in form
    assert TOKEN in form


def test_there_is_no_form_elsewhere():
    project = Path(__file__).parents[2]
    code = [
        *(project / "ui").rglob("*.py"),
        *(project / "api").rglob("*.py"),
        *(project / "report").rglob("*.py"),
    ]
    assert len(FORMS) >= 5
    assert not [file for file in code if "<form" in file.read_text("utf-8")]


@pytest.mark.parametrize("token", WRONG)
def test_no_route_takes_a_form_without_the_right_token(visit: Open, site: Site, token: str):
    # Staying signed in is no form: it carries nothing, and its own tests refuse it to other sites.
    posted = [
        route.path
        for route in routes(site)
        if "POST" in (route.methods or ()) and route.path != addresses.SESSION
    ]
    assert len(posted) >= 4
    for path in posted:
        browser = visit().signed_in("chutich")
        browser.open("/dang-xuat")  # gives the cookie that goes with the token
        answer = browser.post(
            path, bieu_mau=token, tiep="/", username="chutich", password="x", **{"ngon-ngu": "en"}
        )
        assert answer.status_code in (403, 404, 410), path
        person = site.store.sessions.person(browser.cookie)
        assert person is not None
        assert person.language == "vi"


def test_another_browser_s_token_is_worth_nothing(visit: Open, site: Site):
    taken = hidden_fields(visit().signed_in("canbo").open("/dang-xuat").text)
    browser = visit().signed_in("chutich")
    browser.open("/dang-xuat")
    assert browser.post("/dang-xuat", **taken).status_code == 403
    assert site.store.sessions.person(browser.cookie) is not None


def test_the_token_looks_different_on_every_page(visit: Open):
    browser = visit().signed_in("chutich")
    seen = {hidden_fields(browser.open("/dang-xuat").text)["bieu_mau"] for _ in range(50)}
    assert len(seen) == 50


@pytest.mark.parametrize("page", [addresses.OWN_PASSWORD, addresses.OWN_SECOND_FACTOR])
def test_an_account_that_anybody_may_try_stays_as_it_is(visit: Open, site: Site, page: str):
    demo = {"sample": True, "demo": (("chutich", "Chủ tịch"),), "demo_password": PASSWORD}
    browser = visit(**demo).signed_in("chutich")
    fields = {"old": PASSWORD, "password": "một câu khác hẳn", "again": "một câu khác hẳn"}
    answer = browser.send(page, **fields)
    assert answer.status_code == 403
    assert "Tài khoản dùng thử là của chung" in answer.text
    assert site.store.accounts.check_password("chutich", PASSWORD, "127.0.0.1") is not None
