"""What a library tells the others about how it got somewhere, and that it agreed to tell."""

from dataclasses import dataclass
from datetime import datetime

from survey.errors import SurveyError

LONGEST = 2_000  # signs


@dataclass(frozen=True)
class Practice:
    """How one library works at one indicator, as it agreed to share it.

    evidence: the files of this indicator's answer may be opened by people of the other member libraries.
    """

    round_id: str
    library_id: str
    question_id: str
    words: str
    evidence: bool
    shared_by: str
    shared_at: datetime


def clean_words(typed: str) -> str:
    """The text without blanks at its ends.

    Raises:
        SurveyError: there is none, or it is longer than `LONGEST`.
    """
    words = typed.strip()
    if not words:
        raise SurveyError(
            vi="Cách làm chưa có nội dung nên chưa được chia sẻ. Hãy viết vài câu về việc thư viện đã làm.",
            en="There is no text yet, so nothing was shared. Write a few sentences about what the library did.",
        )
    if len(words) > LONGEST:
        raise SurveyError(
            vi=f"Cách làm dài {len(words)} ký tự, quá {LONGEST} ký tự, nên chưa được chia sẻ. Hãy viết ngắn lại.",
            en=f"The text has {len(words)} signs, more than {LONGEST}, so it was not shared. Shorten it.",
        )
    return words
