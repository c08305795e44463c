"""Everything in words beside the figures: evidence, explanations, difficulties, proposals."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from survey.framework import Framework
from survey.members import Member
from survey.response import Answer, AnswerState, Document
from survey.sample.chance import chance, working_day
from survey.sample.story import Evidence, Paper, Part, Texts

EXPLAINED = 0.08  # share of the evidence that is an explanation for the time being
OTHER_DIFFICULTY = 0.35
PROPOSING = 0.85
LATEST, EARLIEST = 20, 340  # days before the reference date on which a document was issued


@dataclass(frozen=True)
class Desk:
    """Where a library writes up its answers: who it is, in which round, with which words."""

    framework: Framework
    texts: Texts
    member: Member
    reference_date: date
    part: Part

    def chance(self, *names: object) -> float:
        return chance(self.member.id, *names)

    def one_of(self, choices: tuple[str, ...], *names: object) -> str:
        return choices[int(self.chance(*names) * len(choices))]


def write_up(desk: Desk, given: dict[str, Answer], before: dict[str, Answer]) -> dict[str, Answer]:
    """Add to every answer what is written beside it; papers still fitting are shown again."""
    written = {name: _written(desk, name, answer, before.get(name)) for name, answer in given.items()}
    if "G13" not in desk.part.skipped and desk.part.only is None and desk.chance("G13") < PROPOSING:
        proposal = desk.one_of(desk.texts.proposals, "G13", desk.reference_date)
        written["G13"] = Answer(AnswerState.ANSWERED, words=proposal)
    return written


def _written(desk: Desk, name: str, answer: Answer, before: Answer | None) -> Answer:
    if answer.state is AnswerState.UNKNOWN:
        return replace(answer, reason=desk.texts.unknown[name])
    if answer.state is AnswerState.NOT_APPLICABLE:
        return replace(answer, reason=desk.texts.not_applicable[name])
    if name in desk.part.confirmed:
        answer = replace(answer, confirmed=desk.part.confirmed[name])
    if name == "G11":
        programs = [desk.texts.programs[item] for item in answer.items]
        return replace(answer, words="; ".join(programs))
    if name == "G12" and desk.chance("G12.9", desk.reference_date) < OTHER_DIFFICULTY:
        other = desk.one_of(desk.texts.difficulties, "G12", "other")
        return replace(answer, items=(*answer.items, "G12.9"), words=other)
    if name not in desk.texts.evidence or name in desk.part.bare:
        return answer
    return _shown(desk, name, answer, before)


def _shown(desk: Desk, name: str, answer: Answer, before: Answer | None) -> Answer:
    """Evidence of an answer: last round's while the figures are the same, else a new paper."""
    known = desk.texts.evidence[name]
    if not (answer.value or answer.numerator or answer.items):
        return replace(answer, explanation=known.none)
    if before is not None and before.has_evidence and answer.same_figures(before):
        return replace(answer, evidence=before.evidence)
    if known.papers and not known.link and desk.chance(name, "later", desk.reference_date) < EXPLAINED:
        return replace(answer, explanation=desk.one_of(desk.texts.explanations, name))
    return replace(answer, evidence=(_document(desk, name, answer, known),))


def _document(desk: Desk, name: str, answer: Answer, known: Evidence) -> Document:
    link = known.link.format(address=desk.member.id.removesuffix("_2025").replace("_", "-"))
    paper = _paper(desk, name, answer, known)
    if paper is None:
        return Document(link=link)
    issuer, abstract = paper
    days = LATEST + desk.chance(name, "day", desk.reference_date) * (EARLIEST - LATEST)
    issued = working_day(desk.reference_date - timedelta(days=round(days)))
    return Document(
        number=f"{1 + int(180 * desk.chance(name, 'number', issued))}/MINH-HOA-{issued.year}",
        issued=issued.strftime("%d/%m/%Y"),
        issuer=desk.texts.issuers[issuer].format(province=desk.member.short.vi),
        abstract=abstract,
        link=link,
    )


def _paper(desk: Desk, name: str, answer: Answer, known: Evidence) -> Paper | None:
    if known.levels:
        return known.levels[desk.part.documents.get(name, int(answer.value or 0))]
    if not known.papers:
        return None
    return known.papers[int(desk.chance(name, "paper") * len(known.papers))]
