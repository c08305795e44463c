"""The faults of `python -m benchmarks.faults` in a short form: tampering, guesses at once, copied cookies."""

from collections.abc import Sequence

import pytest

from benchmarks.faults import doors, tampering
from benchmarks.faults.table import Row
from survey.store import audit

SEED = 14


def unmet(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    assert all(row.has_aim for row in rows)
    return [row.cells() for row in rows if not row.met]


def test_every_tampering_is_found_and_nothing_else():
    assert unmet(tampering.run(SEED, quick=True)) == []


def test_a_tampering_that_nobody_looks_for_would_be_missed(monkeypatch: pytest.MonkeyPatch):
    """The case itself is not blind: with a `verify` that always says yes every row fails."""
    monkeypatch.setattr(audit.Audit, "verify", lambda _self, _anchor=None: _Content())
    assert len(unmet(tampering.run(SEED, quick=True))) == len(tampering.KINDS)


class _Content:
    faults = ()


@pytest.mark.usefixtures("quick_hashing")
def test_exactly_as_many_guesses_are_looked_at_as_may_be():
    assert unmet(doors.lockout(SEED, quick=True)) == []


@pytest.mark.usefixtures("quick_hashing")
def test_a_copied_cookie_dies_with_its_session():
    assert unmet(doors.cookies(SEED, quick=True)) == []
