"""The deadline stands on a library's first page, and stands out when little time is left."""

from datetime import timedelta

import pytest

from pages.places import Place
from survey.response import ResponseState
from survey.text import HANOI


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (8, "còn 8 ngày.", None),
        (7, "còn 7 ngày.", "warn"),
        (2, "còn 2 ngày.", "warn"),
        (1, "còn 1 ngày.", "bad"),
        (0, "Hạn gửi là hôm nay, ", "bad"),
        (-1, "đã qua 1 ngày.", "bad"),
    ],
)
def test_a_week_and_a_day_before_it_stands_out(place: Place, left: int, words: str, tone: str | None):
    today = place.clock().astimezone(HANOI).date()
    # The last day cannot be moved into the past, so the clock is moved behind it.
    place.store.rounds.change_closing(place.round().id, today + timedelta(days=max(left, 0)), "tests")
    place.clock.forward(days=-min(left, 0))
    html = place.sign_in("sonla").open().html
    assert words in html
    badge = f"<span class='badge {tone}'><span class='mark' aria-hidden='true'>!</span>Hạn gửi"
    assert (badge in html) if tone else ("'>!</span>Hạn gửi" not in html)


def test_who_has_sent_is_not_pressed(place: Place):
    sent = next(
        library
        for library, response in place.store.answers.responses(place.round().id).items()
        if response.state is ResponseState.SUBMITTED
    )
    today = place.clock().astimezone(HANOI).date()
    place.store.rounds.change_closing(place.round().id, today + timedelta(days=1), "tests")
    login = next(person.login for person in place.store.accounts.all() if person.library_id == sent)
    html = place.sign_in(login).open().html
    assert "còn 1 ngày." in html
    assert "'>!</span>Hạn gửi" not in html
