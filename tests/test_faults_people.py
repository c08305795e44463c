"""The faults of `python -m benchmarks.faults` in a short form: sent twice, two people, and outages."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.faults import clicks, meetings, outages, outages_of_store, submits
from benchmarks.faults.acts import ACTS, POSSIBLE, WAYS, WHO, Cast
from benchmarks.faults.halves import halves
from benchmarks.faults.inspection import Contents, Entry, contents
from benchmarks.faults.judging import Meeting, Stood, faults_of
from benchmarks.faults.legal import faults_of_notes, faults_of_trail
from benchmarks.faults.postgres import Postgres
from benchmarks.faults.receipts import ONCE, sent_times
from benchmarks.faults.rounds import LIBRARIES, ROUND, prepared
from benchmarks.faults.table import NotRun, Row
from survey.errors import SurveyError
from survey.response import Recorded, ResponseState
from survey.store import Store
from survey.workflow import Action

SEED = 12
PEOPLE = 8
Met = tuple[Meeting, Stood, Stood]


@pytest.fixture(params=("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)))
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'people.db'}"
    else:
        request.getfixturevalue("postgresql_url")  # skips, or fails in CI, where there is none
        if Postgres.programs() is None:
            pytest.skip("a PostgreSQL server of one's own needs its programs")
        with Postgres() as server:
            yield server.new_database()


def unmet(rows: Sequence[Row | NotRun]) -> list[tuple[str, ...]]:
    return [row.cells() for row in rows if isinstance(row, Row) and row.has_aim and not row.met]


def test_a_response_sent_at_once_by_many_is_sent_once_and_all_are_answered_alike(url: str):
    prepared(url)
    answers = [*submits.by_threads(url, PEOPLE), *submits.by_processes(url, PEOPLE)]
    assert answers == [answers[0]] * (2 * PEOPLE)
    assert submits.replayed(url) == 0
    assert sent_times(url, ROUND, LIBRARIES[0]) == ONCE
    assert halves(contents(url)) == []


def test_libraries_that_send_at_one_moment_have_receipts_of_their_own(url: str):
    prepared(url)
    assert len(set(submits.by_libraries(url))) == len(LIBRARIES)
    assert halves(contents(url)) == []


@pytest.mark.slow
def test_twenty_clicks_in_two_tabs_send_once(tmp_path: Path):
    assert unmet(clicks.clicked(tmp_path)) == []


def test_two_people_in_every_order_and_at_one_moment_overwrite_nothing(url: str):
    with closing(Store.open(url)) as store:
        cast = Cast(store)
        orders = meetings.every_order(store, cast, 17)
        moments = meetings.at_one_moment(store, cast, SEED, 20)
        held = contents(url)
        assert store.audit.verify().faults == ()
    for count in (orders, moments):
        count.take_rows(held)
    assert orders.meetings == 143
    assert orders.stale > 0
    assert orders.refused > 0
    assert set(+orders.done) == set(ACTS)
    assert (orders.faults, moments.faults) == ({}, {})


def test_every_act_from_every_state_meets_every_other_one_in_every_order():
    assert len(meetings._combinations(1)) == len(ResponseState) * len(ACTS) ** 2 * 6
    assert set(WAYS) == set(POSSIBLE) == set(ResponseState)
    assert set(ACTS) == set(WHO) == set(Action)


def of_state(old: str, new: str, by: str) -> Entry:
    return Entry("response.state", "response:r/l", {"state": old}, {"state": new}, by)


SAVED = Entry("answer.save", "answer:r/l/A2", {}, {"revision": 1}, "entry.0")
SENT = of_state("draft", "submitted", "director.0")
DECIDED = Entry("review.decide", "answer:r/l/A2", {}, {"revision": 1}, "reviewer.0")
REPLIED = Entry("review.post", "answer:r/l/A2", {}, {"side": "library"}, "entry.0")


@pytest.mark.parametrize(
    ("trail", "fault"),
    [
        ([of_state("draft", "accepted", "chair.0")], "draft became accepted by chair"),
        ([of_state("draft", "submitted", "entry.0")], "draft became submitted by entry"),
        (
            [SENT, of_state("under_review", "accepted", "chair.0")],
            "under_review became accepted by chair",
        ),
        ([SENT, SAVED], "answer.save by entry was taken while the response was submitted"),
        ([SAVED, DECIDED], "review.decide by reviewer was taken while the response was draft"),
        ([SENT, REPLIED], "reply by entry was taken while the response was submitted"),
        ([SAVED, SAVED, SENT, DECIDED], "a decision was taken about an answer that was not the newest"),
    ],
    ids=["illegal", "by nobody's right", "unconnected", "locked", "undecidable", "no reply", "unseen"],
)
def test_what_the_rules_forbid_is_found_in_the_trail(trail: list[Entry], fault: str):
    assert list(faults_of_trail(Contents({}, {}, trail))) == [fault]


@pytest.fixture(scope="module")
def met_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('met') / 'met.db'}"


@pytest.fixture(scope="module")
def store(met_url: str) -> Iterator[Store]:
    with closing(Store.open(met_url)) as store:
        yield store


@pytest.fixture(scope="module")
def cast(store: Store) -> Cast:
    return Cast(store)


def met(store: Store, cast: Cast, round_id: str, way: Sequence[str], names: tuple[str, str]) -> Met:
    """Both look, then one acts after the other."""
    before = meetings._place(store, cast, round_id, tuple(way))
    people = meetings._people(cast, round_id, names, 0)
    for actor in people:
        actor.look()
    first, second = (meetings._try(name, actor) for name, actor in zip(names, people, strict=True))
    return Meeting(people, names, (first, second)), before, Stood.read(store, round_id)


@pytest.mark.parametrize(
    ("round_id", "way", "names", "gone", "fault"),
    [
        ("a", (), ("save", "save"), {"history": ()}, "an acknowledged save is not there"),
        ("b", ("submit",), ("decide", "decide"), {"decisions": ()}, "an acknowledged decision is not there"),
        ("c", (), ("submit", "submit"), {"sendings": ()}, "an acknowledged receipt is not there"),
        ("d", ("submit", "decide"), ("reply", "accept"), {"posts": ()}, "an acknowledged reply is not there"),
        ("e", ("submit",), ("withdraw", "save"), {"sendings": ()}, "an acknowledged withdrawal is not there"),
    ],
    ids=["a save", "a decision", "a sending", "a reply", "a withdrawal"],
)
def test_an_act_that_was_acknowledged_and_is_gone_is_found(
    store: Store,
    cast: Cast,
    round_id: str,
    way: Sequence[str],
    names: tuple[str, str],
    gone: dict[str, object],
    fault: str,
):
    meeting, before, after = met(store, cast, round_id, way, names)
    assert list(faults_of(meeting, before, after)) == []
    assert fault in faults_of(meeting, before, replace(after, **gone))


@pytest.mark.parametrize("names", [("save", "save"), ("decide", "decide")], ids=["saves", "decisions"])
def test_a_loser_who_is_shown_something_else_is_found(store: Store, cast: Cast, names: tuple[str, str]):
    way = () if names[0] == "save" else ("submit",)
    meeting, before, after = met(store, cast, f"stale-{names[0]}", way, names)
    [stale] = meeting.told(SurveyError)
    stale.current = Recorded(saved_by="nobody", revision=2)
    found = (
        f"the loser of two {'saves' if names[0] == 'save' else 'decisions'} was not shown what stood there"
    )
    assert list(faults_of(meeting, before, after)) == [found]


def test_a_refusal_that_is_not_noted_is_found(store: Store, cast: Cast, met_url: str):
    meeting, _, _ = met(store, cast, "noted", (), ("withdraw", "save"))
    held = contents(met_url)
    assert list(faults_of_notes(held, [meeting])) == []
    without = replace(held, audit=[entry for entry in held.audit if entry.action != "refused"])
    assert list(faults_of_notes(without, [meeting])) == [
        "a refused withdraw is not noted, or not in its words"
    ]


@pytest.mark.slow
def test_the_server_outlives_a_full_disk_and_a_file_that_vanished():
    assert unmet(outages.of_sqlite(None)) == []


def test_the_store_outlives_a_file_that_may_not_be_written_and_too_many_connections():
    assert unmet(outages_of_store.run()) == []
