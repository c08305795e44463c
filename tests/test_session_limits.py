"""How long sessions live is said by the environment."""

from datetime import timedelta

import pytest

from survey.errors import StorageError
from survey.opening import session_limits


def test_without_a_word_it_is_forty_five_minutes_and_twelve_hours():
    assert session_limits({}) == {"idle": timedelta(minutes=45), "absolute": timedelta(hours=12)}


def test_the_environment_says_otherwise():
    given = {"THUOC_SO_IDLE_MINUTES": " 20 ", "THUOC_SO_SESSION_HOURS": "8"}
    assert session_limits(given) == {"idle": timedelta(minutes=20), "absolute": timedelta(hours=8)}


@pytest.mark.parametrize("name", ["THUOC_SO_IDLE_MINUTES", "THUOC_SO_SESSION_HOURS"])
@pytest.mark.parametrize("given", ["0", "-5", "1e3", "many", "4,5", "100000", "²"])
def test_what_makes_no_sense_is_refused_with_its_name(name: str, given: str):
    with pytest.raises(StorageError, match=name):
        session_limits({name: given})


def test_a_session_lives_long_enough_to_be_warned():
    with pytest.raises(StorageError, match="từ 5 đến"):
        session_limits({"THUOC_SO_IDLE_MINUTES": "4"})
