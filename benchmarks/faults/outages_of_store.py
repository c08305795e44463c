"""(f7) Two outages that a single person at a page cannot make: no right to write, and no connection left."""

import os
from contextlib import ExitStack, closing
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults import disks
from benchmarks.faults.rounds import LIBRARIES, ROUND, prepared
from benchmarks.faults.table import Row, exactly
from benchmarks.faults.workers import processes
from survey.errors import StorageError
from survey.response import Answer, AnswerState
from survey.store import Store

CASE = "f7"
CONNECTIONS = 30  # as many as the store keeps
PATIENCE = 0.2  # seconds
YES = Answer(state=AnswerState.ANSWERED, value=1)


def run() -> list[Row]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        return [*_read_only(folder), *_exhausted(folder)]


def _rows(what: str, words: str, said: str, kept: bool, recovered: bool) -> list[Row]:
    return [
        exactly(CASE, f"SQLite, {what}: told «{words}»", int(words in said), 1),
        exactly(
            CASE, f"SQLite, {what}: what was saved before stands, what was refused does not", int(kept), 1
        ),
        exactly(CASE, f"SQLite, {what}: the same store saves again afterwards", int(recovered), 1),
    ]


def _exhausted(folder: Path) -> list[Row]:
    url = f"sqlite:///{folder / 'many.db'}"
    prepared(url)
    with closing(Store.open(url, lock_wait=PATIENCE)) as store:
        _save(store, "A2")
        with ExitStack() as held:
            for _ in range(CONNECTIONS):
                held.enter_context(store._database.reading())
            said = _save(store, "A3")
        kept = _saved(store) == {"A2"}
        _save(store, "A3")
        return _rows(
            f"all {CONNECTIONS} connections in use", "đang bận", said, kept, _saved(store) == {"A2", "A3"}
        )


def _read_only(folder: Path) -> list[Row]:
    """In a process of its own, since it gives up the rights of root."""
    folder.chmod(0o755)
    context = processes()
    near, far = context.Pipe(duplex=False)
    process = context.Process(target=_write_forbidden, args=(folder / "forbidden.db", far))
    process.start()
    said, kept, recovered = near.recv()
    process.join()
    return _rows("file may not be written", "chế độ chỉ đọc", said, kept, recovered)


def _write_forbidden(file: Path, answer: Connection) -> None:
    url = f"sqlite:///{file}"
    prepared(url)
    with closing(Store.open(url)) as before:
        _save(before, "A2")
        _allow(file, 0o444)
        store = Store.open(url)
        store._database.close()
        disks.become_nobody()
        said = _save(store, "A3")
        kept = _saved(store) == {"A2"}
        disks.become_root()
        _allow(file, 0o666)
        disks.become_nobody()
        _save(store, "A3")
        answer.send((said, kept, _saved(store) == {"A2", "A3"}))
    os._exit(0)  # without the rights of root, closing would only complain


def _allow(file: Path, rights: int) -> None:
    for path in file.parent.glob(f"{file.name}*"):
        path.chmod(rights)


def _save(store: Store, question: str) -> str:
    """Save, or return the sentence that says why not."""
    try:
        store.answers.save(ROUND, LIBRARIES[0], question, YES, opened_revision=0, by="lan")
    except StorageError as error:
        return error.text.vi
    return ""


def _saved(store: Store) -> set[str]:
    return set(store.answers.response(ROUND, LIBRARIES[0]).answers)
