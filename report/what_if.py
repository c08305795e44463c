"""A round's report for one library with other answers in it: a copy, the round itself stays as it is."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from report.round_report import RoundReport
from survey.checks import HARD, problems_beside, question_problems
from survey.framework import Framework
from survey.response import Answer, Response
from survey.scenario import digest_of
from survey.text import Text


def changed(report: RoundReport, library: str, changes: Mapping[str, Answer]) -> RoundReport:
    """The report of this library alone with `changes` in place of its answers.

    A changed answer is verified by nobody.
    """
    own = report.only([library])
    response = with_changes(own.responses[library], changes)
    return replace(own, responses=MappingProxyType({library: response}))


def changed_together(report: RoundReport, changes: Mapping[str, Mapping[str, Answer]]) -> RoundReport:
    """The report of all its libraries with changes by library and question."""
    responses = {
        library: with_changes(response, changes.get(library, {}))
        for library, response in report.responses.items()
    }
    return replace(report, responses=MappingProxyType(responses))


def with_changes(response: Response, changes: Mapping[str, Answer]) -> Response:
    """A copy of the response that holds other answers."""
    for name, answer in changes.items():
        entry = replace(response.entry(name), answer=answer, verified=False, reduced=None)
        response = response.with_entry(name, entry)
    return response


def fault_of(
    framework: Framework, response: Response, changes: Mapping[str, Answer], question: str, answer: Answer
) -> Text | None:
    """Why `answer` cannot be taken over into the changes, or None.

    A contradiction to another answer that is there without it does not count.
    """
    own = [one for one in question_problems(framework.questions[question], answer) if one.severity == HARD]
    if own:
        return own[0].message
    before = with_changes(response, {name: one for name, one in changes.items() if name != question})
    known = {one.code for one in problems_beside(framework, before, question)}
    tried = with_changes(before, {question: answer})
    found = [
        one
        for one in problems_beside(framework, tried, question)
        if one.severity == HARD and one.code not in known
    ]
    return found[0].message if found else None


def base_digest(report: RoundReport, library: str) -> str:
    """The digest of the answers that changes are made to."""
    return digest_of(report.responses[library].answers, report.framework.indicators)
