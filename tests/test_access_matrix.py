"""The access matrix of `python -m benchmarks.faults b8` in a short form, and proofs that it finds leaks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from api import Site, routes
from api.assets import ASSETS
from benchmarks.faults import access_matrix
from benchmarks.faults.access_acts import try_acts
from benchmarks.faults.access_browser import browser_on
from benchmarks.faults.access_count import Count
from benchmarks.faults.access_forms import FORMS, KEEP_ALIVE, UPLOAD, try_forms, try_uploads
from benchmarks.faults.access_people import KINDS, World, prepare
from benchmarks.faults.access_routes import Wanted, asked_for, try_routes
from survey.response import ResponseState
from survey.rounds import RoundState
from survey.workflow import Capacity

OPEN = (RoundState.OPEN,)
LITTLE = Wanted(pictures=("ma-tran", "diem-theo-tru-cot"), rounds=OPEN, workbooks=("csv",))


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Everybody before responses that were sent."""
    return prepare(tmp_path_factory.mktemp("sent"), ResponseState.SUBMITTED)


def acts_of(world: World, folder: Path) -> Count:
    count = Count()
    try_acts(world, folder, count, OPEN)
    return count


def addresses_of(world: World, folder: Path, *logins: str) -> Count:
    """What everybody, or only those who are named, is given."""
    kinds = [kind for kind in KINDS if kind.login in logins] or KINDS
    count = Count()
    with browser_on(world, folder) as browser:
        try_routes(world, browser, count, LITTLE, doors=True, kinds=kinds)
    return count


@pytest.mark.usefixtures("quick_hashing")
@pytest.mark.parametrize("state", ResponseState)
def test_nobody_does_what_is_not_theirs_and_everybody_does_what_is(state: ResponseState, tmp_path: Path):
    count = acts_of(prepare(tmp_path, state), tmp_path)
    assert (count.leaks, count.refused) == ([], [])
    assert count.cells > 200


def test_nobody_is_given_what_is_not_theirs_and_everybody_what_is(sent: World, tmp_path: Path):
    count = addresses_of(sent, tmp_path)
    assert (count.leaks, count.refused) == ([], [])
    assert count.cells > 800


def published_evidence(world: World, folder: Path) -> Count:
    """What everybody is given of the evidence in the published round."""
    count = Count()
    with browser_on(world, folder) as browser:
        try_routes(world, browser, count, Wanted(rounds=(RoundState.PUBLISHED,)), doors=False)
    return count


def test_published_evidence_goes_to_the_library_that_was_formed_from_it_and_to_no_other_member(
    sent: World, tmp_path: Path
):
    count = published_evidence(sent, tmp_path)
    assert (count.leaks, count.refused) == ([], [])
    assert count.cells > 100


def test_no_form_does_anything_without_its_token_and_files_go_to_the_own_library(sent: World, tmp_path: Path):
    count = Count()
    with browser_on(sent, tmp_path) as browser:
        try_forms(browser, count)
        try_uploads(browser, count)
    assert (count.leaks, count.refused) == ([], [])


def test_every_address_of_ours_is_asked_for(sent: World):
    site = Site(store=None, reports=lambda _: None, rank_study=lambda _round, _basis: None)  # type: ignore[arg-type]
    asked = {"GET": asked_for(sent, LITTLE), "POST": [*FORMS, KEEP_ALIVE, UPLOAD]}
    for route in routes(site):
        beginning = route.path.partition("{")[0]
        for method in (route.methods or set()) - {"HEAD"}:
            known = any(path.partition("?")[0].startswith(beginning) for path in asked[method])
            assert known or route.path in ASSETS, (method, route.path)


@pytest.mark.slow
def test_the_whole_matrix():
    assert [row.cells() for row in access_matrix.run(0, quick=False) if not row.met] == []


# Proofs that a leak is found


def test_an_act_that_is_open_to_anybody_is_found(
    sent: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("survey.store.cycle.capacity_now", lambda *_: Capacity.CHAIR)
    leaks = acts_of(sent, tmp_path).leaks
    for expected in ("entry: accept", "official of all provinces: return_", "forged chair: grant_late"):
        assert f"{expected}, submitted in open" in leaks


def test_an_act_of_a_reviewer_of_the_own_library_is_found(
    sent: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("survey.store.assigning.may_be_assigned", lambda *_: True)
    assert "chair names director, submitted in open" in acts_of(sent, tmp_path).leaks


def test_a_refusal_that_is_not_noted_is_found(sent: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("survey.store.refused.write_audit", lambda *_, **__: None)
    assert any("the audit trail says []" in leak for leak in acts_of(sent, tmp_path).leaks)


def test_an_act_that_is_closed_to_everybody_is_found(
    sent: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("survey.store.cycle.capacity_now", lambda *_: Capacity.NOBODY)
    count = acts_of(sent, tmp_path)
    assert "chair: accept, submitted in open" in count.refused
    assert count.leaks == []


def _yes(*_: object, **__: object) -> bool:
    return True


def _no(*_: object, **__: object) -> bool:
    return False


def _unhidden(report: object, _own: str) -> object:
    return report


@pytest.mark.parametrize(
    ("opened", "permissive", "found"),
    [
        ("api.files.may_export", _yes, "entry: /tai/open.csv"),
        (
            "api.pictures.may_compare",
            _yes,
            "official of another province: /anh/diem-theo-tru-cot.png?dot=open",
        ),
        ("api.pictures.may_read_response", _yes, "reviewer: /anh/tru-cot.png?dot=open&thu-vien=lai_chau"),
        ("api.pictures.hide_names", _unhidden, "director: /anh/diem-theo-tru-cot.png?dot=open"),
        ("api.evidence.may_appraise", _yes, "reviewer not named: /tep/open/son_la/"),
        ("api.page_guard.may_open_page", _yes, "administrator: /tra-loi"),
    ],
)
def test_something_given_to_anybody_is_found(
    sent: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: str,
    permissive: Callable[..., object],
    found: str,
):
    monkeypatch.setattr(opened, permissive)
    leaks = addresses_of(sent, tmp_path, found.partition(":")[0]).leaks
    assert any(leak.startswith(found) for leak in leaks)


def test_an_inheritance_of_everything_and_one_of_nothing_are_found(
    sent: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("api.evidence.is_formed_from", _yes)
    leaks = published_evidence(sent, tmp_path).leaks
    assert any(leak.startswith("director of another library: /tep/published/son_la/") for leak in leaks)
    monkeypatch.setattr("api.evidence.is_formed_from", _no)
    refused = published_evidence(sent, tmp_path).refused
    assert any(one.startswith("entry of the successor: /tep/published/son_la/") for one in refused)


def test_a_form_that_is_taken_from_anywhere_is_found(
    sent: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("api.forms.is_ours", _yes)
    count = Count()
    with browser_on(sent, tmp_path) as browser:
        try_forms(browser, count, KINDS[:1])
    for form in ("/dang-nhap", "/dang-xuat", "/ngon-ngu"):
        assert any(leak.startswith(f"entry: POST {form} without its token") for leak in count.leaks), form
