"""What the parts of a merged library gave in a round before the merger, and what that makes together."""

from collections.abc import Sequence

import numpy as np

from report.round_report import VERIFIED, RoundReport
from scoring.matrix import Floats, indicator_value
from scoring.merging import Rebuilt, rebuild
from scoring.reviewed import standing_answer
from survey.framework import AnyQuestion, Framework
from survey.members import Member
from survey.response import Answer


def parts_of(report: RoundReport, library: str) -> tuple[Member, ...]:
    """The members of a round that were merged into `library` later."""
    return tuple(member for member in report.members if member.successor == library)


def counted_answer(report: RoundReport, library: str, name: str, basis: str) -> Answer | None:
    """The answer that counts on a basis, sent or not: without a fault, or as the review left it; None without one."""
    entry, sound = report.responses[library].entry(name), name in report.sound(library)
    if basis == VERIFIED:
        return standing_answer(report.framework, name, entry, sound=sound)
    return entry.answer if sound else None


def sent_answer(report: RoundReport, library: str, name: str, basis: str) -> Answer | None:
    """The answer that counts and was sent; None where there is none to trust."""
    return None if report.responses[library].editable else counted_answer(report, library, name, basis)


def rebuilt(report: RoundReport, library: str, question: AnyQuestion, basis: str) -> Rebuilt:
    parts = parts_of(report, library)
    return rebuild(question, {part.id: sent_answer(report, part.id, question.id, basis) for part in parts})


def rebuilt_values(rounds: Sequence[RoundReport], library: str, framework: Framework, basis: str) -> Floats:
    """x by (rounds, indicators) where the parts stand for the library; NaN elsewhere.

    A library of which a part was outside the Federation has none: its parts here are not all of it.
    """
    value = np.full((len(rounds), len(framework.indicators)), np.nan)
    newest = next((m for one in reversed(rounds) for m in one.members if m.id == library), None)
    if newest is None or newest.outside_parts:
        return value
    for place, report in enumerate(rounds):
        if not parts_of(report, library):
            continue
        for column, (name, indicator) in enumerate(framework.indicators.items()):
            if name not in report.framework.indicators:
                continue
            answer = rebuilt(report, library, indicator, basis).answer
            x = None if answer is None else indicator_value(indicator, answer)
            value[place, column] = np.nan if x is None else x
    return value
