"""An official of one province reads that library's published result, and nobody else's."""

from datetime import date

import pytest

from survey.access import (
    PAGES,
    Page,
    Person,
    Role,
    may_answer,
    may_compare,
    may_export,
    may_open_page,
    may_read_response,
    may_submit,
    sees_names,
)
from survey.rounds import Round, RoundState

OF_ALL = Person(1, "bo", "Bộ", Role.OFFICIAL)
OF_ONE = Person(2, "so", "Sở", Role.OFFICIAL, "son_la")


def a_round(state: RoundState) -> Round:
    return Round(
        id="2026",
        name="Đợt 2026",
        framework_id="trial",
        framework_version=1,
        reference_date=date(2025, 12, 31),
        opens_on=date(2026, 3, 1),
        closes_on=date(2026, 3, 31),
        state=state,
    )


@pytest.mark.parametrize("state", RoundState)
def test_only_what_is_published_and_only_the_own_library(state: RoundState):
    round_, published = a_round(state), state is RoundState.PUBLISHED
    assert may_read_response(OF_ONE, "son_la", round_) is published
    assert not may_read_response(OF_ONE, "lai_chau", round_)
    assert may_read_response(OF_ALL, "lai_chau", round_) is published


@pytest.mark.parametrize("state", RoundState)
def test_the_others_are_compared_without_names_and_no_file_is_taken_away(state: RoundState):
    round_, published = a_round(state), state is RoundState.PUBLISHED
    assert may_compare(OF_ONE, round_) is published
    assert not sees_names(OF_ONE, round_)
    assert not may_export(OF_ONE, round_)
    assert may_export(OF_ALL, round_) is published
    assert sees_names(OF_ALL, round_) is published


def test_the_page_of_files_is_not_there():
    assert not may_open_page(OF_ONE, Page.DOWNLOADS)
    assert may_open_page(OF_ALL, Page.DOWNLOADS)
    assert may_open_page(OF_ONE, Page.RESULT)


def test_an_official_of_one_province_works_at_no_library():
    assert OF_ONE.of_one_province
    assert not OF_ONE.of_library
    assert not may_answer(OF_ONE, "son_la")
    assert not may_submit(OF_ONE, "son_la")
    assert not Person(3, "lan", "Lan", Role.DIRECTOR, "son_la").of_one_province


@pytest.mark.parametrize("role", Role)
def test_everybody_has_a_page_for_the_own_account(role: Role):
    assert Page.MINE in PAGES[role]
