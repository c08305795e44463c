"""Whether the time of a refused sign-in tells an account that exists from one that does not.

python -m benchmarks.sign_in prints the mean of 200 tries of each, taken by turns, on SQLite and, where
DATABASE_URL names one, on PostgreSQL. Nothing asserts a time: machines are noisy.
"""

import os
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import perf_counter

from survey.access import Role
from survey.store import Store
from survey.store.attempts import ACCOUNT_LIMIT

TRIES = 200
WARM = 10


def main() -> None:
    with TemporaryDirectory() as folder:
        _measure("SQLite", f"sqlite:///{Path(folder) / 'sign-in.db'}")
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        _measure("PostgreSQL", os.environ["DATABASE_URL"])


def _measure(name: str, url: str) -> None:
    store = Store.open(url)
    try:
        logins = [f"do-thoi-gian-{number}" for number in range(TRIES // ACCOUNT_LIMIT)]
        for login in logins:
            if store.accounts.by_login(login) is None:
                store.accounts.add(login, login, Role.CHAIR, None, "một câu dễ nhớ lắm", by="benchmark")
        known, unknown = [], []
        for number in range(-WARM, TRIES):
            # As many wrong tries of each account as are allowed, each from an address of its own.
            login = logins[number // ACCOUNT_LIMIT] if number >= 0 else f"warm{number}"
            first = _seconds(store, login, f"a{number}")
            second = _seconds(store, f"khong-co-{login}", f"b{number}")
            if number >= 0:
                known.append(first)
                unknown.append(second)
    finally:
        store.close()
    both = mean([*known, *unknown])
    print(
        f"{name}: known {1000 * mean(known):.1f} ms (median {1000 * median(known):.1f}), "
        f"unknown {1000 * mean(unknown):.1f} ms (median {1000 * median(unknown):.1f}), "
        f"difference {100 * abs(mean(known) - mean(unknown)) / both:.1f} % of the mean over {TRIES} tries; "
        "aim: less than 10 %"
    )


def _seconds(store: Store, login: str, address: str) -> float:
    begun = perf_counter()
    assert store.accounts.check_password(login, "một câu đoán sai", address) is None
    return perf_counter() - begun


if __name__ == "__main__":
    main()
