"""What is written to people whom the administrator invites."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from survey.letters import invitation_letter, reset_letter
from survey.text import Language

UNTIL = datetime(2026, 3, 9, 20, 30, tzinfo=UTC)
LINK = "https://thuoc-so.example.vn/loi-moi?ma=abc{x}"


@pytest.mark.parametrize("letter", [invitation_letter, reset_letter])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_letter_names_the_person_the_link_and_the_last_moment(
    letter: Callable[[str, str, datetime, Language], tuple[str, str]], language: Language
):
    subject, text = letter("Lan {không phải chỗ trống}", LINK, UNTIL, language)
    assert "Thước Số" in subject
    assert "\n" not in subject
    assert f"\n\n{LINK}\n\n" in text
    assert "Lan {không phải chỗ trống}" in text
    assert "03:30 10/3/2026" in text  # in Hanoi
