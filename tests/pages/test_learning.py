"""Whom to learn from on the result page, and how a library shares and takes back what it does."""

import pytest

from pages.places import OPEN, LookAt, Place, Tab
from survey.access import Page

BEFORE = "2025-truoc-sap-nhap"  # published, with shared practices
INVENTED = "Minh họa, nội dung bịa"
QUESTION = "D1"


def result(tab: Tab, round_id: str = BEFORE, library: str = "lai_chau") -> Tab:
    return tab.open(Page.RESULT, dot=round_id, thu_vien=library)


@pytest.mark.parametrize("login", ["laichau", "laichau.nhap", "sonla", "chutich", "coquan"])
def test_whoever_sees_names_reads_who_got_there_and_what_they_share(look_at: LookAt, login: str):
    words = result(look_at("sample").sign_in(login)).words
    assert "Học từ ai" in words
    assert "đạt chỉ tiêu 2025" in words
    assert "↑ tăng thêm" in words
    assert INVENTED in words
    assert "Lào Cai" in words


def test_before_publication_the_others_are_counted_and_not_named(look_at: LookAt):
    words = result(look_at("sample").sign_in("laichau"), OPEN).words
    assert "Học từ ai" in words
    assert "thư viện khác đã đạt chỉ tiêu" in words
    assert not any(name in words for name in ("Cao Bằng", "Lào Cai", INVENTED, "tăng thêm"))


def test_an_official_of_one_province_reads_counts_alone(look_at: LookAt):
    words = result(look_at("crowd").sign_in("so.laichau"), "2024").words
    assert "Học từ ai" in words
    assert "thư viện khác đã đạt chỉ tiêu" in words
    assert "tăng thêm" not in words
    assert INVENTED not in words


def test_other_members_find_documents_only_where_the_library_agreed(look_at: LookAt):
    place = look_at("sample")
    told = result(place.sign_in("laichau"))
    agreed, kept = "50/MINH-HOA-2025", "48/MINH-HOA-2024"  # Lào Cai C5; Thái Nguyên B4
    assert agreed in told.words
    assert kept not in told.words


def shared(place: Place, round_id: str = BEFORE) -> dict[str, tuple[str, bool]]:
    found = place.store.practices.of_round(round_id)
    return {one.question_id: (one.words, one.evidence) for one in found if one.library_id == "lai_chau"}


def write(tab: Tab, words: str, *, evidence: bool) -> Tab:
    tab.give("practice.indicator", QUESTION)
    tab.field(f"practice.words.{QUESTION}").set_value(words)
    tab.field(f"practice.evidence.{QUESTION}").set_value(evidence)
    return tab.press("Chia sẻ")


@pytest.mark.parametrize("login", ["laichau", "laichau.nhap"])
def test_a_librarys_people_share_change_and_take_back(place: Place, login: str):
    tab = write(result(place.sign_in(login)), "Làm dần từng tuần.", evidence=True)
    assert shared(place) == {QUESTION: ("Làm dần từng tuần.", True)}
    assert "Đã chia sẻ cách làm câu D1." in tab.words
    write(tab, "Nói cách khác.", evidence=False)
    assert shared(place) == {QUESTION: ("Nói cách khác.", False)}
    tab.press("Rút lại cách làm câu D1")
    assert shared(place) == {}
    assert "Đã rút lại." in tab.words
    said = place.sign_in("quantri").open(Page.TRAIL, viec="chia-se").words
    assert "chia sẻ cách làm" in said
    assert "rút lại cách làm đã chia sẻ" in said
    assert "Nói cách khác." not in said


@pytest.mark.parametrize(
    ("login", "library"), [("sonla", "lai_chau"), ("chutich", "lai_chau"), ("coquan", "lai_chau")]
)
def test_nobody_shares_for_another_library(look_at: LookAt, login: str, library: str):
    tab = result(look_at("sample").sign_in(login), library=library)
    assert not tab.has("practice.indicator")
    assert "Viết hoặc sửa một cách làm" not in tab.words
