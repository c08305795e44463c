"""Every role against every page, also where the address is typed by hand."""

import pytest

from pages.places import OPEN, PUBLISHED, LookAt, Place
from survey.access import Page, Role

LIBRARY, ENTRY, REVIEWER = "laichau", "laichau.nhap", "thamdinh"
CHAIR, OFFICIAL, ADMINISTRATOR = "chutich", "coquan", "quantri"
ROLES = (LIBRARY, ENTRY, REVIEWER, CHAIR, OFFICIAL, ADMINISTRATOR)
OWN, OTHER = "lai_chau", "son_la"
NOT_FOUND = "Không tìm thấy nội dung này, hoặc tài khoản của bạn không được xem."
INVENTED = "DỮ LIỆU MINH HỌA"
EVERYBODY = set(ROLES)

# Page, parameters of the address, and who is shown it; everybody else is told that it is not there.
CELLS = [
    (Page.HOME, {}, EVERYBODY),
    (Page.METHOD, {}, EVERYBODY),
    (Page.TARGETS, {}, EVERYBODY),
    (Page.TARGETS, {"chi-so": "B3"}, EVERYBODY),
    (Page.MINE, {}, EVERYBODY),
    (Page.ANSWER, {}, {LIBRARY, ENTRY}),
    (Page.CHECK, {}, {LIBRARY, ENTRY}),
    (Page.EVIDENCE, {}, {LIBRARY, ENTRY}),
    (Page.PROGRESS, {}, {CHAIR}),
    (Page.APPRAISAL, {}, {LIBRARY, ENTRY, REVIEWER, CHAIR}),
    (Page.APPRAISAL, {"dot": OPEN, "cach": "phan-cong"}, {LIBRARY, ENTRY, REVIEWER, CHAIR}),
    (Page.ROUNDS, {}, {CHAIR, ADMINISTRATOR}),
    (Page.DOWNLOADS, {}, {CHAIR, OFFICIAL}),
    (Page.ACCOUNTS, {}, {ADMINISTRATOR}),
    (Page.TRAIL, {}, {ADMINISTRATOR}),
    (Page.TRAIL, {"viec": "khong-co", "tu": "31/02/2026", "trang": "-1"}, {ADMINISTRATOR}),
    (Page.REVIEW, {}, set()),
    (Page.REVIEW, {"dot": OPEN, "thu_vien": OWN}, {CHAIR}),
    (Page.REVIEW, {"dot": OPEN, "thu_vien": OTHER}, {CHAIR}),
    (Page.REVIEW, {"dot": PUBLISHED, "thu_vien": OWN}, {CHAIR}),
    (Page.REVIEW, {"dot": PUBLISHED, "thu_vien": OTHER}, {CHAIR}),
    (Page.REVIEW, {"dot": "khong-co", "thu_vien": OTHER}, set()),
    (Page.REVIEW, {"dot": OPEN, "thu_vien": "khong_co"}, set()),
    (Page.REVIEW, {"dot": OPEN, "thu_vien": "ha_giang"}, set()),
    (Page.RESULT, {}, {LIBRARY, ENTRY, CHAIR, OFFICIAL}),
    (Page.RESULT, {"dot": OPEN, "thu_vien": OWN}, {LIBRARY, ENTRY, CHAIR}),
    (Page.RESULT, {"dot": OPEN, "thu_vien": OTHER}, {CHAIR}),
    (Page.RESULT, {"dot": PUBLISHED, "thu_vien": OWN}, {LIBRARY, ENTRY, CHAIR, OFFICIAL}),
    (Page.RESULT, {"dot": PUBLISHED, "thu_vien": OTHER}, {LIBRARY, ENTRY, CHAIR, OFFICIAL}),
    (Page.RESULT, {"dot": "khong-co"}, set()),
    (Page.RESULT, {"dot": PUBLISHED, "thu_vien": "khong_co"}, set()),
    (Page.RESULT, {"dot": OPEN, "thu_vien": "ha_giang"}, set()),
    (Page.WHAT_IF, {}, {LIBRARY, ENTRY, CHAIR}),
    (Page.WHAT_IF, {"dot": OPEN, "thu_vien": OWN}, {LIBRARY, ENTRY, CHAIR}),
    (Page.WHAT_IF, {"dot": OPEN, "thu_vien": OTHER}, {CHAIR}),
    (Page.WHAT_IF, {"dot": PUBLISHED, "thu_vien": OTHER}, {CHAIR}),
    (Page.WHAT_IF, {"dot": "khong-co"}, set()),
    (Page.WHAT_IF, {"dot": OPEN, "thu_vien": "khong_co"}, set()),
    (Page.WHAT_IF, {"dot": OPEN, "thu_vien": "ha_giang"}, set()),
    (Page.FEDERATION, {}, {LIBRARY, ENTRY, CHAIR, OFFICIAL}),
    (Page.FEDERATION, {"dot": OPEN}, {LIBRARY, ENTRY, CHAIR}),
    (Page.FEDERATION, {"dot": PUBLISHED}, {LIBRARY, ENTRY, CHAIR, OFFICIAL}),
    (Page.FEDERATION, {"dot": "khong-co"}, set()),
    (Page.SELF_CHECK, {}, {CHAIR}),
    (Page.SELF_CHECK, {"dot": OPEN}, {CHAIR}),
    (Page.SELF_CHECK, {"dot": PUBLISHED}, {CHAIR}),
    (Page.SELF_CHECK, {"dot": "khong-co"}, set()),
]


