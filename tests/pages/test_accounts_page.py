"""What the administrator does with accounts and invitations."""

import re
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from pages.places import Place, Tab
from survey.access import Page, Role
from survey.errors import SurveyError
from survey.store import LinkState
from survey.store.attempts import ACCOUNT_LIMIT

WAITING = 3


@pytest.fixture
def administrator(place: Place) -> Tab:
    return place.sign_in("quantri").open(Page.ACCOUNTS)


def one(place: Place, login: str) -> Tab:
    """The administrator's view of one account."""
    return place.sign_in("quantri").open(Page.ACCOUNTS, tk=login)


def fill(tab: Tab, given: dict[str, str], button: str) -> Tab:
    """Fill in a form by the beginnings of its labels and send it."""
    for label, words in given.items():
        next(field for field in tab.app.text_input if field.label.startswith(label)).set_value(words)
    return tab.press(button)


def choose(tab: Tab, label: str, value: object) -> None:
    next(field for field in tab.app.selectbox if field.label.startswith(label)).set_value(value)


def link_of(tab: Tab) -> str:
    [shown] = [code.value for code in tab.app.code]
    return shown


def token_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["ma"][0]


def logins(tab: Tab) -> list[str]:
    return re.findall(r"<code>([^<]+)</code>", tab.html)


def guess(place: Place, login: str) -> None:
    place.store.accounts.check_password(login, "sai", "203.0.113.9", place.clock())


def test_an_invited_person_gets_a_link_that_makes_the_account(place: Place, administrator: Tab):
    choose(administrator, "Vai trò", Role.ENTRY)
    choose(administrator, "Thư viện (người", "son_la")
    fill(administrator, {"Họ và tên": "Nguyễn Thị Hoa", "Thư điện tử": "hoa@sonla.vn"}, "Tạo lời mời")
    token = token_of(link_of(administrator))
    assert "/loi-moi?ma=" in link_of(administrator)
    assert "Hãy chuyển liên kết này cho Nguyễn Thị Hoa" in administrator.words
    person = place.store.invitations.accept(token, "hoa", "Nguyễn Thị Hoa", "một câu dài hơn")
    assert (person.role, person.library_id, person.email) == (Role.ENTRY, "son_la", "hoa@sonla.vn")
    assert not administrator.run().app.code


