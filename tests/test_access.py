"""Every rule of who may do what, by hand: nothing here is taken from the rules themselves."""

from dataclasses import replace
from datetime import date

import pytest

from survey import access
from survey.access import PAGES, Page, Person, Role
from survey.errors import NotAllowedError
from survey.response import ResponseState
from survey.rounds import Round, RoundState
from survey.workflow import Capacity

OWN, OTHER = "son_la", "lai_chau"
DRAFT, OPEN, CLOSED, PUBLISHED = RoundState
# Who is asked about: the first letter of each role, the library of those who have one.
PEOPLE = {
    "entry": Person(1, "nhap", "Nhập", Role.ENTRY, OWN),
    "director": Person(2, "giamdoc", "Giám đốc", Role.DIRECTOR, OWN),
    "reviewer": Person(3, "tham", "Thẩm định", Role.REVIEWER),
    "chair": Person(4, "chu", "Chủ tịch", Role.CHAIR),
    "official": Person(5, "bo", "Cơ quan", Role.OFFICIAL),
    "province": Person(6, "so", "Sở", Role.OFFICIAL, OWN),
    "administrator": Person(7, "quantri", "Quản trị", Role.ADMINISTRATOR),
}
LIBRARY = {"entry", "director"}


def a_round(state: RoundState) -> Round:
    return Round(
        id="2026",
        name="Đợt 2026",
        framework_id="qd206",
        framework_version=1,
        reference_date=date(2025, 12, 31),
        opens_on=date(2026, 1, 1),
        closes_on=date(2026, 12, 31),
        state=state,
    )


# Function, the rest of its arguments, and who may; everybody else may not.
CELLS = [
    ("may_answer", (OWN,), LIBRARY),
    ("may_answer", (OTHER,), set()),
    ("may_submit", (OWN,), {"director"}),
    ("may_submit", (OTHER,), set()),
    ("may_be_assigned", (OWN,), {"reviewer"}),
    ("may_be_assigned", (OTHER,), {"reviewer", *LIBRARY}),
    ("may_read_response", (OWN, a_round(DRAFT)), {"chair", *LIBRARY}),
    ("may_read_response", (OWN, a_round(OPEN)), {"chair", *LIBRARY}),
    ("may_read_response", (OWN, a_round(CLOSED)), {"chair", *LIBRARY}),
    ("may_read_response", (OWN, a_round(PUBLISHED)), {"chair", "official", "province", *LIBRARY}),
    ("may_read_response", (OTHER, a_round(OPEN)), {"chair"}),
    ("may_read_response", (OTHER, a_round(CLOSED)), {"chair"}),
    ("may_read_response", (OTHER, a_round(PUBLISHED)), {"chair", "official", *LIBRARY}),
    ("may_share", (OWN,), LIBRARY),
    ("may_share", (OTHER,), set()),
    ("may_try", (OWN,), {"chair", *LIBRARY}),
    ("may_try", (OTHER,), {"chair"}),
    ("may_try_together", (), {"chair"}),
    ("may_compare", (a_round(DRAFT),), {"chair"}),
    ("may_compare", (a_round(OPEN),), {"chair", *LIBRARY}),
    ("may_compare", (a_round(CLOSED),), {"chair", *LIBRARY}),
    ("may_compare", (a_round(PUBLISHED),), {"chair", "official", "province", *LIBRARY}),
    ("sees_names", (a_round(OPEN),), {"chair"}),
    ("sees_names", (a_round(CLOSED),), {"chair"}),
    (
        "sees_names",
        (a_round(PUBLISHED),),
        {"chair", "official", "reviewer", "administrator", *LIBRARY},
    ),
    ("may_export", (a_round(OPEN),), {"chair"}),
    ("may_export", (a_round(CLOSED),), {"chair"}),
    ("may_export", (a_round(PUBLISHED),), {"chair", "official"}),
    ("may_review", (), {"chair"}),
    ("may_run_rounds", (), {"chair"}),
    ("may_see_rounds", (), {"chair", "administrator"}),
    ("may_manage_accounts", (), {"administrator"}),
    ("may_read_trail", (), {"administrator"}),
    ("may_propose_target", (), {"chair", "administrator"}),
    ("may_adopt_target", (), {"chair"}),
    ("may_withdraw_target", ("somebody",), {"chair"}),
    ("may_withdraw_target", ("quantri",), {"chair", "administrator"}),
    ("may_open_page", (Page.HOME,), set(PEOPLE)),
    ("may_open_page", (Page.MINE,), set(PEOPLE)),
    ("may_open_page", (Page.DOWNLOADS,), {"chair", "official"}),
    ("may_open_page", (Page.ANSWER,), LIBRARY),
    ("may_open_page", (Page.WHAT_IF,), {"chair", *LIBRARY}),
    ("may_open_page", (Page.APPRAISAL,), {"chair", "reviewer", *LIBRARY}),
    ("may_open_page", (Page.TRAIL,), {"administrator"}),
]


