"""The faults of `python -m benchmarks.faults` in a short form: sent twice, two people, and outages."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.faults import meetings, outages, outages_of_store, submits
from benchmarks.faults.inspection import Contents
from benchmarks.faults.postgres import Postgres
from benchmarks.faults.rounds import LIBRARIES, open_round, prepared
from benchmarks.faults.table import NotRun, Row
from survey.store import Store

SEED = 12
PEOPLE = 8

pytestmark = pytest.mark.slow


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
    assert submits.sent_times(url, LIBRARIES[0]) == 1
    assert submits.replayed(url) == 0


def test_twenty_clicks_in_two_tabs_send_once(tmp_path: Path):
    assert unmet(submits.clicked(tmp_path)) == []


def test_two_people_in_every_order_and_at_one_moment_overwrite_nothing(url: str):
    with closing(Store.open(url)) as store:
        open_round(store)
        orders = meetings.every_order(store, url, of=5)
        moments = meetings.at_one_moment(store, url, SEED, 20)
    assert orders.meetings == 77
    assert orders.stale > 0
    assert orders.refused > 0
    assert (orders.faults, moments.faults) == ({}, {})


def test_an_illegal_move_is_found():
    entry = ("response.state", "response:r/l", {"state": "draft"}, {"state": "accepted"}, "x")
    count = meetings.Count()
    meetings._check_moves(count, Contents({}, {"l": "accepted"}, [entry], "ok"))
    assert count.faults.total() == 1


def test_an_answer_taken_while_the_response_was_locked_is_found():
    sent = ("response.state", "response:r/l", {"state": "draft"}, {"state": "submitted"}, "x")
    saved = ("answer.save", "answer:r/l/A1", {}, {"revision": 1}, "x")
    count = meetings.Count()
    meetings._check_moves(count, Contents({}, {"l": "submitted"}, [sent, saved], "ok"))
    assert list(count.faults) == ["an answer was taken while the response was locked"]


def test_the_server_outlives_a_full_disk_and_a_file_that_vanished():
    assert unmet(outages.of_sqlite(None)) == []


def test_the_store_outlives_a_file_that_may_not_be_written_and_too_many_connections():
    assert unmet(outages_of_store.run()) == []
