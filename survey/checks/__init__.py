"""Checks on answers: hard faults that stop the sending, soft ones that ask for a reason.

The rules are the framework's; a soft check is a question, not an accusation.
"""

from survey.checks.finding import find_problems, problems_beside, question_problems, sound_answers
from survey.checks.problem import HARD, SOFT, Problem

__all__ = [
    "HARD",
    "SOFT",
    "Problem",
    "find_problems",
    "problems_beside",
    "question_problems",
    "sound_answers",
]