@pytest.mark.parametrize(
    ("role", "given", "said"),
    [
        pytest.param(Role.CHAIR, {"Họ và tên": " "}, "Chưa có họ tên", id="no name"),
        pytest.param(
            Role.CHAIR, {"Họ và tên": "Hoa", "Thư điện tử": "hoa"}, "không phải địa chỉ", id="no address"
        ),
        pytest.param(Role.ENTRY, {"Họ và tên": "Hoa"}, "phải thuộc một thư viện", id="no library"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_a_sentence(
    place: Place, administrator: Tab, role: Role, given: dict[str, str], said: str
):
    choose(administrator, "Vai trò", role)
    fill(administrator, given, "Tạo lời mời")
    assert said in administrator.words
    assert place.store.invitations.waiting() == ()
    assert not administrator.app.code


def test_a_library_is_left_out_where_the_role_has_none(place: Place, administrator: Tab):
    choose(administrator, "Vai trò", Role.CHAIR)
    choose(administrator, "Thư viện (người", "son_la")
    fill(administrator, {"Họ và tên": "Hoa"}, "Tạo lời mời")
    assert place.store.invitations.find(token_of(link_of(administrator))).library_id is None


def test_a_letter_goes_out_where_mail_is_configured(place: Place, administrator: Tab):
    sent: list[dict[str, str]] = []
    place.application.mail = lambda **letter: sent.append(letter)
    place.application.address = "https://thuoc-so.example.vn"
    choose(administrator, "Vai trò", Role.CHAIR)
    fill(administrator, {"Họ và tên": "Hoa", "Thư điện tử": "hoa@sonla.vn"}, "Tạo lời mời")
    [letter] = sent
    assert letter["to"] == "hoa@sonla.vn"
    assert "Kính gửi Hoa" in letter["text"]
    assert link_of(administrator) in letter["text"]
    assert link_of(administrator).startswith("https://thuoc-so.example.vn/loi-moi?ma=")
    assert "Đã gửi thư cho Hoa" in administrator.words


def test_a_letter_that_does_not_leave_is_told_and_the_link_is_shown(place: Place):
    def refuse(**_: str) -> None:
        raise SurveyError(vi="Máy chủ thư không nhận.", en="The mail server does not take it.")

    place.store.accounts.set_email(place.person("laichau").id, "laichau@thuvien.vn", "t")
    place.application.mail = refuse
    tab = one(place, "laichau").press("Tạo liên kết đặt mật khẩu mới")
    assert "Máy chủ thư không nhận." in tab.words
    assert place.store.invitations.state(token_of(link_of(tab)), place.clock()) is LinkState.VALID


def test_open_invitations_are_listed_renewed_and_withdrawn(place: Place, administrator: Tab):
    for number in range(WAITING):
        place.store.invitations.invite(f"Người {number}", "", Role.CHAIR, None, "quantri")
    old = place.store.invitations.waiting()
    place.clock.forward(days=8)
    administrator = place.sign_in("quantri").open(Page.ACCOUNTS)
    assert administrator.words.count("đã hết hạn") == WAITING
    administrator.give("waiting invitation", old[0].handle).press("Tạo liên kết mới")
    assert place.store.invitations.state(token_of(link_of(administrator)), place.clock()) is LinkState.VALID
    assert administrator.run().words.count("đã hết hạn") == WAITING - 1
    administrator.press("Hủy lời mời")
    assert len(place.store.invitations.waiting()) == WAITING - 1


def test_accounts_are_found_without_marks_and_by_library(administrator: Tab):
    every = logins(administrator)
    assert len(every) > 20
    assert logins(administrator.give("find account", "LAO cai")) == ["laocai", "laocai.nhap"]
    assert "Không có tài khoản nào như vậy" in administrator.give("find account", "xyz").words
    administrator.give("find account", "")
    assert set(logins(administrator.give("choice.thu-vien", "son_la"))) == {"sonla", "sonla.nhap"}
    assert "quantri" in logins(administrator.give("choice.thu-vien", "van-phong"))
    assert "sonla" not in logins(administrator)


def test_a_list_of_sixty_has_no_wall_of_buttons(place: Place, administrator: Tab):
    for number in range(40):
        login = f"nguoi{number}"
        place.store.accounts.add(login, f"Người {number}", Role.CHAIR, None, "một câu dài hơn", by="t")
    assert len(logins(administrator.run())) > 60
    assert administrator.buttons() == ["Tạo lời mời"]


def test_a_reset_link_is_shown_once_and_the_old_password_goes_on_until_it_is_used(place: Place):
    tab = one(place, "laichau").press("Tạo liên kết đặt mật khẩu mới")
    link = link_of(tab)
    assert "/dat-lai-mat-khau?ma=" in link
    assert place.sign_in("laichau").open().words
    assert (
        place.store.invitations.use_reset(token_of(link), "một câu khác hẳn", place.clock()).login
        == "laichau"
    )
    assert not tab.run().app.code


def test_who_must_wait_is_seen_first_and_let_in(place: Place):
    for _ in range(ACCOUNT_LIMIT):
        guess(place, "sonla")
    listed = place.sign_in("quantri").open(Page.ACCOUNTS)
    assert logins(listed)[0] == "sonla"
    assert "tạm khóa vì nhập sai mật khẩu" in listed.words
    tab = one(place, "sonla").press("Mở tạm khóa ngay")
    assert "đăng nhập lại được ngay" in tab.words
    assert "Mở tạm khóa ngay" not in tab.buttons()
    guess(place, "sonla")


def test_another_role_acts_at_the_next_click_of_every_tab(place: Place):
    library = place.sign_in("laichau.nhap").open(Page.ANSWER)
    tab = one(place, "laichau.nhap")
    choose(tab, "Vai trò", Role.DIRECTOR)
    fill(tab, {"Thư điện tử": "LaiChau@thuvien.vn"}, "Lưu thay đổi")
    assert "Đã lưu thay đổi" in tab.words
    person = place.person("laichau.nhap")
    assert (person.role, person.library_id, person.email) == (
        Role.DIRECTOR, "lai_chau", "laichau@thuvien.vn",
    )  # fmt: skip
    assert "Phiên đăng nhập đã kết thúc" in library.run().words


def test_a_refused_change_is_told_and_changes_nothing(place: Place):
    tab = one(place, "laichau")
    choose(tab, "Thư viện (người", "")
    fill(tab, {}, "Lưu thay đổi")
    assert "phải thuộc một thư viện" in tab.words
    assert place.person("laichau").library_id == "lai_chau"


def test_a_second_factor_is_turned_off_for_who_lost_the_telephone(place: Place):
    person = place.person("laichau")
    key = pyotp.random_base32()
    place.store.second_factor.turn_on(person.id, key, pyotp.TOTP(key).at(place.clock()), place.clock())
    tab = one(place, "laichau")
    assert "hai lớp" in tab.words
    tab.press("Tắt xác thực hai lớp")
    assert not place.store.second_factor.is_on(person.id)
    assert "Tắt xác thực hai lớp" not in tab.buttons()


def test_a_locked_account_is_outside_and_can_be_let_in_again(place: Place):
    library = place.sign_in("laichau").open(Page.ANSWER)
    tab = one(place, "laichau")
    key = f"active-{place.person('laichau').id}"
    tab.press(key)
    assert "Phiên đăng nhập đã kết thúc" in library.run().words
    assert tab.buttons() == ["Mở lại", "Lưu thay đổi"]
    tab.press(key)
    assert place.person("laichau").id not in place.store.accounts.disabled()


def test_the_administrators_own_account_is_looked_after_elsewhere(place: Place):
    tab = one(place, "quantri")
    assert tab.buttons() == []
    assert "Mở trang Tài khoản của tôi" in tab.words


def test_who_is_no_administrator_any_more_changes_nothing(place: Place):
    """The page was drawn for an administrator; the button asks anew."""
    place.store.accounts.add(
        "haibon", "Quản trị thứ hai", Role.ADMINISTRATOR, None, "một câu dài hơn", by="t"
    )
    tab = one(place, "laichau")
    person = place.person("quantri")
    place.store.accounts.change(
        person.id, name=person.name, role=Role.CHAIR, library_id=None, email="", by="haibon"
    )
    tab.press(f"active-{place.person('laichau').id}")
    assert place.person("laichau").id not in place.store.accounts.disabled()


def test_an_unknown_account_in_the_address_gives_the_list(place: Place):
    assert len(logins(one(place, "khong-co"))) > 20
