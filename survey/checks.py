"""Checks on answers: hard faults that stop the sending, soft ones that ask for a reason.

The rules are the framework's; a soft check is a question, not an accusation.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from survey import outliers, part_sums
from survey.comparison import NOTHING_TO_COMPARE, Comparison
from survey.figures import Figure, figure_named, figures
from survey.framework import (
    AnyQuestion,
    ChecklistIndicator,
    ChoiceQuestion,
    Framework,
    LevelIndicator,
    RatioIndicator,
    YesNoIndicator,
    YesNoQuestion,
)
from survey.framework.model import Check, Dimension
from survey.numbers import UnreadableNumberError, parse_number
from survey.response import Answer, AnswerState, Response
from survey.text import Language, Text, format_number

HARD, SOFT = "hard", "soft"
MISSING = "missing-"
LARGE_CHANGE = 3.0
ENOUGH_TO_COPY = 3


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
        found += _relation(framework, response, check)
    if before is not None:
        found += [one for dimension in framework.dimensions for one in _copied(dimension, response, before)]
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
            found += _relation(framework, response, check)
    dimension = framework.dimension_of.get(question_id)
    if before is not None and dimension is not None:
        found += [one for one in _copied(dimension, response, before) if one.question_id == question_id]
    return sorted(found, key=lambda problem: problem.severity != HARD)


def question_problems(
    question: AnyQuestion,
    answer: Answer,
    before: Answer | None = None,
    against: Comparison = NOTHING_TO_COMPARE,
) -> list[Problem]:
    """What can be said of one answer alone, and against the same answer of the last round and elsewhere."""
    if answer.state is AnswerState.NOT_APPLICABLE and not getattr(question, "may_not_apply", True):
        return [_hard(question, "must-apply", _MUST_APPLY)]
    if answer.state is not AnswerState.ANSWERED:
        return []
    hard = list(_own_faults(question, answer))
    return hard or [*_own_questions(question, answer, before), *_compared(question, answer, against)]


def sound_answers(framework: Framework, response: Response) -> frozenset[str]:
    """The questions whose answer has no hard fault of its own; only these can be scored."""
    return frozenset(
        name
        for name, question in framework.questions.items()
        if not any(p.severity == HARD for p in question_problems(question, response.answer(name)))
    )


_MUST_APPLY = Text(
    vi="Câu này không được chọn «không áp dụng» vì chỉ tiêu áp dụng cho mọi thư viện tỉnh. "
    "Hãy trả lời, hoặc chọn «không có số liệu».",
    en="This question cannot be “not applicable”, since its target holds for every provincial library. "
    "Answer it, or choose “no data”.",
)
_ZERO_MUST_APPLY = Text(
    vi="0/0 nghĩa là không có đối tượng, nhưng câu này phải có. Hãy kiểm tra số ở mẫu số.",
    en="0 of 0 means that there is nothing to count, but this question must have it. Check the total.",
)


def _hard(question: AnyQuestion, code: str, message: Text) -> Problem:
    return Problem(question.id, HARD, code, message)


def _own_faults(question: AnyQuestion, answer: Answer) -> Iterator[Problem]:
    for figure in figures(question):
        yield from _figure_faults(question, figure, answer)
    if isinstance(question, RatioIndicator):
        yield from _ratio_faults(question, answer)
    elif isinstance(question, LevelIndicator) and answer.value not in {float(k) for k in question.levels}:
        yield _hard(
            question, "level", _choose(vi="Hãy chọn một mức từ 0 đến 5.", en="Choose a level from 0 to 5.")
        )
    elif isinstance(question, YesNoIndicator | YesNoQuestion) and answer.value not in (0.0, 1.0):
        yield _hard(question, "yes-no", _choose(vi="Hãy chọn «có» hoặc «không».", en="Choose yes or no."))
    elif isinstance(question, ChecklistIndicator | ChoiceQuestion):
        unknown = set(answer.items) - {item.id for item in question.items}
        if unknown:
            names = ", ".join(sorted(unknown))
            yield _hard(
                question,
                "items",
                _choose(
                    vi=f"Câu hỏi không có nội dung {names}. Hãy chọn lại.",
                    en=f"The question has no item {names}. Choose again.",
                ),
            )


def _choose(*, vi: str, en: str) -> Text:
    return Text(vi=vi, en=en)


def _figure_faults(question: AnyQuestion, figure: Figure, answer: Answer) -> Iterator[Problem]:
    value: float | None = getattr(answer, figure.field)
    typed = answer.typed.get(figure.field, "")
    label_vi, label_en = figure.label.vi, figure.label.en
    if typed:
        yield _hard(question, f"unreadable-{figure.field}", _unreadable(typed, figure))
    elif value is None:
        yield _hard(
            question,
            f"{MISSING}{figure.field}",
            Text(vi=f"Còn thiếu «{label_vi}». Hãy nhập số này.", en=f"“{label_en}” is missing. Enter it."),
        )
    elif value < 0:
        yield _hard(
            question,
            f"negative-{figure.field}",
            Text(
                vi=f"«{label_vi}» ({format_number(value, 'vi', decimals=2)}) không thể nhỏ hơn 0. Hãy nhập lại.",
                en=f"“{label_en}” ({format_number(value, 'en', decimals=2)}) cannot be below 0. Enter it again.",
            ),
        )
    elif figure.whole and value != int(value):
        yield _hard(
            question,
            f"whole-{figure.field}",
            Text(
                vi=f"«{label_vi}» ({format_number(value, 'vi', decimals=4)}) phải là số nguyên. "
                "Nếu dấu phẩy dùng để ngăn hàng nghìn, hãy gõ dấu chấm, ví dụ 1.375.",
                en=f"“{label_en}” ({format_number(value, 'en', decimals=4)}) must be a whole number. "
                "If the point was meant to group thousands, type a comma, for example 1,375.",
            ),
        )


def _unreadable(typed: str, figure: Figure) -> Text:
    try:
        parse_number(typed, "vi")
    except UnreadableNumberError as error:
        return Text(vi=f"«{figure.label.vi}»: {error.text.vi}", en=f"“{figure.label.en}”: {error.text.en}")
    return Text(
        vi=f"«{figure.label.vi}»: «{typed}» chưa đọc được. Hãy nhập lại con số này.",
        en=f"“{figure.label.en}”: “{typed}” could not be read. Enter it again.",
    )


def _ratio_faults(question: RatioIndicator, answer: Answer) -> Iterator[Problem]:
    a, b = answer.numerator, answer.denominator
    if a is None or b is None:
        return
    if b == 0 and a == 0 and not question.may_not_apply:
        yield _hard(question, "nothing-to-count", _ZERO_MUST_APPLY)
    elif a > b:
        numbers_vi = (format_number(a, "vi", decimals=2), format_number(b, "vi", decimals=2))
        numbers_en = (format_number(a, "en", decimals=2), format_number(b, "en", decimals=2))
        yield _hard(
            question,
            "part-above-whole",
            Text(
                vi=f"«{question.numerator.label.vi}» ({numbers_vi[0]}) không thể lớn hơn "
                f"«{question.denominator.label.vi}» ({numbers_vi[1]}). Hãy sửa một trong hai số.",
                en=f"“{question.numerator.label.en}” ({numbers_en[0]}) cannot exceed "
                f"“{question.denominator.label.en}” ({numbers_en[1]}). Correct one of the two.",
            ),
        )


def _soft(question_id: str, code: str, answer: Answer, message: Text) -> Problem:
    return Problem(question_id, SOFT, code, message, answer.confirmed.get(code, ""))


def _own_questions(question: AnyQuestion, answer: Answer, before: Answer | None) -> Iterator[Problem]:
    for figure in figures(question):
        value = figure.of(answer)
        if value is None:
            continue
        expected = figure.plausible
        if expected is not None and not expected.low <= value <= expected.high:
            yield _soft(question.id, f"range-{figure.field}", answer, _out_of_range(figure, value))
        earlier = figure.of(before) if before is not None else None
        if earlier is not None:
            yield from _change(question, figure, answer, value, earlier)


def _compared(question: AnyQuestion, answer: Answer, against: Comparison) -> Iterator[Problem]:
    """Ask where the answer lies far from the others', or below the sum of the parts."""
    far = outliers.asks(question, answer, against.others.get(question.id))
    if far is not None:
        yield _soft(question.id, outliers.CODE, answer, far)
    for figure in figures(question):
        below = part_sums.asks(figure, answer, against.parts.get(figure.name))
        if below is not None:
            yield _soft(question.id, f"{part_sums.CODE}{figure.field}", answer, below)