@pytest.mark.parametrize(("rule", "arguments", "those"), CELLS)
@pytest.mark.parametrize("who", PEOPLE)
def test_a_rule_lets_those_in_and_nobody_else(
    rule: str, arguments: tuple[object, ...], those: set[str], who: str
):
    assert getattr(access, rule)(PEOPLE[who], *arguments) is (who in those)


# The library whose evidence it is, agreed, inherited, the round, and who may open it.
EVIDENCE = [
    (OWN, False, False, OPEN, {"chair", *LIBRARY}),
    (OWN, False, False, PUBLISHED, {"chair", "official", "province", *LIBRARY}),
    (OTHER, False, False, PUBLISHED, {"chair", "official"}),
    (OTHER, True, False, CLOSED, {"chair"}),
    (OTHER, True, False, PUBLISHED, {"chair", "official", *LIBRARY}),
    (OTHER, False, True, DRAFT, {"chair"}),
    (OTHER, False, True, OPEN, {"chair"}),
    (OTHER, False, True, CLOSED, {"chair"}),
    (OTHER, False, True, PUBLISHED, {"chair", "official", *LIBRARY}),
]


@pytest.mark.parametrize(("library", "agreed", "inherited", "state", "those"), EVIDENCE)
@pytest.mark.parametrize("who", PEOPLE)
def test_evidence_is_opened_by_its_library_the_one_formed_from_it_and_those_who_were_agreed_to(
    library: str, agreed: bool, inherited: bool, state: RoundState, those: set[str], who: str
):
    found = access.may_open_evidence(PEOPLE[who], library, a_round(state), agreed=agreed, inherited=inherited)
    assert found is (who in those)


@pytest.mark.parametrize(
    ("who", "library", "assigned", "expected"),
    [
        ("entry", OWN, False, Capacity.OWN_ENTRY),
        ("director", OWN, False, Capacity.OWN_DIRECTOR),
        ("director", OWN, True, Capacity.OWN_DIRECTOR),
        ("director", OTHER, False, Capacity.NOBODY),
        ("director", OTHER, True, Capacity.REVIEWER),
        ("entry", OTHER, True, Capacity.REVIEWER),
        ("reviewer", OWN, False, Capacity.NOBODY),
        ("reviewer", OWN, True, Capacity.REVIEWER),
        ("chair", OWN, False, Capacity.CHAIR),
        ("official", OWN, True, Capacity.NOBODY),
        ("province", OWN, True, Capacity.NOBODY),
        ("administrator", OWN, True, Capacity.NOBODY),
    ],
)
def test_as_what_somebody_meets_a_response(who: str, library: str, assigned: bool, expected: Capacity):
    assert access.capacity(PEOPLE[who], library, assigned=assigned) is expected


@pytest.mark.parametrize("state", ResponseState)
@pytest.mark.parametrize("capacity", Capacity)
def test_a_reviewer_looks_at_what_was_sent(capacity: Capacity, state: ResponseState):
    expected = capacity is Capacity.REVIEWER and state is not ResponseState.DRAFT
    assert access.may_appraise(capacity, state) is expected


def test_every_role_has_its_pages():
    assert set(PAGES) == set(Role)


def test_what_is_not_allowed_is_answered_as_if_it_were_not_there():
    access.require(True)
    access.require_may_answer(PEOPLE["entry"], OWN)
    for refused in (
        lambda: access.require(False),
        lambda: access.require_may_answer(PEOPLE["entry"], OTHER),
        lambda: access.require_may_answer(replace(PEOPLE["entry"], role=Role.OFFICIAL), OWN),
    ):
        with pytest.raises(NotAllowedError, match="Không tìm thấy nội dung này"):
            refused()
