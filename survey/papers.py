"""What can be said of a library's evidence in a round: what is missing, what is old, what lies unused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from survey.evidence import read_issued
from survey.framework import Framework
from survey.framework.asked import ScoredBase
from survey.response import AnswerState, Document, Response

OLD_AFTER_YEARS = 2


@dataclass(frozen=True)
class Paper:
    """One document and the questions whose answers cite it. issued: the day it names, where it names one."""

    document: Document
    question_ids: tuple[str, ...]
    issued: date | None
    old: bool


@dataclass(frozen=True)
class Papers:
    """missing: answered questions that need evidence and have neither that nor an explanation.

    unused: digests of files on the shelf that no answer cites.
    """

    missing: tuple[str, ...]
    cited: tuple[Paper, ...]
    unused: tuple[str, ...]


def look_through(framework: Framework, response: Response, shelf: Iterable[str], reference: date) -> Papers:
    """Look through the evidence of a response; `reference` is the day of the round's figures."""
    by_document: dict[Document, list[str]] = {}
    missing = []
    for name, question in framework.questions.items():
        answer = response.answer(name)
        for document in answer.evidence:
            by_document.setdefault(document, []).append(name)
        needs = isinstance(question, ScoredBase) and question.evidence
        bare = not answer.has_evidence and not answer.explanation.strip()
        if needs and answer.state is AnswerState.ANSWERED and bare:
            missing.append(name)
    used = {document.file for document in by_document}
    return Papers(
        missing=tuple(missing),
        cited=tuple(_paper(document, names, reference) for document, names in by_document.items()),
        unused=tuple(digest for digest in shelf if digest not in used),
    )


def _paper(document: Document, names: list[str], reference: date) -> Paper:
    issued = read_issued(document.issued) or read_issued(document.number)
    return Paper(document, tuple(names), issued, old=issued is not None and _years_before(reference) > issued)


def _years_before(day: date) -> date:
    """The day some years earlier; 29 February becomes the 28th."""
    year = day.year - OLD_AFTER_YEARS
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