def _out_of_range(figure: Figure, value: float) -> Text:
    assert figure.plausible is not None
    low, high = figure.plausible.low, figure.plausible.high
    return Text(
        vi=f"«{figure.label.vi}» là {format_number(value, 'vi', decimals=2)}, ngoài khoảng thường gặp "
        f"{format_number(low, 'vi')} – {format_number(high, 'vi')}. Đúng thì xác nhận và nêu lý do.",
        en=f"“{figure.label.en}” is {format_number(value, 'en', decimals=2)}, outside the usual range "
        f"{format_number(low, 'en')} – {format_number(high, 'en')}. If it is right, confirm and say why.",
    )


def _change(
    question: AnyQuestion, figure: Figure, answer: Answer, value: float, earlier: float
) -> Iterator[Problem]:
    now_vi, was_vi = _figure(value, "vi"), format_number(earlier, "vi", decimals=2)
    now_en, was_en = _figure(value, "en"), format_number(earlier, "en", decimals=2)
    if figure.stock and value < earlier:
        yield _soft(
            question.id,
            f"fall-{figure.field}",
            answer,
            Text(
                vi=f"«{figure.label.vi}» giảm từ {was_vi} xuống {now_vi}. Đúng thì xác nhận và nêu lý do.",
                en=f"“{figure.label.en}” fell from {was_en} to {now_en}. If it is right, confirm and say why.",
            ),
        )
    elif earlier > 0 and (value > LARGE_CHANGE * earlier or value < earlier / LARGE_CHANGE):
        yield _soft(
            question.id,
            f"jump-{figure.field}",
            answer,
            Text(
                vi=f"«{figure.label.vi}» đổi từ {was_vi} thành {now_vi} so với kỳ trước (hơn 3 lần). "
                "Đúng thì xác nhận và nêu lý do.",
                en=f"“{figure.label.en}” went from {was_en} to {now_en} since the last round (more than "
                "threefold). If it is right, confirm and say why.",
            ),
        )


