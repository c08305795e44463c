"""Open the store that the environment names: the real database, or the sample rounds in their own file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from survey.errors import StorageError
from survey.members import load_members
from survey.sample.loading import load_sample
from survey.store import Store

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "var"
SAMPLE_FILE = FOLDER / "minh-hoa.db"
REAL_FILE = FOLDER / "thuoc-so.db"
PURPOSE = "purpose"
SAMPLE = "sample"
LOADING = "sample being loaded"
REAL = "real"
LOADER = "system"


@dataclass(frozen=True)
class Opened:
    """The store, and whether its data are the invented ones."""

    store: Store
    sample: bool


def open_store(environment: Mapping[str, str]) -> Opened:
    """Open what THUOC_SO_SAMPLE and DATABASE_URL ask for, filled with what a start needs.

    Raises:
        StorageError: the address is wrong, the database does not answer, or sample and real data
            would meet in one database.
    """
    return _open_sample(environment) if wants_sample(environment) else _open_real(environment)


def database_address(environment: Mapping[str, str]) -> str:
    """The address of the database that a start with this environment would open."""
    if wants_sample(environment):
        return _address(Path(environment.get("THUOC_SO_SAMPLE_FILE") or SAMPLE_FILE))
    return environment.get("DATABASE_URL", "").strip() or _address(REAL_FILE)


def evidence_folder(environment: Mapping[str, str]) -> Path:
    """Where evidence files are kept; sample data have a folder of their own."""
    named = environment.get("THUOC_SO_EVIDENCE", "").strip()
    return (
        Path(named) if named else FOLDER / ("minh-hoa-tai-lieu" if wants_sample(environment) else "tai-lieu")
    )


def wants_sample(environment: Mapping[str, str]) -> bool:
    return environment.get("THUOC_SO_SAMPLE", "").strip() in ("1", "true", "yes")


def _open_sample(environment: Mapping[str, str]) -> Opened:
    file = Path(environment.get("THUOC_SO_SAMPLE_FILE") or SAMPLE_FILE)
    evidence = evidence_folder(environment)
    store = Store.open(database_address(environment), evidence=evidence)
    purpose = store.settings.get(PURPOSE)
    if purpose == LOADING:
        # The last start was ended before the sample was whole: it is ours, so it is made anew.
        store.close()
        file.unlink()
        store, purpose = Store.open(_address(file), evidence=evidence), None
    if purpose == REAL or (purpose is None and not _is_empty(store)):
        store.close()
        raise StorageError(
            vi=f"Tệp {file} chứa dữ liệu thật, không dùng cho chế độ minh họa được. "
            "Hãy đặt THUOC_SO_SAMPLE_FILE tới một tệp khác.",
            en=f"The file {file} holds real data and cannot be used for the sample. "
            "Point THUOC_SO_SAMPLE_FILE to another file.",
        )
    if purpose is None:
        store.settings.put(PURPOSE, LOADING)
        load_sample(store)
        store.settings.put(PURPOSE, SAMPLE)
    return Opened(store, sample=True)


def _open_real(environment: Mapping[str, str]) -> Opened:
    store = Store.open(database_address(environment), evidence=evidence_folder(environment))
    if store.settings.get(PURPOSE) == SAMPLE:
        store.close()
        raise StorageError(
            vi="Cơ sở dữ liệu này chứa dữ liệu minh họa, không thể mở như dữ liệu thật. "
            "Hãy sửa DATABASE_URL, hoặc chạy ở chế độ minh họa.",
            en="This database holds sample data and cannot be opened as real data. "
            "Correct DATABASE_URL, or start in sample mode.",
        )
    if store.settings.get(PURPOSE) is None:
        store.settings.put(PURPOSE, REAL)
    if not store.members.all():
        store.members.replace_all(load_members().members, LOADER)
    return Opened(store, sample=False)


def _is_empty(store: Store) -> bool:
    return not (store.members.all() or store.rounds.all() or store.accounts.has_accounts())


def _address(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{file}"
