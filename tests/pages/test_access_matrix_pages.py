"""Every page by its address, for every kind of person, round and library: shown or not there, and what stands in it.

Who may read what is written here by hand and asked of no rule of the product.
"""

from functools import cache

import pytest

from pages.places import OPEN, PUBLISHED, LookAt, Place, Tab
from survey.access import Page, Role
from survey.store import Store
from survey.text import format_number

OWN, OTHER, NAMED = "lai_chau", "son_la", "lao_cai_2025"
NOT_FOUND = "Không tìm thấy nội dung này, hoặc tài khoản của bạn không được xem."
EVERY = None  # every library
REVIEWED = frozenset({"son_la", "bac_ninh_2025", "cao_bang", "lang_son", "lao_cai_2025"})
Libraries = frozenset[str] | None

# By login: the libraries whose figures may be read in the open round, and in the published one.
READS: dict[str, tuple[Libraries, Libraries]] = {
    "laichau": (frozenset({OWN}), EVERY),
    "laichau.nhap": (frozenset({OWN}), EVERY),
    "sonla": (frozenset({OTHER}), EVERY),
    "sonla.nhap": (frozenset({OTHER}), EVERY),
    "thainguyen": (frozenset({"thai_nguyen_2025", NAMED}), EVERY),  # second reader of Lào Cai
    "thainguyen.nhap": (frozenset({"thai_nguyen_2025"}), EVERY),
    "thamdinh": (REVIEWED, REVIEWED),  # beside an answer stands the one of the round before
    "thamdinh.moi": (frozenset(), frozenset()),  # named for no library
    "chutich": (EVERY, EVERY),
    "coquan": (frozenset(), EVERY),
    "so.laichau": (frozenset(), frozenset({OWN})),
    "so.sonla": (frozenset(), frozenset({OTHER})),
    "quantri": (frozenset(), frozenset()),
}
OF_LIBRARY = {"laichau", "laichau.nhap", "sonla", "sonla.nhap", "thainguyen", "thainguyen.nhap"}
OF_LAI_CHAU, OF_SON_LA = {"laichau", "laichau.nhap"}, {"sonla", "sonla.nhap"}
REVIEWERS, CHAIR, ADMINISTRATOR = {"thamdinh", "thamdinh.moi"}, {"chutich"}, {"quantri"}
PROVINCES = {"so.laichau", "so.sonla"}
OFFICIALS = {"coquan", *PROVINCES}
ALL = set(READS)

# By page: who is shown it, whatever else stands in the address.
SHOWN: dict[Page, set[str]] = {
    Page.HOME: ALL,
    Page.METHOD: ALL,
    Page.TARGETS: ALL,
    Page.MINE: ALL,
    Page.ANSWER: OF_LIBRARY,
    Page.CHECK: OF_LIBRARY,
    Page.EVIDENCE: OF_LIBRARY,
    Page.APPRAISAL: OF_LIBRARY | REVIEWERS | CHAIR,
    Page.PROGRESS: CHAIR,
    Page.SELF_CHECK: CHAIR,
    Page.REVIEW: CHAIR,
    Page.ROUNDS: CHAIR | ADMINISTRATOR,
    Page.DOWNLOADS: CHAIR | {"coquan"},
    Page.ACCOUNTS: ADMINISTRATOR,
    Page.TRAIL: ADMINISTRATOR,
}
# Pages that answer to the round and the library of the address.
RESULTS: dict[tuple[str, str], set[str]] = {
    (OPEN, OWN): OF_LAI_CHAU | CHAIR,
    (OPEN, OTHER): OF_SON_LA | CHAIR,
    (PUBLISHED, OWN): {*OF_LIBRARY, *CHAIR, "coquan", "so.laichau"},
    (PUBLISHED, OTHER): {*OF_LIBRARY, *CHAIR, "coquan", "so.sonla"},
}
COMPARISONS = {OPEN: OF_LIBRARY | CHAIR, PUBLISHED: OF_LIBRARY | CHAIR | OFFICIALS}
# The method cites papers of provinces, and who has an account at which library is no answer of it.
NAMES_LIBRARIES = {Page.METHOD, Page.TARGETS, Page.ACCOUNTS, Page.TRAIL}
ADDRESSES = [(round_id, library) for round_id in (OPEN, PUBLISHED) for library in (OWN, OTHER)]
LARGE = 10_000
UNLIKE_THE_SAMPLE = ("thamdinh.moi", "so.laichau", "so.sonla")


def is_shown(login: str, page: Page, round_id: str, library: str) -> bool:
    if page is Page.RESULT:
        return login in RESULTS[round_id, library]
    if page is Page.WHAT_IF:
        return login in CHAIR | {OWN: OF_LAI_CHAU, OTHER: OF_SON_LA}[library]
    if page is Page.FEDERATION:
        return login in COMPARISONS[round_id]
    return login in SHOWN[page]


