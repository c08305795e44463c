"""Scenarios stand beside the answers, belong to one library, and are kept, renamed and deleted by its people."""

from collections.abc import Callable

import pytest

from survey.access import Person, Role
from survey.errors import NotAllowedError, SurveyError
from survey.response import Answer, AnswerState
from survey.rounds import Round
from survey.scenario import LONGEST_NAME, MOST_SCENARIOS, clean_name, digest_of, read_changes, write_changes
from survey.store import Store

GIVEN = AnswerState.ANSWERED
DIRECTOR = Person(1, "sonla", "Giám đốc", Role.DIRECTOR, "son_la")
ENTRY = Person(2, "sonla.nhap", "Người nhập", Role.ENTRY, "son_la")
CHAIR = Person(3, "chutich", "Chủ tịch", Role.CHAIR)
STRANGERS = [
    Person(4, "laichau", "Người khác", Role.DIRECTOR, "lai_chau"),
    Person(5, "coquan", "Cơ quan", Role.OFFICIAL),
    Person(6, "so.sonla", "Sở", Role.OFFICIAL, "son_la"),
    Person(7, "thamdinh", "Người thẩm định", Role.REVIEWER),
    Person(8, "quantri", "Quản trị", Role.ADMINISTRATOR),
]
CHANGES = {
    "A1": Answer(state=GIVEN, numerator=20.0, denominator=24.0),
    "A5": Answer(state=GIVEN, value=4.0),
    "A6": Answer(state=GIVEN, items=("A6.1", "A6.3")),
    "B9": Answer(state=GIVEN, value=1.0),
}
MakeRound = Callable[..., Round]


@pytest.fixture
def ready(store: Store, a_round: MakeRound) -> Store:
    store.rounds.add(a_round(), by="chair")
    return store


def keep(store: Store, name: str, who: Person = DIRECTOR) -> str:
    return store.scenarios.keep(who, "2026", "son_la", name, CHANGES, based_on="abc").id


def test_what_is_kept_comes_back_with_who_when_and_on_what(ready: Store):
    kept = ready.scenarios.keep(ENTRY, "2026", "son_la", "  Mua  máy quét ", CHANGES, based_on="abc")
    (found,) = ready.scenarios.of(DIRECTOR, "2026", "son_la")
    assert found == kept
    assert (found.name, found.changes, found.made_by, found.based_on) == (
        "Mua máy quét",
        CHANGES,
        "sonla.nhap",
        "abc",
    )
    assert ready.scenarios.of(DIRECTOR, "2025", "son_la") == ()


def test_it_is_renamed_and_deleted_and_the_trail_says_so_without_its_name(ready: Store):
    scenario_id = keep(ready, "Một")
    assert ready.scenarios.rename(ENTRY, scenario_id, "Hai").name == "Hai"
    assert [entry.name for entry in ready.scenarios.of(CHAIR, "2026", "son_la")] == ["Hai"]
    ready.scenarios.delete(DIRECTOR, scenario_id)
    assert ready.scenarios.of(DIRECTOR, "2026", "son_la") == ()
    entries = [entry for entry in ready.audit.newest(10) if entry.action.startswith("scenario.")]
    assert [(entry.action, entry.by) for entry in reversed(entries)] == [
        ("scenario.keep", "sonla"),
        ("scenario.rename", "sonla.nhap"),
        ("scenario.delete", "sonla"),
    ]
    assert {entry.object for entry in entries} == {"scenario:2026/son_la"}
    assert all("Một" not in str(entry.new) and "Hai" not in str(entry.new) for entry in entries)


