"""Members are kept as they were put, and so is the trail of changes."""

from collections.abc import Callable
from datetime import date

import pytest

from survey.members import Member
from survey.response import Answer, AnswerState
from survey.rounds import Round
from survey.store import Store


def member(member_id: str, **fields: object) -> Member:
    usual = {
        "id": member_id,
        "name": {"vi": f"Thư viện tỉnh {member_id}", "en": f"Library of {member_id}"},
        "short": {"vi": member_id, "en": member_id},
        "code": "ĐN",
        "province": {"vi": member_id, "en": member_id},
        "tile": {"row": 1, "column": 2},
    }
    return Member.model_validate({**usual, **fields})


def test_members_are_read_back_in_their_order(store: Store):
    members = (
        member("b", valid_to=date(2025, 6, 30), successor="a", note={"vi": "Sáp nhập", "en": "Merged"}),
        member("a", valid_from=date(2025, 7, 1)),
    )
    store.members.replace_all(members, by="admin")
    assert store.members.all() == members


def test_members_are_replaced_as_a_whole(store: Store):
    store.members.replace_all([member("a"), member("b")], by="admin")
    store.members.replace_all([member("c")], by="admin")
    assert store.members.all() == (member("c"),)
    store.members.replace_all([], by="admin")
    assert store.members.all() == ()


def test_what_a_round_shows_counts_as_changed_with_the_members(store: Store, open_round: Round):
    store.members.replace_all([member("a")], by="admin")
    assert store.answers.version(open_round.id) == open_round.data_version + 1
    store.members.replace_all([member("a")], by="admin")
    assert store.answers.version(open_round.id) == open_round.data_version + 1
    assert [entry.action for entry in store.audit.newest(2)] == ["members.replace", "round.state"]


def test_the_trail_tells_the_newest_change_first(
    store: Store, open_round: Round, clock: Callable[[], object]
):
    yes = Answer(state=AnswerState.ANSWERED, value=1, explanation="Đã có")
    for revision in (0, 1):
        store.answers.save(open_round.id, "ca_mau", "A1", yes, opened_revision=revision, by="lan")
        yes = Answer()
    second, first, opening, adding = store.audit.newest()
    assert [entry.action for entry in (adding, opening, first)] == ["round.add", "round.state", "answer.save"]
    assert adding.sequence < opening.sequence < first.sequence < second.sequence
    assert (second.object, second.by, second.at) == ("answer:2026/ca_mau/A1", "lan", clock())
    assert first.old is None
    assert first.new == second.old
    assert second.old == {
        "revision": 1,
        "state": "answered",
        "value": 1.0,
        "beside": {"explanation": "Đã có"},
    }
    assert second.new == {"revision": 2, "state": "unanswered", "beside": {}}


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_the_trail_is_no_longer_than_asked(store: Store, open_round: Round, limit: int):
    store.answers.submit(open_round.id, "ca_mau", "lan")
    assert len(store.audit.newest(limit)) == limit


def test_a_setting_keeps_the_last_value_put(store: Store):
    assert store.settings.get("purpose") is None
    store.settings.put("purpose", "sample")
    store.settings.put("purpose", "real")
    assert store.settings.get("purpose") == "real"