EMPTY = {
    ENTRY: (Role.ENTRY, OWN),
    REVIEWER: (Role.REVIEWER, None),
    LIBRARY: (Role.DIRECTOR, OWN),
    CHAIR: (Role.CHAIR, None),
    OFFICIAL: (Role.OFFICIAL, None),
    ADMINISTRATOR: (Role.ADMINISTRATOR, None),
}


def test_the_cells_above_name_every_page():
    assert {page for page, _, _ in CELLS} == set(Page)


def _ids() -> list[str]:
    return [" ".join([page.value, *address.values()]) for page, address, _ in CELLS]


@pytest.mark.parametrize("login", ROLES)
@pytest.mark.parametrize(("page", "address", "shown_to"), CELLS, ids=_ids())
def test_a_page_is_shown_to_whom_it_is_for_and_is_not_there_for_anybody_else(
    look_at: LookAt, login: str, page: Page, address: dict[str, str], shown_to: set[str]
):
    tab = look_at("sample").sign_in(login).open(page, **address)
    if login in shown_to:
        assert NOT_FOUND not in tab.words
        assert "page-title" in tab.html
    else:
        assert NOT_FOUND in tab.words
        assert "page-title" not in tab.html
        assert not tab.app.button
        assert not tab.app.get("plotly_chart")


@pytest.mark.parametrize("page", list(Page))
@pytest.mark.parametrize("login", ROLES)
def test_invented_data_say_so_on_every_page(look_at: LookAt, login: str, page: Page):
    assert INVENTED in look_at("sample").sign_in(login).open(page).words


@pytest.mark.parametrize("page", list(Page))
@pytest.mark.parametrize("login", ROLES)
def test_no_page_of_a_real_installation_speaks_of_invented_data(look_at: LookAt, login: str, page: Page):
    assert INVENTED not in look_at("real").sign_in(login).open(page).words


@pytest.mark.parametrize("page", list(Page))
@pytest.mark.parametrize("login", ROLES)
def test_every_page_works_before_there_is_any_round(look_at: LookAt, login: str, page: Page):
    place = look_at("empty")
    if place.store.accounts.by_login(login) is None:
        role, library = EMPTY[login]
        place.store.accounts.add(login, f"Người {login}", role, library, "một câu dài hơn", by="tests")
    assert place.sign_in(login).open(page).words


