"""What cannot stand: an answer with a hard fault of its own is not scored and not sent."""

from collections.abc import Iterator

from survey.checks.problem import MISSING, Problem, hard
from survey.figures import Figure, figures
from survey.framework import (
    AnyQuestion,
    ChecklistIndicator,
    ChoiceQuestion,
    LevelIndicator,
    RatioIndicator,
    YesNoIndicator,
    YesNoQuestion,
)
from survey.numbers import UnreadableNumberError, parse_number
from survey.response import Answer
from survey.text import Text, format_number

_ZERO_MUST_APPLY = Text(
    vi="0/0 nghĩa là không có đối tượng, nhưng câu này phải có. Hãy kiểm tra số ở mẫu số.",
    en="0 of 0 means that there is nothing to count, but this question must have it. Check the total.",
)


def faults_of(question: AnyQuestion, answer: Answer) -> Iterator[Problem]:
    for figure in figures(question):
        yield from _figure_faults(question, figure, answer)
    if isinstance(question, RatioIndicator):
        yield from _ratio_faults(question, answer)
    elif isinstance(question, LevelIndicator) and answer.value not in {float(k) for k in question.levels}:
        yield hard(
            question, "level", _choose(vi="Hãy chọn một mức từ 0 đến 5.", en="Choose a level from 0 to 5.")
        )
    elif isinstance(question, YesNoIndicator | YesNoQuestion) and answer.value not in (0.0, 1.0):
        yield hard(question, "yes-no", _choose(vi="Hãy chọn «có» hoặc «không».", en="Choose yes or no."))
    elif isinstance(question, ChecklistIndicator | ChoiceQuestion):
        unknown = set(answer.items) - {item.id for item in question.items}
        if unknown:
            names = ", ".join(sorted(unknown))
            yield hard(
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
        yield hard(question, f"unreadable-{figure.field}", _unreadable(typed, figure))
    elif value is None:
        yield hard(
            question,
            f"{MISSING}{figure.field}",
            Text(vi=f"Còn thiếu «{label_vi}». Hãy nhập số này.", en=f"“{label_en}” is missing. Enter it."),
        )
    elif value < 0:
        yield hard(
            question,
            f"negative-{figure.field}",
            Text(
                vi=f"«{label_vi}» ({format_number(value, 'vi', decimals=2)}) không thể nhỏ hơn 0. Hãy nhập lại.",
                en=f"“{label_en}” ({format_number(value, 'en', decimals=2)}) cannot be below 0. Enter it again.",
            ),
        )
    elif figure.whole and value != int(value):
        yield hard(
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
        yield hard(question, "nothing-to-count", _ZERO_MUST_APPLY)
    elif a > b:
        numbers_vi = (format_number(a, "vi", decimals=2), format_number(b, "vi", decimals=2))
        numbers_en = (format_number(a, "en", decimals=2), format_number(b, "en", decimals=2))
        yield hard(
            question,
            "part-above-whole",
            Text(
                vi=f"«{question.numerator.label.vi}» ({numbers_vi[0]}) không thể lớn hơn "
                f"«{question.denominator.label.vi}» ({numbers_vi[1]}). Hãy sửa một trong hai số.",
                en=f"“{question.numerator.label.en}” ({numbers_en[0]}) cannot exceed "
                f"“{question.denominator.label.en}” ({numbers_en[1]}). Correct one of the two.",
            ),
        )
