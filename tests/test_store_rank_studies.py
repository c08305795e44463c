"""What was found about ranks is kept with the round, once, with its digest and a line in the trail."""

from collections.abc import Callable

from survey.rounds import Round
from survey.store import Store
from survey.store.rank_studies import digest_of

MakeRound = Callable[..., Round]
TEXT = '{"groups": [["sơn_la"]]}'


def test_a_kept_study_is_never_made_anew(store: Store, a_round: MakeRound):
    round_ = store.rounds.add(a_round(), by="chair")
    studies = store.rank_studies
    assert studies.get(round_.id, "self", 3) is None
    kept = studies.keep(round_.id, "self", 3, TEXT, "chair")
    assert (kept.text, kept.digest, kept.is_whole) == (TEXT, digest_of(TEXT), True)
    again = studies.keep(round_.id, "self", 3, "{}", "somebody")
    assert again == kept == studies.get(round_.id, "self", 3)
    assert studies.get(round_.id, "verified", 3) is None
    assert studies.get(round_.id, "self", 4) is None
    entries = [entry for entry in store.audit.newest(10) if entry.action == "round.ranks"]
    assert [(entry.by, entry.object, entry.new) for entry in entries] == [
        ("chair", "round:2026", {"basis": "self", "checksum": digest_of(TEXT)})
    ]


def test_keeping_changes_nothing_of_the_round(store: Store, a_round: MakeRound):
    round_ = store.rounds.add(a_round(), by="chair")
    store.rank_studies.keep(round_.id, "self", round_.data_version, TEXT, "chair")
    assert store.rounds.get(round_.id) == round_
