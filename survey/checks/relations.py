"""The framework's own checks between two figures."""

from survey.checks.problem import SOFT, Problem
from survey.figures import figure_named
from survey.framework import Framework
from survey.framework.rules import Check
from survey.response import Response
from survey.text import Text, format_number


def relation(framework: Framework, response: Response, check: Check) -> list[Problem]:
    left, right = figure_named(framework, check.left), figure_named(framework, check.right)
    answer = response.answer(left.question_id)
    a, b = left.of(answer), right.of(response.answer(right.question_id))
    if a is None or b is None or _holds(check, a, b):
        return []
    message = Text(
        vi=check.message.vi.format(
            left=format_number(a, "vi", decimals=2), right=format_number(b, "vi", decimals=2)
        ),
        en=check.message.en.format(
            left=format_number(a, "en", decimals=2), right=format_number(b, "en", decimals=2)
        ),
    )
    reason = answer.confirmed.get(check.id, "") if check.severity == SOFT else ""
    return [Problem(left.question_id, check.severity, check.id, message, reason)]


def _holds(check: Check, a: float, b: float) -> bool:
    if check.relation == "equal":
        return a == b
    if check.relation == "at_most":
        return a <= b
    if check.between is None or b == 0:
        return True
    return check.between.low <= a / b <= check.between.high
