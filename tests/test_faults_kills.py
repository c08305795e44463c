"""The faults of `python -m benchmarks.faults` in a short form: kills and power losses, and that losses are found."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.faults import kills, power, whole_server
from benchmarks.faults.halves import halves
from benchmarks.faults.inspection import contents, lost
from benchmarks.faults.postgres import Postgres
from benchmarks.faults.rounds import prepared
from benchmarks.faults.workers import Worker
from benchmarks.faults.working import Job

SEED = 11
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and /proc")


@pytest.fixture(scope="module")
def postgres(postgresql_url: str) -> Iterator[Postgres]:  # noqa: ARG001 - fails in CI where there is none
    if Postgres.programs() is None:
        pytest.skip("a PostgreSQL server can be killed only where its programs are installed")
    with Postgres() as server:
        yield server


def test_a_process_killed_at_any_moment_loses_nothing_acknowledged(tmp_path: Path):
    count = kills.sqlite(tmp_path, SEED, 6)
    assert count.kills == 6
    assert sum(count.told[act] for act in kills.ACTS) > 0
    assert (count.lost, count.halves, count.broken) == ([], [], [])


@pytest.mark.postgres
def test_a_client_of_postgresql_killed_at_any_moment_loses_nothing_acknowledged(postgres: Postgres):
    count = kills.postgresql(postgres, SEED, 6)
    assert sum(count.told[act] for act in kills.ACTS) > 0
    assert (count.lost, count.halves) == ([], [])


@pytest.mark.postgres
def test_a_postgresql_server_that_ends_at_once_loses_nothing_and_is_used_again(postgres: Postgres):
    count = kills.postgresql_itself(postgres, SEED, 1)
    assert sum(count.told[act] for act in kills.ACTS) > 1
    assert (count.lost, count.halves) == ([], [])


@pytest.mark.slow
def test_a_whole_server_killed_while_it_says_saved_loses_nothing(tmp_path: Path):
    rows = whole_server.run(tmp_path, SEED, 1)
    assert [row.cells() for row in rows if not row.met] == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="freezes a process by /proc")
def test_the_files_that_a_power_loss_leaves_hold_every_acknowledged_commit(tmp_path: Path):
    count = power.power_losses(tmp_path, SEED, 8)
    assert (count.copies, count.opened, count.present, count.problems) == (8, 8, 8, [])
    assert count.acknowledged > 0


def test_every_connection_waits_for_the_disk(tmp_path: Path):
    assert power.synced_connections(tmp_path / "thuoc-so.db", 3) == 3


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, object]]]:
    """A database in which a worker has done each of its acts, and what it acknowledged."""
    file = tmp_path_factory.mktemp("worked") / "worked.db"
    url = f"sqlite:///{file}"
    worker = Worker(Job(url, "w", SEED, prepared(url)))
    for act in kills.ACTS:
        worker.listen_for([act], after=0)
    worker.kill()
    return file, worker.told


@pytest.mark.parametrize(
    "taken_away",
    [
        "DELETE FROM answer WHERE (question_id, revision, library_id) IN "
        "(SELECT question_id, revision, library_id FROM answer LIMIT 1)",
        "UPDATE answer SET value = value + 1 WHERE revision = 1",
        "DELETE FROM audit WHERE action = 'response.state'",
        "DELETE FROM submission WHERE serial = 1",
        "UPDATE submission SET serial = serial + 100",
        "DELETE FROM decision WHERE number = 1",
        "DELETE FROM post WHERE side = 'library'",
        "UPDATE audit SET new = '{}' WHERE action = 'response.state' AND new LIKE '%returned%'",
    ],
    ids=["a row", "a value", "the sending", "a receipt", "its number", "a decision", "a reply", "a return"],
)
def test_an_acknowledged_change_that_is_gone_is_found(
    worked: tuple[Path, list[dict[str, object]]], tmp_path: Path, taken_away: str
):
    file, told = worked
    assert lost(contents(f"sqlite:///{file}"), told) == []
    spoilt = _spoilt(file, tmp_path / "spoilt.db", taken_away)
    assert lost(contents(f"sqlite:///{spoilt}"), told)


@pytest.mark.parametrize(
    "half",
    [
        "UPDATE response SET state = 'accepted' WHERE library_id = (SELECT library_id FROM response LIMIT 1)",
        "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit WHERE action = 'response.state')",
        "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit WHERE action = 'answer.save')",
        "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit WHERE action = 'answer.import')",
        "DELETE FROM answer WHERE saved_by = (SELECT max(by) FROM audit WHERE action = 'answer.save')",
        "DELETE FROM submission WHERE serial = (SELECT max(serial) FROM submission)",
        "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit WHERE action = 'response.receipt')",
        "UPDATE submission SET withdrawn_at = sent_at WHERE serial = 1",
        "DELETE FROM decision WHERE number = (SELECT max(number) FROM decision)",
        "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit WHERE action = 'review.decide')",
        "DELETE FROM post WHERE number = (SELECT max(number) FROM post)",
        "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit WHERE action = 'review.post')",
        "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit"
        " WHERE action = 'response.state' AND new LIKE '%under_review%')",
    ],
    ids=[
        "state without entry",
        "entry gone",
        "save without entry",
        "import without entry",
        "entry without row",
        "state without receipt",
        "receipt without entry",
        "withdrawal without state",
        "entry without decision",
        "decision without entry",
        "entry without post",
        "post without entry",
        "decision without the review begun",
    ],
)
def test_a_change_that_is_there_by_half_is_found(
    worked: tuple[Path, list[dict[str, object]]], tmp_path: Path, half: str
):
    file, _told = worked
    assert halves(contents(f"sqlite:///{file}")) == []
    assert halves(contents(f"sqlite:///{_spoilt(file, tmp_path / 'spoilt.db', half)}"))


def _spoilt(file: Path, to: Path, sentence: str) -> Path:
    with closing(sqlite3.connect(file)) as given, closing(sqlite3.connect(to)) as taken:
        given.backup(taken)
        taken.execute("PRAGMA foreign_keys = OFF")
        for (guard,) in taken.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            taken.execute(f"DROP TRIGGER {guard}")
        assert taken.execute(sentence).rowcount > 0
        taken.commit()
    return to