def test_a_library_that_reviews_nobody_finds_nothing_on_the_desk(look_at: LookAt):
    for login in (LIBRARY, ENTRY):
        tab = look_at("sample").sign_in(login).open(Page.APPRAISAL, dot=OPEN, thu_vien=OTHER)
        assert "chưa được phân công" in tab.words
        assert "Sơn La" not in tab.words
        assert tab.buttons() == []


def test_a_reviewer_finds_the_assigned_libraries_and_no_other(look_at: LookAt):
    tab = look_at("sample").sign_in(REVIEWER)
    words = tab.open(Page.APPRAISAL, dot=OPEN, cach="tien-do").words
    assert all(name in words for name in ("Bắc Ninh", "Cao Bằng", "Lào Cai", "Sơn La"))
    assert not any(name in words for name in ("Thái Nguyên", "Tuyên Quang", "Phú Thọ"))
    for view in ("thu-vien", "phan-cong"):
        words = tab.open(Page.APPRAISAL, dot=OPEN, cach=view, thu_vien="tuyen_quang_2025").words
        assert "Tuyên Quang" not in words
        assert "Ai thẩm định thư viện nào" not in words


def test_a_second_reader_sees_the_other_library_alone(look_at: LookAt):
    words = look_at("sample").sign_in("thainguyen").open(Page.APPRAISAL, cach="tien-do").words
    assert "Lào Cai" in words
    assert "Cao Bằng" not in words


def test_a_library_answers_its_own_response_whatever_the_address_says(place: Place):
    tab = place.sign_in("dienbien").open(Page.ANSWER, thu_vien=OTHER, dot=PUBLISHED)
    tab.give("A2.value", "12")
    assert place.answer("dien_bien", "A2").value == 12
    assert place.entry(OTHER, "A2").saved_by == "sonla"


def test_before_publication_a_library_sees_the_others_without_their_names(look_at: LookAt):
    words = look_at("sample").sign_in(LIBRARY).open(Page.FEDERATION, dot=OPEN).words
    assert "các thư viện khác thì không" in words
    for other in ("Sơn La", "Cao Bằng", "Lạng Sơn", "Bắc Ninh"):
        assert other not in words


def test_after_publication_a_library_sees_the_names_of_the_others(look_at: LookAt):
    words = look_at("sample").sign_in(LIBRARY).open(Page.FEDERATION, dot=PUBLISHED).words
    assert "Sơn La" in words
    assert "Cao Bằng" in words


def test_an_official_is_told_of_published_rounds_alone(look_at: LookAt):
    tab = look_at("sample").sign_in(OFFICIAL)
    for page in (Page.HOME, Page.FEDERATION, Page.RESULT, Page.DOWNLOADS):
        words = tab.open(page).words
        assert "Đợt đánh giá năm 2024" in words
        assert "sau sáp nhập" not in words, page


def test_an_administrator_reads_the_rounds_but_has_no_way_to_move_them(look_at: LookAt):
    tab = look_at("sample").sign_in(ADMINISTRATOR).open(Page.ROUNDS)
    assert "Đợt đánh giá năm 2024" in tab.words
    assert tab.buttons() == []
    assert not tab.app.checkbox


def test_somebody_without_a_session_is_led_to_the_sign_in_page(place: Place):
    tab = place.sign_in(LIBRARY)
    tab.token = "not-a-token"
    tab.run()
    assert "Phiên đăng nhập đã kết thúc" in tab.words
    assert "/dang-nhap" in tab.html
    assert "Lai Châu" not in tab.words


def test_a_disabled_account_is_outside_at_its_next_click(place: Place):
    tab = place.sign_in("caobang").open(Page.RESULT)
    place.store.accounts.set_active(place.person("caobang").id, False, by="quantri")
    assert "Phiên đăng nhập đã kết thúc" in tab.run().words


def test_a_chair_who_was_disabled_in_the_middle_decides_nothing(place: Place):
    tab = place.sign_in(CHAIR).open(Page.REVIEW, dot=OPEN, thu_vien="cao_bang")
    place.store.accounts.set_active(place.person(CHAIR).id, False, by="quantri")
    tab.press("Duyệt phiếu")
    assert place.response("cao_bang").state == "submitted"
