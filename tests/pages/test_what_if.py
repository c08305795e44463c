"""A library's people try changes on a copy: the result moves at once, the answers never do."""

import pytest

from pages.places import OPEN, PUBLISHED, Place, Tab
from survey.access import Page
from survey.response import Answer, AnswerState
from survey.scenario import MOST_SCENARIOS

OWN, OTHER = "son_la", "lai_chau"
NOT_FOUND = "Không tìm thấy nội dung này"
AT = f"thu:{OPEN}/{OWN}:"


def choose(tab: Tab, question: str, at: str = AT) -> Tab:
    return tab.give(f"{at}.chosen", question)


def field(question: str, part: str, at: str = AT) -> str:
    return f"{at}{question}.{part}"


@pytest.fixture
def tab(place: Place) -> Tab:
    return place.sign_in("sonla").open(Page.WHAT_IF)


def test_the_page_opens_on_today_and_on_the_indicator_with_most_points_to_gain(tab: Tab):
    assert "Thử thay đổi · Sơn La" in tab.words
    assert "Chưa thử thay đổi nào" in tab.words
    assert tab.field(f"{AT}.chosen").options[0].startswith("B3 ·")
    assert tab.app.text_input(key=field("B3", "numerator")).value == "195"


def test_a_ratio_that_is_moved_shows_score_and_target_beside_today(tab: Tab, place: Place):
    before = place.response(OWN)
    tab.give(field("B3", "numerator"), "315")
    # 315 of 450 is 70 %: 35 points, 13.33 more than today's 21.67; T3 is met.
    assert "35,00 / 50 điểm" in tab.words
    assert "195/450 (43,3 %)" in tab.words
    assert "315/450 (70 %)" in tab.words
    assert "+13,3" in tab.words
    assert "đạt thêm" in tab.words
    assert "hôm nay: 58,5 +1,3" in tab.words
    assert place.response(OWN) == before


def test_every_kind_of_answer_can_be_moved_and_none_reaches_the_questionnaire(tab: Tab, place: Place):
    before, version = place.response(OWN), place.round().data_version
    given = {
        "A8": {"value": 5},
        "A2": {"value": "40"},
        "B9": {"value": 1},
        "A6": {f"A6.{n}": True for n in range(1, 6)},
    }
    for question, parts in given.items():
        choose(tab, question)
        for part, value in parts.items():
            tab.give(field(question, part), value)
    for said in ("40 máy", "mức 5", "5/5", "Đang thử"):
        assert said in tab.words
    assert place.response(OWN) == before
    assert place.round().data_version == version
    again = place.sign_in("sonla").open(Page.WHAT_IF)
    assert "Chưa thử thay đổi nào" in again.words


def test_a_fault_is_one_sentence_and_the_last_good_value_stays(tab: Tab):
    tab.give(field("B3", "numerator"), "315")
    tab.give(field("B3", "numerator"), "500")
    assert "(500) không thể lớn hơn" in tab.words
    assert "Kết quả bên cạnh vẫn theo giá trị đúng gần nhất." in tab.words
    assert "315/450 (70 %)" in tab.words
    assert "35,00 / 50 điểm" in tab.words
    tab.give(field("B3", "numerator"), "1,500")
    assert "Chưa rõ «1,500» là số nào" in tab.words
    assert "315/450 (70 %)" in tab.words
    tab.give(field("B3", "numerator"), "1.5x")
    assert "không phải là một con số" in tab.words
    tab.press("Về câu trả lời hôm nay")
    assert "Chưa thử thay đổi nào" in tab.words
    assert tab.app.text_input(key=field("B3", "numerator")).value == "195"


def test_a_contradiction_to_another_answer_is_a_fault_too(tab: Tab, place: Place):
    staff = place.answer(OWN, "G1").value
    assert staff is not None
    choose(tab, "D2").give(field("D2", "denominator"), f"{staff + 5:.0f}")
    assert "Kết quả bên cạnh vẫn theo giá trị đúng gần nhất." in tab.words
    assert "Chưa thử thay đổi nào" in tab.words


def test_going_back_to_todays_figures_is_no_change(tab: Tab):
    tab.give(field("B3", "numerator"), "315").give(field("B3", "numerator"), "195")
    assert "Chưa thử thay đổi nào" in tab.words
    tab.give(field("B3", "numerator"), "315").press("Bỏ mọi thay đổi")
    assert "Chưa thử thay đổi nào" in tab.words


# ---- scenarios ----


def keep(tab: Tab, name: str) -> Tab:
    return tab.give(f"{AT}.tried name", name).press("Giữ thành kịch bản")


def test_a_scenario_is_kept_opened_renamed_and_deleted(tab: Tab, place: Place):
    before = place.response(OWN)
    assert tab.app.button(key=f"keep:{OPEN}/{OWN}").disabled
    keep(tab.give(field("B3", "numerator"), "315"), "Số hóa thêm")
    assert "Đã giữ kịch bản «Số hóa thêm»." in tab.words
    assert "chưa đổi từ khi giữ" in tab.words
    colleague = place.sign_in("sonla.nhap").open(Page.WHAT_IF)
    assert "Số hóa thêm" in colleague.words
    colleague.press("Mở")
    assert "315/450 (70 %)" in colleague.words
    colleague.give(f"{AT}.tried name", "Số hóa đủ 70 %").press("Đổi thành tên ở trên")
    assert "«Số hóa thêm» nay có tên «Số hóa đủ 70 %»" in colleague.words
    colleague.press("Xóa")
    assert "Đã xóa kịch bản" in colleague.words
    assert place.store.scenarios.of(place.person("sonla"), OPEN, OWN) == ()
    assert place.response(OWN) == before


