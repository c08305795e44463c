"""One's own account: what everybody may see and change, and what is left of somebody else's page."""

import pytest

from pages.places import Place, Tab
from survey.access import Page, Role

PASSWORD = "một câu dài hơn"


@pytest.mark.parametrize("login", ["chutich", "coquan", "quantri", "thamdinh", "laichau", "laichau.nhap"])
def test_everybody_finds_the_own_account(place: Place, login: str):
    tab = place.sign_in(login).open(Page.MINE)
    person = place.person(login)
    assert person.name in tab.words
    assert "Đổi mật khẩu" in tab.words
    assert "phiên này" in tab.words
    assert "/doi-mat-khau" in tab.html
    assert "/xac-thuc-hai-lop" in tab.html


def test_no_password_is_typed_into_a_field_of_the_page(place: Place):
    tab = place.sign_in("laichau").open(Page.MINE)
    assert [field.label for field in tab.app.text_input] == ["Để nhận lời nhắc và đăng nhập; có thể bỏ trống"]


def test_the_own_address_is_kept_in_small_letters_and_a_wrong_one_is_explained(place: Place):
    tab = place.sign_in("laichau").open(Page.MINE)
    tab.app.text_input[0].set_value(" LaiChau@ThuVien.vn ")
    tab.press("Lưu thư điện tử")
    assert place.person("laichau").email == "laichau@thuvien.vn"
    assert "Đã lưu thư điện tử" in tab.words
    tab.app.text_input[0].set_value("lai chau")
    tab.press("Lưu thư điện tử")
    assert "không phải địa chỉ thư điện tử" in tab.words
    assert place.person("laichau").email == "laichau@thuvien.vn"


def test_with_an_identity_provider_only_the_administrator_changes_the_address(place: Place):
    place.application.provider = True
    tab = place.sign_in("laichau").open(Page.MINE)
    assert not tab.app.text_input
    assert "nhờ người quản trị" in tab.words


def test_another_device_is_signed_out_from_here(place: Place):
    here, there = place.sign_in("laichau").open(Page.MINE), place.sign_in("laichau").open()
    stranger = place.sign_in("chutich").open()
    assert here.run().buttons() == ["Lưu thư điện tử", "Đăng xuất thiết bị này"]
    here.press("Đăng xuất thiết bị này")
    assert "Phiên đăng nhập đã kết thúc" in there.run().words
    assert "Phiên đăng nhập đã kết thúc" not in here.run().words
    assert "Phiên đăng nhập đã kết thúc" not in stranger.run().words


def test_all_other_devices_are_signed_out_at_once(place: Place):
    here = place.sign_in("laichau").open(Page.MINE)
    others = [place.sign_in("laichau").open() for _ in range(3)]
    here.run().press("Đăng xuất mọi thiết bị khác")
    assert all("Phiên đăng nhập đã kết thúc" in other.run().words for other in others)
    assert here.buttons() == ["Lưu thư điện tử"]


def test_what_was_just_done_is_said(place: Place):
    tab = place.sign_in("laichau").open(Page.MINE, da_doi="mat-khau")
    assert "Đã đổi mật khẩu" in tab.words
    assert "Đã" not in place.sign_in("laichau").open(Page.MINE, da_doi="x").words.split("Họ và tên")[0]


def test_who_signs_in_on_the_same_page_after_somebody_finds_nothing_of_them(place: Place):
    tab = place.sign_in("laichau").open(Page.ANSWER)
    tab.app.session_state["A2.value"] = "typed by the one before"
    tab.token = place.store.sessions.start(place.person("sonla").id)
    tab.open(Page.HOME)
    assert "typed by the one before" not in str(tab.app.session_state)
    assert place.person("laichau").name not in tab.words


def test_the_page_of_a_run_without_the_cookie_shows_nothing(place: Place):
    """S4: a live session of Streamlit alone gives nothing."""
    tab = place.sign_in("laichau").open(Page.MINE)
    tab.token = ""
    assert (
        tab.run().words
        == "Phiên đăng nhập đã kết thúc. Mọi câu đã báo «Đã lưu» vẫn còn nguyên. Đăng nhập lại"
    )
    tab.token = "made up"
    assert "Lai Châu" not in tab.run().words


def _official(place: Place) -> Tab:
    place.store.accounts.add("so", "Sở Sơn La", Role.OFFICIAL, "son_la", PASSWORD, by="t")
    return place.sign_in("so")


def test_an_official_of_one_province_sees_the_own_library_named_and_no_other(place: Place):
    tab = _official(place).open(Page.FEDERATION, dot="2024")
    assert "dành cho một tỉnh" in tab.words
    assert "Sơn La" in tab.words
    for other in ("Lai Châu", "Điện Biên", "Cao Bằng", "Lạng Sơn"):
        assert other not in tab.words
    tab = _own_result(place, dot="2024")
    assert "Sơn La" in tab.words


def _own_result(place: Place, **address: str) -> Tab:
    return place.sign_in("so").open(Page.RESULT, **address)


def test_an_official_of_one_province_cannot_ask_for_another_library_or_an_open_round(place: Place):
    _official(place)
    assert "Không tìm thấy nội dung này" in _own_result(place, dot="2024", thu_vien="lai_chau").words
    assert "Không tìm thấy nội dung này" in _own_result(place, dot="2025-sau-sap-nhap").words
    assert "Không tìm thấy nội dung này" in place.sign_in("so").open(Page.DOWNLOADS).words
    assert "/tai/" not in place.sign_in("so").open(Page.HOME).html


def test_two_people_by_turns_see_only_their_own_province(place: Place):
    """S8 in short: the caches are on, and nobody sees the other one's figures."""
    answers = {"laichau": "71237", "dienbien": "82349"}
    tabs = {login: place.sign_in(login).open(Page.ANSWER, muc="A") for login in answers}
    for login, words in answers.items():
        tabs[login].give("A2.value", words)
    for number in range(30):
        login, other = ("laichau", "dienbien") if number % 2 else ("dienbien", "laichau")
        page = (Page.ANSWER, Page.RESULT, Page.HOME, Page.FEDERATION, Page.MINE)[number % 5]
        tab = tabs[login].open(page)
        assert place.person(other).name not in tab.words
        fields = {str(field.value) for field in tab.app.text_input}
        assert answers[other] not in fields
        assert answers[other] not in tab.words.replace(".", "")
