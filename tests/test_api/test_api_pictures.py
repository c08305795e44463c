"""Charts as pictures: for whoever may see the chart, and not there for anybody else."""

import pytest

from api import Site
from report.round_report import RoundReport
from report.views import DRAWERS, OF_ONE_LIBRARY, WITHOUT_NAMES
from survey.access import Role
from survey.rounds import RoundState
from test_api.visiting import ACCOUNTS, Open


@pytest.fixture(autouse=True)
def without_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may see a picture is asked before it is drawn, and drawing takes seconds."""
    monkeypatch.setattr("api.pictures._picture", lambda *_: b"PNG")


@pytest.mark.parametrize("name", DRAWERS)
@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("login", ACCOUNTS)
def test_a_picture_follows_the_rule_of_its_chart(
    visit: Open, site: Site, login: str, state: RoundState, name: str
):
    role, own = ACCOUNTS[login]
    library = own or site.reports(state.value).members[0].id
    published = state is RoundState.PUBLISHED
    one = name in OF_ONE_LIBRARY
    may = {
        Role.CHAIR: not (one and state is RoundState.DRAFT),
        Role.OFFICIAL: published,
        Role.ENTRY: state is not RoundState.DRAFT and (published or one or name in WITHOUT_NAMES),
        Role.REVIEWER: False,
        Role.DIRECTOR: state is not RoundState.DRAFT and (published or one or name in WITHOUT_NAMES),
        Role.ADMINISTRATOR: False,
    }[role]
    answer = visit().signed_in(login).open(f"/anh/{name}.png?dot={state}&thu-vien={library}")
    assert answer.status_code == (200 if may else 404)
    if may:
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["khong-co", "../x", next(iter(DRAWERS))])
def test_a_picture_that_nobody_draws_is_not_there(visit: Open, name: str):
    assert visit().signed_in("chutich").open(f"/anh/{name}.png?dot=2099").status_code == 404


def test_a_stranger_is_led_to_the_sign_in_page(visit: Open):
    assert visit().open("/anh/khong-co.png").headers["location"].startswith("/dang-nhap")


def test_a_library_never_gets_the_picture_with_names_that_the_chair_asked_for(
    visit: Open, site: Site, monkeypatch: pytest.MonkeyPatch
):
    def names(_name: str, reports: list[RoundReport], _asked: object) -> bytes:
        return ",".join(member.short.vi for member in reports[-1].members).encode()

    monkeypatch.setattr("api.pictures._picture", names)
    login = next(one for one, (role, _) in ACCOUNTS.items() if role is Role.DIRECTOR)
    own = ACCOUNTS[login][1]
    address = f"/anh/{WITHOUT_NAMES[1]}.png?dot={RoundState.OPEN.value}&thu-vien={own}"
    chairs = visit().signed_in("chutich").open(address).text
    theirs = visit().signed_in(login).open(address).text
    shown = [member.short.vi for member in site.reports(RoundState.OPEN.value).members]
    assert chairs == ",".join(shown)
    assert sum(name in theirs.split(",") for name in shown) == 1
