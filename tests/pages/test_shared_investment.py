"""The chair reckons what a measure bought together brings, before it is bought; nothing of it is kept."""

import pytest

from pages.places import OPEN, Place, Tab
from survey.access import Page

SHARED = "dau-tu"
KEY = "dau-tu."


@pytest.fixture
def tab(place: Place) -> Tab:
    return place.sign_in("chutich").open(Page.WHAT_IF, dot=OPEN, xem=SHARED)


def test_a_measure_is_said_first(tab: Tab):
    assert "Thử đầu tư dùng chung" in tab.words
    assert "Hãy chọn ít nhất một chỉ số" in tab.words


def test_documents_scanned_together_show_points_levels_targets_and_the_price_of_a_point(
    tab: Tab, place: Place
):
    before = place.store.answers.responses(OPEN)
    tab.give(f"{KEY}indicators", ["B3"]).give(f"{KEY}B3.amount.added", "1.000")
    tab.give(f"{KEY}libraries.{OPEN}", ["son_la"]).give(f"{KEY}cost", "850")
    # Sơn La: 195 of 450 is 21.67 points; all 450 are 50, so 28.33 more; 850 / 28.33 = 30.
    assert "+28,3" in tab.words
    assert "Kinh phí cho mỗi điểm 30 " in tab.words
    assert "T3" in tab.words
    assert "Chỉ tiêu của toàn Liên hiệp" in tab.words
    assert place.store.answers.responses(OPEN) == before


def test_every_kind_of_indicator_can_be_raised(tab: Tab):
    tab.give(f"{KEY}indicators", ["A5", "A6", "B9", "A3", "B3"])
    tab.give(f"{KEY}A3.way", "at least").give(f"{KEY}A3.amount.at least", "300")
    tab.give(f"{KEY}B3.way", "at least").give(f"{KEY}B3.amount.at least", "70")
    assert "Sau đầu tư" in tab.words
    assert "chưa nhập kinh phí" in tab.words


def test_what_cannot_be_a_share_a_count_or_a_cost_is_told(tab: Tab):
    tab.give(f"{KEY}indicators", ["B3"]).give(f"{KEY}B3.amount.added", "-5")
    assert "phải lớn hơn 0. Hãy nhập lại." in tab.words
    tab.give(f"{KEY}B3.amount.added", "nhiều")
    assert "không phải là một con số" in tab.words
    tab.give(f"{KEY}B3.way", "at least").give(f"{KEY}B3.amount.at least", "120")
    assert "nhiều nhất là 100" in tab.words
    tab.give(f"{KEY}cost", "0")
    assert "Tổng kinh phí" in tab.words
    assert "Hãy chọn ít nhất một chỉ số" in tab.words


def test_a_library_is_given_its_own_answers_and_not_the_measure(place: Place):
    tab = place.sign_in("sonla").open(Page.WHAT_IF, dot=OPEN, xem=SHARED)
    assert "Thử thay đổi · Sơn La" in tab.words
    for unseen in ("Đầu tư dùng chung", "Thư viện tham gia", "Lai Châu"):
        assert unseen not in tab.words
