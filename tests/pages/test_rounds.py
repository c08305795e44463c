"""What the chair does with rounds."""

import pytest

from pages.places import OPEN, PUBLISHED, MakePlace, Place, Tab
from report.round_report import SELF, VERIFIED
from survey.access import Page, Role
from survey.rounds import RoundState

NEW = {
    "Tên đợt": "Đợt đánh giá năm 2026",
    "Mã đợt": "2026",
    "Số liệu chốt ngày": "31/12/2026",
    "Mở ngày": "01/01/2027",
    "Hạn gửi": "31/01/2027",
}


def _fill(tab: Tab, given: dict[str, str], button: str) -> Tab:
    """Fill in a form by the beginnings of its labels and send it."""
    for label, words in given.items():
        next(one for one in tab.app.text_input if one.label.startswith(label)).set_value(words)
    return tab.press(button)


def _sure(tab: Tab, round_id: str) -> str | None:
    """The key of the box that confirms the next step; each state has a box of its own."""
    keys = (f"sure-{round_id}-{state}" for state in RoundState)
    return next((key for key in keys if tab.has(key)), None)


def _step(tab: Tab, round_id: str, to: str) -> Tab:
    return tab.give(_sure(tab, round_id) or "", True).press(f"{round_id}-{to}")


@pytest.fixture
def chair(place: Place) -> Tab:
    return place.sign_in("chutich").open(Page.ROUNDS)


def test_a_new_round_begins_as_a_draft_that_nobody_else_sees(place: Place, chair: Tab):
    _fill(chair, NEW, "Thêm đợt")
    added = place.round("2026")
    assert added.state is RoundState.DRAFT
    assert (added.reference_date.isoformat(), added.closes_on.isoformat()) == ("2026-12-31", "2027-01-31")
    assert "Đợt đánh giá năm 2026" in chair.words
    library = place.sign_in("laichau")
    for page in (Page.HOME, Page.RESULT, Page.FEDERATION):
        assert "năm 2026" not in library.open(page).words


def test_a_round_goes_from_draft_to_open_to_closed_to_published(place: Place, chair: Tab):
    _fill(chair, NEW, "Thêm đợt")
    for step, state in (
        ("open", RoundState.OPEN),
        ("closed", RoundState.CLOSED),
        ("published", RoundState.PUBLISHED),
    ):
        _step(chair, "2026", step)
        assert place.round("2026").state is state
    assert place.round("2026").checksum == place.round(OPEN).checksum
    assert _sure(chair, "2026") is None
    assert "năm 2026" in place.sign_in("coquan").open(Page.HOME).words


def test_closing_keeps_the_study_of_ranks_and_later_looks_make_none_anew(place: Place, chair: Tab):
    _step(chair, OPEN, "closed")
    studies, version = place.store.rank_studies, place.round().data_version
    kept = {basis: studies.get(OPEN, basis, version) for basis in (SELF, VERIFIED)}
    assert all(kept.values())
    comparison = place.sign_in("chutich").open(Page.FEDERATION, dot=OPEN, xem="so-sanh")
    own = kept[SELF]
    assert own is not None
    assert f"mã kiểm tra {own.digest[:12]}" in comparison.words
    assert studies.get(OPEN, SELF, version) == own
    assert place.round().data_version == version


def test_a_step_waits_until_the_chair_has_said_that_everything_was_checked(place: Place, chair: Tab):
    button = chair.field(f"{OPEN}-closed")
    assert button.disabled
    chair.give(_sure(chair, OPEN) or "", True)
    assert not chair.field(f"{OPEN}-closed").disabled
    assert place.round().state is RoundState.OPEN


def test_a_closed_round_can_be_opened_again_and_loses_nothing(place: Place, chair: Tab):
    before = place.response("cao_bang").answers
    _step(chair, OPEN, "closed")
    _step(chair, OPEN, "open")
    assert place.round().state is RoundState.OPEN
    assert place.response("cao_bang").answers == before


def test_a_published_round_offers_no_further_step(chair: Tab):
    assert _sure(chair, PUBLISHED) is None


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("Số liệu chốt ngày", "31/02/2026", "«31/02/2026» không phải là ngày"),
        ("Mở ngày", "mai", "«mai» không phải là ngày"),
        ("Hạn gửi", "2027-01-31", "«2027-01-31» không phải là ngày"),
        ("Hạn gửi", "31/12/2026", "không thể trước ngày mở"),
        ("Tên đợt", " ", "cần tên đợt"),
        ("Mã đợt", "Đợt 1", "cần tên đợt và mã đợt"),
        ("Mã đợt", "2024", "2024"),
    ],
    ids=[
        "no such day",
        "no day",
        "other order",
        "closes before it opens",
        "no name",
        "bad code",
        "taken code",
    ],
)
def test_a_round_that_cannot_be_is_refused_in_a_sentence(
    place: Place, chair: Tab, field: str, words: str, said: str
):
    known = place.store.rounds.all()
    _fill(chair, {**NEW, field: words}, "Thêm đợt")
    assert place.store.rounds.all() == known
    alerts = [element.value for element in chair.app.html if "role='alert'" in element.value]
    assert any(said in alert for alert in alerts), alerts


def test_a_refused_round_leaves_what_was_typed_on_the_screen(chair: Tab):
    _fill(chair, {**NEW, "Hạn gửi": "mai"}, "Thêm đợt")
    typed = {one.label: one.value for one in chair.app.text_input}
    assert "Đợt đánh giá năm 2026" in typed.values()
    assert "mai" in typed.values()


def test_a_published_round_names_everybody_to_everybody(place: Place, chair: Tab):
    library = place.sign_in("laichau").open(Page.FEDERATION, dot=OPEN)
    assert "Cao Bằng" not in library.words
    _step(chair, OPEN, "closed")
    assert "Cao Bằng" not in library.open(Page.FEDERATION, dot=OPEN).words
    _step(chair, OPEN, "published")
    assert "Cao Bằng" in library.open(Page.FEDERATION, dot=OPEN).words


def test_when_a_round_closes_libraries_cannot_answer_and_the_chair_can_still_decide(place: Place, chair: Tab):
    _step(chair, OPEN, "closed")
    assert "không có đợt đánh giá nào đang mở" in place.sign_in("laichau").open(Page.ANSWER).words
    chair.open(Page.REVIEW, dot=OPEN, thu_vien="cao_bang")
    assert "Duyệt phiếu" in chair.buttons()


def test_the_first_round_of_a_new_installation_can_be_set_up_and_opened(make_place: MakePlace):
    place = make_place(sample=False, empty=True)
    place.store.accounts.add("lan", "Chị Lan", Role.CHAIR, None, "một câu dài hơn", by="tests")
    chair = place.sign_in("lan").open(Page.ROUNDS)
    _fill(chair, NEW, "Thêm đợt")
    _step(chair, "2026", "open")
    place.store.accounts.add("hoa", "Chị Hoa", Role.DIRECTOR, "son_la", "một câu dài hơn", by="tests")
    library = place.sign_in("hoa").open(Page.ANSWER)
    library.give("A2.value", "12")
    assert place.store.answers.response("2026", "son_la").answer("A2").value == 12


def test_the_first_administrator_is_told_what_comes_next(make_place: MakePlace):
    place = make_place(sample=False, empty=True)
    place.store.accounts.add("lan", "Chị Lan", Role.ADMINISTRATOR, None, "một câu dài hơn", by="tests")
    words = place.sign_in("lan").open().words
    assert "Bước tiếp theo: thêm tài khoản cho Chủ tịch Liên hiệp" in words
    assert "Chưa có đợt đánh giá nào." in words