def _relation(framework: Framework, response: Response, check: Check) -> list[Problem]:
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


def _figure(value: float, language: Language) -> str:
    return format_number(value, language, decimals=2)


def _holds(check: Check, a: float, b: float) -> bool:
    if check.relation == "equal":
        return a == b
    if check.relation == "at_most":
        return a <= b
    if check.between is None or b == 0:
        return True
    return check.between.low <= a / b <= check.between.high


def _copied(dimension: Dimension, response: Response, before: Response) -> Iterator[Problem]:
    """Ask where every figure of a dimension is the same as last round's and it has at least three."""
    own = [figure for indicator in dimension.indicators for figure in figures(indicator)]
    pairs = [
        (figure.of(response.answer(figure.question_id)), figure.of(before.answer(figure.question_id)))
        for figure in own
    ]
    if len(pairs) >= ENOUGH_TO_COPY and all(now is not None and now == then for now, then in pairs):
        first = own[0].question_id
        yield _soft(
            first,
            f"copied-{dimension.id}",
            response.answer(first),
            Text(
                vi=f"Mọi con số của trụ cột «{dimension.label.vi}» giống hệt kỳ trước. "
                "Nếu đã kiểm tra lại, hãy xác nhận và nêu lý do.",
                en=f"Every figure of “{dimension.label.en}” is the same as in the last round. "
                "If you checked them again, confirm and say why.",
            ),
        )
