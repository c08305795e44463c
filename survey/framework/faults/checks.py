"""The checks between two figures."""

from collections.abc import Iterator
from string import Formatter

from survey.framework.asked import CountQuestion, NumberIndicator, RatioIndicator
from survey.framework.model import Framework
from survey.framework.rules import Check
from survey.text import LANGUAGES


def checks(framework: Framework) -> Iterator[str]:
    for check in framework.checks:
        for side in ("left", "right"):
            name = getattr(check, side)
            if not _figure_exists(framework, name):
                yield f"checks > {check.id} > {side}: '{name}' is no figure of this framework"
        if (check.relation == "quotient") != (check.between is not None):
            yield f"checks > {check.id} > between: a range belongs to a quotient, and only to it"
        if check.between is not None and check.between.low > check.between.high:
            yield (
                f"checks > {check.id} > between: low {check.between.low:g} is above high {check.between.high:g}"
            )
        if check.left == check.right:
            yield f"checks > {check.id} > right: '{check.right}' would be compared with itself"
        yield from _message(check)


def _figure_exists(framework: Framework, name: str) -> bool:
    question_id, _, part = name.partition(".")
    question = framework.questions.get(question_id)
    if part:
        return isinstance(question, RatioIndicator) and part in ("numerator", "denominator")
    return isinstance(question, NumberIndicator | CountQuestion)


def _message(check: Check) -> Iterator[str]:
    """The two figures are put into the message, so its braces must name nothing else."""
    for language in LANGUAGES:
        try:
            braces = list(Formatter().parse(check.message.to(language)))
            sound = all(
                name in (None, "left", "right") and not form and not conversion
                for _, name, form, conversion in braces
            )
        except ValueError:
            sound = False
        if not sound:
            yield (
                f"checks > {check.id} > message > {language}: braces can hold {{left}} and {{right}} only, "
                "for the two figures"
            )
