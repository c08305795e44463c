"""Open the store that the environment names: the real database, or the sample rounds in their own file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypedDict

from survey.errors import StorageError
from survey.members import load_members
from survey.sample.loading import load_sample
from survey.store import Store
from survey.store.sessions import ABSOLUTE, IDLE

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "var"
SAMPLE_FILE = FOLDER / "minh-hoa.db"
REAL_FILE = FOLDER / "thuoc-so.db"
PURPOSE = "purpose"
SAMPLE = "sample"
LOADING = "sample being loaded"
REAL = "real"
LOADER = "system"
LONGEST = timedelta(hours=24)  # a session that lives for days is one that nobody watches


class SessionLimits(TypedDict):
    """How long a session lives without a click, and how long at all."""

    idle: timedelta
    absolute: timedelta


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


def session_limits(environment: Mapping[str, str]) -> SessionLimits:
    """How long sessions live: what the environment says, else 45 minutes without a click and 12 hours.

    Raises:
        StorageError: a limit is no number of minutes or hours that makes sense.
    """
    return {
        "idle": timedelta(
            minutes=_limit(environment, "THUOC_SO_IDLE_MINUTES", IDLE, timedelta(minutes=1), 5)
        ),
        "absolute": timedelta(
            hours=_limit(environment, "THUOC_SO_SESSION_HOURS", ABSOLUTE, timedelta(hours=1), 1)
        ),
    }


def _limit(environment: Mapping[str, str], name: str, usual: timedelta, unit: timedelta, least: int) -> float:
    given = environment.get(name, "").strip()
    if not given:
        return usual / unit
    most = LONGEST // unit
    if not given.isascii() or not given.isdigit() or not least <= int(given) <= most:
        raise StorageError(
            vi=f"{name}={given} không dùng được: hãy viết một số nguyên từ {least} đến {most}, hoặc bỏ biến này.",
            en=f"{name}={given} cannot be used: write a whole number from {least} to {most}, or leave it out.",
        )
    return int(given)


def _open_sample(environment: Mapping[str, str]) -> Opened:
    file = Path(environment.get("THUOC_SO_SAMPLE_FILE") or SAMPLE_FILE)
    kept: dict[str, Any] = {"evidence": evidence_folder(environment), **session_limits(environment)}
    store = Store.open(database_address(environment), **kept)
    purpose = store.settings.get(PURPOSE)
    if purpose == LOADING:
        # The last start was ended before the sample was whole: it is ours, so it is made anew.
        store.close()
        file.unlink()
        store, purpose = Store.open(_address(file), **kept), None
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
    store = Store.open(
        database_address(environment), evidence=evidence_folder(environment), **session_limits(environment)
    )
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
