"""A round goes from draft to published, and its framework is frozen when it opens."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from itertools import product

import pytest
from conftest import FRAMEWORK_CHECKSUM, FRAMEWORK_TEXT

from survey.errors import StorageError, SurveyError
from survey.rounds import NEXT_STATES, Round, RoundState
from survey.store import Store

MakeRound = Callable[..., Round]


def test_a_round_is_read_back_as_it_was_added(store: Store, a_round: MakeRound):
    added = store.rounds.add(a_round(), by="chair")
    assert store.rounds.get("2026") == added == a_round()
    assert store.rounds.get("2027") is None


def test_rounds_come_with_the_newest_reference_date_first(store: Store, a_round: MakeRound):
    for year in (2024, 2026, 2025):
        store.rounds.add(a_round(f"r{year}", reference_date=date(year, 12, 31)), by="chair")
    assert [round_.id for round_ in store.rounds.all()] == ["r2026", "r2025", "r2024"]


def test_an_id_is_given_once(store: Store, a_round: MakeRound):
    store.rounds.add(a_round(), by="chair")
    with pytest.raises(SurveyError, match="Đã có đợt đánh giá «2026»"):
        store.rounds.add(a_round(name="Another"), by="chair")
    assert [round_.name for round_ in store.rounds.all()] == ["Đợt 2026"]


def test_a_round_cannot_close_before_it_opens(store: Store, a_round: MakeRound):
    with pytest.raises(SurveyError, match="không thể trước ngày mở"):
        store.rounds.add(a_round(closes_on=date(2026, 2, 28)), by="chair")
    store.rounds.add(a_round(), by="chair")
    with pytest.raises(SurveyError, match="không thể trước ngày mở"):
        store.rounds.change_closing("2026", date(2026, 2, 28), "chair")


@pytest.mark.parametrize(("now", "to"), list(product(RoundState, RoundState)))
def test_a_round_takes_the_allowed_steps_and_no_other(
    store: Store, a_round: MakeRound, now: RoundState, to: RoundState
):
    store.rounds.add(a_round(state=now), by="chair")

    def step() -> Round:
        return store.rounds.change_state(
            "2026", to, "chair", checksum=FRAMEWORK_CHECKSUM, framework_text=FRAMEWORK_TEXT
        )

    if to in NEXT_STATES[now]:
        assert step().state is to
    else:
        with pytest.raises(SurveyError, match="Hãy tải lại trang"):
            step()
    kept = store.rounds.get("2026")
    assert kept is not None
    assert kept.state is (to if to in NEXT_STATES[now] else now)


def test_opening_freezes_the_framework(store: Store, open_round: Round):
    assert open_round.checksum == FRAMEWORK_CHECKSUM
    assert store.frameworks.text(FRAMEWORK_CHECKSUM) == FRAMEWORK_TEXT
    store.rounds.change_state("2026", RoundState.CLOSED, "chair")
    with pytest.raises(SurveyError, match="không đổi được nữa"):
        store.rounds.change_state("2026", RoundState.OPEN, "chair", checksum="other", framework_text="x")
    again = store.rounds.change_state("2026", RoundState.OPEN, "chair")
    assert again.checksum == FRAMEWORK_CHECKSUM


def test_a_round_never_opens_without_its_framework(store: Store, a_round: MakeRound):
    store.rounds.add(a_round(), by="chair")
    with pytest.raises(ValueError, match="without the text"):
        store.rounds.change_state("2026", RoundState.OPEN, "chair")
    with pytest.raises(ValueError, match="not the SHA-256"):
        store.rounds.change_state("2026", RoundState.OPEN, "chair", checksum="abc", framework_text="text")
    kept = store.rounds.get("2026")
    assert kept == a_round()


def test_a_published_round_keeps_its_dates(store: Store, a_round: MakeRound):
    store.rounds.add(a_round(state=RoundState.PUBLISHED), by="chair")
    with pytest.raises(SurveyError, match="đã công bố"):
        store.rounds.change_closing("2026", date(2027, 1, 1), "chair")


def test_every_step_is_in_the_trail_and_raises_the_data_version(store: Store, open_round: Round):
    closed = store.rounds.change_state("2026", RoundState.CLOSED, "deputy")
    newest = store.audit.newest(1)[0]
    assert closed.data_version == open_round.data_version + 1
    assert (newest.action, newest.object, newest.by) == ("round.state", "round:2026", "deputy")
    assert newest.old == {"state": "open"}
    assert newest.new == {"state": "closed", "checksum": FRAMEWORK_CHECKSUM}


def test_a_round_that_is_not_there_is_named(store: Store):
    with pytest.raises(SurveyError, match="Không có đợt đánh giá «2030»"):
        store.rounds.change_state("2030", RoundState.OPEN, "chair")


def test_a_framework_is_kept_to_the_letter(store: Store):
    # Decomposed letters and a byte order mark: the checksum holds for exactly this text.
    text = "\ufefflabel: Thu\u031b vie\u0323\u0302n\r\n"
    checksum = sha256(text.encode()).hexdigest()
    store.frameworks.keep("trial", 1, checksum, text)
    store.frameworks.keep("trial", 1, checksum, text)
    assert store.frameworks.text(checksum) == text


def test_a_framework_that_was_never_kept_is_named(store: Store):
    with pytest.raises(StorageError, match="không có bộ chỉ số với mã kiểm tra abcdef"):
        store.frameworks.text("abcdef")


def test_two_versions_with_the_same_text_are_both_kept(store: Store):
    store.frameworks.keep("trial", 1, FRAMEWORK_CHECKSUM, FRAMEWORK_TEXT)
    store.frameworks.keep("trial", 2, FRAMEWORK_CHECKSUM, FRAMEWORK_TEXT)
    assert [(kept.id, kept.version) for kept in store.frameworks.kept()] == [("trial", 1), ("trial", 2)]
    assert store.frameworks.text(FRAMEWORK_CHECKSUM) == FRAMEWORK_TEXT