def may_name(login: str, page: Page, round_id: str) -> Libraries:
    """The libraries that may be named; compared without names, only the own one is."""
    if page in NAMES_LIBRARIES:
        return EVERY
    in_open, in_published = READS[login]
    if in_open is EVERY or (round_id == PUBLISHED and in_published is EVERY) or login == "coquan":
        return EVERY
    return in_open | (in_published or frozenset())


def written(tab: Tab) -> str:
    """What can be read, with what stands in the fields."""
    fields = [str(field.value or "") for field in (*tab.app.text_input, *tab.app.text_area)]
    return " ".join([tab.words, *fields])


@pytest.fixture
def crowd(look_at: LookAt) -> Place:
    return look_at("crowd")


@cache
def figures(store: Store) -> dict[tuple[str, str], frozenset[str]]:
    """By round and library, figures so large that no other library gives the same by chance."""
    return {
        (round_.id, library): frozenset(
            format_number(figure, "vi")
            for answer in response.answers.values()
            for figure in (answer.numerator, answer.denominator, answer.value)
            if figure is not None and figure >= LARGE and figure == int(figure)
        )
        for round_ in store.rounds.all()
        for library, response in store.answers.responses(round_.id).items()
    }


def secret_figures(store: Store, login: str) -> frozenset[str]:
    """What may stand on no page of this person."""
    open_, before = READS[login]
    read, unread = set(), set()
    for (round_id, library), found in figures(store).items():
        readable = open_ if round_id == OPEN else before
        (read if readable is EVERY or library in readable else unread).update(found)
    return frozenset(unread - read)


def names(place: Place, round_id: str) -> dict[str, str]:
    members = place.application.members.valid_on(place.round(round_id).reference_date)
    return {member.id: member.short.vi for member in members}


def leaks(place: Place, tab: Tab, login: str, page: Page, round_id: str) -> list[str]:
    """Names and figures that stand on the page and may not."""
    said, named = written(tab), may_name(login, page, round_id)
    found = [figure for figure in secret_figures(place.store, login) if f" {figure} " in f" {said} "]
    if named is not EVERY:
        known = names(place, OPEN) | names(place, PUBLISHED)
        # A library that was merged and the one after it share a name.
        allowed = {known[library] for library in named}
        found += [name for name in set(known.values()) - allowed if name in said]
    return found


def check(place: Place, login: str, page: Page, round_id: str, library: str) -> None:
    tab = place.sign_in(login).open(page, dot=round_id, thu_vien=library)
    assert leaks(place, tab, login, page, round_id) == []
    if is_shown(login, page, round_id, library):
        assert NOT_FOUND not in tab.words
        assert "page-title" in tab.html
    else:
        assert NOT_FOUND in tab.words
        assert "page-title" not in tab.html
        assert not tab.app.button
        assert not tab.app.get("plotly_chart")


def test_the_tables_name_every_page():
    assert {*SHOWN, Page.RESULT, Page.WHAT_IF, Page.FEDERATION} == set(Page)


@pytest.mark.parametrize("page", Page)
@pytest.mark.parametrize("login", UNLIKE_THE_SAMPLE)
def test_people_whom_the_sample_has_not_see_what_is_theirs_and_nothing_else(
    crowd: Place, login: str, page: Page
):
    check(crowd, login, page, OPEN, OTHER)


def test_names_that_are_not_hidden_are_found(crowd: Place, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.charted.hide_names", lambda report, _own: report)
    tab = crowd.sign_in("so.sonla").open(Page.FEDERATION, dot=PUBLISHED)
    assert "Lai Châu" in leaks(crowd, tab, "so.sonla", Page.FEDERATION, PUBLISHED)


def test_figures_of_another_library_are_found(crowd: Place, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.choices.may_read_response", lambda *_: True)
    tab = crowd.sign_in("laichau").open(Page.RESULT, dot=OPEN, thu_vien=OTHER)
    found = leaks(crowd, tab, "laichau", Page.RESULT, OPEN)
    assert "Sơn La" in found
    assert any(word[0].isdigit() for word in found)


@pytest.mark.slow
@pytest.mark.parametrize(("round_id", "library"), ADDRESSES)
@pytest.mark.parametrize("page", Page)
@pytest.mark.parametrize("login", READS)
def test_everybody_sees_what_is_theirs_and_nothing_else(
    crowd: Place, login: str, page: Page, round_id: str, library: str
):
    check(crowd, login, page, round_id, library)


def test_a_second_reader_who_moves_to_the_library_finds_it_on_the_desk_no_more(place: Place):
    person = place.person("thainguyen")
    assert "Lào Cai" in place.sign_in("thainguyen").open(Page.APPRAISAL).words
    place.store.accounts.change(
        person.id, name=person.name, role=Role.DIRECTOR, library_id=NAMED, email="", by="quantri"
    )
    tab = place.sign_in("thainguyen").open(Page.APPRAISAL, dot=OPEN, thu_vien=NAMED)
    assert "chưa được phân công" in tab.words
    assert tab.buttons() == []
