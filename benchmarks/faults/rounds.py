"""A database with the real questionnaire in a round that is open, its people, and nothing answered yet."""

from datetime import date
from functools import cache

from benchmarks.faults.people import add_people
from survey.framework import FrameworkFile, load_framework
from survey.framework.loading import DATA
from survey.rounds import Round, RoundState
from survey.store import Store

ROUND = "thu-2026"
LIBRARIES = ("cao_bang", "dien_bien", "lai_chau", "lang_son", "son_la")
FRAMEWORK = "qd206"
LAST_DAY = date(2100, 12, 31)


def open_round(store: Store, round_id: str = ROUND) -> tuple[str, ...]:
    """Add a round to `store`, open it, and return the ids of its questions."""
    framework = _framework()
    store.rounds.add(
        Round(
            id=round_id,
            name=f"Đợt {round_id}",
            framework_id=framework.framework.id,
            framework_version=framework.framework.version,
            reference_date=date(2025, 12, 31),
            opens_on=date(2026, 1, 1),
            closes_on=LAST_DAY,
        ),
        by="chutich",
    )
    store.rounds.change_state(
        round_id, RoundState.OPEN, "chutich", checksum=framework.checksum, framework_text=framework.text
    )
    return tuple(framework.framework.questions)


def prepared(url: str) -> tuple[str, ...]:
    """Do the same in the empty database at `url`, with accounts for the libraries, and close it."""
    store = Store.open(url)
    try:
        questions = open_round(store)
        add_people(store, ROUND, LIBRARIES)
        return questions
    finally:
        store.close()


@cache
def _framework() -> FrameworkFile:
    return load_framework(DATA / "frameworks" / f"{FRAMEWORK}.yaml")
