"""One thing to mend or to confirm at one question."""

from dataclasses import dataclass

from survey.framework import AnyQuestion
from survey.response import Answer
from survey.text import Text

HARD, SOFT = "hard", "soft"
MISSING = "missing-"


@dataclass(frozen=True)
class Problem:
    """One thing to mend (hard) or to confirm with a reason (soft) at one question.

    code: permanent name of the check, under which a reason is kept. reason: what was given.
    """

    question_id: str
    severity: str
    code: str
    message: Text
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.severity == HARD or not self.reason

    @property
    def is_half_given(self) -> bool:
        """Whether nothing is wrong but that another figure of the answer is still to come."""
        return self.code.startswith(MISSING)


def hard(question: AnyQuestion, code: str, message: Text) -> Problem:
    return Problem(question.id, HARD, code, message)


def soft(question_id: str, code: str, answer: Answer, message: Text) -> Problem:
    return Problem(question_id, SOFT, code, message, answer.confirmed.get(code, ""))
