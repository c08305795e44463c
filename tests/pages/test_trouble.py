"""What goes wrong while answering: two people at once, a database that fails, a session that ends."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from engine import ON_POSTGRESQL

from pages.places import OPEN, Place, Tab
from survey.access import Page
from survey.errors import StorageError
from survey.response import AnswerState, ResponseState
from survey.rounds import RoundState
from ui.mishaps import log_mishap

LIBRARY, LOGIN = "dien_bien", "dienbien"


@pytest.fixture
def tab(place: Place) -> Tab:
    return place.sign_in(LOGIN).open(Page.ANSWER)


@pytest.fixture
def colleague(place: Place) -> Tab:
    """Somebody else of the same library, in front of the same questions."""
    return place.colleague("dienbien2", LIBRARY).open(Page.ANSWER)


@contextmanager
def held_by_another_program(place: Place) -> Iterator[None]:
    """The database file locked for writing, as a backup gone wrong would."""
    if ON_POSTGRESQL:
        pytest.skip("locks the file of SQLite")
    with closing(sqlite3.connect(place.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


def test_the_second_of_two_people_sees_both_values_and_overwrites_nothing(
    place: Place, tab: Tab, colleague: Tab
):
    colleague.give("A2.value", "40")
    tab.give("A2.value", "55")
    assert "dienbien2 vừa lưu một câu trả lời khác" in tab.words
    assert "Của bạn 55" in tab.words
    assert "Đang được lưu 40" in tab.words
    assert "Chưa lưu" in tab.words
    assert place.answer(LIBRARY, "A2").value == 40


def test_the_second_of_two_people_may_keep_their_own_answer(place: Place, tab: Tab, colleague: Tab):
    colleague.give("A2.value", "40")
    tab.give("A2.value", "55").press("mine:A2")
    assert place.answer(LIBRARY, "A2").value == 55
    assert tab.field("A2.value").value == "55"
    assert "vừa lưu một câu trả lời khác" not in tab.words
    history = place.store.answers.history(OPEN, LIBRARY, "A2")
    assert [(entry.answer.value, entry.saved_by) for entry in history] == [(40, "dienbien2"), (55, LOGIN)]


def test_the_second_of_two_people_may_take_the_answer_that_stands(place: Place, tab: Tab, colleague: Tab):
    colleague.give("A2.value", "40")
    tab.give("A2.value", "55").press("theirs:A2")
    assert place.answer(LIBRARY, "A2").value == 40
    assert tab.field("A2.value").value == "40"
    assert "vừa lưu một câu trả lời khác" not in tab.words
    tab.give("A2.value", "41")
    assert place.answer(LIBRARY, "A2").value == 41


def test_two_people_on_different_questions_do_not_meet(place: Place, tab: Tab, colleague: Tab):
    colleague.give("A3.value", "40")
    tab.give("A2.value", "55")
    assert "vừa lưu một câu trả lời khác" not in tab.words
    assert (place.answer(LIBRARY, "A2").value, place.answer(LIBRARY, "A3").value) == (55, 40)


def test_what_a_colleague_saved_is_shown_the_next_time_the_page_is_drawn(tab: Tab, colleague: Tab):
    colleague.give("A3.value", "4.000")
    assert tab.run().field("A3.value").value == "4.000"


def test_a_person_in_two_tabs_is_told_of_the_other_tab_too(place: Place, tab: Tab):
    other = place.sign_in(LOGIN).open(Page.ANSWER)
    other.give("A5.value", 1)
    tab.give("A5.value", 3)
    assert place.answer(LIBRARY, "A5").value == 1
    assert tab.has("mine:A5")
    tab.press("mine:A5")
    assert place.answer(LIBRARY, "A5").value == 3
    assert tab.field("A5.value").value == 3


def test_a_save_that_fails_says_so_keeps_the_text_and_can_be_repeated(place: Place, tab: Tab):
    with held_by_another_program(place):
        tab.give("A2.value", "1.375")
        assert "CHƯA lưu được" in tab.words
        assert tab.field("A2.value").value == "1.375"
        assert "Đã lưu" not in tab.words
    assert place.answer(LIBRARY, "A2").state is AnswerState.UNANSWERED
    tab.press("again:A2")
    assert place.answer(LIBRARY, "A2").value == 1375
    assert "CHƯA lưu được" not in tab.words


def test_what_could_not_be_saved_stays_while_other_questions_are_answered(place: Place, tab: Tab):
    with held_by_another_program(place):
        tab.give("A2.value", "12")
    tab.give("A3.value", "7").give("choice.muc", "B").give("choice.muc", "A")
    assert tab.field("A2.value").value == "12"
    assert tab.has("again:A2")
    tab.press("again:A2")
    assert place.answer(LIBRARY, "A2").value == 12


def test_correcting_a_text_that_could_not_be_saved_saves_the_correction(place: Place, tab: Tab):
    with held_by_another_program(place):
        tab.give("A2.value", "12")
    tab.give("A2.value", "13")
    assert place.answer(LIBRARY, "A2").value == 13
    assert not tab.has("again:A2")


@pytest.mark.parametrize("part", ["state", "explanation"])
def test_reasons_and_remarks_survive_a_failed_save_too(place: Place, tab: Tab, part: str):
    if part == "state":
        with held_by_another_program(place):
            tab.give("A2.state", AnswerState.UNKNOWN)
            tab.give("A2.reason", "Chưa thống kê")
        tab.press("again:A2")
        assert place.answer(LIBRARY, "A2").reason == "Chưa thống kê"
    else:
        tab.unfold("evidence:A2")
        with held_by_another_program(place):
            tab.give("A2.explanation", "Đang kiểm kê")
        assert tab.field("A2.explanation").value == "Đang kiểm kê"
        tab.press("again:A2")
        assert place.answer(LIBRARY, "A2").explanation == "Đang kiểm kê"


@pytest.mark.parametrize(
    "error",
    [StorageError(vi="CHƯA lưu được: cơ sở dữ liệu không trả lời.", en="NOT saved."), TypeError("lạ")],
    ids=["unreachable database", "fault of ours"],
)
def test_nothing_says_saved_beside_an_answer_that_met_any_error(
    place: Place, tab: Tab, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    tab.give("A2.value", "11")
    person, errors = place.store.sessions.person, [error]

    def failing_once(*given: object) -> object:
        if errors:
            raise errors.pop()
        return person(*given)

    monkeypatch.setattr(place.store.sessions, "person", failing_once)
    tab.give("A2.value", "12")
    assert "CHƯA lưu được" in tab.words
    assert "Đã lưu" not in tab.words
    assert tab.field("A2.value").value == "12"
    tab.press("again:A2")
    assert place.answer(LIBRARY, "A2").value == 12


def test_sending_or_deciding_while_the_database_fails_is_told_in_one_sentence(place: Place):
    chair = place.sign_in("chutich").open(Page.REVIEW, dot=OPEN, thu_vien="cao_bang")
    with held_by_another_program(place):
        chair.press("Duyệt phiếu")
        assert "CHƯA lưu được" in chair.words
    assert place.response("cao_bang").state is ResponseState.SUBMITTED


def test_a_session_that_ended_while_typing_loses_nothing(place: Place, tab: Tab):
    tab.give("A2.value", "11")
    place.clock.forward(hours=13)
    tab.give("A2.value", "12")
    assert place.answer(LIBRARY, "A2").value == 11
    assert "Phiên đăng nhập đã" in tab.words or "phiên đăng nhập đã" in tab.words
    tab.token = place.store.sessions.start(place.person(LOGIN).id)  # signed in again in another tab
    tab.run()
    assert tab.field("A2.value").value == "12"
    tab.press("again:A2")
    assert place.answer(LIBRARY, "A2").value == 12


def test_a_round_closed_in_the_middle_takes_no_answer_and_says_so(place: Place, tab: Tab):
    place.store.rounds.change_state(OPEN, RoundState.CLOSED, "chutich")
    tab.give("A2.value", "12")
    assert place.answer(LIBRARY, "A2").state is AnswerState.UNANSWERED
    assert "không có đợt đánh giá nào đang mở" in tab.words


def test_a_response_sent_by_a_colleague_in_the_middle_takes_no_answer(place: Place, tab: Tab):
    place.store.answers.submit(OPEN, LIBRARY, by="dienbien2")
    tab.give("A2.value", "12")
    assert place.answer(LIBRARY, "A2").state is AnswerState.UNANSWERED
    assert "Phiếu đã khóa" in tab.words


def test_an_account_that_lost_its_right_in_the_middle_saves_nothing(place: Place, tab: Tab):
    place.store.accounts.set_active(place.person(LOGIN).id, False, by="quantri")
    tab.give("A2.value", "12")
    assert place.answer(LIBRARY, "A2").state is AnswerState.UNANSWERED


def test_an_error_that_nobody_foresaw_is_logged_with_an_id_and_hides_its_traceback(
    caplog: pytest.LogCaptureFixture,
):
    with caplog.at_level("ERROR"):
        assert log_mishap(ValueError("một giá trị lạ"))
    [record] = caplog.records
    assert record.exc_info is not None
    assert record.message.startswith("mishap ")


def test_what_one_account_typed_is_gone_when_another_one_comes_with_its_session(
    place: Place, tab: Tab, caplog: pytest.LogCaptureFixture
):
    with held_by_another_program(place):
        tab.give("A2.value", "1.375")
    tab.token = place.sign_in("laichau").token
    tab.run()
    assert tab.field("A2.value").value != "1.375"
    assert not tab.has("again:A2")
    assert "was taken over by «laichau»" in caplog.text


def test_a_session_without_its_cookie_shows_nothing_and_is_logged(tab: Tab, caplog: pytest.LogCaptureFixture):
    tab.give("A2.value", "1.375")
    tab.token = ""
    tab.run()
    assert "Phiên đăng nhập đã kết thúc" in tab.words
    assert "1.375" not in tab.words
    assert "another cookie than its own" in caplog.text
