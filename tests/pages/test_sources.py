"""Every number against a target leads to where the target comes from."""

import re

import pytest

from pages.places import PUBLISHED, LookAt
from survey.access import Page

REGISTER = f"/{Page.TARGETS}"


def leads(html: str) -> set[str]:
    """The entries of the register that a page leads to."""
    return set(re.findall(rf"href=['\"]{REGISTER}\?chi-so=([A-Z0-9]+)['\"]", html))


def dimensions(html: str) -> set[str]:
    return set(re.findall(rf"href=['\"]{REGISTER}\?tru-cot=([A-Z])['\"]", html))


def test_the_result_page_leads_to_every_target_it_shows(look_at: LookAt):
    look = look_at("sample")
    framework = look.application.newest_framework("qd206").framework
    html = look.sign_in("chutich").open(Page.RESULT, dot=PUBLISHED, thu_vien="son_la").html
    assert leads(html) == {*framework.indicators, *(one.id for one in framework.programme_targets)}
    assert dimensions(html) == {one.id for one in framework.dimensions}


def test_each_chart_of_the_federation_has_one_way_to_the_register(look_at: LookAt):
    html = look_at("sample").sign_in("chutich").open(Page.FEDERATION, dot=PUBLISHED, xem="tat-ca").html
    feet = html.count("class='chart-foot'")
    assert feet > 5
    assert html.count("<div class='chart-ways'>") == feet
    framework = look_at("sample").application.newest_framework("qd206").framework
    assert leads(html) >= {*framework.indicators, *(one.id for one in framework.programme_targets)}


@pytest.mark.parametrize("named", ["B3", "T3"])
def test_each_address_shows_the_one_entry_that_it_names(look_at: LookAt, named: str):
    tab = look_at("sample").sign_in("laichau").open(Page.TARGETS, chi_so=named)
    framework = look_at("sample").application.newest_framework("qd206").framework
    others = {*framework.indicators, *(one.id for one in framework.programme_targets)} - {named}
    shown = set(re.findall(r"<strong>([A-Z]\d+)</strong>", tab.html))
    assert shown == {named}
    assert not shown & others
    assert "206/QĐ-TTg" in tab.words


def test_a_dimension_shows_its_own_targets_only(look_at: LookAt):
    tab = look_at("sample").sign_in("laichau").open(Page.TARGETS, tru_cot="B")
    assert set(re.findall(r"<strong>([A-Z])\d+</strong>", tab.html)) == {"B"}