def test_a_scenario_tells_that_the_answers_have_changed_since(tab: Tab, place: Place):
    keep(tab.give(field("B3", "numerator"), "315"), "Số hóa thêm")
    entry = place.entry(OTHER, "A2")
    mine = place.store.scenarios.keep(
        place.person("laichau"),
        OPEN,
        OTHER,
        "Một",
        {"A2": Answer(AnswerState.ANSWERED, value=40.0)},
        based_on="x",
    )
    assert mine.name == "Một"
    other = place.sign_in("laichau").open(Page.WHAT_IF)
    assert "câu trả lời đã đổi từ khi giữ" in other.words
    assert place.entry(OTHER, "A2") == entry


def test_a_name_that_is_missing_or_taken_is_told(tab: Tab):
    tab.give(field("B3", "numerator"), "315").press("Giữ thành kịch bản")
    assert "hãy đặt tên cho kịch bản" in tab.words
    keep(keep(tab, "Một"), "Một")
    assert "đã có kịch bản tên «Một»" in tab.words


def test_the_most_scenarios_are_told(tab: Tab, place: Place):
    for number in range(MOST_SCENARIOS):
        place.store.scenarios.keep(
            place.person("sonla"),
            OPEN,
            OWN,
            f"Số {number}",
            {"A8": Answer(AnswerState.ANSWERED, value=5.0)},
            based_on="x",
        )
    keep(tab.give(field("B3", "numerator"), "315"), "Thêm")
    assert "đã có 20 kịch bản" in tab.words


# ---- the path ----


def test_the_path_to_the_next_level_is_told_and_put_into_what_is_tried(place: Place):
    tab = place.sign_in("sonla").open(Page.WHAT_IF)
    assert "cần ít nhất 60 % số điểm được thẩm định" in tab.words
    tab.give(f"{AT}.reviewed", True)
    assert "Không có cách nào tốn ít công hơn" in tab.words
    assert "Kế hoạch này cần thẩm định" in tab.words
    before = place.response(OWN)
    tab.press("Đưa các bước này vào phần đang thử")
    assert "Đang thử" in tab.words
    # The level itself stays at 3, since nobody has verified the new answers yet.
    assert "mới có" in tab.words
    assert place.response(OWN) == before


def test_the_path_to_a_target_ends_at_that_target(tab: Tab):
    tab.give(f"{AT}.goal", "T2")
    assert "chuyển câu trả lời thành «có»" in tab.words
    tab.press("Đưa các bước này vào phần đang thử")
    assert "đạt thêm" in tab.words
    assert "B9" in tab.words


def test_a_dear_step_is_told_in_the_persons_unit_and_a_bad_cost_is_refused(tab: Tab):
    tab.give(f"{AT}.goal", "T2").give(f"{AT}.weighed", ["B9"]).give(f"{AT}.cost.B9", "12,5")
    assert "tổng công sức 12,5" in tab.words
    tab.give(f"{AT}.cost.B9", "0")
    assert "phải từ 0,01 đến 100.000; tạm tính là 1." in tab.words
    tab.give(f"{AT}.cost.B9", "nhiều")
    assert "«nhiều» không phải là một con số" in tab.words


def test_a_score_is_asked_for_and_one_beyond_the_scale_is_refused(tab: Tab):
    tab.give(f"{AT}.goal", "diem")
    assert "Không có cách nào" not in tab.words
    tab.give(f"{AT}.score", "59")
    assert "Không có cách nào tốn ít công hơn" in tab.words
    for wrong in ("0", "101"):
        tab.give(f"{AT}.score", wrong)
        assert "lớn hơn 0 và nhiều nhất là 100" in tab.words


# ---- who ----


def test_a_library_may_not_try_the_changes_of_another(place: Place):
    keep(place.sign_in("sonla").open(Page.WHAT_IF).give(field("B3", "numerator"), "315"), "Việc của Sơn La")
    for login in ("laichau", "laichau.nhap", "coquan", "thamdinh", "quantri"):
        tab = place.sign_in(login).open(Page.WHAT_IF, dot=OPEN, thu_vien=OWN)
        assert NOT_FOUND in tab.words
        assert "Việc của Sơn La" not in tab.words
    assert "Việc của Sơn La" not in place.sign_in("laichau").open(Page.WHAT_IF).words


def test_not_even_in_a_published_round(place: Place):
    tab = place.sign_in("laichau").open(Page.WHAT_IF, dot=PUBLISHED, thu_vien=OWN)
    assert NOT_FOUND in tab.words


def test_the_trail_tells_who_kept_a_scenario_where_and_not_what_it_is_called(place: Place):
    keep(place.sign_in("sonla").open(Page.WHAT_IF).give(field("B3", "numerator"), "315"), "Việc của Sơn La")
    trail = place.sign_in("quantri").open(Page.TRAIL, viec="kich-ban")
    assert "giữ kịch bản Sơn La" in trail.words
    assert "Việc của Sơn La" not in trail.words


def test_the_chair_tries_any_library_that_has_answers(place: Place):
    tab = place.sign_in("chutich").open(Page.WHAT_IF, dot=OPEN, thu_vien=OWN)
    tab.give(field("B3", "numerator"), "315")
    assert "315/450 (70 %)" in tab.words
    assert (
        "Thử thay đổi · Lai Châu"
        in place.sign_in("chutich").open(Page.WHAT_IF, dot=OPEN, thu_vien=OTHER).words
    )
