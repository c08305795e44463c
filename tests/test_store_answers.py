"""Answers are added, never changed, and read back as they were given."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from conftest import Clock
from sqlalchemy import Connection
from sqlalchemy.exc import StatementError

from survey.errors import SurveyError
from survey.response import Answer, AnswerState, Document, ResponseState
from survey.rounds import Round, RoundState
from survey.store import StaleAnswerError, Store

HALF = Answer(state=AnswerState.ANSWERED, numerator=350, denominator=700)
FULL = Answer(
    state=AnswerState.ANSWERED,
    numerator=0.1,
    denominator=1e15,
    value=-0.5,
    items=("website", "catalogue"),
    words="Kho địa chí",
    typed={"numerator": "1.2.3"},
    reason="Chưa thống kê",
    explanation="Tăng vì đã số hóa «Ô Lâu» \U0001f4da",
    evidence=(Document(number="12/QĐ-TV", link="https://example.vn/a?b=1&c=2"), Document()),
    confirmed={"jump": "Nhập bổ sung"},
)
KEY = ("2026", "ca_mau", "A1")

pytestmark = pytest.mark.usefixtures("open_round")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(HALF, id="two figures"),
        pytest.param(FULL, id="everything an answer can carry"),
        pytest.param(Answer(state=AnswerState.ANSWERED, value=0), id="zero"),
        pytest.param(Answer(state=AnswerState.UNKNOWN, reason="Mất sổ"), id="unknown"),
        pytest.param(Answer(state=AnswerState.NOT_APPLICABLE), id="not applicable"),
        pytest.param(Answer(), id="emptied again"),
        pytest.param(Answer(items=("one",)), id="one item"),
    ],
)
def test_an_answer_is_read_back_as_it_was_given(store: Store, answer: Answer):
    saved = store.answers.save(*KEY, answer, opened_revision=0, by="lan")
    read = store.answers.response("2026", "ca_mau").entry("A1")
    assert read == saved
    assert read.answer == answer


def test_a_saved_answer_says_who_and_when(store: Store, clock: Clock):
    saved = store.answers.save(*KEY, HALF, opened_revision=0, by="lan")
    read = store.answers.response("2026", "ca_mau").entry("A1")
    assert (read.revision, read.saved_by, read.saved_at, read.verified) == (1, "lan", clock.now, False)
    assert read.saved_at is not None
    assert read.saved_at.utcoffset() is not None
    assert saved == read


def test_nothing_saved_is_an_empty_draft(store: Store):
    response = store.answers.response("2026", "ca_mau")
    assert (response.state, response.begun, response.last_activity) == (ResponseState.DRAFT, False, None)
    assert store.answers.responses("2026") == {}
    assert store.answers.history(*KEY) == ()


def test_every_revision_stays(store: Store, clock: Clock):
    # The clock goes back: the order is that of the revisions all the same.
    for revision, minutes in enumerate((0, -60, 5)):
        clock.forward(minutes=minutes)
        store.answers.save(*KEY, replace(HALF, numerator=revision), opened_revision=revision, by="lan")
    history = store.answers.history(*KEY)
    assert [(entry.revision, entry.answer.numerator) for entry in history] == [(1, 0), (2, 1), (3, 2)]
    assert store.answers.response("2026", "ca_mau").entry("A1") == history[-1]


def test_responses_of_all_libraries_are_read_at_once(store: Store):
    for library in ("ca_mau", "an_giang"):
        for question in ("A1", "A2"):
            store.answers.save("2026", library, question, HALF, opened_revision=0, by=library)
    responses = store.answers.responses("2026")
    assert set(responses) == {"ca_mau", "an_giang"}
    assert responses["ca_mau"] == store.answers.response("2026", "ca_mau")
    assert list(responses["an_giang"].answers) == ["A1", "A2"]


def test_reading_a_round_takes_three_queries_however_many_libraries_answered(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    asked: list[object] = []
    execute = Connection.execute

    def counted(connection: Connection, statement: object, *rest: object) -> object:
        asked.append(statement)
        return execute(connection, statement, *rest)

    monkeypatch.setattr(Connection, "execute", counted)
    counts = []
    for libraries in (1, 40):
        store.answers.import_answers("2026", {f"l{n}": {"A1": HALF} for n in range(libraries)}, by="x")
        asked.clear()
        store.answers.responses("2026")
        counts.append(len(asked))
    assert counts == [3, 3]


def test_a_moment_without_a_time_zone_is_a_fault_of_the_program(store: Store):
    with pytest.raises(StatementError, match="has no time zone"):
        store.answers.import_answers("2026", {"ca_mau": {"A1": HALF}}, by="x", at=datetime(2026, 3, 1))  # noqa: DTZ001


def test_the_data_version_rises_with_each_save(store: Store):
    before = store.answers.version("2026")
    store.answers.save(*KEY, HALF, opened_revision=0, by="lan")
    assert store.answers.version("2026") == before + 1
    with pytest.raises(SurveyError, match="1999"):
        store.answers.version("1999")


def test_the_second_of_two_people_saving_the_same_question_is_told(store: Store):
    first = store.answers.save(*KEY, HALF, opened_revision=0, by="lan")
    with pytest.raises(StaleAnswerError) as told:
        store.answers.save(*KEY, replace(HALF, numerator=1), opened_revision=0, by="minh")
    assert told.value.current == first
    assert store.answers.history(*KEY) == (first,)


def test_a_revision_that_was_never_there_is_refused_too(store: Store):
    with pytest.raises(StaleAnswerError):
        store.answers.save(*KEY, HALF, opened_revision=3, by="lan")
    assert store.answers.responses("2026") == {}


def test_the_same_save_sent_again_is_answered_with_its_row(store: Store, clock: Clock):
    first = store.answers.save(*KEY, FULL, opened_revision=0, by="lan")
    version = store.answers.version("2026")
    clock.forward(hours=20)
    assert store.answers.save(*KEY, FULL, opened_revision=0, by="lan") == first
    assert store.answers.history(*KEY) == (first,)
    assert store.answers.version("2026") == version


def test_the_same_save_sent_again_after_submitting_is_no_error(store: Store):
    first = store.answers.save(*KEY, HALF, opened_revision=0, by="lan")
    store.answers.submit("2026", "ca_mau", "lan")
    assert store.answers.save(*KEY, HALF, opened_revision=0, by="lan") == first


def test_equal_content_from_another_person_is_still_a_conflict(store: Store):
    store.answers.save(*KEY, HALF, opened_revision=0, by="lan")
    with pytest.raises(StaleAnswerError):
        store.answers.save(*KEY, HALF, opened_revision=0, by="minh")


def test_an_older_identical_row_is_no_replay(store: Store):
    store.answers.save(*KEY, HALF, opened_revision=0, by="lan")
    store.answers.save(*KEY, Answer(), opened_revision=1, by="lan")
    with pytest.raises(StaleAnswerError):
        store.answers.save(*KEY, HALF, opened_revision=0, by="lan")


@pytest.mark.parametrize("state", [RoundState.CLOSED, RoundState.PUBLISHED, RoundState.DRAFT])
def test_only_an_open_round_takes_answers(store: Store, a_round: Callable[..., Round], state: RoundState):
    store.rounds.add(a_round("other", state=state), by="chair")
    with pytest.raises(SurveyError, match="CHƯA lưu được: đợt «Đợt other»"):
        store.answers.save("other", "ca_mau", "A1", HALF, opened_revision=0, by="lan")
    with pytest.raises(SurveyError, match="1999"):
        store.answers.save("1999", "ca_mau", "A1", HALF, opened_revision=0, by="lan")


def test_the_last_day_of_a_round_is_its_whole_day(store: Store):
    last = date(2026, 3, 31)
    store.answers.save(*KEY, HALF, opened_revision=0, by="lan", today=last)
    with pytest.raises(SurveyError, match="31/03/2026"):
        store.answers.save(*KEY, FULL, opened_revision=1, by="lan", today=date(2026, 4, 1))
    with pytest.raises(SurveyError, match="31/03/2026"):
        store.answers.submit("2026", "ca_mau", "lan", today=date(2026, 4, 1))
    store.rounds.change_closing("2026", date(2026, 4, 2), "chair")
    store.answers.save(*KEY, FULL, opened_revision=1, by="lan", today=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("Thư\x00 viện", "Thư viện", id="NUL"),
        pytest.param("a\x00", "a", id="NUL in plain letters"),
        pytest.param("nửa \ud83d cặp", "nửa � cặp", id="half of a surrogate pair"),
        pytest.param("\ud83d\udcda", "📚", id="both halves of a pair"),
        pytest.param(unicodedata.normalize("NFD", "Thư viện Đà Nẵng"), "Thư viện Đà Nẵng", id="decomposed"),
        pytest.param("'; DROP TABLE answer; --", "'; DROP TABLE answer; --", id="SQL"),
        pytest.param("\u202eabc\u200b\ufeff\x1b", "\u202eabc\u200b\ufeff\x1b", id="marks and controls"),
        pytest.param("dài " * 8192, "dài " * 8192, id="32,768 characters"),
    ],
)
def test_text_that_a_database_refuses_is_cleaned_in_every_field(store: Store, typed: str, kept: str):
    answer = Answer(
        items=(typed.replace(";", ""),),
        words=typed,
        typed={typed: typed},
        reason=typed,
        explanation=typed,
        evidence=(Document(*[typed] * 5),),
        confirmed={typed: typed},
    )
    saved = store.answers.save("2026", typed, typed, answer, opened_revision=0, by=typed)
    expected = Answer(
        items=(kept.replace(";", ""),),
        words=kept,
        typed={kept: kept},
        reason=kept,
        explanation=kept,
        evidence=(Document(*[kept] * 5),),
        confirmed={kept: kept},
    )
    assert saved.answer == expected
    assert store.answers.response("2026", kept).entry(kept) == saved
    assert store.answers.history("2026", typed, typed) == (saved,)
    assert store.answers.save("2026", typed, typed, answer, opened_revision=0, by=typed) == saved
    assert store.audit.newest(1)[0].by == kept


@pytest.mark.parametrize("figure", [float("nan"), float("inf"), 10**400])
def test_a_figure_that_is_not_finite_is_refused_in_words(store: Store, figure: float):
    with pytest.raises(SurveyError, match="hữu hạn"):
        store.answers.save(*KEY, Answer(value=figure), opened_revision=0, by="lan")


@pytest.mark.parametrize("item", ["", "a;b"])
def test_an_item_that_no_framework_can_have_is_a_fault_of_the_program(store: Store, item: str):
    with pytest.raises(ValueError, match="no id of an item"):
        store.answers.save(*KEY, Answer(items=(item,)), opened_revision=0, by="lan")
