"""The administrator reads the audit trail: who did what, when, and never what was answered."""

import pytest

from pages.places import OPEN, Place, Tab
from survey.access import Page
from survey.errors import SurveyError
from survey.response import ResponseState


@pytest.fixture
def administrator(place: Place) -> Tab:
    return place.sign_in("quantri")


def test_the_trail_says_who_did_what_where_and_when(place: Place, administrator: Tab):
    place.sign_in("laichau").open(Page.ANSWER).give("A2.value", "31")
    words = administrator.open(Page.TRAIL).words
    assert "lưu câu trả lời" in words
    assert f"câu A2 · Lai Châu · {place.round(OPEN).name}" in words
    assert "laichau" in words


def test_what_was_answered_is_not_shown(place: Place, administrator: Tab):
    place.sign_in("laichau").open(Page.ANSWER).give("A2.value", "98761")
    assert "98761" not in administrator.open(Page.TRAIL, viec="tra-loi").html
    assert "98.761" not in administrator.html


def test_the_address_narrows_the_trail_down(place: Place, administrator: Tab):
    place.sign_in("laichau").open(Page.ANSWER).give("A2.value", "31")
    place.store.answers.review(OPEN, "lang_son", ResponseState.RETURNED, "Bổ sung", "chutich")
    assert "Đã trả lại" in administrator.open(Page.TRAIL, viec="phieu").words
    assert "lưu câu trả lời" not in administrator.words
    assert "câu A2" in administrator.open(Page.TRAIL, ai="laichau").words
    assert "Không có dòng nhật ký nào như vậy" in administrator.open(Page.TRAIL, ai="khongai").words
    today = place.clock().astimezone().strftime("%d/%m/%Y")
    assert "câu A2" in administrator.open(Page.TRAIL, ai="laichau", tu=today, den=today).words
    assert "Không có dòng" in administrator.open(Page.TRAIL, ai="laichau", den="01/01/2020").words


def test_what_is_no_day_is_told_and_left_out(administrator: Tab):
    words = administrator.open(Page.TRAIL, tu="31/02/2026").words
    assert "«31/02/2026» không phải là ngày" in words
    assert "Trang 1" in words


def test_older_entries_are_a_link_away(place: Place, administrator: Tab):
    tab = place.sign_in("laichau").open(Page.ANSWER)
    for number in range(51):
        tab.give("A2.value", str(number))
    administrator.open(Page.TRAIL, ai="laichau")
    assert "trang=2" in administrator.html
    assert "lần lưu thứ" in administrator.open(Page.TRAIL, ai="laichau", trang="2").words
    assert "trang=1" in administrator.html


def test_acts_of_the_review_and_refusals_are_told_in_words(place: Place, administrator: Tab):
    chair, entry = place.person("chutich"), place.person("laichau.nhap")
    place.store.cycle.assign(OPEN, "lai_chau", place.person("thamdinh").id, chair)
    with pytest.raises(SurveyError):
        place.store.cycle.accept(OPEN, "lai_chau", entry)
    words = administrator.open(Page.TRAIL, viec="tham-dinh").words
    assert "phân công thẩm định" in words
    assert "(thamdinh)" in words
    assert "bị từ chối" in administrator.open(Page.TRAIL, viec="tu-choi").words
