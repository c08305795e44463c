"""Many answers come in together, all or none."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from survey.errors import SurveyError
from survey.response import Answer, AnswerState, ResponseState
from survey.rounds import Round, RoundState
from survey.store import Store

YES = Answer(state=AnswerState.ANSWERED, value=1)
NO = Answer(state=AnswerState.ANSWERED, value=0)
LAST_YEAR = datetime(2025, 3, 31, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("state", RoundState)
def test_answers_come_into_a_round_of_any_state(
    store: Store, a_round: Callable[..., Round], state: RoundState
):
    store.rounds.add(a_round(state=state), by="chair")
    store.answers.import_answers("2026", {"ca_mau": {"A1": YES}}, by="sample", at=LAST_YEAR)
    entry = store.answers.response("2026", "ca_mau").entry("A1")
    assert (entry.answer, entry.revision, entry.saved_by, entry.saved_at) == (YES, 1, "sample", LAST_YEAR)


def test_states_and_verification_come_along(store: Store, open_round: Round):
    store.answers.import_answers(
        open_round.id,
        {"ca_mau": {"A1": YES, "A2": NO}, "an_giang": {"A1": NO}},
        by="sample",
        at=LAST_YEAR,
        verified={("ca_mau", "A1")},
        states={"ca_mau": ResponseState.ACCEPTED, "hue": ResponseState.SUBMITTED},
    )
    responses = store.answers.responses("2026")
    assert {name: response.state for name, response in responses.items()} == {
        "ca_mau": ResponseState.ACCEPTED,
        "an_giang": ResponseState.DRAFT,
        "hue": ResponseState.SUBMITTED,
    }
    assert responses["ca_mau"].submitted_at == LAST_YEAR
    assert responses["an_giang"].submitted_at is None
    verified = {question: entry.verified for question, entry in responses["ca_mau"].recorded.items()}
    assert verified == {"A1": True, "A2": False}


def test_imported_answers_follow_those_that_are_there(store: Store, open_round: Round):
    store.answers.save("2026", "ca_mau", "A1", YES, opened_revision=0, by="lan")
    version = store.answers.version("2026")
    store.answers.import_answers(
        open_round.id, {"ca_mau": {"A1": NO, "A2": YES}}, by="file", verified={("ca_mau", "A1")}
    )
    history = store.answers.history("2026", "ca_mau", "A1")
    assert [(entry.revision, entry.saved_by, entry.verified) for entry in history] == [
        (1, "lan", False),
        (2, "file", True),
    ]
    response = store.answers.response("2026", "ca_mau")
    assert (response.state, response.entry("A2").revision) == (ResponseState.DRAFT, 1)
    assert store.answers.version("2026") == version + 1


def test_an_import_with_one_bad_figure_leaves_nothing_behind(store: Store, open_round: Round):
    before = store.audit.newest()
    with pytest.raises(SurveyError, match="hữu hạn"):
        store.answers.import_answers(
            open_round.id, {"an_giang": {"A1": YES}, "ca_mau": {"A1": Answer(value=float("nan"))}}, by="file"
        )
    assert store.answers.responses("2026") == {}
    assert store.audit.newest() == before
    assert store.answers.version("2026") == open_round.data_version


def test_ids_are_cleaned_like_all_text(store: Store, open_round: Round):
    store.answers.import_answers(
        open_round.id, {"ca\x00_mau": {"A\x001": YES}}, by="file", verified={("ca_mau", "A1\x00")}
    )
    assert store.answers.response("2026", "ca_mau").entry("A1").verified


def test_an_import_is_one_entry_of_the_trail(store: Store, open_round: Round):
    store.answers.import_answers(open_round.id, {f"l{n}": {"A1": YES} for n in range(50)}, by="file")
    newest = store.audit.newest(1)[0]
    assert (newest.action, newest.object, newest.by) == ("answer.import", "round:2026", "file")
    assert newest.new == {"libraries": 50, "answers": 50, "verified": 0}


def test_an_empty_import_is_no_error(store: Store, open_round: Round):
    store.answers.import_answers(open_round.id, {}, by="file")
    assert store.answers.responses("2026") == {}
