"""What the parts of a merged library reported in the last round before, added up figure by figure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey.figures import Figure, figures
from survey.framework import AnyQuestion, Framework, RatioIndicator
from survey.response import Answer, Response
from survey.text import Text, format_number

CODE = "below-parts-"


@dataclass(frozen=True)
class PartSum:
    """The sum of what was reported of one figure. names: whose figures it holds, for the sentence."""

    value: float
    names: tuple[Text, ...]


def added_up(question: AnyQuestion) -> tuple[Figure, ...]:
    """The figures that a merged library should have at least the sum of: counts, and stocks of a ratio."""
    if not getattr(question, "summed", False):
        return ()
    asked = figures(question)
    return tuple(one for one in asked if one.stock) if isinstance(question, RatioIndicator) else asked


def part_sums(
    framework: Framework,
    parts: Mapping[str, Response],
    names: Mapping[str, Text],
    sound: Callable[[Framework, Response], frozenset[str]],
) -> dict[str, PartSum]:
    """By the name of a figure, the sum over the parts that reported it; a part without it adds nothing.

    The sum is then a lower bound, and to be below it needs a reason all the same.
    """
    trusted = {part: sound(framework, response) for part, response in parts.items()}
    found: dict[str, PartSum] = {}
    for question in framework.questions.values():
        for figure in added_up(question):
            given = {
                part: value
                for part, response in parts.items()
                if question.id in trusted[part]
                and (value := figure.of(response.answer(question.id))) is not None
            }
            if given:
                found[figure.name] = PartSum(sum(given.values()), tuple(names[part] for part in given))
    return found


def asks(figure: Figure, answer: Answer, reported: PartSum | None) -> Text | None:
    """The question to put beside a figure below the sum of the parts."""
    value = figure.of(answer)
    if reported is None or value is None or value >= reported.value:
        return None
    vi, en = (
        tuple(format_number(number, language, decimals=2) for number in (value, reported.value))
        for language in ("vi", "en")
    )
    parts_vi = " + ".join(name.vi for name in reported.names)
    parts_en = " + ".join(name.en for name in reported.names)
    return Text(
        vi=f"«{figure.label.vi}» là {vi[0]}, thấp hơn tổng {vi[1]} mà các thư viện cũ ({parts_vi}) báo cáo ở kỳ cuối "
        "trước sắp xếp. Đúng thì xác nhận và nêu lý do.",
        en=f"“{figure.label.en}” is {en[0]}, below the sum {en[1]} that the former libraries ({parts_en}) reported in "
        "the last round before the merger. If it is right, confirm and say why.",
    )