@pytest.mark.parametrize("who", STRANGERS, ids=lambda who: who.login)
def test_nobody_else_reads_keeps_renames_or_deletes_them(ready: Store, who: Person):
    scenario_id = keep(ready, "Một")
    for act in (
        lambda: ready.scenarios.of(who, "2026", "son_la"),
        lambda: keep(ready, "Hai", who),
        lambda: ready.scenarios.rename(who, scenario_id, "Hai"),
        lambda: ready.scenarios.delete(who, scenario_id),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert [entry.name for entry in ready.scenarios.of(DIRECTOR, "2026", "son_la")] == ["Một"]


def test_a_name_is_taken_once_in_a_round(ready: Store, a_round: MakeRound):
    ready.scenarios.rename(DIRECTOR, keep(ready, "Một"), "Một")
    with pytest.raises(SurveyError, match="đã có kịch bản tên «Một»"):
        keep(ready, "Một")
    second = keep(ready, "Hai")
    with pytest.raises(SurveyError, match="«Một»"):
        ready.scenarios.rename(DIRECTOR, second, "Một")
    ready.rounds.add(a_round("2027"), by="chair")
    assert ready.scenarios.keep(DIRECTOR, "2027", "son_la", "Một", CHANGES, based_on="abc").name == "Một"


def test_a_library_has_at_most_twenty_and_another_one_its_own_twenty(ready: Store):
    for number in range(MOST_SCENARIOS):
        keep(ready, f"Kịch bản {number}")
    with pytest.raises(SurveyError, match="đã có 20 kịch bản"):
        keep(ready, "Thêm một")
    assert ready.scenarios.keep(CHAIR, "2026", "lai_chau", "Một", CHANGES, based_on="abc").name == "Một"
    ready.scenarios.delete(DIRECTOR, ready.scenarios.of(DIRECTOR, "2026", "son_la")[0].id)
    keep(ready, "Thêm một")


def test_what_is_gone_is_told_in_a_sentence(ready: Store):
    scenario_id = keep(ready, "Một")
    ready.scenarios.delete(DIRECTOR, scenario_id)
    with pytest.raises(SurveyError, match="không còn nữa"):
        ready.scenarios.delete(DIRECTOR, scenario_id)
    with pytest.raises(SurveyError, match="không còn nữa"):
        ready.scenarios.rename(DIRECTOR, scenario_id, "Hai")


def test_a_name_has_one_to_eighty_characters():
    assert clean_name(" a " * 1) == "a"
    assert clean_name("đ" * LONGEST_NAME) == "đ" * LONGEST_NAME
    for wrong in ("", " \t\n", "đ" * (LONGEST_NAME + 1)):
        with pytest.raises(SurveyError, match="CHƯA giữ kịch bản"):
            clean_name(wrong)


def test_keeping_a_scenario_changes_no_answer_and_no_version_of_the_round(
    open_in: Callable[[Store], Round], store: Store
):
    round_ = open_in(store)
    store.answers.save(round_.id, "son_la", "A5", Answer(state=GIVEN, value=1.0), opened_revision=0, by="x")
    before, version = store.answers.response(round_.id, "son_la"), store.rounds.get(round_.id)
    scenario_id = keep(store, "Một")
    store.scenarios.rename(DIRECTOR, scenario_id, "Hai")
    store.scenarios.delete(DIRECTOR, scenario_id)
    assert store.answers.response(round_.id, "son_la") == before
    assert store.rounds.get(round_.id) == version


def test_changes_survive_being_written():
    unknown = {"C2": Answer(state=AnswerState.UNKNOWN), "A2": Answer(state=GIVEN, value=1_375.5)}
    assert read_changes(write_changes({**CHANGES, **unknown})) == {**CHANGES, **unknown}


def test_a_digest_tells_figures_apart_and_nothing_else():
    known = ("A1", "A5", "A6", "B9", "C1")
    first = digest_of(CHANGES, known)
    beside = {**CHANGES, "A5": Answer(state=GIVEN, value=4.0, explanation="vì"), "C1": Answer()}
    assert digest_of(beside, known) == first
    assert digest_of({**CHANGES, "G1": Answer(state=GIVEN, value=3.0)}, known) == first
    for name, answer in (
        ("A5", Answer(state=GIVEN, value=3.0)),
        ("A6", Answer(state=GIVEN, items=("A6.1",))),
    ):
        assert digest_of({**CHANGES, name: answer}, known) != first
