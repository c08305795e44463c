"""The faults of `python -m benchmarks.faults` in a short form: awkward texts, forged messages, taken-over sessions."""

import asyncio
import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from benchmarks.faults import forged, taken_over, texts, texts_in_files, texts_on_pages
from benchmarks.faults.awkward import LONG, all_texts, by_category
from benchmarks.faults.real_server import RealServer, sample_server
from benchmarks.faults.table import NotRun, Row
from benchmarks.visitors import sign_in
from survey.members import load_members
from survey.store import Store

SEED = 13
EVERY = 9


@dataclass(frozen=True)
class Served:
    """A real server with awkward texts in its database."""

    server: RealServer
    file: Path
    round_id: str
    tried: texts.Tried


def test_the_list_of_awkward_texts_is_long_and_of_many_kinds():
    assert len(all_texts()) >= 700
    assert len(set(all_texts())) == len(all_texts())
    assert len(by_category()) >= 15
    assert max(map(len, all_texts())) >= LONG


def test_awkward_texts_are_read_back_as_they_were_written(tmp_path: Path):
    with closing(Store.open(f"sqlite:///{tmp_path / 'texts.db'}")) as store:
        store.members.replace_all(load_members().members, "tests")
        tried = texts.keep(store, all_texts()[::EVERY])
        texts.read_back(store, tried)
    assert len(tried.slots) >= 100
    assert (tried.changed, tried.raised) == ([], [])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real server with awkward texts in its database."""
    server, file, round_id = sample_server(tmp_path_factory.mktemp("texts"))
    with closing(Store.open(f"sqlite:///{file}")) as store:
        tried = texts.keep(store, all_texts()[:: 4 * EVERY])
    with server:
        yield Served(server, file, round_id, tried)


def test_awkward_texts_are_shown_as_text_on_the_real_pages(served: Served):
    server, tried = served.server, served.tried
    chair, administrator = sign_in(server.port, texts.CHAIR), sign_in(server.port, texts.ADMINISTRATOR)
    rows = asyncio.run(
        texts_on_pages.rows(server, chair, administrator, tried.slots, tried.reviewed, tried.names)
    )
    assert unmet(rows) == []


def test_awkward_texts_stand_in_the_files_and_are_no_formulas(served: Served):
    server, tried = served.server, served.tried
    assert unmet(texts_in_files.rows(server, sign_in(server.port, texts.CHAIR), tried.slots)) == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<p onclick=x>",
        "<a href='javascript:x'>",
        "<!-- x -->",
        "<img>",
        "<?x ?>",
        "<!DOCTYPE x>",
    ],
)
def test_what_came_out_of_a_text_is_found_on_a_page(html: str):
    assert texts_on_pages.shown(f"<p>a</p>{html}").foreign


def test_a_formula_is_found_in_a_file():
    book = Workbook()
    book.active.append(["Thư viện", "Mã"])
    book.active.append(["Sơn La", "=1+1"])
    kept = io.BytesIO()
    book.save(kept)
    assert texts_in_files._read(book.active)[1].count("f") == 1


def test_forged_messages_change_nothing_and_the_server_lives(served: Served):
    assert unmet(forged.forged(served.server, served.file, served.round_id, SEED, 60)) == []


def test_a_forbidden_change_is_found_and_an_own_one_is_not():
    before = {"answer": forged.Counter({(("library_id", "son_la"),): 1})}
    own = {"answer": forged.Counter({(("library_id", "son_la"), ("revision", 2)): 1})}
    other = {"answer": before["answer"] + forged.Counter({(("library_id", "lai_chau"),): 1})}
    assert list(forged.forbidden_changes(before, own)) == []
    assert len(list(forged.forbidden_changes(before, other))) == 1


def test_a_session_id_alone_shows_nothing(served: Served):
    assert unmet(taken_over.taken_over(served.server)) == []


def unmet(rows: list[Row | NotRun] | list[Row]) -> list[tuple[str, ...]]:
    return [row.cells() for row in rows if isinstance(row, Row) and row.has_aim and not row.met]
