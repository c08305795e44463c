"""All problems of a response, or those that stand beside one answer."""

from survey.checks import doubts, faults, relations
from survey.checks.problem import HARD, Problem, hard
from survey.comparison import NOTHING_TO_COMPARE, Comparison
from survey.framework import AnyQuestion, Framework
from survey.response import Answer, AnswerState, Response
from survey.text import Text

_MUST_APPLY = Text(
    vi="Câu này không được chọn «không áp dụng» vì chỉ tiêu áp dụng cho mọi thư viện tỉnh. "
    "Hãy trả lời, hoặc chọn «không có số liệu».",
    en="This question cannot be “not applicable”, since its target holds for every provincial library. "
    "Answer it, or choose “no data”.",
)


def find_problems(
    framework: Framework,
    response: Response,
    before: Response | None = None,
    against: Comparison = NOTHING_TO_COMPARE,
) -> list[Problem]:
    """Every fault and question about a response, in the order of the questionnaire.

    before: the library's response of the last round, for changes that need a reason. against: the
    other libraries' figures and those of its parts.
    """
    found = [
        problem
        for name, question in framework.questions.items()
        for problem in question_problems(
            question, response.answer(name), before.answer(name) if before is not None else None, against
        )
    ]
    for check in framework.checks:
        found += relations.relation(framework, response, check)
    if before is not None:
        found += [
            one for dimension in framework.dimensions for one in doubts.copied(dimension, response, before)
        ]
    order = {name: position for position, name in enumerate(framework.questions)}
    found.sort(key=lambda problem: (order[problem.question_id], problem.severity != HARD))
    return found


def problems_beside(
    framework: Framework,
    response: Response,
    question_id: str,
    before: Response | None = None,
    against: Comparison = NOTHING_TO_COMPARE,
) -> list[Problem]:
    """What stands beside one answer: its own problems, and those that it has with other answers."""
    earlier = before.answer(question_id) if before is not None else None
    question = framework.questions[question_id]
    found = question_problems(question, response.answer(question_id), earlier, against)
    for check in framework.checks:
        if check.left.partition(".")[0] == question_id:
            found += relations.relation(framework, response, check)
    dimension = framework.dimension_of.get(question_id)
    if before is not None and dimension is not None:
        found += [one for one in doubts.copied(dimension, response, before) if one.question_id == question_id]
    return sorted(found, key=lambda problem: problem.severity != HARD)


def question_problems(
    question: AnyQuestion,
    answer: Answer,
    before: Answer | None = None,
    against: Comparison = NOTHING_TO_COMPARE,
) -> list[Problem]:
    """What can be said of one answer alone, and against the same answer of the last round and elsewhere."""
    if answer.state is AnswerState.NOT_APPLICABLE and not getattr(question, "may_not_apply", True):
        return [hard(question, "must-apply", _MUST_APPLY)]
    if answer.state is not AnswerState.ANSWERED:
        return []
    wrong = list(faults.faults_of(question, answer))
    return wrong or [
        *doubts.about_figures(question, answer, before),
        *doubts.against_others(question, answer, against),
    ]


def sound_answers(framework: Framework, response: Response) -> frozenset[str]:
    """The questions whose answer has no hard fault of its own; only these can be scored."""
    return frozenset(
        name
        for name, question in framework.questions.items()
        if not any(p.severity == HARD for p in question_problems(question, response.answer(name)))
    )
