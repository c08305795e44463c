"""What stands between a draft and sending it: one list, each entry with its place."""

from dataclasses import dataclass
from enum import StrEnum

from survey.checks import HARD, Problem, find_problems
from survey.comparison import NOTHING_TO_COMPARE, Comparison
from survey.framework import Framework
from survey.response import AnswerState, Response
from survey.text import Text


class Lack(StrEnum):
    """Why a question is on the list; `unanswered` alone does not stop the sending."""

    WRONG = "wrong"
    UNEXPLAINED = "unexplained"
    NO_EVIDENCE = "no_evidence"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Obstacle:
    question_id: str
    lack: Lack
    message: Text

    @property
    def stops(self) -> bool:
        return self.lack is not Lack.UNANSWERED


def find_obstacles(
    framework: Framework,
    response: Response,
    before: Response | None = None,
    against: Comparison = NOTHING_TO_COMPARE,
) -> list[Obstacle]:
    """Everything missing, wrong, unexplained or without evidence, in the order of the questionnaire.

    In a returned response an answer that may not be changed is not asked for a reason: nobody could give it.
    """
    problems: dict[str, list[Problem]] = {}
    for problem in find_problems(framework, response, before, against):
        if problem.severity == HARD or response.opened is None or problem.question_id in response.opened:
            problems.setdefault(problem.question_id, []).append(problem)
    return [
        obstacle
        for name in framework.questions
        for obstacle in _of_question(framework, response, name, problems.get(name, []))
    ]


def progress(framework: Framework, response: Response) -> dict[str, tuple[int, int]]:
    """By section id (dimensions, then the information section): questions done, questions asked."""
    sections = {dimension.id: [i.id for i in dimension.indicators] for dimension in framework.dimensions}
    sections[framework.information.id] = [q.id for q in framework.information.questions]
    return {
        section: (sum(response.answer(name).state is not AnswerState.UNANSWERED for name in ids), len(ids))
        for section, ids in sections.items()
        if ids
    }


def _of_question(
    framework: Framework, response: Response, name: str, problems: list[Problem]
) -> list[Obstacle]:
    answer, question = response.answer(name), framework.questions[name]
    if answer.state is AnswerState.UNANSWERED:
        return [Obstacle(name, Lack.UNANSWERED, _UNANSWERED)]
    found = [
        Obstacle(name, Lack.WRONG if problem.severity == HARD else Lack.UNEXPLAINED, problem.message)
        for problem in problems
        if problem.is_open
    ]
    needs_reason = answer.state in (AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE)
    if needs_reason and not answer.reason.strip():
        found.append(Obstacle(name, Lack.UNEXPLAINED, _NO_REASON))
    wants_evidence = getattr(question, "evidence", False) and answer.state is AnswerState.ANSWERED
    if wants_evidence and not answer.has_evidence and not answer.explanation.strip():
        found.append(Obstacle(name, Lack.NO_EVIDENCE, _NO_EVIDENCE))
    return found


_UNANSWERED = Text(
    vi="Chưa trả lời. Nếu không có số liệu, hãy chọn «không có số liệu».",
    en="Not answered. If there is no figure, choose “no data”.",
)
_NO_REASON = Text(
    vi="Chưa nêu lý do. Hãy ghi một câu giải thích.", en="No reason is given. Write one sentence."
)
_NO_EVIDENCE = Text(
    vi="Chưa có tài liệu kiểm chứng. Hãy ghi một văn bản, một đường dẫn hoặc một lời giải trình.",
    en="There is no evidence. Enter a document, a link or an explanation.",
)
